import { useClient } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { ReportDialog } from '../ReportDialog.tsx';

const copy = closingCopy.material;

/** Writes a draft of a schedule for the disclosure officer. */
export function ScheduleDialog({ schedule, onClose }: { schedule: 'c' | 'd'; onClose: () => void }) {
  const client = useClient();
  return (
    <ReportDialog
      title={copy.draftTitle[schedule]}
      lead={copy.draftLead[schedule]}
      button={copy.write}
      recipient={copy.recipient}
      recipientNeeded={copy.recipientNeeded}
      form={copy.form}
      forms={copy.forms}
      onClose={onClose}
      onWrite={async (choice) => (await client.closing.writeSchedule({ schedule, ...choice })).file}
    />
  );
}
