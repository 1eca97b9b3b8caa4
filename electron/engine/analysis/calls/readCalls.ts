/**
 * The one place where call data is read for analysis: once for each state of the imports, in pieces between which
 * other calls are answered, and kept until an import or its undo changes what there is.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, get, prepare } from '../../database/sql.ts';
import type { CallTable } from './callTable.ts';
import { buildCallTable } from './callTable.ts';
import { inSlices, type Steps, stopIfAsked } from './slices.ts';
import { CallColumns } from './table/callColumns.ts';

/** So many at once cost less a row than one by one, and no memory worth speaking of. */
const rowsPerPiece = 500;
const textsPerPage = 5000;
/** More than a workspace of this kind holds, and all that fits into memory beside the rest. */
const mostRows = 8_000_000;

/** The table of a connection, and the newest entry of the journal after which it is still right. */
const kept = new WeakMap<ReadDatabase, { table: CallTable; seq: number }>();

const newestEntry = (database: ReadDatabase): number =>
  get<{ seq: number | null }>(database, 'SELECT max(seq) AS seq FROM journal')?.seq ?? 0;

/**
 * Whether an entry after `seq` may have changed what calls there are. Calls come and go with imports, merges and
 * erasures; looking, and what is typed into records or set aside, leaves them as they are. Whatever is not known to
 * leave them counts as a change.
 */
function hasChanged(database: ReadDatabase, seq: number): boolean {
  return (
    get(
      database,
      `SELECT 1 FROM journal j LEFT JOIN journal u ON u.seq = coalesce(j.undoes, j.redoes)
       WHERE j.seq > ? AND j.operation NOT IN ('consultation', 'disclosure', 'session')
         AND coalesce(u.method, j.method) NOT GLOB 'records.*'
         AND coalesce(u.method, j.method) NOT GLOB 'callThresholds.*'
         AND coalesce(u.method, j.method) NOT GLOB 'readiness.*'
         AND coalesce(u.method, j.method) NOT GLOB 'pictures.*'
         AND coalesce(u.method, j.method) NOT GLOB 'places.*'
         AND coalesce(u.method, j.method) NOT GLOB 'priorityWeights.*' LIMIT 1`,
      seq,
    ) !== undefined
  );
}

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  /** Share of the rows that are read, 0 to 1. */
  progress?: (share: number) => void;
}

/** The read that is under way on a connection: a view asks several things at once, and all wait for the same. */
const reading = new WeakMap<
  ReadDatabase,
  { table: Promise<CallTable>; told: Set<(share: number) => void> }
>();

/**
 * All calls of the workspace. Asked again, the same table as long as no call has come or gone.
 * @throws AppError `cancelled`, or `invalid` where there are more calls than can be looked at together.
 */
export async function readCalls(
  database: ReadDatabase,
  { signal, progress }: ReadOptions = {},
): Promise<CallTable> {
  for (;;) {
    stopIfAsked(signal);
    const known = kept.get(database);
    if (known && !hasChanged(database, known.seq)) {
      known.seq = newestEntry(database);
      return known.table;
    }
    const read = reading.get(database) ?? startReading(database);
    if (progress) read.told.add(progress);
    try {
      await untilAsked(read.table, signal);
    } finally {
      if (progress) read.told.delete(progress);
    }
  }
}

/** Reads once for all who ask meanwhile; who stops waiting does not stop the others. */
function startReading(database: ReadDatabase) {
  const told = new Set<(share: number) => void>();
  const seq = newestEntry(database);
  const table = inSlices(
    readTable(database, (share) => {
      for (const tell of told) tell(share);
    }),
  )
    .then((read) => {
      // What was read in pieces is one state only if nothing was committed meanwhile; else it is read again.
      if (!hasChanged(database, seq)) kept.set(database, { table: read, seq });
      return read;
    })
    .finally(() => reading.delete(database));
  // Whoever waits gets the error; where nobody does any more it is nobody's.
  table.catch(() => undefined);
  const read = { table, told };
  reading.set(database, read);
  return read;
}

/** Waits for the work or for the signal. @throws AppError `cancelled` when the signal comes first. */
async function untilAsked(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([work, stopped]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  stopIfAsked(signal);
}

function* readTable(database: ReadDatabase, progress: (share: number) => void): Steps<CallTable> {
  const sheets = all<{ first: number; last: number; mapping: string }>(
    database,
    `SELECT first_evidence AS first, last_evidence AS last, mapping FROM source_sheet WHERE kind = 'communication'
     ORDER BY last_evidence`,
  );
  // Rows that were skipped or rejected are among them: no fewer than there are calls, and counted without reading.
  const expected = sheets.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const columns = new CallColumns(Math.min(expected, mostRows));
  // Every value that is read costs, even where it is nothing.
  const isWide = sheets.some(({ mapping }) => /cellEnd|cellName|text/.test(mapping));
  const piece = prepare(
    database,
    `SELECT id, evidence_id, start, a_phone, b_phone, type, direction, duration_s, imei, imsi, cell_start
       ${isWide ? ', cell_end, cell_name, text' : ''} FROM communication WHERE id > ? ORDER BY id LIMIT ${rowsPerPiece}`,
  ).raw();
  for (let after = -1; ; ) {
    const rows = piece.all(after) as (number | string | null)[][];
    if (rows.length === 0) break;
    for (const row of rows) columns.add(row);
    if (columns.count > mostRows)
      throw new AppError(
        'invalid',
        `There are more than ${mostRows.toLocaleString('en-GB')} calls, more than can be looked at together. Undo an import of call data that is not needed.`,
      );
    after = columns.id[columns.count - 1] ?? 0;
    progress(Math.min(1, columns.count / expected));
    yield;
  }
  yield* inPages(database, 'SELECT id, value FROM call_text', columns.texts);
  columns.sheetEnds = sheets.map((sheet) => sheet.last);
  const numbers = new Map<number, string>();
  yield* inPages(database, 'SELECT id, number FROM phone', numbers, 'number IS NOT NULL AND events > 0');
  return yield* buildCallTable(columns, numbers);
}

/** Texts by id, read in pages: an open statement would stand in the way of who is answered in between. */
function* inPages(
  database: ReadDatabase,
  select: string,
  texts: Map<number, string>,
  where = 'true',
): Generator<undefined, void> {
  const page = prepare(
    database,
    `${select} WHERE id > ? AND ${where} ORDER BY id LIMIT ${textsPerPage}`,
  ).raw();
  for (let after = -1; ; ) {
    const rows = page.all(after) as [number, string][];
    for (const [id, text] of rows) texts.set(id, text);
    if (rows.length < textsPerPage) return;
    after = rows.at(-1)?.[0] ?? 0;
    yield;
  }
}
