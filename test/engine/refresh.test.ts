/** A later issue of a sheet: reviewed, taken row by row, undone to exactly what there was. */
import { afterAll, describe, expect, it } from 'vitest';
import { importFiles } from '../../electron/engine/intake/import.ts';
import { openFileSource } from '../../electron/engine/intake/readers/byteSource.ts';
import type { RefreshReport } from '../../shared/contract/intakeSchemas.ts';
import type { ImportFile, ImportReport, RefreshChoice, SheetMapping } from '../../shared/contract/schemas.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  countTables,
  dumpGrids,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  reopen,
  sessionOf,
  writeCsv,
} from './support.ts';

afterAll(cleanUp);

const headings = ['Ref', 'Name', 'DOB', 'Mobile', 'Home address', 'Postcode', 'Status', 'Markers'];
const columns = [
  'localRef',
  'name',
  'dob',
  'phone.number',
  'premises.address',
  'premises.postcode',
  'status',
  'markers',
];

const ellery = ['N1', 'Maud Ellery', '03/04/1990', '07700 900001', '4 Kiln Row', 'FE1 2HJ', 'Wanted', 'VI'];
const thorne = ['N2', 'Alec Thorne', '05/06/1988', '07700 900002', '9 Mill Lane', 'FE1 3AB', 'Active', ''];
const ostler = ['N3', 'Bram Ostler', '09/09/1999', '07700 900003', '1 Tenter Bank', 'FE1 4AA', 'Active', ''];

const takeAll: Omit<RefreshChoice, 'against' | 'key'> = {
  new: 'take',
  changed: 'take',
  conflicting: 'take',
  vanished: 'take',
};

function mappingOf(file: string, refresh?: Partial<RefreshChoice>): SheetMapping {
  return {
    sheet: file.replace(/\.csv$/, ''),
    kind: 'person',
    headerRow: 1,
    columns,
    dateOrder: 'dmy',
    ...(refresh ? { refresh: { against: 'SRC-1', key: [0], ...takeAll, ...refresh } } : {}),
  };
}

let files = 0;

async function importRows(
  bench: Bench,
  rows: string[][],
  refresh?: Partial<RefreshChoice>,
  options: Omit<ImportFile, 'grant'> = {},
  mode: 'commit' | 'preview' = 'commit',
): Promise<ImportReport> {
  files += 1;
  const name = `list ${files}.csv`;
  const path = writeCsv(bench, name, [headings, ...rows]);
  return importPaths(bench, [path], { sheets: [mappingOf(name, refresh)], ...options }, mode);
}

const refreshRows = (
  bench: Bench,
  rows: string[][],
  refresh: Partial<RefreshChoice> = {},
  mode: 'commit' | 'preview' = 'commit',
) => importRows(bench, rows, refresh, {}, mode);

const sheetOf = (report: ImportReport) => {
  const sheet = report.files[0]?.sheets[0];
  if (!sheet) throw new Error(`not imported: ${JSON.stringify(report.files[0]?.error)}`);
  expect(sheet.imported + sheet.updated + sheet.unchanged + sheet.skipped + sheet.rejected).toBe(sheet.rows);
  return sheet;
};

const withCells = (row: string[], cells: Record<number, string>) =>
  row.map((cell, index) => cells[index] ?? cell);

const person = async (bench: Bench, id: number) => {
  const row = (await allRows(bench.client, 'people')).find((each) => each.ref === `NOM-${id}`);
  if (!row) throw new Error(`no person NOM-${id}`);
  return row;
};

