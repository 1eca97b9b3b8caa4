/** Undo and redo of an import as a whole. Both run inside the transaction of the journal entry that records them. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { SheetMapping } from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { deleteCalls, phonesOfCalls, recountPhones } from '../database/queries/calls.ts';
import { all, get, run } from '../database/sql.ts';
import { rootOf } from '../entities/groups.ts';
import { materialise, readManual } from '../entities/materialise.ts';
import type { Mentions } from '../plan/mentions.ts';
import { mentionOf, readMentions } from '../plan/mentions.ts';
import type { Session } from '../session.ts';
import { keptFile } from './files.ts';
import { importNow } from './import.ts';
import { laterImport, undoRefreshes } from './refresh/sheetRefresh.ts';
import type { Bases, Identities } from './sink.ts';
import { identityKey } from './sink.ts';

interface Specification {
  bases: Bases;
  /** Written by the undo. */
  identities?: Identities;
  files: {
    name: string;
    sha256: string;
    status: string;
    mappings: SheetMapping[] | null;
    unlocked?: string;
  }[];
}

/** Grids whose rows stand for one row of evidence each. */
const itemGrids: readonly GridName[] = ['intelligence', 'crimes', 'custody', 'referrals'];

/**
 * Takes everything of an import away: evidence, records, links, and rows that rest on nothing else.
 * @throws AppError `journal.blocked` when an analyst has since worked on something that rests on it alone.
 */
export function removeImport(session: Session, importId: number, revision: number): GridName[] {
  const database = session.writer;
  const later = laterImport(database, importId);
  if (later)
    throw new AppError(
      'journal.blocked',
      `${later.ref} is a later issue of a sheet of this import. Undo entry ${later.seq} first.`,
      { seq: later.seq },
    );
  keepIdentities(database, importId, sheetsOf(database, importId));
  const touched = dropImport(database, importId);
  const gone = touched.filter((row) => materialise(database, row.grid, row.id, revision) === 'removed');
  // Only when all are gone: rows of the same import name each other.
  const mentions = gone.length > 0 ? readMentions(database) : new Map();
  for (const row of gone) refuseInUse(database, mentions, row.grid, row.id);
  return [
    ...new Set<GridName>([
      ...touched.map((row) => row.grid),
      'communications',
      'phones',
      'sources',
      'imports',
    ]),
  ];
}

interface SheetSpan {
  id: number;
  first_evidence: number;
  last_evidence: number;
}

const sheetsOf = (database: WriteDatabase, importId: number) =>
  all<SheetSpan>(
    database,
    'SELECT id, first_evidence, last_evidence FROM source_sheet WHERE import = ?',
    importId,
  );

/** Takes the rows of an import away, whoever built on them; the rows that it returns have to be materialised. */
export function dropImport(database: WriteDatabase, importId: number): { grid: GridName; id: number }[] {
  const touched = new Map<string, { grid: GridName; id: number }>();
  const phones = new Set<number>();
  for (const row of undoRefreshes(database, importId)) touched.set(`${row.grid}-${row.id}`, row);
  for (const sheet of sheetsOf(database, importId)) {
    const range = [sheet.first_evidence, sheet.last_evidence];
    for (const row of all<{ grid: GridName; row_id: number }>(
      database,
      `SELECT DISTINCT grid, row_id FROM record WHERE evidence_id BETWEEN @first AND @last
       UNION SELECT grid, to_id FROM moved_record WHERE evidence_id BETWEEN @first AND @last`,
      { first: sheet.first_evidence, last: sheet.last_evidence },
    )) {
      touched.set(`${row.grid}-${row.row_id}`, { grid: row.grid, id: row.row_id });
    }
    for (const phone of phonesOfCalls(database, sheet.first_evidence, sheet.last_evidence))
      phones.add(phone.id);
    run(database, 'DELETE FROM record WHERE evidence_id BETWEEN ? AND ?', ...range);
    run(database, 'DELETE FROM link WHERE evidence_id BETWEEN ? AND ?', ...range);
    deleteCalls(database, sheet.first_evidence, sheet.last_evidence);
    run(database, 'DELETE FROM evidence_block WHERE first_id BETWEEN ? AND ?', ...range);
    run(database, 'DELETE FROM evidence_issue WHERE sheet_id = ?', sheet.id);
    run(database, 'DELETE FROM cell_annotation WHERE sheet_id = ?', sheet.id);
  }
  run(database, 'DELETE FROM source_sheet WHERE import = ?', importId);
  run(database, "UPDATE import SET state = 'undone' WHERE id = ?", importId);
  if (phones.size > 0) recountPhones(database);
  for (const id of phones) touched.set(`phones-${id}`, { grid: 'phones', id });
  return [...touched.values()];
}

