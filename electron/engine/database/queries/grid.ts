/**
 * Pages of a grid. A page at depth is reached by a key, not by counting off: for a filter and a sort the
 * keys of every `stride`-th row are remembered ("anchors"), so the end of a million rows is as near as
 * the beginning. Anchors are made once, by hopping along the index, and forgotten when data changes.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { findColumn, grids, parseRef } from '../../../../shared/grid/grids.ts';
import type { CellValue, GridPage, GridRequest, GridRow, Where } from '../../../../shared/grid/query.ts';
import type { Column, Grid, GridName } from '../../../../shared/grid/types.ts';
import { recordIdsOf } from '../../entities/groups.ts';
import type { ReadDatabase } from '../connection.ts';
import { all, get, identifier, prepare, type SqlPart } from '../sql.ts';
import { readPlace } from './evidence.ts';
import type { Moment } from './expressions.ts';
import { codedColumns, codedText, columnExpression, sortExpression } from './expressions.ts';
import { mentionedRefs, readLabels, selectList, toGridRow } from './rows.ts';

import { wherePart } from './where.ts';

const stride = 500;
const defaultLimit = 200;

interface Order {
  sql: string;
  /** One sort column, which keyset paging can use; several fall back to OFFSET. */
  key: { sql: string; descending: boolean } | null;
}

interface Anchors {
  total: number | null;
  /** Whether any row has no value to sort by; null until asked. */
  blanks: boolean | null;
  /** keys[i] is [key, id] of row (i + 1) × stride − 1, counted from 0. */
  keys: [CellValue, number][];
  complete: boolean;
}

type Caches = Map<string, unknown>;

function orderOf(grid: Grid, request: GridRequest, moment: Moment): Order {
  const sorts = (request.sort ?? []).map((sort) => {
    const column = findColumn(grid, sort.field);
    if (!column && sort.field !== 'ref')
      throw new AppError('usage', `The grid "${grid.name}" has no field "${sort.field}" to sort by.`);
    const descending = sort.direction === 'desc';
    if (!column) return { sql: 't.id', descending, text: false };
    const expression = sortExpression(grid, column, moment);
    const text =
      !expression.seconds && column.type !== 'number' && column.type !== 'date' && column.type !== 'datetime';
    return { sql: expression.sql, descending, text };
  });
  const only = sorts[0];
  if (!only) return { sql: 't.id', key: { sql: 't.id', descending: false } };
  const direction = (descending: boolean) => (descending ? 'DESC' : 'ASC');
  const written = sorts.map(
    (sort) => `${sort.sql}${sort.text ? ' COLLATE NOCASE' : ''} ${direction(sort.descending)}`,
  );
  return {
    sql: [...written, `t.id ${direction(only.descending)}`].join(', '),
    key: sorts.length === 1 && !only.text ? { sql: only.sql, descending: only.descending } : null,
  };
}

/** Rows after [key, id] in the order's direction. NULLs come first upward and last downward, as SQLite sorts. */
function afterKey(order: NonNullable<Order['key']>, key: CellValue, id: number, blanks: boolean): SqlPart {
  if (order.sql === 't.id') return { sql: `t.id ${order.descending ? '<' : '>'} ?`, parameters: [id] };
  if (order.descending) {
    if (key === null) return { sql: `(${order.sql} IS NULL AND t.id < ?)`, parameters: [id] };
    // Without blanks the index is entered at the key; the OR for them would make it start from the top.
    if (!blanks)
      return {
        sql: `(${order.sql} <= ? AND (${order.sql} < ? OR t.id < ?))`,
        parameters: [key, key, id],
      };
    // Written so that the index is entered at the key: the row-value form cannot cope with NULL.
    return {
      sql: `(${order.sql} <= ? AND (${order.sql} < ? OR t.id < ?) OR ${order.sql} IS NULL)`,
      parameters: [key, key, id],
    };
  }
  if (key === null) return { sql: `(${order.sql} IS NOT NULL OR t.id > ?)`, parameters: [id] };
  return { sql: `(${order.sql} >= ? AND (${order.sql} > ? OR t.id > ?))`, parameters: [key, key, id] };
}

