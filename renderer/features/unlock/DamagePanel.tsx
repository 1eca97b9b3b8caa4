import { Button } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntegrityReport } from '../../../shared/contract/areas/backups.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import { useClient } from '../../app/connection.ts';
import type { Granted } from '../../app/native.ts';
import { useJob } from '../../app/useJob.ts';
import { backupsCopy, restoreCopy } from '../../copy/backups.ts';
import { showMoment } from '../../ui/dates.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { CheckResult } from '../security/backups/CheckPart.tsx';
import { showBytes, showEntries } from '../security/backups/sizes.ts';
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
      <ul className="unlock-backups">
        {backups.map((item) => {
          const best = item.name === report?.backup?.name;
          return (
            <li key={item.name}>
              <span>
                {showMoment(item.at)}, {showEntries(item.entries)}, {showBytes(item.bytes)}{' '}
                {best && <span className="tone-good">{copy.newestGood}</span>}
              </span>
              <Button
                size="small"
                intent={best ? 'primary' : 'none'}
                text={copy.restore}
                aria-label={`${copy.restore}: ${showMoment(item.at)}`}
                onClick={() =>
                  props.onRestore({
                    from: { workspace: grant, name: item.name },
                    name: props.workspace.name,
                    about: `${props.workspace.name}, ${showMoment(item.at)}, ${showEntries(item.entries)}`,
                  })
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
