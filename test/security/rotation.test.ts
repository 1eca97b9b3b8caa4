/** A change of the data key that is killed, cancelled or refused at any place leaves one whole workspace. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/engine/database/connection.ts';
import type { RotationStep } from '../../electron/engine/people/rotateDataKey.ts';
import { rotateDataKey } from '../../electron/engine/people/rotateDataKey.ts';
import {
  cleanUp,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  refusal,
  sessionOf,
} from '../engine/support.ts';

const person = 'Wilhelmina Oxthwaite';
const reader = 'amber tarn lantern seven';
const script = join(import.meta.dirname, 'fixtures', 'rotateAndDie.ts');
let original: string;

beforeAll(async () => {
  const bench = await makeWorkspace();
  await bench.client.records.add({ grid: 'people', values: { name: person } });
  const { oneTimePassphrase } = await bench.client.users.add({ name: 'R Reader', role: 'reader' });
  await bench.engine.close();
  const first = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
  await first.client.users.changePassphrase({ current: oneTimePassphrase, passphrase: reader });
  await first.engine.close();
  original = bench.workspace;
}, 120_000);

afterAll(cleanUp);

function copy(): string {
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  return workspace;
}

async function killedAt(step: RotationStep): Promise<string> {
  const workspace = copy();
  const child = spawn(process.execPath, [script, workspace, step], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ step, signal }).toEqual({ step, signal: 'SIGKILL' });
  return workspace;
}

/** One whole workspace under one key, for both users, and nothing left of the way there. */
async function isWhole(workspace: string, generation: number, notices: string[]): Promise<void> {
  const bench = await openWorkspaceAt(workspace);
  expect(sessionOf(bench).workspace.notices).toEqual(notices);
  expect(await bench.client.users.list()).toMatchObject({ keyGeneration: generation });
  expect((await bench.client.grids.page({ grid: 'people' })).rows.map(({ name }) => name)).toEqual([person]);
  expect(await bench.client.history.verify()).toMatchObject({ ok: true });
  const summaries = (await bench.client.history.list({ limit: 50 })).entries.map(({ summary }) => summary);
  expect(summaries.filter((summary) => summary.startsWith('Changed the data key'))).toHaveLength(
    generation - 1,
  );
  await bench.engine.close();
  expect(readdirSync(workspace).sort()).toEqual(['backups', 'lock', 'workspace.db', 'workspace.json']);
  const header = JSON.parse(readFileSync(join(workspace, 'workspace.json'), 'utf8')) as {
    slots: { sealed: unknown[] }[];
  };
  expect(header.slots.map(({ sealed }) => sealed.length)).toEqual([1, 1]);
  const other = await openWorkspaceAt(workspace, reader);
  expect(sessionOf(other).workspace.notices).toEqual([]);
  expect((await other.client.grids.page({ grid: 'people' })).total).toBe(1);
  await other.engine.close();
}

const finished = ['A change of the data key that had been interrupted was finished'];
const takenBack = ['A change of the data key that had been interrupted was taken back'];

