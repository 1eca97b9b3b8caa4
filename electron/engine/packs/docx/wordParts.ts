/** What every Word file of the program is made of: pages with their marking, tables of facts and rows, text. */
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  type ImageRun,
  type ISectionOptions,
  type IStylesOptions,
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
import { cleanText } from '../../../../shared/packs/format.ts';
import { finishOffice } from '../finishOffice.ts';

/** A4 in twentieths of a point, and the margin on each side. */
const page = { width: 11_906, height: 16_838, margin: 850 };

/** Half points, as Word counts them. */
export const sizes = { body: 20, table: 16, marking: 24, foot: 16 };

export const fills = { head: '1F3A5F', label: 'F1F4F7', warning: 'FFE8D6' };

export const cellMargins = { top: 40, bottom: 40, left: 80, right: 80 };

/** Width between the margins of a page. */
export const textWidth = (landscape: boolean) => (landscape ? page.height : page.width) - 2 * page.margin;

/** The file of these sections; `headings` are the looks of headings that are not Word's own. The same sections give the same bytes. */
export async function finishWord(
  title: string,
  sections: readonly ISectionOptions[],
  headings: IStylesOptions['default'] = {},
): Promise<Buffer> {
  const document = new Document({
    title: cleanText(title),
    creator: '',
    lastModifiedBy: '',
    styles: {
      default: {
        document: {
          run: { font: 'Arial', size: sizes.body, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 120 } },
        },
        ...headings,
      },
    },
    sections,
  });
  return finishOffice(await Packer.toBuffer(document));
}

/**
 * Size, direction, header and footer of pages.
 * @param marking as it is printed, at the top and the bottom of every page
 * @param foot the sentence before the number of the page
 */
export function frame(
  marking: string,
  foot: string,
  landscape: boolean,
): Pick<ISectionOptions, 'properties' | 'headers' | 'footers'> {
  const marked = () =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ text: marking, bold: true, size: sizes.marking })],
    });
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
    headers: { default: new Header({ children: [marked()] }) },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 40 },
            children: [
              new TextRun({ text: `${cleanText(foot).replaceAll('\n', ' ')} `, size: sizes.foot }),
              new TextRun({
                children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
                size: sizes.foot,
              }),
            ],
          }),
          marked(),
        ],
      }),
    },
  };
}

/** Labels with their values, one below another. */
export function factTable(facts: readonly (readonly [label: string, value: string])[], wide: number): Table {
  const label = 2600;
  return table(
    [label, wide - label],
    [],
    facts.map(([name, value]) => [cell(runs(name, { bold: true }), fills.label), cell(runs(value))]),
  );
}

/** A cell of the heading of a table. */
export const headCell = (text: string) =>
  cell(runs(text, { bold: true, size: sizes.table, color: 'FFFFFF' }), fills.head);

export function cell(children: (TextRun | ImageRun)[], fill?: string): TableCell {
  return new TableCell({
    margins: cellMargins,
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
    children: [new Paragraph({ spacing: { after: 0 }, children })],
  });
}

/** @param head cells that stand again on every page; none for a table without a heading */
export function table(
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
export function runs(
  text: string,
  look: { readonly bold?: boolean; readonly size?: number; readonly color?: string } = {},
): TextRun[] {
  return cleanText(text)
    .split('\n')
    .map((line, index) => new TextRun({ text: line, ...look, ...(index === 0 ? {} : { break: 1 }) }));
}
