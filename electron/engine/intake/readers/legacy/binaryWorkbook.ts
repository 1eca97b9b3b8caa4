import { type CellObject, read, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { describeEncrypted } from '../sniff.ts';
import type { ReaderCaps, SheetReader, SheetRow, StoredValue } from '../types.ts';
import { arrangeFormats, type CellFormats, numberCell } from '../xlsx/cellValues.ts';
import { compileFormat, generalFormat } from '../xlsx/formatNumber.ts';
import { findCode } from '../xlsx/styles.ts';
import { describeDamage } from '../xlsx/zipArchive.ts';
import { checkRecords, isUnicode, workbookStream } from './biffRecords.ts';
import { batchCells, batchRows, type SheetHead, type WholeWorkbook } from './messages.ts';
import { refuseCell, refuseRows } from './refusals.ts';

/** The library's names for the built-in formats, which are those of the United States, by their ids. */
const builtInIds = new Map<string, number>(
  Object.entries({
    'm/d/yy': 14,
    'd-mmm-yy': 15,
    'd-mmm': 16,
    'h:mm': 20,
    'h:mm:ss': 21,
    'm/d/yy h:mm': 22,
    '#,##0 ;(#,##0)': 37,
    '#,##0 ;[Red](#,##0)': 38,
    '#,##0.00;(#,##0.00)': 39,
    '#,##0.00;[Red](#,##0.00)': 40,
    'mmss.0': 47,
  }),
);

const errorTexts: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

const visibilities: readonly SheetReader['visibility'][] = ['visible', 'hidden', 'very-hidden'];

type Cells = readonly (CellObject | undefined)[];

interface TableSheet {
  head: SheetHead;
  rows: readonly (Cells | undefined)[];
  isHidden: (row: number) => boolean;
}

/**
 * Reads a workbook of Excel 5 to 2003 (.xls) or a binary one (.xlsb). Runs in a thread of its own.
 *
 * @throws AppError `file.damaged`, `file.encrypted`, `file.hostile`, `file.too-many-rows`; anything
 *   else that is thrown means damage
 */
export async function readBinaryWorkbook(
  bytes: Uint8Array,
  format: 'xls' | 'xlsb',
  fileName: string,
  caps: ReaderCaps,
): Promise<WholeWorkbook> {
  if (format === 'xls') {
    const stream = workbookStream(bytes);
    const state = checkRecords(stream);
    if (state === 'encrypted') throw describeEncrypted(fileName);
    if (state === 'incomplete') throw describeDamage(fileName);
    // Before Excel 97 text stood in the code page of the machine; the tables are large and seldom needed.
    if (!isUnicode(stream)) set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  }
  // From a Buffer the library takes text in one piece; from any other array letter by letter, and as many
  // letters as the file claims.
  const workbook = read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    type: 'buffer',
    dense: true,
    cellNF: true,
    cellText: false,
    cellFormula: false,
    cellHTML: false,
    // In a binary workbook the library would leave out a sheet that it cannot read; records of an .xls
    // have been checked above, and there this would refuse odd but harmless ones.
    WTF: format === 'xlsb',
  });
  const notes: WholeWorkbook['notes'] = [];
  const sheets = listSheets(workbook, fileName, notes);
  for (const sheet of sheets) checkRows(sheet, fileName, caps);
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const formats = createFormats(date1904);
  return {
    sheets: sheets.map((sheet) => sheet.head),
    notes,
    rows: (sheet, from) => readBatch(sheets[sheet], from, formats, fileName, caps),
  };
}

function listSheets(workbook: WorkBook, fileName: string, notes: WholeWorkbook['notes']): TableSheet[] {
  const tables: TableSheet[] = [];
  const properties = workbook.Workbook?.Sheets ?? [];
  if (new Set(workbook.SheetNames).size !== workbook.SheetNames.length) throw describeDamage(fileName);
  for (const name of workbook.SheetNames) {
    if (!Object.hasOwn(workbook.Sheets, name)) throw describeDamage(fileName);
    const sheet = workbook.Sheets[name] as WorkSheet;
    // The library's types leave out macro and dialogue sheets.
    if (!['sheet', undefined].includes(sheet['!type'] as string | undefined)) {
      if (notes.length === 0) {
        notes.push({
          code: 'xlsx.sheet-without-cells',
          message: 'Chart, dialogue and macro sheets hold no rows and were left out.',
        });
      }
      continue;
    }
    const hidden = properties.find((each) => each.name === name)?.Hidden ?? 0;
    tables.push({
      head: {
        name,
        visibility: visibilities[hidden] ?? 'visible',
        merges: (sheet['!merges'] ?? []).map(({ s, e }) => ({
          firstRow: s.r + 1,
          lastRow: e.r + 1,
          firstColumn: s.c,
          lastColumn: e.c,
        })),
      },
      rows: (sheet['!data'] ?? []) as readonly (Cells | undefined)[],
      isHidden: (row) => sheet['!rows']?.[row]?.hidden === true,
    });
  }
  return tables;
}

