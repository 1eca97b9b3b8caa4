/** Undo and redo of an import as a whole. Both run inside the transaction of the journal entry that records them. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { SheetMapping } from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { all, get, identifier, run } from '../database/sql.ts';
import { materialise, readManual } from '../entities/materialise.ts';
import { findMention } from '../plan/edit.ts';
import type { Session } from '../session.ts';
import { keptFile } from './files.ts';
import { importNow } from './import.ts';
import type { Bases } from './sink.ts';

interface Specification {
  bases: Bases;
  files: { name: string; sha256: string; status: string; mappings: SheetMapping[] | null }[];
}

/** Grids whose rows stand for one row of evidence each. */
const itemGrids: readonly GridName[] = ['intelligence', 'crimes', 'custody', 'referrals'];

/**
 * Takes everything of an import away: evidence, records, links, and rows that rest on nothing else.
 * @throws AppError `journal.blocked` when an analyst has since worked on something that rests on it alone.
 */
export function removeImport(session: Session, importId: number, revision: number): GridName[] {
  const database = session.writer;
  const sheets = all<{ id: number; first_evidence: number; last_evidence: number }>(
    database,
    'SELECT id, first_evidence, last_evidence FROM source_sheet WHERE import = ?',
    importId,
  );
  const touched = new Map<string, { grid: GridName; id: number }>();
  const phones = new Set<number>();
  for (const sheet of sheets) {
    const range = [sheet.first_evidence, sheet.last_evidence];
    for (const row of all<{ grid: GridName; row_id: number }>(
      database,
      'SELECT DISTINCT grid, row_id FROM record WHERE evidence_id BETWEEN ? AND ?',
      ...range,
    )) {
      touched.set(`${row.grid}-${row.row_id}`, { grid: row.grid, id: row.row_id });
    }
    for (const column of ['a_phone', 'b_phone']) {
      for (const row of all<{ phone: number | null }>(
        database,
        `SELECT DISTINCT ${identifier(column)} AS phone FROM communication WHERE evidence_id BETWEEN ? AND ?`,
        ...range,
      )) {
        if (row.phone !== null) phones.add(row.phone);
      }
    }
    run(database, 'DELETE FROM record WHERE evidence_id BETWEEN ? AND ?', ...range);
    run(database, 'DELETE FROM link WHERE evidence_id BETWEEN ? AND ?', ...range);
    run(database, 'DELETE FROM communication WHERE evidence_id BETWEEN ? AND ?', ...range);
    run(database, 'DELETE FROM evidence_block WHERE first_id BETWEEN ? AND ?', ...range);
    run(database, 'DELETE FROM evidence_issue WHERE sheet_id = ?', sheet.id);
  }
  run(database, 'DELETE FROM source_sheet WHERE import = ?', importId);
  run(database, "UPDATE import SET state = 'undone' WHERE id = ?", importId);
  for (const id of phones) recountPhone(database, id);
  for (const row of touched.values()) takeAway(database, row.grid, row.id, revision);
  for (const id of phones) if (!touched.has(`phones-${id}`)) takeAway(database, 'phones', id, revision);
  return [
    ...new Set<GridName>([
      ...[...touched.values()].map((row) => row.grid),
      'communications',
      'phones',
      'sources',
      'imports',
    ]),
  ];
}

function recountPhone(database: WriteDatabase, id: number): void {
  run(
    database,
    `UPDATE phone SET (events, first_seen, last_seen) = (
       SELECT count(*), min(start), max(start) FROM (
         SELECT id, start FROM communication WHERE a_phone = ? UNION SELECT id, start FROM communication WHERE b_phone = ?))
     WHERE id = ?`,
    id,
    id,
    id,
  );
}

/** Computes a row again; when it goes, nobody may have built on it. */
function takeAway(database: WriteDatabase, grid: GridName, id: number, revision: number): void {
  if (materialise(database, grid, id, revision) === 'written') return;
  const ref = makeRef(grid, id);
  const edited = readManual(database, grid, id)[0];
  if (edited) {
    throw new AppError(
      'journal.blocked',
      `${ref} was edited after this import (entry ${edited.seq}). Undo that first.`,
      { seq: edited.seq },
    );
  }
  if (itemGrids.includes(grid)) return;
  const user = findMention(database, ref, new Set());
  if (user)
    throw new AppError(
      'journal.blocked',
      `${user} uses ${ref}, which rests on this import alone. Change ${user} first.`,
    );
}

/** Reads the kept files again, with the same mappings and numbers, so that every reference comes back. */
export async function restoreImport(
  session: Session,
  importId: number,
  revision: number,
  record: () => void,
): Promise<void> {
  const row = get<{ specification: string }>(
    session.writer,
    'SELECT specification FROM import WHERE id = ?',
    importId,
  );
  if (!row) throw new AppError('not-found', `There is no import IMP-${importId}.`);
  const specification = JSON.parse(row.specification) as Specification;
  const files = specification.files
    .filter((file) => file.status === 'imported')
    .map((file) => ({
      name: file.name,
      open: async () => keptFile(session.writer, file.sha256),
      sheets: file.mappings ?? undefined,
    }));
  await importNow(session, files, {
    mode: 'commit',
    again: {
      importId,
      bases: specification.bases,
      seq: revision,
      record: () => {
        run(session.writer, "UPDATE import SET state = 'standing' WHERE id = ?", importId);
        record();
      },
    },
  });
}