describe('a change of the data key', { timeout: 120_000 }, () => {
  it.each([
    ['copied', 1, []],
    ['recorded', 1, []],
    ['announced', 2, finished],
    ['placed', 2, finished],
    ['done', 2, []],
  ] as const)(
    'killed when it is %s is whole at the next opening, under key %i',
    async (step, generation, notices) => {
      const workspace = await killedAt(step);
      await isWhole(workspace, generation, [...notices]);
    },
  );

  it('is finished by a reader as well, whoever comes first', async () => {
    const workspace = await killedAt('announced');
    const bench = await openWorkspaceAt(workspace, reader);
    expect(sessionOf(bench).workspace.notices).toEqual(finished);
    await bench.engine.close();
    await isWhole(workspace, 2, []);
  });

  it('goes back where the new database is gone or not whole', async () => {
    const gone = await killedAt('announced');
    rmSync(join(gone, 'workspace.db.next'));
    await isWhole(gone, 1, takenBack);
    const harmed = await killedAt('announced');
    const path = join(harmed, 'workspace.db.next');
    const bytes = readFileSync(path);
    for (let page = 1; page * 4096 < bytes.length; page += 3)
      bytes[page * 4096 + 99] = (bytes[page * 4096 + 99] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await isWhole(harmed, 1, takenBack);
  });

  it('leaves nothing of a copy that was not finished', async () => {
    const workspace = copy();
    writeFileSync(join(workspace, 'workspace.db.next'), 'half a copy');
    await isWhole(workspace, 1, []);
  });

  it('that is cancelled or cannot be written changes nothing, and the session goes on', async () => {
    const workspace = copy();
    const bench = await openWorkspaceAt(workspace);
    const session = sessionOf(bench);
    const abort = new AbortController();
    abort.abort();
    expect((await refusal(rotateDataKey(session, { signal: abort.signal }))).code).toBe('cancelled');
    const dying = rotateDataKey(session, {}, (step) => {
      if (step === 'announced') throw new Error('the disk is gone');
    });
    await expect(dying).rejects.toThrow('the disk is gone');
    await bench.client.records.add({ grid: 'people', values: { name: 'Second Person' } });
    expect((await bench.client.grids.page({ grid: 'people' })).total).toBe(2);
    expect(existsSync(join(workspace, 'workspace.db.next'))).toBe(false);
    await bench.client.history.undo({});
    await bench.engine.close();
    await isWhole(workspace, 1, []);
  });

  it('leaves the old key without use, and the new file as private as the old', async () => {
    const workspace = copy();
    const bench = await openWorkspaceAt(workspace);
    const session = sessionOf(bench);
    const oldKey = Buffer.from(session.workspace.dataKey);
    const page = bench.client.grids.page({ grid: 'people' });
    await rotateDataKey(session);
    expect((await page).total).toBe(1);
    expect(statSync(join(workspace, 'workspace.db')).mode & 0o777).toBe(0o600);
    expect(() => openDatabase(join(workspace, 'workspace.db'), { key: oldKey, readonly: true })).toThrow();
    await bench.client.records.add({ grid: 'people', values: { name: 'Second Person' } });
    await bench.client.history.undo({});
    await rotateDataKey(session);
    await bench.engine.close();
    await isWhole(workspace, 3, []);
  });

  it('and a backup that is asked for meanwhile do not meet', async () => {
    const bench = await openWorkspaceAt(copy());
    const session = sessionOf(bench);
    let making: Promise<{ file: string }> | undefined;
    await rotateDataKey(session, {}, (step) => {
      if (step === 'recorded') making = session.backups.make('asked');
    });
    const made = await making;
    expect((await bench.client.backups.list()).backups).toMatchObject([
      { name: made?.file, state: 'verified' },
    ]);
    await bench.engine.close();
  });

  it('names the backups that only the earlier key opens', async () => {
    const workspace = copy();
    const bench = await openWorkspaceAt(workspace);
    let name = '';
    for await (const event of await bench.client.backups.make())
      if (event.type === 'done') name = event.report.file;
    const { olderBackups } = await rotateDataKey(sessionOf(bench));
    expect(olderBackups).toEqual([name]);
    await bench.engine.close();
    // It still opens, as what it was, with the passphrases of its time.
    const folder = join(makeFolder(), 'restored.fellside');
    mkdirSync(join(folder, '..'), { recursive: true });
    const restored = await openWorkspaceAt(copy());
    for await (const _ of await restored.client.backups.restore({
      from: { file: restored.engine.grants.add(join(workspace, 'backups', name), 'file') },
      folder: restored.engine.grants.add(folder, 'new-workspace'),
      passphrase: reader,
    }));
    await restored.engine.close();
    const old = await openWorkspaceAt(folder, reader);
    expect(await old.client.users.list()).toMatchObject({ keyGeneration: 1 });
    await old.engine.close();
  });
});
