/**
 * Evidence blocks: the raw rows of a sheet, exactly as they stood, some hundreds to a block. Rows of a text file
 * are not written twice: their block says where they stand in the kept original.
 *
 * A row in a compressed block is `[row number, [cell, …]]`; a cell is the text that the sheet shows, or
 * `[text, type, stored value]` where the sheet stores something else. Evidence id = first_id + place.
 */
import { constants, zstdCompressSync } from 'node:zlib';
import { inflateKept, readKept } from '../../intake/files.ts';
import { readSpan } from '../../intake/readers/csv.ts';
import type { TextSpan } from '../../intake/readers/types.ts';
import type { ReadDatabase, WriteDatabase } from '../connection.ts';
import { get, prepare } from '../sql.ts';

export const rowsPerBlock = 1000;
/** The first level: a little larger than the usual one, in half the time. */
const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** A block inflates to at most this: a workspace is untrusted too. */
const maximumBlockBytes = 512 * 1024 * 1024;

export type EvidenceCell = string | [text: string, type: string, value: string | number | boolean];
export type EvidenceRow = [row: number, cells: EvidenceCell[]];

export function writeBlock(
  database: WriteDatabase,
  sheetId: number,
  firstId: number,
  rows: readonly EvidenceRow[],
): void {
  const content = zstdCompressSync(Buffer.from(JSON.stringify(rows)), quick);
  prepare(
    database,
    'INSERT INTO evidence_block (first_id, sheet_id, count, content) VALUES (?, ?, ?, ?)',
  ).run(firstId, sheetId, rows.length, content);
}

/** Where rows of a block stand in the kept original: `rows` are runs of record numbers, [first, count]. */
export interface SpanBlock extends TextSpan {
  rows: [first: number, count: number][];
}

export function writeSpan(
  database: WriteDatabase,
  sheetId: number,
  firstId: number,
  count: number,
  span: SpanBlock,
): void {
  prepare(database, 'INSERT INTO evidence_block (first_id, sheet_id, count, span) VALUES (?, ?, ?, ?)').run(
    firstId,
    sheetId,
    count,
    JSON.stringify(span),
  );
}

export interface OpenBlock {
  firstId: number;
  sheetId: number;
  rows: EvidenceRow[];
}

interface StoredBlock {
  first_id: number;
  sheet_id: number;
  count: number;
  content: Buffer | null;
  span: string | null;
}

/** The block opened last, by connection: rows that are looked at together mostly stand together. */
const opened = new WeakMap<ReadDatabase, { key: string | Buffer; rows: EvidenceRow[] }>();

/** The block of a row of evidence, opened; undefined when there is none. @throws AppError `workspace.damaged`. */
export function readBlock(database: ReadDatabase, evidenceId: number): OpenBlock | undefined {
  const block = get<StoredBlock>(
    database,
    'SELECT first_id, sheet_id, count, content, span FROM evidence_block WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1',
    evidenceId,
  );
  if (!block || evidenceId >= block.first_id + block.count) return undefined;
  return { firstId: block.first_id, sheetId: block.sheet_id, rows: rowsOfBlock(database, block) };
}

function rowsOfBlock(database: ReadDatabase, block: StoredBlock): EvidenceRow[] {
  const file = block.span === null ? undefined : fileOfSheet(database, block.sheet_id);
  // Known by what it holds, so that nothing has to say when a block is gone and its number used again.
  const key = block.content ?? `${file?.sha256} ${block.span}`;
  const last = opened.get(database);
  if (last && (typeof key === 'string' ? last.key === key : key.equals(asBytes(last.key)))) return last.rows;
  const rows = block.content ? inflateRows(block.content) : spanRows(database, block.span ?? '', file?.id);
  opened.set(database, { key, rows });
  return rows;
}

const asBytes = (key: string | Buffer) => (typeof key === 'string' ? Buffer.alloc(0) : key);

function inflateRows(content: Buffer): EvidenceRow[] {
  return JSON.parse(inflateKept(content, maximumBlockBytes).toString('utf8')) as EvidenceRow[];
}

function fileOfSheet(database: ReadDatabase, sheetId: number): { id: number; sha256: string } | undefined {
  return get(
    database,
    'SELECT source_file.id, sha256 FROM source_sheet JOIN source_file ON source_file.id = file_id WHERE source_sheet.id = ?',
    sheetId,
  );
}

function spanRows(database: ReadDatabase, text: string, fileId: number | undefined): EvidenceRow[] {
  if (fileId === undefined) return [];
  const span = JSON.parse(text) as SpanBlock;
  const records = readSpan(readKept(database, fileId, span.from, span.to), span);
  return span.rows.flatMap(([first, count]) =>
    records
      .slice(first - span.before - 1, first - span.before - 1 + count)
      .map((record): EvidenceRow => [record.row, record.text]),
  );
}

export interface EvidencePlace {
  evidenceId: number;
  sheetId: number;
  file: string;
  sheet: string;
  row: number;
  cells: EvidenceCell[];
  headers: string[];
  mapping: (string | null)[];
}

interface SheetRow {
  id: number;
  file: string;
  sheet: string;
  headers: string;
  mapping: string;
}

/** Where a row of evidence stood and what stood there; undefined when its import was undone. */
export function readPlace(database: ReadDatabase, evidenceId: number): EvidencePlace | undefined {
  const block = readBlock(database, evidenceId);
  if (!block) return undefined;
  const sheet = get<SheetRow>(
    database,
    'SELECT id, file, sheet, headers, mapping FROM source_sheet WHERE id = ?',
    block.sheetId,
  );
  const row = block.rows[evidenceId - block.firstId];
  if (!sheet || !row) return undefined;
  return {
    evidenceId,
    sheetId: sheet.id,
    file: sheet.file,
    sheet: sheet.sheet,
    row: row[0],
    cells: row[1],
    headers: JSON.parse(sheet.headers) as string[],
    mapping: JSON.parse(sheet.mapping) as (string | null)[],
  };
}

/** The text that a cell shows; '' beyond the end of the row. */
export function shownText(cells: readonly EvidenceCell[], column: number): string {
  const cell = cells[column];
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : cell[0];
}
