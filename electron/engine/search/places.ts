/** Rows of the index and the rows that they stand for. */
import { createHash } from 'node:crypto';
import { grids } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { gridNames } from '../../../shared/grid/types.ts';

/** A row of the index carries the number of its grid in so many values. */
export const gridsPerRow = 64;

/** The number of a grid in the index. A grid that comes between others changes `indexVersion`, so nothing is mistaken. */
export const gridNumber = (grid: GridName): number => gridNames.indexOf(grid);

export const placeOf = (grid: GridName, id: number): number => id * gridsPerRow + gridNumber(grid);

export function rowAt(place: number): { grid: GridName; id: number } {
  const number = place % gridsPerRow;
  return { grid: gridNames[number] ?? 'people', id: (place - number) / gridsPerRow };
}

/** Grids that are searched, `imports` apart: what it says the sources say. */
export const searchedGrids: readonly GridName[] = gridNames.filter((grid) => grid !== 'imports');

/** Grids of which every row stands in the index; of communications only those with a message do. */
export const wholeGrids: readonly GridName[] = searchedGrids.filter((grid) => grid !== 'communications');

/** The way in which rows are put into the index: raise it when that changes, and every index is built again. */
const scheme = 1;

/** Says by what an index was made: a change of a grid's columns has it built again. */
export const indexVersion: string = createHash('sha256')
  .update(
    JSON.stringify([
      scheme,
      gridNames.map((name) => [name, grids[name].columns.map((column) => [column.field, column.type])]),
    ]),
  )
  .digest('hex')
  .slice(0, 16);
