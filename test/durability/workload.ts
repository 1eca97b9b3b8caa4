/**
 * A process that works on a workspace until it is killed: imports, edits, undo, redo, exports, backups, in an order
 * that its seed gives. It says on standard output which entry of the journal the engine has acknowledged, and says it
 * only then: what was said must be there after any death.
 *
 *   node workload.ts WORKSPACE FOLDER SEED     (passphrase in FELLSIDE_PASSPHRASE)
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { namedFailure } from '../../electron/engine/database/connection.ts';
import { diskOrDamage } from '../../electron/engine/workspace/durable.ts';
import { readHead } from '../../electron/engine/workspace/recentEntries.ts';
import { AppError } from '../../shared/contract/errors.ts';

const [workspace = '', folder = '', seed = '1', limit = '1000000'] = process.argv.slice(2);
const passphrase = process.env.FELLSIDE_PASSPHRASE ?? '';

/** Mulberry32: the same work for the same seed. */
function randomFrom(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const random = randomFrom(Number(seed));
/** Sheets to import come from elsewhere: no fault of the disk that is tried meets them. */
const scratch = mkdtempSync(join(tmpdir(), 'fellside-sheets-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const engine = createEngine({
  device: 'kill-desk',
  headsFolder: join(folder, 'heads'),
  backups: 'background',
});
const client = createRouterClient(engine.router, { context: engine.context });
const say = (line: string) => void writeSync(1, `${line}\n`);
const names = ['Maud Ellery', 'Alec Thorne', 'Ines Harrow', 'Piet Lowther', 'Wilf Oxley', 'Nan Gaskell'];
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

async function drain<T>(events: Promise<AsyncIterable<T>>): Promise<void> {
  for await (const _ of await events);
}

/** A folder beside the workspace; none where the disk that is tried refuses it. */
function place(name: string): string {
  const path = join(folder, name);
  try {
    mkdirSync(path, { recursive: true });
  } catch {
    // What writes there says so by name.
  }
  return path;
}

function writeSheet(): string {
  const path = join(scratch, `sheet-${random(1_000_000)}.csv`);
  const rows = Array.from({ length: 5 + random(200) }, () => {
    const day = String(1 + random(28)).padStart(2, '0');
    return `${pick(names)} ${random(5000)},${day}/0${1 + random(9)}/19${50 + random(49)},07700900${String(random(1000)).padStart(3, '0')}`;
  });
  writeFileSync(path, `Name,Date of Birth,Phone\r\n${rows.join('\r\n')}\r\n`);
  return path;
}

async function changeSomebody(): Promise<void> {
  const { rows } = await client.grids.page({ grid: 'people', limit: 20, offset: random(10) });
  const row = rows[random(Math.max(1, rows.length))];
  if (!row) return;
  await client.records.set({
    edits: [{ ref: row.ref, values: { note: `note ${random(1_000_000)} ${'x'.repeat(random(4000))}` } }],
  });
}

/** Each kind of work, as often as it stands here. */
const works: (() => Promise<unknown>)[] = [
  () => client.records.add({ grid: 'people', values: { name: `${pick(names)} ${random(100_000)}` } }),
  () => client.records.add({ grid: 'teams', values: { name: `Team ${random(100_000)}` } }),
  changeSomebody,
  changeSomebody,
  changeSomebody,
  () => client.history.undo({}),
  () => client.history.undo({}),
  () => client.history.redo(),
  () => drain(client.imports.commit({ files: [{ grant: engine.grants.add(writeSheet(), 'file') }] })),
  () => drain(client.imports.commit({ files: [{ grant: engine.grants.add(writeSheet(), 'file') }] })),
  () =>
    drain(
      client.tables.write({
        profile: 'table',
        format: 'csv',
        recipient: 'R Hallam',
        reason: 'a trial of exports',
        folder: engine.grants.add(place(`export-${random(1_000_000)}`), 'export'),
      }),
    ),
  () => drain(client.backups.make()),
  () =>
    drain(
      client.backups.toFile({
        folder: engine.grants.add(place('files'), 'export'),
        name: `copy-${random(1_000_000)}.fellside-backup`,
        reason: 'a trial of backups',
      }),
    ),
];

/** Whether a refusal is one that the work goes on after. Under faults every refusal is, and is said. */
function goesOn(error: unknown): boolean {
  // Nothing to undo, a redo that something rests on.
  if (error instanceof AppError && error.code.startsWith('journal.')) return true;
  if (process.env.FELLSIDE_FAULTS === undefined) return false;
  say(`refused ${error instanceof AppError ? error.code : (error as Error).stack?.replaceAll('\n', ' ')}`);
  return true;
}

try {
  await client.workspace.open({ grant: engine.grants.add(workspace, 'open-workspace'), passphrase });
} catch (error) {
  if (!goesOn(error)) throw error;
  process.exit(0);
}
const session = engine.context.session();
if (!session) throw new Error('no workspace is open');
say('ready');
for (let done = 0; done < Number(limit); done += 1) {
  try {
    await pick(works)();
  } catch (error) {
    if (!goesOn(error)) throw error;
  }
  try {
    const head = readHead(session.reader);
    say(`acknowledged ${head.seq} ${head.hash}`);
  } catch (error) {
    if (!goesOn(diskOrDamage(namedFailure(error), workspace))) throw error;
  }
}
await engine.close();
for (const { stack } of engine.internalErrors())
  if (process.env.FELLSIDE_FAULTS === undefined) process.stderr.write(stack);
say('closed');
process.exit(0);
