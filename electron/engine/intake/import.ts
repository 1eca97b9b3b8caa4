/**
 * `inspect → preview → commit | cancel`, with the same reader and the same cleaning in preview and commit.
 * A commit is one transaction and one journal entry, however large; a cancelled or failed one leaves nothing.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type {
  FileReport,
  ImportReport,
  Progress,
  SheetMapping,
  SheetReport,
} from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { isForm } from '../../../shared/intake/kinds.ts';
import { packSheetSkipped } from '../../../shared/packs/forms.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { databaseError } from '../database/connection.ts';
import { run } from '../database/sql.ts';
import { materialise } from '../entities/materialise.ts';
import { movedFrom, placeTouched } from '../entities/regroup.ts';
import { appendEntry, nextSeq } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';
import { chooseMappings } from './chooseMappings.ts';
import { fingerprint, keepFile } from './files.ts';
import { countUnchanged, importSheet } from './importSheet.ts';
import { importedBefore } from './inspect.ts';
import type { FileToImport, Job } from './job.ts';
import { openSpreadsheet } from './readers/openSpreadsheet.ts';
import type { ByteSource, OpenedFile } from './readers/types.ts';
import { listAffected } from './refresh/affected.ts';
import type { RefreshDone } from './refresh/refreshDone.ts';
import type { Bases, Identities } from './sink.ts';
import { Sink } from './sink.ts';

export interface ImportOptions {
  mode: 'preview' | 'commit';
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
  /** For a redo: the numbers that the import took the first time. */
  again?: { importId: number; bases: Bases; identities: Identities | null; seq: number; record: () => void };
}

/**
 * Imports files. In preview nothing is written and nothing is journaled.
 * @throws AppError `cancelled`, `workspace.full`, …; a file that cannot be read is reported as refused.
 */
export async function importFiles(
  session: Session,
  files: readonly FileToImport[],
  options: ImportOptions,
): Promise<ImportReport> {
  return session.exclusively(() => importNow(session, files, options));
}

/** A file turned out to be unreadable after some of its rows were taken: everything starts again without it. */
class Restart {
  readonly index: number;
  readonly refused: FileReport;
  constructor(index: number, refused: FileReport) {
    this.index = index;
    this.refused = refused;
  }
}

/** As `importFiles`, for callers that already hold the writer. */
export async function importNow(
  session: Session,
  files: readonly FileToImport[],
  options: ImportOptions,
): Promise<ImportReport> {
  const refused = new Map<number, FileReport>();
  for (;;) {
    try {
      return await importOnce(session, files, options, refused);
    } catch (error) {
      if (session.writer.inTransaction) session.writer.exec('ROLLBACK');
      if (options.signal?.aborted)
        throw new AppError('cancelled', 'The import was cancelled; nothing was changed.');
      if (!(error instanceof Restart)) throw asAppError(error);
      if (options.again) throw cannotRedo(error.refused);
      refused.set(error.index, error.refused);
    }
  }
}

/** A redo is the whole import or nothing. */
function cannotRedo(file: FileReport): AppError {
  return new AppError(
    'journal.blocked',
    `${file.file} can no longer be read as it was, so the import cannot be redone. Import it again.`,
  );
}

function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  return (error as { code?: string }).code?.startsWith('SQLITE') ? databaseError(error) : error;
}

async function importOnce(
  session: Session,
  files: readonly FileToImport[],
  options: ImportOptions,
  refused: ReadonlyMap<number, FileReport>,
): Promise<ImportReport> {
  const database = session.writer;
  const writing = options.mode === 'commit';
  const sink = new Sink(database, writing, options.again?.bases ?? null, options.again?.identities ?? null);
  const job: Job = {
    session,
    sink,
    mode: options.mode,
    importId: options.again?.importId ?? sink.number('imports'),
    signal: options.signal,
    progress: options.progress ?? (() => undefined),
    rowsDone: 0,
    again: options.again !== undefined,
    mappings: [],
    unlocked: [],
    refreshes: [],
  };
  if (writing) database.exec('BEGIN IMMEDIATE');
  if (writing && !options.again) insertImport(database, job, session);
  const reports: FileReport[] = [];
  for (const [index, file] of files.entries())
    reports.push(refused.get(index) ?? (await importOne(job, file, reports)));
  const lost = options.again ? reports.find((file) => file.status !== 'imported') : undefined;
  if (lost) throw cannotRedo(lost);
  const report: ImportReport = { ref: null, files: reports, created: sink.created };
  if (!writing) return withAffected(database, job, report);
  if (!reports.some((file) => file.status === 'imported')) {
    database.exec('ROLLBACK');
    return report;
  }
  report.ref = makeRef('imports', job.importId);
  job.progress({
    type: 'progress',
    stage: 'Building the grids',
    done: job.rowsDone,
    total: null,
    unit: 'rows',
  });
  sink.finish();
  const seq = options.again ? options.again.seq : nextSeq(database);
  materialiseTouched(database, sink, seq);
  withAffected(database, job, report);
  if (options.again) options.again.record();
  else finishImport(session, job, report, seq);
  options.signal?.throwIfAborted();
  database.exec('COMMIT');
  session.announce({ seq, grids: touchedGrids(sink) });
  return report;
}

