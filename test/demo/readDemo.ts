import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';

export const demoFolder = join(import.meta.dirname, '..', '..', 'resources', 'demo');

/** The committed bytes of a demonstration file. */
export function readDemoFile(path: string): Buffer {
  return readFileSync(join(demoFolder, path));
}

export interface ReadCell {
  text: string;
  stored: 'text' | 'number' | 'date';
}

/** Rows by their number, 1-based: index 0 is empty. */
export type ReadSheet = ReadCell[][];

function readCell(value: ExcelJS.CellValue): ReadCell {
  if (value === null || value === undefined) return { text: '', stored: 'text' };
  if (value instanceof Date) {
    const [year, month, day] = value.toISOString().slice(0, 10).split('-');
    return { text: `${day}/${month}/${year}`, stored: 'date' };
  }
  return { text: String(value), stored: typeof value === 'number' ? 'number' : 'text' };
}

/** Every sheet of a workbook by name, read with exceljs. */
export async function readWorkbook(path: string): Promise<Map<string, ReadSheet>> {
  const workbook = new ExcelJS.Workbook();
  const bytes = readDemoFile(path);
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  );
  return new Map(
    workbook.worksheets.map((sheet) => {
      const rows: ReadSheet = [[]];
      for (let row = 1; row <= sheet.rowCount; row += 1) {
        const cells: ReadCell[] = [];
        for (let column = 1; column <= sheet.columnCount; column += 1) {
          cells.push(readCell(sheet.getCell(row, column).value));
        }
        rows.push(cells);
      }
      return [sheet.name, rows];
    }),
  );
}

/** A CSV file of the demonstration; `subscribers.csv` alone is Windows-1252 with semicolons. */
export function readCsv(path: string): ReadSheet {
  const old = path === 'subscribers.csv';
  const text = new TextDecoder(old ? 'windows-1252' : 'utf-8').decode(readDemoFile(path));
  const records: string[][] = parse(text, {
    delimiter: old ? ';' : ',',
    relax_column_count: true,
    skip_empty_lines: false,
  });
  return [[], ...records.map((record) => record.map((cell): ReadCell => ({ text: cell, stored: 'text' })))];
}

/** The sheet that truth.json speaks of. */
export async function readSheet(file: string, sheet: string | null): Promise<ReadSheet> {
  if (sheet === null) return readCsv(file);
  const found = (await readWorkbook(file)).get(sheet);
  if (!found) throw new Error(`${file} has no sheet ${sheet}`);
  return found;
}

/** Position of a column by its header text. */
export function findColumn(rows: ReadSheet, headerRow: number, header: string): number {
  const column = (rows[headerRow] ?? []).findIndex((cell) => cell.text === header);
  if (column < 0) throw new Error(`no column ${header}`);
  return column;
}

export interface TruthSheet {
  sheet: string | null;
  kind: string;
  headerRow: number;
  mapping: Record<string, string | null>;
  rows: number;
  imported: number;
  skipped: number;
  rejected: number;
  skippedRows: { row: number; reason: string }[];
  rejectedRows: { row: number; code: string }[];
  issues: { row: number; column: string; code: string }[];
}

export interface Truth {
  files: { file: string; sha256: string; sheets: TruthSheet[] }[];
  rejected: { file: string; row: number; code: string }[];
  ambiguousDates: { file: string; row: number; column: string }[];
  distinct: {
    people: { distinct: number; records: number; joined: { file: string; row: number }[][] };
    phones: Record<string, number>;
    premises: { inPremises: number };
    vehicles: { inAnyFile: number };
  };
  samples: { file: string; sheet: string | null; row: number; column: string; raw: string; stored: string }[];
}

/** The committed truth.json. */
export const truth: Truth = JSON.parse(readDemoFile('truth.json').toString('utf8'));
/** Every sheet that truth.json speaks of, with its file. */
export const sheets = truth.files.flatMap(({ file, sheets }) => sheets.map((sheet) => ({ file, ...sheet })));
/** What the files hold, by file and sheet. */
export const content = new Map<string, ReadSheet>();
export const contentOf = (file: string, sheet: string | null): ReadSheet =>
  content.get(`${file}|${sheet}`) ?? [];

/** Texts of a column over the rows that must be imported, with their row numbers. */
export function listColumn(file: string, header: string): { row: number; text: string; stored: string }[] {
  const sheet = sheets.find((candidate) => candidate.file === file && header in candidate.mapping);
  if (!sheet) throw new Error(`${file} has no column ${header}`);
  const rows = contentOf(file, sheet.sheet);
  const column = findColumn(rows, sheet.headerRow, header);
  const left = new Set([...sheet.skippedRows, ...sheet.rejectedRows].map(({ row }) => row));
  return rows.flatMap((cells, row) => {
    const cell = cells[column];
    return row > sheet.headerRow && !left.has(row) && cell
      ? [{ row, text: cell.text, stored: cell.stored }]
      : [];
  });
}

/** Reads every sheet of truth.json once; `contentOf` and `listColumn` need it. */
export async function loadContent(): Promise<void> {
  for (const { file, sheet } of sheets) content.set(`${file}|${sheet}`, await readSheet(file, sheet));
}
