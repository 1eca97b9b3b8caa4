import type { MergedRange } from '../types.ts';

/** Character codes that the scanner looks for. */
export const tab = 9;
export const doubleQuote = 34;
export const singleQuote = 39;
export const minus = 45;
export const fullStop = 46;
export const slash = 47;
export const colon = 58;
export const lessThan = 60;
export const equals = 61;
export const greaterThan = 62;

/** What a cell says it holds (attribute `t`). */
export const cellNumber = 0;
export const cellShared = 1;
export const cellString = 2;
export const cellInline = 3;
export const cellBoolean = 4;
export const cellError = 5;
export const cellDate = 6;

/** Whether `</v></c>` stands at a position; compared by hand because it is asked for every cell. */
export function endsPlainCell(bytes: Buffer, at: number): boolean {
  return (
    (bytes[at + 1] as number) === slash &&
    (bytes[at + 2] as number) === 118 &&
    (bytes[at + 3] as number) === greaterThan &&
    (bytes[at + 4] as number) === lessThan &&
    (bytes[at + 5] as number) === slash &&
    (bytes[at + 6] as number) === 99 &&
    (bytes[at + 7] as number) === greaterThan
  );
}

/** Whether `</row>` stands at a position. */
export function endsRow(bytes: Buffer, at: number): boolean {
  return (
    (bytes[at + 1] as number) === slash &&
    (bytes[at + 2] as number) === 114 &&
    (bytes[at + 3] as number) === 111 &&
    (bytes[at + 4] as number) === 119 &&
    (bytes[at + 5] as number) === greaterThan
  );
}

/** Whether `</f>` stands at a position. */
export function endsFormula(bytes: Buffer, at: number): boolean {
  return (
    (bytes[at + 1] as number) === slash &&
    (bytes[at + 2] as number) === 102 &&
    (bytes[at + 3] as number) === greaterThan
  );
}

/** Whether `<is><t` and the end of the name stand at a position. */
export function opensInlineText(bytes: Buffer, at: number): boolean {
  return (
    (bytes[at] as number) === lessThan &&
    (bytes[at + 1] as number) === 105 &&
    (bytes[at + 2] as number) === 115 &&
    (bytes[at + 3] as number) === greaterThan &&
    (bytes[at + 4] as number) === lessThan &&
    (bytes[at + 5] as number) === 116 &&
    ((bytes[at + 6] as number) === greaterThan || (bytes[at + 6] as number) === 32)
  );
}

/** Whether `</t></is></c>` stands at a position. */
export function endsInlineCell(bytes: Buffer, at: number): boolean {
  return (
    (bytes[at + 1] as number) === slash &&
    (bytes[at + 2] as number) === 116 &&
    (bytes[at + 3] as number) === greaterThan &&
    (bytes[at + 4] as number) === lessThan &&
    (bytes[at + 5] as number) === slash &&
    (bytes[at + 6] as number) === 105 &&
    (bytes[at + 7] as number) === 115 &&
    (bytes[at + 8] as number) === greaterThan &&
    (bytes[at + 9] as number) === lessThan &&
    (bytes[at + 10] as number) === slash &&
    (bytes[at + 11] as number) === 99 &&
    (bytes[at + 12] as number) === greaterThan
  );
}

/** A whole number in decimal digits; -1 when something else stands there. */
export function readDigits(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) {
      if ((bytes[at] as number) <= 32 && (bytes[at] as number) >= tab) continue;
      return at === start ? -1 : value;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** The kind that an attribute `t` between two positions names. */
export function readKind(bytes: Buffer, start: number, end: number): number {
  const first = bytes[start] as number;
  if (first === 115) return end - start === 1 ? cellShared : cellString;
  if (first === 105) return cellInline;
  if (first === 98) return cellBoolean;
  if (first === 101) return cellError;
  return first === 100 ? cellDate : cellNumber;
}

/** The range of a reference such as `A1:C3`; undefined when it is none. */
export function parseRange(reference: string | undefined): MergedRange | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference ?? '');
  if (!match) return undefined;
  const [, columnA = '', rowA = '', columnB = columnA, rowB = rowA] = match;
  const columns = [columnOf(columnA), columnOf(columnB)];
  const rows = [Number(rowA), Number(rowB)];
  return {
    firstRow: Math.min(...rows),
    lastRow: Math.max(...rows),
    firstColumn: Math.min(...columns),
    lastColumn: Math.max(...columns),
  };
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

/** The same of a text; -1 when it has no digits in front. */
export function readWholeNumber(text: string): number {
  const trimmed = text.trimStart();
  let value = 0;
  let at = 0;
  for (; at < trimmed.length; at++) {
    const digit = trimmed.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return at === 0 ? -1 : value;
}
