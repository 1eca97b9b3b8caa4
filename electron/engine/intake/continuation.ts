/** Rows that go on with the thing above. */
import type { SheetMapping } from '../../../shared/contract/schemas.ts';
import type { Field } from '../../../shared/intake/kinds.ts';
import { proseFields } from '../entities/materialise.ts';
import type { SheetRow } from './readers/types.ts';
import type { MappedColumn } from './reading.ts';

/** Fields that say which thing a row is about; a row with one that differs begins another. */
export const identityFields = new Set([
  'name',
  'surname',
  'forenames',
  'dob',
  'pncId',
  'croNumber',
  'localRef',
  'urn',
  'number',
  'custodyNumber',
  'reference',
  'crimeId',
  'address',
  'vrm',
  'collar',
]);

/**
 * Whether a further row may say another value of a field: texts go on, and a thing can have several phones. It
 * cannot have a second date of issue: such a row is about another thing that it fails to name.
 */
export const mayDiffer = (field: Field): boolean =>
  field.many !== undefined || field.field.includes('.') || proseFields.has(field.field);

export interface Continuation {
  /** Whether a row goes on with the last one that began a thing. */
  goesOn(row: SheetRow): boolean;
  /** Tells what became of a row: `started` a thing, went `on`, was `passed` over, or is `lost` with what follows. */
  follow(row: SheetRow, what: 'started' | 'on' | 'passed' | 'lost'): void;
}

/** Follows the rows of a table from above to below. A gap between two rows ends what stands above it. */
export function followRows(
  sameWhile: NonNullable<SheetMapping['sameWhile']>,
  columns: readonly MappedColumn[],
): Continuation {
  const single = columns.filter(
    ({ field, index }) =>
      index !== sameWhile.column && (identityFields.has(field.field) || !mayDiffer(field)),
  );
  const cell = (row: SheetRow, column: number) => (row.text[column] ?? '').trim();
  let begun: SheetRow | null = null;
  let last = 0;
  return {
    goesOn(row) {
      if (begun === null || row.row !== last + 1) return false;
      const above = begun;
      const key = cell(row, sameWhile.column);
      const isSame =
        key === '' || (sameWhile.when === 'blank-or-equal' && key === cell(above, sameWhile.column));
      return (
        isSame &&
        single.every(({ index, field }) => {
          const value = cell(row, index);
          const known = cell(above, index);
          return value === '' || value === known || (known === '' && !identityFields.has(field.field));
        })
      );
    },
    follow(row, what) {
      last = row.row;
      if (what === 'started') begun = row;
      else if (what === 'lost') begun = null;
    },
  };
}
