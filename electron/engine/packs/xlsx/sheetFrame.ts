import type { Cell, Style, Workbook, Worksheet } from 'exceljs';
import { cleanText, formatMarking, formatMoment } from '../../../../shared/packs/format.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import { excelText, headerText, joinHeader } from './cellText.ts';
import { innerWidth, wrapLines } from './measure.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles } from './styles.ts';
import { limitPages } from './widths.ts';

/** Row of the headings on every sheet with a table; it and the rows above stay in view and repeat on paper. */
export const headingRow = 4;

/** Name of the sheet that every other sheet links back to. */
export const contentsName = 'Contents';

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
        // Unknown to the typings, known to the writer: the workbook opens on its first sheet.
        ...({ tabSelected: workbook.worksheets.length === 0 } as object),
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

/**
 * Fills the rows above a table: marking, title, and beside the link back to the contents how to read the
 * sheet and which issue it is.
 */
export function writeTop(
  worksheet: Worksheet,
  data: PackData,
  top: { readonly title: string; readonly explanation: string; readonly widths: readonly number[] },
): void {
  const { header } = data;
  const { widths } = top;
  writeMarkingRow(worksheet, data, widths.length);
  const title = worksheet.getRow(2);
  title.height = 22;
  setText(title.getCell(1), top.title, styles.title);
  const issue = `${header.operation}, version ${header.version}, copy ${header.copy}, data as at ${formatMoment(header.dataAsAt)}.`;
  const text = cleanText(`${top.explanation} ${issue}`);
  const note = worksheet.getRow(3);
  if (worksheet.name !== contentsName) setLink(note.getCell(1), contentsName, contentsName, styles.backLink);
  const first = worksheet.name === contentsName ? 1 : 2;
  if (widths.length > first) worksheet.mergeCells(3, first, 3, widths.length);
  setText(note.getCell(first), text, styles.note);
  const room = innerWidth(widths.slice(first - 1).reduce((sum, width) => sum + width, 0));
  note.height = 4 + 12 * wrapLines(text, room, 9).length;
}

/** Writes the headings of a table; their height leaves room for the filter buttons. */
export function writeHeadings(
  worksheet: Worksheet,
  headings: readonly string[],
  widths: readonly number[],
  looks?: readonly Partial<Style>[],
): void {
  const row = worksheet.getRow(headingRow);
  const room = widths.map((width) => width * 0.85);
  row.height = 6 + lineHeight * (splitRow(headings, room)[0]?.lines ?? 1);
  for (const [index, text] of headings.entries())
    setText(row.getCell(index + 1), text, looks?.[index] ?? styles.heading);
}

/** What is printed of a table sheet, which rows repeat on each page, and on how many pages at most. */
export function setPrinting(worksheet: Worksheet, widths: readonly number[], rows: number): void {
  worksheet.pageSetup.printTitlesRow = `1:${headingRow}`;
  setPrintArea(worksheet, widths.length, rows);
  const heights = Array.from({ length: rows }, (_unused, index) => worksheet.getRow(index + 1).height);
  const repeated = heights.slice(0, headingRow).reduce((sum, height) => sum + height, 0);
  worksheet.pageSetup.fitToHeight = limitPages(widths, repeated, heights.slice(headingRow));
}

/** The printed range. exceljs puts a dollar before the columns alone; Excel wants them before the rows as well. */
export function setPrintArea(worksheet: Worksheet, columns: number, rows: number): void {
  worksheet.pageSetup.printArea = `A$1:${worksheet.getColumn(columns).letter}$${rows}`;
}

/** Sets column widths, in characters of the default font. */
export function setWidths(worksheet: Worksheet, widths: readonly number[]): void {
  for (const [index, width] of widths.entries()) worksheet.getColumn(index + 1).width = width;
}

/** The only way by which text reaches a cell: always a string, never a formula or rich text. */
export function setText(cell: Cell, text: string, style: Partial<Style>): void {
  const clean = excelText(text);
  cell.value = clean === '' ? null : clean;
  cell.style = style;
}

/** A link to a sheet of this workbook; `finishWorkbook` makes it one that leaves no outside address. */
export function setLink(cell: Cell, text: string, sheet: string, style: Partial<Style>): void {
  cell.value = { text: excelText(text), hyperlink: `#'${sheet.replaceAll("'", "''")}'!A1` };
  cell.style = style;
}
