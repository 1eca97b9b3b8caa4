/** Single rows of any grid, by reference. */
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { CellValue, GridRow } from '../../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../connection.ts';
import { all, get, identifier } from '../sql.ts';
import type { Moment } from './expressions.ts';
import { columnExpression } from './expressions.ts';

export const noMoment: Moment = { strike: null, today: '' };

export function rowExists(database: ReadDatabase, grid: GridName, id: number): boolean {
  return get(database, `SELECT 1 FROM ${identifier(grids[grid].table)} WHERE id = ?`, id) !== undefined;
}

/** SELECT list of every column of the grid, under its field names. */
export function selectList(grid: Grid, moment: Moment): string {
  const columns = grid.columns.map(
    (column) => `${columnExpression(grid, column, moment)} AS "${column.field}"`,
  );
  const revision = hasRevision(grid.name) ? ['t.revision AS "revision"'] : [];
  return [`t.id AS "id"`, ...revision, ...columns].join(', ');
}

/** Grids whose rows are worked out by `materialise`. */
export function hasRevision(grid: GridName): boolean {
  return !['communications', 'sources', 'imports', 'packs'].includes(grid);
}

/** One row with every field, or `{ ref: '' }` fields missing when it does not exist. */
export function readRow(
  database: ReadDatabase,
  gridName: GridName,
  id: number,
  moment: Moment = noMoment,
): GridRow {
  const grid = grids[gridName];
  const row = get<Record<string, CellValue>>(
    database,
    `SELECT ${selectList(grid, moment)} FROM ${identifier(grid.table)} AS t WHERE t.id = ?`,
    id,
  );
  return toGridRow(grid, row ?? {});
}

export function toGridRow(grid: Grid, row: Record<string, CellValue>): GridRow {
  const { id, ...values } = row;
  return { ref: makeRef(grid.name, Number(id)), ...values } as GridRow;
}

/** The first non-blank of the grid's label fields, or the reference. */
export function labelOf(grid: Grid, row: Record<string, unknown>): string {
  for (const field of grid.label) {
    const value = row[field];
    if (value !== null && value !== undefined && value !== '') {
      const text = String(value);
      return text.length > 80 ? `${text.slice(0, 79)}…` : text;
    }
  }
  return String(row.ref ?? '');
}

/** Short labels of references. A target's label is its subject's. */
export function readLabels(database: ReadDatabase, refs: Iterable<string>): Record<string, string> {
  const labels: Record<string, string> = {};
  // By number with the text that was asked for: thousands of texts made anew would cost more than the query.
  const byGrid = new Map<Grid, Map<number, string>>();
  for (const ref of refs) {
    const parsed = parseRef(ref);
    if (!parsed) continue;
    let ids = byGrid.get(parsed.grid);
    if (!ids) {
      ids = new Map();
      byGrid.set(parsed.grid, ids);
    }
    const own =
      ref.startsWith(parsed.grid.prefix) && !/-0|\s/.test(ref) ? ref : makeRef(parsed.grid.name, parsed.id);
    ids.set(parsed.id, own);
  }
  for (const [grid, ids] of byGrid) {
    const columns = grid.label.flatMap((field) => grid.columns.filter((column) => column.field === field));
    const list = columns.map((column) => `${columnExpression(grid, column, noMoment)} AS "${column.field}"`);
    const rows = all<Record<string, CellValue>>(
      database,
      `SELECT t.id AS id, ${list.join(', ')} FROM ${identifier(grid.table)} AS t
       WHERE t.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify([...ids.keys()]),
    );
    for (const row of rows) {
      const ref = ids.get(Number(row.id)) ?? makeRef(grid.name, Number(row.id));
      row.ref = ref;
      labels[ref] = labelOf(grid, row);
    }
  }
  // A label that is itself a reference (a target's subject) is followed once.
  const inner = Object.entries(labels).filter(([, label]) => parseRef(label));
  const unknown = inner.flatMap(([, label]) => (labels[label] === undefined ? [label] : []));
  const further = unknown.length > 0 ? readLabels(database, unknown) : {};
  for (const [ref, label] of Object.entries(further)) labels[ref] = label;
  for (const [ref, label] of inner) labels[ref] = labels[label] ?? label;
  return labels;
}

/** Every reference that the `ref` and `refs` columns of these rows name. */
export function mentionedRefs(grid: Grid, rows: readonly GridRow[]): Set<string> {
  const refs = new Set<string>();
  for (const column of grid.columns) {
    if (column.type !== 'ref' && column.type !== 'refs') continue;
    for (const row of rows) {
      const value = row[column.field];
      if (typeof value === 'string') for (const ref of value.split(',')) if (ref) refs.add(ref);
    }
  }
  return refs;
}
