import type { Workbook } from 'exceljs';
import { cleanText } from '../../../../shared/packs/format.ts';
import type { PackData, PictureRow } from '../../../../shared/packs/packData.ts';
import { pictureFacts } from '../../../../shared/packs/pictures.ts';
import { sheetName } from './cellText.ts';
import { addSheet, headingRow, setPrintArea, setText, setWidths, writeTop } from './sheetFrame.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles, tabColours } from './styles.ts';
import { fitWidths } from './widths.ts';
import type { ContentsEntry } from './writeContents.ts';
import type { FindPicture } from './writeSheet.ts';

/** A sheet for one picture: the picture, and below it the table. */
export interface PictureSheet {
  readonly name: string;
  readonly picture: PictureRow;
}

const emuPerPoint = 12_700;
/** Points of a row in the place of a picture, and how many such rows it has. */
const bandHeight = 20;
const bands = 20;

/** The sheets of the pictures in their order. `taken` gains their names. */
export function planPictures(data: PackData, taken: Set<string>): PictureSheet[] {
  if (!data.spec.sections.some(({ id }) => id === 'pictures')) return [];
  return data.pictures.map((picture, place) => ({
    name: sheetName(`Picture ${place + 1}`, taken),
    picture,
  }));
}

export const describePicture = ({ name, picture }: PictureSheet): ContentsEntry => ({
  sheet: name,
  rows: picture.rows.length,
  explanation: picture.title,
});

/** Adds the sheet of a picture: marking, title, when it was kept and of which state, the picture, the table. */
export function writePictureSheet(
  workbook: Workbook,
  data: PackData,
  { name, picture }: PictureSheet,
  findPicture: FindPicture,
): void {
  const worksheet = addSheet(workbook, data, name, tabColours.pictures, { frozenRows: 1, frozenColumns: 0 });
  const widths = fitWidths(
    picture.headings.map((heading) => ({
      heading,
      kind: 'text',
      width: Math.max(10, Math.floor(120 / picture.headings.length)),
    })),
  );
  setWidths(worksheet, widths);
  writeTop(worksheet, data, { title: picture.title, explanation: pictureFacts(picture), widths });
  let rowNumber = headingRow;
  const image = picture.image === null ? undefined : findPicture(picture.image);
  if (image === undefined) {
    setText(
      worksheet.getRow(rowNumber).getCell(1),
      picture.leftOut ?? 'The picture cannot be read.',
      styles.strong,
    );
    worksheet.getRow(rowNumber).height = 24;
    rowNumber += 1;
  } else {
    for (let band = 0; band < bands; band += 1) worksheet.getRow(rowNumber + band).height = bandHeight;
    const room = {
      width: widths.reduce((sum, width) => sum + width * 5.25, 0) - 6,
      height: bandHeight * bands - 18,
    };
    const scale = Math.min(room.width / image.width, room.height / image.height);
    const inset = 3 * emuPerPoint;
    worksheet.addImage(image.workbookId, {
      tl: { nativeCol: 0, nativeRow: rowNumber - 1, nativeColOff: inset, nativeRowOff: inset },
      // In pixels of 96 to the inch, as the writer reads them.
      ext: {
        width: Math.round((image.width * scale * 96) / 72),
        height: Math.round((image.height * scale * 96) / 72),
      },
      editAs: 'oneCell',
    } as unknown as Parameters<typeof worksheet.addImage>[1]);
    rowNumber += bands;
  }
  const head = worksheet.getRow(rowNumber);
  for (const [index, heading] of picture.headings.entries())
    setText(head.getCell(index + 1), heading, styles.heading);
  head.height =
    6 +
    lineHeight *
      (splitRow(
        picture.headings,
        widths.map((width) => width * 0.85),
      )[0]?.lines ?? 1);
  const top = rowNumber;
  for (const row of picture.rows) {
    for (const { texts, lines } of splitRow(row.map(cleanText), widths)) {
      rowNumber += 1;
      const printed = worksheet.getRow(rowNumber);
      printed.height = 4 + lineHeight * lines;
      for (const [index, text] of texts.entries()) setText(printed.getCell(index + 1), text, styles.text);
    }
  }
  worksheet.autoFilter = {
    from: { row: top, column: 1 },
    to: { row: rowNumber, column: picture.headings.length },
  };
  worksheet.pageSetup.printTitlesRow = '1:1';
  setPrintArea(worksheet, picture.headings.length, rowNumber);
}
