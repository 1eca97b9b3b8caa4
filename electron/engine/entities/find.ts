/** Short matches over every grid: for the command palette and for choosing a reference while typing. */
import { gridList, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { Column, Grid, GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { columnExpression } from '../database/queries/expressions.ts';
import { labelOf, noMoment, readLabels, rowExists } from '../database/queries/rows.ts';
import { wherePart } from '../database/queries/where.ts';
import { all, identifier } from '../database/sql.ts';
import { resolveRef } from './groups.ts';

export interface Match {
  ref: string;
  grid: GridName;
  label: string;
}

const searched = new Set<GridName>([
  'people',
  'phones',
  'premises',
  'vehicles',
  'warrants',
  'targets',
  'officers',
  'teams',
  'lines',
  'groups',
  'intelligence',
  'safeguarding',
  'custody',
  'referrals',
]);

/** Fields that name a row: its label and its identifiers. */
const named = (grid: Grid): Column[] =>
  grid.columns.filter(
    (column) =>
      !column.restricted &&
      (grid.label.includes(column.field) ||
        ['aliases', 'pncId', 'imei', 'urn', 'postcode', 'number', 'collar', 'callSign'].includes(
          column.field,
        )),
  );

/** @returns at most `limit` matches; a reference is found by itself. Blank text gives the first rows of the grids asked for. */
export function findRecords(
  database: ReadDatabase,
  text: string,
  only: readonly GridName[] | undefined,
  limit: number,
): Match[] {
  const trimmed = text.trim();
  const grids = gridList.filter((grid) => (only ? only.includes(grid.name) : searched.has(grid.name)));
  const matches: Match[] = [];
  const parsed = resolveRef(database, trimmed);
  if (parsed && grids.includes(parsed.grid) && rowExists(database, parsed.grid.name, parsed.id)) {
    const ref = makeRef(parsed.grid.name, parsed.id);
    matches.push({ ref, grid: parsed.grid.name, label: readLabels(database, [ref])[ref] ?? ref });
  }
  if (trimmed === '' && !only) return matches;
  const each = Math.max(3, Math.ceil(limit / grids.length) + 4);
  for (const grid of grids) {
    const columns = named(grid);
    const parts = columns.map((column) =>
      wherePart(grid, trimmed === '' ? {} : { [column.field]: { contains: trimmed } }, noMoment),
    );
    const list = columns.map((column) => `${columnExpression(grid, column, noMoment)} AS "${column.field}"`);
    const rows = all<Record<string, unknown>>(
      database,
      `SELECT t.id AS id, ${list.join(', ')} FROM ${identifier(grid.table)} AS t WHERE ${parts.map((part) => `(${part.sql})`).join(' OR ')} ORDER BY t.id LIMIT ?`,
      ...parts.flatMap((part) => part.parameters),
      only ? limit : each,
    );
    for (const row of rows) {
      const ref = makeRef(grid.name, Number(row.id));
      if (!matches.some((match) => match.ref === ref))
        matches.push({ ref, grid: grid.name, label: labelOf(grid, { ...row, ref }) });
    }
  }
  const labels = readLabels(
    database,
    matches.filter((match) => parseRef(match.label)).map((match) => match.ref),
  );
  return matches.slice(0, limit).map((match) => ({ ...match, label: labels[match.ref] ?? match.label }));
}
