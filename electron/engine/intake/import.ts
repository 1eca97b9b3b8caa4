/**
 * `inspect → preview → commit | cancel`, with the same reader and the same cleaning in preview and commit.
 * A commit is one transaction and one journal entry, however large; a cancelled or failed one leaves nothing.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import type {
  DateOrder,
  FileReport,
  ImportKind,
  ImportReport,
  Progress,
  RowIssue,
  SheetMapping,
  SheetReport,
} from '../../../shared/contract/schemas.ts';
import { detectDateOrder } from '../../../shared/domain/dates.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { findField, kinds } from '../../../shared/intake/kinds.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { databaseError } from '../database/connection.ts';
import { prepare, run } from '../database/sql.ts';
import { materialise } from '../entities/materialise.ts';
import { appendEntry, nextSeq } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';
import { callReader, emptyCall } from './callReader.ts';
import { fingerprint, keepFile } from './files.ts';
import { guessRows, readHeadings } from './guess.ts';
import { guessFile, importedBefore, proposedMapping, readHead } from './inspect.ts';
import { openSpreadsheet } from './readers/openSpreadsheet.ts';
import type { ByteSource, OpenedFile, SheetReader, SheetRow } from './readers/types.ts';
import { rowReader } from './readRow.ts';
import type { Bases, Identities } from './sink.ts';
import { Sink } from './sink.ts';

export interface FileToImport {
  /** File name without folder. */
  name: string;
  /** Opens it afresh; an import that starts again without another file opens it twice. */
  open: () => Promise<ByteSource>;
  /** Opens a workbook that is protected with a password. */
  password?: string | undefined;
  /** For a redo: the workbook within a protected one, which stands for it when its rows are read. */
  openUnlocked?: (() => Promise<ByteSource>) | undefined;
  /** As the user accepted it; without it every sheet is read as guessed. */
  sheets?: readonly SheetMapping[] | undefined;
  /** Forces the kind of every sheet (of the one named, where `sheet` is given). */
  kind?: ImportKind | undefined;
  sheet?: string | undefined;
  dateOrder?: DateOrder | undefined;
}

interface Job {
  session: Session;
  sink: Sink;
  mode: 'preview' | 'commit';
  importId: number;
  signal: AbortSignal | undefined;
  progress: (progress: Progress) => void;
  rowsDone: number;
  /** A redo imports files that were imported before. */
  again: boolean;
  /** The mappings that were used, by file: a redo reads the same way. */
  mappings: SheetMapping[][];
  /** SHA-256 of the workbook within each protected file, by file. */
  unlocked: string[];
}

