import { Button, InputGroup } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import type { BackupSettings } from '../../../../shared/contract/areas/backups.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError } from '../../../app/reportError.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { FormField } from '../../../ui/FormField.tsx';

const copy = backupsCopy.settings;
const fields = ['everyHours', 'afterRows', 'newest', 'days', 'weeks', 'megabytes'] as const;

/** When backups are made by themselves and how many stay. */
export function SettingsForm({ settings, isLead }: { settings: BackupSettings; isLead: boolean }) {
  const client = useClient();
  const [typed, setTyped] = useState(
    Object.fromEntries(fields.map((field) => [field, String(settings[field])])) as Record<
      (typeof fields)[number],
      string
    >,
  );
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const changed = fields.some((field) => typed[field] !== String(settings[field]));

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await client.backups.saveSettings(
        Object.fromEntries(fields.map((field) => [field, Number(typed[field])])) as BackupSettings,
      );
      showMessage({ tone: 'done', text: copy.saved });
      refreshQueries();
    } catch (caught) {
      const { code, message } = describeError(caught);
      setError(code === 'invalid' ? copy.wrong : message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <div className="backups-settings">
        {fields.map((field) => (
          <FormField key={field} label={copy[field]}>
            {(input) => (
              <InputGroup
                {...input}
                inputMode="numeric"
                disabled={!isLead}
                value={typed[field]}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setTyped((now) => ({ ...now, [field]: value }));
                  setError(undefined);
                }}
              />
            )}
          </FormField>
        ))}
      </div>
      <p className="muted">{isLead ? copy.hint : `${copy.hint} ${copy.leadOnly}`}</p>
      {error && (
        <p className="tone-danger" role="alert">
          {error}
        </p>
      )}
      {changed && <Button type="submit" intent="primary" text={copy.save} loading={busy} />}
    </form>
  );
}
