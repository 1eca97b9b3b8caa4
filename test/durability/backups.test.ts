/** Backups: whole, proved, in turn; restoring makes all of a workspace or nothing of it. */
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import {
  backupPath,
  chooseToRemove,
  isDue,
  listBackups,
  newestFirst,
} from '../../electron/engine/workspace/backups/folder.ts';
import type { BackupItem, BackupReport, RestoreReport } from '../../shared/contract/areas/backups.ts';
import type { Bench } from '../engine/support.ts';
import {
  cleanUp,
  dumpGrids,
  makeEngine,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  refusal,
  sessionOf,
  writeCsv,
} from '../engine/support.ts';

const person = 'Wilhelmina Oxthwaite';

async function report<T>(
  events: Promise<AsyncIterable<{ type: string } | { type: 'done'; report: T }>>,
): Promise<T> {
  for await (const event of await events) if ('report' in event) return event.report;
  throw new Error('no report');
}

const toFile = (bench: Bench, folder: string, name?: string): Promise<BackupReport> =>
  report(
    bench.client.backups.toFile({
      folder: bench.engine.grants.add(folder, 'export'),
      reason: 'a trial',
      ...(name === undefined ? {} : { name }),
    }),
  );

function restore(
  archive: string,
  folder: string,
  secret: { passphrase: string } | { recoveryKey: string } = { passphrase },
): Promise<RestoreReport> {
  const { engine, client } = makeEngine();
  return report(
    client.backups.restore({
      from: { file: engine.grants.add(archive, 'file') },
      folder: engine.grants.add(folder, 'new-workspace'),
      ...secret,
    }),
  );
}

afterAll(cleanUp);

describe('a backup whose passphrases are forgotten', () => {
  it('is restored by a recovery key of its day, which then opens it once', async () => {
    const bench = await makeWorkspace();
    await bench.client.records.add({ grid: 'people', values: { name: person } });
    const { groups } = await bench.client.users.makeRecoveryKey({ current: passphrase });
    await toFile(bench, bench.folder, 'op.fellside-backup');
    await bench.engine.close();
    const archive = join(bench.folder, 'op.fellside-backup');
    const folder = join(bench.folder, 'again.fellside');
    const typed = [...groups];
    typed[2] = `${typed[2]?.slice(0, 4)}${typed[2]?.endsWith('7') ? '8' : '7'}`;
    await expect(restore(archive, folder, { recoveryKey: typed.join('-') })).rejects.toMatchObject({
      code: 'users.recovery',
    });
    expect(existsSync(folder)).toBe(false);
    const recoveryKey = groups.join('-');
    expect((await restore(archive, folder, { recoveryKey })).verified).toBe(true);
    const { engine, client } = makeEngine();
    const grant = engine.grants.add(folder, 'open-workspace');
    await client.users.recover({ grant, recoveryKey, passphrase: 'brittle ochre windmill' });
    expect((await client.grids.page({ grid: 'people', limit: 10 })).rows).toMatchObject([{ name: person }]);
    await engine.close();
  });
});

