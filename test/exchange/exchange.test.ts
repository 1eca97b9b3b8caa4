/** What goes from copy to copy, and what copies say differently. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { splitRow } from '../../electron/engine/entities/merge.ts';
import { openConflicts } from '../../electron/engine/exchange/conflicts.ts';
import { readKeys } from '../../electron/engine/exchange/copies.ts';
import { openPackage } from '../../electron/engine/exchange/packageFile.ts';
import { rotateDataKey } from '../../electron/engine/people/rotateDataKey.ts';
import type { Bench } from '../engine/support.ts';
import {
  allRows,
  cleanUp,
  demoFolder,
  dumpGrids,
  importPaths,
  makeFolder,
  onlyRef,
  refusal,
  sessionOf,
  writeCsv,
} from '../engine/support.ts';
import { makeFor, take, withTwo } from './support.ts';

afterAll(cleanUp);

const send = async (from: Bench, to: Bench) => take(to, (await makeFor(from)).path);

async function exchange(a: Bench, b: Bench): Promise<void> {
  await send(a, b);
  await send(b, a);
  await send(a, b);
}

const conflictsOf = (bench: Bench) => openConflicts(sessionOf(bench).reader);

it('carries edits, additions and imports, with the numbers of the copy that gave them', async () => {
  await withTwo(async (a, b) => {
    const person = onlyRef(
      await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery', dob: '1990-04-03' } }),
    );
    await importPaths(b, [
      writeCsv(b, 'people.csv', [
        ['Name', 'DOB', 'Mobile'],
        ['Alec Thorne', '05/06/1988', '07700900002'],
      ]),
    ]);
    const report = await send(a, b);
    expect(report.values.map(({ ref }) => ref)).toContain(person);
    await send(b, a);
    expect(await dumpGrids(a.client)).toEqual(await dumpGrids(b.client));
    const refs = (await allRows(a.client, 'people')).map(({ ref }) => ref);
    expect(refs).toEqual([person, 'NOM-A1']);
    expect((await allRows(a.client, 'phones')).map((row) => row.people)).toEqual(['NOM-A1']);
    const shown = await b.client.records.show({ ref: person });
    expect(shown.values.name?.[0]).toMatchObject({ by: 'A Analyst', copy: '0' });
    // The row of the sheet behind a value came along.
    const source = await a.client.sources.view({ ref: 'NOM-A1', field: 'name' });
    expect(JSON.stringify(source)).toContain('Alec Thorne');
    for (const bench of [a, b]) expect(await bench.client.history.verify()).toMatchObject({ ok: true });
  });
}, 120_000);

it('shows two values of which neither knew the other, and the decision ends it everywhere', async () => {
  await withTwo(async (a, b) => {
    const ref = onlyRef(await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
    await send(a, b);
    await a.client.records.set({ edits: [{ ref, values: { note: 'tall' } }] });
    await b.client.records.set({ edits: [{ ref, values: { note: 'short' } }] });
    await exchange(a, b);
    for (const bench of [a, b]) {
      const { conflicts } = await bench.client.exchange.conflicts();
      expect(conflicts).toMatchObject([{ ref, field: 'note', kind: 'value' }]);
      expect(conflicts[0]?.options.map(({ value }) => value).sort()).toEqual(['short', 'tall']);
      const [row] = await allRows(bench.client, 'people');
      expect(row?.conflicts).toBe('note');
    }
    const options = conflictsOf(b)[0]?.options ?? [];
    const loser = options.find(({ standing }) => !standing);
    expect((await a.client.records.show({ ref })).values.note?.map(({ value }) => value)).toContain(
      loser?.value,
    );
    await b.client.exchange.resolve({ ref, field: 'note', take: loser?.key ?? '' });
    await exchange(b, a);
    for (const bench of [a, b]) {
      expect(conflictsOf(bench)).toEqual([]);
      expect((await allRows(bench.client, 'people'))[0]).toMatchObject({
        note: loser?.value,
        conflicts: null,
      });
    }
  });
}, 120_000);

it('keeps an edit of a record that was removed elsewhere, until somebody decides', async () => {
  await withTwo(async (a, b) => {
    const refs = [
      onlyRef(await a.client.records.add({ grid: 'actions', values: { title: 'Book the van' } })),
      onlyRef(await a.client.records.add({ grid: 'actions', values: { title: 'Ring the court' } })),
    ];
    await send(a, b);
    await a.client.records.remove({ refs });
    for (const ref of refs) await b.client.records.set({ edits: [{ ref, values: { note: `done ${ref}` } }] });
    await exchange(a, b);
    expect(await allRows(a.client, 'actions')).toEqual([]);
    expect(await allRows(b.client, 'actions')).toEqual([]);
    const { conflicts } = await a.client.exchange.conflicts();
    expect(conflicts.map(({ ref, field, kind }) => [ref, field, kind])).toEqual(
      refs.map((ref) => [ref, 'record', 'removed']),
    );
    await a.client.exchange.resolve({ ref: refs[0] ?? '', field: 'record', take: 'B' });
    await a.client.exchange.resolve({ ref: refs[1] ?? '', field: 'record', take: 'A' });
    await exchange(a, b);
    for (const bench of [a, b]) {
      expect(conflictsOf(bench)).toEqual([]);
      expect(await allRows(bench.client, 'actions')).toMatchObject([
        { ref: refs[0], title: 'Book the van', note: `done ${refs[0]}` },
      ]);
    }
  });
}, 120_000);

it('tells of a value that names a record which was removed elsewhere', async () => {
  await withTwo(async (a, b) => {
    const person = onlyRef(await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
    await send(a, b);
    await a.client.records.remove({ refs: [person] });
    const target = onlyRef(await b.client.records.makeTargets({ refs: [person] }));
    await exchange(a, b);
    const missing = (await a.client.exchange.conflicts()).conflicts;
    expect(missing).toMatchObject([{ ref: target, field: 'subject', kind: 'missing' }]);
    expect(
      (await refusal(a.client.exchange.resolve({ ref: target, field: 'subject', take: 'A' }))).code,
    ).toBe('invalid');
    await a.client.exchange.resolve({ ref: target, field: 'subject', take: 'C' });
    await exchange(a, b);
    for (const bench of [a, b]) {
      expect(conflictsOf(bench)).toEqual([]);
      expect((await allRows(bench.client, 'people')).map(({ ref }) => ref)).toEqual([person]);
    }
  });
}, 120_000);

it('makes one of what both imported, and counts calls of one number once', async () => {
  await withTwo(async (a, b) => {
    const people = [
      ['Name', 'DOB', 'Mobile'],
      ['Maud Ellery', '03/04/1990', '07700900001'],
    ];
    await importPaths(a, [writeCsv(a, 'desk.csv', people)]);
    await importPaths(b, [
      writeCsv(b, 'laptop.csv', [...people, ['Bram Ostler', '09/09/1999', '07700900003']]),
    ]);
    await importPaths(b, [
      writeCsv(b, 'calls.csv', [
        ['A Number', 'B Number', 'Call Type', 'Start Date', 'Start Time', 'Duration (s)'],
        ['07700900001', '07700900003', 'Voice', '14/09/2026', '08:14:09', '12'],
      ]),
    ]);
    await exchange(b, a);
    expect(await dumpGrids(a.client)).toEqual(await dumpGrids(b.client));
    expect((await allRows(a.client, 'people')).map(({ ref, sources }) => [ref, sources])).toEqual([
      ['NOM-1', 2],
      ['NOM-A2', 1],
    ]);
    expect((await allRows(b.client, 'phones')).map(({ ref, events }) => [ref, events])).toEqual([
      ['PHN-1', 1],
      ['PHN-A2', 1],
    ]);
    // Taken apart by hand, it stays apart, whatever comes after.
    await sessionOf(a).exclusively(() => splitRow(sessionOf(a), { ref: 'NOM-1', members: ['NOM-A1'] }));
    await importPaths(a, [
      writeCsv(a, 'more.csv', [...people, ['Alec Thorne', '05/06/1988', '07700900009']]),
    ]);
    await exchange(a, b);
    await exchange(b, a);
    const refs = (await allRows(b.client, 'people')).map(({ ref }) => ref);
    expect(refs).toEqual(expect.arrayContaining(['NOM-1', 'NOM-A1']));
    expect(await dumpGrids(a.client)).toEqual(await dumpGrids(b.client));
  });
}, 120_000);

it('carries photographs and accepted findings, and the undo and the redo of an import', async () => {
  await withTwo(async (a, b) => {
    const report = await importPaths(a, [join(demoFolder, 'nominals.xlsx')]);
    await send(a, b);
    const [person] = await allRows(a.client, 'people');
    if (!person) throw new Error('somebody was imported');
    const picture = join(a.folder, 'face.png');
    writeFileSync(
      picture,
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    );
    await a.client.records.attachPhotograph({
      ref: person.ref,
      grant: a.engine.grants.add(picture, 'file'),
      takenOn: '2026-01-02',
    });
    const checked = await a.client.readiness.check();
    const finding = checked.findings.find(({ acceptable }) => acceptable !== false);
    if (finding)
      await a.client.readiness.accept({
        rule: finding.rule,
        refs: finding.refs,
        reason: 'known and looked into',
      });
    await exchange(a, b);
    expect((await b.client.records.show({ ref: person.ref })).photographs).toHaveLength(1);
    expect((await b.client.readiness.check()).findings.filter(({ accepted }) => accepted)).toHaveLength(
      (await a.client.readiness.check()).findings.filter(({ accepted }) => accepted).length,
    );
    const entries = (await b.client.history.list({ limit: 50 })).entries;
    expect(entries.map(({ method }) => method)).toContain('exchange.receive');
    expect(report.ref).toBe('IMP-1');
  });
  await withTwo(async (a, b) => {
    await importPaths(a, [join(demoFolder, 'premises.xlsx')]);
    await exchange(a, b);
    const full = await dumpGrids(b.client);
    await a.client.history.undo({});
    await exchange(a, b);
    expect(await allRows(b.client, 'premises')).toEqual([]);
    expect((await allRows(b.client, 'imports')).map(({ state }) => state)).toEqual(['undone']);
    await a.client.history.redo();
    await exchange(a, b);
    expect(await dumpGrids(b.client)).toEqual(full);
    expect(await dumpGrids(a.client)).toEqual(full);
  });
}, 240_000);

it('a preview changes nothing, and what was taken is not undone beneath', async () => {
  await withTwo(async (a, b) => {
    const ref = onlyRef(await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
    await send(a, b);
    await a.client.records.set({ edits: [{ ref, values: { note: 'first' } }] });
    const made = await makeFor(a);
    const before = await dumpGrids(b.client);
    const events = await b.client.exchange.preview({ file: b.engine.grants.add(made.path, 'file') });
    for await (const event of events)
      if (event.type === 'done') expect(event.report).toMatchObject({ valueCount: 1, seq: null });
    expect(await dumpGrids(b.client)).toEqual(before);
    await take(b, made.path);
    await b.client.records.set({ edits: [{ ref, values: { note: 'second' } }] });
    const mine = (await a.client.history.list({ limit: 10 })).entries.find(
      ({ method }) => method === 'records.set',
    );
    await send(b, a);
    const refused = await refusal(a.client.history.undo({ seq: mine?.seq ?? 0 }));
    expect(refused.code).toBe('journal.blocked');
    expect(refused.message).toContain('came from another copy');
  });
}, 120_000);

/** Issues the command pack as a workbook. */
async function issue(bench: Bench): Promise<string> {
  const folder = makeFolder();
  const request = {
    pack: 'command',
    formats: ['xlsx' as const],
    recipient: 'Inspector Vane',
    reason: 'for the briefing',
    folder: bench.engine.grants.add(folder, 'export'),
  };
  for await (const event of await bench.client.packs.export(request))
    if (event.type === 'done') return event.report.ref;
  throw new Error('no pack');
}

