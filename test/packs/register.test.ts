import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { readPackData } from '../../electron/engine/packs/storedPacks.ts';
import type { IssuedPack, PackReport, PackRequest } from '../../shared/contract/packSchemas.ts';
import type { GridName } from '../../shared/grid/types.ts';
import {
  type Bench,
  cleanUp,
  makeWorkspace,
  onlyRef,
  openWorkspaceAt,
  passphrase,
  refusal,
  reopen,
  sessionOf,
} from '../engine/support.ts';

let bench: Bench;
const ref: Record<string, string> = {};
let folders = 0;

const add = async (grid: GridName, values: Record<string, string | number | null>) =>
  onlyRef(await bench.client.records.add({ grid, values }));
const set = (of: string | undefined, values: Record<string, string | number | null>) =>
  bench.client.records.set({ edits: [{ ref: of ?? '', values }] });

function newFolder(): string {
  folders += 1;
  const folder = join(bench.folder, `packs-${folders}`);
  mkdirSync(folder);
  return folder;
}

async function issue(
  change: Partial<PackRequest> = {},
  folder = newFolder(),
): Promise<PackReport & { folder: string }> {
  const request: PackRequest = {
    pack: 'command',
    formats: ['xlsx'],
    recipient: 'Silver commander',
    reason: 'Enforcement day',
    ...change,
  };
  const grant = bench.engine.grants.add(folder, 'export');
  for await (const event of await bench.client.packs.export({ ...request, folder: grant })) {
    if (event.type === 'done') return { ...event.report, folder };
  }
  throw new Error('the export ended without a report');
}

const register = async () => (await bench.client.packs.register()).packs;
const find = async (of: string): Promise<IssuedPack> => {
  const pack = (await register()).find((each) => each.ref === of);
  if (!pack) throw new Error(`${of} is not in the register`);
  return pack;
};
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const newestEntry = async (of: string) => (await bench.client.history.list({ ref: of, limit: 1 })).entries[0];

