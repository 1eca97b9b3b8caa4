/** What marks say: a few columns of each record, read for those that are shown. */
import { grids, parseRef } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { columnExpression } from '../../database/queries/expressions.ts';
import { all, identifier } from '../../database/sql.ts';

/** By grid, the columns that tell one mark from another, the most telling first. None of them is restricted. */
const telling: Partial<Record<GridName, readonly string[]>> = {
  communications: ['aNumber', 'bNumber', 'type', 'durationS'],
  intelligence: ['grade', 'urn', 'text'],
  crimes: ['type', 'location', 'outcome'],
  custody: ['name', 'person', 'offence', 'station', 'disposal'],
  arrests: ['person', 'offence', 'disposal'],
  outcomes: ['person', 'offence', 'verdict', 'sentence'],
  referrals: ['name', 'person', 'category', 'concern', 'agency', 'status'],
  safeguarding: ['subject', 'kind', 'concern', 'referral'],
  lines: ['name', 'status'],
  lineNumbers: ['line', 'phone'],
  warrants: ['number', 'premises', 'person', 'power', 'status'],
  teams: ['name', 'premises', 'strikeAt'],
  results: ['premises', 'team', 'found'],
  seizures: ['what', 'premises', 'person', 'quantity'],
  actions: ['title', 'owner', 'status'],
  decisions: ['title', 'decidedBy'],
  premises: ['address', 'postcode'],
  operation: ['name'],
};

/** Characters of a long text that are shown beside a mark. */
const longest = 200;

export type Values = Record<string, CellValue>;

/** By row number; of rows that are not there nothing. */
export function readValues(
  database: ReadDatabase,
  name: GridName,
  ids: readonly number[],
  moment: Moment,
): Map<number, Values> {
  const grid = grids[name];
  const columns = (telling[name] ?? []).flatMap((field) => {
    const column = grid.columns.find((each) => each.field === field && !each.restricted);
    return column ? [column] : [];
  });
  const list = columns.map((column) => {
    const sql = columnExpression(grid, column, moment);
    return `${column.type === 'longText' ? `substr(${sql}, 1, ${longest + 1})` : sql} AS "${column.field}"`;
  });
  return new Map(
    all<{ id: number } & Values>(
      database,
      `SELECT ${['t.id AS id', ...list].join(', ')} FROM ${identifier(grid.table)} AS t
       WHERE t.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    ).map(({ id, ...values }) => [
      id,
      Object.fromEntries(
        Object.entries(values).flatMap(([field, value]) =>
          value === null || value === ''
            ? []
            : [
                [
                  field,
                  typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value,
                ],
              ],
        ),
      ),
    ]),
  );
}

/** References among the values: whom and what a mark names. */
export function namedIn(name: GridName, values: Values): string[] {
  return grids[name].columns.flatMap((column) => {
    const value = values[column.field];
    if ((column.type !== 'ref' && column.type !== 'refs') || typeof value !== 'string') return [];
    return value.split(',').filter((ref) => parseRef(ref) !== null);
  });
}
