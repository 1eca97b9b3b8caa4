import {
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  Paragraph,
  type Table,
  TableCell,
  type TextRun,
} from 'docx';
import type { PackColumn, PackSection } from '../../../../shared/packs/columns.ts';
import { coverFacts } from '../../../../shared/packs/cover.ts';
import { cleanText, formatMarking, formatMoment, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PackPhotographs, PictureRow } from '../../../../shared/packs/packData.ts';
import { pictureFacts } from '../../../../shared/packs/pictures.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import { readPicture } from '../photographs.ts';
import {
  cell,
  cellMargins,
  factTable,
  fills,
  finishWord,
  frame,
  headCell,
  runs,
  sizes,
  table,
  textWidth,
} from './wordParts.ts';

/**
 * The briefing as a Word document, which forces edit before they hand it on: the cover, the text under its
 * headings, then the sections of the pack as tables. Marked at the top and the bottom of every page. The
 * same data gives the same bytes.
 */
export function writeDocx(data: PackData, photographs: PackPhotographs): Promise<Buffer> {
  const sections = listSections(data).filter(({ id }) => id !== 'sourceFiles');
  const texts = sections.filter(({ id }) => id === 'briefing');
  const tables = sections.filter(({ id }) => id !== 'briefing' && rowsOfSection(data, id).length > 0);
  const empty = sections.filter(({ id }) => id !== 'briefing' && rowsOfSection(data, id).length === 0);
  const pages: ISectionOptions[] = [
    {
      ...frameOf(data, false),
      children: [...cover(data), ...texts.flatMap((section) => writeText(data, section))],
    },
  ];
  if (tables.length > 0 || empty.length > 0)
    pages.push({
      ...frameOf(data, true),
      children: [
        ...tables.flatMap((section) =>
          section.id === 'pictures'
            ? writePictures(data, section, photographs)
            : writeSection(data, section, photographs),
        ),
        ...(empty.length === 0
          ? []
          : [
              new Paragraph({
                spacing: { before: 240 },
                children: runs(`Nothing recorded: ${empty.map(({ title }) => title).join(', ')}.`),
              }),
            ]),
      ],
    });
  return finishWord(`${data.header.operation}: ${data.spec.title}`, pages, {
    heading1: {
      run: { size: 32, bold: true, color: fills.head },
      paragraph: { spacing: { before: 240, after: 120 } },
    },
    heading2: { run: { size: 26, bold: true }, paragraph: { spacing: { before: 200, after: 80 } } },
  });
}

/** The frame of the pages: marking, who has which copy, and how old the data is. */
function frameOf(data: PackData, landscape: boolean) {
  const { header } = data;
  return frame(
    formatMarking(header.marking),
    `${header.operation}, version ${header.version}. Copy ${header.copy}: ${header.recipient}. Data as at ${formatMoment(header.dataAsAt)}.`,
    landscape,
  );
}

function cover(data: PackData): (Paragraph | Table)[] {
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: runs(data.header.operation) }),
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(data.spec.title) }),
    factTable(coverFacts(data), textWidth(false)),
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs('Withheld from this pack') }),
    ...(data.withheld.length === 0
      ? [new Paragraph({ children: runs('Nothing was withheld.') })]
      : data.withheld.map(
          ({ reason, count }) =>
            new Paragraph({ bullet: { level: 0 }, children: runs(`${count}: ${reason}`) }),
        )),
  ];
}

function writeText(data: PackData, section: PackSection): Paragraph[] {
  const heading = new Paragraph({
    heading: HeadingLevel.HEADING_1,
    pageBreakBefore: true,
    children: runs(section.title),
  });
  if (data.briefing.length === 0) return [heading, new Paragraph({ children: runs(section.whenEmpty) })];
  return [
    heading,
    ...data.briefing.flatMap((row) => [
      new Paragraph({ heading: HeadingLevel.HEADING_2, keepNext: true, children: runs(row.heading) }),
      ...cleanText(row.text)
        .split('\n')
        .map((line) => new Paragraph({ children: runs(line) })),
    ]),
  ];
}

