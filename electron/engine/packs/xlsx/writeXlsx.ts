import ExcelJS from 'exceljs';
import { cleanText, formatMarking } from '../../../../shared/packs/format.ts';
import type { PackData, PackPhotographs } from '../../../../shared/packs/packData.ts';
import { readPicture } from '../photographs.ts';
import { sheetName } from './cellText.ts';
import { finishWorkbook } from './finishWorkbook.ts';
import { planSheets } from './planSheets.ts';
import { contentsName } from './sheetFrame.ts';
import { type ContentsEntry, writeContents } from './writeContents.ts';
import { writeCover } from './writeCover.ts';
import { describeForms, planForms, writeForms } from './writeForms.ts';
import { describePicture, planPictures, writePictureSheet } from './writePictures.ts';
import { type FindPicture, type TableSheet, writeTableSheet } from './writeSheet.ts';

/**
 * Writes a pack as an Excel workbook. The same data gives the same bytes. Every text of the data
 * stands in its cell as text; a text too long for a cell or a row goes on in the rows below.
 */
export async function writeXlsx(
  data: PackData,
  photographs: PackPhotographs,
): Promise<{ bytes: Buffer; sheets: number }> {
  const workbook = new ExcelJS.Workbook();
  setProperties(workbook, data);
  workbook.views = [
    { x: 0, y: 0, width: 28_800, height: 15_000, firstSheet: 0, activeTab: 0, visibility: 'visible' },
  ];
  const taken = new Set<string>();
  const coverName = sheetName('Cover', taken);
  sheetName(contentsName, taken);
  const { sheets, sourceIndex, leftOut } = planSheets(data, taken);
  const pictures = planPictures(data, taken);
  const forms = planForms(data, taken);
  const listsName = sheetName('Lists', taken);
  const last = sourceIndex === null ? [] : [sourceIndex];

  writeCover(workbook, data, coverName);
  const entries = [
    ...sheets.map(describeTable),
    ...pictures.map(describePicture),
    ...describeForms(forms.plans, listsName),
    ...last.map(describeTable),
  ];
  writeContents(workbook, data, contentsName, entries, [...leftOut, ...forms.leftOut]);
  const alts: string[] = [];
  const findPicture = pictureFinder(workbook, photographs, data, alts);
  for (const sheet of sheets) writeTableSheet(workbook, data, sheet, findPicture);
  for (const sheet of pictures) writePictureSheet(workbook, data, sheet, findPicture);
  writeForms(workbook, data, forms.plans, listsName);
  for (const sheet of last) writeTableSheet(workbook, data, sheet, findPicture);
  const written = await workbook.xlsx.writeBuffer({
    useSharedStrings: true,
    useStyles: true,
    // Stored, because `finishWorkbook` packs it again with fixed dates.
    zip: { compression: 'STORE' },
  } as Parameters<typeof workbook.xlsx.writeBuffer>[0]);
  return { bytes: finishWorkbook(Buffer.from(written), alts), sheets: workbook.worksheets.length };
}

function describeTable({ name, rows, explanation }: TableSheet): ContentsEntry {
  return { sheet: name, rows: rows.length, explanation };
}

/** Adds each picture to the workbook once, when it is asked for; `alts` gains what it shows. */
function pictureFinder(
  workbook: ExcelJS.Workbook,
  photographs: PackPhotographs,
  data: PackData,
  alts: string[],
): FindPicture {
  const known = new Map<string, ReturnType<FindPicture>>();
  return (id) => {
    if (known.has(id)) return known.get(id);
    const bytes = photographs.get(id);
    const picture = bytes === undefined ? undefined : readPicture(bytes);
    if (picture === undefined) {
      known.set(id, undefined);
      return undefined;
    }
    const workbookId = workbook.addImage({
      buffer: picture.bytes as unknown as ExcelJS.Buffer,
      extension: picture.format,
    });
    alts[workbookId] = data.photographs.find((photograph) => photograph.id === id)?.alt ?? 'Photograph';
    const found = { workbookId, width: picture.width, height: picture.height };
    known.set(id, found);
    return found;
  };
}

/** Document properties hold the marking and the issue, and nobody's name. */
function setProperties(workbook: ExcelJS.Workbook, data: PackData): void {
  const { header, spec } = data;
  const marking = formatMarking(header.marking);
  const made = new Date(header.preparedAt);
  workbook.creator = 'Fellside';
  workbook.lastModifiedBy = 'Fellside';
  workbook.created = Number.isNaN(made.getTime()) ? new Date(0) : made;
  workbook.modified = workbook.created;
  workbook.title = cleanText(`${header.operation}: ${spec.title}`);
  workbook.subject = `Version ${header.version}, copy ${header.copy}`;
  workbook.keywords = marking;
  workbook.category = marking;
  workbook.description = '';
  workbook.company = '';
  workbook.manager = '';
}
