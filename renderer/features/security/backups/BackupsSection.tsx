import { Button, Callout } from '@blueprintjs/core';
import { useState } from 'react';
import { refreshQueries, useClient, useRole } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { useJob } from '../../../app/useJob.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { BackupTable } from './BackupTable.tsx';
import { CheckPart } from './CheckPart.tsx';
import { FileDialog } from './FileDialog.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { useBackups } from './useBackups.ts';
import './backups.css';

/** Backups of the workspace, the check that it is whole, and how it is restored. */
export function BackupsSection() {
  const client = useClient();
  const role = useRole();
  const found = useBackups();
  const job = useJob();
  const [asking, setAsking] = useState(false);

  async function backUp(): Promise<void> {
    const report = await job.run((signal) => client.backups.make(undefined, { signal }));
    if (report) showMessage({ tone: 'done', text: backupsCopy.done });
    refreshQueries();
  }

  const data = found.data;
  return (
    <section className="backups-section" aria-label={backupsCopy.title}>
      <p>{backupsCopy.lead}</p>
      {data?.failure && (
        <Callout intent="danger" compact role="alert">
          <strong>{backupsCopy.failed}</strong> {data.failure}
        </Callout>
      )}
      {data?.due && !data.failure && (
        <Callout intent="warning" compact role="status">
          {backupsCopy.due}
        </Callout>
      )}
      <div className="backups-actions">
        <Button
          intent="primary"
          icon={job.running ? 'cross' : 'database'}
          text={job.running ? backupsCopy.stop : backupsCopy.now}
          disabled={role === 'reader'}
          onClick={() => (job.running ? job.stop() : void backUp())}
        />
        <Button
          icon="floppy-disk"
          text={backupsCopy.toFile}
          disabled={role === 'reader' || job.running}
          onClick={() => setAsking(true)}
        />
      </div>
      {job.running && <ProgressLine title={backupsCopy.working} progress={job.progress} />}
      {job.error && (
        <Callout intent="danger" compact role="alert">
          {job.error}
        </Callout>
      )}
      {data && data.backups.length > 0 && <BackupTable backups={data.backups} />}
      {data && data.backups.length === 0 && (
        <EmptyState icon="database" title={backupsCopy.none} description={backupsCopy.noneHint} />
      )}

      <h3>{backupsCopy.check.title}</h3>
      <CheckPart />

      <h3>{backupsCopy.restoring.title}</h3>
      <ol className="backups-steps">
        {backupsCopy.restoring.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>

      <h3>{backupsCopy.settings.title}</h3>
      {data && (
        <SettingsForm key={JSON.stringify(data.settings)} settings={data.settings} isLead={role === 'lead'} />
      )}
      {asking && <FileDialog onClose={() => setAsking(false)} />}
    </section>
  );
}
