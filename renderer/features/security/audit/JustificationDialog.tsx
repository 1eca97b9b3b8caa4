import { Button, Dialog, DialogBody, DialogFooter, InputGroup } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { auditSettingsKey, useAuditSettings } from '../../../app/auditSettings.ts';
import { useClient } from '../../../app/connection.ts';
import { useJustificationQuestion } from '../../../app/justification.ts';
import { describeError } from '../../../app/reportError.ts';
import { auditCopy } from '../../../copy/audit.ts';
import { FormField } from '../../../ui/FormField.tsx';

/** Asks what the user is doing when the engine refuses a look for want of a reason, or when the user wants to say it. */
export function JustificationDialog() {
  const question = useJustificationQuestion();
  return question ? <Question onAnswer={question.answered} /> : null;
}

function Question({ onAnswer }: { onAnswer: (said: boolean) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const settings = useAuditSettings();
  const [typed, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const text = typed ?? settings.data?.justification ?? '';

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '') {
      setError(auditCopy.justify.needed);
      return;
    }
    setBusy(true);
    try {
      await client.audit.justify({ text });
      await queries.invalidateQueries({ queryKey: auditSettingsKey });
      onAnswer(true);
    } catch (caught) {
      setError(describeError(caught).message);
      setBusy(false);
    }
  }

  return (
    <Dialog
      isOpen
      title={auditCopy.justify.title}
      onClose={() => onAnswer(false)}
      canOutsideClickClose={false}
      className="justify-dialog"
    >
      <form onSubmit={(event) => void save(event)}>
        <DialogBody>
          <p className="dialog-lead">{auditCopy.justify.lead}</p>
          <FormField label={auditCopy.justify.label} hint={auditCopy.justify.hint} error={error}>
            {(input) => (
              <InputGroup
                {...input}
                fill
                autoFocus
                maxLength={500}
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  setError(undefined);
                }}
              />
            )}
          </FormField>
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text={auditCopy.justify.leave} disabled={busy} onClick={() => onAnswer(false)} />
              <Button type="submit" intent="primary" text={auditCopy.justify.save} loading={busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
