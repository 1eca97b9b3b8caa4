/**
 * The same thing imported on two copies has two numbers. Where both rest on imported rows and share a certain key
 * (`entities/keys.ts`) they are made one, as an import on one machine would have done: the higher number becomes part
 * of the lower. Every copy comes to the same, whatever came first. It is a merge like any other: seen in the record of
 * the row and taken apart by hand; what was once taken apart, or said to be different, is not joined again.
 */

import { numbersPerCopy } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';
import { intoField, mergeableGrids, rootOf } from '../entities/groups.ts';
import { contradict } from '../entities/keys.ts';
import { notField } from '../entities/matching/decisions.ts';
import { readRecords, restsOnCalls } from '../entities/materialise.ts';
import type { RowId } from '../entities/rowSet.ts';
import type { ValueChange } from './applyRegisters.ts';
import { writeValue } from './applyRegisters.ts';
import type { Copy } from './copies.ts';

interface Context {
  database: WriteDatabase;
  own: Copy;
  seq: number;
  at: string;
}

/**
 * Calls are of a number: those of one that is part of another go to the row that stands for it, so that it counts all of
 * them. True where there were any.
 */
export function placeCalls(database: WriteDatabase): boolean {
  let moved = 0;
  for (const { row_id, root } of all<{ row_id: number; root: number }>(
    database,
    "SELECT row_id, root FROM merged_row WHERE grid = 'phones'",
  ))
    for (const end of ['a_phone', 'b_phone'])
      moved += run(database, `UPDATE communication SET ${end} = ? WHERE ${end} = ?`, root, row_id).changes;
  return moved > 0;
}

const copyOf = (id: number) => Math.floor(id / numbersPerCopy);

/** Joins what the touched rows have in common with rows of other copies. Inside the transaction of the take. */
export function joinCopies(context: Context, touched: readonly RowId[]): ValueChange[] {
  const { database } = context;
  const changes: ValueChange[] = [];
  for (const { grid, id } of touched) {
    if (!mergeableGrids.has(grid)) continue;
    for (const { key } of all<{ key: string }>(
      database,
      'SELECT key FROM entity_key WHERE grid = ? AND row_id = ? ORDER BY key',
      grid,
      id,
    )) {
      const atoms = all<{ row_id: number }>(
        database,
        'SELECT row_id FROM entity_key WHERE grid = ? AND key = ? ORDER BY row_id',
        grid,
        key,
      ).map(({ row_id }) => row_id);
      const [lowest, ...others] = atoms.filter((atom) => isImported(database, grid, atom));
      for (const other of others)
        if (lowest !== undefined && mayJoin(database, grid, key, lowest, other))
          changes.push(...join(context, grid, lowest, other));
    }
  }
  return changes;
}

const isImported = (database: WriteDatabase, grid: GridName, atom: number) =>
  get(database, 'SELECT 1 FROM record WHERE grid = ? AND row_id = ? LIMIT 1', grid, atom) !== undefined ||
  (grid === 'phones' && restsOnCalls(database, atom));

function mayJoin(database: WriteDatabase, grid: GridName, key: string, a: number, b: number): boolean {
  if (copyOf(a) === copyOf(b)) return false;
  if (rootOf(database, grid, a) === rootOf(database, grid, b)) return false;
  const said = (row: number, field: string) =>
    get<{ value: CellValue }>(
      database,
      'SELECT value FROM manual_value WHERE grid = ? AND row_id = ? AND field = ? ORDER BY seq DESC LIMIT 1',
      grid,
      row,
      field,
    );
  if (said(b, intoField)) return false;
  if ((said(a, notField(b))?.value ?? null) !== null) return false;
  return !key.startsWith('pnc:') || !contradict(sayings(database, a), sayings(database, b));
}

/** What records say of a person, as in an import. */
const sayings = (database: WriteDatabase, id: number) =>
  readRecords(database, 'people', id).map(({ fields }) => JSON.parse(fields) as Record<string, CellValue>);

function join({ database, own, seq, at }: Context, grid: GridName, a: number, b: number): ValueChange[] {
  const known = get<{ seq: number }>(
    database,
    'SELECT seq FROM manual_value WHERE grid = ? AND row_id = ? AND field = ? AND seq = ?',
    grid,
    b,
    intoField,
    seq,
  );
  if (known) return [];
  writeValue(database, seq, {
    grid,
    id: b,
    field: intoField,
    value: a,
    register: { user: 'Exchange', at, copy: own.number },
  });
  return [{ grid, id: b, field: intoField, before: null, after: a }];
}
