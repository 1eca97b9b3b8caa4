import { HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { useClient } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { DisclosureDialog } from '../../../ui/DisclosureDialog.tsx';
import { FormField } from '../../../ui/FormField.tsx';

const copy = closingCopy.material;
type Form = keyof typeof copy.forms;

/** Writes a draft of a schedule for the disclosure officer. */
export function ScheduleDialog({ schedule, onClose }: { schedule: 'c' | 'd'; onClose: () => void }) {
  const client = useClient();
  const [recipient, setRecipient] = useState('');
  const [format, setFormat] = useState<Form>('docx');
  const [missing, setMissing] = useState(false);
  return (
    <DisclosureDialog
      title={copy.draftTitle[schedule]}
      lead={copy.draftLead[schedule]}
      button={copy.write}
      onClose={onClose}
      onWrite={async (folder, reason) =>
        (
          await client.closing.writeSchedule({
            schedule,
            format,
            folder,
            recipient: recipient.trim(),
            reason,
          })
        ).file
      }
      check={() => {
        setMissing(recipient.trim() === '');
        return recipient.trim() !== '';
      }}
    >
      <FormField label={copy.recipient} error={missing ? copy.recipientNeeded : undefined}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            maxLength={200}
            value={recipient}
            onChange={(event) => {
              setRecipient(event.currentTarget.value);
              setMissing(false);
            }}
          />
        )}
      </FormField>
      <FormField label={copy.form}>
        {(input) => (
          <HTMLSelect
            {...input}
            fill
            value={format}
            options={Object.entries(copy.forms).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setFormat(event.currentTarget.value as Form)}
          />
        )}
      </FormField>
    </DisclosureDialog>
  );
}
