/** Rows of a grid counted, and its number columns summed, by the values of one column. */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { GroupRow } from '../../../../shared/contract/planSchemas.ts';
import { findColumn, grids } from '../../../../shared/grid/grids.ts';
import type { CellValue, Where } from '../../../../shared/grid/query.ts';
import type { Column, GridName } from '../../../../shared/grid/types.ts';
import { codeLists } from '../../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../connection.ts';
import { all, get, identifier } from '../sql.ts';
import type { Moment } from './expressions.ts';
import { columnExpression } from './expressions.ts';
import { readLabels } from './rows.ts';
import { wherePart } from './where.ts';

const maximumGroups = 1000;

export interface Groups {
  groups: GroupRow[];
  /** False when there are more groups than the largest thousand. */
  complete: boolean;
  all: Pick<GroupRow, 'count' | 'totals'>;
}

type Counted = Record<string, CellValue> & { count: number };

/**
 * The largest groups first. Blank values are one group with the value null. A sum leaves blank cells out.
 * @throws AppError `usage` for a field the grid does not have, or a total of one that is no number.
 */
export function readGroups(
  database: ReadDatabase,
  request: {
    grid: GridName;
    field: string;
    where?: Where | undefined;
    totals?: readonly string[] | undefined;
  },
  moment: Moment,
): Groups {
  const grid = grids[request.grid];
  const column = (field: string): Column => {
    const found = findColumn(grid, field);
    if (!found) throw new AppError('usage', `The grid "${grid.name}" has no field "${field}".`);
    return found;
  };
  const by = column(request.field);
  const totals = (request.totals ?? []).map(column);
  const wrong = totals.find((each) => each.type !== 'number');
  if (wrong) throw new AppError('usage', `${wrong.title} is no number and cannot be summed.`);
  const where = wherePart(grid, request.where, moment);
  const sums = totals.map((each, index) => `sum(${columnExpression(grid, each, moment)}) AS total${index}`);
  const from = `FROM ${identifier(grid.table)} AS t WHERE ${where.sql}`;
  const rows = all<Counted>(
    database,
    `SELECT nullif(${columnExpression(grid, by, moment)}, '') AS value, ${['count(*) AS count', ...sums].join(', ')} ${from}
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`,
    ...where.parameters,
    maximumGroups + 1,
  );
  const whole = get<Counted>(
    database,
    `SELECT ${['count(*) AS count', ...sums].join(', ')} ${from}`,
    ...where.parameters,
  );
  const totalsOf = (row: Counted | undefined) =>
    Object.fromEntries(totals.map((each, index) => [each.field, Number(row?.[`total${index}`] ?? 0)]));
  const some = rows.slice(0, maximumGroups);
  const word = labeller(database, by, some);
  return {
    groups: some.map((row) => ({
      value: row.value ?? null,
      label: word(row.value ?? null),
      count: row.count,
      totals: totalsOf(row),
    })),
    complete: rows.length <= maximumGroups,
    all: { count: whole?.count ?? 0, totals: totalsOf(whole) },
  };
}

/** The value in words: titles of codes, labels of references, everything else as it is. */
function labeller(
  database: ReadDatabase,
  column: Column,
  rows: readonly Counted[],
): (value: CellValue) => string {
  const parts = (value: CellValue) => (value === null ? [] : String(value).split(','));
  if (column.type === 'ref' || column.type === 'refs') {
    const labels = readLabels(
      database,
      rows.flatMap((row) => parts(row.value ?? null)),
    );
    return (value) =>
      parts(value)
        .map((ref) => labels[ref] ?? ref)
        .join(', ');
  }
  if (column.type === 'code' || column.type === 'codes') {
    const titles = new Map((codeLists[column.codes ?? ''] ?? []).map((code) => [code.code, code.label]));
    return (value) =>
      parts(value)
        .map((code) => titles.get(code) ?? code)
        .join(', ');
  }
  return (value) => (value === null ? '' : String(value));
}
