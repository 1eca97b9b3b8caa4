import type { Cell, Style, Workbook, Worksheet } from 'exceljs';
import type { PackColumn } from '../../../../shared/packs/columns.ts';
import { cleanText, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import { escapeText } from './cellText.ts';
import {
  addSheet,
  headingRow,
  setPrinting,
  setText,
  setWidths,
  writeHeadings,
  writeTop,
} from './sheetFrame.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles } from './styles.ts';
import { fitWidths } from './widths.ts';

type SheetColumn = Pick<PackColumn, 'field' | 'heading' | 'kind' | 'width'>;

export type SheetRow = Readonly<Record<string, unknown>>;

/** A table of the workbook. */
export interface TableSheet {
  readonly name: string;
  readonly title: string;
  readonly explanation: string;
  readonly whenEmpty: string;
  readonly tab: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
  /** Columns that stay in view when scrolling sideways. */
  readonly keyColumns: number;
}

/** Looks up the picture of a photograph; undefined when the pack has no bytes for it. */
export type FindPicture = (
  id: string,
) => { readonly workbookId: number; readonly width: number; readonly height: number } | undefined;

const photographHeight = 96;
const emuPerPoint = 12_700;

/** Adds one sheet with a table: marking, title, explanation, headings, rows; ready to print. */
export function writeTableSheet(
  workbook: Workbook,
  data: PackData,
  sheet: TableSheet,
  findPicture: FindPicture,
): void {
  const worksheet = addSheet(workbook, data, sheet.name, sheet.tab, {
    frozenRows: headingRow,
    frozenColumns: sheet.keyColumns,
  });
  const texts = sheet.rows.map((row) => sheet.columns.map(({ field, kind }) => textOfCell(row[field], kind)));
  const widths = fitWidths(sheet.columns, (place) => texts.map((row) => row[place] ?? ''));
  setWidths(worksheet, widths);
  writeTop(worksheet, data, {
    title: `${sheet.title} (${sheet.rows.length})`,
    explanation: sheet.explanation,
    widths,
  });
  writeHeadings(
    worksheet,
    sheet.columns.map(({ heading }) => heading),
    widths,
  );

  let rowNumber = headingRow;
  for (const [place, row] of sheet.rows.entries()) {
    const rowTexts = texts[place] ?? [];
    for (const [part, { texts: partTexts, lines }] of splitRow(rowTexts, widths).entries()) {
      rowNumber += 1;
      const printed = worksheet.getRow(rowNumber);
      printed.height = 4 + lineHeight * lines;
      for (const [index, column] of sheet.columns.entries()) {
        const cell = printed.getCell(index + 1);
        if (part === 0) writeValue(cell, row, column, partTexts[index] ?? '');
        else
          setText(
            cell,
            index === 0 ? (rowTexts[0] ?? '') : continued(index, partTexts[index] ?? ''),
            styles.text,
          );
        if (part === 0 && column.kind === 'photograph' && typeof row[column.field] === 'string') {
          placePicture(
            worksheet,
            printed,
            rowNumber,
            index,
            widths[index] ?? column.width,
            findPicture(String(row[column.field])),
          );
        }
      }
    }
  }
  if (sheet.rows.length === 0) {
    rowNumber += 1;
    setText(worksheet.getRow(rowNumber).getCell(1), sheet.whenEmpty, styles.title);
    worksheet.getRow(rowNumber).height = 24;
  }
  const last = sheet.columns.length;
  worksheet.autoFilter = {
    from: { row: headingRow, column: 1 },
    to: { row: sheet.rows.length === 0 ? headingRow : rowNumber, column: last },
  };
  setPrinting(worksheet, widths, rowNumber);
}

function textOfCell(value: unknown, kind: SheetColumn['kind']): string {
  return kind === 'photograph' ? '' : cleanText(formatValue(value, kind));
}

/** An empty cell of a continuation shows that the row goes on. */
function continued(index: number, text: string): string {
  return index === 1 && text === '' ? '(continued)' : text;
}

function writeValue(cell: Cell, row: SheetRow, column: SheetColumn, text: string): void {
  const value = row[column.field];
  if (column.kind === 'date' && typeof value === 'string') {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
    if (day !== null && !Number.isNaN(day.getTime()) && day.getUTCFullYear() > 1900) {
      cell.value = day;
      cell.style = styles.date;
      return;
    }
  }
  const moment = column.kind === 'moment' ? /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}:\d{2})$/.exec(text) : null;
  if (moment !== null) {
    // As printed, on the clock of the United Kingdom: Excel's times know no zone.
    cell.value = new Date(`${moment[3]}-${moment[2]}-${moment[1]}T${moment[4]}:00Z`);
    cell.style = styles.moment;
    return;
  }
  if (column.kind === 'number' && typeof value === 'number' && Number.isFinite(value)) {
    cell.value = value;
    cell.style = column.field === 'age' && value < 18 ? styles.numberOfChild : styles.number;
    return;
  }
  if (column.kind === 'photograph') {
    setText(cell, value === null || value === undefined ? 'No photograph' : '', styles.photograph);
    return;
  }
  cell.value = text === '' ? null : escapeText(text);
  cell.style = styleOf(column, row, text);
}

const strongFields = new Set(['children', 'vulnerableAdults', 'name', 'victimStatus', 'severity', 'change']);

function styleOf({ field, kind }: SheetColumn, row: SheetRow, text: string): Partial<Style> {
  if (text === '') return styles.text;
  if (kind === 'warnings') return styles.warning;
  if (field === 'severity' && text.endsWith('BLOCKER')) return styles.blocker;
  if ((field === 'band' || field === 'priority') && /^high\b/i.test(text)) return styles.warning;
  if (field === 'conditions' || (kind === 'grade' && row.handling === 'C')) return styles.condition;
  if (field === 'kind' && text === 'Child') return styles.strong;
  return strongFields.has(field) || kind === 'grade' ? styles.strong : styles.text;
}

function placePicture(
  worksheet: Worksheet,
  printed: { height: number; getCell(column: number): Cell },
  rowNumber: number,
  columnIndex: number,
  columnWidth: number,
  picture: ReturnType<FindPicture>,
): void {
  if (picture === undefined) {
    setText(printed.getCell(columnIndex + 1), 'Photograph not readable', styles.photograph);
    return;
  }
  printed.height = Math.max(printed.height, photographHeight);
  const room = { width: columnWidth * 5.25 - 6, height: photographHeight - 6 };
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  const width = Math.round(picture.width * scale * emuPerPoint);
  const height = Math.round(picture.height * scale * emuPerPoint);
  const inset = 3 * emuPerPoint;
  const corner = { nativeCol: columnIndex, nativeRow: rowNumber - 1 };
  worksheet.addImage(picture.workbookId, {
    tl: { ...corner, nativeColOff: inset, nativeRowOff: inset },
    br: { ...corner, nativeColOff: inset + width, nativeRowOff: inset + height },
    editAs: 'twoCell',
    // The typings ask for whole anchors; the writer reads the native offsets alone.
  } as unknown as Parameters<Worksheet['addImage']>[1]);
}
