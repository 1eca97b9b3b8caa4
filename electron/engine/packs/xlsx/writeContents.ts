import type { Workbook } from 'exceljs';
import { cleanText } from '../../../../shared/packs/format.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import {
  addSheet,
  headingRow,
  setLink,
  setPrinting,
  setText,
  setWidths,
  writeHeadings,
  writeTop,
} from './sheetFrame.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles, tabColours } from './styles.ts';

export interface ContentsEntry {
  readonly sheet: string;
  readonly rows: number | null;
  readonly explanation: string;
}

const widths = [26, 116, 10];

/** Adds the sheet that leads to all others and names what is not there because nothing is recorded. */
export function writeContents(
  workbook: Workbook,
  data: PackData,
  name: string,
  entries: readonly ContentsEntry[],
  leftOut: readonly string[],
): void {
  const worksheet = addSheet(workbook, data, name, tabColours.cover, {
    frozenRows: headingRow,
    frozenColumns: 0,
  });
  setWidths(worksheet, widths);
  writeTop(worksheet, data, { title: 'Contents', explanation: 'Choose a sheet.', widths });
  writeHeadings(worksheet, ['Sheet', 'What it holds', 'Rows'], widths);
  let rowNumber = headingRow;
  for (const { sheet, rows, explanation } of entries) {
    rowNumber += 1;
    const row = worksheet.getRow(rowNumber);
    const text = cleanText(explanation);
    row.height = 4 + lineHeight * (splitRow([text], [widths[1] ?? 0])[0]?.lines ?? 1);
    setLink(row.getCell(1), sheet, sheet, styles.link);
    setText(row.getCell(2), text, styles.text);
    row.getCell(3).value = rows;
    row.getCell(3).style = styles.number;
  }
  if (leftOut.length > 0) {
    rowNumber += 1;
    const row = worksheet.getRow(rowNumber);
    const text = cleanText(leftOut.join(', '));
    row.height = 4 + lineHeight * (splitRow([text], [widths[1] ?? 0])[0]?.lines ?? 1);
    setText(row.getCell(1), 'Nothing recorded for', styles.strong);
    setText(row.getCell(2), text, styles.text);
    setText(row.getCell(3), '', styles.text);
  }
  setPrinting(worksheet, widths, rowNumber);
}
