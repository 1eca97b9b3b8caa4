/**
 * Evidence blocks: the raw rows of a sheet, exactly as they stood, a few hundred to a compressed block.
 *
 * A row in a block is `[row number, [cell, …]]`; a cell is the text that the sheet shows, or
 * `[text, type, stored value]` where the sheet stores something else. Evidence id = first_id + place.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
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

/** The block opened last, by connection: rows that are looked at together mostly stand together. */
const opened = new WeakMap<ReadDatabase, { content: Buffer; rows: EvidenceRow[] }>();

function openBlock(database: ReadDatabase, content: Buffer): EvidenceRow[] {
  const last = opened.get(database);
  // Compared by content, so that nothing has to say when a block is gone and its number used again.
  if (last?.content.equals(content)) return last.rows;
  const rows = JSON.parse(
    zstdDecompressSync(content, { maxOutputLength: maximumBlockBytes }).toString('utf8'),
  ) as EvidenceRow[];
  opened.set(database, { content, rows });
  return rows;
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
  const block = get<{ first_id: number; sheet_id: number; count: number; content: Buffer }>(
    database,
    'SELECT first_id, sheet_id, count, content FROM evidence_block WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1',
    evidenceId,
  );
  if (!block || evidenceId >= block.first_id + block.count) return undefined;
  const sheet = get<SheetRow>(
    database,
    'SELECT id, file, sheet, headers, mapping FROM source_sheet WHERE id = ?',
    block.sheet_id,
  );
  const row = openBlock(database, block.content)[evidenceId - block.first_id];
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