function checkRows({ rows }: TableSheet, fileName: string, caps: ReaderCaps): void {
  if (rows.length > caps.maxRows) {
    throw refuseRows(fileName, caps);
  }
  for (const row of rows) if (row && row.length > caps.maxColumns) throw describeDamage(fileName);
}

interface Formats {
  cells: CellFormats;
  styleOf(code: string): number;
}

function createFormats(date1904: boolean): Formats {
  const cells = arrangeFormats([generalFormat], date1904);
  const known = new Map<string, number>([['General', 0]]);
  return {
    cells,
    styleOf(code) {
      let style = known.get(code);
      if (style === undefined) {
        const id = builtInIds.get(code);
        const own = id === undefined ? code : findCode(id, new Map());
        const format = /^general$/i.test(own) ? generalFormat : compileFormat(own);
        style = cells.all.push(format) - 1;
        known.set(code, style);
      }
      return style;
    },
  };
}

function readBatch(
  sheet: TableSheet | undefined,
  from: number,
  formats: Formats,
  fileName: string,
  caps: ReaderCaps,
): { rows: SheetRow[]; next: number | null } {
  const rows: SheetRow[] = [];
  let places = 0;
  const total = sheet?.rows.length ?? 0;
  for (let index = from; index < total; index++) {
    const cells = sheet?.rows[index];
    const row = cells && readRow(index, cells, formats, fileName, caps);
    if (!row) continue;
    if (sheet?.isHidden(index)) row.hidden = true;
    rows.push(row);
    places += row.text.length;
    if (rows.length >= batchRows || places >= batchCells) return { rows, next: index + 1 };
  }
  return { rows, next: null };
}

function readRow(
  index: number,
  cells: Cells,
  formats: Formats,
  fileName: string,
  caps: ReaderCaps,
): SheetRow | undefined {
  const text: string[] = [];
  let stored: (StoredValue | undefined)[] | undefined;
  // Rows may be wide and nearly empty: only what is there is looked at.
  cells.forEach((cell, column) => {
    const read = cell && readCell(cell, formats);
    if (!read || (read.text === '' && !read.stored)) return;
    if (read.text.length > caps.maxCellCharacters) throw refuseCell(fileName, index + 1, caps);
    while (text.length < column) text.push('');
    text[column] = read.text;
    if (read.stored) {
      stored ??= [];
      stored[column] = read.stored;
    }
  });
  if (text.length === 0) return undefined;
  return stored ? { row: index + 1, text, stored } : { row: index + 1, text };
}

function readCell(
  cell: CellObject,
  formats: Formats,
): { text: string; stored?: StoredValue | undefined } | undefined {
  const style = formats.styleOf(typeof cell.z === 'string' ? cell.z : 'General');
  switch (cell.t) {
    case 'n':
      // Excel stores no such numbers; where another program did, it shows this.
      if (typeof cell.v !== 'number' || !Number.isFinite(cell.v)) {
        return { text: '#NUM!', stored: { type: 'error', value: '#NUM!' } };
      }
      return numberCell(formats.cells, style, cell.v);
    case 'b':
      return { text: cell.v ? 'TRUE' : 'FALSE', stored: { type: 'boolean', value: Boolean(cell.v) } };
    case 'e': {
      const value = errorTexts[Number(cell.v)] ?? '#ERROR!';
      return { text: value, stored: { type: 'error', value } };
    }
    case 's': {
      const value = typeof cell.v === 'string' ? cell.v : '';
      if (value === '') return undefined;
      return { text: formats.cells.all[style]?.showText(value) ?? value };
    }
    default:
      return undefined;
  }
}
