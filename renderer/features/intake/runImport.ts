import type { EngineClient } from '../../../shared/contract/client.ts';
import type { ImportReport } from '../../../shared/contract/schemas.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';
import { type ChosenFile, toImportFiles } from './importState.ts';

/** Runs a preview or a commit, tells its progress, and returns the report. Aborting the signal cancels it. */
export async function runImport(
  client: EngineClient,
  what: 'preview' | 'commit',
  files: readonly ChosenFile[],
  signal: AbortSignal,
  onProgress: (progress: ProgressEvent) => void,
): Promise<ImportReport> {
  const input = { files: toImportFiles(files) };
  const events =
    what === 'preview'
      ? await client.imports.preview(input, { signal })
      : await client.imports.commit(input, { signal });
  for await (const event of events) {
    if (event.type === 'done') return event.report;
    onProgress(event);
  }
  throw new Error('the import ended without a report');
}
