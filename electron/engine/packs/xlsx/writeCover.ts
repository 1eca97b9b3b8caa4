import type { Workbook } from 'exceljs';
import { coverFacts } from '../../../../shared/packs/cover.ts';
import { cleanText, formatMoment } from '../../../../shared/packs/format.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import {
  addSheet,
  contentsName,
  setLink,
  setPrintArea,
  setText,
  setWidths,
  writeMarkingRow,
} from './sheetFrame.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles, tabColours } from './styles.ts';

const widths = [26, 112];

/** Adds the first sheet, one page: what the pack is, for whom, how to use it, what is withheld. */
export function writeCover(workbook: Workbook, data: PackData, name: string): void {
  const { header } = data;
  const worksheet = addSheet(workbook, data, name, tabColours.cover, { frozenRows: 1, frozenColumns: 0 });
  setWidths(worksheet, widths);
  writeMarkingRow(worksheet, data, widths.length);
  let rowNumber = 1;

  const addLine = (text: string, style: object, height: number): void => {
    const room = widths.reduce((sum, width) => sum + width, 0);
    const size = style === styles.operation ? 2.2 : 1.4;
    const lines = splitRow([cleanText(text)], [room / size]).reduce((sum, part) => sum + part.lines, 0);
    rowNumber += 1;
    const row = worksheet.getRow(rowNumber);
    row.height = Math.min(409, height * lines);
    worksheet.mergeCells(rowNumber, 1, rowNumber, widths.length);
    setText(row.getCell(1), text, style);
  };
  const addPair = (label: string, value: string): void => {
    for (const { texts, lines } of splitRow([cleanText(label), cleanText(value)], widths)) {
      rowNumber += 1;
      const row = worksheet.getRow(rowNumber);
      row.height = 5 + lineHeight * lines;
      setText(row.getCell(1), texts[0] ?? '', styles.label);
      setText(row.getCell(2), texts[1] ?? '', styles.text);
    }
  };

  addLine(header.operation, styles.operation, 36);
  addLine(
    header.team === null ? data.spec.title : `${data.spec.title}: ${header.team}`,
    styles.wideTitle,
    24,
  );
  for (const [label, value] of coverFacts(data)) addPair(label, value);
  addLine('Withheld from this pack', styles.wideTitle, 26);
  if (data.withheld.length === 0) addPair('Nothing', 'No item was withheld by the release rules.');
  for (const { reason, count } of data.withheld)
    addPair(`${count} ${count === 1 ? 'item' : 'items'}`, `Reason: ${reason}`);
  addLine('How to use this workbook', styles.wideTitle, 26);
  for (const [label, text] of explainUse(data)) addPair(label, text);
  rowNumber += 1;
  worksheet.getRow(rowNumber).height = 22;
  setLink(worksheet.getRow(rowNumber).getCell(1), `Go to ${contentsName}`, contentsName, styles.backLink);

  worksheet.pageSetup.printTitlesRow = '1:1';
  worksheet.pageSetup.fitToHeight = 1;
  setPrintArea(worksheet, widths.length, rowNumber);
}

function explainUse(data: PackData): [string, string][] {
  const hasForms = data.forms.length > 0;
  return [
    [
      'Marking',
      'It holds for this workbook and for each page printed from it. Hand no copy on; ask for one in the other reader’s own name.',
    ],
    [
      'On screen',
      'The sheet Contents leads to every sheet, and the link at the top of each sheet leads back. Headings stay in view and can be filtered.',
    ],
    [
      'On paper',
      'Every sheet prints on A4 landscape as it is; headings and marking repeat on each page. A long text goes on in the row below it, marked (continued).',
    ],
    [
      'How current it is',
      `It shows the plan as it was on ${formatMoment(data.header.dataAsAt)}. Later changes come as a new version: use the highest.`,
    ],
    ...(hasForms
      ? ([
          [
            'Forms',
            'Fill in the white columns of the forms and send this workbook back. Rows may be sorted, filtered, added or left empty; grey columns say what a row is about and stay as they are.',
          ],
        ] as [string, string][])
      : []),
  ];
}