function withAffected(database: WriteDatabase, job: Job, report: ImportReport): ImportReport {
  const affected = listAffected(database, job.refreshes);
  if (affected) report.affected = affected;
  return report;
}

function touchedGrids(sink: Sink): GridName[] {
  return [
    ...new Set<GridName>([
      ...sink.touched.keys(),
      ...(Object.keys(sink.created) as GridName[]),
      'imports',
      'sources',
      'phones',
    ]),
  ];
}

function materialiseTouched(database: WriteDatabase, sink: Sink, seq: number): void {
  placeTouched(
    database,
    [...sink.touched].flatMap(([grid, ids]) => [...ids].map((id) => ({ grid, id }))),
  );
  for (const row of movedFrom(database, sink.touched)) materialise(database, row.grid, row.id, seq);
  for (const [grid, ids] of sink.touched) for (const id of ids) materialise(database, grid, id, seq);
}

function insertImport(database: WriteDatabase, job: Job, session: Session): void {
  run(
    database,
    `INSERT INTO import (id, seq, at, user, summary, state, rows, imported, skipped, rejected, report, specification)
     VALUES (?, 0, ?, ?, '', 'standing', 0, 0, 0, 0, '', '')`,
    job.importId,
    session.clock(),
    session.workspace.user.name,
  );
}

const total = (
  report: ImportReport,
  field: 'rows' | 'imported' | 'updated' | 'unchanged' | 'skipped' | 'rejected',
) =>
  report.files.reduce((sum, file) => sum + file.sheets.reduce((inner, sheet) => inner + sheet[field], 0), 0);

/** What a refresh did, without a value: which manual entries were given up, and how many rows were withdrawn. */
function journalled({ against, withdrawn, overruled }: RefreshDone) {
  return {
    against,
    withdrawn,
    overruled: overruled.map(({ grid, id, field, entry }) => ({ ref: makeRef(grid, id), field, entry })),
  };
}

/** The journal entry and the import's own row: counts, fingerprints and mappings, no cells. */
function finishImport(session: Session, job: Job, report: ImportReport, seq: number): void {
  const names = report.files.filter((file) => file.status === 'imported').map((file) => file.file);
  const summary = names.length === 1 ? `${names[0]}` : `${names.length} files: ${names.join(', ')}`;
  const counts = {
    rows: total(report, 'rows'),
    imported: total(report, 'imported'),
    updated: total(report, 'updated'),
    skipped: total(report, 'skipped'),
    rejected: total(report, 'rejected'),
  };
  appendEntry(session, {
    operation: 'collection',
    method: 'imports.commit',
    target: makeRef('imports', job.importId),
    summary: `Imported ${summary.length > 300 ? `${summary.slice(0, 299)}…` : summary}`,
    after: {
      import: job.importId,
      ...counts,
      files: report.files.map((file) => ({ sha256: file.sha256, status: file.status })),
      ...(job.refreshes.length > 0 ? { refreshes: job.refreshes.map(journalled) } : {}),
    },
    undoable: true,
    rows: [
      { grid: 'imports', id: job.importId },
      // What a form that came back says belongs to the history of its rows.
      ...(['results', 'seizures'] as const).flatMap((grid) =>
        [...(job.sink.touched.get(grid) ?? [])].map((id) => ({ grid, id })),
      ),
      // What an analyst entered is given up: it shows in the record's history, and is undone after this.
      ...job.refreshes.flatMap((refresh) => refresh.overruled.map(({ grid, id }) => ({ grid, id }))),
    ],
  });
  const specification = {
    bases: job.sink.bases,
    today: today(session),
    files: report.files.map((file, index) => ({
      name: file.file,
      sha256: file.sha256,
      status: file.status,
      mappings: job.mappings[index] ?? null,
      ...(job.unlocked[index] === undefined ? {} : { unlocked: job.unlocked[index] }),
    })),
  };
  run(
    session.writer,
    'UPDATE import SET seq = ?, summary = ?, rows = ?, imported = ?, skipped = ?, rejected = ?, report = ?, specification = ? WHERE id = ?',
    seq,
    summary,
    counts.rows,
    counts.imported + counts.updated,
    counts.skipped,
    counts.rejected,
    JSON.stringify(report),
    JSON.stringify(specification),
    job.importId,
  );
}

