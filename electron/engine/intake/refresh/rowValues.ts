/**
 * A row of a sheet as its cleaned values, and the key by which it is found in another issue of the sheet. Pure: the
 * same for a row just read and for the records of a row read long ago.
 */
import { createHash } from 'node:crypto';
import { nameKey } from '../../../../shared/domain/names.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import { keysOf } from '../../entities/keys.ts';
import { normaliseHeading } from '../guess.ts';

/** What one row says about one thing. `prefix` is '' for the row's own record. */
export interface RowPart {
  prefix: string;
  part: number;
  grid: GridName;
  fields: Readonly<Record<string, CellValue>>;
}

/** Field as mappings name it (`status`, `phone.number`) → the values that the row gives it; blanks are left out. */
export type RowValues = ReadonlyMap<string, readonly string[]>;

const isBlank = (value: CellValue | undefined) => value === null || value === undefined || value === '';

/** The values of a row, field by field. Several phones of one person are several values of one field. */
export function valuesOf(parts: readonly RowPart[]): RowValues {
  const values = new Map<string, string[]>();
  for (const { prefix, fields } of parts) {
    for (const [name, value] of Object.entries(fields)) {
      if (isBlank(value)) continue;
      const field = prefix === '' ? name : `${prefix}.${name}`;
      const list = values.get(field);
      if (list) list.push(String(value));
      else values.set(field, [String(value)]);
    }
  }
  return values;
}

export const shownValue = (values: RowValues, field: string): string => (values.get(field) ?? []).join('; ');

const plain = (text: string) => text.trim().toLocaleLowerCase('en-GB');

/** Whether both say the same, whatever the order of several values and the case of letters. */
export function sameValues(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const left = a.map(plain).sort();
  const right = b.map(plain).sort();
  return left.every((value, index) => value === right[index]);
}

const between = ' | ';

/** The key of a row as people read it, from the values of the key columns; '' when all are blank. */
export function shownKey(values: readonly string[]): string {
  if (values.every((value) => value.trim() === '')) return '';
  return values
    .map((value) => value.replace(/\s+/g, ' ').replaceAll('|', '/').trim().slice(0, 150))
    .join(between)
    .slice(0, 2000);
}

/**
 * What is compared of a key: case, blanks and punctuation do not count. Sixteen characters of a hash, so that a hundred
 * thousand keys take little room.
 */
export function hashKey(shown: string): string {
  const normal = shown.split(between).map(normaliseHeading).join('|');
  return createHash('sha256').update(normal).digest('base64').slice(0, 16);
}

/**
 * Whether two parts are about one thing: what certainly identifies them agrees. Where one of them has nothing of the
 * kind, a person has to have the same name, and anything else must not say otherwise in what both say.
 */
export function areSame(a: RowPart, b: RowPart): boolean {
  if (a.grid !== b.grid) return false;
  const left = keysOf(a.grid, a.fields);
  const right = keysOf(b.grid, b.fields);
  if (left.length > 0 && right.length > 0) return left.some((key) => right.includes(key));
  if (a.grid === 'people')
    return nameKey(String(a.fields.name ?? '')) === nameKey(String(b.fields.name ?? ''));
  const shared = Object.keys(a.fields).filter(
    (field) => !isBlank(a.fields[field]) && !isBlank(b.fields[field]),
  );
  return (
    shared.length > 0 &&
    shared.every((field) => sameValues([String(a.fields[field])], [String(b.fields[field])]))
  );
}