describe('rows that are taken', () => {
  it('speak of the same records: the later value wins without a conflict, and a blank never overwrites', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const report = await refreshRows(bench, [
      withCells(ellery, { 2: '', 6: 'In custody', 7: 'VI, ES' }),
      thorne,
    ]);
    expect(sheetOf(report)).toMatchObject({
      updated: 1,
      unchanged: 1,
      refresh: { counts: { new: 0, changed: 1, conflicting: 0, vanished: 0, unchanged: 1 } },
    });
    const people = await allRows(bench.client, 'people');
    expect(people).toHaveLength(2);
    expect(people[0]).toMatchObject({
      dob: '1990-04-03',
      status: 'In custody',
      markers: 'VI, ES',
      sources: 1,
      conflicts: null,
    });
    const { values } = await bench.client.records.show({ ref: 'NOM-1' });
    expect(values.status).toMatchObject([
      { value: 'In custody', preferred: true },
      { value: 'Wanted', preferred: false, superseded: true },
    ]);
    expect(values.dob).toMatchObject([{ value: '1990-04-03', preferred: true }]);
    await bench.engine.close();
  });

  it('keep to their record though name and date of birth are corrected', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    await refreshRows(bench, [withCells(ellery, { 1: 'Maude Ellery', 2: '04/04/1990' })]);
    expect(await allRows(bench.client, 'people')).toMatchObject([
      { ref: 'NOM-1', name: 'Maude Ellery', dob: '1990-04-04', conflicts: null },
    ]);
    await bench.engine.close();
  });

  it('replace what is linked, and leave a link that they do not speak of', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    await refreshRows(bench, [withCells(ellery, { 3: '07700 900009', 4: '', 5: '' })]);
    const [row] = await allRows(bench.client, 'people');
    expect(row).toMatchObject({ phones: 'PHN-2', premises: 'PRM-1' });
    // The number is no longer said to be hers; that it was once stays readable.
    expect(await allRows(bench.client, 'phones')).toMatchObject([
      { number: '+447700900001', people: null, sources: 0 },
      { number: '+447700900009', people: 'NOM-1' },
    ]);
    await bench.engine.close();
  });

  it('compare cleaned values: a number written otherwise is no change', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    const report = await refreshRows(
      bench,
      [withCells(ellery, { 1: 'ELLERY, Maud', 3: '+44 7700 900001', 6: 'wanted' })],
      { key: [3] },
    );
    expect(sheetOf(report)).toMatchObject({ unchanged: 1, updated: 0, imported: 0 });
    await bench.engine.close();
  });

  it('of another source still disagree with what the later issue says', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    await importRows(bench, [withCells(ellery, { 0: 'X9', 6: 'Missing' })]);
    await refreshRows(bench, [withCells(ellery, { 6: 'In custody' })]);
    expect(await person(bench, 1)).toMatchObject({ status: 'In custody', conflicts: 'status', sources: 2 });
    await bench.engine.close();
  });
});

describe('rows that are left', () => {
  it('are skipped as left in review and stand as they were, whatever their state', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const before = await dumpGrids(bench.client);
    const report = await refreshRows(bench, [withCells(ellery, { 6: 'In custody' }), ostler], {
      new: 'leave',
      changed: 'leave',
      vanished: 'leave',
    });
    expect(sheetOf(report)).toMatchObject({
      skipped: 2,
      skippedBy: { 'left in review': 2 },
      refresh: { withdrawn: 0, counts: { new: 1, changed: 1, vanished: 1 } },
    });
    expect(await dumpGrids(bench.client)).toEqual(before);
    await bench.engine.close();
  });

  it('are exceptions by key, as the comparison writes it', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const report = await refreshRows(
      bench,
      [withCells(ellery, { 6: 'In custody' }), withCells(thorne, { 6: 'Bailed' })],
      { changed: 'leave', rows: { N2: 'take' } },
    );
    expect(sheetOf(report)).toMatchObject({ updated: 1, skipped: 1 });
    expect((await allRows(bench.client, 'people')).map((row) => row.status)).toEqual(['Wanted', 'Bailed']);
    await bench.engine.close();
  });

  it('come up again in the next issue', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne, ostler]);
    await refreshRows(bench, [withCells(ellery, { 6: 'In custody' }), ostler], {
      changed: 'leave',
      vanished: 'leave',
    });
    const report = await refreshRows(bench, [withCells(ellery, { 6: 'In custody' }), ostler], {
      against: 'SRC-2',
    });
    expect(sheetOf(report).refresh?.counts).toMatchObject({ changed: 1, vanished: 1, unchanged: 1, new: 0 });
    expect(await person(bench, 1)).toMatchObject({ status: 'In custody', conflicts: null, sources: 1 });
    await bench.engine.close();
  });

  it('cannot be compared where the key is blank or stands twice: those are new rows', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const twice = withCells(ostler, { 0: 'N9' });
    const report = await refreshRows(bench, [
      ellery,
      withCells(thorne, { 0: '' }),
      twice,
      withCells(twice, { 1: 'Petra Lund' }),
    ]);
    expect(sheetOf(report)).toMatchObject({
      imported: 2,
      updated: 1,
      unchanged: 1,
      refresh: { notCompared: 3, counts: { vanished: 1 } },
    });
    await bench.engine.close();
  });
});

