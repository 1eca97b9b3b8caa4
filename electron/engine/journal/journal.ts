/**
 * The journal: audit log, undo history and integrity chain in one append-only table.
 * Every change of data is an entry here, written in the same transaction as the change.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { HistoryEntry, UndoState, VerifyReport } from '../../../shared/contract/schemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, prepare, run } from '../database/sql.ts';
import type { Session } from '../session.ts';
import type { EntryContent } from './hash.ts';
import { genesis, hashEntry, signatureHolds, signHash } from './hash.ts';

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
    user: session.workspace.user.name,
    device: session.device,
    operation: entry.operation,
    method: entry.method,
    target: entry.target ?? null,
    summary: entry.summary,
    before: orNull(entry.before),
    after: orNull(entry.after),
    reason: entry.reason ?? null,
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

/**
 * Records that someone looked or searched: an entry that nothing can undo. Not waited for: while an import
 * holds the writer a record must still open, and the entry follows it.
 */
export function recordRead(session: Session, entry: NewEntry): void {
  session
    .exclusively(() => session.writer.transaction(() => appendEntry(session, entry))())
    .catch((error: unknown) => session.keepError(error));
}

// An entry stands when it was undone as often as it was redone.
const standing = (alias: string) =>
  `((SELECT count(*) FROM journal u WHERE u.undoes = ${alias}.seq) = (SELECT count(*) FROM journal r WHERE r.redoes = ${alias}.seq))`;

type Brief = { seq: number; summary: string };

/** What undo and redo would do now. A new change ends the redo of older ones; they stay in the history. */
export function undoState(database: ReadDatabase): UndoState {
  const undo = get<Brief>(
    database,
    `SELECT e.seq, e.summary FROM journal e WHERE e.undoable = 1 AND ${standing('e')} ORDER BY e.seq DESC LIMIT 1`,
  );
  const redo = get<Brief>(
    database,
    `SELECT e.seq, e.summary FROM journal u JOIN journal e ON e.seq = u.undoes
     WHERE u.undoes IS NOT NULL
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

function toHistory(entry: StoredEntry): HistoryEntry {
  return {
    seq: entry.seq,
    at: entry.at,
    user: entry.user,
    device: entry.device,
    operation: entry.operation as HistoryEntry['operation'],
    method: entry.method,
    target: entry.target,
    summary: entry.summary,
    reason: entry.reason,
    recipients: entry.recipients ? (JSON.parse(entry.recipients) as string[]) : [],
    state: entry.undoable ? (entry.standing ? 'done' : 'undone') : 'record',
    hash: entry.hash,
  };
}

/** Entries, newest first; of one row when it is named. */
export function listEntries(
  database: ReadDatabase,
  options: { before?: number | undefined; limit: number; row?: { grid: GridName; id: number } | undefined },
): HistoryEntry[] {
  const before = options.before ?? Number.MAX_SAFE_INTEGER;
  const entries = options.row
    ? all<StoredEntry>(
        database,
        `SELECT e.*, ${standing('e')} AS standing FROM journal_ref j JOIN journal e ON e.seq = j.seq
         WHERE j.grid = ? AND j.row_id = ? AND e.seq < ? ORDER BY e.seq DESC LIMIT ?`,
        options.row.grid,
        options.row.id,
        before,
        options.limit,
      )
    : all<StoredEntry>(
        database,
        `SELECT e.*, ${standing('e')} AS standing FROM journal e WHERE e.seq < ? ORDER BY e.seq DESC LIMIT ?`,
        before,
        options.limit,
      );
  return entries.map(toHistory);
}

/** Standing entries after `seq` that touch a row which entry `seq` touches: they must be undone first. */
export function laterEntries(
  database: ReadDatabase,
  seq: number,
): { seq: number; summary: string; ref: string }[] {
  return all<{ seq: number; summary: string; grid: GridName; row_id: number }>(
    database,
    `SELECT e.seq, e.summary, later.grid, later.row_id FROM journal_ref mine
     JOIN journal_ref later ON later.grid = mine.grid AND later.row_id = mine.row_id AND later.seq > mine.seq
     JOIN journal e ON e.seq = later.seq AND e.undoable = 1 AND ${standing('e')}
     WHERE mine.seq = ? GROUP BY e.seq ORDER BY e.seq DESC LIMIT 5`,
    seq,
  ).map((row) => ({ seq: row.seq, summary: row.summary, ref: makeRef(row.grid, row.row_id) }));
}

/** Walks the whole chain and names the first entry that does not hold. */
export function verifyChain(database: ReadDatabase): VerifyReport {
  const keys = new Map(
    all<{ id: number; public_key: string }>(database, 'SELECT id, public_key FROM user').map((user) => [
      user.id,
      user.public_key,
    ]),
  );
  let previousHash = genesis;
  let expected = 1;
  const broken = (seq: number, what: string): VerifyReport => ({
    ok: false,
    entries: expected - 1,
    head: previousHash,
    firstBroken: { seq, what },
  });
  for (const row of prepare(database, 'SELECT * FROM journal ORDER BY seq').iterate()) {
    const entry = row as StoredEntry;
    if (entry.seq !== expected) return broken(expected, 'the entry is missing');
    if (entry.prev_hash !== previousHash) return broken(entry.seq, 'it does not follow the entry before it');
    if (hashEntry(previousHash, entry) !== entry.hash) return broken(entry.seq, 'its content was changed');
    const key = keys.get(entry.user_id);
    if (!key || !signatureHolds(entry.hash, entry.signature, key))
      return broken(entry.seq, "its signature is not its user's");
    previousHash = entry.hash;
    expected += 1;
  }
  // The newest entries have none after them to miss them: what was done under them does.
  const newest = get<{ seq: number | null }>(
    database,
    `SELECT max(seq) AS seq FROM (SELECT max(seq) AS seq FROM journal_ref UNION ALL SELECT max(seq) FROM manual_value
       UNION ALL SELECT max(seq) FROM import UNION ALL SELECT max(seq) FROM photograph UNION ALL SELECT max(seq) FROM pack)`,
  )?.seq;
  if ((newest ?? 0) >= expected) return broken(expected, 'the entry is missing');
  return { ok: true, entries: expected - 1, head: expected > 1 ? previousHash : null, firstBroken: null };
}
