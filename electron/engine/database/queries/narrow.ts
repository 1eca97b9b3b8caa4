/** What narrows every grid, as SQL over one of them: records, and a period. See `shared/grid/narrowing.ts`. */
import { AppError } from '../../../../shared/contract/errors.ts';
import { findColumn, grids, parseRef } from '../../../../shared/grid/grids.ts';
import { canNarrowByRecords, dayFields } from '../../../../shared/grid/narrowing.ts';
import type { Condition } from '../../../../shared/grid/query.ts';
import type { Column, Grid, GridName } from '../../../../shared/grid/types.ts';
import { mergeableGrids } from '../../entities/groups.ts';
import { columnName, identifier, type SqlPart } from '../sql.ts';
import { type Moment, secondsOf, sortExpression } from './expressions.ts';

/**
 * Rows that are among the records. Of a grid that none of them is of: rows that name one of them, that one of them
 * names, or that evidence links with one; of calls those of the phones that this leaves.
 *
 * @throws AppError `usage` for a grid that records cannot narrow, or anything but a list of references.
 */
export function recordsPart(grid: Grid, condition: Condition): SqlPart {
  if (!canNarrowByRecords(grid))
    throw new AppError('usage', `Records cannot narrow the grid "${grid.name}": its rows are about none.`);
  const asked = typeof condition === 'object' && condition !== null ? condition : {};
  if (Object.keys(asked).join() !== 'in' || !asked.in)
    throw new AppError('usage', 'Records are given as a list of references: { "in": ["NOM-3"] }.');
  const byGrid = new Map<Grid, number[]>();
  for (const ref of asked.in) {
    const found = parseRef(String(ref));
    if (!found) throw new AppError('usage', `"${String(ref)}" is no reference such as NOM-3.`);
    byGrid.set(found.grid, [...(byGrid.get(found.grid) ?? []), found.id]);
  }
  return narrowed(grid, byGrid);
}

type Chosen = ReadonlyMap<Grid, readonly number[]>;

function narrowed(grid: Grid, chosen: Chosen): SqlPart {
  const own = chosen.get(grid);
  if (own) return withIds('t.id IN', grid.name, own);
  const parts = [...chosen].flatMap(([other, ids]) => relatedParts(grid, other, ids));
  return either(grid.name === 'communications' ? [...parts, ...callParts(chosen)] : parts);
}

/** Calls are those of the phones that are left: of who was chosen, and of the lines. */
function callParts(chosen: Chosen): SqlPart[] {
  const { sql, parameters } = narrowed(grids.phones, chosen);
  return ['a_phone', 'b_phone'].map((end) => ({
    sql: `t.${end} IN (SELECT t.id FROM ${identifier(grids.phones.table)} AS t WHERE ${sql})`,
    parameters,
  }));
}

/** Rows of `grid` that have to do with these rows of another grid, directly. */
function relatedParts(grid: Grid, other: Grid, ids: readonly number[]): SqlPart[] {
  const named = `SELECT b_id FROM link WHERE b_grid = '${grid.name}' AND a_grid = '${other.name}' AND a_id IN`;
  const naming = `SELECT a_id FROM link WHERE a_grid = '${grid.name}' AND b_grid = '${other.name}' AND b_id IN`;
  return [
    ...referring(grid, other.name).map((column) =>
      withIds(rowsReferring(grid, column, other.name), other.name, ids, '))'),
    ),
    ...referring(other, grid.name).map((column) =>
      withIds(rowsReferredTo(grid, other, column), other.name, ids, ')'),
    ),
    withIds(`t.id IN (${named}`, other.name, ids, ')'),
    withIds(`t.id IN (${naming}`, other.name, ids, ')'),
    ...numberParts(grid.name, other.name, ids),
  ];
}

/** What no column of references says: call data names its phones by number, and a line has numbers of other days. */
function numberParts(grid: GridName, other: GridName, ids: readonly number[]): SqlPart[] {
  if (grid === 'phones' && other === 'communications')
    return ['a_phone', 'b_phone'].map((end) =>
      withIds(`t.id IN (SELECT ${end} FROM communication WHERE id IN`, other, ids, ')'),
    );
  if (grid === 'phones' && other === 'lines')
    return [withIds('t.id IN (SELECT row_of(phone) FROM line_number WHERE row_of(line) IN', other, ids, ')')];
  if (grid === 'lines' && other === 'phones')
    return [withIds('t.id IN (SELECT row_of(line) FROM line_number WHERE row_of(phone) IN', other, ids, ')')];
  return [];
}

