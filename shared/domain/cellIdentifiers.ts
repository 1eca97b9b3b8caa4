import type { Cleaned } from './cleaned.ts';
import { asRejected, isScientific, openCell, type StoredCell, toCapitals, withWarning } from './tidy.ts';

/** Parts of a cell's identity, as decimal digits without leading zeros (the network code keeps its own). */
export interface CellIdentity {
  /**
   * `cgi`: country, network, location area, cell (2G and 3G); `ecgi`: country, network, E-UTRAN cell (4G);
   * `lac-cid`: location area and cell of a network that is not named.
   */
  form: 'cgi' | 'ecgi' | 'lac-cid';
  mcc: string | null;
  mnc: string | null;
  area: number | null;
  cell: number;
}

/** Largest values, 3GPP TS 23.003: 16 bits for an area, 28 for a cell of 3G (RNC and cell) and 4G. */
const largestArea = 0xffff;
const largestCell = 0xfffffff;

const separators = /\s*[-/:._,|\s]\s*/;
const labels = /\b(?:E?CGI|GCI|MCC|MNC|LAC|TAC|CELL(?: ?ID)?|CID|CI|ECI)\s*[:=#]?\s*(?=(?:0X)?[0-9A-F]+\b)/g;

/** A number in decimal, or in hexadecimal after 0x. */
function readNumber(text: string): number {
  return /^0X[0-9A-F]+$/.test(text) ? Number.parseInt(text.slice(2), 16) : Number(text);
}

/** Country and network code of a PLMN in one piece: '23415' → 234, 15. */
function splitNetwork(parts: readonly string[]): readonly string[] {
  const [first = '', ...rest] = parts;
  return /^\d{5,6}$/.test(first) && /^[2-7]/.test(first) && rest.length >= 1 && rest.length <= 2
    ? [first.slice(0, 3), first.slice(3), ...rest]
    : parts;
}

/**
 * Takes a cell's identity apart: CGI '234-15-1234-56789', ECGI '234-15-123456789', network in one piece
 * '23415-1234-56789' only with its label, 'LAC 1234 CID 56789', '1234/56789'. Null for any other text (a
 * site name, a number of the network's own): such a cell is compared as it is written.
 */
export function readCellIdentity(text: string): CellIdentity | null {
  const upper = toCapitals(text).trim();
  const isLabelled = /^(?:E?CGI|GCI)\b/.test(upper) || /\bMCC\b/.test(upper);
  const bare = upper.replace(labels, ' ').trim();
  let parts: readonly string[] = bare.split(separators).filter((part) => part !== '');
  if (!parts.every((part) => /^(?:\d{1,10}|0X[0-9A-F]{1,7})$/.test(part))) return null;
  if (isLabelled) parts = splitNetwork(parts);
  const isNetwork = /^[2-7]\d{2}$/.test(parts[0] ?? '') && /^\d{2,3}$/.test(parts[1] ?? '');
  if (parts.length === 4 && isNetwork) {
    const [mcc = '', mnc = '', area = '', cell = ''] = parts;
    return { form: 'cgi', mcc, mnc, area: readNumber(area), cell: readNumber(cell) };
  }
  if (parts.length === 3 && isNetwork) {
    const [mcc = '', mnc = '', cell = ''] = parts;
    return { form: 'ecgi', mcc, mnc, area: null, cell: readNumber(cell) };
  }
  if (parts.length === 2) {
    return {
      form: 'lac-cid',
      mcc: null,
      mnc: null,
      area: readNumber(parts[0] ?? ''),
      cell: readNumber(parts[1] ?? ''),
    };
  }
  return null;
}

/**
 * Identity of a cell with its parts in decimal and dashes between them: '234-15-1234-56789'. A text that is
 * no standard identity is kept as it is written, without a flag: networks name their cells as they like.
 *
 * Repaired: `cell.form` (other separators, labels or hexadecimal). Warnings: `cell.range` (a part is too
 * large; kept as written), `value.placeholder` (all zeros, as text messages have them). Refused:
 * `cell.rounded`.
 */
export function cleanCellIdentity(text: string, stored?: StoredCell): Cleaned {
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  const isLong = stored?.type === 'number' && typeof stored.value === 'number' && stored.value >= 1e15;
  if (isScientific(cell.text) || isLong) {
    return asRejected(
      'cell.rounded',
      'A spreadsheet kept this cell as a number and its last digits are lost. Get the original text.',
    );
  }
  if (/^[0\s\-/:._]+$/.test(cell.text)) {
    return withWarning<string>(null, 'value.placeholder', 'The cell only says that nothing is known.');
  }
  const identity = readCellIdentity(cell.text);
  if (identity === null) return { value: cell.text };
  if ((identity.area ?? 0) > largestArea || identity.cell > largestCell) {
    return withWarning(cell.text, 'cell.range', 'A part of this cell identity is larger than it can be.');
  }
  const value = [identity.mcc, identity.mnc, identity.area, identity.cell]
    .filter((part) => part !== null)
    .join('-');
  return value === cell.text ? { value } : { value, repaired: 'cell.form' };
}