describe('a backup file', () => {
  let archive: string;
  let made: BackupReport;
  let content: Record<string, unknown[]>;

  beforeAll(async () => {
    const bench = await makeWorkspace();
    await bench.client.records.add({ grid: 'people', values: { name: person, note: 'z'.repeat(5000) } });
    content = await dumpGrids(bench.client);
    made = await toFile(bench, bench.folder, 'op.fellside-backup');
    archive = join(bench.folder, 'op.fellside-backup');
    await bench.engine.close();
  });

  it('is restored into the same workspace, to the entry that it names', async () => {
    const folder = join(makeFolder(), 'restored.fellside');
    expect(await restore(archive, folder)).toEqual({
      workspace: 'restored.fellside',
      entries: made.entries,
      head: made.head,
      at: made.at,
      verified: true,
    });
    const bench = await openWorkspaceAt(folder);
    expect(await dumpGrids(bench.client)).toEqual(content);
    expect(await report(bench.client.backups.check({ deep: true }))).toMatchObject({
      ok: true,
      problems: [],
    });
    await bench.engine.close();
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('holds nothing in clear but the public header, and its hash is the one told', async () => {
    const bytes = readFileSync(archive);
    expect(bytes.length).toBe(made.bytes);
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    for (const word of [person, 'Oxthwaite', 'Fellgate', 'A Analyst', 'SQLite format'])
      expect(bytes.includes(word)).toBe(false);
  });

  it('in which any byte is another is refused, and nothing is left', async () => {
    const bytes = readFileSync(archive);
    const headerEnd = 28 + bytes.readUInt32BE(16);
    const places = [
      3,
      18,
      25,
      40,
      headerEnd - 20,
      headerEnd + 7,
      Math.floor(bytes.length / 2),
      bytes.length - 40,
    ];
    for (const place of [...places, bytes.length - 1]) {
      const folder = makeFolder();
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const path = join(folder, 'changed.fellside-backup');
      writeFileSync(path, changed);
      const error = await refusal(restore(path, join(folder, 'new.fellside')));
      // A bit in a key slot or in the lengths may be met as one or the other.
      expect({ place, code: error.code }).toEqual({
        place,
        code: expect.stringMatching(/^(backup\.|workspace\.(altered|foreign|newer|wrong-passphrase))/),
      });
      expect(error.message).not.toMatch(/Oxthwaite|\/tmp\//);
      expect(readdirSync(folder)).toEqual(['changed.fellside-backup']);
    }
  }, 120_000);

  it('that is cut, longer, something else or of a later version is refused by name', async () => {
    const folder = makeFolder();
    const bytes = readFileSync(archive);
    const later = Buffer.from(bytes);
    later[15] = '2'.charCodeAt(0);
    const cases: [string, Buffer, string][] = [
      ['cut', bytes.subarray(0, bytes.length - 5000), 'backup.damaged'],
      ['longer', Buffer.concat([bytes, Buffer.alloc(4096)]), 'backup.damaged'],
      ['text', Buffer.from('this is no backup '.repeat(50)), 'backup.foreign'],
      ['empty', Buffer.alloc(0), 'backup.foreign'],
      ['later', later, 'backup.newer'],
    ];
    for (const [name, content, code] of cases) {
      const path = join(folder, name);
      writeFileSync(path, content);
      expect({ name, code: (await refusal(restore(path, join(folder, 'new.fellside')))).code }).toEqual({
        name,
        code,
      });
    }
    expect((await refusal(restore(join(folder, 'none'), join(folder, 'new.fellside')))).code).toBe(
      'file.missing',
    );
    expect(readdirSync(folder).sort()).toEqual(cases.map(([name]) => name).sort());
  });

  it('does not open under another passphrase, and is never restored over anything', async () => {
    const folder = makeFolder();
    expect(
      (await refusal(restore(archive, join(folder, 'new.fellside'), { passphrase: 'not these words' }))).code,
    ).toBe('workspace.wrong-passphrase');
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'something'), 'here');
    expect((await refusal(restore(archive, folder))).code).toBe('workspace.exists');
    expect((await refusal(restore(archive, join(folder, 'something')))).code).toBe('workspace.exists');
    expect(readdirSync(folder)).toEqual(['something']);
  });
});

describe('a backup of the open workspace', () => {
  it('goes nowhere but into the folder that was granted, and never over a file', async () => {
    const bench = await makeWorkspace();
    const folder = makeFolder();
    for (const name of ['../out', 'a/b', '..', 'a\\b', '/etc/x'])
      expect((await refusal(toFile(bench, folder, name))).code).toBe('usage');
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'there'), 'something');
    expect((await refusal(toFile(bench, folder, 'there'))).code).toBe('workspace.exists');
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('something');
    for (const name of ['../workspace.db', 'workspace.db', '../../op.fellside/workspace.db'])
      expect(() => backupPath(bench.workspace, name)).toThrow(/no backup of that name/);
    // Told before it was written, and taken back after it failed.
    const { entries } = await bench.client.history.list({ limit: 2 });
    expect(entries.map(({ operation, summary }) => [operation, summary.slice(0, 20)])).toEqual([
      ['disclosure', 'The copy of entry 2 '],
      ['disclosure', 'Wrote an encrypted c'],
    ]);
    await bench.engine.close();
  });

  it('is one state of it while edits go on, and none where it is cancelled', async () => {
    const bench = await makeWorkspace();
    const making = report(bench.client.backups.make());
    const edits: Promise<unknown>[] = [];
    for (let index = 0; index < 20; index += 1)
      edits.push(bench.client.records.add({ grid: 'people', values: { name: `${person} ${index}` } }));
    const [done] = await Promise.all([making, ...edits]);
    expect(listBackups(bench.workspace, sessionOf(bench).workspace.dataKey)).toMatchObject([
      { name: done.file, state: 'verified', entries: done.entries, reason: 'asked' },
    ]);
    const folder = join(makeFolder(), 'then.fellside');
    await restore(join(bench.workspace, 'backups', done.file), folder);
    const restored = await openWorkspaceAt(folder);
    const { total } = await restored.client.grids.page({ grid: 'people', limit: 0 });
    // Whatever had been entered by then, and for each person the entry.
    expect(total).toBe((done.entries ?? 0) - 1);
    await restored.engine.close();

    const abort = new AbortController();
    const cancelled = report(bench.client.backups.make(undefined, { signal: abort.signal }));
    abort.abort();
    await expect(cancelled).rejects.toThrow();
    expect(readdirSync(join(bench.workspace, 'backups'))).toEqual([done.file]);
    await bench.engine.close();
  });

  it('that a killed process left half written is gone at the next opening', async () => {
    const bench = await makeWorkspace();
    const { file } = await report(bench.client.backups.make());
    await bench.engine.close();
    const backups = join(bench.workspace, 'backups');
    writeFileSync(join(backups, `${file}.copy.part`), 'half');
    writeFileSync(join(backups, '000900-20261124T090000Z-regular.fellside-backup'), '');
    const again = await openWorkspaceAt(bench.workspace);
    expect(readdirSync(backups)).toEqual([file]);
    // One that was damaged later is listed as what it is.
    truncateSync(join(backups, file), 5000);
    expect((await again.client.backups.list()).backups).toMatchObject([{ name: file, state: 'other-key' }]);
    await again.engine.close();
  });
});

