import type { Cleaned, Flag } from './cleaned.ts';

/**
 * A stored cell value as the readers hand it over: what the spreadsheet kept, next to what it showed.
 * Dates and times are ISO 8601 without zone.
 */
export interface StoredCell {
  type: 'number' | 'date' | 'datetime' | 'time' | 'duration' | 'boolean' | 'error';
  value: string | number | boolean;
}

const invisible = /[\p{Cf}\u00AD\uFEFF]/gu;
const blanks = /[\s\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/gu;
const controls = /\p{Cc}/gu;
const dashes = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;
const singleQuotes = /[\u2018\u2019\u201A\u201B\u02BC\u2032\u00B4`]/gu;
const doubleQuotes = /[\u201C-\u201F\u2033\u00AB\u00BB]/gu;

/** Digits of other scripts (Arabic, Persian, Devanagari, Bengali): each script's ten follow its zero. */
const otherDigits = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF]/g;
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6];

/** Only printable ASCII, no edge or double blanks: nothing to tidy. Most cells of a large file. */
const alreadyTidy = /^(?!['=\s])(?:[!-_a-~]| (?! ))*$/;

const placeholders = new Set(
  'n/a|na|n.a.|n/k|n.k.|none|nil|null|not known|none known|not given|none given|not stated|not recorded|not provided|not held|unknown|unk|u/k|uk/n|tbc|tba|tbd|no trace|not applicable|refused|undefined|nan|(blank)|blank'.split(
    '|',
  ),
);

/**
 * One line of plain text: odd blanks become single spaces, invisible characters go, typographic dashes
 * and quotes become plain ones. Letters are kept as they are (composed form).
 */
export function tidyText(text: string): string {
  if (alreadyTidy.test(text)) return text.endsWith(' ') ? text.slice(0, -1) : text;
  return text
    .normalize('NFC')
    .replace(blanks, ' ')
    .replace(invisible, '')
    .replace(controls, '')
    .replace(dashes, '-')
    .replace(singleQuotes, "'")
    .replace(doubleQuotes, '"')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function plainDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = zeros.findLast((start) => start <= code) ?? code;
  return String(code - zero);
}

/**
 * Text of an identifier: as `tidyText`, and full-width letters and digits of other scripts become plain
 * ones. What forces a spreadsheet to keep text goes: a leading apostrophe, and `="…"` around the text.
 */
export function tidyIdentifier(text: string): string {
  if (alreadyTidy.test(text)) return text.endsWith(' ') ? text.slice(0, -1) : text;
  let tidy = tidyText(text.normalize('NFKC')).replace(otherDigits, plainDigit);
  while (tidy.startsWith("'")) tidy = tidy.slice(1).trimStart();
  return tidy.replace(/^="([^"]*)"$/, '$1').trim();
}

/** In capitals, composed again: some capitals of one letter are two characters ('ΰ'). */
export function toCapitals(text: string): string {
  return text.toUpperCase().normalize('NFKC');
}

/** Builds the result for a value that is kept but needs a look. */
export function withWarning<T>(value: T | null, code: string, message: string): Cleaned<T> {
  return { value, flag: { code, message, severity: 'warning' } };
}

/** Builds the result for a value that cannot be used. */
export function asRejected<T>(code: string, message: string): Cleaned<T> {
  return { value: null, flag: { code, message, severity: 'reject' } };
}

/** True for the ways in which people write that nothing is known ('N/A', 'unknown', '-', 'TBC'). */
export function isPlaceholder(tidy: string): boolean {
  return placeholders.has(tidy.toLowerCase()) || /^[-?._*/\\]+$/.test(tidy);
}

/** The flag for a cell that says nothing is known, holds a formula error, or shows only hashes. */
export function flagEmptyWords(tidy: string): Flag | undefined {
  if (isPlaceholder(tidy)) {
    return {
      code: 'value.placeholder',
      message: 'The cell only says that nothing is known.',
      severity: 'warning',
    };
  }
  if (/^#+$/.test(tidy)) {
    return {
      code: 'value.hashes',
      message: 'The column was too narrow when the sheet was saved, so only hashes are left.',
      severity: 'reject',
    };
  }
  if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA)$/i.test(tidy)) {
    return {
      code: 'value.error',
      message: 'The cell holds a formula error in place of a value.',
      severity: 'reject',
    };
  }
  return undefined;
}

/** Longest text that is read as an identifier or a name; whatever is longer is prose. */
export const longestIdentifier = 400;

export function tooLong(): Cleaned<never> {
  return asRejected('value.long', 'There is far more text here than such a value can have.');
}

/**
 * First step of every identifier cleaner: the tidy text, or a finished result when the cell is blank,
 * a placeholder or an error.
 */
export function openCell(
  text: string,
  stored?: StoredCell,
): { text: string; done?: undefined } | { text: ''; done: Cleaned<never> } {
  const tidy = tidyIdentifier(text);
  if (tidy === '') return { text: '', done: { value: null } };
  if (tidy.length > longestIdentifier) return { text: '', done: tooLong() };
  const flag = stored?.type === 'error' ? flagEmptyWords('#VALUE!') : flagEmptyWords(tidy);
  return flag ? { text: '', done: { value: null, flag } } : { text: tidy };
}

const scientific = /^[+]?\d(?:\.\d+)?E\+?\d+$/i;

/** True for the short form in which a spreadsheet shows a long number, such as 4.47701E+11. */
export function isScientific(tidy: string): boolean {
  return scientific.test(tidy);
}

/**
 * All digits of a stored number, or undefined when a spreadsheet cannot have kept them all: it keeps 15
 * significant digits, so a longer whole number has lost its end.
 */
export function digitsOfStored(stored: StoredCell | undefined): string | undefined {
  if (stored?.type !== 'number' || typeof stored.value !== 'number') return undefined;
  const { value } = stored;
  if (!Number.isInteger(value) || value < 0 || value >= 1e15) return undefined;
  return String(value);
}

/**
 * All digits of a number in the short form where the short form shows them all: '4.47700900123E+11' →
 * '447700900123'. Undefined where it shows fewer than the number has.
 */
export function digitsOfScientific(tidy: string): string | undefined {
  const match = /^\+?(\d)(?:[.,](\d+))?E\+?(\d+)$/i.exec(tidy);
  if (!match) return undefined;
  const digits = `${match[1]}${match[2] ?? ''}`;
  return digits.length >= 7 && digits.length <= 15 && digits.length === Number(match[3]) + 1
    ? digits
    : undefined;
}

/**
 * Digits of an identifier that may have been through a spreadsheet.
 * Blanks, dashes, dots, slashes and brackets between digits go, and so does a trailing `.0`.
 * `rounded` says that digits were lost; `other` says that there is something that is not a digit.
 */
export function readDigits(
  tidy: string,
  stored?: StoredCell,
): { digits: string; fromStored: boolean } | { problem: 'rounded' | 'other' } {
  const longNumber = stored?.type === 'number' && typeof stored.value === 'number' && stored.value >= 1e15;
  if (isScientific(tidy)) {
    const digits = digitsOfStored(stored) ?? digitsOfScientific(tidy);
    return digits ? { digits, fromStored: true } : { problem: 'rounded' };
  }
  if (longNumber) return { problem: 'rounded' };
  const bare = tidy.replace(/^(\d+)\.0+$/, '$1').replace(/[\s\-./()\\]/g, '');
  return /^\d+$/.test(bare) ? { digits: bare, fromStored: false } : { problem: 'other' };
}

/** Luhn check over all digits, the last one being the check digit. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
