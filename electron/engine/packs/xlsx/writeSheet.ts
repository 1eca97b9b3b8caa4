import type { Cell, Style, Workbook, Worksheet } from 'exceljs';
import type { PackColumn } from '../../../../shared/packs/columns.ts';
import { formatMarking, formatMoment, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import { excelText, headerText, joinHeader } from './cellText.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles } from './styles.ts';

export type SheetColumn = Pick<PackColumn, 'field' | 'heading' | 'kind' | 'width'>;

export interface TableSheet {
  readonly name: string;
  readonly title: string;
  readonly explanation: string;
  readonly whenEmpty: string;
  readonly tab: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Columns that stay in view when scrolling sideways. */
  readonly keyColumns: number;
}

/** Looks up the picture of a photograph; undefined when the pack has no bytes for it. */
export type FindPicture = (
  id: string,
) => { readonly workbookId: number; readonly width: number; readonly height: number } | undefined;

const headingRow = 4;
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
  const widths = sheet.columns.map(({ width }) => width);
  setWidths(worksheet, widths);
  writeTop(worksheet, data, sheet);

  const headings = worksheet.getRow(headingRow);
  const headingTexts = sheet.columns.map(({ heading }) => heading);
  headings.height =
    6 +
    lineHeight *
      (splitRow(
        headingTexts,
        widths.map((width) => width * 0.85),
      )[0]?.lines ?? 1);
  for (const [index, text] of headingTexts.entries())
    setText(headings.getCell(index + 1), text, styles.heading);

  let rowNumber = headingRow;
  for (const row of sheet.rows) {
    const texts = sheet.columns.map(({ field, kind }) => textOfCell(row[field], kind));
    for (const [part, { texts: partTexts, lines }] of splitRow(texts, widths).entries()) {
      rowNumber += 1;
      const printed = worksheet.getRow(rowNumber);
      printed.height = 4 + lineHeight * lines;
      for (const [index, column] of sheet.columns.entries()) {
        const cell = printed.getCell(index + 1);
        if (part === 0) writeValue(cell, row, column, partTexts[index] ?? '');
        else
          setText(
            cell,
            index === 0 ? (texts[0] ?? '') : continued(index, partTexts[index] ?? ''),
            styles.text,
          );
        if (part === 0 && column.kind === 'photograph' && typeof row[column.field] === 'string') {
          placePicture(
            worksheet,
            printed,
            rowNumber,
            index,
            column.width,
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
    to: { row: Math.max(headingRow, sheet.rows.length === 0 ? headingRow : rowNumber), column: last },
  };
  worksheet.pageSetup.printTitlesRow = `1:${headingRow}`;
  worksheet.pageSetup.printArea = `A1:${worksheet.getColumn(last).letter}${rowNumber}`;
}

/** Adds an empty sheet with everything that every sheet must have: marking, page set-up, header and footer. */
export function addSheet(
  workbook: Workbook,
  data: PackData,
  name: string,
  tab: string,
  view: { frozenRows: number; frozenColumns: number },
): Worksheet {
  const { header } = data;
  const marking = headerText(formatMarking(header.marking), 90);
  const issue = `version ${header.version}, copy ${header.copy}`;
  const bottomLeft = `${headerText(header.operation, 40)}, ${issue}`;
  const right = `For ${headerText(header.recipient, 40)}`;
  return workbook.addWorksheet(name, {
    properties: { tabColor: { argb: tab }, defaultRowHeight: 17 },
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.35, right: 0.35, top: 0.6, bottom: 0.6, header: 0.25, footer: 0.25 },
      horizontalCentered: false,
    },
    headerFooter: {
      oddHeader: joinHeader(headerText(data.spec.title, 40), marking, right),
      oddFooter: joinHeader(bottomLeft, marking, 'Page &P of &N'),
    },
    views: [
      {
        state: 'frozen',
        xSplit: view.frozenColumns,
        ySplit: view.frozenRows,
        showGridLines: false,
        zoomScale: 90,
      },
    ],
  });
}

/** Fills the frozen first row: the marking is in view wherever somebody scrolls. */
export function writeMarkingRow(worksheet: Worksheet, data: PackData, columns: number): void {
  const row = worksheet.getRow(1);
  row.height = 20;
  for (let column = 2; column <= columns; column += 1) row.getCell(column).style = styles.markingFill;
  setText(row.getCell(1), formatMarking(data.header.marking), styles.marking);
}

/** Sets column widths, in characters of the default font. */
export function setWidths(worksheet: Worksheet, widths: readonly number[]): void {
  for (const [index, width] of widths.entries()) worksheet.getColumn(index + 1).width = width;
}

/** The only way by which text reaches a cell: always a string, never a formula, a link or rich text. */
export function setText(cell: Cell, text: string, style: Partial<Style>): void {
  const clean = excelText(text);
  cell.value = clean === '' ? null : clean;
  cell.style = style;
}

function writeTop(worksheet: Worksheet, data: PackData, sheet: TableSheet): void {
  const { header } = data;
  writeMarkingRow(worksheet, data, sheet.columns.length);
  const count = sheet.rows.length;
  const title = worksheet.getRow(2);
  title.height = 22;
  setText(title.getCell(1), `${sheet.title} (${count})`, styles.title);
  const note = worksheet.getRow(3);
  note.height = 15;
  const issue = `${header.operation}, version ${header.version}, copy ${header.copy}, data as at ${formatMoment(header.dataAsAt)}. ${sheet.explanation}`;
  setText(note.getCell(1), issue, { ...styles.note, alignment: { vertical: 'top', horizontal: 'left' } });
}

function textOfCell(value: unknown, kind: SheetColumn['kind']): string {
  return kind === 'photograph' ? '' : excelText(formatValue(value, kind));
}

/** An empty cell of a continuation shows that the row goes on. */
function continued(index: number, text: string): string {
  return index === 1 && text === '' ? '(continued)' : text;
}

function writeValue(
  cell: Cell,
  row: Readonly<Record<string, unknown>>,
  column: SheetColumn,
  text: string,
): void {
  const value = row[column.field];
  if (column.kind === 'date' && typeof value === 'string') {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
    if (day !== null && !Number.isNaN(day.getTime()) && day.getUTCFullYear() > 1900) {
      cell.value = day;
      cell.style = styles.date;
      return;
    }
  }
  if (column.kind === 'number' && typeof value === 'number' && Number.isFinite(value)) {
    cell.value = value;
    cell.style = styles.number;
    return;
  }
  if (column.kind === 'photograph') {
    setText(cell, value === null || value === undefined ? 'No photograph' : '', styles.photograph);
    return;
  }
  cell.value = text === '' ? null : text;
  cell.style = styleOf(column, row, text);
}

function styleOf(column: SheetColumn, row: Readonly<Record<string, unknown>>, text: string): Partial<Style> {
  if (text === '') return styles.text;
  if (column.kind === 'warnings') return styles.warning;
  if (column.field === 'conditions' || (column.kind === 'grade' && row.handling === 'C'))
    return styles.condition;
  if (column.field === 'children' || column.field === 'vulnerableAdults') return styles.strong;
  if (column.field === 'name' || column.field === 'victimStatus' || column.kind === 'grade')
    return styles.strong;
  return styles.text;
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
