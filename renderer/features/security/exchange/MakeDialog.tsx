import {
  Button,
  Callout,
  Dialog,
  DialogBody,
  DialogFooter,
  HTMLSelect,
  InputGroup,
  TextArea,
} from '@blueprintjs/core';
import { useState } from 'react';
import type { ExchangeCopy } from '../../../../shared/contract/areas/exchange.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { isText, useDraftState } from '../../../app/drafts.ts';
import { native } from '../../../app/native.ts';
import { reportError } from '../../../app/reportError.ts';
import { useJob } from '../../../app/useJob.ts';
import { exchangeCopy } from '../../../copy/exchange.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';

const copy = exchangeCopy.making;

/** Asks whom a package is for and why, and writes it into a folder. */
export function MakeDialog({ copies, onClose }: { copies: readonly ExchangeCopy[]; onClose: () => void }) {
  const client = useClient();
  const job = useJob();
  const [to, setTo] = useState('');
  const [recipient, setRecipient] = useDraftState('exchange-recipient', '', isText);
  const [reason, setReason] = useDraftState('exchange-reason', '', isText);
  const [missing, setMissing] = useState(false);
  const [written, setWritten] = useState<string | null>(null);
  const wrong = (text: string) => (missing && text.trim() === '' ? copy.needed : undefined);

  async function write(): Promise<void> {
    if (recipient.trim() === '' || reason.trim() === '') return setMissing(true);
    try {
      const folder = await native()?.pickFolder({ purpose: 'export' });
      if (!folder) return;
      const report = await job.run((signal) =>
        client.exchange.make(
          {
            folder: folder.grant,
            recipient: recipient.trim(),
            reason: reason.trim(),
            ...(to === '' ? {} : { to }),
          },
          { signal },
        ),
      );
      if (report) setWritten(copy.written(report.file, report.for));
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
            <FormField label={copy.to}>
              {(input) => (
                <HTMLSelect {...input} fill value={to} onChange={(event) => setTo(event.currentTarget.value)}>
                  <option value="">{copy.everybody}</option>
                  {copies
                    .filter((each) => !each.own)
                    .map((each) => (
                      <option key={each.letters} value={each.letters}>
                        {each.letters}: {each.name}
                      </option>
                    ))}
                </HTMLSelect>
              )}
            </FormField>
            <FormField label={copy.recipient} hint={copy.recipientHint} error={wrong(recipient)}>
              {(input) => (
                <InputGroup
                  {...input}
                  autoFocus
                  value={recipient}
                  maxLength={200}
                  onChange={(event) => setRecipient(event.currentTarget.value)}
                />
              )}
            </FormField>
            <FormField label={copy.reason} hint={copy.reasonHint} error={wrong(reason)}>
              {(input) => (
                <TextArea
                  {...input}
                  fill
                  rows={2}
                  value={reason}
                  maxLength={1000}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
              )}
            </FormField>
            {job.running && <ProgressLine title={copy.working} progress={job.progress} />}
            {job.error && (
              <Callout intent="danger" compact role="alert">
                {job.error}
              </Callout>
            )}
          </>
        ) : (
          <Callout intent="success" compact role="status">
            {written}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          written === null ? (
            <>
              <Button
                text={job.running ? exchangeCopy.stop : exchangeCopy.leave}
                onClick={job.running ? job.stop : onClose}
              />
              <Button
                intent="primary"
                icon="export"
                text={copy.choose}
                loading={job.running}
                onClick={() => void write()}
              />
            </>
          ) : (
            <Button intent="primary" text={exchangeCopy.close} autoFocus onClick={onClose} />
          )
        }
      />
    </Dialog>
  );
}
