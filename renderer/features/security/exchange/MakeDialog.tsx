import { HTMLSelect, InputGroup } from '@blueprintjs/core';
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
import { ReasonField } from '../../../ui/ReasonField.tsx';
import { WriteDialog } from '../../../ui/WriteDialog.tsx';

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
    <WriteDialog
      title={copy.title}
      lead={copy.lead}
      button={copy.choose}
      icon="export"
      busy={job.running}
      error={job.error}
      written={written}
      onWrite={() => void write()}
      onStop={job.stop}
      onClose={onClose}
    >
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
      <ReasonField value={reason} error={wrong(reason)} onChange={setReason} />
      {job.running && <ProgressLine title={copy.working} progress={job.progress} />}
    </WriteDialog>
  );
}
