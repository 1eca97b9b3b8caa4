import type { Workbook } from 'exceljs';
import { countFindings, coverFacts } from '../../../../shared/packs/cover.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import { excelText } from './cellText.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles, tabColours } from './styles.ts';
import { addSheet, setText, setWidths, writeMarkingRow } from './writeSheet.ts';

export interface ContentsEntry {
  readonly sheet: string;
  readonly rows: number;
  readonly explanation: string;
}

const widths = [24, 58, 46, 20];
const severityWords = { blocker: 'BLOCKER', warning: 'Warning', note: 'Note' } as const;

/** Adds the first sheet: what the pack is, for whom, what it holds, what is not ready, what is withheld. */
export function writeCover(
  workbook: Workbook,
  data: PackData,
  name: string,
  contents: readonly ContentsEntry[],
): void {
  const { header } = data;
  const worksheet = addSheet(workbook, data, name, tabColours.cover, { frozenRows: 1, frozenColumns: 0 });
  setWidths(worksheet, widths);
  writeMarkingRow(worksheet, data, widths.length);
  let rowNumber = 1;

  const addRow = (texts: readonly string[], rowStyles: readonly object[]): void => {
    const clean = texts.map(excelText);
    for (const { texts: part, lines } of splitRow(clean, widths)) {
      rowNumber += 1;
      const row = worksheet.getRow(rowNumber);
      row.height = 5 + lineHeight * lines;
      for (const [index, text] of part.entries()) {
        row.getCell(index + 1).value = text === '' ? null : text;
        row.getCell(index + 1).style = rowStyles[index] ?? styles.text;
      }
    }
  };
  const addLine = (text: string, style: object, height: number): void => {
    rowNumber += 1;
    worksheet.getRow(rowNumber).height = height;
    setText(worksheet.getRow(rowNumber).getCell(1), text, style);
  };
  const addHeadings = (texts: readonly string[]): void =>
    addRow(
      texts,
      texts.map(() => styles.heading),
    );

  addLine(header.operation, styles.operation, 38);
  addLine(header.team === null ? data.spec.title : `${data.spec.title}: ${header.team}`, styles.title, 24);
  for (const [label, value] of coverFacts(data)) {
    rowNumber += 1;
    const row = worksheet.getRow(rowNumber);
    const lines =
      splitRow([excelText(value)], [(widths[1] ?? 0) + (widths[2] ?? 0) + (widths[3] ?? 0)])[0]?.lines ?? 1;
    row.height = 5 + lineHeight * lines;
    setText(row.getCell(1), label, styles.label);
    for (let column = 2; column <= widths.length; column += 1) row.getCell(column).style = styles.text;
    worksheet.mergeCells(rowNumber, 2, rowNumber, widths.length);
    setText(row.getCell(2), value, styles.text);
  }

  addLine('Contents', styles.title, 30);
  addHeadings(['Sheet', 'What it holds', '', 'Rows']);
  worksheet.mergeCells(rowNumber, 2, rowNumber, 3);
  for (const entry of contents) {
    addRow([entry.sheet, entry.explanation, '', ''], [styles.link, styles.text, styles.text, styles.number]);
    worksheet.mergeCells(rowNumber, 2, rowNumber, 3);
    const row = worksheet.getRow(rowNumber);
    row.height =
      5 + lineHeight * (splitRow([entry.explanation], [(widths[1] ?? 0) + (widths[2] ?? 0)])[0]?.lines ?? 1);
    row.getCell(1).value = { text: entry.sheet, hyperlink: `#'${entry.sheet.replaceAll("'", "''")}'!A1` };
    row.getCell(4).value = entry.rows;
  }

  worksheet.getRow(rowNumber).addPageBreak();
  addLine(`Readiness (${countFindings(data.findings)})`, styles.title, 30);
  if (data.findings.length === 0) addLine('The checks found nothing to mend.', styles.note, 18);
  else addHeadings(['Severity', 'Finding', 'How to mend it', 'Records']);
  for (const finding of data.findings) {
    addRow(
      [severityWords[finding.severity], finding.message, finding.mend, finding.refs.join(', ')],
      [finding.severity === 'blocker' ? styles.blocker : styles.strong],
    );
  }

  addLine('Withheld from this pack', styles.title, 30);
  if (data.withheld.length === 0) addLine('Nothing was withheld.', styles.note, 18);
  else addHeadings(['Items', 'Reason', '', '']);
  for (const { reason, count } of data.withheld) addRow([String(count), reason, '', ''], []);

  worksheet.pageSetup.printTitlesRow = '1:1';
  worksheet.pageSetup.printArea = `A1:D${rowNumber}`;
}
