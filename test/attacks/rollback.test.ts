/**
 * The attack: somebody with the disk in hand puts an older copy of the workspace back, so that what was recorded since
 * then never happened. The old copy is whole in itself; only the machine that saw a later head can tell.
 */
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import type { IntegrityReport } from '../../shared/contract/areas/backups.ts';
import { cleanUp, makeFolder, passphrase, refusal, tickingClock } from '../engine/support.ts';

afterAll(cleanUp);

let folder: string;
let workspace: string;

/** An engine of the same machine: the same folder of settings. */
function machine() {
  const engine = createEngine({ clock: tickingClock(), headsFolder: join(folder, 'settings', 'heads') });
  const client = createRouterClient(engine.router, { context: engine.context });
  const open = (path: string, acceptOlder = false) =>
    client.workspace.open({ grant: engine.grants.add(path, 'open-workspace'), passphrase, acceptOlder });
  return { engine, client, open };
}

async function addPerson(path: string, name: string): Promise<void> {
  const { engine, client, open } = machine();
  await open(path);
  await client.records.add({ grid: 'people', values: { name } });
  await engine.close();
}

const peopleOf = async ({ client }: ReturnType<typeof machine>) =>
  (await client.grids.page({ grid: 'people', limit: 10 })).rows.map(({ name }) => name);

beforeEach(async () => {
  folder = makeFolder();
  workspace = join(folder, 'op.fellside');
  const { engine, client } = machine();
  await client.workspace.create({
    grant: engine.grants.add(workspace, 'new-workspace'),
    name: 'Operation Fellgate',
    marking: 'OFFICIAL-SENSITIVE',
    user: 'A Analyst',
    passphrase,
  });
  await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
  await engine.close();
});

it('an old copy in the place of the new one is named with both numbers, and opens only when the user says so', async () => {
  const old = join(folder, 'old');
  cpSync(workspace, old, { recursive: true });
  await addPerson(workspace, 'Alec Thorne');
  rmSync(workspace, { recursive: true });
  renameSync(old, workspace);

  const first = machine();
  const error = await refusal(first.open(workspace));
  expect(error.code).toBe('workspace.older');
  expect(error.message).toMatch(/older than the one that was opened here on 24\/11\/2026 09:\d\d/);
  expect(error.message).toMatch(/ends in entry 3, there were 6/);
  // The check says so too, without opening it for work.
  let report: IntegrityReport | undefined;
  for await (const event of await first.client.backups.examine({
    grant: first.engine.grants.add(workspace, 'open-workspace'),
    passphrase,
    deep: false,
  }))
    if (event.type === 'done') report = event.report;
  expect(report).toMatchObject({ ok: false, firstBroken: null });
  expect(report?.problems.map(({ part }) => part)).toEqual(['copy']);

  const second = machine();
  await second.open(workspace, true);
  expect(await peopleOf(second)).toEqual(['Maud Ellery']);
  const { entries } = await second.client.history.list({ limit: 5 });
  expect(entries.map(({ summary }) => summary)).toContain(
    'Opened the workspace: older copy accepted: it ended in entry 3, there were 6 on this machine',
  );
  await second.engine.close();
  // What was accepted is what is known from now on.
  const third = machine();
  await third.open(workspace);
  await third.engine.close();
});

it('a copy that went its own way is told from the one that was seen, however many entries it has', async () => {
  const other = join(folder, 'other');
  cpSync(workspace, other, { recursive: true });
  await addPerson(workspace, 'Alec Thorne');
  for (const name of ['Ines Harrow', 'Piet Lowther', 'Nan Gaskell']) {
    const elsewhere = createEngine({ clock: tickingClock() });
    const client = createRouterClient(elsewhere.router, { context: elsewhere.context });
    await client.workspace.open({ grant: elsewhere.grants.add(other, 'open-workspace'), passphrase });
    await client.records.add({ grid: 'people', values: { name } });
    await elsewhere.close();
  }
  rmSync(workspace, { recursive: true });
  renameSync(other, workspace);
  const error = await refusal(machine().open(workspace));
  expect(error.code).toBe('workspace.older');
  expect(error.message).toMatch(/not the one that was opened here .* entry 6 says something else/);
});

it('an old copy elsewhere opens, and the check tells of the newer one', async () => {
  const old = join(folder, 'old.fellside');
  cpSync(workspace, old, { recursive: true });
  await addPerson(workspace, 'Alec Thorne');
  const { engine, client, open } = machine();
  await open(old);
  let report: IntegrityReport | undefined;
  for await (const event of await client.backups.check({ deep: false }))
    if (event.type === 'done') report = event.report;
  expect(report?.ok).toBe(true);
  expect(report?.notices).toHaveLength(1);
  expect(report?.notices[0]).toMatch(/Another copy .* had 6 entries/);
  await engine.close();
});

it('what a user restored in its place is no attack, and the journal says what it is', async () => {
  const { engine, client, open } = machine();
  await open(workspace);
  let name = '';
  for await (const event of await client.backups.make()) if (event.type === 'done') name = event.report.file;
  await client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
  await engine.close();
  const aside = join(folder, 'aside.fellside');
  renameSync(workspace, aside);
  const again = machine();
  for await (const event of await again.client.backups.restore({
    from: { workspace: again.engine.grants.add(aside, 'open-workspace'), name },
    folder: again.engine.grants.add(workspace, 'new-workspace'),
    passphrase,
  }))
    if (event.type === 'done') expect(event.report.entries).toBe(4);
  await again.open(workspace);
  expect(await peopleOf(again)).toEqual(['Maud Ellery']);
  const { entries } = await again.client.history.list({ limit: 5 });
  expect(entries.map(({ summary }) => summary)).toContain(
    'Opened the workspace: restored here from a backup',
  );
  await again.engine.close();
});
