import { priorityWeightSource, priorityWeights } from '../../../shared/reference/priorityWeights.ts';
import { useClient } from '../../app/connection.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { NumbersDialog } from '../../ui/NumbersDialog.tsx';

/** What counts how much for enforcement: the user's to say. Safeguarding has no weights. */
export function WeightsDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  return (
    <NumbersDialog
      title={prioritiesCopy.weightsTitle}
      note={prioritiesCopy.weightsNote}
      savedWords={prioritiesCopy.weightsSaved}
      fields={priorityWeights}
      source={priorityWeightSource}
      queryKey={['priorities', 'weights']}
      load={async () => {
        const { weights, defaults } = await client.priorities.weights();
        return { now: weights, defaults };
      }}
      save={(weights) => client.priorities.saveWeights({ weights })}
      onClose={onClose}
    />
  );
}