const maximumIssues = 1000;
const maximumStoredIssues = 100_000;

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
  };
  if (writing) database.exec('BEGIN IMMEDIATE');
  if (writing && !options.again) insertImport(database, job, session);
  const reports: FileReport[] = [];
  for (const [index, file] of files.entries())
    reports.push(refused.get(index) ?? (await importOne(job, file, reports)));
  const lost = options.again ? reports.find((file) => file.status !== 'imported') : undefined;
  if (lost) throw cannotRedo(lost);
  const report: ImportReport = { ref: null, files: reports, created: sink.created };
  if (!writing) return report;
  if (!reports.some((file) => file.status === 'imported')) {
    database.exec('ROLLBACK');
    return report;
  }
  report.ref = `IMP-${job.importId}`;
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
  if (options.again) options.again.record();
  else finishImport(session, job, report, seq);
  options.signal?.throwIfAborted();
  database.exec('COMMIT');
  session.announce({ seq, grids: touchedGrids(sink) });
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
    target: `IMP-${job.importId}`,
    summary: `Imported ${summary.length > 300 ? `${summary.slice(0, 299)}…` : summary}`,
    after: {
      import: job.importId,
      ...counts,
      files: report.files.map((file) => ({ sha256: file.sha256, status: file.status })),
    },
    undoable: true,
    rows: [{ grid: 'imports', id: job.importId }],
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
    if (same && !job.again) {
      return { file: name, sha256, status: 'unchanged', sheets: await countUnchanged(job, opened, mappings) };
    }
    started = true;
    const fileId = job.mode === 'commit' ? await keepFile(job.session.writer, source, sha256, job.signal) : 0;
    const sheets: SheetReport[] = [];
    for (const mapping of mappings) {
      const sheet = opened.sheets.find((each) => each.name === mapping.sheet);
      if (!sheet) throw new AppError('sheet.missing', `${name} has no sheet "${mapping.sheet}".`);
      sheets.push(await importSheet(job, name, fileId, sheet, mapping));
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

/** The user's mappings, or the guesses; a mapping that does not fit the file is refused in words. */
async function chooseMappings(
  file: FileToImport,
  opened: OpenedFile,
  signal: AbortSignal | undefined,
): Promise<SheetMapping[]> {
  if (file.sheets) {
    for (const mapping of file.sheets) await checkFit(file.name, opened, mapping, signal);
    const left = opened.sheets.filter(
      (sheet) => !file.sheets?.some((mapping) => mapping.sheet === sheet.name),
    );
    return [
      ...file.sheets,
      ...left.map((sheet) => ({ sheet: sheet.name, kind: null, headerRow: 0, columns: [] })),
    ];
  }
  if (file.sheet !== undefined && !opened.sheets.some((sheet) => sheet.name === file.sheet)) {
    throw new AppError(
      'sheet.missing',
      `${file.name} has no sheet "${file.sheet}". Its sheets: ${opened.sheets.map((sheet) => sheet.name).join(', ')}.`,
    );
  }
  const guesses = await guessFile(opened, file.name, file.kind, signal);
  const mappings = guesses.map((guess) => ({
    ...proposedMapping(guess),
    ...(file.sheet !== undefined && guess.sheet !== file.sheet ? { kind: null } : {}),
    ...(file.dateOrder ? { dateOrder: file.dateOrder } : {}),
  }));
  if (!mappings.some((mapping) => mapping.kind !== null)) {
    throw new AppError(
      'mapping.misfit',
      `No sheet of ${file.name} looks like a kind that can be imported. Name the kind (for instance --kind person) or map the columns in the window.`,
    );
  }
  return mappings;
}

async function checkFit(
  fileName: string,
  opened: OpenedFile,
  mapping: SheetMapping,
  signal: AbortSignal | undefined,
): Promise<void> {
  const sheet = opened.sheets.find((each) => each.name === mapping.sheet);
  if (!sheet)
    throw new AppError(
      'mapping.misfit',
      `The mapping is for a sheet "${mapping.sheet}", which ${fileName} does not have.`,
    );
  if (mapping.kind === null) return;
  const kind = kinds[mapping.kind];
  for (const field of mapping.columns) {
    if (field !== null && !findField(kind, field)) {
      throw new AppError(
        'mapping.misfit',
        `The mapping names a field "${field}", which ${kind.title} do not have.`,
      );
    }
  }
  const head = await readHead(sheet, guessRows, signal);
  const width = Math.max(0, ...head.rows.map((row) => row.text.length));
  const beyond = mapping.columns.findIndex((field, index) => field !== null && index >= width);
  if (beyond >= 0) {
    throw new AppError(
      'mapping.misfit',
      `The mapping expects at least ${beyond + 1} columns; sheet "${mapping.sheet}" of ${fileName} has ${width}.`,
    );
  }
}

function emptyReport(mapping: SheetMapping, headings: readonly string[]): SheetReport {
  const named = new Map<string, number>();
  const entries = mapping.columns.map((field, index): [string, string | null] => {
    const heading = headings[index] || `column ${index + 1}`;
    const count = (named.get(heading) ?? 0) + 1;
    named.set(heading, count);
    return [count > 1 ? `${heading} (${count})` : heading, field];
  });
  return {
    sheet: mapping.sheet,
    kind: mapping.kind,
    headerRow: mapping.headerRow,
    rows: 0,
    imported: 0,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    rejected: 0,
    mapping: Object.fromEntries(entries),
    issues: [],
    issueCount: 0,
    skippedBy: {},
    repairs: {},
  };
}

/** Rows of the table: below the heading, with the blank rows between them counted once a later row is seen. */
async function* tableRows(
  sheet: SheetReader,
  headerRow: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ rows: SheetRow[]; blanks: number }> {
  let last = headerRow;
  for await (const batch of sheet.rows(signal)) {
    const rows: SheetRow[] = [];
    let blanks = 0;
    for (const row of batch) {
      if (row.row <= headerRow || row.text.every((cell) => cell.trim() === '')) continue;
      blanks += row.row - last - 1;
      last = row.row;
      rows.push(row);
    }
    yield { rows, blanks };
  }
}

async function countUnchanged(
  job: Job,
  opened: OpenedFile,
  mappings: readonly SheetMapping[],
): Promise<SheetReport[]> {
  const reports: SheetReport[] = [];
  for (const mapping of mappings) {
    const sheet = opened.sheets.find((each) => each.name === mapping.sheet);
    if (!sheet) continue;
    const report = emptyReport(
      mapping,
      readHeadings(
        (await readHead(sheet, guessRows, job.signal)).rows,
        mapping.headerRow,
        mapping.headerRows ?? 1,
      ),
    );
    for await (const { rows, blanks } of tableRows(
      sheet,
      mapping.kind === null ? 0 : mapping.headerRow,
      job.signal,
    )) {
      report.rows += rows.length + blanks;
      report.unchanged += rows.length + blanks;
    }
    reports.push(report);
  }
  return reports;
}

const dateCleaners = new Set(['date', 'dateTime']);

/** The order of each date column, from the first rows; from the whole column where those do not decide. */
async function dateOrders(
  sheet: SheetReader,
  mapping: SheetMapping,
  head: readonly SheetRow[],
  complete: boolean,
  signal: AbortSignal | undefined,
): Promise<{ orders: Map<number, { order: DateOrder; mixed: boolean }>; undecided: number[] }> {
  const orders = new Map<number, { order: DateOrder; mixed: boolean }>();
  const undecided: number[] = [];
  if (mapping.kind === null || mapping.dateOrder) return { orders, undecided };
  const kind = kinds[mapping.kind];
  const columns = mapping.columns.flatMap((name, index) => {
    const field = name === null ? undefined : findField(kind, name);
    return field && dateCleaners.has(field.cleaner) ? [index] : [];
  });
  const judge = (index: number, samples: string[], final: boolean) => {
    const found = detectDateOrder(samples);
    orders.set(index, { order: found.order ?? 'dmy', mixed: found.reason === 'mixed' });
    if (found.ambiguous && found.order === null) {
      if (final && found.reason !== 'mixed') undecided.push(index);
      return false;
    }
    return true;
  };
  const samplesOf = (rows: readonly SheetRow[], index: number) =>
    rows.flatMap((row) =>
      row.row > mapping.headerRow && !row.stored?.[index] && row.text[index]?.trim() ? [row.text[index]] : [],
    );
  const open = columns.filter((index) => !judge(index, samplesOf(head, index), complete));
  if (open.length === 0 || complete) return { orders, undecided };
  const distinct = new Map(open.map((index) => [index, new Set<string>()]));
  for await (const batch of sheet.rows(signal)) {
    for (const [index, texts] of distinct)
      for (const text of samplesOf(batch, index)) if (texts.size < 100_000) texts.add(text);
  }
  for (const [index, texts] of distinct) judge(index, [...texts], true);
  return { orders, undecided };
}

async function importSheet(
  job: Job,
  fileName: string,
  fileId: number,
  sheet: SheetReader,
  mapping: SheetMapping,
): Promise<SheetReport> {
  const database = job.session.writer;
  const head = await readHead(sheet, guessRows, job.signal);
  const headings = readHeadings(head.rows, mapping.headerRow, mapping.headerRows ?? 1);
  const report = emptyReport(mapping, headings);
  const sheetId = job.sink.number('sources');
  const kind = mapping.kind === null ? null : kinds[mapping.kind];
  const { orders, undecided } = await dateOrders(sheet, mapping, head.rows, head.complete, job.signal);
  const plan = { mapping, headings, orders, thisYear: Number(today(job.session).slice(0, 4)) };
  const readRow = kind === null ? null : rowReader(plan);
  const readCall = kind === null ? null : callReader(plan);
  const call = emptyCall();
  const issues = issueWriter(job, sheetId, report);
  for (const index of undecided) {
    issues(0, {
      row: mapping.headerRow,
      column: headings[index] ?? null,
      code: 'date.order-assumed',
      message:
        'Nothing in the column says whether day or month comes first; day first was taken. Choose the order if that is wrong.',
      raw: '',
      outcome: 'kept',
    });
  }
  let firstEvidence = 0;
  let lastEvidence = -1;
  for await (const { rows, blanks } of tableRows(sheet, kind === null ? 0 : mapping.headerRow, job.signal)) {
    job.signal?.throwIfAborted();
    skip(report, 'blank row', blanks);
    for (const row of rows) {
      report.rows += 1;
      const evidenceId = job.sink.evidence(sheetId, row);
      if (firstEvidence === 0) firstEvidence = evidenceId;
      lastEvidence = evidenceId;
      if (readRow === null || kind === null) {
        report.skipped += 1;
        report.skippedBy['sheet left out'] = (report.skippedBy['sheet left out'] ?? 0) + 1;
        continue;
      }
      if (readCall?.(row, call)) {
        job.sink.takePlain(call, evidenceId);
        report.imported += 1;
        for (const code of call.repairs) report.repairs[code] = (report.repairs[code] ?? 0) + 1;
        continue;
      }
      const reading = readRow(row);
      for (const issue of reading.issues) issues(evidenceId, { row: row.row, ...issue });
      if (reading.outcome === 'skip') {
        report.skipped += 1;
        const reason = reading.reason ?? 'skipped';
        report.skippedBy[reason] = (report.skippedBy[reason] ?? 0) + 1;
      } else if (reading.outcome === 'reject') {
        report.rejected += 1;
      } else {
        const outcome = job.sink.take(kind, reading, evidenceId, (code, message) =>
          issues(evidenceId, { row: row.row, column: null, code, message, raw: '', outcome: 'kept' }),
        );
        report[outcome] += 1;
        for (const draft of reading.records) {
          for (const code of Object.values(draft.repairs))
            report.repairs[code] = (report.repairs[code] ?? 0) + 1;
        }
      }
    }
    job.rowsDone += rows.length;
    job.progress({
      type: 'progress',
      stage: `Reading ${fileName}`,
      done: job.rowsDone,
      total: null,
      unit: 'rows',
    });
    await setImmediate();
  }
  if (job.mode === 'commit') {
    run(
      database,
      `INSERT INTO source_sheet (id, import, file_id, file, sheet, kind, header_row, headers, mapping, date_order, rows,
         imported, updated, unchanged, skipped, rejected, first_evidence, last_evidence)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      sheetId,
      job.importId,
      fileId,
      fileName,
      mapping.sheet,
      mapping.kind,
      mapping.headerRow,
      JSON.stringify(headings),
      JSON.stringify(mapping.columns),
      mapping.dateOrder ?? null,
      report.rows,
      report.imported,
      report.updated,
      report.unchanged,
      report.skipped,
      report.rejected,
      firstEvidence,
      lastEvidence,
    );
  }
  return report;
}

function skip(report: SheetReport, reason: string, count: number): void {
  if (count <= 0) return;
  report.rows += count;
  report.skipped += count;
  report.skippedBy[reason] = (report.skippedBy[reason] ?? 0) + count;
}

/** Counts every issue, shows the first thousand and keeps the first hundred thousand of a sheet. */
function issueWriter(
  job: Job,
  sheetId: number,
  report: SheetReport,
): (evidenceId: number, issue: RowIssue) => void {
  return (evidenceId, issue) => {
    report.issueCount += 1;
    // Rejected rows are always shown: the thousand-and-first warning must not hide one.
    if (report.issues.length < maximumIssues || issue.outcome === 'rejected') report.issues.push(issue);
    if (job.mode !== 'commit' || report.issueCount > maximumStoredIssues) return;
    prepare(
      job.session.writer,
      `INSERT INTO evidence_issue (evidence_id, sheet_id, row, column, code, message, raw, outcome)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(evidenceId, sheetId, issue.row, issue.column, issue.code, issue.message, issue.raw, issue.outcome);
  };
}
