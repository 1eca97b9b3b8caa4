import type { Cleaned } from './cleaned.ts';
import { onlyReading } from './lookalikes.ts';
import { asRejected, openCell, toCapitals, withWarning } from './tidy.ts';

const full =
  /^(GIR0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPSTUW]))[0-9][ABD-HJLNP-UW-Z]{2})$/;
const outwardOnly = /^[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPSTUW])$/;
const sector =
  /^([A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPSTUW])) ([0-9])$/;
/** Statistical stand-ins such as ZZ99 3VZ (no fixed abode): never a place. */
const pseudo = /^ZZ99[0-9][A-Z]{2}$/;
const inText =
  /(?<![A-Z0-9])([A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPSTUW]))[ ]?([0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])/g;

function spaceOut(compact: string): string {
  return `${compact.slice(0, -3)} ${compact.slice(-3)}`;
}

/** Two letters before a digit are the area as written; they are not read as letter and digit. */
function keepsArea(compact: string, reading: string): boolean {
  return !/^[A-Z]{2}\d/.test(compact) || reading.charAt(1) === compact.charAt(1);
}

/** True for a complete postcode in the form that `cleanPostcode` returns. */
export function isFullPostcode(postcode: string): boolean {
  return full.test(postcode.replace(' ', ''));
}

/** Every full postcode inside a longer text, in order, as 'CA1 1AA'. */
export function findPostcodes(text: string): string[] {
  return [...text.toUpperCase().matchAll(inText)].map((match) => `${match[1]} ${match[2]}`);
}

/**
 * Postcode as 'CA1 1AA'. Source of the shape: domain facts 7.4 (unconfirmed, high confidence).
 *
 * - O for 0, I or l for 1, or the other way round, is repaired where only one reading is a postcode
 *   (`postcode.letters`).
 * - A postcode found alone inside other words is taken out (`postcode.extracted`).
 * - An outward code or sector alone ('CA1', 'CA1 1') is kept with the warning `postcode.partial`: it is
 *   an area, not a place, so test with `isFullPostcode` before comparing places.
 * - A postcode with a question mark after it is kept with the warning `postcode.doubtful`.
 * - ZZ99 stand-ins are kept with the warning `postcode.pseudo`.
 */
export function cleanPostcode(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const upper = toCapitals(cell.text);
  const compact = upper.replace(/[^A-Z0-9]/g, '');
  if (full.test(compact)) {
    return /\?/.test(upper)
      ? withWarning(spaceOut(compact), 'postcode.doubtful', 'The postcode is followed by a question mark.')
      : { value: spaceOut(compact) };
  }
  if (pseudo.test(compact)) {
    return withWarning(spaceOut(compact), 'postcode.pseudo', 'This is a stand-in code (ZZ99), not a place.');
  }
  if (compact === 'GIROAA') return { value: 'GIR 0AA', repaired: 'postcode.letters' };
  const reading =
    compact.length >= 5 && compact.length <= 7 && /\d/.test(compact)
      ? onlyReading(compact, (each) => full.test(each) && keepsArea(compact, each))
      : null;
  if (reading !== null) return { value: spaceOut(reading), repaired: 'postcode.letters' };
  const bfpo = /^BFPO(\d{1,4})$/.exec(compact);
  if (bfpo) return { value: `BFPO ${bfpo[1]}` };
  // A place that was not read ('CA1 1**') ends the code where it was still read.
  const read = upper.replace(/\s*[?*]+.*$/, '');
  const partial = sector.test(read)
    ? read
    : outwardOnly.test(compact) && !/[A-Z0-9][?*]/.test(upper)
      ? compact
      : null;
  if (partial !== null) {
    return withWarning(
      partial,
      'postcode.partial',
      'Only the first part of a postcode: an area, not a place.',
    );
  }
  const found = [...new Set(findPostcodes(upper))];
  if (found.length === 1 && found[0]) return { value: found[0], repaired: 'postcode.extracted' };
  if (found.length > 1) return asRejected('postcode.several', 'The cell holds more than one postcode.');
  return asRejected('postcode.format', 'This is not the shape of a UK postcode.');
}
