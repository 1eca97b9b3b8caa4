/** What the user of the open workspace may do. The engine decides; the window offers no more than that. */
import { mayCall, type Need } from '../../shared/contract/needs.ts';
import { grids } from '../../shared/grid/grids.ts';
import type { Grid, GridName } from '../../shared/grid/types.ts';
import { openRole, useConnection } from './connection.ts';

/** Whether the user may call methods of such a need, outside React. */
export function mayNow(need: Exclude<Need, 'anyone'>): boolean {
  const role = openRole();
  return role !== undefined && mayCall(role, need);
}

/** Whether the user may change the operation, or do what else is asked for. */
export function useMay(need: Exclude<Need, 'anyone'> = 'analyst'): boolean {
  useConnection();
  return mayNow(need);
}

const forReading = new Map<GridName, Grid>();

/** The grid as the user works in it: a reader's takes no rows and no values. */
export function useGrid(name: GridName): Grid {
  const may = useMay();
  const grid = grids[name];
  if (may) return grid;
  const known = forReading.get(name);
  if (known) return known;
  const made = {
    ...grid,
    addable: false,
    columns: grid.columns.map((each) => ({ ...each, editable: false })),
  };
  forReading.set(name, made);
  return made;
}
