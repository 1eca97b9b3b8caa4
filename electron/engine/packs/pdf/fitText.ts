import { cleanText } from '../../../../shared/packs/format.ts';

/** A column of a printed table; `share` is its part of the width. */
export interface PdfColumn {
  readonly heading: string;
  readonly share: number;
  readonly kind: string;
}

/** Words of more letters than this get places to break wherever they stand. */
const longestWord = 24;

/** Millimetres within the margins; of a column that leads to pages; of a cell's padding; of a letter at 9 pt. */
export const widthOfPage = { portrait: 182, landscape: 269 };
const pageColumn = 9.5;
const cellInset = 2.5;
const characterWidth = 1.75;

/** Every string of the document, cleaned, with places to break in words too long for a line. */
export function cleanAll(value: unknown): unknown {
  if (typeof value === 'string') return breakWords(cleanText(value), longestWord);
  if (Array.isArray(value)) return value.map(cleanAll);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cleanAll(entry)]));
  }
  return value;
}

/** Words too long for their column get places to break. `pageWidth` in millimetres; 0 leaves all as it is. */
export function fitTable<
  Table extends { columns: readonly PdfColumn[]; rows: readonly (readonly string[])[] },
>(table: Table, pageWidth: number): { columns: readonly PdfColumn[]; rows: readonly (readonly string[])[] } {
  if (pageWidth === 0) return table;
  const total = table.columns.reduce((sum, { share }) => sum + share, 0);
  const fitting = table.columns.map(({ share }) =>
    Math.max(4, Math.floor(((share / total) * (pageWidth - pageColumn) - cellInset) / characterWidth)),
  );
  return {
    columns: table.columns.map((column, place) => ({
      ...column,
      heading: breakWords(column.heading, (fitting[place] ?? 25) - 1),
    })),
    rows: table.rows.map((row) =>
      row.map((value, place) =>
        table.columns[place]?.kind === 'photograph' ? value : breakWords(value, fitting[place] ?? 25),
      ),
    ),
  };
}

const graphemes = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

/** Places to break in words of more than `most` letters; never within a letter, nor between letters that join. */
function breakWords(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.replace(/[^\s\u200b-]+/gu, (word) => {
    if (word.length <= most || /\p{Script=Arabic}/u.test(word)) return word;
    return [...graphemes.segment(word)]
      .map(({ segment }, place) => (place > 0 && place % most === 0 ? `\u200b${segment}` : segment))
      .join('');
  });
}
