/** What of a row can be found, field by field: the same for the index and for showing why something was found. */
import { grids, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Column, Grid, GridName } from '../../../shared/grid/types.ts';
import { labelOf } from '../../../shared/reference/codeLists.ts';
import { columnName } from '../database/sql.ts';
import { compact } from './words.ts';

/** A field of a row that can be searched. */
export interface Field {
  column: Column;
  /** The value as stored, or the words of its codes. */
  text: string;
  /** The field names the row: its words weigh more. */
  isName: boolean;
}

/** What nobody types into a search. */
const unsearched = new Set(['latitude', 'longitude', 'textBasis', 'sectionMarkings', 'files', 'sha256']);

const searchable = (column: Column) =>
  !column.derived && column.type !== 'yesNo' && !unsearched.has(column.field);

const namesRow = (grid: Grid, column: Column) =>
  column.field === 'aliases' || (grid.label.includes(column.field) && ['name', 'text'].includes(column.type));

interface Searched {
  column: Column;
  /** Name of the column in the table of the grid. */
  stored: string;
  isName: boolean;
}

const searched = new Map<GridName, readonly Searched[]>();

/** The columns of a grid that can be searched. */
export function searchedColumns(grid: GridName): readonly Searched[] {
  let columns = searched.get(grid);
  if (!columns) {
    // Of a call its message alone: numbers, kinds and cells of a million calls stand elsewhere.
    const all = grids[grid].columns.filter((each) => grid !== 'communications' || each.field === 'text');
    columns = all.filter(searchable).map((column) => ({
      column,
      stored: columnName(column.field),
      isName: namesRow(grids[grid], column),
    }));
    searched.set(grid, columns);
  }
  return columns;
}

/** What of a value is read: codes by their words. */
export function textOf(column: Column, value: CellValue | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  const text = String(value);
  if (column.codes === undefined || (column.type !== 'code' && column.type !== 'codes')) return text;
  return text
    .split(',')
    .map((code) => labelOf(column.codes ?? '', code.trim()))
    .join(', ');
}

/** The fields of a row of a grid's table. */
export function fieldsOf(grid: GridName, row: Readonly<Record<string, CellValue>>): Field[] {
  const fields: Field[] = [];
  for (const { column, stored, isName } of searchedColumns(grid)) {
    const text = textOf(column, row[stored]);
    if (text !== '') fields.push({ column, text, isName });
  }
  return fields;
}

/** The word under which a day stands in the index, or a month or year as its beginning: 'd20110312'. */
export function dayWord(iso: string): string {
  return `d${iso.slice(0, 10).replace(/-/g, '')}`;
}

/** Words under which a value is found besides those that are read in it: its day, the references that it names. */
export function keyWordsOf(column: Column, text: string): string[] {
  if (column.type === 'date' || column.type === 'datetime')
    return /^\d{4}-\d{2}/.test(text) ? [dayWord(text)] : [];
  if (column.type === 'ref' || column.type === 'refs')
    return text.split(',').flatMap((ref) => (parseRef(ref) ? [compact(ref)] : []));
  return [];
}

/** Values of these types are found by their key words alone. */
export const hasOnlyKeyWords = (column: Column): boolean =>
  ['date', 'datetime', 'ref', 'refs'].includes(column.type);
