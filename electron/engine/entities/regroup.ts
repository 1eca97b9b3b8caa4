/**
 * Keeps `merged_row`, `moved_record`, the ends of links and the rows of photographs true to `$into` and `$moved`, and
 * says what has to be computed again: the rows themselves and whatever names one of them.
 */
import { gridList, makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, columnName, get, identifier, run } from '../database/sql.ts';
import {
  hasGroups,
  intoField,
  membersOf,
  mergeableGrids,
  movedRecordOf,
  refFields,
  rootOf,
} from './groups.ts';
import type { RowId } from './rowSet.ts';
import { RowSet } from './rowSet.ts';

/** The atom that an atom is said to be part of, by the newest word on it, and the entry that says so. */
function intoOf(
  database: ReadDatabase,
  grid: GridName,
  id: number,
): { into: number; seq: number } | undefined {
  const said = get<{ value: CellValue; seq: number }>(
    database,
    `SELECT value, seq FROM manual_value WHERE grid = ? AND row_id = ? AND field = '${intoField}'
     ORDER BY seq DESC LIMIT 1`,
    grid,
    id,
  );
  return typeof said?.value === 'number' && said.value !== id
    ? { into: said.value, seq: said.seq }
    : undefined;
}

/**
 * The end of the chain and the newest entry in it. Two copies of an operation may have said A is part of B and B of A:
 * the lowest number of such a ring stands for it.
 */
function followInto(database: ReadDatabase, grid: GridName, id: number): { root: number; seq: number } {
  const chain: number[] = [];
  let seq = 0;
  for (let at = id; ; ) {
    const ring = chain.indexOf(at);
    if (ring >= 0) return { root: Math.min(...chain.slice(ring)), seq };
    chain.push(at);
    const next = intoOf(database, grid, at);
    if (!next) return { root: at, seq };
    if (at === id) seq = next.seq;
    at = next.into;
  }
}

/** Writes down again which records were moved out of an atom. Returns the atoms that gain or lose one. */
function readMoves(
  database: WriteDatabase,
  grid: GridName,
  home: number,
  rows: RowSet,
  evidence: Set<number>,
): void {
  const note = () => {
    for (const row of all<{ evidence_id: number; to_id: number }>(
      database,
      'SELECT evidence_id, to_id FROM moved_record WHERE grid = ? AND home = ?',
      grid,
      home,
    )) {
      rows.add(grid, row.to_id);
      evidence.add(row.evidence_id);
    }
  };
  note();
  run(database, 'DELETE FROM moved_record WHERE grid = ? AND home = ?', grid, home);
  for (const { field, value } of all<{ field: string; value: CellValue }>(
    database,
    `SELECT field, value FROM manual_value WHERE grid = ? AND row_id = ? AND field >= '$moved:' AND field < '$moved;'
     ORDER BY seq`,
    grid,
    home,
  )) {
    const record = movedRecordOf(field);
    if (!record) continue;
    const key = [record.evidence_id, record.prefix, record.part];
    run(database, 'DELETE FROM moved_record WHERE evidence_id = ? AND prefix = ? AND part = ?', ...key);
    if (typeof value === 'number' && value !== home)
      run(
        database,
        'INSERT INTO moved_record (evidence_id, prefix, part, grid, home, to_id) VALUES (?, ?, ?, ?, ?, ?)',
        ...key,
        grid,
        home,
        value,
      );
  }
  note();
}

/**
 * Works the groups of these atoms out again after manual values about them changed. Inside a transaction; the rows it
 * returns have to be materialised.
 */
export function regroup(database: WriteDatabase, atoms: readonly RowId[]): RowId[] {
  const affected = new RowSet();
  const oldRoots = new Set<string>();
  const evidence = new Set<number>();
  const places = new RowSet();
  for (const { grid, id } of atoms) {
    if (!mergeableGrids.has(grid)) continue;
    readMoves(database, grid, id, affected, evidence);
    const oldRoot = rootOf(database, grid, id);
    affected.add(grid, oldRoot);
    for (const member of membersOf(database, grid, oldRoot)) {
      affected.add(grid, member);
      const before = rootOf(database, grid, member);
      const { root, seq } = followInto(database, grid, member);
      if (root !== before) oldRoots.add(makeRef(grid, before));
      run(database, 'DELETE FROM merged_row WHERE grid = ? AND row_id = ?', grid, member);
      if (root !== member)
        run(
          database,
          'INSERT INTO merged_row (grid, row_id, root, seq) VALUES (?, ?, ?, ?)',
          grid,
          member,
          root,
          seq,
        );
      affected.add(grid, root);
    }
  }
  for (const { grid, id } of affected.list()) {
    places.add(grid, id);
    // Links of records that came to these rows from elsewhere have their ends here.
    for (const { home } of all<{ home: number }>(
      database,
      'SELECT DISTINCT home FROM moved_record WHERE grid = ? AND to_id = ?',
      grid,
      id,
    ))
      places.add(grid, home);
  }
  placeRows(database, places.list());
  for (const id of evidence)
    for (const row of all<RowId>(
      database,
      'SELECT DISTINCT grid, row_id AS id FROM record WHERE evidence_id = ?',
      id,
    ))
      affected.add(row.grid, row.id);
  for (const row of rowsNaming(database, oldRoots)) affected.add(row.grid, row.id);
  return affected.list();
}

