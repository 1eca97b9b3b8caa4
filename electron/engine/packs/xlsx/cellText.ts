import { cleanText } from '../../../../shared/packs/format.ts';

/** Excel's limit for the text of one cell, in UTF-16 units. */
export const longestCell = 32_767;

/** Excel's limit for one header or footer, codes included. */
const longestHeader = 255;

/**
 * Text as a cell may hold it: clean, and with Excel's own escape (`_x0041_`) defused so that text
 * which looks like one shows as it was written. Once only: what is split or measured before is clean
 * text, not this.
 */
export function excelText(text: string): string {
  return escapeText(cleanText(text));
}

/** The same for text that is clean already. */
export function escapeText(clean: string): string {
  return clean.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** Text inside a header or footer code: `&` doubled, one line, no longer than `limit` characters. */
export function headerText(text: string, limit: number): string {
  const line = cleanText(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  const short = characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
  return short.replaceAll('&', '&&');
}

/**
 * Puts a header or footer together from three parts. Excel refuses a workbook with one over 255
 * characters, so the left and right parts give way; the marking in the middle never does.
 */
export function joinHeader(left: string, centre: string, right: string): string {
  const end = `&C&12&"Arial,Bold"${centre}&R&8${afterSize(right)}`;
  const whole = `&L&8${afterSize(left)}${end}`;
  if (whole.length <= longestHeader) return whole;
  return end.length <= longestHeader ? end : `&C&12&"Arial,Bold"${centre}`;
}

/** A text that begins with a digit would be read as part of the size before it. */
function afterSize(text: string): string {
  return /^\d/.test(text) ? ` ${text}` : text;
}

/** A name that Excel takes for a sheet and that no sheet has yet (Excel compares without case). */
export function sheetName(title: string, taken: Set<string>): string {
  const plain = cleanText(title)
    .replace(/[[\]:*?/\\\n]/g, ' ')
    .replace(/^[\s']+|[\s']+$/g, '')
    .replace(/\s+/g, ' ');
  const usable = plain === '' || plain.toLowerCase() === 'history' ? `Sheet ${plain}`.trim() : plain;
  for (let attempt = 1; ; attempt += 1) {
    const suffix = attempt === 1 ? '' : ` (${attempt})`;
    const name = `${cutToLength(usable, 31 - suffix.length)}${suffix}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

function cutToLength(text: string, length: number): string {
  return text
    .slice(0, length)
    .toWellFormed()
    .replace(/[\ufffd\s']+$/g, '');
}
