/**
 * Power cuts: a mixed workload runs under a layer that writes down every write and every wait for the disk. The log is
 * cut at random places; of what was not yet waited for, any sectors may be there and any may be missing. The workspace
 * must open, hold, and have every entry that had been acknowledged by then.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listBackups } from '../../electron/engine/workspace/backups/folder.ts';
import { hashAt } from '../../electron/engine/workspace/recentEntries.ts';
import type { IntegrityReport } from '../../shared/contract/areas/backups.ts';
import {
  cleanUp,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  sessionOf,
} from '../engine/support.ts';
import { acknowledgedIn, buildLayer, Disk, readLog, workUnderFaults } from './faultLayer.ts';

afterAll(cleanUp);

/** How often the log is cut; `FELLSIDE_CUTS` asks for more. */
const cuts = Number(process.env.FELLSIDE_CUTS ?? 25);

it('a power cut at any moment loses nothing that was acknowledged and harms nothing', async (context) => {
  const layer = buildLayer(makeFolder());
  if ('missing' in layer) {
    process.stderr.write(`POWER CUTS ARE NOT TESTED HERE: ${layer.missing}\n`);
    return context.skip(layer.missing);
  }
  const bench = await makeWorkspace();
  await bench.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
  await bench.engine.close();
  const disk = new Disk();
  const root = bench.folder;
  const keep = (path: string) => {
    const folder = statSync(path).isDirectory();
    disk.put(path, folder ? 'folder' : readFileSync(path));
    if (folder) for (const name of readdirSync(path)) keep(join(path, name));
  };
  keep(root);
  const log = join(makeFolder(), 'calls.log');
  const seed = 1 + Math.floor(Math.random() * 1e9);
  const worked = await workUnderFaults(
    { library: layer.library, workspace: bench.workspace, folder: root, seed, works: 40, log },
    passphrase,
  );
  expect({ seed, status: worked.status, errors: worked.errors }).toEqual({ seed, status: 0, errors: '' });

  const total = [...readLog(log)].length;
  expect(total).toBeGreaterThan(500);
  const places = new Set(Array.from({ length: cuts }, () => Math.floor(Math.random() * total)));
  places.add(total - 1);
  let at = 0;
  let said = '';
  let checked = 0;
  for (const call of readLog(log)) {
    if (call.kind === 'say') said += call.data.toString('utf8');
    else disk.take(call);
    if (places.has(at)) {
      const target = mkdtempSync(join(tmpdir(), 'fellside-cut-'));
      try {
        disk.writeAfterCut(root, target, Math.random);
        await checkWhole(join(target, 'op.fellside'), said, `seed ${seed}, cut after call ${at} of ${total}`);
        checked += 1;
      } finally {
        rmSync(target, { recursive: true, force: true });
      }
    }
    at += 1;
  }
  expect(checked).toBe(places.size);
}, 900_000);

async function checkWhole(workspace: string, said: string, name: string): Promise<void> {
  const opened = await openWorkspaceAt(workspace).catch((error: unknown) => {
    throw new Error(`${name}: ${String(error)}`);
  });
  try {
    const { reader, workspace: open } = sessionOf(opened);
    for (const [seq, hash] of acknowledgedIn(said.split('\n')))
      expect({ name, seq, hash: hashAt(reader, seq) }).toEqual({ name, seq, hash });
    let report: IntegrityReport | undefined;
    for await (const event of await opened.client.backups.check({ deep: true }))
      if (event.type === 'done') report = event.report;
    expect({ name, ok: report?.ok, problems: report?.problems }).toEqual({ name, ok: true, problems: [] });
    // A backup that has its name is whole.
    for (const { state, name: backup } of listBackups(workspace, open.dataKey))
      expect({ name, backup, state }).toEqual({ name, backup, state: 'verified' });
  } finally {
    await opened.engine.close();
  }
}