/** Sets the ends of links and the rows of photographs of these atoms to where they count now. */
export function placeRows(database: WriteDatabase, atoms: readonly RowId[]): void {
  for (const { grid, id } of atoms) {
    if (!mergeableGrids.has(grid)) continue;
    const root = rootOf(database, grid, id);
    const home = root === id ? null : id;
    for (const end of ['a', 'b']) {
      run(
        database,
        `UPDATE link SET ${end}_id = ?, ${end}_home = ? WHERE ${end}_grid = ? AND ${end}_home = ?`,
        root,
        home,
        grid,
        id,
      );
      if (home !== null)
        run(
          database,
          `UPDATE link SET ${end}_id = ?, ${end}_home = ? WHERE ${end}_grid = ? AND ${end}_id = ? AND ${end}_home IS NULL`,
          root,
          home,
          grid,
          id,
        );
    }
    if (grid === 'people' || grid === 'premises') placePhotographs(database, grid, id, root);
    placeMoved(database, grid, id);
  }
}

function placePhotographs(database: WriteDatabase, grid: GridName, id: number, root: number): void {
  run(
    database,
    'UPDATE photograph SET row_id = ?, home = nullif(home, ?) WHERE grid = ? AND home = ?',
    root,
    root,
    grid,
    id,
  );
  if (root !== id)
    run(
      database,
      'UPDATE photograph SET row_id = ?, home = ? WHERE grid = ? AND row_id = ? AND home IS NULL',
      root,
      id,
      grid,
      id,
    );
}

/** Links of rows of evidence whose records were moved follow, unless another record of the row stayed. */
function placeMoved(database: WriteDatabase, grid: GridName, home: number): void {
  const moved = all<{ evidence_id: number; to_id: number }>(
    database,
    `SELECT m.evidence_id, m.to_id FROM moved_record m WHERE m.grid = @grid AND m.home = @home
       AND NOT EXISTS (SELECT 1 FROM record r WHERE r.evidence_id = m.evidence_id AND r.grid = @grid AND r.row_id = @home
         AND NOT EXISTS (SELECT 1 FROM moved_record n
           WHERE n.evidence_id = r.evidence_id AND n.prefix = r.prefix AND n.part = r.part))
     ORDER BY m.evidence_id, m.prefix DESC, m.part DESC`,
    { grid, home },
  );
  for (const { evidence_id, to_id } of moved) {
    const to = rootOf(database, grid, to_id);
    for (const end of ['a', 'b'])
      run(
        database,
        `UPDATE link SET ${end}_id = ?, ${end}_home = ? WHERE evidence_id = ? AND ${end}_grid = ?
           AND coalesce(${end}_home, ${end}_id) = ?`,
        to,
        to === home ? null : home,
        evidence_id,
        grid,
        home,
      );
  }
}

/** Of rows that an import touched: those that were merged or split before, so that its links have to be placed. */
export function placeTouched(database: WriteDatabase, touched: Iterable<RowId>): void {
  if (!hasGroups(database)) return;
  placeRows(
    database,
    [...touched].filter(
      ({ grid, id }) =>
        mergeableGrids.has(grid) &&
        get(
          database,
          `SELECT 1 WHERE EXISTS (SELECT 1 FROM merged_row WHERE grid = @grid AND row_id = @id)
             OR EXISTS (SELECT 1 FROM moved_record WHERE grid = @grid AND home = @id)`,
          { grid, id },
        ) !== undefined,
    ),
  );
}

/** Where records of these rows were moved to: what an import says of a row can count in another. */
export function movedFrom(
  database: ReadDatabase,
  touched: ReadonlyMap<GridName, ReadonlySet<number>>,
): RowId[] {
  return all<RowId & { home: number }>(
    database,
    'SELECT DISTINCT grid, home, to_id AS id FROM moved_record',
  ).filter(({ grid, home }) => touched.get(grid)?.has(home));
}

/** Rows of any grid with a value that names one of these references, as the tables stand. */
export function rowsNaming(database: ReadDatabase, refs: ReadonlySet<string>): RowId[] {
  if (refs.size === 0) return [];
  const found: RowId[] = [];
  for (const grid of gridList) {
    const names = [...refFields(grid.name).keys()].map((field) => identifier(columnName(field)));
    if (names.length === 0) continue;
    const rows = all<{ id: number; named: string }>(
      database,
      `SELECT id, concat_ws(',', ${names.join(', ')}) AS named FROM ${identifier(grid.table)}
       WHERE coalesce(${[...names, 'NULL'].join(', ')}) IS NOT NULL`,
    );
    for (const { id, named } of rows)
      if (named.split(',').some((ref) => refs.has(ref))) found.push({ grid: grid.name, id });
  }
  return found;
}

/**
 * Works out every group again from the manual values: after values came in by another way than an edit. Inside a
 * transaction; the rows it returns have to be materialised.
 */
export function regroupAll(database: WriteDatabase): RowId[] {
  const atoms = all<RowId>(
    database,
    `SELECT DISTINCT grid, row_id AS id FROM manual_value
     WHERE substr(field, 1, 1) = '$' AND (field = '${intoField}' OR (field >= '$moved:' AND field < '$moved;'))
     UNION SELECT grid, row_id FROM merged_row UNION SELECT grid, home FROM moved_record`,
  );
  return regroup(database, atoms);
}