describe('rows that vanished', () => {
  it('are withdrawn: what they said no longer counts beside another source, and stays readable', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    await importRows(bench, [withCells(ellery, { 0: 'X9', 3: '', 6: 'Missing', 7: '' })]);
    expect(await person(bench, 1)).toMatchObject({ conflicts: 'status' });
    const report = await refreshRows(bench, [ostler]);
    expect(sheetOf(report).refresh).toMatchObject({ withdrawn: 1, counts: { vanished: 1, new: 1 } });
    expect(await person(bench, 1)).toMatchObject({
      status: 'Missing',
      conflicts: null,
      sources: 1,
      phones: null,
      markers: null,
    });
    const { values } = await bench.client.records.show({ ref: 'NOM-1' });
    expect(values.status).toMatchObject([
      { value: 'Missing', preferred: true },
      { value: 'Wanted', preferred: false, withdrawn: true },
    ]);
    await bench.engine.close();
  });

  it('leave a record that rests on nothing else with what was said last, and no source', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    await refreshRows(bench, [thorne]);
    expect(await person(bench, 1)).toMatchObject({ name: 'Maud Ellery', status: 'Wanted', sources: 0 });
    const { values } = await bench.client.records.show({ ref: 'NOM-1' });
    expect(values.name).toMatchObject([{ value: 'Maud Ellery', withdrawn: true }]);
    const { rows } = await bench.client.grids.page({ grid: 'people', sources: true });
    expect(rows.map((row) => row.sources)).toMatchObject([[], [{ row: 3 }]]);
    await bench.engine.close();
  });

  it('and come back in a still later issue are about the same record', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    await refreshRows(bench, [thorne]);
    await refreshRows(bench, [thorne, withCells(ellery, { 6: 'In custody' })], { against: 'SRC-2' });
    expect(await allRows(bench.client, 'people')).toHaveLength(2);
    expect(await person(bench, 1)).toMatchObject({ status: 'In custody', sources: 1, conflicts: null });
    await bench.engine.close();
  });
});

