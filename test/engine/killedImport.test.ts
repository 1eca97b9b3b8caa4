/**
 * An import of a million calls is killed at moments of its reading, of the building of its indexes and of its
 * commit: the workspace holds all of it or nothing, opens at once, and takes the import afterwards.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { cleanUp, makeFolder, openWorkspaceAt, passphrase } from './support.ts';

const command = join(import.meta.dirname, '..', '..', 'bin', 'fellside.js');
const environment = { ...process.env, FELLSIDE_PASSPHRASE: passphrase };
const run = promisify(execFile);
const rows = 1_000_000;
const numbers = 1000;
const megabyte = 1024 * 1024;

afterAll(cleanUp);

/** A million calls among the numbers kept for drama, every number in as many as every other. */
function writeCalls(folder: string): string {
  const path = join(folder, 'calls.csv');
  const two = (value: number) => String(value).padStart(2, '0');
  const number = (value: number) => `07700900${String(value % numbers).padStart(3, '0')}`;
  const lines = ['Time zone,UK local time', 'A Number,B Number,Call Type,Start,Duration (s),IMEI'];
  for (let index = 0; index < rows; index += 1) {
    const at = `${two(1 + (index % 28))}/10/2026 ${two(Math.floor(index / 3600) % 24)}:${two(Math.floor(index / 60) % 60)}:${two(index % 60)}`;
    lines.push(
      `${number(index)},${number(index * 7 + 3)},Voice,${at},${index % 600},3569${String(index % 40_000).padStart(10, '0')}0`,
    );
  }
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  return path;
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

it('a killed import of a million rows leaves all or nothing', async () => {
  const workspace = join(makeFolder(), 'op.fellside');
  const calls = writeCalls(makeFolder());
  const fellside = (...words: string[]) =>
    run(process.execPath, [command, ...words, '--json'], { env: environment, maxBuffer: 16 * megabyte });
  await fellside('new', workspace, '--name', 'Operation Fellgate');
  const log = join(workspace, 'workspace.db-wal');
  const database = join(workspace, 'workspace.db');
  const empty = sizeOf(database);
  // Moments by what is on the disk, since time differs from machine to machine: the log grows while rows are read
  // and while indexes are built; the database itself grows only once the commit stands and is copied over.
  const random = (from: number, to: number) => (from + Math.random() * (to - from)) * megabyte;
  const moments: { name: string; reached: () => boolean }[] = [
    { name: 'before the first row', reached: () => true },
    ...[random(1, 15), random(20, 45), random(50, 70)].map((bytes) => ({
      name: `at ${Math.round(bytes / megabyte)} MB of log`,
      reached: () => sizeOf(log) > bytes,
    })),
    { name: 'while the commit is copied over', reached: () => sizeOf(database) > empty + megabyte },
  ];

  /** Nothing, or every row with all that hangs on it. Gives the number of calls. */
  async function checkWhole(name: string): Promise<number> {
    const bench = await openWorkspaceAt(workspace);
    try {
      const count = async (grid: 'communications' | 'phones' | 'imports' | 'sources') =>
        (await bench.client.grids.page({ grid, limit: 0 })).total;
      const total = await count('communications');
      expect([0, rows], name).toContain(total);
      expect(await count('imports'), name).toBe(total === 0 ? 0 : 1);
      expect(await count('sources'), name).toBe(total === 0 ? 0 : 1);
      expect(await count('phones'), name).toBe(total === 0 ? 0 : numbers);
      expect(await bench.client.history.verify(), name).toMatchObject({ ok: true });
      if (total > 0) {
        const busiest = await bench.client.grids.page({
          grid: 'communications',
          where: { aNumber: '07700900003' },
          sort: [{ field: 'start', direction: 'desc' }],
          limit: 1,
        });
        expect(busiest.total, name).toBe(rows / numbers);
        const shown = await bench.client.records.show({ ref: busiest.rows[0]?.ref ?? '' });
        expect(shown.values.aNumber?.[0]?.raw, name).toBe('07700900003');
      }
      return total;
    } finally {
      await bench.engine.close();
    }
  }

  const left: number[] = [];
  for (const { name, reached } of moments) {
    const child = spawn(process.execPath, [command, 'import', workspace, calls, '--json'], {
      env: environment,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (child.exitCode === null && !reached()) await wait(5);
    child.kill('SIGKILL');
    await ended;
    left.push(await checkWhole(name));
    if (left.at(-1) !== 0) break;
  }
  expect(left[0]).toBe(0);
  if (left.at(-1) === 0) await fellside('import', workspace, calls);
  expect(await checkWhole('after the whole import')).toBe(rows);
}, 900_000);
