/** Workspaces of call data for the trials. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { importFiles } from '../../electron/engine/intake/import.ts';
import { openFileSource } from '../../electron/engine/intake/readers/byteSource.ts';
import type { Session } from '../../electron/engine/session.ts';
import { createWorkspace, openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import type { ImportReport } from '../../shared/contract/schemas.ts';
import type { TrialContext } from '../trial.ts';
import type { CallFileShape } from './callFile.ts';
import { writeCallFile } from './callFile.ts';

export const passphrase = 'a trial of four plain words';
export const callFile = (context: TrialContext) => join(context.folder, 'calls.csv');

/** Rows of a trial of call data. */
export const rowsOf = (context: TrialContext) => (context.quick ? 2000 : 1_000_000);

/** Writes the call file of a trial, unless it is there. */
export async function prepareCallFile(
  context: TrialContext,
  share: number,
  order: CallFileShape['order'] = 'time',
) {
  const rows = rowsOf(context);
  const distinctNumbers = Math.floor(rows * share);
  const bytes = await writeCallFile(callFile(context), { rows, distinctNumbers, order });
  return { rows, 'distinct numbers': distinctNumbers, bytes };
}

export interface OpenTrial {
  session: Session;
  engine: ReturnType<typeof createEngine>;
}

/** A new workspace in the trial's folder, attached to an engine. */
export async function newWorkspace(context: TrialContext, name: string): Promise<OpenTrial> {
  const engine = createEngine();
  const folder = join(context.folder, `${name}.fellside`);
  const workspace = await createWorkspace({ folder, passphrase, user: 'Trial' }, engine.context.clock);
  return { engine, session: engine.context.attach(workspace) };
}

/** Opens the workspace of that name. */
export async function openNamed(context: TrialContext, name: string): Promise<OpenTrial> {
  const engine = createEngine();
  const workspace = await openWorkspace(
    join(context.folder, `${name}.fellside`),
    passphrase,
    engine.context.clock,
  );
  return { engine, session: engine.context.attach(workspace) };
}

/** Imports the call file and checks that every row arrived. */
export async function importCalls(
  context: TrialContext,
  session: Session,
  signal?: AbortSignal,
): Promise<ImportReport> {
  const report = await importFiles(
    session,
    [{ name: 'calls.csv', open: () => openFileSource(callFile(context)) }],
    { mode: 'commit', signal },
  );
  const imported = report.files[0]?.sheets[0]?.imported;
  if (imported !== rowsOf(context)) throw new Error(`imported ${imported} of ${rowsOf(context)} rows`);
  return report;
}

/** Makes the workspace of a trial with every call in it, and returns its size. */
export async function prepareWorkspace(context: TrialContext, share: number) {
  const sizes = await prepareCallFile(context, share);
  const { session, engine } = await newWorkspace(context, 'calls');
  await importCalls(context, session);
  await engine.close();
  return { ...sizes, 'workspace bytes': databaseBytes(context, 'calls') };
}

export function databaseBytes(context: TrialContext, name: string): number {
  const path = join(context.folder, `${name}.fellside`, 'workspace.db');
  return existsSync(path) ? statSync(path).size : 0;
}

/** A value of sorted times by its share of the way. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