/** Columns of a grid that hold references to another; what is worked out from links is found by those. */
const referring = (grid: Grid, to: GridName): Column[] =>
  grid.columns.filter(
    ({ type, to: leads, derived }) => (type === 'ref' || type === 'refs') && !derived && leads?.includes(to),
  );

/** The references in one cell, each a row of `part`. */
const eachRef = (cell: string) =>
  `json_each('[' || replace(json_quote(replace(${cell}, ' ', '')), ',', '","') || ']') AS part`;

const holdsRef = (to: GridName) => `part.value LIKE '${grids[to].prefix}-%' AND row_of(part.value)`;

const rowsReferring = (grid: Grid, column: Column, to: GridName) =>
  `t.id IN (SELECT h.id FROM ${identifier(grid.table)} AS h, ${eachRef(`h.${identifier(columnName(column.field))}`)}
     WHERE h.${identifier(columnName(column.field))} <> '' AND (${holdsRef(to)} IN`;

const rowsReferredTo = (grid: Grid, other: Grid, column: Column) =>
  `t.id IN (SELECT row_of(part.value) FROM ${identifier(other.table)} AS h, ${eachRef(`h.${identifier(columnName(column.field))}`)}
     WHERE h.${identifier(columnName(column.field))} <> '' AND part.value LIKE '${grids[grid.name].prefix}-%' AND h.id IN`;

/** `sql (rows)`: the rows that stand for these now, where some were merged since they were chosen. */
function withIds(sql: string, grid: GridName, ids: readonly number[], end = ''): SqlPart {
  const rows = mergeableGrids.has(grid)
    ? `SELECT coalesce((SELECT root FROM merged_row WHERE grid = '${grid}' AND row_id = chosen.value), chosen.value)
       FROM json_each(?) AS chosen`
    : 'SELECT value FROM json_each(?)';
  return { sql: `${sql} (${rows})${end}`, parameters: [JSON.stringify(ids)] };
}

function either(parts: readonly SqlPart[]): SqlPart {
  if (parts.length === 0) return { sql: '0', parameters: [] };
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/;

/**
 * Rows whose day is inside, both ends included: a day counts whole, a minute to its last second. Rows without a day are
 * left out.
 *
 * @throws AppError `usage` for a grid without a day, or anything but `gte` and `lte`.
 */
export function periodPart(grid: Grid, condition: Condition, moment: Moment): SqlPart {
  const column = findColumn(grid, dayFields[grid.name] ?? '');
  if (!column)
    throw new AppError('usage', `A period cannot narrow the grid "${grid.name}": its rows have no date.`);
  const { gte, lte, ...others } =
    typeof condition === 'object' && condition !== null ? condition : { eq: '' };
  const ends = [gte, lte].filter((end) => end !== undefined);
  if (Object.keys(others).length > 0 || ends.length === 0 || ends.some((end) => !isoTime.test(String(end))))
    throw new AppError(
      'usage',
      'A period is given as { "gte": "2026-11-01", "lte": "2026-11-30T18:00" }, either or both.',
    );
  const { sql, seconds } = sortExpression(grid, column, moment);
  const parts: SqlPart[] = [];
  if (gte !== undefined) parts.push(fromPart(sql, seconds, column, String(gte)));
  if (lte !== undefined) parts.push(toPart(sql, seconds, column, String(lte)));
  return {
    sql: `(${parts.map((part) => part.sql).join(' AND ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** A date knows no time: the day that the period begins or ends on counts. */
const cut = (column: Column, end: string) => (column.type === 'date' ? end.slice(0, 10) : end);

function fromPart(sql: string, seconds: boolean, column: Column, from: string): SqlPart {
  return seconds
    ? { sql: `${sql} >= ?`, parameters: [secondsOf(from)] }
    : { sql: `${sql} >= ?`, parameters: [cut(column, from)] };
}

/** Seconds in the last day, minute or second of a period, by the length of how it is written. */
const lasting: Readonly<Record<number, number>> = { 10: 86_400, 16: 60, 19: 1 };

function toPart(sql: string, seconds: boolean, column: Column, to: string): SqlPart {
  if (seconds) return { sql: `${sql} < ?`, parameters: [(secondsOf(to) ?? 0) + (lasting[to.length] ?? 1)] };
  const end = cut(column, to);
  return { sql: `substr(${sql}, 1, ${end.length}) <= ?`, parameters: [end] };
}
