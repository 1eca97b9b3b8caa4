import type { Cleaned } from './cleaned.ts';
import { asRejected, openCell, withWarning } from './tidy.ts';

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

/**
 * Registration mark in upper case without spaces. A mark of no known UK shape is kept with the warning
 * `vehicle.format`; only a cell without any letter or digit is refused.
 */
export function cleanVehicleMark(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const mark = cell.text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (mark === '') return asRejected('vehicle.format', 'There is no letter or digit of a registration mark.');
  if (vehicleMarkFormat(mark) === null) {
    return withWarning(mark, 'vehicle.format', 'This is no known shape of a UK registration mark.');
  }
  return { value: mark };
}
