import { Button } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntegrityReport } from '../../../shared/contract/areas/backups.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { useClient } from '../../app/connection.ts';
import type { Granted } from '../../app/native.ts';
import { backupsCopy, restoreCopy } from '../../copy/backups.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { BackupTable } from '../security/backups/BackupTable.tsx';
import { CheckResult } from '../security/backups/CheckPart.tsx';
import { useJob } from '../security/backups/useJob.ts';
import type { Restorable } from './RestoreForm.tsx';
import '../security/backups/backups.css';

const copy = restoreCopy.damage;

/** Refusals of opening after which a backup may help. */
export const isDamage = (code: ErrorCode): boolean =>
  ['workspace.damaged', 'workspace.altered', 'workspace.older', 'workspace.disk', 'journal.broken'].includes(
    code,
  );

/** What to do about a workspace that does not open: what is broken, and the backups in its folder. */
export function DamagePanel(props: {
  workspace: Granted;
  code: ErrorCode;
  passphrase: string;
  onAccept: () => void;
  onRestore: (backup: Restorable) => void;
}) {
  const client = useClient();
  const job = useJob();
  const { grant } = props.workspace;
  const found = useQuery({
    queryKey: ['found-backups', grant],
    queryFn: () => client.backups.found({ grant }),
  });
  const [report, setReport] = useState<IntegrityReport | null>(null);
  const examine = async () =>
    setReport(
      await job.run((signal) =>
        client.backups.examine({ grant, passphrase: props.passphrase, deep: false }, { signal }),
      ),
    );
  const backups = found.data?.backups ?? [];
  return (
    <section className="unlock-damage" aria-label={backupsCopy.title}>
      <div className="backups-actions">
        {props.code === 'workspace.older' && (
          <Button icon="history" text={copy.older} title={copy.olderHint} onClick={props.onAccept} />
        )}
        {props.passphrase !== '' && (
          <Button
            icon={job.running ? 'cross' : 'endorsed'}
            text={job.running ? backupsCopy.stop : copy.check}
            onClick={() => (job.running ? job.stop() : void examine())}
          />
        )}
      </div>
      {job.running && <ProgressLine title={copy.checking} progress={job.progress} />}
      {job.error && (
        <p className="tone-danger" role="alert">
          {job.error}
        </p>
      )}
      {report && <CheckResult report={report} />}
      <p className="muted">{backups.length > 0 ? copy.offer : found.isPending ? ' ' : copy.none}</p>
      {backups.length > 0 && (
        <BackupTable
          backups={backups}
          action={({ name }) => (
            <Button
              size="small"
              intent={name === report?.backup?.name ? 'primary' : 'none'}
              text={
                name === report?.backup?.name
                  ? `${copy.restore}: ${copy.newestGood.toLowerCase()}`
                  : copy.restore
              }
              onClick={() =>
                props.onRestore({ from: { workspace: grant, name }, name: props.workspace.name })
              }
            />
          )}
        />
      )}
    </section>
  );
}
