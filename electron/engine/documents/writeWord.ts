/** A printed document as a Word file, for those who finish it by hand. The same document gives the same bytes. */
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
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
import { cleanText } from '../../../shared/packs/format.ts';
import { finishOffice } from '../packs/finishOffice.ts';
import type { PrintedDocument, PrintedTable } from './printed.ts';

/** A4 in twentieths of a point, and the margin on each side. */
const page = { width: 11_906, height: 16_838, margin: 850 };
const small = 16;
const fills = { head: '1F3A5F', label: 'F1F4F7', warning: 'FFE8D6' };

export async function writeWord(printed: PrintedDocument): Promise<Buffer> {
  const wide = (printed.landscape ? page.height : page.width) - 2 * page.margin;
  const document = new Document({
    title: cleanText(printed.title),
    creator: '',
    lastModifiedBy: '',
    styles: {
      default: {
        document: {
          run: { font: 'Arial', size: 20, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 120 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: page.width,
              height: page.height,
              orientation: printed.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: {
              top: 1100,
              bottom: 1100,
              left: page.margin,
              right: page.margin,
              header: 400,
              footer: 400,
            },
          },
        },
        headers: { default: new Header({ children: [marking(printed)] }) },
        footers: { default: new Footer({ children: [footLine(printed), marking(printed)] }) },
        children: [
          ...(printed.draft === ''
            ? []
            : [grid([wide], [[cell(printed.draft, { fill: fills.warning, bold: true })]])]),
          new Paragraph({ heading: HeadingLevel.TITLE, children: runs(printed.title) }),
          labelled(printed.facts, wide),
          ...[...printed.paragraphs, ...(printed.groups.length > 0 ? [printed.groups.join(' ')] : [])].map(
            (text) => new Paragraph({ spacing: { before: 120 }, children: runs(text) }),
          ),
          ...printed.tables.flatMap((table) => writeTable(table, wide)),
          ...(printed.signatures.length === 0
            ? []
            : [
                new Paragraph({ children: [] }),
                labelled(
                  printed.signatures.map((label) => [label, '\n']),
                  wide,
                ),
              ]),
        ],
      },
    ],
  });
  return finishOffice(await Packer.toBuffer(document));
}

const marking = (printed: PrintedDocument) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ text: printed.marking, bold: true, size: 24 })],
  });

const footLine = (printed: PrintedDocument) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 40 },
    children: [
      new TextRun({ text: `${cleanText(printed.footer)}. `.replaceAll('\n', ' '), size: small }),
      new TextRun({ children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES], size: small }),
    ],
  });

function labelled(facts: readonly (readonly [string, string])[], wide: number): Table {
  const label = 2600;
  return grid(
    [label, wide - label],
    facts.map(([name, value]) => [cell(name, { fill: fills.label, bold: true }), cell(value)]),
  );
}

function writeTable(table: PrintedTable, wide: number): (Paragraph | Table)[] {
  const total = table.widths.reduce((sum, width) => sum + width, 0);
  const heading =
    table.title === ''
      ? []
      : [new Paragraph({ heading: HeadingLevel.HEADING_2, keepNext: true, children: runs(table.title) })];
  const body =
    table.rows.length === 0
      ? [new Paragraph({ children: runs(table.empty) })]
      : [
          new Paragraph({ spacing: { after: 0 }, children: [] }),
          grid(
            table.widths.map((width) => Math.floor((width / total) * wide)),
            table.rows.map((row) => row.map((text) => cell(text, { size: small }))),
            table.headings.map((text) =>
              cell(text, { fill: fills.head, bold: true, color: 'FFFFFF', size: small }),
            ),
          ),
        ];
  return [...heading, ...body, ...(table.note === '' ? [] : [new Paragraph({ children: runs(table.note) })])];
}

interface Look {
  fill?: string;
  bold?: boolean;
  color?: string;
  size?: number;
}

function cell(text: string, { fill, ...look }: Look = {}): TableCell {
  return new TableCell({
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
    children: [new Paragraph({ spacing: { after: 0 }, children: runs(text, look) })],
  });
}

function grid(
  widths: readonly number[],
  rows: readonly TableCell[][],
  head: readonly TableCell[] = [],
): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    rows: [
      ...(head.length === 0
        ? []
        : [new TableRow({ tableHeader: true, cantSplit: true, children: [...head] })]),
      ...rows.map((cells) => new TableRow({ children: cells, cantSplit: true })),
    ],
  });
}

const runs = (text: string, look: Omit<Look, 'fill'> = {}) =>
  cleanText(text)
    .split('\n')
    .map((line, index) => new TextRun({ text: line, ...look, ...(index === 0 ? {} : { break: 1 }) }));
