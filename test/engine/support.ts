/** Workspaces in temporary folders, driven through the contract like any host does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import ExcelJS from 'exceljs';
import type { Engine } from '../../electron/engine/createEngine.ts';
import { createEngine } from '../../electron/engine/createEngine.ts';
import type { Session } from '../../electron/engine/session.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportFile, ImportReport } from '../../shared/contract/schemas.ts';
import { gridList } from '../../shared/grid/grids.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';

export const passphrase = 'slow heron over slate';
export const demoFolder = join(import.meta.dirname, '..', '..', 'resources', 'demo');

/** In an order in which an analyst would take them: who first, then what was seen of them. */
export const demoFiles = [
  'nominals.xlsx',
  'premises.xlsx',
  'vehicles.xlsx',
  'subscribers.csv',
  'call data.csv',
  'custody.csv',
  'partner referrals.xlsx',
  'intelligence log.xlsx',
  'officers and duties.xlsx',
  'warrants.xlsx',
];

const made: string[] = [];

/** A temporary folder, removed by `cleanUp`. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-test-'));
  made.push(folder);
  return folder;
}

export function cleanUp(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const clientOf = (engine: Engine) => createRouterClient(engine.router, { context: engine.context });
export type Client = ReturnType<typeof clientOf>;

export interface Bench {
  /** The folder in which the workspace folder and the files of the test stand. */
  folder: string;
  workspace: string;
  engine: Engine;
  client: Client;
}

/** The open session, for tests that look beneath the contract. */
export function sessionOf(bench: Bench): Session {
  const session = bench.engine.context.session();
  if (!session) throw new Error('no workspace is open');
  return session;
}

/** A clock that moves a second with every reading, so that no two entries have the same time. */
export function tickingClock(): () => string {
  let time = Date.parse('2026-11-24T09:00:00Z');
  return () => {
    time += 1000;
    return new Date(time).toISOString();
  };
}

export function makeEngine(): { engine: Engine; client: Client } {
  const engine = createEngine({
    clock: tickingClock(),
    device: 'test-desk',
    // As on a slow machine: keys are derived at the floor, which every slot may have.
    measureKdf: async () => 60_000,
  });
  return { engine, client: clientOf(engine) };
}

/** An engine with a new, open workspace. */
export async function makeWorkspace(name = 'Operation Fellgate'): Promise<Bench> {
  const folder = makeFolder();
  const workspace = join(folder, 'op.fellside');
  const { engine, client } = makeEngine();
  await client.workspace.create({
    grant: engine.grants.add(workspace, 'new-workspace'),
    name,
    marking: 'OFFICIAL-SENSITIVE',
    user: 'A Analyst',
    passphrase,
  });
  return { folder, workspace, engine, client };
}

/** Opens a workspace in an engine of its own. */
export async function openWorkspaceAt(workspace: string, words = passphrase): Promise<Bench> {
  const { engine, client } = makeEngine();
  await client.workspace.open({
    grant: engine.grants.add(workspace, 'open-workspace'),
    passphrase: words,
  });
  return { folder: join(workspace, '..'), workspace, engine, client };
}

/** Closes and opens again: whatever was only in memory is gone. */
export async function reopen(bench: Bench): Promise<void> {
  await bench.client.workspace.close();
  await bench.client.workspace.open({
    grant: bench.engine.grants.add(bench.workspace, 'open-workspace'),
    passphrase,
  });
}

/** Imports the files at these paths as one import. `between` runs after every event. */
export async function importPaths(
  bench: Bench,
  paths: readonly string[],
  options: Omit<ImportFile, 'grant'> = {},
  mode: 'commit' | 'preview' = 'commit',
  between: () => void = () => undefined,
): Promise<ImportReport> {
  const files = paths.map((path) => ({ ...options, grant: bench.engine.grants.add(path, 'file') }));
  for await (const event of await bench.client.imports[mode]({ files })) {
    between();
    if (event.type === 'done') return event.report;
  }
  throw new Error('the import ended without a report');
}

export const importDemo = (bench: Bench): Promise<ImportReport> =>
  importPaths(
    bench,
    demoFiles.map((file) => join(demoFolder, file)),
  );

/** Writes a CSV file into the bench's folder and gives its path. */
export function writeCsv(
  bench: Pick<Bench, 'folder'>,
  name: string,
  rows: readonly (readonly string[])[],
): string {
  const path = join(bench.folder, name);
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  writeFileSync(path, rows.map((row) => `${row.map(quote).join(',')}\r\n`).join(''));
  return path;
}

/** Writes a workbook with one sheet per key. */
export async function writeXlsx(
  bench: Pick<Bench, 'folder'>,
  name: string,
  sheets: Record<string, (string | number | null)[][]>,
): Promise<string> {
  const path = join(bench.folder, name);
  const workbook = new ExcelJS.Workbook();
  for (const [title, rows] of Object.entries(sheets)) workbook.addWorksheet(title).addRows(rows);
  await workbook.xlsx.writeFile(path);
  return path;
}

/** Every row of a grid, in the order of its references. */
export async function allRows(client: Client, grid: GridName): Promise<GridRow[]> {
  return (await client.grids.page({ grid, limit: 100_000 })).rows;
}

/** Grids that say what the workspace holds. Imports, sources and packs say how it came to hold it. */
export const contentGrids = gridList
  .map((grid) => grid.name)
  .filter((name) => !['imports', 'sources', 'packs'].includes(name));

/**
 * Every row of every grid with every column. Revisions are left out: they rise with each change, an undo
 * among them.
 */
export async function dumpGrids(client: Client): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {};
  for (const grid of contentGrids) {
    dump[grid] = (await allRows(client, grid)).map(({ revision: _, ...row }) => row);
  }
  return dump;
}

/** Row counts of every table, but those named and those of the index, which follows behind. */
export function countTables(session: Session, except: readonly string[] = []): Record<string, number> {
  const tables = session.writer
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' ORDER BY name",
    )
    .all() as { name: string }[];
  return Object.fromEntries(
    tables
      .filter(({ name }) => !except.includes(name))
      .map(({ name }) => [
        name,
        (session.writer.prepare(`SELECT count(*) AS count FROM "${name}"`).get() as { count: number }).count,
      ]),
  );
}

/** The AppError that a call is refused with; fails when it is not, or with anything else. */
export async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('this should have been refused');
}

/** The reference of the single row that an edit gave back. */
export function onlyRef(result: { rows: GridRow[] }): string {
  const row = result.rows[0];
  if (!row || result.rows.length !== 1) throw new Error('one row was expected');
  return row.ref;
}
