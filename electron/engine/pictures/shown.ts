/**
 * Pictures of what the operation shows, kept for packs: who keeps, takes out and reads them. What a picture shows is
 * held beside it as references, so that a pack can judge it, an erasure can find it, and a later change makes it stale.
 */
import { createHash } from 'node:crypto';
import { grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import {
  hasRevision,
  mentionedRefs,
  noMoment,
  readLabels,
  selectList,
  toGridRow,
} from '../database/queries/rows.ts';
import { all, get, identifier } from '../database/sql.ts';

/**
 * A record that a picture shows, what it was called then, and what else a picture may write beside it: its short texts,
 * and the records that it names with what those are called. Nobody reads the pixels: what may be in them is judged.
 */
export type Shown = readonly [ref: string, label: string, said: readonly string[]];

/** What the records of these references are called; what is no record any more is left out. */
export function labelsOf(database: ReadDatabase, refs: readonly string[]): Map<string, string> {
  const own = new Set(
    refs.flatMap((ref) => {
      const found = parseRef(ref);
      return found ? [makeRef(found.grid.name, found.id)] : [];
    }),
  );
  const labels = readLabels(database, own);
  return new Map(
    [...own].flatMap((ref) => (labels[ref] === undefined ? [] : [[ref, labels[ref]] as [string, string]])),
  );
}

/** The records of these references, each once. */
export function listShown(database: ReadDatabase, refs: readonly string[]): Shown[] {
  const labels = labelsOf(database, refs);
  const said = new Map<string, string[]>();
  for (const [name, ids] of idsByGrid(labels.keys()))
    if (name !== 'communications')
      for (const [ref, texts] of saidBy(database, name, ids)) said.set(ref, texts);
  return [...labels].map(([ref, label]): Shown => [ref, label, said.get(ref) ?? []]);
}

/** Of each row its short texts, and the references that it names with their labels. */
function saidBy(database: ReadDatabase, name: GridName, ids: readonly number[]): [string, string[]][] {
  const grid = grids[name];
  const rows = all<Record<string, CellValue>>(
    database,
    `SELECT ${selectList(grid, noMoment)} FROM ${identifier(grid.table)} AS t WHERE t.id ${among}`,
    JSON.stringify(ids),
  ).map((row) => toGridRow(grid, row));
  const short = grid.columns.filter(
    ({ type, restricted }) => (type === 'text' || type === 'name') && restricted !== true,
  );
  const named = rows.map((row) => [...mentionedRefs(grid, [row])].map((ref) => ref.trim()));
  const labels = labelsOf(database, named.flat());
  return rows.map((row, place) => {
    const refs = (named[place] ?? []).filter((ref) => labels.has(ref));
    const texts = short.flatMap(({ field }) => {
      const value = row[field];
      return typeof value === 'string' && value !== '' ? [value] : [];
    });
    return [row.ref, [...new Set([...texts, ...refs, ...refs.map((ref) => labels.get(ref) ?? ref)])]];
  });
}

function idsByGrid(refs: Iterable<string>): Map<GridName, number[]> {
  const byGrid = new Map<GridName, number[]>();
  for (const ref of refs) {
    const found = parseRef(ref);
    if (!found) continue;
    const ids = byGrid.get(found.grid.name);
    if (ids) ids.push(found.id);
    else byGrid.set(found.grid.name, [found.id]);
  }
  return byGrid;
}

/**
 * Stands for all that the workspace says of these records: their values, their links, and the calls of their phones. It
 * is another one after any change of these.
 */
export function fingerprintOf(database: ReadDatabase, refs: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const [grid, ids] of [...idsByGrid(refs)].sort(([one], [other]) => one.localeCompare(other))) {
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
