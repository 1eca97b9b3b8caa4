import { Checkbox } from '@blueprintjs/core';
import { useState } from 'react';
import type { User } from '../../../../shared/contract/areas/users.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { useJob } from '../../../app/useJob.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { FormDialog, ResultDialog } from './FormDialog.tsx';
import { OlderBackups } from './OlderBackups.tsx';

interface Removed {
  rotated: boolean;
  keyGeneration: number;
  olderBackups: string[];
}

/** Removes a user; the data key is changed as well unless the lead decides otherwise. */
export function RemoveDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const client = useClient();
  const copy = peopleCopy.removeDialog;
  const [rotate, setRotate] = useState(true);
  const [done, setDone] = useState<Removed | null>(null);
  const job = useJob();

  async function remove(): Promise<void> {
    const report = await job.run((signal) => client.users.remove({ id: user.id, rotate }, { signal }));
    refreshQueries();
    if (report) return setDone(report);
    // Stopped after the removal: the user is gone, the key is what it was.
    const list = await client.users.list().catch(() => null);
    const removed = list?.users.find(({ id }) => id === user.id)?.removedAt;
    if (list && removed) setDone({ rotated: false, keyGeneration: list.keyGeneration, olderBackups: [] });
  }

  if (done)
    return (
      <ResultDialog title={copy.done(user.name)} button={peopleCopy.close} onClose={onClose}>
        {job.error && <p className="tone-danger">{job.error}</p>}
        <p className="people-words">
          {done.rotated ? copy.doneRotated(done.keyGeneration) : copy.notRotated}
        </p>
        {done.rotated && <OlderBackups files={done.olderBackups} />}
      </ResultDialog>
    );
  return (
    <FormDialog
      title={copy.title(user.name)}
      words={copy.words}
      button={copy.button}
      icon="trash"
      intent="danger"
      busy={job.running}
      error={job.error}
      onSubmit={() => void remove()}
      onStop={job.stop}
      onClose={onClose}
    >
      <Checkbox
        checked={rotate}
        disabled={job.running}
        label={copy.rotate}
        onChange={(event) => setRotate(event.currentTarget.checked)}
      />
      <p className="people-words muted">{copy.rotateHint}</p>
      {job.running && rotate && <ProgressLine title={copy.working} progress={job.progress} />}
    </FormDialog>
  );
}
