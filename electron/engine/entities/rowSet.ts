/** Rows of grids, each once. */
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';

export interface RowId {
  grid: GridName;
  id: number;
}

export class RowSet {
  private readonly rows = new Map<string, RowId>();

  add(grid: GridName, id: number): void {
    this.rows.set(makeRef(grid, id), { grid, id });
  }

  list = (): RowId[] => [...this.rows.values()];
}
