import { Button, HTMLSelect } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import type { AuditSettings, Justification } from '../../../../shared/contract/auditSchemas.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { auditCopy } from '../../../copy/audit.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ReasonField } from '../../../ui/ReasonField.tsx';

const copy = auditCopy.section;
const choices: readonly Justification[] = ['off', 'optional', 'required'];

/** Whether looking and disclosing need a reason; a lead changes it, with a reason of its own. */
export function ReasonSettings({ settings, isLead }: { settings: AuditSettings; isLead: boolean }) {
  const client = useClient();
  const [wanted, setWanted] = useState(settings);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const changed = wanted.consultation !== settings.consultation || wanted.disclosure !== settings.disclosure;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (reason.trim().length < 3) {
      setError(auditCopy.justify.needed);
      return;
    }
    setBusy(true);
    try {
      await client.audit.changeSettings({ settings: wanted, reason });
      showMessage({ tone: 'done', text: copy.saved });
      refreshQueries();
    } catch (caught) {
      setError(describeError(caught).message);
      setBusy(false);
    }
  }

  const select = (field: keyof AuditSettings, label: string, hint?: string) => (
    <FormField label={label} hint={hint}>
      {(input) => (
        <HTMLSelect
          {...input}
          fill
          disabled={!isLead}
          value={wanted[field]}
          options={choices.map((value) => ({ value, label: copy[value] }))}
          onChange={(event) => setWanted({ ...wanted, [field]: event.currentTarget.value as Justification })}
        />
      )}
    </FormField>
  );

  return (
    <form className="audit-reasons" onSubmit={(event) => void save(event)}>
      {select('consultation', copy.consultation)}
      {select('disclosure', copy.disclosure, copy.packs)}
      <p className="muted audit-law">{isLead ? copy.law : `${copy.law} ${copy.leadOnly}`}</p>
      {changed && (
        <>
          <ReasonField
            oneLine
            label={copy.why}
            value={reason}
            error={error}
            onChange={(text) => {
              setReason(text);
              setError(undefined);
            }}
          />
          <div>
            <Button type="submit" intent="primary" text={copy.save} loading={busy} />
          </div>
        </>
      )}
    </form>
  );
}
