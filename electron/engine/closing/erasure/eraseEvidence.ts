/** Takes a person out of the evidence: raw rows, kept files, what was said of rows when they were imported. */
import { setImmediate } from 'node:timers/promises';
import { constants, zstdCompressSync } from 'node:zlib';
import type { WriteDatabase } from '../../database/connection.ts';
import type { EvidenceCell, EvidenceRow } from '../../database/queries/evidence.ts';
import { readBlock } from '../../database/queries/evidence.ts';
import { all, run } from '../../database/sql.ts';
import { erasedWord, scrubJson } from './marks.ts';
import type { Subject } from './subject.ts';

const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface EvidenceErased {
  /** Rows of sheets that were blanked whole, and those in which only cells were. */
  rows: number;
  cells: number;
  /** Files whose kept original went. */
  files: number;
}

export type Step = (stage: string, done: number, total: number | null) => void;

interface Block {
  first_id: number;
  sheet_id: number;
  count: number;
  spanned: number;
}

/**
 * Blanks rows that speak of the person alone and cells of shared rows that tell of them; rows that no record came of
 * are blanked where they tell of them. The originals of the files that such rows stood in go, and what only named a
 * place in them is written out first.
 *
 * @param texts also takes the person out of texts about others
 */
export async function eraseEvidence(
  database: WriteDatabase,
  subject: Subject,
  seq: number,
  texts: boolean,
  step: Step,
): Promise<EvidenceErased> {
  const files = all<{ id: number; name: string }>(database, 'SELECT id, name FROM source_file ORDER BY id');
  const told = { rows: 0, cells: 0, files: 0 };
  const blocks = all<{ n: number }>(database, 'SELECT count(*) AS n FROM evidence_block')[0]?.n ?? 0;
  let done = 0;
  for (const file of files) {
    const sheets = all<{ id: number }>(database, 'SELECT id FROM source_sheet WHERE file_id = ?', file.id);
    let touched = subject.marks.tells(file.name);
    for (const sheet of sheets) {
      for (const block of blocksOf(database, sheet.id)) {
        const changed = eraseBlock(database, block, subject, texts);
        told.rows += changed.rows;
        told.cells += changed.cells;
        touched ||= changed.rows + changed.cells > 0;
        done += 1;
        step('Reading the evidence', done, blocks);
        if (done % 20 === 0) await setImmediate();
      }
    }
    // What stays in texts about others stays in their original too, and is listed for a decision.
    touched ||= texts && (await fileTells(database, file.id, subject.marks));
    if (!touched) continue;
    for (const sheet of sheets)
      for (const block of blocksOf(database, sheet.id)) if (block.spanned) writeOut(database, block);
    removeOriginal(database, file.id, seq);
    told.files += 1;
  }
  eraseSheetWords(database, subject);
  return told;
}

const blocksOf = (database: WriteDatabase, sheetId: number) =>
  all<Block>(
    database,
    'SELECT first_id, sheet_id, count, span IS NOT NULL AS spanned FROM evidence_block WHERE sheet_id = ? ORDER BY first_id',
    sheetId,
  );

const blank = (row: EvidenceRow): EvidenceRow => [row[0], [erasedWord]];

function eraseBlock(
  database: WriteDatabase,
  block: Block,
  subject: Subject,
  texts: boolean,
): { rows: number; cells: number } {
  const rows = readBlock(database, block.first_id)?.rows ?? [];
  const lone = rows.map((_, place) => block.first_id + place).filter((id) => subject.evidence.has(id));
  const shown = rows.flatMap((row, place) =>
    row[1].some((cell) => cellTells(cell, subject)) ? [block.first_id + place] : [],
  );
  if (lone.length === 0 && shown.length === 0) return { rows: 0, cells: 0 };
  const recorded = new Set(
    all<{ evidence_id: number }>(
      database,
      'SELECT DISTINCT evidence_id FROM record WHERE evidence_id BETWEEN ? AND ?',
      block.first_id,
      block.first_id + block.count - 1,
    ).map((row) => row.evidence_id),
  );
  const telling = new Set(shown);
  const counts = { rows: 0, cells: 0 };
  const changed = rows.map((row, place): EvidenceRow => {
    const id = block.first_id + place;
    const own = subject.evidence.has(id);
    if ((own && !subject.shared.has(id)) || (telling.has(id) && !recorded.has(id) && !isCall(database, id))) {
      counts.rows += 1;
      return blank(row);
    }
    if (!telling.has(id) || !(own || texts)) return row;
    return [
      row[0],
      row[1].map((cell): EvidenceCell => {
        if (!cellTells(cell, subject)) return cell;
        counts.cells += 1;
        return subject.marks.scrub(typeof cell === 'string' ? cell : cell[0]);
      }),
    ];
  });
  if (counts.rows + counts.cells > 0) writeRows(database, block, changed);
  return counts;
}