describe('what an analyst entered', () => {
  async function edited() {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    await bench.client.records.set({ edits: [{ ref: 'NOM-1', values: { status: 'Arrested' } }] });
    return bench;
  }
  const later = [withCells(ellery, { 6: 'In custody' }), thorne];

  it('stands where the row is left', async () => {
    const bench = await edited();
    const report = await refreshRows(bench, later, { conflicting: 'leave' });
    expect(sheetOf(report).refresh).toMatchObject({ overruled: 0, counts: { conflicting: 1, changed: 0 } });
    expect(await person(bench, 1)).toMatchObject({ status: 'Arrested' });
    await bench.engine.close();
  });

  it('is given up where the row is taken, never deleted, and journaled', async () => {
    const bench = await edited();
    const report = await refreshRows(bench, later);
    expect(sheetOf(report).refresh).toMatchObject({ overruled: 1, counts: { conflicting: 1 } });
    expect(await person(bench, 1)).toMatchObject({ status: 'In custody' });
    const { values, history } = await bench.client.records.show({ ref: 'NOM-1' });
    expect(values.status).toMatchObject([
      { value: 'In custody', preferred: true },
      { value: 'Wanted', superseded: true },
      { value: 'Arrested', by: 'A Analyst', preferred: false, superseded: true },
    ]);
    expect(history.map((entry) => entry.method)).toContain('imports.commit');
    await bench.client.records.set({ edits: [{ ref: 'NOM-1', values: { status: 'Arrested' } }] });
    expect(await person(bench, 1)).toMatchObject({ status: 'Arrested' });
    await bench.engine.close();
  });

  it('stands again after the undo, and is not undone before it', async () => {
    const bench = await edited();
    const edit = (await bench.client.history.list({})).entries[0]?.seq ?? 0;
    await refreshRows(bench, later);
    expect((await refusal(bench.client.history.undo({ seq: edit }))).code).toBe('journal.blocked');
    await bench.client.history.undo({});
    expect(await person(bench, 1)).toMatchObject({ status: 'Arrested' });
    await bench.client.history.undo({});
    expect(await person(bench, 1)).toMatchObject({ status: 'Wanted' });
    await bench.engine.close();
  });

  it('is no conflict where the later issue says the same', async () => {
    const bench = await edited();
    const report = await refreshRows(bench, [withCells(ellery, { 6: 'arrested' }), thorne]);
    expect(sheetOf(report).refresh?.counts).toMatchObject({ conflicting: 0, changed: 1 });
    await bench.engine.close();
  });
});

describe('undo and redo of a refresh', () => {
  it('give back exactly what there was, and the refresh again', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const target = onlyRef(await bench.client.records.makeTargets({ refs: ['NOM-2'] }));
    await bench.client.records.set({ edits: [{ ref: 'NOM-1', values: { status: 'Arrested' } }] });
    const before = await dumpGrids(bench.client);
    const tables = countTables(sessionOf(bench), [
      'journal',
      'journal_ref',
      'import',
      'counter',
      'source_file',
      'source_file_chunk',
    ]);
    await refreshRows(bench, [withCells(ellery, { 3: '07700 900008', 6: 'In custody' }), ostler]);
    const after = await dumpGrids(bench.client);
    await bench.client.history.undo({});
    expect(await dumpGrids(bench.client)).toEqual(before);
    expect(
      countTables(sessionOf(bench), [
        'journal',
        'journal_ref',
        'import',
        'counter',
        'source_file',
        'source_file_chunk',
      ]),
    ).toEqual(tables);
    await reopen(bench);
    await bench.client.history.redo();
    expect(await dumpGrids(bench.client)).toEqual(after);
    expect(after.targets).toMatchObject([{ ref: target, subject: 'NOM-2' }]);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
    await bench.engine.close();
  });

  it('stand in the way of undoing the earlier issue', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    const first = (await bench.client.history.list({})).entries[0]?.seq ?? 0;
    await refreshRows(bench, [withCells(ellery, { 6: 'In custody' })]);
    const error = await refusal(bench.client.history.undo({ seq: first }));
    expect(error.code).toBe('journal.blocked');
    expect(error.message).toContain('IMP-2');
    expect(await person(bench, 1)).toMatchObject({ status: 'In custody' });
    await bench.engine.close();
  });
});