/** A section as a table over the width of a landscape page; fields of details stand as lines under a row's own. */
function writeSection(
  data: PackData,
  section: PackSection,
  photographs: PackPhotographs,
): (Paragraph | Table)[] {
  const columns = section.columns.filter(({ share }) => share > 0);
  const more = section.columns.filter(
    ({ share, kind }) => share === 0 && kind !== 'photograph' && kind !== 'reference',
  );
  const wide = textWidth(true);
  // A column of ages still holds its heading on one line.
  const narrowest = 0.5;
  const shares = columns.map(({ share }) => Math.max(share, narrowest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((share / total) * wide));
  const rows = rowsOfSection(data, section.id).flatMap((row) => {
    const own = columns.map((column, index) =>
      cell(
        column.kind === 'photograph'
          ? picture(row[column.field], photographs, widths[index] ?? 0)
          : runs(formatValue(row[column.field], column.kind), {
              size: sizes.table,
              bold: column.kind === 'warnings',
            }),
        column.kind === 'warnings' && formatValue(row[column.field], column.kind) !== ''
          ? fills.warning
          : undefined,
      ),
    );
    const details = more.flatMap((column) => detail(row, column));
    return details.length === 0
      ? [own]
      : [own, [new TableCell({ columnSpan: columns.length, children: details, margins: cellMargins })]];
  });
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, children: runs(section.title) }),
    new Paragraph({ keepNext: true, children: runs(section.explanation, { size: sizes.table }) }),
    table(
      widths,
      columns.map(({ heading }) => headCell(heading)),
      rows,
    ),
  ];
}

/** Each kept picture over the width of a landscape page, and its table. */
function writePictures(
  data: PackData,
  section: PackSection,
  photographs: PackPhotographs,
): (Paragraph | Table)[] {
  const wide = textWidth(true);
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, children: runs(section.title) }),
    new Paragraph({ keepNext: true, children: runs(section.explanation, { size: sizes.table }) }),
    ...data.pictures.flatMap((row) => {
      const width = Math.floor(wide / row.headings.length);
      return [
        new Paragraph({ heading: HeadingLevel.HEADING_2, keepNext: true, children: runs(row.title) }),
        new Paragraph({ keepNext: true, children: runs(pictureFacts(row), { size: sizes.table }) }),
        new Paragraph({
          keepNext: true,
          children: wholePicture(row, photographs, wide) ?? runs(row.leftOut ?? '', { bold: true }),
        }),
        table(
          row.headings.map(() => width),
          row.headings.map(headCell),
          row.rows.map((cells) => cells.map((text) => cell(runs(text, { size: sizes.table })))),
        ),
      ];
    }),
  ];
}

/** At most as wide as the text and 400 pixels high, so that title and picture stand on one page. */
function wholePicture(
  row: PictureRow,
  photographs: PackPhotographs,
  width: number,
): (TextRun | ImageRun)[] | undefined {
  const bytes = row.image === null ? undefined : photographs.get(row.image);
  const read = bytes === undefined ? undefined : readPicture(bytes);
  if (read === undefined) return undefined;
  // Twentieths of a point to pixels at 96 dpi.
  const scale = Math.min(width / 15 / read.width, 400 / read.height);
  const words = cleanText(`${row.kind}: ${row.title}`);
  return [
    new ImageRun({
      type: read.format === 'jpeg' ? 'jpg' : 'png',
      data: read.bytes,
      transformation: { width: Math.round(read.width * scale), height: Math.round(read.height * scale) },
      altText: { title: words, description: words, name: row.ref },
    }),
  ];
}

function detail(row: Readonly<Record<string, unknown>>, column: PackColumn): Paragraph[] {
  const value = formatValue(row[column.field], column.kind);
  if (value === '') return [];
  return [
    new Paragraph({
      spacing: { after: 40 },
      children: [
        ...runs(`${column.heading}: `, { bold: true, size: sizes.table }),
        ...runs(value, { size: sizes.table }),
      ],
    }),
  ];
}

function picture(id: unknown, photographs: PackPhotographs, width: number): (TextRun | ImageRun)[] {
  const bytes = typeof id === 'string' ? photographs.get(id) : undefined;
  const read = bytes === undefined ? undefined : readPicture(bytes);
  if (read === undefined) return runs('No photograph', { size: sizes.table });
  // Twentieths of a point to pixels at 96 dpi, less the margins of the cell.
  const most = Math.min(90, Math.max(40, width / 15 - 12));
  const scale = Math.min(most / read.width, 110 / read.height);
  return [
    new ImageRun({
      type: read.format === 'jpeg' ? 'jpg' : 'png',
      data: read.bytes,
      transformation: { width: Math.round(read.width * scale), height: Math.round(read.height * scale) },
      altText: { title: 'Photograph', description: 'Photograph', name: 'Photograph' },
    }),
  ];
}
