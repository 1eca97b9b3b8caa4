/** People of a workspace: added, changed, removed, and what each may do and open afterwards. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readHeaderCopy } from '../../electron/engine/people/headerCopy.ts';
import { roleAt, verifyRoster } from '../../electron/engine/people/roster.ts';
import { headerText, readHeader } from '../../electron/engine/workspace/header.ts';
import type { Bench, Client } from '../engine/support.ts';
import {
  cleanUp,
  makeEngine,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  refusal,
  sessionOf,
} from '../engine/support.ts';

const own = { reader: 'amber tarn lantern seven', analyst: 'brittle ochre windmill' };

afterAll(cleanUp);

/** The report of long work. */
async function reportOf<Report>(
  events: Promise<AsyncIterable<{ type: string; report?: Report }>>,
): Promise<Report> {
  for await (const event of await events) if (event.type === 'done' && event.report) return event.report;
  throw new Error('it ended without a report');
}

/** Adds a user and sets their own passphrase as they would at their first opening. */
async function admit(bench: Bench, name: string, role: 'lead' | 'analyst' | 'reader', words: string) {
  const { oneTimePassphrase } = await bench.client.users.add({ name, role });
  await bench.client.workspace.close();
  const first = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
  await first.client.users.changePassphrase({ current: oneTimePassphrase, passphrase: words });
  await first.engine.close();
  await openAgain(bench);
  return oneTimePassphrase;
}

const openAgain = (bench: Bench, words = passphrase) =>
  bench.client.workspace.open({
    grant: bench.engine.grants.add(bench.workspace, 'open-workspace'),
    passphrase: words,
  });

const idOf = async (client: Client, name: string) => {
  const found = (await client.users.list()).users.find((user) => user.name === name);
  if (!found) throw new Error(`no user ${name}`);
  return found.id;
};

