/** A printed document as a Word file, for those who finish it by hand. The same document gives the same bytes. */
import { HeadingLevel, Paragraph, type Table } from 'docx';
import {
  cell,
  factTable,
  fills,
  finishWord,
  frame,
  headCell,
  runs,
  sizes,
  table,
  textWidth,
} from '../packs/docx/wordParts.ts';
import type { PrintedDocument, PrintedTable } from './printed.ts';

export function writeWord(printed: PrintedDocument): Promise<Buffer> {
  const wide = textWidth(printed.landscape);
  return finishWord(printed.title, [
    {
      ...frame(printed.marking, `${printed.footer}.`, printed.landscape),
      children: [
        ...(printed.draft === ''
          ? []
          : [table([wide], [], [[cell(runs(printed.draft, { bold: true }), fills.warning)]])]),
        new Paragraph({ heading: HeadingLevel.TITLE, children: runs(printed.title) }),
        factTable(printed.facts, wide),
        ...[...printed.paragraphs, ...(printed.groups.length > 0 ? [printed.groups.join(' ')] : [])].map(
          (text) => new Paragraph({ spacing: { before: 120 }, children: runs(text) }),
        ),
        ...printed.tables.flatMap((each) => writeTable(each, wide)),
        ...(printed.signatures.length === 0
          ? []
          : [
              new Paragraph({ children: [] }),
              factTable(
                printed.signatures.map((label) => [label, '\n']),
                wide,
              ),
            ]),
      ],
    },
  ]);
}

function writeTable(printed: PrintedTable, wide: number): (Paragraph | Table)[] {
  const total = printed.widths.reduce((sum, width) => sum + width, 0);
  const heading =
    printed.title === ''
      ? []
      : [new Paragraph({ heading: HeadingLevel.HEADING_2, keepNext: true, children: runs(printed.title) })];
  const body =
    printed.rows.length === 0
      ? [new Paragraph({ children: runs(printed.empty) })]
      : [
          new Paragraph({ spacing: { after: 0 }, children: [] }),
          table(
            printed.widths.map((width) => Math.floor((width / total) * wide)),
            printed.headings.map(headCell),
            printed.rows.map((row) => row.map((text) => cell(runs(text, { size: sizes.table })))),
          ),
        ];
  return [
    ...heading,
    ...body,
    ...(printed.note === '' ? [] : [new Paragraph({ children: runs(printed.note) })]),
  ];
}