/** Notes what every row was taken to be, so that a redo gives the same references whatever has come since. */
function keepIdentities(database: WriteDatabase, importId: number, sheets: readonly SheetSpan[]): void {
  const identities: Identities = { rows: {}, phones: {} };
  for (const sheet of sheets) {
    const range = [sheet.first_evidence, sheet.last_evidence];
    for (const row of all<{
      evidence_id: number;
      prefix: string;
      part: number;
      row_id: number;
      basis: string;
    }>(
      database,
      'SELECT evidence_id, prefix, part, row_id, basis FROM record WHERE evidence_id BETWEEN ? AND ?',
      ...range,
    ))
      identities.rows[identityKey(row.evidence_id, row.prefix, row.part)] = [row.row_id, row.basis];
    for (const phone of phonesOfCalls(database, sheet.first_evidence, sheet.last_evidence))
      if (phone.number !== null) identities.phones[phone.number] = phone.id;
  }
  const { specification } = importRow(database, importId);
  run(
    database,
    'UPDATE import SET specification = ? WHERE id = ?',
    JSON.stringify({ ...(JSON.parse(specification) as Specification), identities }),
    importId,
  );
}

function importRow(database: WriteDatabase, importId: number): { specification: string } {
  const row = get<{ specification: string }>(
    database,
    'SELECT specification FROM import WHERE id = ?',
    importId,
  );
  if (!row) throw new AppError('not-found', `There is no import IMP-${importId}.`);
  return row;
}

/** Of a row that goes: nobody may have built on it. That it was merged or split is remembered and does not hinder. */
function refuseInUse(database: WriteDatabase, mentions: Mentions, grid: GridName, atom: number): void {
  const id = rootOf(database, grid, atom);
  const ref = makeRef(grid, id);
  const edited = readManual(database, grid, id)[0];
  if (edited) {
    throw new AppError(
      'journal.blocked',
      `${ref} was edited after this import (entry ${edited.seq}). Undo that first.`,
      { seq: edited.seq },
    );
  }
  const photograph = get<{ seq: number }>(
    database,
    'SELECT seq FROM photograph WHERE grid = ? AND row_id = ? AND standing = 1 LIMIT 1',
    grid,
    id,
  );
  if (photograph) {
    throw new AppError(
      'journal.blocked',
      `${ref} was given a photograph after this import (entry ${photograph.seq}). Undo that first.`,
      { seq: photograph.seq },
    );
  }
  if (itemGrids.includes(grid)) return;
  const user = mentionOf(mentions, ref, new Set());
  if (user)
    throw new AppError(
      'journal.blocked',
      `${user} uses ${ref}, which rests on this import alone. Change ${user} first.`,
    );
}

function opener(session: Session, sha256: string | undefined) {
  return sha256 === undefined ? undefined : async () => keptFile(session.writer, sha256);
}

/** Reads the kept files again, with the same mappings and numbers, so that every reference comes back. */
export async function restoreImport(
  session: Session,
  importId: number,
  revision: number,
  record: () => void,
): Promise<void> {
  const specification = JSON.parse(importRow(session.writer, importId).specification) as Specification;
  const files = specification.files
    .filter((file) => file.status === 'imported')
    .map((file) => ({
      name: file.name,
      // Kept once, maybe under another name; the sheet of a text file is named after its file.
      open: async () => ({ ...keptFile(session.writer, file.sha256), name: file.name }),
      sheets: file.mappings ?? undefined,
      openUnlocked: opener(session, file.unlocked),
    }));
  await importNow(session, files, {
    mode: 'commit',
    again: {
      importId,
      bases: specification.bases,
      identities: specification.identities ?? null,
      seq: revision,
      record: () => {
        run(session.writer, "UPDATE import SET state = 'standing' WHERE id = ?", importId);
        record();
      },
    },
  });
}
