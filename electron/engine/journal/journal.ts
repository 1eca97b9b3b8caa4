/**
 * The journal: audit log, undo history and integrity chain in one append-only table.
 * Every change of data is an entry here, written in the same transaction as the change.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { HistoryEntry, UndoState } from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { readAuditSettings } from './auditSettings.ts';
import type { EntryContent } from './hash.ts';
import { genesis, hashEntry, signHash } from './hash.ts';

export interface NewEntry {
  operation: HistoryEntry['operation'];
  method: string;
  summary: string;
  target?: string;
  /** JSON: reference → field → value before and after; null where the row did not exist. */
  before?: unknown;
  after?: unknown;
  reason?: string | undefined;
  recipients?: string[];
  undoable?: boolean;
  undoes?: number;
  redoes?: number;
  /** Rows the entry is about, for their histories. */
  rows?: readonly { grid: GridName; id: number }[];
}

/**
 * As the database will give it back: half a character, from a text that was cut or sent so, cannot be stored. The
 * hash must be over what is stored, or the entry would look altered for ever.
 */
const asStored = (text: string | null) => text?.toWellFormed() ?? null;

const orNull = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

/** The number that the next entry will have. Inside a transaction of the writer only. */
export function nextSeq(database: WriteDatabase): number {
  return (get<{ seq: number }>(database, 'SELECT max(seq) AS seq FROM journal')?.seq ?? 0) + 1;
}

/** Appends an entry and returns its number. Call inside the transaction of the change it records. */
export function appendEntry(session: Session, entry: NewEntry): number {
  const database = session.writer;
  const previous = get<{ seq: number; hash: string }>(
    database,
    'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1',
  );
  const content: EntryContent = {
    seq: (previous?.seq ?? 0) + 1,
    at: session.clock(),
    user_id: session.workspace.user.id,
    user: session.workspace.user.name.toWellFormed(),
    device: session.device.toWellFormed(),
    operation: entry.operation,
    method: entry.method,
    target: asStored(entry.target ?? null),
    summary: entry.summary.toWellFormed(),
    before: orNull(entry.before),
    after: orNull(entry.after),
    reason: asStored(reasonOf(session, entry)),
    recipients: entry.recipients ? JSON.stringify(entry.recipients) : null,
    undoable: entry.undoable ? 1 : 0,
    undoes: entry.undoes ?? null,
    redoes: entry.redoes ?? null,
  };
  const previousHash = previous?.hash ?? genesis;
  const hash = hashEntry(previousHash, content);
  run(
    database,
    `INSERT INTO journal (seq, at, user_id, user, device, operation, method, target, summary, before, after, reason,
       recipients, undoable, undoes, redoes, prev_hash, hash, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    content.seq,
    content.at,
    content.user_id,
    content.user,
    content.device,
    content.operation,
    content.method,
    content.target,
    content.summary,
    content.before,
    content.after,
    content.reason,
    content.recipients,
    content.undoable,
    content.undoes,
    content.redoes,
    previousHash,
    hash,
    signHash(hash, session.workspace.signingKey),
  );
  for (const row of entry.rows ?? []) {
    run(
      database,
      'INSERT OR IGNORE INTO journal_ref (grid, row_id, seq) VALUES (?, ?, ?)',
      row.grid,
      row.id,
      content.seq,
    );
  }
  return content.seq;
}

/** What the entry says why; a look or a disclosure without a reason of its own has that of the session. */
function reasonOf(session: Session, entry: NewEntry): string | null {
  if (entry.reason) return entry.reason;
  const asked =
    entry.operation === 'consultation' || entry.operation === 'disclosure' ? entry.operation : null;
  if (asked === null || session.reads.justification === null) return null;
  return readAuditSettings(session.writer)[asked] === 'off' ? null : session.reads.justification;
}

/**
 * Records that someone looked or searched: an entry that nothing can undo. Not waited for: while an import
 * holds the writer a record must still open, and the entry follows it. The same thing fetched again at once, as the
 * page does after each change, is one look.
 *
 * @param covered other methods that show as much of the same target: nothing is recorded right after one of them
 */
export function recordRead(session: Session, entry: NewEntry, covered: readonly string[] = []): void {
  const at = Date.parse(session.clock());
  if (session.reads.lookedJustNow(entry, covered, at)) return;
  appendRead(session, entry);
}

/** Appends an entry that is not waited for. */
export function appendRead(session: Session, entry: NewEntry): void {
  session
    .exclusively(() => session.writer.transaction(() => appendEntry(session, entry))())
    .catch((error: unknown) => session.keepError(error));
}

// An entry stands when it was undone as often as it was redone.
export const standing = (alias: string) =>
  `((SELECT count(*) FROM journal u WHERE u.undoes = ${alias}.seq) = (SELECT count(*) FROM journal r WHERE r.redoes = ${alias}.seq))`;

type Brief = { seq: number; summary: string };

/** What undo and redo would do now. A new change ends the redo of older ones; they stay in the history. */
export function undoState(database: ReadDatabase): UndoState {
  const undo = get<Brief>(
    database,
    `SELECT e.seq, e.summary FROM journal e WHERE e.undoable = 1 AND e.erased IS NULL AND ${standing('e')} ORDER BY e.seq DESC LIMIT 1`,
  );
  const redo = get<Brief>(
    database,
    `SELECT e.seq, e.summary FROM journal u JOIN journal e ON e.seq = u.undoes
     WHERE u.undoes IS NOT NULL AND e.erased IS NULL
       AND u.seq > coalesce((SELECT max(seq) FROM journal WHERE undoable = 1), 0)
       AND NOT ${standing('e')}
     ORDER BY u.seq DESC LIMIT 1`,
  );
  return { undo: undo ?? null, redo: redo ?? null };
}

export interface StoredEntry extends EntryContent {
  prev_hash: string;
  hash: string;
  signature: string;
  standing: number;
  /** The entry of erasure under which the content went. */
  erased: number | null;
}

export function readEntry(database: ReadDatabase, seq: number): StoredEntry {
  const entry = get<StoredEntry>(
    database,
    `SELECT e.*, ${standing('e')} AS standing FROM journal e WHERE e.seq = ?`,
    seq,
  );
  if (!entry) throw new AppError('not-found', `There is no journal entry ${seq}. "history" lists them.`);
  return entry;
}

/** The entry of a package of another copy that was taken. */
export const receiveMethod = 'exchange.receive';

/** Standing entries after `seq` that touch a row which entry `seq` touches: they must be undone first, or cannot be. */
export function laterEntries(
  database: ReadDatabase,
  seq: number,
): { seq: number; summary: string; ref: string; taken: boolean }[] {
  return all<{ seq: number; method: string; summary: string; grid: GridName; row_id: number }>(
    database,
    `SELECT e.seq, e.method, e.summary, later.grid, later.row_id FROM journal_ref mine
     JOIN journal_ref later ON later.grid = mine.grid AND later.row_id = mine.row_id AND later.seq > mine.seq
     JOIN journal e ON e.seq = later.seq AND e.erased IS NULL
       AND (e.method = '${receiveMethod}' OR (e.undoable = 1 AND ${standing('e')}))
     WHERE mine.seq = ? GROUP BY e.seq ORDER BY e.seq DESC LIMIT 5`,
    seq,
  ).map((row) => ({
    seq: row.seq,
    summary: row.summary,
    ref: makeRef(row.grid, row.row_id),
    taken: row.method === receiveMethod,
  }));
}
