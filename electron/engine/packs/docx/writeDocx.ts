import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { PackColumn, PackSection } from '../../../../shared/packs/columns.ts';
import { coverFacts } from '../../../../shared/packs/cover.ts';
import { cleanText, formatMarking, formatMoment, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PackPhotographs } from '../../../../shared/packs/packData.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import { finishOffice } from '../finishOffice.ts';
import { readPicture } from '../photographs.ts';

/** A4 in twentieths of a point, and the margin on each side. */
const page = { width: 11_906, height: 16_838, margin: 850 };

/** A paragraph's worth of body text is 10 pt; Word counts half points. */
const sizes = { body: 20, table: 16, marking: 24, foot: 16 };

const headFill = '1F3A5F';
const labelFill = 'F1F4F7';
const warningFill = 'FFE8D6';

/**
 * The briefing as a Word document, which forces edit before they hand it on: the cover, the text under its
 * headings, then the sections of the pack as tables. Marked at the top and the bottom of every page. The
 * same data gives the same bytes.
 */
export async function writeDocx(data: PackData, photographs: PackPhotographs): Promise<Buffer> {
  const sections = listSections(data).filter(({ id }) => id !== 'sourceFiles');
  const texts = sections.filter(({ id }) => id === 'briefing');
  const tables = sections.filter(({ id }) => id !== 'briefing' && rowsOfSection(data, id).length > 0);
  const empty = sections.filter(({ id }) => id !== 'briefing' && rowsOfSection(data, id).length === 0);
  const document = new Document({
    title: cleanText(`${data.header.operation}: ${data.spec.title}`),
    creator: '',
    lastModifiedBy: '',
    styles: {
      default: {
        document: {
          run: { font: 'Arial', size: sizes.body, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 120 } },
        },
        heading1: {
          run: { size: 32, bold: true, color: headFill },
          paragraph: { spacing: { before: 240, after: 120 } },
        },
        heading2: { run: { size: 26, bold: true }, paragraph: { spacing: { before: 200, after: 80 } } },
      },
    },
    sections: [
      {
        ...frame(data, false),
        children: [...cover(data), ...texts.flatMap((section) => writeText(data, section))],
      },
      ...(tables.length === 0 && empty.length === 0
        ? []
        : [
            {
              ...frame(data, true),
              children: [
                ...tables.flatMap((section) => writeSection(data, section, photographs)),
                ...(empty.length === 0
                  ? []
                  : [
                      new Paragraph({
                        spacing: { before: 240 },
                        children: runs(`Nothing recorded: ${empty.map(({ title }) => title).join(', ')}.`),
                      }),
                    ]),
              ],
            },
          ]),
    ],
  });
  return finishOffice(await Packer.toBuffer(document));
}

/** Size, direction, header and footer of the pages. */
function frame(data: PackData, landscape: boolean): Omit<ISectionOptions, 'children'> {
  const { header } = data;
  const marking = () =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ text: formatMarking(header.marking), bold: true, size: sizes.marking })],
    });
  const words = cleanText(
    `${header.operation}, version ${header.version}. Copy ${header.copy}: ${header.recipient}. Data as at ${formatMoment(header.dataAsAt)}. `,
  ).replaceAll('\n', ' ');
  return {
    properties: {
      page: {
        size: {
          width: page.width,
          height: page.height,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: 1100, bottom: 1100, left: page.margin, right: page.margin, header: 400, footer: 400 },
      },
    },
    headers: { default: new Header({ children: [marking()] }) },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 40 },
            children: [
              new TextRun({ text: words, size: sizes.foot }),
              new TextRun({
                children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
                size: sizes.foot,
              }),
            ],
          }),
          marking(),
        ],
      }),
    },
  };
}

function cover(data: PackData): (Paragraph | Table)[] {
  const wide = page.width - 2 * page.margin;
  const label = 2600;
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: runs(data.header.operation) }),
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(data.spec.title) }),
    table(
      [label, wide - label],
      [],
      coverFacts(data).map(([name, value]) => [
        cell(runs(name, { bold: true }), { fill: labelFill }),
        cell(runs(value)),
      ]),
    ),
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
  const wide = page.height - 2 * page.margin;
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
          ? { fill: warningFill }
          : {},
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
      columns.map(({ heading }) =>
        cell(runs(heading, { bold: true, size: sizes.table, color: 'FFFFFF' }), { fill: headFill }),
      ),
      rows,
    ),
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

const cellMargins = { top: 40, bottom: 40, left: 80, right: 80 };

function cell(children: (TextRun | ImageRun)[], look: { readonly fill?: string } = {}): TableCell {
  return new TableCell({
    margins: cellMargins,
    ...(look.fill === undefined
      ? {}
      : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: look.fill } }),
    children: [new Paragraph({ spacing: { after: 0 }, children })],
  });
}

function table(
  widths: readonly number[],
  head: readonly TableCell[],
  rows: readonly (readonly TableCell[])[],
): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    rows: [
      ...(head.length === 0
        ? []
        : [new TableRow({ tableHeader: true, cantSplit: true, children: [...head] })]),
      ...rows.map((cells) => new TableRow({ children: [...cells], cantSplit: true })),
    ],
  });
}

/** Text as it stands, line ends kept; right-to-left words are left to Word. */
function runs(
  text: string,
  look: { readonly bold?: boolean; readonly size?: number; readonly color?: string } = {},
): TextRun[] {
  return cleanText(text)
    .split('\n')
    .map((line, index) => new TextRun({ text: line, ...look, ...(index === 0 ? {} : { break: 1 }) }));
}
