import { useClient } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { RecipientDialog } from '../../../ui/RecipientDialog.tsx';

const copy = closingCopy.material;

/** Writes a draft of a schedule for the disclosure officer. */
export function ScheduleDialog({ schedule, onClose }: { schedule: 'c' | 'd'; onClose: () => void }) {
  const client = useClient();
  return (
    <RecipientDialog
      title={copy.draftTitle[schedule]}
      lead={copy.draftLead[schedule]}
      button={copy.write}
      recipient={copy.recipient}
      recipientNeeded={copy.recipientNeeded}
      form={{ label: copy.form, choices: copy.forms }}
      onClose={onClose}
      onWrite={async (choice) => (await client.closing.writeSchedule({ schedule, ...choice })).file}
    />
  );
}
