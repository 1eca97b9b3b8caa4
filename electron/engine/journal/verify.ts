/**
 * The check of the whole journal: that every entry follows the one before it, says what was signed, and was signed
 * by its user. Content that was erased is missed by nobody only where a later entry of erasure, signed by a lead,
 * names the entry and vouches for what is kept of it.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import type { VerifyReport } from '../../../shared/contract/schemas.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { get, prepare } from '../database/sql.ts';
import type { StandingAt } from '../people/roster.ts';
import { mayHaveDone, standingReader } from '../people/roster.ts';
import type { EntryContent } from './hash.ts';
import { genesis, hashEntry, signatureChecker } from './hash.ts';

type Stored = EntryContent & { prev_hash: string; hash: string; signature: string; erased: number | null };

/** Entries read and checked at a time; between two such pages other calls of the engine are answered. */
const pageSize = 500;

/** What an entry of erasure says of the entries whose content it took. */
export interface ErasedEntries {
  /** Numbers, rising. */
  entries: number[];
  /** SHA-256 over what is kept of them, in hex. */
  kept: string;
}

/** SHA-256 over what an erasure leaves of entries, in their order: who, when, with which device, what kind, and their hashes. */
export function hashKept(
  entries: readonly Omit<
    Stored,
    'target' | 'summary' | 'before' | 'after' | 'reason' | 'signature' | 'prev_hash' | 'erased'
  >[],
): string {
  const hash = createHash('sha256');
  for (const entry of entries)
    hash.update(
      `${JSON.stringify([
        entry.seq,
        entry.at,
        entry.user_id,
        entry.user,
        entry.device,
        entry.operation,
        entry.method,
        entry.recipients,
        entry.undoable,
        entry.undoes,
        entry.redoes,
        entry.hash,
      ])}\n`,
    );
  return hash.digest('hex');
}

const erasedOf = (entry: Stored): ErasedEntries | null => {
  try {
    const after = JSON.parse(entry.after ?? 'null') as Partial<ErasedEntries> | null;
    return Array.isArray(after?.entries) && typeof after.kept === 'string' ? (after as ErasedEntries) : null;
  } catch {
    return null;
  }
};

/** The check, a page at a time: gives the number of entries that hold so far, and at last the report. */
function* verifyPages(database: ReadDatabase): Generator<number, VerifyReport> {
  const standing = standingReader(database);
  const holds = signatureChecker();
  const page = prepare(database, 'SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?');
  /** Entries without content, by the entry of erasure that they say took it. */
  const blanked = new Map<number, Stored[]>();
  let previousHash = genesis;
  let expected = 1;
  const broken = (seq: number, what: string): VerifyReport => ({
    ok: false,
    entries: expected - 1,
    head: previousHash,
    firstBroken: { seq, what },
  });
  for (;;) {
    const entries = page.all(expected - 1, pageSize) as Stored[];
    for (const entry of entries) {
      if (entry.seq !== expected) return broken(expected, 'the entry is missing');
      if (entry.prev_hash !== previousHash)
        return broken(entry.seq, 'it does not follow the entry before it');
      if (entry.erased === null) {
        if (hashEntry(previousHash, entry) !== entry.hash)
          return broken(entry.seq, 'its content was changed');
      } else if (isBlank(entry) && entry.erased > entry.seq) {
        const others = blanked.get(entry.erased);
        if (others) others.push(entry);
        else blanked.set(entry.erased, [entry]);
      } else return broken(entry.seq, 'its content was changed');
      const user = standing(entry.user_id, entry.seq);
      if (!user || !holds(entry.hash, entry.signature, user.signingKey))
        return broken(entry.seq, "its signature is not its user's");
      if (!mayHaveDone(user, entry.operation, entry.method))
        return broken(
          entry.seq,
          `its user was ${user.removed ? 'removed' : `a ${user.role}`} and not allowed to do it`,
        );
      const claimed = blanked.get(entry.seq);
      if (claimed) {
        const wrong = erasureProblem(entry, claimed, user);
        if (wrong) return broken(claimed[0]?.seq ?? entry.seq, wrong);
        blanked.delete(entry.seq);
      }
      previousHash = entry.hash;
      expected += 1;
    }
    if (entries.length < pageSize) break;
    yield expected - 1;
  }
  const [unexplained] = [...blanked.values()].flat().sort((one, other) => one.seq - other.seq);
  if (unexplained) return broken(unexplained.seq, 'its content is gone and no entry of erasure says why');
  // The newest entries have none after them to miss them: what was done under them does.
  const newest = get<{ seq: number | null }>(
    database,
    `SELECT max(seq) AS seq FROM (SELECT max(seq) AS seq FROM journal_ref UNION ALL SELECT max(seq) FROM manual_value
       UNION ALL SELECT max(seq) FROM import UNION ALL SELECT max(seq) FROM photograph UNION ALL SELECT max(seq) FROM pack)`,
  )?.seq;
  if ((newest ?? 0) >= expected) return broken(expected, 'the entry is missing');
  return { ok: true, entries: expected - 1, head: expected > 1 ? previousHash : null, firstBroken: null };
}

const isBlank = (entry: Stored) =>
  entry.target === null &&
  entry.summary === '' &&
  entry.before === null &&
  entry.after === null &&
  entry.reason === null;

/** Why the entry of erasure does not account for these entries; null where it does. */
function erasureProblem(eraser: Stored, claimed: readonly Stored[], user: StandingAt): string | null {
  if (eraser.operation !== 'erasure') return 'its content is gone and no entry of erasure says why';
  if (user.role !== 'lead') return `its content was erased by entry ${eraser.seq}, which no lead signed`;
  const said = erasedOf(eraser);
  const named = new Set(said?.entries ?? []);
  if (!said || claimed.some(({ seq }) => !named.has(seq)))
    return 'its content is gone and no entry of erasure says why';
  if (claimed.length !== said.entries.length || hashKept(claimed) !== said.kept)
    return `what is kept of it is not what entry ${eraser.seq} left`;
  return null;
}

/** Walks the whole chain and names the first entry that does not hold. */
export function verifyChain(database: ReadDatabase): VerifyReport {
  const pages = verifyPages(database);
  for (;;) {
    const step = pages.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, answering other calls between pages.
 * @throws AppError `cancelled`
 */
export async function verifyJournal(
  database: ReadDatabase,
  signal: AbortSignal | undefined,
  progress: (done: number, total: number) => void,
): Promise<VerifyReport> {
  const total = get<{ count: number }>(database, 'SELECT count(*) AS count FROM journal')?.count ?? 0;
  const pages = verifyPages(database);
  for (;;) {
    const step = pages.next();
    if (step.done) return step.value;
    progress(step.value, total);
    await setImmediate();
    if (signal?.aborted) throw new AppError('cancelled', 'The check was cancelled.');
  }
}
