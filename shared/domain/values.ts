import type { Cleaned } from './cleaned.ts';
import { asRejected, isScientific, openCell, type StoredCell } from './tidy.ts';

const yes = new Set(['yes', 'y', 'true', 't', '1', '✓', '✔', '☑', 'ye', 'yep']);
const no = new Set(['no', 'n', 'false', 'f', '0', '✗', '✘', '☐', 'nope']);

/** Yes or no as a boolean. 'x' is refused: it is used for both. Refused: `value.yes-no`. */
export function cleanYesNo(text: string, stored?: StoredCell): Cleaned<boolean> {
  if (stored?.type === 'boolean' && typeof stored.value === 'boolean') return { value: stored.value };
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  const word = cell.text.toLowerCase().replace(/[.!]$/, '');
  if (yes.has(word)) return { value: true };
  if (no.has(word)) return { value: false };
  return asRejected('value.yes-no', 'This is neither yes nor no.');
}

/**
 * A number from a cell: stored numbers are taken as stored; text may have thousands separators, a pound
 * sign, a percent sign (dropped, not divided) or accountant's brackets for a negative.
 * Refused: `number.format`.
 */
export function cleanNumber(text: string, stored?: StoredCell): Cleaned<number> {
  if (stored?.type === 'number' && typeof stored.value === 'number' && Number.isFinite(stored.value)) {
    return { value: stored.value };
  }
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  const brackets = /^\((.+)\)$/.exec(cell.text);
  const bare = (brackets?.[1] ?? cell.text).replace(/^(-?)\s*(?:£|GBP|€|\$)\s*/i, '$1').replace(/\s*%$/, '');
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
  if (
    /^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(plain) ||
    isScientific(plain) ||
    /^-?\d(?:\.\d+)?e-\d{1,3}$/i.test(plain)
  ) {
    const value = Number(plain);
    if (Number.isFinite(value)) return { value: brackets && value !== 0 ? -value : value };
  }
  return asRejected('number.format', 'This cannot be read as a number.');
}

const sexes: Record<string, 'M' | 'F' | 'X'> = {
  m: 'M',
  male: 'M',
  man: 'M',
  boy: 'M',
  f: 'F',
  female: 'F',
  woman: 'F',
  girl: 'F',
  fem: 'F',
  x: 'X',
  other: 'X',
  'non-binary': 'X',
  nonbinary: 'X',
  indeterminate: 'X',
  intersex: 'X',
};

/** Sex as a code of the list `sex`: 'M', 'F' or 'X'. Refused: `value.sex`. */
export function cleanSex(text: string): Cleaned<'M' | 'F' | 'X'> {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const word = cell.text
    .toLowerCase()
    .replace(/[.]$/, '')
    .replace(/^\((.*)\)$/, '$1');
  const value = Object.hasOwn(sexes, word) ? sexes[word] : undefined;
  return value ? { value } : asRejected('value.sex', 'This is no known way of writing a sex.');
}
