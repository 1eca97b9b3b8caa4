/**
 * The attack: somebody without the key moves pages about inside `workspace.db`, or puts pages of an earlier copy of the
 * same workspace into it. Each page is authenticated with its place: one that stands elsewhere is refused. A page of
 * an earlier copy in its own place carries a good seal of its own; what gives it away is the journal, or the pages that
 * no longer fit it.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import type { IntegrityReport } from '../../shared/contract/areas/backups.ts';
import {
  cleanUp,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  sessionOf,
} from '../engine/support.ts';

const size = 4096;
let earlier: Buffer;
let workspace: string;
let pages: Buffer;
/** Tables and indexes by the page on which they begin. */
let journalPages: Set<number>;

beforeAll(async () => {
  const bench = await makeWorkspace();
  workspace = bench.workspace;
  for (let index = 0; index < 12; index += 1)
    await bench.client.records.add({
      grid: 'people',
      values: { name: `Maud Ellery ${index}`, note: 'x'.repeat(900) },
    });
  await bench.engine.close();
  earlier = readFileSync(join(workspace, 'workspace.db'));
  const again = await openWorkspaceAt(workspace);
  for (let index = 0; index < 6; index += 1)
    await again.client.records.set({
      edits: [{ ref: `NOM-${index + 1}`, values: { note: 'y'.repeat(900) } }],
    });
  await again.client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
  journalPages = new Set(
    sessionOf(again)
      .reader.prepare("SELECT pageno FROM dbstat WHERE name = 'journal'")
      .pluck()
      .all() as number[],
  );
  await again.engine.close();
  pages = readFileSync(join(workspace, 'workspace.db'));
});

afterAll(cleanUp);

async function examine(bytes: Buffer): Promise<IntegrityReport> {
  const folder = join(makeFolder(), 'op.fellside');
  cpSync(workspace, folder, { recursive: true });
  writeFileSync(join(folder, 'workspace.db'), bytes);
  const engine = createEngine();
  const client = createRouterClient(engine.router, { context: engine.context });
  const grant = engine.grants.add(folder, 'open-workspace');
  for await (const event of await client.backups.examine({ grant, passphrase, deep: true }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

it('pages that changed places are met, wherever they stand', async () => {
  const count = pages.length / size;
  expect(count).toBeGreaterThan(60);
  for (let one = 3; one < count - 1; one += Math.floor(count / 12)) {
    const other = one + 1;
    const bytes = Buffer.from(pages);
    pages.copy(bytes, one * size, other * size, (other + 1) * size);
    pages.copy(bytes, other * size, one * size, (one + 1) * size);
    const report = await examine(bytes);
    expect({ one, ok: report.ok }).toEqual({ one, ok: false });
    expect(report.problems[0]?.what).not.toMatch(/Maud|Alec/);
  }
}, 120_000);

it('a page of an earlier copy in its own place: each one of the journal is met', async () => {
  const changed: number[] = [];
  for (let page = 1; page < Math.min(pages.length, earlier.length) / size; page += 1)
    if (
      !pages.subarray(page * size, (page + 1) * size).equals(earlier.subarray(page * size, (page + 1) * size))
    )
      changed.push(page);
  const ofJournal = changed.filter((page) => journalPages.has(page + 1));
  expect(ofJournal.length).toBeGreaterThan(0);
  for (const page of ofJournal) {
    const bytes = Buffer.from(pages);
    earlier.copy(bytes, page * size, page * size, (page + 1) * size);
    const report = await examine(bytes);
    expect({ page, ok: report.ok }).toEqual({ page, ok: false });
  }
}, 120_000);
