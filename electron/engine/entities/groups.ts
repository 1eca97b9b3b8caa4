/**
 * Rows that stand for the same thing. A number that a row was once given is an _atom_ and never changes, nor does the
 * home of a record. What analysts decide stands in manual values:
 *
 * - `$into` on an atom: the atom that it is part of; null takes it apart again. The end of the chain is the row that
 *   stands for all of them, the _root_; only the root has a row in its grid's table.
 * - `$moved:<evidence>:<prefix>:<part>` on the home of a record: the atom in which it counts instead.
 *
 * So undo, redo and the exchange between copies need nothing of their own. `merged_row` and `moved_record` keep what
 * this comes to; `regroup.ts` keeps them true.
 */
import { grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get } from '../database/sql.ts';

export const intoField = '$into';
const movedPrefix = '$moved:';

export const movedField = (record: { evidence_id: number; prefix: string; part: number }) =>
  `${movedPrefix}${record.evidence_id}:${record.prefix}:${record.part}`;

/** Grids whose rows can be merged and taken apart. */
export const mergeableGrids: ReadonlySet<GridName> = new Set<GridName>([
  'people',
  'premises',
  'vehicles',
  'lines',
  'groups',
  'phones',
]);

/** Whether a manual field says which rows are the same, rather than a value of one. */
export const isGroupingField = (field: string) => field === intoField || field.startsWith(movedPrefix);

/** The record that a `$moved:` field names, or null. */
export function movedRecordOf(field: string): { evidence_id: number; prefix: string; part: number } | null {
  const match = /^\$moved:(\d+):([A-Za-z0-9]*):(\d+)$/.exec(field);
  return match ? { evidence_id: Number(match[1]), prefix: match[2] ?? '', part: Number(match[3]) } : null;
}

/** False while nobody has merged or split anything: then every row is its own and nothing need be asked. */
export function hasGroups(database: ReadDatabase): boolean {
  return (
    get(
      database,
      'SELECT 1 WHERE EXISTS (SELECT 1 FROM merged_row) OR EXISTS (SELECT 1 FROM moved_record)',
    ) !== undefined
  );
}

/** The row that stands for an atom: itself where it is part of no other. */
export function rootOf(database: ReadDatabase, grid: GridName, id: number): number {
  if (!mergeableGrids.has(grid)) return id;
  return (
    get<{ root: number }>(database, 'SELECT root FROM merged_row WHERE grid = ? AND row_id = ?', grid, id)
      ?.root ?? id
  );
}

/** The atoms that a root stands for, itself first, the others by number. */
export function membersOf(database: ReadDatabase, grid: GridName, root: number): number[] {
  if (!mergeableGrids.has(grid)) return [root];
  return [
    root,
    ...all<{ row_id: number }>(
      database,
      'SELECT row_id FROM merged_row WHERE grid = ? AND root = ? ORDER BY row_id',
      grid,
      root,
    ).map((row) => row.row_id),
  ];
}

/** The entry since which an atom is part of another; undefined where it is its own. */
export function mergedSince(
  database: ReadDatabase,
  grid: GridName,
  id: number,
): { root: number; seq: number; at: string; user: string } | undefined {
  return get(
    database,
    `SELECT g.root, g.seq, j.at, j.user FROM merged_row g JOIN journal j ON j.seq = g.seq
     WHERE g.grid = ? AND g.row_id = ?`,
    grid,
    id,
  );
}

/** The grid and row that a reference stands for: a merged one gives the row that it is part of. Null for no reference. */
export function resolveRef(database: ReadDatabase, ref: string): { grid: Grid; id: number } | null {
  const found = parseRef(ref);
  return found ? { grid: found.grid, id: rootOf(database, found.grid.name, found.id) } : null;
}

/** Ids of the records that count in a row now, oldest evidence first. `root` is a root. */
export function recordIdsOf(database: ReadDatabase, grid: GridName, root: number): number[] {
  const select = (where: string, ...parameters: unknown[]) =>
    all<{ id: number }>(database, where, ...parameters).map((row) => row.id);
  if (!mergeableGrids.has(grid) || !hasGroups(database))
    return select('SELECT id FROM record WHERE grid = ? AND row_id = ? ORDER BY evidence_id, id', grid, root);
  const members = JSON.stringify(membersOf(database, grid, root));
  return select(
    `SELECT r.id FROM record r WHERE r.grid = @grid AND r.row_id IN (SELECT value FROM json_each(@members))
       AND NOT EXISTS (SELECT 1 FROM moved_record m
         WHERE m.evidence_id = r.evidence_id AND m.prefix = r.prefix AND m.part = r.part)
     UNION SELECT r.id FROM moved_record m
       JOIN record r ON r.evidence_id = m.evidence_id AND r.prefix = m.prefix AND r.part = m.part
     WHERE m.grid = @grid AND m.to_id IN (SELECT value FROM json_each(@members)) AND r.grid = @grid
     ORDER BY 1`,
    { grid, members },
  );
}

const refColumns = new Map<GridName, ReadonlyMap<string, 'ref' | 'refs'>>(
  Object.values(grids).map((grid) => [
    grid.name,
    new Map(
      grid.columns.flatMap((column) =>
        !column.derived && (column.type === 'ref' || column.type === 'refs')
          ? [[column.field, column.type] as const]
          : [],
      ),
    ),
  ]),
);

/** Fields of a grid that hold references, and are no other row's saying. */
export const refFields = (grid: GridName) => refColumns.get(grid) ?? new Map<string, 'ref' | 'refs'>();

/**
 * A value of a field as it stands now: references of merged rows become those of the rows that they are part of.
 * `evidenceId`: of the row of evidence that says it. Where that row's person was moved, the reference moves along.
 */
export function followGroups(
  database: ReadDatabase,
  grid: GridName,
  field: string,
  value: CellValue,
  evidenceId?: number,
): CellValue {
  if (typeof value !== 'string' || !refFields(grid).has(field)) return value;
  const refs = value.split(',').map((ref) => {
    const found = parseRef(ref);
    if (!found || !mergeableGrids.has(found.grid.name)) return ref;
    const moved =
      evidenceId === undefined
        ? undefined
        : get<{ to_id: number }>(
            database,
            'SELECT to_id FROM moved_record WHERE evidence_id = ? AND grid = ? AND home = ? ORDER BY prefix, part LIMIT 1',
            evidenceId,
            found.grid.name,
            found.id,
          );
    return makeRef(found.grid.name, rootOf(database, found.grid.name, moved?.to_id ?? found.id));
  });
  return [...new Set(refs)].join(',');
}
