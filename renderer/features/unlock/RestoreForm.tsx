import { Button, Callout } from '@blueprintjs/core';
import { useState } from 'react';
import type { RestoreReport } from '../../../shared/contract/areas/backups.ts';
import { useClient } from '../../app/connection.ts';
import { type Granted, native } from '../../app/native.ts';
import { reportError } from '../../app/reportError.ts';
import { useJob } from '../../app/useJob.ts';
import { restoreCopy } from '../../copy/backups.ts';
import { showMoment } from '../../ui/dates.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { showEntries } from '../security/backups/sizes.ts';
import { PassphraseInput } from './PassphraseInput.tsx';
import { RecoveryKeyInput } from './RecoveryKeyInput.tsx';
import { UnlockForm } from './UnlockForm.tsx';

/** What is restored: a file that was chosen, or a backup in the folder of a workspace. */
export interface Restorable {
  from: { file: string } | { workspace: string; name: string };
  /** Name of the file, or of the workspace in whose folder it is. */
  name: string;
  /** Which one of several, in words. */
  about?: string;
}

/** Makes a workspace from a backup under a name of the user's choice, and offers to open it. */
export function RestoreForm(props: {
  backup: Restorable;
  onOpen: (workspace: Granted) => void;
  onBack: () => void;
}) {
  const client = useClient();
  const job = useJob();
  const [byKey, setByKey] = useState(false);
  const [secret, setSecret] = useState('');
  const [missing, setMissing] = useState<string | undefined>();
  const [made, setMade] = useState<{ report: RestoreReport; folder: Granted } | null>(null);

  function type(value: string): void {
    setSecret(value);
    setMissing(undefined);
    job.clear();
  }

  async function restore(): Promise<void> {
    if (secret.trim() === '') return setMissing(restoreCopy.needed);
    try {
      const suggestedName = `${props.backup.name.replace(/(\.fellside)?(-backup)?$/, '')} restored.fellside`;
      const folder = await native()?.pickFolder({ purpose: 'new-workspace', suggestedName });
      if (!folder) return;
      const report = await job.run((signal) =>
        client.backups.restore(
          {
            from: props.backup.from,
            folder: folder.grant,
            ...(byKey ? { recoveryKey: secret } : { passphrase: secret }),
          },
          { signal },
        ),
      );
      if (report) {
        setSecret('');
        setMade({ report, folder });
      }
    } catch (error) {
      reportError(error);
    }
  }

  if (made)
    return (
      <>
        <h2>{restoreCopy.title}</h2>
        <Callout intent="success" compact role="status">
          {restoreCopy.done(showEntries(made.report.entries), showMoment(made.report.at), byKey)}
        </Callout>
        <div className="form-actions">
          <Button
            intent="primary"
            icon="unlock"
            autoFocus
            text={restoreCopy.openIt}
            onClick={() => props.onOpen({ grant: made.folder.grant, name: made.report.workspace })}
          />
        </div>
      </>
    );
  return (
    <UnlockForm
      title={restoreCopy.title}
      onSubmit={() => void restore()}
      buttons={
        <>
          <Button
            text={job.running ? restoreCopy.stop : restoreCopy.back}
            variant="minimal"
            onClick={job.running ? job.stop : props.onBack}
          />
          <Button
            type="submit"
            intent="primary"
            icon="folder-open"
            loading={job.running}
            text={restoreCopy.choose}
          />
        </>
      }
    >
      <p>{restoreCopy.lead}</p>
      <p className="muted">{props.backup.about ?? props.backup.name}</p>
      {byKey ? (
        <RecoveryKeyInput value={secret} onChange={type} error={job.error ?? missing} />
      ) : (
        <PassphraseInput
          label={restoreCopy.passphrase}
          value={secret}
          onChange={type}
          error={job.error ?? missing}
          autoFocus
        />
      )}
      <Button
        className="form-switch"
        variant="minimal"
        size="small"
        icon="key"
        disabled={job.running}
        text={byKey ? restoreCopy.byPassphrase : restoreCopy.byKey}
        onClick={() => {
          setByKey(!byKey);
          type('');
        }}
      />
      {job.running && <ProgressLine title={restoreCopy.working} progress={job.progress} />}
    </UnlockForm>
  );
}