describe('a refresh that cannot be', () => {
  it.each([
    ['an issue that is not there', { against: 'SRC-7' }, 'SRC-7'],
    ['a reference of something else', { against: 'NOM-1' }, 'NOM-1'],
  ])('is refused by name: %s', async (_, refresh, named) => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    const report = await refreshRows(bench, [thorne], refresh);
    expect(report.files[0]).toMatchObject({ status: 'refused', error: { code: 'mapping.misfit' } });
    expect(report.files[0]?.error?.message).toContain(named);
    expect(await allRows(bench.client, 'people')).toHaveLength(1);
    await bench.engine.close();
  });

  it('is refused for a sheet that has a later issue already, which is named', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    await refreshRows(bench, [withCells(ellery, { 6: 'In custody' })]);
    const report = await refreshRows(bench, [thorne]);
    expect(report.files[0]?.error?.message).toContain('SRC-2');
    await bench.engine.close();
  });

  it('is refused where a thing stands over several rows', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery]);
    const path = writeCsv(bench, 'over.csv', [headings, ellery]);
    const mapping = { ...mappingOf('over.csv', {}), sameWhile: { column: 0, when: 'blank' as const } };
    const report = await importPaths(bench, [path], { sheets: [mapping] });
    expect(report.files[0]?.error?.message).toContain('several rows');
    await bench.engine.close();
  });

  it('leaves nothing when it is cancelled at any of its stages', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const session = sessionOf(bench);
    const before = countTables(session);
    const name = 'cancelled.csv';
    const path = writeCsv(bench, name, [headings, withCells(ellery, { 6: 'In custody' })]);
    const stages = new Set<string>();
    const run = async (cancelAt: string | null) => {
      const abort = new AbortController();
      const file = { name, open: () => openFileSource(path), sheets: [mappingOf(name, {})] };
      await importFiles(session, [file], {
        mode: cancelAt === null ? 'preview' : 'commit',
        signal: abort.signal,
        progress: ({ stage }) => {
          stages.add(stage);
          if (stage === cancelAt) abort.abort();
        },
      });
    };
    await run(null);
    expect(stages).toContain('Comparing with the earlier issue');
    for (const stage of stages) {
      expect((await refusal(run(stage))).code).toBe('cancelled');
      expect(countTables(session)).toEqual(before);
    }
    await bench.engine.close();
  });

  it('writes nothing in a preview, and counts the same', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne]);
    const before = countTables(sessionOf(bench));
    const rows = [withCells(ellery, { 6: 'In custody' }), ostler];
    const preview = sheetOf(await refreshRows(bench, rows, {}, 'preview'));
    expect(countTables(sessionOf(bench))).toEqual(before);
    const commit = sheetOf(await refreshRows(bench, rows));
    expect({ ...preview, sheet: '' }).toEqual({ ...commit, sheet: '' });
    await bench.engine.close();
  });
});

