import { HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { EntryFilter, ReportFormat } from '../../../../shared/contract/auditSchemas.ts';
import { useClient } from '../../../app/connection.ts';
import { auditCopy } from '../../../copy/audit.ts';
import { DisclosureDialog } from '../../../ui/DisclosureDialog.tsx';
import { FormField } from '../../../ui/FormField.tsx';

const formats: readonly ReportFormat[] = ['pdf', 'xlsx', 'csv'];

/** Writes the entries of a filter for somebody who has to read them. */
export function RecordReportDialog({
  filter,
  count,
  onClose,
}: {
  filter: EntryFilter;
  count: number;
  onClose: () => void;
}) {
  const client = useClient();
  const copy = auditCopy.reportDialog;
  const [recipient, setRecipient] = useState('');
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const [missing, setMissing] = useState(false);

  async function write(folder: string, reason: string): Promise<string> {
    const events = await client.audit.report({ filter, format, folder, recipient: recipient.trim(), reason });
    for await (const event of events) if (event.type === 'done') return event.report.file;
    throw new Error('the report ended without a file');
  }

  return (
    <DisclosureDialog
      title={copy.title}
      lead={copy.lead(count)}
      button={copy.button}
      onClose={onClose}
      onWrite={write}
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
      <FormField label={copy.format}>
        {(input) => (
          <HTMLSelect
            {...input}
            fill
            value={format}
            options={formats.map((value) => ({ value, label: copy.formats[value] }))}
            onChange={(event) => setFormat(event.currentTarget.value as ReportFormat)}
          />
        )}
      </FormField>
    </DisclosureDialog>
  );
}
