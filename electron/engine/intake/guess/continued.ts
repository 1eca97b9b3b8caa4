/** One thing over several rows: by vertical merges, by a blank key with other cells filled, by a repeated reference. */
import type { ImportKind, SheetMapping } from '../../../../shared/contract/schemas.ts';
import { findField, kinds } from '../../../../shared/intake/kinds.ts';
import { identityFields, mayDiffer } from '../continuation.ts';
import type { MergedRange, SheetRow } from '../readers/types.ts';

/** References that only one thing has: two rows with the same one in a row are about the same. */
const references = new Set(['urn', 'localRef', 'custodyNumber', 'reference', 'crimeId']);
/** Kinds of which a row is complete by itself, or may lack what would tell it. */
const singleRows = new Set<ImportKind>(['communication', 'crime', 'phone']);

export interface Continued {
  sameWhile: NonNullable<SheetMapping['sameWhile']>;
  reason: string;
}

interface Column {
  index: number;
  field: string | null;
  header: string;
}

/** How rows of a table go on with the thing above, or null where each row is a thing. `data` are rows under the heading. */
export function guessContinued(
  kind: ImportKind | null,
  columns: readonly Column[],
  data: readonly SheetRow[],
  merges: readonly MergedRange[],
): Continued | null {
  if (kind === null || singleRows.has(kind)) return null;
  const identity = columns.filter((column) => column.field !== null && identityFields.has(column.field));
  const mapped = columns.filter((column) => column.field !== null);
  if (identity.length === 0 || mapped.length === identity.length) return null;
  const cell = (row: SheetRow | undefined, column: Column) => (row?.text[column.index] ?? '').trim();
  const follows = (at: number) => data[at - 1]?.row === (data[at]?.row ?? 0) - 1;
  const isNameless = (row: SheetRow) => identity.every((column) => cell(row, column) === '');
  const single = mapped.filter((column) => {
    const field = findField(kinds[kind], column.field ?? '');
    return field !== undefined && !mayDiffer(field);
  });
  let begun: SheetRow | undefined;
  let goesOn = 0;
  data.forEach((row, at) => {
    if (!isNameless(row)) begun = row;
    else if (at === 0 || !follows(at)) begun = undefined;
    else if (begun && mapped.some((column) => cell(row, column) !== '')) {
      const above = begun;
      const fits = single.every(
        (column) => ['', cell(above, column)].includes(cell(row, column)) || cell(above, column) === '',
      );
      if (fits) goesOn += 1;
    }
  });
  const [key] = identity.filter((column) => data.every((row) => cell(row, column) !== '' || isNameless(row)));
  const merged = merges.filter(
    (range) =>
      range.lastRow > range.firstRow &&
      range.firstColumn === key?.index &&
      data.some((row) => row.row === range.firstRow),
  ).length;
  const repeated = identity.filter(
    (column) =>
      references.has(column.field ?? '') && data.some((row, at) => isRepeated(data[at - 1], row, column)),
  );
  function isRepeated(above: SheetRow | undefined, row: SheetRow, column: Column): boolean {
    if (!above || above.row !== row.row - 1 || cell(row, column) === '') return false;
    return identity.every((each) => {
      const value = cell(row, each);
      if (each === column) return value === cell(above, each);
      return value === '' || cell(above, each) === '' || value === cell(above, each);
    });
  }
  const [reference] = repeated;
  if (reference) {
    return {
      sameWhile: { column: reference.index, when: 'blank-or-equal' },
      reason: `"${reference.header}" repeats from row to row: those rows are read as one`,
    };
  }
  if (!key || goesOn === 0) return null;
  return {
    sameWhile: { column: key.index, when: 'blank' },
    reason:
      merged > 0
        ? `cells of "${key.header}" are merged over several rows: those rows are read as one`
        : `${goesOn} rows have nothing under "${key.header}" but other cells filled: they go on with the row above`,
  };
}