it('carries the register of packs, saved mappings and versions of the briefing', async () => {
  await withTwo(async (a, b) => {
    await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    await send(a, b);
    // Issued apart, they have the same version and copy: the references tell them apart.
    expect([await issue(a), await issue(b)]).toEqual(['PACK-1', 'PACK-A1']);
    await b.client.briefing.save({
      model: 'IIMARCH',
      sections: { method: { text: 'Both teams enter together.', marking: null } },
      version: 0,
    });
    await b.client.mappings.save({
      name: 'People',
      headings: ['Name', 'DOB'],
      mapping: { sheet: 'list', kind: 'person', headerRow: 1, columns: ['name', 'dob'] },
    });
    await exchange(a, b);
    await b.client.packs.settle({ refs: ['PACK-1'], state: 'returned' });
    await exchange(b, a);
    for (const bench of [a, b]) {
      const { packs } = await bench.client.packs.register();
      expect(packs.map(({ ref, version, copy, state }) => [ref, version, copy, state])).toEqual([
        ['PACK-A1', 1, 1, 'held'],
        ['PACK-1', 1, 1, 'returned'],
      ]);
      expect((await bench.client.mappings.list()).mappings.map(({ name }) => name)).toEqual(['People']);
      const briefing = await bench.client.briefing.read({});
      expect(briefing.sections.find(({ key }) => key === 'method')?.text).toBe('Both teams enter together.');
      expect(briefing.version).toBe(1);
    }
    const again = makeFolder();
    const written = await a.client.packs.reissue({
      ref: 'PACK-A1',
      folder: a.engine.grants.add(again, 'export'),
      reason: 'the stick was lost',
    });
    expect(written.files).toHaveLength(1);
  });
}, 240_000);