function anchorsOf(caches: Caches, key: string): Anchors {
  let anchors = caches.get(key) as Anchors | undefined;
  if (!anchors) {
    if (caches.size > 200) caches.clear();
    anchors = { total: null, blanks: null, keys: [], complete: false };
    caches.set(key, anchors);
  }
  return anchors;
}

/** Reads a page. `caches` must be emptied whenever data changes. @throws AppError `usage`. */
export function readPage(
  database: ReadDatabase,
  request: GridRequest,
  moment: Moment,
  caches: Caches,
): GridPage {
  const grid = grids[request.grid];
  const table = `${identifier(grid.table)} AS t`;
  const where = wherePart(grid, request.where, moment);
  const order = orderOf(grid, request, moment);
  const offset = request.offset ?? 0;
  const limit = request.limit ?? defaultLimit;
  const cacheKey = JSON.stringify([
    grid.name,
    request.where ?? {},
    request.sort ?? [],
    moment.strike,
    moment.today,
  ]);
  const anchors = anchorsOf(caches, cacheKey);
  anchors.total ??=
    get<{ total: number }>(
      database,
      `SELECT count(*) AS total FROM ${table} WHERE ${where.sql}`,
      ...where.parameters,
    )?.total ?? 0;

  let start: SqlPart = { sql: '1', parameters: [] };
  let skip = Math.min(offset, anchors.total);
  if (order.key && skip >= stride) {
    const key = order.key;
    extendAnchors(database, table, where, { ...order, key }, anchors, Math.floor(skip / stride));
    const index = Math.min(Math.floor(skip / stride), anchors.keys.length) - 1;
    const anchor = anchors.keys[index];
    if (anchor) {
      start = afterKey(key, anchor[0], anchor[1], hasBlanks(database, table, where, key, anchors));
      skip -= (index + 1) * stride;
    }
  }
  const rows = prepare(
    database,
    `SELECT ${selectList(grid, moment)} FROM ${table} WHERE ${where.sql} AND ${start.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
  ).all(...where.parameters, ...start.parameters, limit, skip) as Record<string, CellValue>[];
  const page = rows.map((row) => toGridRow(grid, row));
  return {
    grid: grid.name,
    total: anchors.total,
    rows: page,
    labels: readLabels(database, mentionedRefs(grid, page)),
  };
}

function hasBlanks(
  database: ReadDatabase,
  table: string,
  where: SqlPart,
  key: NonNullable<Order['key']>,
  anchors: Anchors,
): boolean {
  if (!key.descending || key.sql === 't.id') return false;
  anchors.blanks ??=
    get(
      database,
      `SELECT 1 FROM ${table} WHERE ${where.sql} AND ${key.sql} IS NULL LIMIT 1`,
      ...where.parameters,
    ) !== undefined;
  return anchors.blanks;
}

function extendAnchors(
  database: ReadDatabase,
  table: string,
  where: SqlPart,
  order: { sql: string; key: NonNullable<Order['key']> },
  anchors: Anchors,
  wanted: number,
): void {
  while (anchors.keys.length < wanted && !anchors.complete) {
    const last = anchors.keys.at(-1);
    const start = last
      ? afterKey(order.key, last[0], last[1], hasBlanks(database, table, where, order.key, anchors))
      : { sql: '1', parameters: [] };
    const row = prepare(
      database,
      `SELECT ${order.key.sql} AS key, t.id AS id FROM ${table} WHERE ${where.sql} AND ${start.sql}
       ORDER BY ${order.sql} LIMIT 1 OFFSET ${stride - 1}`,
    ).get(...where.parameters, ...start.parameters) as { key: CellValue; id: number } | undefined;
    if (row) anchors.keys.push([row.key, row.id]);
    else anchors.complete = true;
  }
}

/** Distinct values of a column with their counts, most frequent first. */
export function readValues(
  database: ReadDatabase,
  request: {
    grid: GridName;
    field: string;
    where?: Where | undefined;
    limit: number;
    each?: boolean | undefined;
  },
  moment: Moment,
): { values: { value: CellValue; count: number }[]; complete: boolean; labels?: Record<string, string> } {
  const grid = grids[request.grid];
  const column = findColumn(grid, request.field);
  if (!column) throw new AppError('usage', `The grid "${grid.name}" has no field "${request.field}".`);
  const where = wherePart(grid, request.where, moment);
  if (request.each) return countEach(database, grid, column, where, request.limit, moment);
  const coded = codedColumns[`${grid.name}.${column.field}`];
  // Numbers of texts are counted first, so that each text is looked up once.
  const counted = `SELECT ${coded ?? columnExpression(grid, column, moment)} AS value, count(*) AS count
    FROM ${identifier(grid.table)} AS t WHERE ${where.sql} GROUP BY 1`;
  const rows = all<{ value: CellValue; count: number }>(
    database,
    `SELECT ${coded ? codedText('counted.value') : 'value'} AS value, count FROM (${counted}) AS counted
     ORDER BY 2 DESC, 1 LIMIT ?`,
    ...where.parameters,
    request.limit + 1,
  );
  return { values: rows.slice(0, request.limit), complete: rows.length <= request.limit };
}

/** Each value of cells that hold several, with the rows that hold it and the labels of references. */
function countEach(
  database: ReadDatabase,
  grid: Grid,
  column: Column,
  where: SqlPart,
  limit: number,
  moment: Moment,
): { values: { value: CellValue; count: number }[]; complete: boolean; labels: Record<string, string> } {
  const rows = all<{ value: string | null; count: number }>(
    database,
    `WITH cell AS MATERIALIZED (
       SELECT t.id AS id, nullif(${columnExpression(grid, column, moment)}, '') AS whole
       FROM ${identifier(grid.table)} AS t WHERE ${where.sql})
     SELECT value, count(DISTINCT id) AS count FROM (
       SELECT cell.id AS id, trim(part.value) AS value
       FROM cell, json_each('[' || replace(json_quote(cell.whole), ',', '","') || ']') AS part
       WHERE cell.whole IS NOT NULL
       UNION ALL SELECT id, NULL FROM cell WHERE whole IS NULL)
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`,
    ...where.parameters,
    limit + 1,
  );
  const values = rows.slice(0, limit);
  const refs = column.type === 'refs' ? values.flatMap(({ value }) => value ?? []) : [];
  return { values, complete: rows.length <= limit, labels: readLabels(database, refs) };
}

/** Files, sheets and rows behind each row. */
export function addSources(database: ReadDatabase, gridName: GridName, rows: GridRow[]): void {
  for (const row of rows) {
    const id = parseRef(row.ref)?.id ?? 0;
    row.sources = sourcePlaces(database, gridName, id);
  }
}

function sourcePlaces(
  database: ReadDatabase,
  grid: GridName,
  id: number,
): { file: string; sheet: string; row: number }[] {
  const evidence =
    grid === 'communications'
      ? all<{ evidence_id: number }>(database, 'SELECT evidence_id FROM communication WHERE id = ?', id)
      : all<{ evidence_id: number }>(
          database,
          `SELECT DISTINCT evidence_id FROM record r WHERE id IN (SELECT value FROM json_each(?))
             AND NOT EXISTS (SELECT 1 FROM refreshed_record f WHERE f.evidence_id = r.evidence_id
               AND f.prefix = r.prefix AND f.part = r.part AND f.state = 'withdrawn')
           ORDER BY evidence_id`,
          JSON.stringify(recordIdsOf(database, grid, id)),
        );
  if (evidence.length === 0 && grid === 'phones') {
    evidence.push(
      ...all<{ evidence_id: number }>(
        database,
        `SELECT evidence_id FROM (SELECT evidence_id FROM communication WHERE a_phone = ? ORDER BY start LIMIT 20)
         UNION SELECT evidence_id FROM (SELECT evidence_id FROM communication WHERE b_phone = ? ORDER BY start LIMIT 20)
         LIMIT 20`,
        id,
        id,
      ),
    );
  }
  return evidence.flatMap(({ evidence_id }) => {
    const place = readPlace(database, evidence_id);
    return place ? [{ file: place.file, sheet: place.sheet, row: place.row }] : [];
  });
}
