/** Which records stand beside a record: those it names, those that name it, and those a row of evidence links with it. */
import { gridList, parseRef } from '../../../shared/grid/grids.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import type { Column, Grid, GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { columnExpression } from '../database/queries/expressions.ts';
import { mentionedRefs } from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';

/** Row numbers by grid. */
export type Related = Map<GridName, Set<number>>;

export function put(found: Related, grid: GridName, id: number): void {
  const ids = found.get(grid) ?? new Set();
  ids.add(id);
  found.set(grid, ids);
}

/** Records that the row's own columns name. */
export function namedBy(grid: Grid, row: GridRow, found: Related): void {
  for (const ref of mentionedRefs(grid, [row])) {
    const parsed = parseRef(ref);
    if (parsed) put(found, parsed.grid.name, parsed.id);
  }
}

const isStoredRef = (column: Column) => (column.type === 'ref' || column.type === 'refs') && !column.derived;

/** Records with a column that names one of these references; only of some grids where they are given. */
export function naming(
  database: ReadDatabase,
  refs: readonly string[],
  only: readonly GridName[] | null,
  moment: Moment,
  found: Related,
): void {
  for (const grid of gridList) {
    if (only && !only.includes(grid.name)) continue;
    const columns = grid.columns.filter(isStoredRef);
    if (columns.length === 0 || refs.length === 0) continue;
    const tests = columns.flatMap((column) => {
      const sql = columnExpression(grid, column, moment);
      return column.type === 'ref'
        ? refs.map(() => `${sql} = ?`)
        : refs.map(() => `(',' || ${sql} || ',') LIKE ('%,' || ? || ',%')`);
    });
    const rows = all<{ id: number }>(
      database,
      `SELECT t.id AS id FROM ${identifier(grid.table)} AS t WHERE ${tests.join(' OR ')}`,
      ...columns.flatMap(() => refs),
    );
    for (const { id } of rows) put(found, grid.name, id);
  }
}

/** Records that a row of evidence links with it. */
function linkedWith(database: ReadDatabase, grid: GridName, id: number, found: Related): void {
  const rows = all<{ grid: GridName; id: number }>(
    database,
    `SELECT b_grid AS grid, b_id AS id FROM link WHERE a_grid = ? AND a_id = ?
     UNION SELECT a_grid, a_id FROM link WHERE b_grid = ? AND b_id = ?`,
    grid,
    id,
    grid,
    id,
  );
  for (const row of rows) put(found, row.grid, row.id);
}

/** What stands beside the row, in either direction: by its columns, by the columns of others, by evidence. */
export function relatedTo(database: ReadDatabase, grid: Grid, row: GridRow, moment: Moment): Related {
  const found: Related = new Map();
  namedBy(grid, row, found);
  const id = parseRef(row.ref)?.id;
  if (id !== undefined) linkedWith(database, grid.name, id, found);
  naming(database, [row.ref], null, moment, found);
  return found;
}
