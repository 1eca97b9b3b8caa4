/** Several tables on one sheet: each is found, read by its own mapping, and accounts for its rows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SheetMapping, SheetReport } from '../../shared/contract/schemas.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, importPaths, makeWorkspace, reopen, writeXlsx } from './support.ts';

type Cells = (string | number | null)[][];

let bench: Bench;
let files = 0;

beforeAll(async () => {
  bench = await makeWorkspace('Tables');
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const people: Cells = [
  ['Surname', 'Forename', 'DOB', 'PNC ID'],
  ['HARTLEY', 'Jo', '13/04/1998', null],
  ['OAKS', 'Sam', '14/05/1999', null],
  ['REED', 'Ali', '15/06/2000', null],
];
const vehicles: Cells = [
  ['VRM', 'Make', 'Model', 'Colour'],
  ['AB12 CDE', 'Ford', 'Fiesta', 'Blue'],
  ['AB12 CDF', 'Ford', 'Focus', 'Red'],
];

const accounted = (report: SheetReport) =>
  report.imported + report.updated + report.unchanged + report.skipped + report.rejected;

async function importSheets(cells: Cells, sheets?: SheetMapping[]): Promise<SheetReport[]> {
  files += 1;
  const path = await writeXlsx(bench, `tables ${files}.xlsx`, { Sheet1: cells });
  const report = await importPaths(bench, [path], sheets ? { sheets } : {});
  expect(report.files[0]?.error).toBeUndefined();
  const found = report.files[0]?.sheets ?? [];
  for (const sheet of found) expect(accounted(sheet)).toBe(sheet.rows);
  return found;
}

const undo = () => bench.client.history.undo({});
const beside = (left: Cells, right: Cells, gap = 1): Cells =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, row) => [
    ...(left[row] ?? (left[0] ?? []).map(() => null)),
    ...Array<null>(gap).fill(null),
    ...(right[row] ?? []),
  ]);

describe('stacked tables', () => {
  test('with a title and a gap: both are read, and no row below the first heading is lost', async () => {
    const cells: Cells = [['Fellgate nominals'], ...people, [], ['Vehicles seen'], ...vehicles];
    const [first, second, ...more] = await importSheets(cells);
    expect(more).toEqual([]);
    expect([first?.kind, second?.kind]).toEqual(['person', 'vehicle']);
    expect([first?.imported, second?.imported]).toEqual([3, 2]);
    expect(second?.table).toBe('from row 7');
    // Two headings above the first table's data are not part of a table; everything else is.
    expect((first?.rows ?? 0) + (second?.rows ?? 0)).toBe(cells.length - 2);
    expect(second?.skippedBy).toEqual({ 'title or heading of the table': 2 });
    expect(first?.skippedBy).toEqual({ 'blank row': 1 });
    const row = (await allRows(bench.client, 'vehicles'))[0];
    const detail = await bench.client.records.show({ ref: row?.ref ?? '' });
    expect(detail.values.make?.[0]).toMatchObject({ raw: 'Ford', row: 9, column: 'Make' });
    await undo();
    expect((await bench.client.grids.page({ grid: 'vehicles', limit: 1 })).total).toBe(0);
    await bench.client.history.redo({});
    expect((await bench.client.grids.page({ grid: 'vehicles', limit: 1 })).total).toBe(2);
    await undo();
  });

  test('without a title, without a gap, and three of them', async () => {
    const phones: Cells = [
      ['Phone number', 'Network', 'Subscriber', 'IMEI'],
      ['07700 900101', 'EE', 'Jo Hartley', null],
    ];
    const found = await importSheets([...people, [], ...vehicles, ...phones]);
    expect(found.map((each) => [each.kind, each.imported])).toEqual([
      ['person', 3],
      ['vehicle', 2],
      ['phone', 1],
    ]);
    await undo();
  });

  test('the heading of the next page is no new table, but a section with a title of its own is', async () => {
    const [page] = await importSheets([...people, [], people[0] ?? [], ['FELL', 'Max', '16/07/2001', null]]);
    expect(page).toMatchObject({ imported: 4, skippedBy: { 'repeated heading': 1, 'blank row': 1 } });
    await undo();
    const sections = await importSheets([
      ['North team'],
      ...people,
      [],
      ['South team'],
      people[0] ?? [],
      ['FELL', 'Max', '16/07/2001', null],
    ]);
    expect(sections.map((each) => [each.kind, each.imported, each.rejected])).toEqual([
      ['person', 3, 0],
      ['person', 1, 0],
    ]);
    await undo();
  });

  test('a table of no known kind is left out with its rows counted', async () => {
    const found = await importSheets([
      ...people,
      [],
      [],
      ['Canteen prices'],
      ['Dish', 'Pence'],
      ['Soup', 120],
      ['Pie', 240],
    ]);
    expect(found.map((each) => each.kind)).toEqual(['person', null]);
    expect(found[1]).toMatchObject({ rows: 4, skipped: 4, skippedBy: { 'table left out': 4 } });
    expect((await allRows(bench.client, 'people')).length).toBe(3);
    await undo();
  });

  test('blank rows, notes and words within one table do not split it', async () => {
    const found = await importSheets([
      ...people,
      [],
      ['FELL', 'Max', 'unknown', null],
      [],
      ['Name', 'Notes', null, null],
      ['GILL', 'Pat', '16/07/2001', null],
    ]);
    expect(found).toHaveLength(1);
    await undo();
  });

  test('a table far below the first rows', async () => {
    const many: Cells = Array.from({ length: 700 }, (_, index) => [
      `FELL${index}`,
      'Max',
      '16/07/2001',
      null,
    ]);
    const found = await importSheets([people[0] ?? [], ...many, [], ...vehicles]);
    expect(found.map((each) => [each.kind, each.imported])).toEqual([
      ['person', 700],
      ['vehicle', 2],
    ]);
    await undo();
  });
});

describe('tables side by side', () => {
  test('of different kinds and lengths, with blank columns between', async () => {
    for (const gap of [1, 3]) {
      const found = await importSheets(beside(people, vehicles, gap));
      expect(found.map((each) => [each.kind, each.imported, each.rejected])).toEqual([
        ['person', 3, 0],
        ['vehicle', 2, 0],
      ]);
      expect(await allRows(bench.client, 'people')).toHaveLength(3);
      const [car] = await allRows(bench.client, 'vehicles');
      const detail = await bench.client.records.show({ ref: car?.ref ?? '' });
      expect(detail.links).toEqual([]);
      expect(detail.values.colour?.[0]).toMatchObject({ raw: 'Blue', column: 'Colour' });
      await undo();
    }
  });

  test('of the same kind: the same headings again to the right', async () => {
    const found = await importSheets(
      beside(
        people,
        people.map((row) => [...row].reverse()),
      ),
    );
    expect(found.map((each) => each.kind)).toEqual(['person', 'person']);
    expect(found.map((each) => each.rows)).toEqual([3, 3]);
    await undo();
  });

  test('one table with a blank column in it stays one', async () => {
    const found = await importSheets([
      ['Surname', 'Forename', 'DOB', null, 'Mobile', 'Vehicle', 'Address'],
      ['HARTLEY', 'Jo', '13/04/1998', null, '07700 900101', 'AB12 CDE', '4 Mill Lane, Fellgate'],
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]?.kind).toBe('person');
    await undo();
  });
});

describe('tables as the user says', () => {
  const area = (firstRow: number, lastRow: number | null) => ({
    firstRow,
    lastRow,
    firstColumn: 0,
    lastColumn: null,
  });
  const mapping = (headerRow: number, table: SheetMapping['table']): SheetMapping => ({
    sheet: 'Sheet1',
    kind: 'vehicle',
    headerRow,
    columns: ['vrm', 'make', 'model', 'colour'],
    ...(table ? { table } : {}),
  });

  test('rows that no table has are counted as left out', async () => {
    const cells = [...people, [], ...vehicles];
    const found = await importSheets(cells, [mapping(6, area(6, null))]);
    expect(found.map((each) => [each.kind, each.rows])).toEqual([
      ['vehicle', 3],
      [null, 5],
    ]);
    await undo();
    await reopen(bench);
    await bench.client.history.redo({});
    expect(await allRows(bench.client, 'vehicles')).toHaveLength(2);
    await undo();
  });

  test('tables that share cells, and a heading outside its table, are refused', async () => {
    const cells = [...people, [], ...vehicles];
    const path = await writeXlsx(bench, 'refused.xlsx', { Sheet1: cells });
    for (const sheets of [
      [mapping(6, area(6, null)), mapping(6, area(5, 8))],
      [mapping(6, undefined), mapping(6, area(6, 8))],
      [mapping(4, area(6, 8))],
    ]) {
      const report = await importPaths(bench, [path], { sheets });
      expect(report.files[0]?.error?.code).toBe('mapping.misfit');
    }
  });
});
