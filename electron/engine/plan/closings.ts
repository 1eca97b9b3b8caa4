/** A result is closed only where nothing is open, whoever closes it: by the window, the command line or a paste. */
import { AppError } from '../../../shared/contract/errors.ts';
import { canClose, openPointsOf } from '../../../shared/domain/closing.ts';
import type { Row } from '../../../shared/domain/readiness/facts.ts';
import { grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readRow } from '../database/queries/rows.ts';
import { get } from '../database/sql.ts';

interface Change {
  grid: { name: GridName };
  id: number;
  before: Record<string, CellValue> | null;
  after: Record<string, CellValue> | null;
}

/** A record as it will be once the changes are made. */
function rowAfter(database: ReadDatabase, changes: readonly Change[], grid: GridName, id: number): Row {
  const change = changes.find((each) => each.grid.name === grid && each.id === id);
  const now = change?.before === null ? {} : readRow(database, grid, id);
  return { ...now, ...change?.after, ref: makeRef(grid, id) };
}

/** The warrant that the result names, else the first that names its premises and was not given up. */
function warrantOf(database: ReadDatabase, changes: readonly Change[], result: Row): Row | undefined {
  const named = parseRef(String(result.warrant ?? ''));
  if (named) return rowAfter(database, changes, named.grid.name, named.id);
  if (typeof result.premises !== 'string') return undefined;
  const found = get<{ id: number }>(
    database,
    `SELECT id FROM warrant WHERE premises = ?
       AND coalesce(status, '') NOT IN ('refused', 'cancelled', 'unexecuted') ORDER BY id LIMIT 1`,
    result.premises,
  );
  return found && rowAfter(database, changes, 'warrants', found.id);
}

/** @throws AppError `invalid` where a change closes a result that has open points; they are named. */
export function refuseOpenClosings(database: ReadDatabase, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.grid.name !== 'results' || !change.after?.closedAt || change.before?.closedAt) continue;
    const result = rowAfter(database, changes, 'results', change.id);
    const warrant = warrantOf(database, changes, result);
    if (canClose(result, warrant)) continue;
    const open = openPointsOf(result, warrant).map(({ words }) => words);
    const what = change.before === null ? `The ${grids.results.noun}` : result.ref;
    throw new AppError(
      'invalid',
      `${what} cannot be closed yet. Still to enter: ${open.join('; ')}. Or say in the note why it stays blank.`,
      { field: 'closedAt' },
    );
  }
}
