import { Button, Callout, Dialog, DialogBody, DialogFooter, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { isText, useDraftState } from '../../../app/drafts.ts';
import { native } from '../../../app/native.ts';
import { reportError } from '../../../app/reportError.ts';
import { useJob } from '../../../app/useJob.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';

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
      if (report) setWritten(report.file);
      refreshQueries();
    } catch (error) {
      reportError(error);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={copy.title}
      className="disclosure-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!job.running}
      isCloseButtonShown={!job.running}
    >
      <DialogBody>
        {written === null ? (
          <>
            <p className="disclosure-lead">{copy.lead}</p>
            <FormField
              label={copy.reason}
              hint={copy.reasonHint}
              error={missing ? copy.reasonNeeded : undefined}
            >
              {(input) => (
                <TextArea
                  {...input}
                  fill
                  autoFocus
                  rows={2}
                  value={reason}
                  maxLength={1000}
                  onChange={(event) => {
                    setReason(event.currentTarget.value);
                    setMissing(false);
                  }}
                />
              )}
            </FormField>
            {job.running && <ProgressLine title={backupsCopy.working} progress={job.progress} />}
            {job.error && (
              <Callout intent="danger" compact role="alert">
                {job.error}
              </Callout>
            )}
          </>
        ) : (
          <Callout intent="success" compact role="status">
            {copy.written(written)}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          written === null ? (
            <>
              <Button
                text={job.running ? backupsCopy.stop : copy.leave}
                onClick={job.running ? job.stop : onClose}
              />
              <Button
                intent="primary"
                icon="floppy-disk"
                text={copy.choose}
                loading={job.running}
                onClick={() => void write()}
              />
            </>
          ) : (
            <Button intent="primary" text="Close" autoFocus onClick={onClose} />
          )
        }
      />
    </Dialog>
  );
}
