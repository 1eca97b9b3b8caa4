/** Comments and links of the cells of a sheet, kept beside its evidence. */
import type { ReadDatabase, WriteDatabase } from '../connection.ts';
import { all, prepare } from '../sql.ts';

export interface Annotation {
  /** 1-based row, 0-based column. */
  row: number;
  column: number;
  kind: 'comment' | 'link';
  text: string;
}

export function writeAnnotations(
  database: WriteDatabase,
  sheetId: number,
  annotations: readonly Annotation[],
): void {
  const insert = prepare(
    database,
    'INSERT INTO cell_annotation (sheet_id, row, column, kind, text) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { row, column, kind, text } of annotations) insert.run(sheetId, row, column, kind, text);
}

interface AnnotatedRow {
  row: number;
  cells: {
    text: string;
    comment: string | null;
    link: string | null;
    stored: string | number | boolean | null;
  }[];
}

/** Puts comments and links onto the cells of rows of a sheet; several on one cell are told one below another. */
export function annotateRows(database: ReadDatabase, sheetId: number, rows: readonly AnnotatedRow[]): void {
  const numbers = rows.map(({ row }) => row);
  if (numbers.length === 0) return;
  const byRow = new Map(rows.map((row) => [row.row, row]));
  for (const { row, column, kind, text } of all<Annotation>(
    database,
    'SELECT row, column, kind, text FROM cell_annotation WHERE sheet_id = ? AND row BETWEEN ? AND ? ORDER BY id',
    sheetId,
    Math.min(...numbers),
    Math.max(...numbers),
  )) {
    const cells = byRow.get(row)?.cells;
    if (!cells || column >= 16_384) continue;
    // A comment may hang on a blank cell beyond the last filled one.
    while (cells.length <= column) cells.push({ text: '', stored: null, comment: null, link: null });
    const cell = cells[column];
    if (cell) cell[kind] = cell[kind] === null ? text : `${cell[kind]}\n${text}`;
  }
}
