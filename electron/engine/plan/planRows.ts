/**
 * Rows of the plan as the readiness rules read them, kept from one check to the next. A typed cell changes one row of
 * thousands: only that row is read again.
 */
import type { CheckMemory } from '../../../shared/domain/readiness/checkPlan.ts';
import type { Row } from '../../../shared/domain/readiness/facts.ts';
import { grids, makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';

/** A change as it was announced; without `rows` anything may have changed. */
export interface RowsChanged {
  grids: readonly string[];
  rows?: readonly { grid: GridName; id: number }[];
}

/** Reads the rows of a grid in the order of their numbers: all, or those of `ids` that there are. */
export type ReadRows = (ids?: readonly number[]) => Row[];

/** More rows than this are read with all others. */
const mostDirty = 200;

export interface PlanRows {
  /** What the rules found in these rows the last time. */
  memory: CheckMemory;
  /** The rows of a grid as they are now. The list is never changed afterwards. */
  rowsOf(grid: GridName, read: ReadRows): Row[];
  forget(change: RowsChanged): void;
}

const numberOf = (grid: GridName, row: Row) => Number(row.ref.slice(grids[grid].prefix.length + 1));

const isSame = (a: Row, b: Row) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([field, value]) => b[field] === value);

/**
 * The rows with some of them read again: changed ones replaced, new ones in their place, removed ones left out. The same
 * list where nothing that the rules read has changed.
 */
function replaceRows(grid: GridName, rows: Row[], ids: readonly number[], fresh: readonly Row[]): Row[] {
  const changed = new Map(fresh.map((row) => [row.ref, row]));
  const asked = new Set(ids.map((id) => makeRef(grid, id)));
  let isOther = false;
  const kept = rows.flatMap((row) => {
    if (!asked.delete(row.ref)) return [row];
    const now = changed.get(row.ref);
    if (now && isSame(row, now)) return [row];
    isOther = true;
    return now ? [now] : [];
  });
  const added = [...asked].flatMap((ref) => changed.get(ref) ?? []);
  if (added.length === 0) return isOther ? kept : rows;
  return [...kept, ...added].sort((a, b) => numberOf(grid, a) - numberOf(grid, b));
}

export function createPlanRows(): PlanRows {
  const kept = new Map<GridName, Row[]>();
  const dirty = new Map<GridName, Set<number>>();
  return {
    memory: new Map(),
    rowsOf(grid, read) {
      const ids = dirty.get(grid);
      let rows = kept.get(grid);
      if (!rows) rows = read();
      else if (ids && ids.size > 0) rows = replaceRows(grid, rows, [...ids], read([...ids]));
      dirty.delete(grid);
      kept.set(grid, rows);
      return rows;
    },
    forget({ grids: touched, rows }) {
      if (!rows) {
        // An import or an undo may change links and photographs of rows in any grid.
        if (touched.length > 0) {
          kept.clear();
          dirty.clear();
        }
        return;
      }
      for (const { grid, id } of rows) {
        if (!kept.has(grid)) continue;
        const ids = dirty.get(grid) ?? new Set();
        ids.add(id);
        dirty.set(grid, ids);
        if (ids.size > mostDirty) {
          kept.delete(grid);
          dirty.delete(grid);
        }
      }
    },
  };
}
