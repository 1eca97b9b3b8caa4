import { Button, Callout, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useState } from 'react';
import type { TakeReport } from '../../../../shared/contract/areas/exchange.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { type Granted, native } from '../../../app/native.ts';
import { reportError } from '../../../app/reportError.ts';
import { useJob } from '../../../app/useJob.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { TakePreview } from './TakePreview.tsx';

const copy = exchangeCopy.taking;

/** Chooses a package, shows what it brings, and takes it. */
export function TakeDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const job = useJob();
  const [file, setFile] = useState<Granted | null>(null);
  const [preview, setPreview] = useState<TakeReport | null>(null);

  async function choose(): Promise<void> {
    try {
      const [picked] =
        (await native()?.pickFiles({ multiple: false, extensions: ['fellside-exchange'] })) ?? [];
      if (!picked) return;
      setFile(picked);
      setPreview(null);
      setPreview(await job.run((signal) => client.exchange.preview({ file: picked.grant }, { signal })));
    } catch (error) {
      reportError(error);
    }
  }

  async function take(): Promise<void> {
    if (!file) return;
    const report = await job.run((signal) => client.exchange.take({ file: file.grant }, { signal }));
    refreshQueries();
    if (!report) return;
    const open = report.conflicts.length;
    showMessage({ tone: 'done', text: open > 0 ? copy.doneConflicts(open) : copy.done });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={copy.title}
      className="exchange-take"
      canOutsideClickClose={false}
      canEscapeKeyClose={!job.running}
      isCloseButtonShown={!job.running}
    >
      <DialogBody>
        <Button
          icon="folder-open"
          autoFocus
          fill
          alignText="start"
          text={file?.name ?? copy.choose}
          disabled={job.running}
          onClick={() => void choose()}
        />
        {job.running && <ProgressLine title={copy.working} progress={job.progress} />}
        {job.error && (
          <Callout intent="danger" compact role="alert" className="exchange-words">
            {job.error}
          </Callout>
        )}
        {preview && !job.running && <TakePreview report={preview} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button
              text={job.running ? exchangeCopy.stop : exchangeCopy.leave}
              onClick={job.running ? job.stop : onClose}
            />
            <Button
              intent="primary"
              icon="import"
              text={copy.take}
              disabled={preview === null || job.running}
              onClick={() => void take()}
            />
          </>
        }
      >
        <span className="muted">{preview && copy.note}</span>
      </DialogFooter>
    </Dialog>
  );
}
