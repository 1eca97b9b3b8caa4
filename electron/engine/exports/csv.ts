import { cleanText } from '../../../shared/packs/format.ts';

/** What a spreadsheet program takes for the start of a formula, in plain and in full width. */
const formulaStart = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** True for text that a spreadsheet program would run instead of show. */
export function startsFormula(text: string): boolean {
  return formulaStart.test(text);
}

/** A cell of a CSV file (RFC 4180). Text that starts like a formula gets an apostrophe in front: it is shown, not run. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = cleanText(value);
  const safe = startsFormula(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The mark that tells Excel that the file is UTF-8. */
export const utf8Mark = '\uFEFF';

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