const isCall = (database: WriteDatabase, id: number) =>
  all(database, 'SELECT 1 FROM communication WHERE evidence_id = ? LIMIT 1', id).length > 0;

const cellTells = (cell: EvidenceCell, subject: Subject) =>
  typeof cell === 'string'
    ? subject.marks.tells(cell)
    : subject.marks.tells(cell[0]) || (typeof cell[2] === 'string' && subject.marks.tells(cell[2]));

function writeRows(database: WriteDatabase, block: Block, rows: readonly EvidenceRow[]): void {
  run(
    database,
    'UPDATE evidence_block SET content = ?, span = NULL WHERE first_id = ?',
    zstdCompressSync(Buffer.from(JSON.stringify(rows)), quick),
    block.first_id,
  );
}

/** A block that named a place in the original, written out whole. */
function writeOut(database: WriteDatabase, block: Block): void {
  const rows = readBlock(database, block.first_id)?.rows;
  if (rows) writeRows(database, block, rows);
}

/** The bytes go; number, fingerprint and size stay, so that the ledger still says what was read. */
function removeOriginal(database: WriteDatabase, fileId: number, seq: number): void {
  run(database, 'DELETE FROM source_file_chunk WHERE file_id = ?', fileId);
  run(database, 'UPDATE source_file SET erased = ? WHERE id = ?', seq, fileId);
}

/** Names of files and sheets, headings, mappings, remarks, reports of imports, comments of cells. */
function eraseSheetWords(database: WriteDatabase, subject: Subject): void {
  const { marks } = subject;
  const evidence = JSON.stringify([...subject.evidence]);
  scrubColumns(database, 'source_file', 'id', ['name'], marks);
  scrubColumns(database, 'source_sheet', 'id', ['file', 'sheet', 'headers', 'mapping'], marks);
  scrubColumns(database, 'import', 'id', ['summary', 'report', 'specification'], marks);
  scrubColumns(database, 'saved_mapping', 'id', ['name', 'headings', 'mapping'], marks);
  scrubColumns(database, 'evidence_issue', 'id', ['message', 'raw', 'column'], marks);
  scrubColumns(database, 'cell_annotation', 'id', ['text'], marks);
  run(
    database,
    `UPDATE evidence_issue SET raw = '${erasedWord}' WHERE evidence_id IN (SELECT value FROM json_each(?))`,
    evidence,
  );
  // Comments and links of rows that were blanked.
  for (const id of subject.evidence) {
    if (subject.shared.has(id)) continue;
    const block = readBlock(database, id);
    const row = block?.rows[id - block.firstId];
    if (block && row)
      run(database, 'DELETE FROM cell_annotation WHERE sheet_id = ? AND row = ?', block.sheetId, row[0]);
  }
}

/** Takes the person out of text and JSON columns of a table. Gives how many rows changed. */
export function scrubColumns(
  database: WriteDatabase,
  table: string,
  key: string,
  columns: readonly string[],
  marks: Subject['marks'],
): number {
  let changed = 0;
  const list = columns.map((column) => `"${column}"`).join(', ');
  for (const row of all<Record<string, unknown>>(
    database,
    `SELECT "${key}" AS scrub_key, ${list} FROM ${table}`,
  )) {
    for (const column of columns) {
      const text = row[column];
      if (typeof text !== 'string' || !marks.tells(text)) continue;
      run(
        database,
        `UPDATE ${table} SET "${column}" = ? WHERE "${key}" = ?`,
        scrubStored(text, marks),
        row.scrub_key,
      );
      changed += 1;
    }
  }
  return changed;
}

/** JSON stays JSON. */
export function scrubStored(text: string, marks: Subject['marks']): string {
  if (/^[[{]/.test(text)) {
    try {
      return JSON.stringify(scrubJson(JSON.parse(text), marks));
    } catch {
      // A text that only looks like JSON.
    }
  }
  return marks.scrub(text);
}

/** Whether the kept original tells of the person in a place that no row of evidence came of. */
async function fileTells(database: WriteDatabase, fileId: number, marks: Subject['marks']): Promise<boolean> {
  const { readTexts } = await import('./fileTexts.ts');
  for await (const text of readTexts(database, fileId)) {
    if (marks.tells(text)) return true;
    await setImmediate();
  }
  return false;
}
