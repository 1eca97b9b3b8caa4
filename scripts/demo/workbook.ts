import ExcelJS from 'exceljs';
import type { Table } from './table.ts';

export interface SheetLook {
  /** Rows above the header, one text each, merged over the width of the table. */
  titles: readonly string[];
  /** Bands in the row right above the header: text and how many columns it spans. */
  bands?: readonly { text: string; span: number }[];
  font: string;
  headerColour: string;
}

const fixedTime = new Date('2026-11-23T16:40:00.000Z');
const border = { style: 'thin', color: { argb: 'FFB0B7BF' } } as const;

/** An empty workbook whose properties carry no clock. */
export function createWorkbook(author: string): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = author;
  workbook.lastModifiedBy = author;
  workbook.created = fixedTime;
  workbook.modified = fixedTime;
  return workbook;
}

/** Draws a table as a sheet: titles, bands, header, rows. Every date cell shows DD/MM/YYYY. */
export function drawSheet(workbook: ExcelJS.Workbook, table: Table, look: SheetLook): ExcelJS.Worksheet {
  const above = look.titles.length + (look.bands ? 1 : 0);
  if (table.headerRow !== above + 1) throw new Error(`${table.file}: header row is not where it is drawn`);
  const sheet = workbook.addWorksheet(table.sheet ?? 'Sheet1', {
    views: [{ state: 'frozen', ySplit: table.headerRow }],
    pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddHeader: '&COFFICIAL-SENSITIVE', oddFooter: '&COFFICIAL-SENSITIVE' },
  });
  const width = table.columns.length;
  table.columns.forEach((column, index) => {
    sheet.getColumn(index + 1).width = column.width ?? 14;
  });
  look.titles.forEach((title, index) => {
    const row = index + 1;
    if (title === '') return;
    const cell = sheet.getCell(row, 1);
    cell.value = title;
    cell.font = { name: look.font, size: index === 0 ? 14 : 10, bold: index < 2 };
    cell.alignment = { horizontal: index === 1 ? 'center' : 'left' };
    sheet.mergeCells(row, 1, row, width);
  });
  let bandStart = 1;
  for (const band of look.bands ?? []) {
    const cell = sheet.getCell(above, bandStart);
    cell.value = band.text;
    cell.font = { name: look.font, size: 10, bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF44546A' } };
    cell.alignment = { horizontal: 'center' };
    if (band.span > 1) sheet.mergeCells(above, bandStart, above, bandStart + band.span - 1);
    bandStart += band.span;
  }
  const drawHeader = (rowNumber: number): void => {
    table.columns.forEach((column, index) => {
      const cell = sheet.getCell(rowNumber, index + 1);
      cell.value = column.header;
      cell.font = { name: look.font, size: 10, bold: true };
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: look.headerColour } };
      cell.alignment = { wrapText: true, vertical: 'middle' };
      cell.border = { top: border, bottom: border, left: border, right: border };
    });
  };
  drawHeader(table.headerRow);
  table.rows.forEach((row, index) => {
    const rowNumber = table.headerRow + index + 1;
    if (row.fate.fate === 'skipped' && row.fate.reason === 'repeated heading') {
      drawHeader(rowNumber);
      return;
    }
    const bold = row.fate.fate === 'skipped';
    row.cells.forEach((value, column) => {
      if (value === null) return;
      const cell = sheet.getCell(rowNumber, column + 1);
      cell.value = value;
      cell.font = { name: look.font, size: 10, bold };
      if (value instanceof Date) cell.numFmt = 'dd/mm/yyyy';
      cell.alignment = { vertical: 'top', wrapText: typeof value === 'string' && value.length > 30 };
      cell.border = { bottom: border };
    });
  });
  return sheet;
}

/** A sheet of plain lines with no table in it. */
export function drawNotes(workbook: ExcelJS.Workbook, name: string, lines: readonly string[]): void {
  const sheet = workbook.addWorksheet(name);
  sheet.getColumn(1).width = 90;
  lines.forEach((line, index) => {
    sheet.getCell(index + 1, 1).value = line;
  });
}

/** The zip keeps the time at which each part was written: set them all to one, so bytes stay the same. */
function fixZipTimes(bytes: Buffer): void {
  const dosTime = (16 << 11) | (40 << 5);
  const dosDate = ((2026 - 1980) << 9) | (11 << 5) | 23;
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    bytes.writeUInt16LE(dosTime, at + 12);
    bytes.writeUInt16LE(dosDate, at + 14);
    const local = bytes.readUInt32LE(at + 42);
    bytes.writeUInt16LE(dosTime, local + 10);
    bytes.writeUInt16LE(dosDate, local + 12);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

/** The workbook as bytes that depend on its content alone. */
export async function packWorkbook(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  fixZipTimes(bytes);
  return bytes;
}
