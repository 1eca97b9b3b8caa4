/** Headings as text: in the form in which they are compared, and joined where they span several lines. */
import type { SheetRow } from '../readers/types.ts';

/** A heading in the form in which headings are compared: lower case, punctuation as single blanks. */
export function normaliseHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters of a column: 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Headings over two lines: the upper one reaches to the right until the next filled cell. */
function joinHeadings(upper: readonly string[], lower: readonly string[]): string[] {
  const width = Math.max(upper.length, lower.length);
  let reach = '';
  return Array.from({ length: width }, (_, column) => {
    const above = (upper[column] ?? '').trim();
    const below = (lower[column] ?? '').trim();
    if (above) reach = above;
    if (!below) return above;
    return above || reach ? `${above || reach} ${below}` : below;
  });
}

/** Headings, joined over several lines where `headerRows` says so, of the header row of a sheet. */
export function readHeadings(rows: readonly SheetRow[], headerRow: number, headerRows: number): string[] {
  const at = (number: number) => rows.find((row) => row.row === number)?.text ?? [];
  let headings = [...at(headerRow)];
  for (let above = 1; above < headerRows; above += 1)
    headings = joinHeadings(at(headerRow - above), headings);
  return headings.map((heading) => heading.replace(/\s+/g, ' ').trim());
}