describe('backups that nobody asks for', () => {
  /** An engine whose clock stands where it is set. */
  function machine(mode: 'background' | 'on-closing') {
    const clock = { now: '2026-11-24T09:00:00.000Z' };
    const engine = createEngine({ clock: () => clock.now, backups: mode });
    return { clock, engine, client: createRouterClient(engine.router, { context: engine.context }) };
  }

  const reasonsOf = (workspace: string) => listBackups(workspace, null).map(({ reason }) => reason);

  async function until(holds: () => boolean): Promise<void> {
    const { setTimeout: wait } = await import('node:timers/promises');
    while (!holds()) await wait(50);
  }

  it('follow a large import and the setting of hours, also where the clock goes backwards', async () => {
    const folder = makeFolder();
    const workspace = join(folder, 'op.fellside');
    const first = machine('background');
    await first.client.workspace.create({
      grant: first.engine.grants.add(workspace, 'new-workspace'),
      name: 'Operation Fellgate',
      marking: 'OFFICIAL-SENSITIVE',
      user: 'A Analyst',
      passphrase,
    });
    await first.client.backups.saveSettings({
      everyHours: 24,
      afterRows: 100,
      newest: 3,
      days: 7,
      weeks: 4,
      megabytes: 4000,
    });
    const rows = Array.from({ length: 150 }, (_, index) => [`Person ${index}`, '01/02/1990']);
    const path = writeCsv({ folder }, 'people.csv', [['Name', 'Date of Birth'], ...rows]);
    const events = await first.client.imports.commit({
      files: [{ grant: first.engine.grants.add(path, 'file') }],
    });
    for await (const _ of events);
    await until(() => reasonsOf(workspace).length === 1);
    expect(reasonsOf(workspace)).toEqual(['import']);
    await first.engine.close();

    // A day and an hour later, after a change.
    const second = machine('background');
    const open = (each: ReturnType<typeof machine>) =>
      each.client.workspace.open({ grant: each.engine.grants.add(workspace, 'open-workspace'), passphrase });
    second.clock.now = '2026-11-25T10:00:00.000Z';
    await open(second);
    expect((await second.client.backups.list()).due).toBe(false);
    await second.client.records.add({ grid: 'people', values: { name: person } });
    await until(() => reasonsOf(workspace).length === 2);
    expect(reasonsOf(workspace)).toEqual(['regular', 'import']);
    await second.engine.close();

    // Three days back: what lies in the future has no age, so one is made, and it is the newest.
    const third = machine('on-closing');
    third.clock.now = '2026-11-22T10:00:00.000Z';
    await open(third);
    await third.client.records.add({ grid: 'people', values: { name: `${person} II` } });
    expect((await third.client.backups.list()).due).toBe(true);
    await third.engine.close();
    const [newest, ...others] = listBackups(workspace, null);
    expect(newest?.at).toBe('2026-11-22T10:00:00Z');
    expect(others.map(({ at }) => at)).toEqual(['2026-11-25T10:00:00Z', '2026-11-24T09:00:00Z']);

    // The journal is in order, holds, and undo takes the newest change, whatever its clock said.
    const last = machine('on-closing');
    last.clock.now = '2026-11-21T10:00:00.000Z';
    await open(last);
    expect(await last.client.history.verify()).toMatchObject({ ok: true });
    const undone = await last.client.history.undo({});
    expect(undone.summary).toMatch(/Added/);
    expect((await last.client.grids.page({ grid: 'people', limit: 0 })).total).toBe(151);
    const { entries } = await last.client.history.list({ limit: 500 });
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => entries.length - index));
    await last.engine.close();
  }, 120_000);

  it('keep the newest, one for each day and week, within the space, and always the last good one', () => {
    const item = fc.record({
      entries: fc.integer({ min: 1, max: 500 }),
      at: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
      bytes: fc.integer({ min: 1, max: 40_000_000 }),
      state: fc.constantFrom('verified' as const, 'verified' as const, 'other-key' as const),
    });
    const settings = fc.record({
      everyHours: fc.constant(24),
      afterRows: fc.constant(1000),
      newest: fc.integer({ min: 1, max: 6 }),
      days: fc.integer({ min: 0, max: 7 }),
      weeks: fc.integer({ min: 0, max: 4 }),
      megabytes: fc.integer({ min: 50, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), settings, (found, wanted) => {
        const backups: BackupItem[] = found.map((each, index) => ({
          ...each,
          at: each.at.toISOString(),
          name: `backup ${index}`,
          reason: 'regular' as const,
        }));
        const removed = new Set(chooseToRemove(backups, wanted));
        const kept = backups.filter((each) => !removed.has(each)).sort(newestFirst);
        const lastGood = [...backups].sort(newestFirst).find(({ state }) => state === 'verified');
        if (lastGood) expect(kept).toContain(lastGood);
        expect(kept.length).toBeLessThanOrEqual(wanted.newest + wanted.days + wanted.weeks + 1);
        // Beyond the space only the last good one stays.
        const size = kept.filter((each) => each !== lastGood).reduce((sum, { bytes }) => sum + bytes, 0);
        expect(size).toBeLessThanOrEqual(wanted.megabytes * 1_000_000);
        // Doing it again removes nothing more.
        expect(chooseToRemove(kept, wanted)).toEqual([]);
      }),
    );
  });

  it('are due by age, and where the last one lies in the future', () => {
    expect(isDue('2026-11-24T09:00:00Z', '2026-11-25T08:59:00Z', 24)).toBe(false);
    expect(isDue('2026-11-24T09:00:00Z', '2026-11-25T09:00:00Z', 24)).toBe(true);
    expect(isDue('2026-11-24T09:00:00Z', '2026-11-24T08:30:00Z', 24)).toBe(false);
    expect(isDue('2026-11-24T09:00:00Z', '2026-11-20T09:00:00Z', 24)).toBe(true);
    // Of no known age.
    expect(isDue('', '2026-11-20T09:00:00Z', 24)).toBe(true);
  });
});