async function importOne(job: Job, file: FileToImport, before: readonly FileReport[]): Promise<FileReport> {
  const { name } = file;
  let sha256 = '';
  let opened: OpenedFile | undefined;
  let started = false;
  try {
    const source = await file.open();
    sha256 = await fingerprint(source, job.signal).catch(async (error: unknown) => {
      await source.close();
      throw error;
    });
    const same =
      importedBefore(job.session.writer, sha256) !== null ||
      before.some((report) => report.sha256 === sha256 && report.status === 'imported');
    opened = await openFile(file, source, job.signal);
    const mappings = await chooseMappings(file, opened, job.signal);
    // A later issue may be reviewed again: what was left the first time can still be taken.
    if (same && !job.again && !mappings.some(({ refresh, conflicts }) => refresh || conflicts === 'take')) {
      return { file: name, sha256, status: 'unchanged', sheets: await countUnchanged(job, opened, mappings) };
    }
    started = true;
    const fileId = job.mode === 'commit' ? await keepFile(job.session.writer, source, sha256, job.signal) : 0;
    const sheets: SheetReport[] = [];
    const leftOut = mappings.some(({ kind }) => isForm(kind)) ? packSheetSkipped : 'sheet left out';
    for (const { mapping, place } of inOrder(mappings)) {
      const sheet = opened.sheets.find((each) => each.name === mapping.sheet);
      if (!sheet) throw new AppError('sheet.missing', `${name} has no sheet "${mapping.sheet}".`);
      sheets[place] = await importSheet(job, name, fileId, sheet, mapping, leftOut);
    }
    job.mappings[before.length] = mappings;
    if (opened.unlocked && job.mode === 'commit') {
      job.unlocked[before.length] = await keepUnlocked(job, opened.unlocked);
    }
    return { file: name, sha256, status: 'imported', sheets };
  } catch (error) {
    if (!(error instanceof AppError) || !/^(file|sheet|mapping)\./.test(error.code)) throw error;
    const refused: FileReport = {
      file: name,
      sha256,
      status: 'refused',
      error: { code: error.code, message: error.message },
      sheets: [],
    };
    // Rows of it may have been taken already: they must not stay among the others.
    if (started) throw new Restart(before.length, refused);
    return refused;
  } finally {
    await opened?.close();
  }
}

/** Exhibits name the result of their premises, so results are read before them wherever their sheets stand. */
function inOrder(mappings: readonly SheetMapping[]): { mapping: SheetMapping; place: number }[] {
  const listed = mappings.map((mapping, place) => ({ mapping, place }));
  const isLast = ({ mapping }: { mapping: SheetMapping }) => mapping.kind === 'exhibit';
  return [...listed.filter((each) => !isLast(each)), ...listed.filter(isLast)];
}

async function openFile(
  file: FileToImport,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<OpenedFile> {
  if (!file.openUnlocked) return openSpreadsheet(source, { password: file.password, signal });
  await source.close();
  const unlocked = await file.openUnlocked();
  // It goes on being kept for the next redo.
  return { ...(await openSpreadsheet(unlocked, { signal })), unlocked };
}

/** Keeps the workbook within a protected file, so that a redo needs no password (decision 0007). */
async function keepUnlocked(job: Job, unlocked: ByteSource): Promise<string> {
  const sha256 = await fingerprint(unlocked, job.signal);
  await keepFile(job.session.writer, unlocked, sha256, job.signal);
  return sha256;
}
