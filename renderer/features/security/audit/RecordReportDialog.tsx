import type { EntryFilter } from '../../../../shared/contract/auditSchemas.ts';
import { useClient } from '../../../app/connection.ts';
import { auditCopy } from '../../../copy/audit.ts';
import { RecipientDialog } from '../../../ui/RecipientDialog.tsx';

const copy = auditCopy.reportDialog;

/** Writes the entries of a filter for somebody who has to read them. */
export function RecordReportDialog(props: { filter: EntryFilter; count: number; onClose: () => void }) {
  const client = useClient();
  return (
    <RecipientDialog
      title={copy.title}
      lead={copy.lead(props.count)}
      button={copy.button}
      recipient={copy.recipient}
      recipientNeeded={copy.recipientNeeded}
      form={{ label: copy.format, choices: copy.formats }}
      onClose={props.onClose}
      onWrite={async (choice) => {
        for await (const event of await client.audit.report({ filter: props.filter, ...choice }))
          if (event.type === 'done') return event.report.file;
        throw new Error('the report ended without a file');
      }}
    />
  );
}
