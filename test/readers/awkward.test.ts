import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openFileSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import { collectCells } from './support/readCells.ts';

const folder = fileURLToPath(new URL('../../../shared/data/awkward/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn('SKIPPED: the awkward spreadsheets are not here (../shared/data/awkward)');
const names = present ? readdirSync(folder).filter((name) => /\.\w+$/.test(name)) : [];

async function inspectFile(name: string) {
  const opened = await openSpreadsheet(await openFileSource(folder + name));
  try {
    return { sheets: await collectCells(opened), notes: opened.notes.map((note) => note.code) };
  } finally {
    await opened.close();
  }
}

/** Rows of one sheet as `text|value|type`. */
async function inspectSheet(name: string, sheet: number): Promise<string[][]> {
  const { sheets } = await inspectFile(name);
  return (sheets[sheet]?.rows ?? []).map((row) =>
    row.map((cell) => `${cell.text}|${cell.value}|${cell.type}`),
  );
}

describe.skipIf(!present)('awkward files', () => {
  test.each(names)('%s is read', async (name) => {
    expect(await inspectFile(name)).toHaveProperty('sheets');
  });

  test('day numbers around the leap day that never was', async () => {
    const rows = await inspectSheet('readxl-dates-leap-year-1900-xlsx.xlsx', 0);
    expect(rows.map((row) => row[0])).toEqual([
      'dttm|dttm|text',
      '01 January 1900|1900-01-01T08:00:00|datetime',
      '02 January 1900|1900-01-02T08:00:00|datetime',
      '28 February 1900|1900-02-28T08:00:00|datetime',
      '29 February 1900|60.333333333333336|number',
      '01 March 1900|1900-03-01T08:00:00|datetime',
      '31 December 1903|1903-12-31T08:00:00|datetime',
      '01 January 1904|1904-01-01T08:00:00|datetime',
    ]);
  });

  test('times that binary fractions bend', async () => {
    const rows = await inspectSheet('readxl-datetime-rounding.xlsx', 0);
    for (const [shown, written] of rows.slice(1)) {
      expect(shown?.split('|')[1]?.replace('T', ' ').slice(0, 16)).toBe(written?.split('|')[1]?.slice(0, 16));
    }
  });

  test('every sort of cell', async () => {
    const rows = await inspectSheet('readxl-types.xlsx', 2);
    const byName = new Map(rows.map((row) => [row[0]?.split('|')[0], row[1]]));
    expect(byName.get('text formula')).toBe('HELLO WORLD|HELLO WORLD|text');
    expect(byName.get('numeric formula')).toBe('1.69|1.6900000000000002|number');
    expect(byName.get('boolean formula false')).toBe('FALSE|false|boolean');
    expect(byName.get('date')).toBe('26/02/2016|2016-02-26|date');
    expect(byName.get('error #N/A explicit')).toBe('#N/A|#N/A|error');
    expect(byName.get('blank')).toBeUndefined();
  });

  test('a cell far to the right, and one sheet of charts left out', async () => {
    expect((await inspectSheet('readxl-geometry.xlsx', 3))[5]).toHaveLength(967);
    const charts = await inspectFile('readxl-embedded-chartsheet.xlsx');
    expect(charts.sheets.map((sheet) => sheet.name)).toEqual(['iris', 'mtcars', 'chickwts', 'quakes']);
    expect(charts.notes).toContain('xlsx.sheet-without-cells');
  });

  test('line breaks, spaces and letters of every alphabet survive', async () => {
    expect((await inspectSheet('readxl-new_line_errors.xlsx', 0))[1]?.[0]).toMatch(
      /^first line of text \r\nsecond line/,
    );
    expect((await inspectSheet('readxl-whitespace-xlsx.xlsx', 0))[0]).toEqual([
      ' <-space, space-> | <-space, space-> |text',
    ]);
    expect((await inspectFile('readxl-utf8-sheet-names.xlsx')).sheets.map((sheet) => sheet.name)).toEqual([
      'µ',
      '∂',
    ]);
    const wide = await inspectFile('utf-16le_encoded.csv');
    expect(wide.sheets[0]?.rows).toHaveLength(328);
    expect(wide.notes).toEqual([]);
  });

  test('the same table by two programs reads the same', async () => {
    const excel = await inspectSheet('readxl-iris-excel-xlsx.xlsx', 0);
    expect(excel).toEqual(await inspectSheet('readxl-iris-google-doc.xlsx', 0));
    expect(excel).toHaveLength(151);
  });
});
