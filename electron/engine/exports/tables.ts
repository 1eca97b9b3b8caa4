/** Rows of grids as tables for other tools: labels in place of codes, references beside names, nothing restricted. */
import { grids, parseRef } from '../../../shared/grid/grids.ts';
import type { Column, Grid, GridName } from '../../../shared/grid/types.ts';
import { formatPhone } from '../../../shared/packs/format.ts';
import { labelOf } from '../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { readLabels, selectList, toGridRow } from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';

/** Text as it may leave: without what says who a source is. */
export type Outward = (text: string) => string;

export type TableCell = string | number | null;

export interface Table {
  /** Word of the file name, for example `people`. */
  readonly name: string;
  readonly title: string;
  readonly headings: readonly string[];
  /** Rows in the order of their references, some hundreds at a time. */
  readonly pages: () => Iterable<readonly (readonly TableCell[])[]>;
}

/** Grids that are about the program itself, not about the operation. */
const ownGrids: ReadonlySet<GridName> = new Set(['imports', 'packs', 'operation']);

const pageRows = 1000;

/** Grids that can be written as a table. */
export const tableGrids: readonly GridName[] = (Object.keys(grids) as GridName[]).filter(
  (name) => !ownGrids.has(name),
);

/**
 * One grid with every column that may leave. `withheld` names rows that may not; their count is the caller's
 * to report.
 */
export function gridTable(
  database: ReadDatabase,
  name: GridName,
  moment: Moment,
  withheld: ReadonlySet<string>,
  outward: Outward,
): Table {
  const grid = grids[name];
  const columns = grid.columns.filter(({ restricted }) => restricted !== true);
  return {
    name,
    title: grid.title,
    headings: ['Reference', ...columns.flatMap(headingsOf)],
    pages: function* () {
      for (const rows of readPages(database, grid, moment)) {
        const kept = rows.filter(({ ref }) => !withheld.has(ref));
        const labels = readLabels(
          database,
          kept.flatMap((row) => refsOf(columns, row)),
        );
        yield kept.map((row) => [
          row.ref,
          ...columns.flatMap((column) => cellsOf(column, row[column.field], labels, outward)),
        ]);
      }
    },
  };
}

type Row = Readonly<Record<string, unknown>> & { readonly ref: string };

/** The rows of a grid, a page at a time, by number. */
export function* readPages(database: ReadDatabase, grid: Grid, moment: Moment): Generator<Row[]> {
  const statement = `SELECT ${selectList(grid, moment)} FROM ${identifier(grid.table)} AS t
    WHERE t.id > ? ORDER BY t.id LIMIT ${pageRows}`;
  for (let after = 0; ; ) {
    const rows = all<Record<string, never>>(database, statement, after).map(
      (row) => toGridRow(grid, row) as Row,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = parseRef(last.ref)?.id ?? Number.MAX_SAFE_INTEGER;
  }
}

function headingsOf(column: Column): string[] {
  return isReference(column) ? [column.title, `${column.title} (reference)`] : [column.title];
}

function refsOf(columns: readonly Column[], row: Row): string[] {
  return columns.filter(isReference).flatMap((column) => split(row[column.field]));
}

function cellsOf(
  column: Column,
  value: unknown,
  labels: Readonly<Record<string, string>>,
  outward: Outward,
): TableCell[] {
  if (isReference(column)) {
    const refs = split(value);
    const names = refs.map((ref) => {
      const label = labels[ref] ?? ref;
      return ref.startsWith(grids.phones.prefix) ? phoneText(label) : outward(label);
    });
    return [names.join('; ') || null, refs.join('; ') || null];
  }
  return [cellOf(column, value, outward)];
}

/**
 * A value as other tools take it: dates ISO 8601, labels for codes, UK phones as people write them (a leading +
 * would be run as a formula, a number without a blank would lose its zero), foreign ones with 00.
 */
export function cellOf(column: Pick<Column, 'type' | 'codes'>, value: unknown, outward: Outward): TableCell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return value;
  // A cell of any kind may hold words that were kept as written.
  return outward(wordsOf(column, String(value)));
}

function wordsOf(column: Pick<Column, 'type' | 'codes'>, text: string): string {
  if (column.type === 'phone') return phoneText(text);
  if (column.type === 'yesNo') return text === 'yes' ? 'Yes' : text === 'no' ? 'No' : text;
  const list = column.codes;
  if (list === undefined) return text;
  return split(text)
    .map((code) => labelOf(list, code))
    .join('; ');
}

export function phoneText(number: string): string {
  return formatPhone(number).replace(/^\+/, '00');
}

function isReference({ type }: Column): boolean {
  return type === 'ref' || type === 'refs';
}

function split(value: unknown): string[] {
  return String(value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
