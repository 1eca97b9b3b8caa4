import ExcelJS from 'exceljs';
import type { PackColumn } from '../../../../shared/packs/columns.ts';
import { cleanText, formatMarking, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PackPhotographs } from '../../../../shared/packs/packData.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import { listPrintedSources } from '../../../../shared/packs/sources.ts';
import { readPicture } from '../photographs.ts';
import { sheetName } from './cellText.ts';
import { finishWorkbook } from './finishWorkbook.ts';
import { tabColours } from './styles.ts';
import { type ContentsEntry, writeCover } from './writeCover.ts';
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
  const taken = new Set<string>();
  const coverName = sheetName('Cover', taken);
  const sheets = planSheets(data, taken);
  const contents: ContentsEntry[] = sheets.map(({ name, rows, explanation }) => ({
    sheet: name,
    rows: rows.length,
    explanation,
  }));
  writeCover(workbook, data, coverName, contents);
  const findPicture = pictureFinder(workbook, photographs);
  for (const sheet of sheets) writeTableSheet(workbook, data, sheet, findPicture);
  const written = await workbook.xlsx.writeBuffer({
    useSharedStrings: true,
    useStyles: true,
    // Stored, because `finishWorkbook` packs it again with fixed dates.
    zip: { compression: 'STORE' },
  } as Parameters<typeof workbook.xlsx.writeBuffer>[0]);
  return { bytes: finishWorkbook(Buffer.from(written)), sheets: sheets.length + 1 };
}

function planSheets(data: PackData, taken: Set<string>): TableSheet[] {
  const sheets: TableSheet[] = [];
  for (const section of listSections(data)) {
    const rows = rowsOfSection(data, section.id);
    const printed = section.columns.filter(({ width }) => width > 0);
    const main = printed.filter(({ part }) => part === 'main');
    const detail = printed.filter(({ part }) => part === 'detail');
    const tab = tabColours[section.id] ?? tabColours.cover;
    const { title, explanation, whenEmpty } = section;
    const keyColumns = section.id === 'briefing' || section.id === 'intelligence' ? 1 : 2;
    sheets.push({
      name: sheetName(title, taken),
      title,
      explanation,
      whenEmpty,
      tab,
      columns: main,
      rows,
      keyColumns,
    });
    if (section.detailTitle !== undefined && detail.length > 0) {
      sheets.push({
        name: sheetName(section.detailTitle, taken),
        title: section.detailTitle,
        explanation: `More about each row of ${title}.`,
        whenEmpty,
        tab,
        columns: [...main.slice(0, 2), ...detail],
        rows,
        keyColumns: 2,
      });
    }
  }
  if (data.spec.sourceIndex) sheets.push(planSourceIndex(data, taken));
  return sheets;
}

function planSourceIndex(data: PackData, taken: Set<string>): TableSheet {
  const columns = new Map<string, { section: string; column: PackColumn }>();
  const values = new Map<string, unknown>();
  for (const section of listSections(data)) {
    for (const column of section.columns) {
      columns.set(`${section.id} ${column.field}`, { section: section.title, column });
      for (const row of rowsOfSection(data, section.id)) {
        values.set(`${section.id} ${column.field} ${row.ref}`, row[column.field]);
      }
    }
  }
  return {
    name: sheetName('Source index', taken),
    title: 'Source index',
    explanation: 'Where each printed value came from, and what stood there.',
    whenEmpty: 'No value in this pack came from an imported file.',
    tab: tabColours.cover,
    keyColumns: 2,
    columns: [
      { field: 'section', heading: 'Sheet of the pack', kind: 'text', width: 14 },
      { field: 'ref', heading: 'Record', kind: 'reference', width: 10 },
      { field: 'heading', heading: 'Column of the pack', kind: 'text', width: 20 },
      { field: 'value', heading: 'Value', kind: 'text', width: 26 },
      { field: 'file', heading: 'File', kind: 'text', width: 36 },
      { field: 'sheet', heading: 'Sheet', kind: 'text', width: 16 },
      { field: 'row', heading: 'Row', kind: 'number', width: 8 },
      { field: 'column', heading: 'Column', kind: 'text', width: 18 },
      { field: 'raw', heading: 'As it stood', kind: 'text', width: 50 },
    ],
    rows: listPrintedSources(data).map((entry) => {
      const printed = columns.get(`${entry.section} ${entry.field}`);
      const kind = printed?.column.kind ?? 'text';
      const whole = values.get(`${entry.section} ${entry.field} ${entry.ref}`);
      return {
        ...entry,
        section: printed?.section ?? entry.section,
        heading: printed?.column.heading ?? entry.field,
        // A long text stands in its own sheet and again under "As it stood": twice is enough.
        value: kind === 'longText' ? null : formatValue(entry.value ?? whole, kind),
      };
    }),
  };
}

function pictureFinder(workbook: ExcelJS.Workbook, photographs: PackPhotographs): FindPicture {
  const known = new Map<string, ReturnType<FindPicture>>();
  return (id) => {
    if (known.has(id)) return known.get(id);
    const bytes = photographs.get(id);
    const picture = bytes === undefined ? undefined : readPicture(bytes);
    const found =
      picture === undefined
        ? undefined
        : {
            workbookId: workbook.addImage({
              buffer: picture.bytes as unknown as ExcelJS.Buffer,
              extension: picture.format,
            }),
            width: picture.width,
            height: picture.height,
          };
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
