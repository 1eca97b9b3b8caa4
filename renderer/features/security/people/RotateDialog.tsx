import { useState } from 'react';
import type { Rotation } from '../../../../shared/contract/areas/users.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { useJob } from '../../../app/useJob.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { FormDialog, ResultDialog } from './FormDialog.tsx';
import { OlderBackups } from './OlderBackups.tsx';

/** Changes the data key, with progress and a way to stop, and says which backups the old one opens. */
export function RotateDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const copy = peopleCopy.rotateDialog;
  const [done, setDone] = useState<Rotation | null>(null);
  const job = useJob();

  async function rotate(): Promise<void> {
    setDone(await job.run((signal) => client.users.rotate(undefined, { signal })));
    refreshQueries();
  }

  if (done)
    return (
      <ResultDialog
        title={peopleCopy.removeDialog.doneRotated(done.keyGeneration)}
        button={peopleCopy.close}
        onClose={onClose}
      >
        <OlderBackups files={done.olderBackups} />
      </ResultDialog>
    );
  return (
    <FormDialog
      title={copy.title}
      words={copy.words}
      button={copy.button}
      icon="refresh"
      busy={job.running}
      error={job.error}
      onSubmit={() => void rotate()}
      onStop={job.stop}
      onClose={onClose}
    >
      {job.running && <ProgressLine title={peopleCopy.removeDialog.working} progress={job.progress} />}
    </FormDialog>
  );
}
