/** Who with whom: a matrix of people or phones becomes links, each with the words of its cell. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bench } from './support.ts';
import { allRows, cleanUp, importPaths, makeWorkspace, writeCsv } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace('Matrix');
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const undo = () => bench.client.history.undo({});
const inspect = async (path: string) =>
  (await bench.client.imports.inspect({ grant: bench.engine.grants.add(path, 'file') })).sheets[0];

async function linksOf(grid: 'people' | 'phones', find: string): Promise<string[]> {
  const rows = await allRows(bench.client, grid);
  const row = rows.find((each) => [each.name, each.number].includes(find));
  const detail = await bench.client.records.show({ ref: row?.ref ?? '' });
  return detail.links.map((link) => `${link.relation}: ${link.label}`).sort();
}

const people = [
  ['Who knows whom', '', '', ''],
  ['', 'Jo HARTLEY', 'Sam OAKS', 'Ali REED'],
  ['Jo HARTLEY', '-', 'cousins', ''],
  ['Sam OAKS', 'x', 'x', '12'],
  ['Ali REED', '', '', ''],
  ['Total', '1', '2', '1'],
];

describe('a matrix of people', () => {
  test('links those whose cell is filled, once each, with its words; nobody with themselves', async () => {
    const path = writeCsv(bench, 'associations.csv', people);
    const guess = await inspect(path);
    expect(guess).toMatchObject({ layout: 'matrix', kind: 'person', headerRow: 2 });
    expect(guess?.confidence).toBeGreaterThan(0.8);
    expect(guess?.reasons.join()).toContain('first column');
    const report = await importPaths(bench, [path]);
    const [sheet] = report.files[0]?.sheets ?? [];
    expect(sheet).toMatchObject({ rows: 4, imported: 1, updated: 2, skipped: 1, rejected: 0 });
    const rows = await allRows(bench.client, 'people');
    expect(rows.map((row) => row.name).sort()).toEqual(['Ali Reed', 'Jo Hartley', 'Sam Oaks']);
    expect(await linksOf('people', 'Jo Hartley')).toEqual(['contact: Sam Oaks', 'cousins: Sam Oaks']);
    expect(await linksOf('people', 'Sam Oaks')).toEqual([
      'contact (12): Ali Reed',
      'contact: Jo Hartley',
      'cousins: Jo Hartley',
    ]);
    const sam = rows.find((row) => row.name === 'Sam Oaks');
    const detail = await bench.client.records.show({ ref: sam?.ref ?? '' });
    expect(detail.values.name?.map((value) => [value.row, value.raw]).sort()).toEqual([
      [3, 'cousins'],
      [4, 'Sam OAKS'],
    ]);
    await undo();
    expect(await allRows(bench.client, 'people')).toEqual([]);
    await bench.client.history.redo({});
    expect((await allRows(bench.client, 'people')).map((row) => [row.ref, row.name])).toEqual(
      rows.map((row) => [row.ref, row.name]),
    );
    await undo();
  });

  test('the same label in another matrix is not said to be the same person', async () => {
    await importPaths(bench, [
      writeCsv(bench, 'one.csv', people.slice(1, 5)),
      writeCsv(
        bench,
        'two.csv',
        people.slice(1, 5).map((row) => [...row, '']),
      ),
    ]);
    expect(await allRows(bench.client, 'people')).toHaveLength(6);
    await undo();
  });

  test('a row without a label is rejected with what it says', async () => {
    const report = await importPaths(bench, [
      writeCsv(bench, 'unnamed.csv', [...people.slice(1, 5), ['', 'x', '', '']]),
    ]);
    const [sheet] = report.files[0]?.sheets ?? [];
    expect(sheet).toMatchObject({ rows: 4, rejected: 1 });
    expect(sheet?.issues.find((issue) => issue.outcome === 'rejected')?.raw).toBe('x');
    await undo();
  });
});

describe('a matrix of phones', () => {
  test('links the phones by their numbers', async () => {
    const path = writeCsv(bench, 'phones.csv', [
      ['Calls', '07700 900101', '07700 900102', '07700 900103'],
      ['07700 900101', '', '14', '0'],
      ['+44 7700 900102', '3', '', '1'],
    ]);
    expect(await inspect(path)).toMatchObject({ layout: 'matrix', kind: 'phone', headerRow: 1 });
    await importPaths(bench, [path]);
    expect(await allRows(bench.client, 'phones')).toHaveLength(3);
    expect(await linksOf('phones', '+447700900101')).toEqual([
      'contact (14): +447700900102',
      'contact (3): +447700900102',
    ]);
    await undo();
  });
});

describe('what is no matrix', () => {
  test('tables of people, a table under its repeated heading, calls without a heading', async () => {
    const tables = [
      [
        ['Name', 'DOB', 'Associate'],
        ['Jo HARTLEY', '13/04/1998', 'Sam OAKS'],
        ['Sam OAKS', '14/05/1999', 'Jo HARTLEY'],
      ],
      [
        ['Surname', 'Forename', 'Role'],
        ['HARTLEY', 'Jo', 'runner'],
        ['Surname', 'Forename', 'Role'],
        ['OAKS', 'Sam', 'runner'],
      ],
      [
        ['07700 900101', '07700 900102'],
        ['07700 900101', '07700 900103'],
        ['07700 900102', '07700 900103'],
      ],
    ];
    for (const [index, rows] of tables.entries())
      expect((await inspect(writeCsv(bench, `table ${index}.csv`, rows)))?.layout).toBe('rows');
  });
});
