/**
 * A disk that fails: full, read-only or broken at one call or from one call on, and a process that ends in the middle
 * of a write. The work is refused by name or goes on, nothing is half done, and afterwards everything holds.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { acknowledgedIn, buildLayer, readLog, workUnderFaults } from './faultLayer.ts';

const layer = buildLayer(makeFolder());
if ('missing' in layer) process.stderr.write(`FAILING DISKS ARE NOT TESTED HERE: ${layer.missing}\n`);
const rounds = Number(process.env.FELLSIDE_FAULT_ROUNDS ?? 1);
const works = 12;

let original: string;
/** Calls of the whole work when nothing fails. */
let calls = 0;

beforeAll(async () => {
  const bench = await makeWorkspace();
  await bench.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
  await bench.engine.close();
  original = bench.workspace;
  if ('missing' in layer) return;
  const { folder, workspace } = copy();
  const log = join(makeFolder(), 'calls.log');
  const worked = await workUnderFaults(
    { library: layer.library, workspace, folder, seed: 7, works, log },
    passphrase,
  );
  expect(worked).toMatchObject({ status: 0, errors: '' });
  for (const { kind } of readLog(log)) if (kind !== 'say') calls += 1;
}, 120_000);

afterAll(cleanUp);

function copy() {
  const folder = makeFolder();
  const workspace = join(folder, 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  return { folder, workspace };
}

/** What a refusal may be called; anything else is a failure that nobody foresaw. */
const named = [
  'workspace.full',
  'workspace.read-only',
  'workspace.disk',
  'workspace.missing',
  'workspace.locked',
  'pack.failed',
];

describe.skipIf('missing' in layer)('a disk on which a call fails', () => {
  const cases = ['ENOSPC', 'EIO', 'EROFS'].flatMap((errno) => [`:${errno}`, `+:${errno}`]);
  it.each([...cases, '+:GONE', ':EXIT'])(
    '%s: is said by name, and leaves everything whole',
    async (fault) => {
      for (let round = 0; round < rounds; round += 1) {
        const { folder, workspace } = copy();
        const at = 1 + Math.floor(Math.random() * calls);
        const fail = `${at}${fault}`;
        const library = 'library' in layer ? layer.library : '';
        const worked = await workUnderFaults(
          { library, workspace, folder, seed: 7, works, fail },
          passphrase,
        );
        const refused = worked.lines.flatMap((line) => (line.startsWith('refused ') ? [line.slice(8)] : []));
        const unnamed = refused.filter((code) => !named.includes(code));
        expect({ fail, unnamed, errors: worked.errors }).toEqual({ fail, unnamed: [], errors: '' });
        if (fault !== ':EXIT') expect({ fail, status: worked.status }).toEqual({ fail, status: 0 });
        await checkWhole(workspace, acknowledgedIn(worked.lines), fail);
      }
    },
    300_000,
  );
});

async function checkWhole(
  workspace: string,
  entries: ReadonlyMap<number, string>,
  name: string,
): Promise<void> {
  const opened = await openWorkspaceAt(workspace);
  try {
    const { reader } = sessionOf(opened);
    for (const [seq, hash] of entries)
      expect({ name, seq, hash: hashAt(reader, seq) }).toEqual({ name, seq, hash });
    let report: IntegrityReport | undefined;
    for await (const event of await opened.client.backups.check({ deep: true }))
      if (event.type === 'done') report = event.report;
    expect({ name, problems: report?.problems }).toEqual({ name, problems: [] });
  } finally {
    await opened.engine.close();
  }
}
