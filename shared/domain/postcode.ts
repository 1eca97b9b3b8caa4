import type { Cleaned } from './cleaned.ts';
import { asRejected, openCell, withWarning } from './tidy.ts';

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

/** Puts back letters and digits where only one of the two can stand. Returns the text itself when none can. */
function repairPlaces(compact: string): string {
  if (compact.length < 5 || compact.length > 7) return compact;
  const first = compact.charAt(0) === '0' ? 'O' : compact.charAt(0);
  const inwardDigit = compact.charAt(compact.length - 3);
  const digit = inwardDigit === 'O' ? '0' : inwardDigit === 'I' ? '1' : inwardDigit;
  return `${first}${compact.slice(1, -3)}${digit}${compact.slice(-2)}`;
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
 * - O or I where only a digit can stand is repaired (`postcode.letters`).
 * - A postcode found alone inside other words is taken out (`postcode.extracted`).
 * - An outward code or sector alone ('CA1', 'CA1 1') is kept with the warning `postcode.partial`: it is
 *   an area, not a place, so test with `isFullPostcode` before comparing places.
 * - ZZ99 stand-ins are kept with the warning `postcode.pseudo`.
 */
export function cleanPostcode(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const upper = cell.text.toUpperCase();
  const compact = upper.replace(/[^A-Z0-9]/g, '');
  if (full.test(compact)) return { value: spaceOut(compact) };
  if (pseudo.test(compact)) {
    return withWarning(spaceOut(compact), 'postcode.pseudo', 'This is a stand-in code (ZZ99), not a place.');
  }
  const repaired = repairPlaces(compact);
  if (full.test(repaired)) return { value: spaceOut(repaired), repaired: 'postcode.letters' };
  const bfpo = /^BFPO(\d{1,4})$/.exec(compact);
  if (bfpo) return { value: `BFPO ${bfpo[1]}` };
  const partial = sector.test(upper) ? upper : outwardOnly.test(compact) ? compact : null;
  if (partial !== null) {
    return withWarning(
      partial,
      'postcode.partial',
      'Only the first part of a postcode: an area, not a place.',
    );
  }
  const found = findPostcodes(upper);
  if (found.length === 1 && found[0]) return { value: found[0], repaired: 'postcode.extracted' };
  if (found.length > 1) return asRejected('postcode.several', 'The cell holds more than one postcode.');
  return asRejected('postcode.format', 'This is not the shape of a UK postcode.');
}
