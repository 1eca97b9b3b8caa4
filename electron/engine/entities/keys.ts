/**
 * Certain identifiers. Two rows are about the same thing without asking only when one of these is equal:
 * a phone's number or IMEI, a vehicle's mark, a premises' whole address with postcode, an officer's collar
 * number, a warrant's number, and for a person a PNC ID whose check letter is right, or the same full name
 * with the same full date of birth. The first of January is no full date: it is what is written where only the year is
 * known, and whole families and hundreds of people of one name have it. Everything weaker is for an analyst to decide.
 */
import { addressKey } from '../../../shared/domain/addresses.ts';
import { nameKey } from '../../../shared/domain/names.ts';
import { isValidPncId } from '../../../shared/domain/policeIdentifiers.ts';
import { identifiesVehicle } from '../../../shared/domain/vehicleMark.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';

type Fields = Record<string, CellValue | undefined>;

const text = (value: CellValue | undefined) =>
  value === null || value === undefined ? '' : String(value).trim();

const plain = (value: string) => value.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** The keys that a record's or row's fields give, strongest first. */
export function keysOf(grid: GridName, fields: Fields): string[] {
  switch (grid) {
    case 'people': {
      const keys: string[] = [];
      const pnc = text(fields.pncId);
      if (pnc && isValidPncId(pnc)) keys.push(`pnc:${pnc}`);
      const name = text(fields.name);
      const dob = text(fields.dob);
      if (name && dob && !dob.endsWith('-01-01') && /\s/.test(name))
        keys.push(`name-dob:${nameKey(name)}|${dob}`);
      return keys;
    }
    case 'phones': {
      const keys: string[] = [];
      const number = text(fields.number);
      if (number.startsWith('+') || /^\d{3,6}$/.test(number)) keys.push(`number:${number}`);
      // An IMEI alone identifies a handset, not a number: it is a key only for rows that know no number.
      else if (text(fields.imei)) keys.push(`imei:${text(fields.imei).slice(0, 14)}`);
      return keys;
    }
    case 'premises': {
      const address = text(fields.address);
      const postcode = text(fields.postcode);
      return address ? [`address:${addressKey(address, postcode || undefined)}`] : [];
    }
    case 'vehicles':
      // A mark that was seen in part, or a cell of several, is no vehicle's own.
      return text(fields.vrm) && identifiesVehicle(text(fields.vrm)) ? [`vrm:${text(fields.vrm)}`] : [];
    case 'officers':
      return text(fields.collar) ? [`collar:${plain(text(fields.collar))}`] : [];
    case 'warrants':
      return text(fields.number) ? [`number:${plain(text(fields.number))}`] : [];
    case 'intelligence':
      return [];
    default:
      return [];
  }
}

/**
 * What is said of people with one PNC ID, on two sides: neither name nor date of birth agrees in any of it, so that one of
 * the two is mistyped. False where either side says no name with a date of birth.
 */
export function contradict(one: readonly Fields[], other: readonly Fields[]): boolean {
  const whole = (fields: Fields) => Boolean(fields.name && fields.dob);
  const nameOf = ({ name }: Fields) => keysOf('people', { name, dob: '0' })[0];
  const pairs = one
    .filter(whole)
    .flatMap((left) => other.filter(whole).map((right) => [left, right] as const));
  return (
    pairs.length > 0 &&
    pairs.every(([left, right]) => left.dob !== right.dob && nameOf(left) !== nameOf(right))
  );
}

/** Why two rows were taken to be about the same thing, in words, from the key that joined them. */
export function basisOf(key: string): string {
  const kind = key.slice(0, key.indexOf(':'));
  switch (kind) {
    case 'pnc':
      return 'same PNC ID';
    case 'name-dob':
      return 'same full name and date of birth';
    case 'number':
      return 'same number';
    case 'imei':
      return 'same IMEI';
    case 'address':
      return 'same address and postcode';
    case 'vrm':
      return 'same vehicle mark';
    case 'local':
      return 'same label in the same matrix';
    case 'collar':
      return 'same collar number';
    default:
      return 'same identifier';
  }
}
