/**
 * Every value that comes from a file names file, sheet, row and column, and its raw text is what stands in
 * that very cell: read again here with exceljs and csv-parse, which the engine's readers do not use.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourcedValue } from '../../shared/contract/schemas.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import { cleanUp, contentGrids, demoFiles, demoFolder, importDemo, makeWorkspace } from './support.ts';

/** `shown[row][column]`, both 1-based, as the sheet shows it. */
type Sheet = string[][];
const files = new Map<string, Map<string, Sheet>>();

/** What a cell shows. Date cells of the demonstration all carry the format DD/MM/YYYY. */
function show(cell: ExcelJS.Cell): string {
  const { value } = cell;
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    expect(cell.numFmt.toLowerCase()).toBe('dd/mm/yyyy');
    const [year, month, day] = value.toISOString().slice(0, 10).split('-');
    return `${day}/${month}/${year}`;
  }
  return String(value);
}

async function readWorkbook(path: string): Promise<Map<string, Sheet>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return new Map(
    workbook.worksheets.map((sheet) => {
      const rows: Sheet = [[]];
      for (let row = 1; row <= sheet.rowCount; row += 1) {
        const cells = [''];
        for (let column = 1; column <= sheet.columnCount; column += 1)
          cells.push(show(sheet.getCell(row, column)));
        rows.push(cells);
      }
      return [sheet.name, rows];
    }),
  );
}

/** `subscribers.csv` alone is Windows-1252 with semicolons. */
function readCsv(file: string): Map<string, Sheet> {
  const old = file === 'subscribers.csv';
  const text = new TextDecoder(old ? 'windows-1252' : 'utf-8').decode(readFileSync(join(demoFolder, file)));
  const records: string[][] = parse(text, {
    delimiter: old ? ';' : ',',
    relax_column_count: true,
    skip_empty_lines: false,
  });
  return new Map([[file.replace(/\.csv$/, ''), [[], ...records.map((record) => ['', ...record])]]]);
}

let bench: Bench;
const headerRows = new Map<string, number>();

beforeAll(async () => {
  for (const file of demoFiles)
    files.set(file, file.endsWith('.csv') ? readCsv(file) : await readWorkbook(join(demoFolder, file)));
  bench = await makeWorkspace();
  const report = await importDemo(bench);
  for (const file of report.files)
    for (const sheet of file.sheets) headerRows.set(`${file.file}|${sheet.sheet}`, sheet.headerRow);
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

/** What stands in the cells that a value names, or why they cannot be found. */
function cellsOf(value: SourcedValue): { shown: string } | { missing: string } {
  const sheet = files.get(value.file)?.get(value.sheet ?? '');
  if (!sheet) return { missing: 'no such sheet' };
  const row = sheet[value.row ?? 0];
  if (!row || !value.row) return { missing: 'no such row' };
  const headings = sheet[headerRows.get(`${value.file}|${value.sheet}`) ?? 0] ?? [];
  const shown: string[] = [];
  for (const heading of (value.column ?? '').split(' + ')) {
    const column = headings.findIndex((text) => text.trim() === heading);
    if (column < 1) return { missing: `no column ${heading}` };
    shown.push(row[column] ?? '');
  }
  return { shown: shown.join(' | ') };
}

const pageRows = 1000;

async function refsOf(grid: GridName, every: number): Promise<string[]> {
  const refs: string[] = [];
  const { total } = await bench.client.grids.page({ grid, limit: 0 });
  for (let offset = 0; offset < total; offset += pageRows) {
    const page = await bench.client.grids.page({ grid, offset, limit: pageRows });
    page.rows.forEach((row, index) => {
      if ((offset + index) % every === 0) refs.push(row.ref);
    });
  }
  return refs;
}

describe('records.show', () => {
  const checked = new Map<string, number>();

  it.each(contentGrids)('names the very cell of every value: %s', async (grid) => {
    const wrong: unknown[] = [];
    let values = 0;
    const refs = await refsOf(grid, grid === 'communications' ? 97 : 1);
    for (const ref of refs) {
      const detail = await bench.client.records.show({ ref });
      for (const [field, list] of Object.entries(detail.values)) {
        for (const value of list) {
          if (value.file === 'analyst') continue;
          values += 1;
          checked.set(value.file, (checked.get(value.file) ?? 0) + 1);
          const cells = cellsOf(value);
          const problem =
            'missing' in cells
              ? cells.missing
              : cells.shown === value.raw
                ? null
                : `the cell: ${cells.shown}`;
          // A value with nothing in its cells did not come from them; a missing grade is what 'needs grading' says.
          const empty = (value.raw ?? '').trim() === '' && field !== 'needsRegrade';
          if (problem !== null || empty) wrong.push({ ref, field, problem, value });
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    if (refs.length > 0 && grid !== 'operation') expect(values).toBeGreaterThan(refs.length);
  });

  it('has been held to every file', () => {
    expect([...checked.keys()].sort()).toEqual([...demoFiles].sort());
    expect([...checked.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(4000);
  });

  it('gives a value for every field that the row shows, and marks the one shown', async () => {
    const wrong: string[] = [];
    for (const grid of ['people', 'phones', 'premises', 'vehicles', 'officers', 'warrants'] as const) {
      for (const ref of await refsOf(grid, 1)) {
        const detail = await bench.client.records.show({ ref });
        for (const [field, list] of Object.entries(detail.values)) {
          const shown = detail.row[field];
          const preferred = list.filter((value) => value.preferred);
          if (preferred.length === 0) wrong.push(`${ref} ${field}: none is preferred`);
          // Fields that add up (notes, aliases) show several values in one.
          else if (!preferred.every((value) => String(shown).includes(String(value.value))))
            wrong.push(`${ref} ${field}: another value is shown`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('says where each link comes from', async () => {
    let links = 0;
    for (const ref of await refsOf('people', 1)) {
      for (const link of (await bench.client.records.show({ ref })).links) {
        if (link.sources.length === 0) expect(link.relation, `${ref} ${link.ref}`).toMatch(/ of /);
        for (const place of link.sources) {
          links += 1;
          expect(files.get(place.file)?.get(place.sheet ?? '')?.[place.row ?? 0]).toBeDefined();
        }
      }
    }
    expect(links).toBeGreaterThan(80);
  });
});
