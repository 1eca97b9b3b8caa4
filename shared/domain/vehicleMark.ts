import type { Cleaned } from './cleaned.ts';
import { onlyReading } from './lookalikes.ts';
import { asRejected, openCell, tidyIdentifier, toCapitals, withWarning } from './tidy.ts';

/**
 * Known shapes of a UK registration mark, tried in this order.
 * Source: domain facts 7.4 (unconfirmed, high confidence).
 */
const formats = [
  ['current', /^(?![A-Z]?[IQZ])[A-Z]{2}\d{2}(?![A-Z]{0,2}[IQ])[A-Z]{3}$/],
  ['q-plate', /^Q\d{1,3}[A-Z]{3}$/],
  ['prefix', /^[A-Z]\d{1,3}[A-Z]{3}$/],
  ['suffix', /^[A-Z]{3}\d{1,3}[A-Z]$/],
  ['northern-ireland', /^(?=[A-Z]{0,2}[IZ])[A-Z]{3}\d{1,4}$/],
  ['dateless', /^(?:[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3})$/],
  ['diplomatic', /^\d{3}[DX]\d{3}$/],
] as const;

/** The current shape inside words: so particular that nothing else (a model, a street) has it. */
const currentInside = /(?<![A-Z0-9])([A-Z]{2} ?\d{2} ?[A-Z]{3})(?![A-Z0-9])/g;
const label =
  /^(?:V?RM|REG(?:ISTRATION)?(?: MARK)?|INDEX|VEHICLE|CAR|NUMBER PLATE|PLATE)(?: ?(?:NO|NUMBER))?\.? ?[:=#-] ?/;
/** Longest mark that is written without blanks; foreign ones are kept too. */
const longestMark = 10;

export type VehicleMarkFormat = (typeof formats)[number][0];

/** Which known shape a clean mark has, or null (foreign, military, trade, mistyped). */
export function vehicleMarkFormat(mark: string): VehicleMarkFormat | null {
  for (const [name, pattern] of formats) if (pattern.test(mark)) return name;
  return null;
}

/**
 * A key under which marks that look alike are equal: 0 and O, 1 and I, 5 and S, 8 and B
 * (domain facts 7.4, design). For searching only; never stored as a mark.
 */
export function confusableKey(mark: string): string {
  return mark
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/O/g, '0')
    .replace(/I/g, '1')
    .replace(/S/g, '5')
    .replace(/B/g, '8');
}

/** False for a mark of which some characters were not seen ('AB12???'), and for a cell kept as written. */
export function identifiesVehicle(mark: string): boolean {
  return !/[?*\s]/.test(mark);
}

/** Shapes that a mistyped word or number does not fall into by chance, as it does into the dateless one. */
function hasTellingShape(mark: string): boolean {
  const format = vehicleMarkFormat(mark);
  return format !== null && format !== 'dateless' && format !== 'diplomatic';
}

function compactMark(text: string): string {
  return toCapitals(text).replace(/[^\p{L}\p{N}]/gu, '');
}

function marksInside(upper: string): string[] {
  return [...new Set([...upper.matchAll(currentInside)].map((match) => compactMark(match[1] ?? '')))].filter(
    (mark) => vehicleMarkFormat(mark) === 'current',
  );
}

/**
 * The marks of one cell, each still as written: 'AB12 CDE / XY34 ZAB' → two texts. Separated by line
 * breaks, semicolons, commas, slashes, '&', 'and'; only where every part has the shape of a mark.
 */
export function splitVehicleMarks(text: string): string[] {
  const parts = tidyIdentifier(text.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ';'))
    .split(/\s*(?:[;,/|&]|\band\b)\s*/i)
    .filter((part) => part !== '');
  const areMarks = parts.length > 1 && parts.every((part) => vehicleMarkFormat(compactMark(part)) !== null);
  return areMarks ? parts : [text];
}

/**
 * Registration mark in upper case without spaces. Repaired: `vehicle.letters` (O for 0, I for 1 or the
 * other way round, where only one reading is a UK mark; told by `vehicle.format` too, as there is no check
 * character), `vehicle.words-removed` (a label, or a remark in
 * brackets), `vehicle.extracted` (the only current mark among other words).
 *
 * Warnings, the value kept: `vehicle.format` (no known UK shape), `vehicle.partial` (characters not
 * seen, kept as '?'), `vehicle.doubtful` (a question mark or an asterisk after it), `vehicle.several` (kept as written;
 * see `splitVehicleMarks`). Only a cell without any letter or digit is refused.
 */
export function cleanVehicleMark(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const upper = toCapitals(cell.text);
  const bare = upper.replace(label, '').replace(/\s*[([][^)\]]*[)\]]$/, '');
  const mark = compactMark(bare);
  if (compactMark(upper) === '') {
    return asRejected('vehicle.format', 'There is no letter or digit of a registration mark.');
  }
  const removed = bare === upper ? {} : { repaired: 'vehicle.words-removed' };
  const inside = marksInside(upper);
  if (inside.length > 1 || splitVehicleMarks(text).length > 1) {
    return withWarning(upper, 'vehicle.several', 'The cell holds more than one registration mark.');
  }
  if (/[?*]/.test(bare)) {
    const seen = bare.replace(/\*/g, '?').replace(/[^\p{L}\p{N}?]/gu, '');
    // Judged on what would be kept, so that a kept mark reads the same again.
    const whole = /^[^?]+\?$/.test(seen) && hasTellingShape(mark);
    if (whole) {
      return {
        ...withWarning(mark, 'vehicle.doubtful', 'The mark is followed by a question mark or an asterisk.'),
        ...removed,
      };
    }
    return withWarning(seen, 'vehicle.partial', 'Some characters of this mark were not seen.');
  }
  if (vehicleMarkFormat(mark) !== null) return { value: mark, ...removed };
  const [only] = inside;
  if (only !== undefined) return { value: only, repaired: 'vehicle.extracted' };
  const reading = /\d/.test(mark) ? onlyReading(mark, hasTellingShape) : null;
  if (reading !== null) {
    return {
      ...withWarning(
        reading,
        'vehicle.format',
        'As written this is no UK mark; it was read with O for 0 or I for 1 exchanged.',
      ),
      repaired: 'vehicle.letters',
    };
  }
  const compact = compactMark(upper);
  return withWarning(
    compact.length <= longestMark ? compact : upper,
    'vehicle.format',
    'This is no known shape of a UK registration mark.',
  );
}
