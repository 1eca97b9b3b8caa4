/**
 * The attack: somebody who has the key takes the newest entries out of the journal, with the triggers that forbid it,
 * so that what they did was never written. Or changes one of them. Or cuts the file or its log short.
 */
import { cpSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
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
  refusal,
  sessionOf,
} from '../engine/support.ts';

let original: string;

beforeAll(async () => {
  const bench = await makeWorkspace();
  for (const name of ['Maud Ellery', 'Alec Thorne'])
    await bench.client.records.add({ grid: 'people', values: { name } });
  for await (const _ of await bench.client.backups.make());
  await bench.client.records.add({ grid: 'people', values: { name: 'Ines Harrow' } });
  await bench.engine.close();
  original = bench.workspace;
});

afterAll(cleanUp);

function copy(): string {
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  return workspace;
}

/** Changes the database of a closed workspace behind the back of the engine, as somebody with the key can. */
async function tamper(workspace: string, ...statements: string[]): Promise<void> {
  const bench = await openWorkspaceAt(workspace);
  const { writer } = sessionOf(bench);
  const last = 'SELECT max(seq) FROM journal';
  writer.pragma('foreign_keys = OFF');
  for (const trigger of writer
    .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
    .pluck()
    .all())
    writer.exec(`DROP TRIGGER "${trigger}"`);
  // The entry of this opening goes too.
  writer.exec(`DELETE FROM journal WHERE seq = (${last})`);
  for (const statement of statements) writer.exec(statement);
  sessionOf(bench).workspace.close();
}

async function examine(workspace: string): Promise<IntegrityReport> {
  const engine = createEngine();
  const client = createRouterClient(engine.router, { context: engine.context });
  const grant = engine.grants.add(workspace, 'open-workspace');
  for await (const event of await client.backups.examine({ grant, passphrase, deep: true }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

it('newest entries that are gone are missed by what was done under them', async () => {
  const workspace = copy();
  // The last change and the closing after it.
  await tamper(workspace, 'DELETE FROM journal WHERE seq > (SELECT max(seq) FROM journal) - 2');
  const report = await examine(workspace);
  expect(report.ok).toBe(false);
  expect(report.firstBroken?.what).toBe('the entry is missing');
  expect(report.backup?.reason).toBe('asked');
  expect(report.advice).toMatch(/^Keep this folder as it is. Restore the backup of 24\/11\/2026/);
});

it('an entry that was changed among the newest is met at opening, which goes no further', async () => {
  const workspace = copy();
  await tamper(
    workspace,
    "UPDATE journal SET summary = 'nothing' WHERE seq = (SELECT max(seq) FROM journal) - 1",
  );
  const error = await refusal(openWorkspaceAt(workspace));
  expect(error.code).toBe('journal.broken');
  expect(error.message).toMatch(/broken at entry 5: its content was changed/);
  const report = await examine(workspace);
  expect(report).toMatchObject({ ok: false, firstBroken: { seq: 5, what: 'its content was changed' } });
});

it('an entry that is gone from the middle is met at opening', async () => {
  const workspace = copy();
  await tamper(workspace, 'DELETE FROM journal WHERE seq = 3');
  expect((await refusal(openWorkspaceAt(workspace))).message).toMatch(
    /broken at entry 3: the entry is missing/,
  );
});

it('a database that was cut short is damaged, and the check names the newest good backup', async () => {
  const workspace = copy();
  const path = join(workspace, 'workspace.db');
  truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096);
  const opened = await openWorkspaceAt(workspace).catch((error: unknown) => error);
  if (!(opened instanceof Error))
    await (opened as Awaited<ReturnType<typeof openWorkspaceAt>>).engine.close();
  const report = await examine(workspace);
  expect(report.ok).toBe(false);
  expect(report.problems[0]?.part).toBe('pages');
  expect(report.backup?.name).toMatch(/-asked\.fellside-backup$/);
});

it('a damaged backup is never the one that is advised', async () => {
  const workspace = copy();
  const path = join(workspace, 'workspace.db');
  truncateSync(path, 8192);
  const [only] = (await examine(workspace)).backup ? [(await examine(workspace)).backup?.name ?? ''] : [''];
  const backup = join(workspace, 'backups', only ?? '');
  const bytes = readFileSync(backup);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
  writeFileSync(backup, bytes);
  const report = await examine(workspace);
  expect(report.backup).toBeNull();
  expect(report.advice).toMatch(/No backup in this folder is good/);
});
