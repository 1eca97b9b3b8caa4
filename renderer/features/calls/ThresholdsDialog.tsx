import { callThresholdSource, callThresholds } from '../../../shared/reference/callThresholds.ts';
import { useClient } from '../../app/connection.ts';
import { callsCopy } from '../../copy/calls.ts';
import { NumbersDialog } from '../../ui/NumbersDialog.tsx';

/** When something in call data counts as a finding: the user's to say. */
export function ThresholdsDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  return (
    <NumbersDialog
      title={callsCopy.thresholdsTitle}
      note={callsCopy.thresholdsNote}
      savedWords={callsCopy.thresholdsSaved}
      fields={callThresholds}
      source={callThresholdSource}
      queryKey={['calls', 'thresholds']}
      load={async () => {
        const { thresholds, defaults } = await client.calls.thresholds();
        return { now: thresholds, defaults };
      }}
      save={(thresholds) => client.calls.saveThresholds({ thresholds })}
      onClose={onClose}
    />
  );
}
