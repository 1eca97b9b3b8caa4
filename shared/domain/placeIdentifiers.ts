import type { Cleaned } from './cleaned.ts';
import { asRejected, openCell, readDigits, type StoredCell } from './tidy.ts';

/**
 * Unique property reference number: up to 12 digits, without leading zeros (they carry no meaning).
 * Refused: `uprn.rounded`, `uprn.length`, `uprn.format`. Source: domain facts 7.4.
 */
export function cleanUprn(text: string, stored?: StoredCell): Cleaned {
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  const read = readDigits(cell.text.replace(/^UPRN\s*[:#]?\s*/i, ''), stored);
  if ('problem' in read) {
    return read.problem === 'rounded'
      ? asRejected('uprn.rounded', 'A spreadsheet shortened this UPRN and its last digits are lost.')
      : asRejected('uprn.format', 'There is something other than digits in this UPRN.');
  }
  const digits = read.digits.replace(/^0+/, '');
  if (digits === '') return asRejected('uprn.format', 'A UPRN of zeros is no property.');
  if (digits.length > 12) return asRejected('uprn.length', 'A UPRN has at most 12 digits.');
  return { value: digits, ...(read.fromStored ? { repaired: 'identifier.from-stored' } : {}) };
}

/**
 * what3words address as '///one.two.three' in lower case. Only the shape is tested: whether the words
 * exist, and where, cannot be known offline, so a postcode or grid reference is needed beside it.
 * Refused: `what3words.format`. Source: domain facts 7.4.
 */
export function cleanWhat3words(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const words = cell.text
    .toLowerCase()
    .normalize('NFC')
    .replace(/^(?:https?:\/\/)?(?:www\.)?(?:what3words\.com|w3w\.co)\//, '')
    .replace(/^(?:w3w|what3words)\s*[:=]\s*/, '')
    .replace(/^\/+/, '')
    .replace(/\s*[.\u3002\uFF0E\u00B7]\s*/g, '.');
  if (!/^[\p{L}\p{M}'-]+\.[\p{L}\p{M}'-]+\.[\p{L}\p{M}'-]+$/u.test(words)) {
    return asRejected('what3words.format', 'A what3words address is three words with dots between them.');
  }
  return { value: `///${words}` };
}
