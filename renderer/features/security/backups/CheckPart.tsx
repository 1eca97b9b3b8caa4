import { Button, Callout, Checkbox } from '@blueprintjs/core';
import { useState } from 'react';
import type { IntegrityReport } from '../../../../shared/contract/areas/backups.ts';
import { useClient } from '../../../app/connection.ts';
import { useJob } from '../../../app/useJob.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { showEntries } from './sizes.ts';

const copy = backupsCopy.check;

/** The check of the whole workspace, and what it found. */
export function CheckPart() {
  const client = useClient();
  const job = useJob();
  const [deep, setDeep] = useState(false);
  const [report, setReport] = useState<IntegrityReport | null>(null);
  const check = async () => {
    setReport(null);
    setReport(await job.run((signal) => client.backups.check({ deep }, { signal })));
  };
  return (
    <>
      <p className="muted">{copy.lead}</p>
      <div className="backups-actions">
        <Button
          icon={job.running ? 'cross' : 'endorsed'}
          text={job.running ? backupsCopy.stop : copy.button}
          onClick={() => (job.running ? job.stop() : void check())}
        />
        <Checkbox
          checked={deep}
          disabled={job.running}
          label={copy.deep}
          onChange={(event) => setDeep(event.currentTarget.checked)}
        />
      </div>
      {job.running && <ProgressLine title={copy.working} progress={job.progress} />}
      {job.error && (
        <Callout intent="danger" compact role="alert">
          {job.error}
        </Callout>
      )}
      {report && <CheckResult report={report} />}
    </>
  );
}

/** What a check found: that all is well, or each thing that does not hold and what to do. */
export function CheckResult({ report }: { report: IntegrityReport }) {
  const { pages, files, packs, photographs, backups } = report.checked;
  const parts = [
    `${pages.toLocaleString('en-GB')} pages`,
    showEntries(report.entries),
    ...(files > 0 ? [`${files.toLocaleString('en-GB')} imported ${files === 1 ? 'file' : 'files'}`] : []),
    ...(packs > 0 ? [`${packs.toLocaleString('en-GB')} ${packs === 1 ? 'file' : 'files'} of packs`] : []),
    ...(photographs > 0 ? [`${photographs.toLocaleString('en-GB')} photographs`] : []),
    ...(backups > 0 ? [`${backups.toLocaleString('en-GB')} ${backups === 1 ? 'backup' : 'backups'}`] : []),
  ];
  return (
    <Callout
      intent={report.ok ? 'success' : 'danger'}
      compact
      role={report.ok ? 'status' : 'alert'}
      className="backups-result"
    >
      <p>
        <strong>{report.ok ? copy.good : copy.bad}</strong> {report.ok && `Checked: ${parts.join(', ')}.`}
      </p>
      {report.problems.length > 0 && (
        <ul>
          {report.problems.map(({ part, what }) => (
            <li key={`${part} ${what}`}>{what}</li>
          ))}
        </ul>
      )}
      {report.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
      {report.advice && <p>{report.advice}</p>}
      {report.backup && <p className="backups-name">{report.backup.name}</p>}
    </Callout>
  );
}
