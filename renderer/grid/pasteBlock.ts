import { parseRef } from '../../shared/grid/grids.ts';
import type { Column, Grid } from '../../shared/grid/types.ts';

/** What a column of a pasted block is: a field, the reference that says which row is meant, or left aside. */
export type BlockField = string | null;
export const refField = 'ref';

/** More would be an import, with its ledger and its mapping. */
export const mostRows = 5000;

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The fields that the cells of a first line name by the titles of the grid's columns; null when the line holds no
 * headings. Half of its filled cells must be titles: a value may happen to read like one.
 */
export function readHeadings(grid: Grid, line: readonly string[]): BlockField[] | null {
  const byTitle = new Map<string, string>([['ref', refField]]);
  for (const column of grid.columns) {
    if (!column.editable) continue;
    byTitle.set(plain(column.field), column.field);
    byTitle.set(plain(column.title), column.field);
  }
  const derived = new Set(grid.columns.filter(({ editable }) => !editable).map(({ title }) => plain(title)));
  const taken = new Set<string>();
  let known = 0;
  const fields = line.map((cell) => {
    const field = byTitle.get(plain(cell)) ?? null;
    if (field === null) {
      if (derived.has(plain(cell))) known += 1;
      return null;
    }
    known += 1;
    // The first of two columns of one name is the one that is meant.
    if (taken.has(field)) return null;
    taken.add(field);
    return field;
  });
  const filled = line.filter((cell) => cell.trim() !== '').length;
  return taken.size > 0 && known * 2 >= filled ? fields : null;
}

/** The fields under a block that starts at a cell: columns beyond the last, or that nobody can edit, fall aside. */
export function fieldsFrom(
  columns: readonly (Column | undefined)[],
  start: number,
  width: number,
): BlockField[] {
  return Array.from({ length: width }, (_, index) => {
    const column = columns[start + index];
    return column?.editable ? column.field : null;
  });
}

/** A block repeated over a range that holds it a whole number of times, as a spreadsheet does; else as it is. */
export function repeatBlock(cells: string[][], rows: number, columns: number): string[][] {
  const height = cells.length;
  const width = cells[0]?.length ?? 0;
  if (height === 0 || width === 0 || (rows <= height && columns <= width)) return cells;
  if (rows % height !== 0 || columns % width !== 0) return cells;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => cells[row % height]?.[column % width] ?? ''),
  );
}

/** The rows of a block for the engine: each cell under its field, each row with the reference it is meant for. */
export function placeRows(
  grid: Grid,
  fields: readonly BlockField[],
  cells: readonly (readonly string[])[],
  refs: readonly (string | null)[],
): { ref: string | null; cells: string[] }[] {
  const named = fields.indexOf(refField);
  return cells.map((row, index) => {
    const text = named < 0 ? '' : (row[named] ?? '').trim();
    const parsed = parseRef(text);
    const ref = named < 0 ? (refs[index] ?? null) : parsed?.grid === grid ? text.toUpperCase() : null;
    return { ref, cells: [...row] };
  });
}
