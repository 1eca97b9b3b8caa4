/** What a sheet hides, what hangs on its cells, and what stands around its table. */
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bench } from './support.ts';
import { allRows, cleanUp, countTables, importPaths, makeWorkspace, sessionOf, writeCsv } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace('Sheets');
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const undo = () => bench.client.history.undo({});
const inspect = (path: string) =>
  bench.client.imports.inspect({ grant: bench.engine.grants.add(path, 'file') });

async function write(name: string, fill: (workbook: ExcelJS.Workbook) => void): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  const path = join(bench.folder, name);
  await workbook.xlsx.writeFile(path);
  return path;
}

const nominals = [
  ['Surname', 'Forename', 'DOB', 'PNC ID'],
  ['HARTLEY', 'Jo', '13/04/1998', ''],
  ['OAKS', 'Sam', '14/05/1999', ''],
  ['REED', 'Ali', '15/06/2000', ''],
];

describe('hidden rows, columns and sheets', () => {
  test('are told by number and letter, and read like others', async () => {
    const path = await write('hidden.xlsx', (workbook) => {
      const page = workbook.addWorksheet('Nominals');
      page.addRows(nominals);
      page.getRow(3).hidden = true;
      page.getColumn(3).hidden = true;
      workbook.addWorksheet('More', { state: 'veryHidden' }).addRows(nominals.slice(0, 2));
    });
    const { sheets } = await inspect(path);
    const notes = Object.fromEntries((sheets[0]?.notes ?? []).map(({ code, message }) => [code, message]));
    expect(notes['rows.hidden']).toContain('1 row (3)');
    expect(notes['columns.hidden']).toContain('1 column (C)');
    expect(sheets[1]?.notes.map((note) => note.code)).toEqual(['sheet.hidden']);
    const report = await importPaths(bench, [path]);
    expect(report.files[0]?.sheets.map((sheet) => sheet.imported + sheet.updated)).toEqual([3, 1]);
    expect((await allRows(bench.client, 'people')).map((row) => row.dob)).toContain('1999-05-14');
    await undo();
  });
});

describe('comments and links', () => {
  test('stay with the source row, and go when the import is undone', async () => {
    const path = await write('comments.xlsx', (workbook) => {
      const page = workbook.addWorksheet('Nominals');
      page.addRows(nominals);
      page.getCell('A2').note = 'Seen with Oaks in May.';
      page.getCell('D3').value = { text: 'photograph', hyperlink: 'https://example.invalid/photo' };
    });
    const before = countTables(sessionOf(bench), ['journal']);
    await importPaths(bench, [path]);
    const people = await allRows(bench.client, 'people');
    const person = people.find((row) => row.name === 'Jo Hartley');
    const view = await bench.client.sources.view({ ref: person?.ref ?? '', field: 'name' });
    const cells = view.rows.flatMap((row) => row.cells);
    expect(cells.some((cell) => cell.comment?.includes('Seen with Oaks in May.'))).toBe(true);
    expect(cells.map((cell) => cell.link)).toContain('https://example.invalid/photo');
    await undo();
    expect(countTables(sessionOf(bench), ['journal']).cell_annotation).toBe(before.cell_annotation);
  });
});

describe('what stands around a table', () => {
  test('titles, units, totals, notes and markings are accounted for and are nobody', async () => {
    const report = await importPaths(bench, [
      writeCsv(bench, 'around.csv', [
        ['OFFICIAL-SENSITIVE', '', '', ''],
        ['Nominals of the North team', '', '', ''],
        ['', '', '', ''],
        ...nominals.slice(0, 1),
        ['(text)', '(text)', '(dd/mm/yyyy)', '(optional)'],
        ...nominals.slice(1),
        ['Total', '3', '', ''],
        ['Source: returns of 13 October', '', '', ''],
        ['Page 1 of 2', '', '', ''],
        ['OFFICIAL-SENSITIVE', '', '', ''],
        ...nominals.slice(0, 1),
        ['FELL', 'Max', '16/07/2001', ''],
        ['Produced by the intelligence unit', '', '', ''],
      ]),
    ]);
    expect(report.files[0]?.sheets).toHaveLength(1);
    expect(report.files[0]?.sheets[0]).toMatchObject({
      headerRow: 4,
      rows: 11,
      imported: 4,
      rejected: 0,
      skipped: 7,
      skippedBy: {
        'units under the heading': 1,
        'total row': 1,
        'note beside the table': 3,
        'marking of the page': 1,
        'repeated heading': 1,
      },
    });
    await undo();
  });

  test('a file marked above the ceiling at its foot is refused', async () => {
    const report = await importPaths(bench, [
      writeCsv(bench, 'foot.csv', [...nominals, ...nominals.slice(1), ['TOP SECRET', '', '', '']]),
    ]);
    expect(report.files[0]?.error?.code).toBe('file.marking');
  });

  test('a heading over three lines', async () => {
    const { sheets } = await inspect(
      writeCsv(bench, 'three.csv', [
        ['Person', '', '', 'Contact', ''],
        ['Name', '', 'Birth', 'Phone', 'Home'],
        ['Surname', 'Forename', 'DOB', 'Mobile', 'Address'],
        ['HARTLEY', 'Jo', '13/04/1998', '07700 900101', '4 Mill Lane, Fellgate'],
      ]),
    );
    expect(sheets[0]).toMatchObject({ kind: 'person', headerRow: 3 });
    expect(sheets[0]?.columns.map((column) => column.field)).toEqual([
      'surname',
      'forenames',
      'dob',
      'phone.number',
      'premises.address',
    ]);
  });

  test('a sheet that is turned is recognised, and said not to be read', async () => {
    const { sheets } = await inspect(
      writeCsv(bench, 'card.csv', [
        ['Surname', 'HARTLEY', 'OAKS'],
        ['Forename', 'Jo', 'Sam'],
        ['DOB', '13/04/1998', '14/05/1999'],
        ['Mobile', '07700 900101', ''],
      ]),
    );
    expect(sheets[0]?.kind).toBeNull();
    expect(sheets[0]?.notes.map((note) => note.code)).toEqual(['layout.turned']);
  });

  test('words that any sheet has do not make it a list of warrants or crimes', async () => {
    const { sheets } = await inspect(
      writeCsv(bench, 'requirements.csv', [
        ['Outline number', 'ID', 'Name', 'Type', 'Description'],
        ['1.1', '7', 'Login', 'Functional', 'Users log in.'],
      ]),
    );
    expect(sheets[0]?.kind).toBeNull();
  });
});
