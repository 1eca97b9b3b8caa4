/** One thing over several rows: what the further rows say is kept, with the row it came from. */
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SheetReport } from '../../shared/contract/schemas.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, importPaths, makeWorkspace, writeCsv } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace('Continued');
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

async function importRows(name: string, rows: string[][]): Promise<SheetReport> {
  const report = await importPaths(bench, [writeCsv(bench, `${name}.csv`, rows)]);
  const [sheet] = report.files[0]?.sheets ?? [];
  if (!sheet) throw new Error(report.files[0]?.error?.message ?? 'no sheet');
  expect(sheet.imported + sheet.updated + sheet.skipped + sheet.rejected).toBe(sheet.rows);
  return sheet;
}

const undo = () => bench.client.history.undo({});
const nominals = [
  ['Surname', 'Forename', 'DOB', 'Mobile', 'Home address'],
  ['HARTLEY', 'Jo', '13/04/1998', '07700 900101', '4 Mill Lane, Fellgate'],
  ['', '', '', '07700 900102', ''],
  ['', '', '', '07700 900103', '9 Quay Street, Fellgate'],
  ['OAKS', 'Sam', '14/05/1999', '07700 900104', ''],
];

describe('one thing over several rows', () => {
  test('rows with a blank name go on with the person above, each with its own place', async () => {
    const sheet = await importRows('nominals', nominals);
    expect(sheet).toMatchObject({ rows: 4, imported: 2, updated: 2, rejected: 0 });
    const people = await allRows(bench.client, 'people');
    expect(people.map((row) => row.name)).toEqual(['Jo Hartley', 'Sam Oaks']);
    const detail = await bench.client.records.show({ ref: people[0]?.ref ?? '' });
    expect(detail.links.map((link) => link.sources[0]?.row).sort()).toEqual([2, 2, 3, 4, 4]);
    await undo();
    expect(await allRows(bench.client, 'people')).toEqual([]);
    await bench.client.history.redo({});
    const again = await allRows(bench.client, 'people');
    expect(again.map((row) => [row.ref, row.name])).toEqual(people.map((row) => [row.ref, row.name]));
    expect((await bench.client.records.show({ ref: again[0]?.ref ?? '' })).links).toHaveLength(5);
    await undo();
  });

  test('a row after a gap, or after one that was rejected, goes on with nobody', async () => {
    const gap = await importRows('gap', [...nominals.slice(0, 3), [], ['', '', '', '07700 900109', '']]);
    expect(gap).toMatchObject({ imported: 1, updated: 1, skipped: 1, rejected: 1 });
    await undo();
    const lost = await importRows('lost', [
      ['Ref', 'Name', 'DOB', 'PNC ID', 'Mobile'],
      ['1', 'Jo HARTLEY', '13/04/1998', '', '07700 900101'],
      ['', '', '', '', '07700 900102'],
      ['Total', '2', '', '', ''],
      ['', '', '', '', '07700 900103'],
    ]);
    expect(lost).toMatchObject({ imported: 1, updated: 1, skipped: 1, rejected: 1 });
    await undo();
  });

  test('a new name under a blank reference is another person', async () => {
    await importRows('refs', [
      ['Nominal ref', 'Surname', 'Forename', 'DOB', 'Mobile'],
      ['N1', 'HARTLEY', 'Jo', '13/04/1998', '07700 900101'],
      ['', '', '', '', '07700 900102'],
      ['', 'OAKS', 'Sam', '14/05/1999', '07700 900103'],
    ]);
    expect((await allRows(bench.client, 'people')).map((row) => row.name)).toEqual([
      'Jo Hartley',
      'Sam Oaks',
    ]);
    await undo();
  });

  test('a log whose reference repeats is one item, its text in order, nothing in conflict', async () => {
    const sheet = await importRows('intel', [
      ['URN', 'Date of report', 'Grading', 'Intelligence', 'Mobile'],
      ['FE1', '13/10/2026', '2CP', 'Seen dealing by the bridge.', '07700 900101'],
      ['FE1', '', '', 'Left in a blue car.', '07700 900102'],
      ['FE2', '14/10/2026', '1AP', 'Nothing further.', ''],
    ]);
    expect(sheet).toMatchObject({ imported: 2, updated: 1 });
    const items = await allRows(bench.client, 'intelligence');
    expect(items.map((row) => row.text)).toEqual([
      'Seen dealing by the bridge.\nLeft in a blue car.',
      'Nothing further.',
    ]);
    expect(items[0]).toMatchObject({ grade: '2CP', needsRegrade: 'no' });
    await undo();
  });

  test('a further phone of a custody record is the detained person’s', async () => {
    await importRows('custody', [
      ['Custody No', 'Name', 'DOB', 'Offence', 'Arrest date', 'Mobile'],
      ['C1', 'Jo HARTLEY', '13/04/1998', 'Supply', '13/10/2026', '07700 900101'],
      ['', '', '', 'Possession', '', '07700 900102'],
    ]);
    const [person] = await allRows(bench.client, 'people');
    const detail = await bench.client.records.show({ ref: person?.ref ?? '' });
    expect(detail.links.filter((link) => link.relation === 'phone')).toHaveLength(2);
    const [custody] = await allRows(bench.client, 'custody');
    expect(custody?.offence).toBe('Supply\nPossession');
    await undo();
  });

  test('a row that says otherwise than the row above is no part of it, though it names nothing', async () => {
    const sheet = await importRows('warrants', [
      ['Warrant No', 'Power', 'Date issued', 'Premises to be searched'],
      ['W1', 's.23 MDA', '13/10/2026', '4 Mill Lane, Fellgate'],
      ['', '', '', '9 Quay Street, Fellgate'],
      ['', 'PACE s.8', '14/10/2026', ''],
    ]);
    expect(sheet).toMatchObject({ imported: 1, updated: 1, rejected: 1 });
    const [warrant] = await allRows(bench.client, 'warrants');
    expect(warrant?.issued).toBe('2026-10-13');
    await undo();
  });

  test('cells merged downwards say so', async () => {
    const workbook = new ExcelJS.Workbook();
    const page = workbook.addWorksheet('Nominals');
    page.addRows(nominals);
    page.mergeCells('A2:A4');
    page.mergeCells('B2:B4');
    page.mergeCells('C2:C4');
    const path = join(bench.folder, 'merged.xlsx');
    await workbook.xlsx.writeFile(path);
    const file = await bench.client.imports.inspect({ grant: bench.engine.grants.add(path, 'file') });
    expect(file.sheets[0]?.sameWhile).toEqual({ column: 0, when: 'blank' });
    expect(file.sheets[0]?.reasons.join(' ')).toContain('merged');
    const report = await importPaths(bench, [path]);
    expect(report.files[0]?.sheets[0]).toMatchObject({ imported: 2, updated: 2, rejected: 0 });
    await undo();
  });
});
