/**
 * Pictures of what the operation shows, kept for packs: who keeps, takes out and reads them. What a picture shows is
 * held beside it as references, so that a pack can judge it, an erasure can find it, and a later change makes it stale.
 */
import { createHash } from 'node:crypto';
import { grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { hasRevision, readLabels } from '../database/queries/rows.ts';
import { all, get, identifier } from '../database/sql.ts';

/** A record that a picture shows, and what it was called then. */
export type Shown = readonly [ref: string, label: string];

/** References as records are numbered, each once, with what they are called; what is no record any more is left out. */
export function listShown(database: ReadDatabase, refs: readonly string[]): Shown[] {
  const own = new Set(
    refs.flatMap((ref) => {
      const found = parseRef(ref);
      return found ? [makeRef(found.grid.name, found.id)] : [];
    }),
  );
  const labels = readLabels(database, own);
  return [...own].flatMap((ref): Shown[] => {
    const label = labels[ref];
    return label === undefined ? [] : [[ref, label]];
  });
}

/**
 * Stands for all that the workspace says of these records: their values, their links, and the calls of their phones. It
 * is another one after any change of these.
 */
export function fingerprintOf(database: ReadDatabase, refs: Iterable<string>): string {
  const byGrid = new Map<GridName, number[]>();
  for (const ref of refs) {
    const found = parseRef(ref);
    if (!found) continue;
    const ids = byGrid.get(found.grid.name);
    if (ids) ids.push(found.id);
    else byGrid.set(found.grid.name, [found.id]);
  }
  const hash = createHash('sha256');
  for (const [grid, ids] of [...byGrid].sort(([one], [other]) => one.localeCompare(other))) {
    const list = JSON.stringify(ids.sort((one, other) => one - other));
    hash.update(`${grid} ${JSON.stringify(rowsNow(database, grid, list))}`);
    hash.update(JSON.stringify(linksNow(database, grid, list)));
    if (grid === 'phones') hash.update(JSON.stringify(callsNow(database, list)));
  }
  return hash.digest('hex');
}

const among = 'IN (SELECT value FROM json_each(?))';

/** Number and revision of each row; a row of a grid without revisions never changes. */
function rowsNow(database: ReadDatabase, grid: GridName, list: string): unknown {
  return all(
    database,
    `SELECT id${hasRevision(grid) ? ', revision' : ''} FROM ${identifier(grids[grid].table)}
     WHERE id ${among} ORDER BY id`,
    list,
  );
}

function linksNow(database: ReadDatabase, grid: GridName, list: string): unknown {
  return ['a', 'b'].map((end) =>
    get(
      database,
      `SELECT count(*) AS links, max(id) AS last FROM link WHERE ${end}_grid = ? AND ${end}_id ${among}`,
      grid,
      list,
    ),
  );
}

function callsNow(database: ReadDatabase, list: string): unknown {
  return ['a_phone', 'b_phone'].map((end) =>
    get(database, `SELECT count(*) AS calls, max(id) AS last FROM communication WHERE ${end} ${among}`, list),
  );
}