describe('a user', { timeout: 120_000 }, () => {
  it('who was added opens once with the passphrase of the lead, and does nothing before setting their own', async () => {
    const bench = await makeWorkspace();
    const { oneTimePassphrase } = await bench.client.users.add({ name: 'R Reader', role: 'reader' });
    expect(oneTimePassphrase).toMatch(/^[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5}$/);
    expect((await bench.client.users.list()).users.map(({ name, isWaiting }) => [name, isWaiting])).toEqual([
      ['A Analyst', false],
      ['R Reader', true],
    ]);
    await bench.client.workspace.close();
    const first = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
    expect((await first.client.workspace.status()).open).toMatchObject({
      mustChange: true,
      user: { name: 'R Reader', role: 'reader' },
    });
    expect((await refusal(first.client.grids.page({ grid: 'people' }))).code).toBe('users.one-time');
    for (const [words, code] of [
      [oneTimePassphrase, 'invalid'],
      ['password', 'workspace.weak-passphrase'],
      ['R Reader', 'workspace.weak-passphrase'],
    ] as const)
      expect(
        (
          await refusal(
            first.client.users.changePassphrase({ current: oneTimePassphrase, passphrase: words }),
          )
        ).code,
      ).toBe(code);
    await first.client.users.changePassphrase({ current: oneTimePassphrase, passphrase: own.reader });
    expect((await first.client.workspace.status()).open?.mustChange).toBe(false);
    expect((await first.client.grids.page({ grid: 'people' })).total).toBe(0);
    await first.engine.close();
    expect((await refusal(openWorkspaceAt(bench.workspace, oneTimePassphrase))).code).toBe(
      'workspace.wrong-passphrase',
    );
    const again = await openWorkspaceAt(bench.workspace, own.reader);
    expect((await again.client.users.list()).users.map(({ isWaiting }) => isWaiting)).toEqual([false, false]);
    // The lead who made the first keys does not know those that sign now.
    expect(await again.client.history.verify()).toMatchObject({ ok: true });
    expect(verifyRoster(sessionOf(again).reader)).toMatchObject({ ok: true, statements: 3, problem: null });
    await again.engine.close();
  });

  it('has one name that nobody else has, a role a lead gives, and an entry for each change', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    await admit(bench, 'B Reader', 'reader', own.reader);
    expect((await refusal(client.users.add({ name: ' b  READER ', role: 'lead' }))).code).toBe('users.taken');
    expect((await refusal(client.users.rename({ name: 'B Reader' }))).code).toBe('users.taken');
    expect((await client.users.rename({ name: 'A Lead' })).users[0]?.name).toBe('A Lead');
    const you = await idOf(client, 'A Lead');
    expect((await refusal(client.users.setRole({ id: you, role: 'reader' }))).code).toBe('users.last-lead');
    expect((await refusal(reportOf(client.users.remove({ id: you })))).code).toBe('users.last-lead');
    expect((await refusal(client.users.setRole({ id: 77, role: 'reader' }))).code).toBe('not-found');
    const other = await idOf(client, 'B Reader');
    const before = sessionOf(bench).writer.prepare('SELECT max(seq) AS seq FROM journal').get() as {
      seq: number;
    };
    await client.users.setRole({ id: other, role: 'lead' });
    expect(roleAt(sessionOf(bench).reader, other, before.seq + 1)).toBe('reader');
    expect(roleAt(sessionOf(bench).reader, other, before.seq + 2)).toBe('lead');
    await client.users.setRole({ id: you, role: 'analyst' });
    // It holds from this moment on, in this session.
    expect((await refusal(client.users.add({ name: 'C', role: 'reader' }))).code).toBe('workspace.role');
    const entries = (await client.history.list({ limit: 100 })).entries
      .filter(({ method }) => method.startsWith('users.'))
      .map(({ operation, summary, state }) => [operation, summary, state]);
    expect(entries.reverse()).toEqual([
      ['alteration', 'Added B Reader as a reader', 'record'],
      ['session', 'Set a passphrase of their own', 'record'],
      ['session', 'A Analyst is called A Lead from now on', 'record'],
      ['alteration', 'Made B Reader a lead', 'record'],
      ['alteration', 'Made A Lead an analyst', 'record'],
    ]);
    expect(await client.history.verify()).toMatchObject({ ok: true });
    await bench.engine.close();
    const lead = await openWorkspaceAt(bench.workspace, own.reader);
    expect(
      (await lead.client.users.list()).users.map(({ name, role, addedBy, isYou }) => [
        name,
        role,
        addedBy,
        isYou,
      ]),
    ).toEqual([
      ['A Lead', 'analyst', null, false],
      ['B Reader', 'lead', 'A Lead', true],
    ]);
    await lead.engine.close();
  });

  it('has a name that can be stored as it is signed: half a character is refused, by name', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    for (const name of ['x\ud800x', '\udc00'])
      await expect(client.users.add({ name, role: 'reader' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await client.users.add({ name: 'x\u{1f600}x', role: 'reader' });
    expect(await client.history.verify()).toMatchObject({ ok: true });
    await bench.engine.close();
  });

  it('who was removed opens nothing, and knows no key of what is written from then on', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    await client.records.add({ grid: 'people', values: { name: 'Wilhelmina Oxthwaite' } });
    await admit(bench, 'B Reader', 'reader', own.reader);
    await admit(bench, 'C Analyst', 'analyst', own.analyst);
    const oldKey = Buffer.from(sessionOf(bench).workspace.dataKey);
    const events: string[] = [];
    for await (const event of await client.users.remove({ id: await idOf(client, 'B Reader') })) {
      events.push(event.type);
      if (event.type === 'done') expect(event.report).toMatchObject({ rotated: true, keyGeneration: 2 });
    }
    expect(events.at(-1)).toBe('done');
    // The session goes on under the new key.
    expect(sessionOf(bench).workspace.dataKey.equals(oldKey)).toBe(false);
    await client.records.add({ grid: 'people', values: { name: 'Second Person' } });
    expect((await client.grids.page({ grid: 'people' })).total).toBe(2);
    await client.history.undo({});
    expect((await client.grids.page({ grid: 'people' })).total).toBe(1);
    expect(await client.history.verify()).toMatchObject({ ok: true });
    expect(await client.users.list()).toMatchObject({ keyGeneration: 2 });
    await bench.engine.close();
    expect(readdirSync(bench.workspace).sort()).toEqual([
      'backups',
      'lock',
      'workspace.db',
      'workspace.json',
    ]);
    expect((await refusal(openWorkspaceAt(bench.workspace, own.reader))).code).toBe(
      'workspace.wrong-passphrase',
    );
    const { openDatabase } = await import('../../electron/engine/database/connection.ts');
    expect(() =>
      openDatabase(join(bench.workspace, 'workspace.db'), { key: oldKey, readonly: true }),
    ).toThrow();
    // The others need nothing but what they had.
    const analyst = await openWorkspaceAt(bench.workspace, own.analyst);
    expect(sessionOf(analyst).workspace.notices).toEqual([]);
    expect((await analyst.client.grids.page({ grid: 'people' })).rows[0]?.name).toBe('Wilhelmina Oxthwaite');
    const copy = readHeaderCopy(sessionOf(analyst).reader);
    const file = readHeader(bench.workspace);
    expect(copy && headerText(copy)).toBe(file.formatVersion === 2 && headerText(file));
    await analyst.engine.close();
  });

  it('whose keys were issued anew has the same name, and what the old ones signed still holds', async () => {
    const bench = await makeWorkspace();
    await admit(bench, 'C Analyst', 'analyst', own.analyst);
    await bench.client.workspace.close();
    const analyst = await openWorkspaceAt(bench.workspace, own.analyst);
    await analyst.client.records.add({ grid: 'people', values: { name: 'Wilhelmina Oxthwaite' } });
    await analyst.engine.close();
    await openAgain(bench);
    const { oneTimePassphrase } = await bench.client.users.reset({
      id: await idOf(bench.client, 'C Analyst'),
    });
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
    await bench.engine.close();
    expect((await refusal(openWorkspaceAt(bench.workspace, own.analyst))).code).toBe(
      'workspace.wrong-passphrase',
    );
    const again = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
    expect((await again.client.workspace.status()).open).toMatchObject({
      user: { name: 'C Analyst' },
      mustChange: true,
    });
    await again.engine.close();
  });

  it('whom a lead gave keys opens after that lead was demoted, removed or has new keys', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    await admit(bench, 'B Lead', 'lead', own.analyst);
    const { oneTimePassphrase } = await client.users.add({ name: 'C Reader', role: 'reader' });
    const { groups } = await client.users.makeRecoveryKey({ current: passphrase });
    await reportOf(client.users.rotate());
    await client.workspace.close();
    // All slots are signed by the first lead, whose keys are others from here on.
    const grant = bench.engine.grants.add(bench.workspace, 'open-workspace');
    await client.users.recover({ grant, recoveryKey: groups.join('-'), passphrase });
    await client.users.setRole({ id: 1, role: 'analyst' });
    await bench.engine.close();
    const second = await openWorkspaceAt(bench.workspace, own.analyst);
    await reportOf(second.client.users.remove({ id: 1, rotate: false }));
    await second.engine.close();
    const third = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
    expect(sessionOf(third).workspace.notices).toEqual([]);
    await third.engine.close();
  });

  it('changes their passphrase; the wrong one changes nothing', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    const change = (current: string, next: string) =>
      client.users.changePassphrase({ current, passphrase: next });
    expect((await refusal(change('not this one at all', own.reader))).code).toBe(
      'workspace.wrong-passphrase',
    );
    await change(passphrase, own.reader);
    await bench.engine.close();
    expect((await refusal(openWorkspaceAt(bench.workspace))).code).toBe('workspace.wrong-passphrase');
    const again = await openWorkspaceAt(bench.workspace, own.reader);
    expect(sessionOf(again).workspace.notices).toEqual([]);
    await again.engine.close();
  });
});