describe('the review of a later issue', () => {
  async function compare(
    bench: Bench,
    rows: string[][],
    key: number[],
    against = 'SRC-1',
  ): Promise<RefreshReport> {
    files += 1;
    const name = `list ${files}.csv`;
    const grant = bench.engine.grants.add(writeCsv(bench, name, [headings, ...rows]), 'file');
    for await (const event of await bench.client.imports.compare({
      grant,
      mapping: mappingOf(name),
      against,
      key,
    }))
      if (event.type === 'done') return event.report;
    throw new Error('the comparison ended without a report');
  }

  it('says of every row what it is, with both values, and writes nothing but that it was looked at', async () => {
    const bench = await makeWorkspace();
    const lund = ['N4', 'Petra Lund', '02/03/1981', '', '', '', 'Active', ''];
    await importRows(bench, [ellery, thorne, ostler, lund]);
    await bench.client.records.set({ edits: [{ ref: 'NOM-2', values: { status: 'Arrested' } }] });
    const before = countTables(sessionOf(bench), ['journal']);
    const report = await compare(
      bench,
      [
        withCells(ostler, { 3: '+44 7700 900003' }),
        withCells(thorne, { 6: 'Bailed' }),
        withCells(ellery, { 1: 'Maude Ellery', 3: '07700 900008', 7: '' }),
        ['N5', 'Ivo Marsh', '01/01/2001', '', '', '', '', ''],
      ],
      [0],
    );
    expect(countTables(sessionOf(bench), ['journal'])).toEqual(before);
    expect(report.counts).toEqual({ new: 1, changed: 1, conflicting: 1, vanished: 1, unchanged: 1 });
    expect(report.rows).toMatchObject([
      {
        state: 'conflicting',
        key: 'N2',
        ref: 'NOM-2',
        label: 'Alec Thorne',
        row: 3,
        rowBefore: 3,
        cells: [{ column: 'Status', field: 'status', before: 'Active', after: 'Bailed', manual: 'Arrested' }],
      },
      {
        state: 'changed',
        ref: 'NOM-1',
        row: 4,
        rowBefore: 2,
        cells: [
          { column: 'Name', before: 'Maud Ellery', after: 'Maude Ellery' },
          { column: 'Mobile', before: '+447700900001', after: '+447700900008' },
        ],
      },
      { state: 'new', key: 'N5', ref: null, label: 'Ivo Marsh', rowBefore: null, row: 5 },
      { state: 'vanished', key: 'N4', ref: 'NOM-4', label: 'Petra Lund', row: null, rowBefore: 5 },
    ]);
    expect(report.rows[1]?.cells).toHaveLength(2);
    expect(report.rows[0]?.cells).toHaveLength(1);
    await bench.engine.close();
  });

  it('tells rows apart by several columns, cleaned, wherever they stand and however they are written', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, withCells(ellery, { 0: 'N7', 2: '09/04/1990', 3: '' })]);
    const report = await compare(
      bench,
      [withCells(ellery, { 1: 'ELLERY, Maud', 2: '3 April 1990' })],
      [1, 2],
    );
    expect(report.counts).toMatchObject({ unchanged: 1, vanished: 1, new: 0 });
    expect(report.rows[0]?.key).toBe('Maud Ellery | 1990-04-09');
    await bench.engine.close();
  });

  it('compares by a column that is left aside, by its heading', async () => {
    const bench = await makeWorkspace();
    const aside = (file: string): SheetMapping => ({
      ...mappingOf(file),
      columns: [null, ...columns.slice(1)],
    });
    const path = writeCsv(bench, 'aside.csv', [headings, ellery, thorne]);
    await importPaths(bench, [path], { sheets: [aside('aside.csv')] });
    const later = writeCsv(bench, 'aside 2.csv', [headings, withCells(thorne, { 1: 'Alick Thorne' })]);
    const sheets = [{ ...aside('aside 2.csv'), refresh: { against: 'SRC-1', key: [0], ...takeAll } }];
    expect(sheetOf(await importPaths(bench, [later], { sheets })).refresh?.counts).toMatchObject({
      changed: 1,
      vanished: 1,
    });
    expect(await person(bench, 2)).toMatchObject({ name: 'Alick Thorne' });
    await bench.engine.close();
  });

  it('lists rows that cannot be compared, with why', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne, withCells(ostler, { 0: 'N2' })]);
    const report = await compare(bench, [ellery, withCells(ostler, { 0: '' }), thorne], [0]);
    expect(report.notCompared).toMatchObject([{ row: 3 }, { row: 4 }]);
    expect(report.notCompared[0]?.reason).toContain('blank');
    expect(report.notCompared[1]?.reason).toContain('earlier');
    expect(report.counts).toMatchObject({ unchanged: 1, vanished: 0 });
    await bench.engine.close();
  });

  it('is refused where the earlier issue has no such column or holds another kind', async () => {
    const bench = await makeWorkspace();
    const path = writeCsv(bench, 'cars.csv', [
      ['VRM', 'Make'],
      ['AB12 CDE', 'Ford'],
    ]);
    await importPaths(bench, [path], {
      sheets: [{ sheet: 'cars', kind: 'vehicle', headerRow: 1, columns: ['vrm', 'make'] }],
    });
    expect((await refusal(compare(bench, [ellery], [0]))).message).toContain('SRC-1');
    const short = writeCsv(bench, 'short.csv', [['Name'], ['Maud Ellery']]);
    await importPaths(bench, [short], {
      sheets: [{ sheet: 'short', kind: 'person', headerRow: 1, columns: ['name'] }],
    });
    const error = await refusal(compare(bench, [ellery], [0], 'SRC-2'));
    expect(error.code).toBe('mapping.misfit');
    expect(error.message).toContain('"Ref"');
    await bench.engine.close();
  });

  it('names what of the plan and which packs rest on a row, and the import says so too', async () => {
    const bench = await makeWorkspace();
    await importRows(bench, [ellery, thorne, ostler]);
    const target = onlyRef(await bench.client.records.makeTargets({ refs: ['NOM-1'] }));
    const plan = onlyRef(
      await bench.client.records.add({
        grid: 'safeguarding',
        values: { subject: 'NOM-2', kind: 'child', concern: 'alone at night' },
      }),
    );
    const rows = [withCells(ellery, { 6: 'In custody' }), withCells(ostler, { 6: 'Bailed' })];
    const report = await compare(bench, rows, [0]);
    expect(report.rows.map((row) => [row.key, row.restsOn.map((each) => each.ref)])).toEqual([
      ['N1', [target]],
      ['N3', []],
      ['N2', [plan]],
    ]);
    const imported = await refreshRows(bench, rows);
    expect(imported.affected).toMatchObject([
      { ref: target, label: 'Maud Ellery', because: 'NOM-1 (Maud Ellery) changed: Status' },
      { ref: plan, because: 'NOM-2 (Alec Thorne) is no longer in the sheet' },
    ]);
    const flagged = async () =>
      (await bench.client.readiness.check()).findings
        .filter((finding) => finding.rule.startsWith('refresh.'))
        .map((finding) => [finding.rule, ...finding.refs]);
    expect(await flagged()).toEqual([
      ['refresh.withdrawn-under-plan', plan, 'NOM-2'],
      ['refresh.changed-under-plan', target, 'NOM-1'],
    ]);
    await bench.client.records.set({ edits: [{ ref: target, values: { note: 'looked at' } }] });
    expect(await flagged()).toEqual([['refresh.withdrawn-under-plan', plan, 'NOM-2']]);
    await bench.client.history.undo({});
    await bench.client.history.undo({});
    expect(await flagged()).toEqual([]);
    await bench.client.history.redo();
    const stored = await bench.client.imports.report({ ref: imported.ref ?? '' });
    expect(stored.affected).toEqual(imported.affected);
    await bench.engine.close();
  });
});

