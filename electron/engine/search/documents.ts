/** A row as the index takes it: its words, its identifiers and what it can be narrowed by. */
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import { dayFields } from '../../../shared/grid/narrowing.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { hasRevision } from '../database/queries/rows.ts';
import { all, columnName, get, identifier } from '../database/sql.ts';
import { readRecords } from '../entities/materialise.ts';
import { fieldsOf, hasOnlyKeyWords, keyWordsOf, textOf } from './fields.ts';
import { identifiersOf, referenceKey } from './identifiers.ts';
import { compact, wordsOf } from './words.ts';

export interface Document {
  /** Words of fields that name the row, in order. */
  name: string[];
  /** Words of all other fields in order, and identifiers whole. */
  body: string[];
  /** Keys of identifiers, any part of which is found. */
  parts: Set<string>;
  day: string | null;
  grade: string | null;
  /** Numbers of the sheets that say it. */
  sheets: Set<number>;
}

/** The sheets of the workspace by their evidence, for looking up many rows. */
export interface SheetIndex {
  sheetOf(evidenceId: number): number | null;
}

/** Rising by their first evidence; sheets without a row are left out. */
export function readSheetIndex(database: ReadDatabase): SheetIndex {
  const sheets = all<{ id: number; first_evidence: number; last_evidence: number }>(
    database,
    'SELECT id, first_evidence, last_evidence FROM source_sheet WHERE first_evidence > 0 ORDER BY first_evidence',
  );
  return {
    sheetOf(evidenceId) {
      let low = 0;
      let high = sheets.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const sheet = sheets[middle];
        if (!sheet) return null;
        if (evidenceId < sheet.first_evidence) high = middle - 1;
        else if (evidenceId > sheet.last_evidence) low = middle + 1;
        else return sheet.id;
      }
      return null;
    },
  };
}

/** The row of a grid as its table holds it; undefined when there is none. */
export function readStored(
  database: ReadDatabase,
  grid: GridName,
  id: number,
): Record<string, CellValue> | undefined {
  return get(database, `SELECT * FROM ${identifier(grids[grid].table)} WHERE id = ?`, id);
}

/** A value that a record says of a row, whether it was chosen or not. */
export interface SaidValue {
  field: string;
  value: CellValue;
}

/** Every value that a source says of a row, also those that were not chosen. */
export function readSaid(
  database: ReadDatabase,
  grid: GridName,
  id: number,
): { evidenceId: number; values: SaidValue[] }[] {
  if (!hasRevision(grid)) return [];
  return readRecords(database, grid, id).map((record) => ({
    evidenceId: record.evidence_id,
    values: Object.entries(JSON.parse(record.fields) as Record<string, CellValue>).map(([field, value]) => ({
      field,
      value,
    })),
  }));
}

/** What the index is to hold of a row; null when there is no such row, or nothing of it is searched. */
export function readDocument(
  database: ReadDatabase,
  grid: GridName,
  id: number,
  sheets: SheetIndex,
): Document | null {
  const row = readStored(database, grid, id);
  if (!row) return null;
  if (grid === 'communications' && !row.text) return null;
  const dayField = dayFields[grid];
  const day = dayField === undefined ? undefined : row[columnName(dayField)];
  const document: Document = {
    name: [],
    body: [],
    parts: new Set([referenceKey(grid, id)]),
    day: dayOf(grid, day),
    grade: typeof row.grade === 'string' && grid === 'intelligence' ? row.grade : null,
    sheets: new Set(),
  };
  // Of a message the text alone: numbers, kinds and cells of a million calls stand elsewhere.
  const fields = grid === 'communications' ? fieldsOf(grid, { text: row.text ?? null }) : fieldsOf(grid, row);
  const chosen = new Set<string>();
  for (const { column, text, isName } of fields) {
    chosen.add(`${column.field} ${text}`);
    addValue(document, column, text, isName);
  }
  if (grid === 'sources') document.sheets.add(id);
  for (const { evidenceId, values } of readSaid(database, grid, id)) {
    const sheet = sheets.sheetOf(evidenceId);
    if (sheet !== null) document.sheets.add(sheet);
    for (const { field, value } of values) {
      const column = findColumn(grids[grid], field);
      if (!column || column.derived || column.type === 'yesNo') continue;
      const text = textOf(column, value);
      if (text === '' || chosen.has(`${field} ${text}`)) continue;
      addValue(document, column, text, false);
    }
  }
  return document;
}

function addValue(
  document: Document,
  column: Parameters<typeof identifiersOf>[0],
  text: string,
  isName: boolean,
): void {
  document.body.push(...keyWordsOf(column, text));
  if (hasOnlyKeyWords(column)) return;
  // A phone is found as a whole number and by its parts, never by the three digits of a group.
  if (column.type !== 'phone')
    for (const { word } of wordsOf(text)) (isName ? document.name : document.body).push(word);
  for (const { key } of identifiersOf(column, text)) {
    document.parts.add(key);
    document.body.push(key);
  }
}

function dayOf(grid: GridName, value: CellValue | undefined): string | null {
  if (grid === 'communications' && typeof value === 'number')
    return new Date(value * 1000).toISOString().slice(0, 10);
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}

/** Words of the cells of a row of evidence, as they stood, with the comments that hang on them; in order, for phrases. */
export function cellWords(texts: readonly string[]): string[] {
  const words: string[] = [];
  const keys = new Set<string>();
  for (const text of texts) {
    for (const { word } of wordsOf(text)) words.push(word);
    if (/\d/.test(text)) for (const key of rawKeys(text)) keys.add(key);
  }
  return [...words, ...keys];
}

/** An identifier that is written with blanks or signs in a cell is also found without them. */
function rawKeys(text: string): string[] {
  const keys = identifiersOf({ field: 'raw', title: '', type: 'longText' }, text).map(({ key }) => key);
  if (text.length <= 30) keys.push(compact(text));
  return keys;
}