beforeAll(async () => {
  bench = await makeWorkspace();
  await set('OP-1', { strike: '2026-12-03T05:00', information: 'The Slate line.' });
  ref.house = await add('premises', { address: '4 Slate Row' });
  ref.other = await add('premises', { address: '9 Mill Bank' });
  ref.man = await add('people', { name: 'Maud Ellery', dob: '1990-04-03' });
  ref.nobody = await add('people', { name: 'Sten Holbeck', dob: '1981-04-03' });
  ref.amber = await add('teams', { name: 'Amber', callSign: 'FG01' });
  ref.basalt = await add('teams', { name: 'Basalt', callSign: 'FG02' });
  ref.warrant = await add('warrants', {
    number: 'W1',
    power: 'mda-s23-3',
    premises: ref.house,
    issued: '2026-11-20',
    status: 'issued',
  });
  ref.target = await add('targets', { subject: ref.man, premises: ref.house, team: ref.amber });
  ref.second = await add('targets', { subject: ref.other, premises: ref.other, team: ref.basalt });
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('the register of packs', { timeout: 120_000 }, () => {
  it('numbers copies of the same content and versions of changed content, by pack and team', async () => {
    const first = await issue();
    const copy = await issue({ recipient: 'Gold commander', destroyBy: '2026-11-20' });
    const amber = await issue({ pack: 'team', team: 'amber', recipient: 'Amber leader' });
    const basalt = await issue({ pack: 'team', team: 'FG02', recipient: 'Basalt leader' });
    expect([first, copy, amber, basalt].map(({ version, copy }) => [version, copy])).toEqual([
      [1, 1],
      [1, 2],
      [1, 1],
      [1, 1],
    ]);
    Object.assign(ref, { first: first.ref, copy: copy.ref, amberPack: amber.ref, basaltPack: basalt.ref });
    await set(ref.warrant, { court: 'Fellside Magistrates' });
    const next = await issue();
    expect([next.version, next.copy]).toEqual([2, 1]);
    ref.next = next.ref;

    expect(await find(copy.ref)).toMatchObject({
      pack: 'command',
      title: 'Command pack',
      team: null,
      recipient: 'Gold commander',
      marking: 'OFFICIAL-SENSITIVE',
      destroyBy: '2026-11-20',
      superseded: true,
      stale: true,
      overdue: true,
      state: 'held',
      user: 'A Analyst',
    });
    expect(await find(next.ref)).toMatchObject({ superseded: false, stale: false, overdue: false });
    expect((await find(amber.ref)).team).toBe('Amber');
    const [file] = (await find(next.ref)).files;
    const path = join(next.folder, file?.file ?? '');
    expect(file).toMatchObject({ sha256: sha256(path), bytes: statSync(path).size, format: 'xlsx' });
  });

  it('gives two exports at once two copy numbers', async () => {
    const folder = newFolder();
    const both = await Promise.all([
      issue({ recipient: 'Bronze north' }, folder),
      issue({ recipient: 'Bronze south' }, folder),
    ]);
    expect(both.map(({ version, copy }) => [version, copy])).toEqual([
      [2, 2],
      [2, 3],
    ]);
  });

  it('counts a renamed team on', async () => {
    await set(ref.basalt, { name: 'Basalt Two' });
    const renamed = await issue({ pack: 'team', team: 'Basalt Two', recipient: 'Basalt leader' });
    expect(renamed.version).toBe(2);
    expect((await find(ref.basaltPack ?? '')).superseded).toBe(true);
    expect(renamed.files[0]?.file).toMatch(/-team-Basalt-Two-v2-copy-1\.xlsx$/);
  });
});

describe('a stale pack', { timeout: 120_000 }, () => {
  const staleRefs = async () => (await register()).filter(({ stale }) => stale).map(({ ref }) => ref);

  it('is one whose own content changed: not by an edit outside it, and not by time', async () => {
    const amber = await issue({ pack: 'team', team: 'Amber', recipient: 'Amber leader' });
    const before = await staleRefs();
    expect(before).not.toContain(amber.ref);
    // A person whom no target, warrant or premises names is in no pack.
    await set(ref.nobody, { note: 'nobody reads this' });
    expect(await staleRefs()).toEqual(before);
    // Another team's target is in the command pack and not in Amber's.
    await set(ref.second, { objective: 'search' });
    const after = await staleRefs();
    expect(after).toContain(ref.next);
    expect(after).not.toContain(amber.ref);
    await bench.client.history.undo({});
    expect(await staleRefs()).toEqual(before);
    await bench.client.history.redo();
    expect(await staleRefs()).toContain(ref.next);
    await bench.client.history.undo({});
    ref.amberNow = amber.ref;
  });

  it('is none by an edit of a field that its audience does not see', async () => {
    const leader = await issue({ pack: 'team', team: 'Amber', recipient: 'Amber leader' });
    const silver = await issue();
    // A team reads what is noted of people, and not what is noted of targets.
    await set(ref.man, { note: 'read by the team too' });
    const { rows } = await bench.client.packs.changes({ ref: leader.ref });
    const stale = await staleRefs();
    expect([rows.length > 0, stale.includes(leader.ref)]).toEqual([true, true]);
    await bench.client.history.undo({});
    await set(ref.target, { note: 'read by command alone' });
    expect((await staleRefs()).includes(silver.ref)).toBe(true);
    expect((await staleRefs()).includes(leader.ref)).toBe(false);
    expect((await bench.client.packs.changes({ ref: leader.ref })).rows).toEqual([]);
    await bench.client.history.undo({});
  });

  it('is as stale a year later, by the clock, as it was', async () => {
    await set(ref.nobody, { note: 'read again' });
    const before = await staleRefs();
    await bench.client.workspace.close();
    const later = createEngine({ clock: () => '2027-12-01T09:00:00.000Z', device: 'test-desk' });
    const client = createRouterClient(later.router, { context: later.context });
    await client.workspace.open({
      grant: later.grants.add(bench.workspace, 'open-workspace'),
      passphrase,
    });
    const { packs } = await client.packs.register();
    await later.close();
    await bench.client.workspace.open({
      grant: bench.engine.grants.add(bench.workspace, 'open-workspace'),
      passphrase,
    });
    expect(packs.filter(({ stale }) => stale).map(({ ref }) => ref)).toEqual(before);
    expect(packs.some(({ stale }) => !stale)).toBe(true);
  });

  it('is named with its holders, in the register, the grid and the overview alike', async () => {
    await set(ref.warrant, { court: 'Tarnside Magistrates' });
    await reopen(bench);
    const { copies, packs } = await bench.client.packs.staleHolders();
    const command = packs.find(({ pack, version }) => pack === 'command' && version === 2);
    expect(command?.holders.map(({ recipient }) => recipient)).toEqual([
      'Silver commander',
      'Bronze north',
      'Bronze south',
    ]);
    expect(command?.message).toBe(
      '3 copies of the Command pack, version 2, are out of date: Silver commander, Bronze north, Bronze south.',
    );
    const stale = await staleRefs();
    expect(stale).toHaveLength(copies);
    const grid = await bench.client.grids.page({ grid: 'packs', where: { stale: 'yes' }, limit: 100 });
    expect(grid.rows.map((row) => row.ref).sort()).toEqual([...stale].sort());
    const overview = await bench.client.operation.overview();
    expect(overview.lastPacks.map((row) => [row.ref, row.stale === 'yes'])).toEqual(
      overview.lastPacks.map((row) => [row.ref, stale.includes(row.ref)]),
    );
  });

  it('is no longer asked for when its copies came back', async () => {
    const before = (await bench.client.packs.staleHolders()).copies;
    await bench.client.packs.settle({ refs: [ref.next ?? ''], state: 'returned', note: 'by hand' });
    expect((await bench.client.packs.staleHolders()).copies).toBe(before - 1);
    await bench.client.packs.settle({ refs: [ref.next ?? ''], state: 'held' });
    expect((await bench.client.packs.staleHolders()).copies).toBe(before);
  });
});

describe('what changed', { timeout: 120_000 }, () => {
  it('is told by section, record and printed column, as printed', async () => {
    const changes = await bench.client.packs.changes({ ref: ref.next ?? '' });
    expect(changes).toMatchObject({ ref: ref.next, against: null, since: 2, until: null });
    expect(changes.rows.filter(({ section }) => section === 'warrants')).toEqual([
      {
        section: 'warrants',
        ref: ref.warrant,
        name: 'W1',
        kind: 'changed',
        field: 'Court',
        before: 'Fellside Magistrates',
        after: 'Tarnside Magistrates',
      },
    ]);
    expect(await newestEntry(ref.next ?? '')).toMatchObject({
      operation: 'consultation',
      method: 'packs.changes',
    });
  });

  it('stands between two issues, the earlier first, and is printed in the later', async () => {
    const named = await bench.client.packs.changes({ ref: ref.first ?? '', against: ref.next ?? '' });
    expect(named).toMatchObject({ since: 1, until: 2 });
    const court = named.rows.find(({ field }) => field === 'Court');
    expect([court?.before, court?.after]).toEqual([null, 'Fellside Magistrates']);
    const back = await bench.client.packs.changes({ ref: ref.next ?? '', against: ref.first ?? '' });
    expect(back.rows).toEqual(named.rows);
    expect(
      await refusal(bench.client.packs.changes({ ref: ref.first ?? '', against: ref.amberPack ?? '' })),
    ).toMatchObject({ code: 'invalid' });
  });

  it('of a record that came and one that went', async () => {
    const added = await add('warrants', { number: 'W2', power: 'pace-s8', premises: ref.other ?? '' });
    const issued = await issue();
    await bench.client.records.remove({ refs: [added] });
    const { rows } = await bench.client.packs.changes({ ref: issued.ref });
    expect(rows.filter(({ section }) => section === 'warrants')).toEqual([
      {
        section: 'warrants',
        ref: added,
        name: 'W2',
        kind: 'removed',
        field: null,
        before: null,
        after: null,
      },
    ]);
    const earlier = await bench.client.packs.changes({ ref: issued.ref, against: ref.next ?? '' });
    expect(earlier.rows.filter(({ kind, ref }) => kind === 'added' && ref === added)).toHaveLength(1);
  });

  it('never names in what stood before somebody who may not be named any more', async () => {
    const words = 'She holds the phone. '.repeat(30);
    await set(ref.target, { grounds: `${words}Maud Ellery paid.` });
    const before = await issue({ pack: 'court', recipient: 'Clerk to the justices' });
    await set(ref.man, { dob: '2011-04-03' });
    await set(ref.target, { grounds: `${words}Maud Ellery paid in cash.` });
    const { rows } = await bench.client.packs.changes({ ref: before.ref });
    const after = await issue({ pack: 'court', recipient: 'Clerk to the justices' });
    await set(ref.man, { dob: '1990-04-03' });
    const printed = readPackData(sessionOf(bench).reader, Number(after.ref.slice('PACK-'.length)));
    expect(printed.changes).toMatchObject({ since: 1, rows });
    expect(rows.map(({ field }) => field)).toContain('Grounds');
    expect(JSON.stringify(printed)).not.toMatch(/Ellery|Maud/);
  });

  it('never tells a team of another team', async () => {
    await set(ref.second, { objective: 'arrest' });
    const { rows } = await bench.client.packs.changes({ ref: ref.amberNow ?? '' });
    expect(JSON.stringify(rows)).not.toMatch(/Mill Bank|arrest/);
  });
});

describe('a copy that is settled, recalled, written again', { timeout: 120_000 }, () => {
  it('keeps what became of it, with the note in the journal, and no change of the plan', async () => {
    const asAt = async () => (await bench.client.packs.changes({ ref: ref.copy ?? '' })).rows.length;
    const before = await asAt();
    const { packs } = await bench.client.packs.settle({
      refs: [ref.copy ?? ''],
      state: 'destroyed',
      note: 'Shredded at Fellside station',
      at: '2026-11-25',
    });
    expect(packs).toMatchObject([
      {
        ref: ref.copy,
        state: 'destroyed',
        stateAt: '2026-11-25',
        stateNote: 'Shredded at Fellside station',
        overdue: false,
        stale: false,
      },
    ]);
    expect(await newestEntry(ref.copy ?? '')).toMatchObject({
      operation: 'disclosure',
      method: 'packs.settle',
      reason: 'Shredded at Fellside station',
      state: 'record',
    });
    expect(await asAt()).toBe(before);
    expect(await refusal(bench.client.packs.settle({ refs: ['PACK-999'], state: 'lost' }))).toMatchObject({
      code: 'not-found',
    });
  });

  it('gives a recall list of the copies that are out, once marked', async () => {
    await bench.client.packs.settle({ refs: [ref.first ?? ''], state: 'lost' });
    const list = await bench.client.packs.recall({ pack: 'command', reason: 'Wrong address' });
    const recipients = list.copies.map(({ recipient }) => recipient);
    expect(recipients).not.toContain('Gold commander');
    expect(recipients).toContain('Bronze north');
    expect(
      list.copies.every(({ state, stateNote }) => state === 'recalled' && stateNote === 'Wrong address'),
    ).toBe(true);
    expect(list.lost.map(({ ref }) => ref)).toEqual([ref.first]);
    const entry = await newestEntry(list.copies[0]?.ref ?? '');
    expect(entry?.recipients).toEqual(expect.arrayContaining(['Bronze north', 'Bronze south']));
    const again = await bench.client.packs.recall({ pack: 'command', reason: 'Still out' });
    expect(again.copies.map(({ ref }) => ref)).toEqual(list.copies.map(({ ref }) => ref));
    expect((await newestEntry(list.copies[0]?.ref ?? ''))?.seq).toBe(entry?.seq);
    expect(await refusal(bench.client.packs.recall({ refs: [ref.copy ?? ''], reason: 'x' }))).toMatchObject({
      code: 'invalid',
    });
    expect(await refusal(bench.client.packs.recall({ reason: 'x' }))).toMatchObject({ code: 'usage' });
  });

  it('is written again byte for byte and journaled as a disclosure', async () => {
    const issued = await issue({ formats: ['xlsx', 'pdf'], recipient: 'Court liaison' });
    await set(ref.warrant, { court: 'Changed since' });
    const folder = newFolder();
    const again = await bench.client.packs.reissue({
      ref: issued.ref,
      folder: bench.engine.grants.add(folder, 'export'),
      reason: 'Memory stick failed',
    });
    expect(readdirSync(folder).sort()).toEqual(issued.files.map(({ file }) => file).sort());
    for (const { file, sha256: expected } of issued.files) {
      expect(sha256(join(folder, file))).toBe(expected);
      expect(readFileSync(join(folder, file)).equals(readFileSync(join(issued.folder, file)))).toBe(true);
    }
    expect(again.recipient).toBe('Court liaison');
    expect(await newestEntry(issued.ref)).toMatchObject({
      operation: 'disclosure',
      method: 'packs.reissue',
      reason: 'Memory stick failed',
      recipients: ['Court liaison'],
    });
    ref.whole = issued.ref;
  });

  it('is not written over a file, and leaves nothing when one of its names is taken', async () => {
    const folder = newFolder();
    const { files } = await find(ref.whole ?? '');
    const taken = join(folder, files.find(({ format }) => format === 'xlsx')?.file ?? '');
    writeFileSync(taken, 'mine');
    const before = (await newestEntry(ref.whole ?? ''))?.seq;
    const error = await refusal(
      bench.client.packs.reissue({
        ref: ref.whole ?? '',
        folder: bench.engine.grants.add(folder, 'export'),
        reason: 'x',
      }),
    );
    expect(error.code).toBe('pack.failed');
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    expect((await newestEntry(ref.whole ?? ''))?.seq).toBe(before);
  });

  it('is refused when the kept bytes are not those of the signed entry', async () => {
    const id = Number(ref.whole?.slice('PACK-'.length));
    const { writer } = sessionOf(bench);
    const row = writer
      .prepare("SELECT bytes FROM pack_file WHERE pack_id = ? AND format = 'pdf'")
      .get(id) as {
      bytes: Buffer;
    };
    const changed = Buffer.from(row.bytes);
    changed[100] = (changed[100] ?? 0) ^ 1;
    const swap = (bytes: Buffer) =>
      writer
        .prepare("UPDATE pack_file SET bytes = ?, sha256 = ? WHERE pack_id = ? AND format = 'pdf'")
        .run(bytes, createHash('sha256').update(bytes).digest('hex'), id);
    swap(changed);
    const folder = newFolder();
    const grant = bench.engine.grants.add(folder, 'export');
    expect(
      await refusal(bench.client.packs.reissue({ ref: ref.whole ?? '', folder: grant, reason: 'x' })),
    ).toMatchObject({ code: 'workspace.damaged' });
    expect(readdirSync(folder)).toEqual([]);
    swap(row.bytes);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
  });

  it('issues nothing into a folder that has such a file, and gives the number to the next', async () => {
    await set(ref.warrant, { court: 'Before the taken name' });
    const next =
      Math.max(...(await register()).filter(({ pack }) => pack === 'command').map(({ version }) => version)) +
      1;
    const folder = newFolder();
    writeFileSync(join(folder, `Operation-Fellgate-command-v${next}-copy-1.xlsx`), 'mine');
    const before = (await register()).length;
    expect(await refusal(issue({}, folder))).toMatchObject({ code: 'pack.failed' });
    expect(await register()).toHaveLength(before);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await issue()).toMatchObject({ version: next, copy: 1 });
  });
});

describe('a folder that fails while the files are written', { timeout: 120_000 }, () => {
  const nextName = async () => {
    const versions = (await register()).flatMap(({ pack, version }) => (pack === 'search' ? [version] : []));
    return `Operation-Fellgate-search-v${Math.max(0, ...versions) + 1}-copy-1.xlsx`;
  };

  it('has no issue, and the journal says that nothing was handed over', async () => {
    const folder = newFolder();
    const name = await nextName();
    // The file cannot be written beside its name: a folder stands there.
    mkdirSync(join(folder, `${name}.part`));
    const before = await register();
    expect(await refusal(issue({ pack: 'search' }, folder))).toMatchObject({ code: 'pack.failed' });
    expect(readdirSync(folder)).toEqual([`${name}.part`]);
    expect(await register()).toEqual(before);
    const [failed, issued] = (await bench.client.history.list({ limit: 2 })).entries;
    expect(issued?.summary).toBe('Issued the Search and exhibits pack, version 1, copy 1');
    expect(failed).toMatchObject({ operation: 'disclosure', target: issued?.target, recipients: [] });
    expect(failed?.summary).toMatch(/^Could not write .*: nothing was handed over$/);
    const again = await issue({ pack: 'search' });
    expect(again.files[0]?.file).toBe(name);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
    ref.search = again.ref;
  });

  it('has no second writing either', async () => {
    const folder = newFolder();
    const [file] = (await find(ref.search ?? '')).files;
    mkdirSync(join(folder, `${file?.file}.part`));
    const grant = bench.engine.grants.add(folder, 'export');
    expect(
      await refusal(bench.client.packs.reissue({ ref: ref.search ?? '', folder: grant, reason: 'x' })),
    ).toMatchObject({ code: 'pack.failed' });
    expect(readdirSync(folder)).toEqual([`${file?.file}.part`]);
    expect((await newestEntry(ref.search ?? ''))?.summary).toMatch(/nothing was handed over$/);
  });
});

describe('a password', { timeout: 120_000 }, () => {
  const password = 'seven grey herons';

  it('protects what is kept, and is itself kept nowhere', async () => {
    const issued = await issue({ pack: 'search', recipient: 'Exhibits officer', password });
    const [file] = issued.files;
    const path = join(issued.folder, file?.file ?? '');
    // A compound file and no archive: encrypted as Office does.
    expect(readFileSync(path).subarray(0, 4).toString('hex')).toBe('d0cf11e0');
    expect(sha256(path)).toBe(file?.sha256);
    const folder = newFolder();
    await bench.client.packs.reissue({
      ref: issued.ref,
      folder: bench.engine.grants.add(folder, 'export'),
      reason: 'again',
    });
    expect(sha256(join(folder, file?.file ?? ''))).toBe(file?.sha256);
    const { writer } = sessionOf(bench);
    const rows = [
      ...writer.prepare('SELECT * FROM journal').all(),
      ...writer.prepare('SELECT spec, decisions, manifest, state_note, files FROM pack').all(),
    ];
    expect(JSON.stringify(rows)).not.toContain(password);
    const id = Number(issued.ref.slice('PACK-'.length));
    expect(JSON.stringify(readPackData(writer, id))).not.toContain(password);
  });

  it('is refused where no workbook is written', async () => {
    expect(await refusal(issue({ formats: ['pdf'], password }))).toMatchObject({ code: 'usage' });
  });
});

describe('an export that is killed', { timeout: 240_000 }, () => {
  const run = promisify(execFile);
  const command = join(import.meta.dirname, '..', '..', 'bin', 'fellside.js');
  const environment = { ...process.env, FELLSIDE_PASSPHRASE: passphrase };

  it('leaves no content outside that the journal does not tell of', async () => {
    const killed = await makeWorkspace('Operation Cut Short');
    await killed.engine.close();
    const words = (folder: string) => [
      command,
      'export',
      killed.workspace,
      '--pack',
      'command',
      '--format',
      'xlsx',
      '--out',
      folder,
      '--recipient',
      'Silver',
      '--reason',
      'Briefing',
      '--json',
    ];
    for (const delay of [0, 2, 8]) {
      const folder = join(killed.folder, `out-${delay}`);
      mkdirSync(folder);
      const child = spawn(process.execPath, words(folder), { env: environment, stdio: 'ignore' });
      const ended = once(child, 'exit');
      // From the moment at which a name is taken in the folder: record and content follow at once.
      while (child.exitCode === null && readdirSync(folder).length === 0) await wait(1);
      await wait(delay);
      child.kill('SIGKILL');
      await ended;
      const opened = await openWorkspaceAt(killed.workspace);
      const { packs } = await opened.client.packs.register();
      const known = new Set(packs.flatMap(({ files }) => files.map(({ file }) => file)));
      for (const name of readdirSync(folder)) {
        if (statSync(join(folder, name)).size > 0) expect(known).toContain(name.replace(/\.part$/, ''));
      }
      expect(await opened.client.history.verify()).toMatchObject({ ok: true });
      await opened.engine.close();
      // The name that was left empty is no obstacle.
      const { stdout } = await run(process.execPath, words(folder), { env: environment });
      const report = JSON.parse(stdout) as PackReport;
      for (const { file, sha256: expected } of report.files) {
        expect(existsSync(join(folder, file))).toBe(true);
        expect(sha256(join(folder, file))).toBe(expected);
      }
    }
  });
});