it('goes on after an erasure, which takes the history of the merge engine away', async () => {
  await withTwo(async (a, b) => {
    const ref = onlyRef(await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
    await exchange(a, b);
    sessionOf(a).writer.exec('DELETE FROM exchange_document');
    await a.client.records.set({ edits: [{ ref, values: { note: 'after' } }] });
    await b.client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
    await exchange(a, b);
    await exchange(a, b);
    expect(await dumpGrids(a.client)).toEqual(await dumpGrids(b.client));
    expect((await allRows(b.client, 'people')).map(({ name, note }) => [name, note])).toEqual([
      ['Maud Ellery', 'after'],
      ['Alec Thorne', null],
    ]);
    expect(conflictsOf(a)).toEqual([]);
  });
}, 120_000);

it('packages go under a new key once the copies hold it', async () => {
  await withTwo(async (a, b) => {
    await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    await rotateDataKey(sessionOf(a));
    await exchange(a, b);
    const keys = () => readKeys(sessionOf(b).reader).length;
    expect(keys()).toBe(2);
    const made = await makeFor(b, '0');
    const [newest] = readKeys(sessionOf(b).reader);
    const opened = await openPackage(made.path);
    expect(opened.header.key).toBe(newest?.id);
    await opened.close();
    await take(a, made.path);
    expect(await dumpGrids(a.client)).toEqual(await dumpGrids(b.client));
  });
}, 120_000);

it('a copy makes no copies, and the original none over something', async () => {
  await withTwo(async (a, b) => {
    const grant = b.engine.grants.add(join(b.folder, 'third.fellside'), 'new-workspace');
    expect((await refusal(b.client.exchange.copy({ folder: grant, name: 'Third', reason: 'r' }))).code).toBe(
      'invalid',
    );
    const taken = a.engine.grants.add(a.workspace, 'new-workspace');
    expect((await refusal(a.client.exchange.copy({ folder: taken, name: 'Over', reason: 'r' }))).code).toBe(
      'workspace.exists',
    );
  });
}, 120_000);