describe('a recovery key', { timeout: 120_000 }, () => {
  it('opens the workspace as its user once, and sets a new passphrase', async () => {
    const bench = await makeWorkspace();
    const { groups } = await bench.client.users.makeRecoveryKey({ current: passphrase });
    expect(groups).toHaveLength(8);
    expect((await bench.client.users.list()).users[0]?.hasRecoveryKey).toBe(true);
    await bench.engine.close();
    const recover = (recoveryKey: string, words: string) => {
      const { engine, client } = makeEngine();
      const grant = engine.grants.add(bench.workspace, 'open-workspace');
      return { engine, client, summary: client.users.recover({ grant, recoveryKey, passphrase: words }) };
    };
    const weak = recover(groups.join('-'), 'password');
    expect((await refusal(weak.summary)).code).toBe('workspace.weak-passphrase');
    const typed = groups.map((group, place) => (place === 2 ? `${group.slice(0, 4)}?` : group));
    expect(await refusal(recover(typed.join(' '), own.reader).summary)).toMatchObject({
      code: 'users.recovery',
      details: { groups: [3] },
    });
    const done = recover(groups.join(' ').toLowerCase(), own.reader);
    expect(await done.summary).toMatchObject({ user: { name: 'A Analyst' }, mustChange: false });
    expect((await done.client.users.list()).users[0]?.hasRecoveryKey).toBe(false);
    expect(await done.client.history.verify()).toMatchObject({ ok: true });
    await done.engine.close();
    expect((await refusal(recover(groups.join('-'), own.analyst).summary)).code).toBe(
      'workspace.wrong-passphrase',
    );
    const again = await openWorkspaceAt(bench.workspace, own.reader);
    await again.engine.close();
  });
});
