/** `inspect`: what the readers see in a file, with guesses and reasons. Nothing is written. */

import { AppError } from '../../../shared/contract/errors.ts';
import type { MappingToKeep } from '../../../shared/contract/intakeSchemas.ts';
import type {
  ImportKind,
  InspectedFile,
  SheetGuess,
  SheetMapping,
  TableArea,
} from '../../../shared/contract/schemas.ts';
import { parseMarking } from '../../../shared/domain/markings.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { isForm } from '../../../shared/intake/kinds.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';
import { fingerprint } from './files.ts';
import { findForm, leaveOutPack } from './guess/forms.ts';
import { hiddenNotes, turnedNote } from './guess/notes.ts';
import { knownHeadings, rowsOf, splitTables } from './guess/tables.ts';
import { guessRows, guessSheet } from './guess.ts';
import { offerMappings } from './mappings/adaptMapping.ts';
import { listMappings } from './mappings/savedMappings.ts';
import type { ByteSource, OpenedFile, SheetReader, SheetRow } from './readers/types.ts';
import { offerEarlier } from './refresh/earlierIssues.ts';

/** Rows of a sheet in which tables are looked for. A lower one begins further down only in very odd sheets. */
const tableSearchRows = 5000;

export interface Head {
  rows: SheetRow[];
  /** The sheet has no more rows than these. */
  complete: boolean;
}

/** The first rows of a sheet. */
export async function readHead(sheet: SheetReader, limit = guessRows, signal?: AbortSignal): Promise<Head> {
  const rows: SheetRow[] = [];
  for await (const batch of sheet.rows(signal)) {
    for (const row of batch) {
      if (rows.length >= limit) return { rows, complete: false };
      rows.push(row);
    }
  }
  return { rows, complete: true };
}

/** Guesses every sheet of an opened file. */
export async function guessFile(
  opened: OpenedFile,
  fileName: string,
  kind?: ImportKind,
  signal?: AbortSignal,
): Promise<SheetGuess[]> {
  const guesses: SheetGuess[] = [];
  for (const sheet of opened.sheets) {
    const head = await readHead(sheet, tableSearchRows, signal);
    refuseMarking(fileName, head.rows);
    guesses.push(...guessTables(sheet, fileName, head, kind));
  }
  return kind === undefined ? leaveOutPack(guesses) : guesses;
}

/** One guess for each table of a sheet. */
function guessTables(
  sheet: SheetReader,
  fileName: string,
  head: Head,
  kind: ImportKind | undefined,
): SheetGuess[] {
  const input = { file: fileName, sheet: sheet.name, hidden: sheet.visibility !== 'visible' };
  const guess = (rows: readonly SheetRow[], table: TableArea | undefined, only: ImportKind | undefined) =>
    guessSheet({
      ...input,
      rows: rows.slice(0, guessRows),
      complete: head.complete && rows.length <= guessRows,
      table,
      merges: sheet.merges(),
      kind: only,
    });
  // What teams write into a form never begins a table of its own.
  const areas = findForm(head.rows) ? null : splitTables(head.rows);
  const notes = hiddenNotes(sheet, head.rows, head.complete);
  if (!areas) {
    const only = guess(head.rows, undefined, kind);
    const turned = only.kind === null ? turnedNote(head.rows, (heading) => knownHeadings.has(heading)) : null;
    return [{ ...only, notes: turned ? [...notes, turned] : notes }];
  }
  notes.push({
    code: 'tables.several',
    message: `The sheet holds ${areas.length} tables. Each is read by itself.`,
  });
  const tables = areas.map((table) => ({ table, rows: rowsOf(head.rows, table) }));
  const guesses = tables.map(({ table, rows }) => guess(rows, table, undefined));
  // The user's kind is that of the table that it fits; where it fits none it is taken for all.
  const taken =
    kind === undefined || guesses.some((each) => each.kind === kind)
      ? guesses
      : tables.map(({ table, rows }) => guess(rows, table, kind));
  return taken.map((each) => ({ ...each, notes }));
}

const titleRows = 15;

/** A file that says it is SECRET or above has no place on an OFFICIAL system (domain-facts 2.1, a design rule). */
function refuseMarking(fileName: string, rows: readonly SheetRow[]): void {
  for (const row of rows.slice(0, titleRows)) {
    const filled = row.text.filter((cell) => cell.trim() !== '');
    if (filled.length > 2) continue;
    for (const cell of filled) {
      if (parseMarking(cell).refused) {
        throw new AppError(
          'file.marking',
          `${fileName} is marked above OFFICIAL-SENSITIVE (row ${row.row}). This system may not hold it: return it to its originator and tell your information security officer.`,
        );
      }
    }
  }
}

/** The import that stands for this very file, or null. */
export function importedBefore(database: ReadDatabase, sha256: string): string | null {
  const row = get<{ id: number }>(
    database,
    `SELECT i.id FROM source_file f JOIN source_sheet s ON s.file_id = f.id JOIN import i ON i.id = s.import
     WHERE f.sha256 = ? AND i.state = 'standing' ORDER BY i.id DESC LIMIT 1`,
    sha256,
  );
  return row ? makeRef('imports', row.id) : null;
}

/** The mapping that a guess proposes. */
export function proposedMapping(guess: SheetGuess): SheetMapping {
  return {
    sheet: guess.sheet,
    ...(guess.table ? { table: guess.table } : {}),
    ...(guess.layout === 'rows' ? {} : { layout: guess.layout }),
    ...(guess.sameWhile ? { sameWhile: guess.sameWhile } : {}),
    kind: guess.kind,
    headerRow: guess.headerRow,
    headerRows: guess.headerRows,
    columns: guess.columns.map((column) => column.field),
    ...(guess.timeZone ? { timeZone: guess.timeZone } : {}),
  };
}

export async function inspectFile(
  source: ByteSource,
  opened: OpenedFile,
  database: ReadDatabase | null,
  mappings: readonly MappingToKeep[] = [],
): Promise<InspectedFile> {
  const elsewhere = mappings.map((each) => ({ ...each, id: 0, savedAt: '', savedBy: '' }));
  const saved = [...elsewhere, ...(database ? listMappings(database) : [])];
  const sheets = (await guessFile(opened, source.name)).map((guess) => ({
    ...guess,
    offers: isForm(guess.kind) ? [] : offerMappings(saved, guess),
    earlier: database && !isForm(guess.kind) ? offerEarlier(database, guess) : [],
  }));
  const sha256 = await fingerprint(source);
  return {
    file: source.name,
    size: source.size,
    sha256,
    format: opened.format,
    notes: opened.notes,
    sheets,
    importedBefore: database ? importedBefore(database, sha256) : null,
  };
}
