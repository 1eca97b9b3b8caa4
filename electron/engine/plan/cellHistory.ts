/** Every value that a cell has had: typed, imported, undone and redone. Newest first. */
import type { CellChange } from '../../../shared/contract/planSchemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readPlace } from '../database/queries/evidence.ts';
import { all, get } from '../database/sql.ts';
import { readRecords } from '../entities/materialise.ts';

interface Entry {
  seq: number;
  at: string;
  user: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  undoes: number | null;
  redoes: number | null;
}

type Stored = Record<string, Record<string, CellValue> | null>;

const entryColumns = 'e.seq, e.at, e.user, e.before, e.after, e.reason, e.undoes, e.redoes';

/** What an entry did to the cell, as it was first done; null when it did not touch it. */
function changeOf(entry: Entry, ref: string, field: string): { before: CellValue; value: CellValue } | null {
  const after = (JSON.parse(entry.after ?? '{}') as Stored)[ref];
  const before = (JSON.parse(entry.before ?? '{}') as Stored)[ref];
  // A row that was removed lost all its values; one that was added had none before.
  const touched = after === null ? before : after;
  if (!touched || touched[field] === undefined) return null;
  return { before: before?.[field] ?? null, value: after?.[field] ?? null };
}

/** Who entered the value: of one that came from another copy whoever typed it there. */
function enteredBy(
  database: ReadDatabase,
  grid: GridName,
  id: number,
  field: string,
  entry: Entry,
): { at: string; by: string } {
  const origin = get<{ at: string; by: string }>(
    database,
    'SELECT at, user AS by FROM exchange_origin WHERE grid = ? AND row_id = ? AND field = ? AND seq = ?',
    grid,
    id,
    field,
    entry.seq,
  );
  return origin ?? { at: entry.at, by: entry.user };
}

/** Of a row of an entity or plan grid. Values of call data never change: their only source is their row. */
export function readCellHistory(
  database: ReadDatabase,
  grid: GridName,
  id: number,
  field: string,
): CellChange[] {
  const ref = makeRef(grid, id);
  const changes: CellChange[] = [];
  const entries = all<Entry>(
    database,
    `SELECT ${entryColumns} FROM journal_ref j JOIN journal e ON e.seq = j.seq WHERE j.grid = ? AND j.row_id = ? ORDER BY e.seq`,
    grid,
    id,
  );
  for (const entry of entries) {
    const about = entry.undoes ?? entry.redoes;
    const original =
      about === null
        ? entry
        : get<Entry>(database, `SELECT ${entryColumns} FROM journal e WHERE e.seq = ?`, about);
    const change = original ? changeOf(original, ref, field) : null;
    if (!change) continue;
    const undone = entry.undoes !== null;
    changes.push({
      seq: entry.seq,
      ...enteredBy(database, grid, id, field, entry),
      value: undone ? change.before : change.value,
      before: undone ? change.value : change.before,
      source: null,
      reason: undone ? `Undid entry ${about}` : about !== null ? `Redid entry ${about}` : entry.reason,
    });
  }
  for (const record of readRecords(database, grid, id)) {
    const value = (JSON.parse(record.fields) as Record<string, CellValue>)[field] ?? null;
    const place = value === null ? undefined : readPlace(database, record.evidence_id);
    const imported = place
      ? get<{ seq: number; at: string; user: string }>(
          database,
          'SELECT i.seq, i.at, i.user FROM import i JOIN source_sheet s ON s.import = i.id WHERE s.id = ?',
          place.sheetId,
        )
      : undefined;
    if (!place || !imported) continue;
    changes.push({
      seq: imported.seq,
      at: imported.at,
      by: imported.user,
      value,
      before: null,
      source: `${place.file}, ${place.sheet}, row ${place.row}`,
      reason: null,
    });
  }
  return changes.sort((a, b) => (b.seq ?? 0) - (a.seq ?? 0));
}
