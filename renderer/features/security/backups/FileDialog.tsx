import { useState } from 'react';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { isText, useDraftState } from '../../../app/drafts.ts';
import { native } from '../../../app/native.ts';
import { reportError } from '../../../app/reportError.ts';
import { useJob } from '../../../app/useJob.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { ReasonField } from '../../../ui/ReasonField.tsx';
import { WriteDialog } from '../../../ui/WriteDialog.tsx';

const copy = backupsCopy.file;

/** Asks for a reason and a folder, and writes the whole workspace there as one encrypted file. */
export function FileDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const job = useJob();
  const [reason, setReason] = useDraftState('backup-file', '', isText);
  const [missing, setMissing] = useState(false);
  const [written, setWritten] = useState<string | null>(null);

  async function write(): Promise<void> {
    if (reason.trim() === '') return setMissing(true);
    try {
      const folder = await native()?.pickFolder({ purpose: 'export' });
      if (!folder) return;
      const report = await job.run((signal) =>
        client.backups.toFile({ folder: folder.grant, reason: reason.trim() }, { signal }),
      );
      if (report) setWritten(copy.written(report.file));
      refreshQueries();
    } catch (error) {
      reportError(error);
    }
  }

  return (
    <WriteDialog
      title={copy.title}
      lead={copy.lead}
      button={copy.choose}
      icon="floppy-disk"
      busy={job.running}
      error={job.error}
      written={written}
      onWrite={() => void write()}
      onStop={job.stop}
      onClose={onClose}
    >
      <ReasonField
        autoFocus
        value={reason}
        error={missing ? copy.reasonNeeded : undefined}
        onChange={(text) => {
          setReason(text);
          setMissing(false);
        }}
      />
      {job.running && <ProgressLine title={backupsCopy.working} progress={job.progress} />}
    </WriteDialog>
  );
}