describe('inspect', () => {
  it('offers earlier issues, newest first, with a key; never one that has a later issue', async () => {
    const bench = await makeWorkspace();
    const file = (name: string, rows: string[][]) => writeCsv(bench, name, [headings, ...rows]);
    await importPaths(bench, [file('nominals jan.csv', [ellery, thorne])]);
    await importPaths(bench, [file('nominals other.csv', [ostler])]);
    const look = async (name: string, rows: string[][]) =>
      (await bench.client.imports.inspect({ grant: bench.engine.grants.add(file(name, rows), 'file') }))
        .sheets[0];
    const sheet = await look('nominals feb.csv', [withCells(ellery, { 6: 'Bailed' })]);
    expect(sheet?.earlier.map((each) => [each.ref, each.file, each.key])).toEqual([
      ['SRC-2', 'nominals other.csv', [0]],
      ['SRC-1', 'nominals jan.csv', [0]],
    ]);
    await refreshRows(bench, [ellery]);
    const again = await look('nominals mar.csv', [thorne]);
    expect(again?.earlier.map((each) => each.ref)).toEqual(['SRC-3', 'SRC-2']);
    // Half of the references are blank: they tell nothing apart.
    const blanks = await look('nominals apr.csv', [
      withCells(thorne, { 0: '' }),
      withCells(ellery, { 0: '' }),
    ]);
    expect(blanks?.earlier[0]?.key).toEqual([1, 2]);
    const other = await bench.client.imports.inspect({
      grant: bench.engine.grants.add(
        writeCsv(bench, 'cars.csv', [
          ['VRM', 'Make'],
          ['AB12 CDE', 'Ford'],
        ]),
        'file',
      ),
    });
    expect(other.sheets[0]?.earlier).toEqual([]);
    await bench.engine.close();
  });
});
