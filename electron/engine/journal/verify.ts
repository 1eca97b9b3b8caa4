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
import { mayHaveDone, standingReader, verifyRoster } from '../people/roster.ts';
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

/** A signature to be checked. */
interface Signed {
  seq: number;
  hash: string;
  signature: string;
  key: string;
  /** Hash of the entry before it. */
  after: string;
}

/** The signatures of a page, and how many entries were read so far. */
interface Page {
  signed: readonly Signed[];
  read: number;
}

/**
 * The check, a page at a time: everything but the signatures, which it gives out, and is told the first that does not
 * hold. Signatures cost the most, and whoever runs this may check several at once.
 */
function* verifyPages(database: ReadDatabase): Generator<Page, VerifyReport, Signed | null> {
  const standing = standingReader(database);
  let signed: Signed[] = [];
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
  /** What is wrong with the next entry but for its signature; null where nothing is, and it counts. */
  const check = (entry: Stored): VerifyReport | null => {
    if (entry.seq !== expected) return broken(expected, 'the entry is missing');
    if (entry.prev_hash !== previousHash) return broken(entry.seq, 'it does not follow the entry before it');
    if (entry.erased === null) {
      if (hashEntry(previousHash, entry) !== entry.hash) return broken(entry.seq, 'its content was changed');
    } else if (isBlank(entry) && entry.erased > entry.seq) {
      const others = blanked.get(entry.erased);
      if (others) others.push(entry);
      else blanked.set(entry.erased, [entry]);
    } else return broken(entry.seq, 'its content was changed');
    const user = standing(entry.user_id, entry.seq);
    if (!user) return broken(entry.seq, "its signature is not its user's");
    signed.push({
      seq: entry.seq,
      hash: entry.hash,
      signature: entry.signature,
      key: user.signingKey,
      after: previousHash,
    });
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
    return null;
  };
  for (;;) {
    const entries = page.all(expected - 1, pageSize) as Stored[];
    signed = [];
    let problem: VerifyReport | null = null;
    for (const entry of entries) {
      problem = check(entry);
      if (problem) break;
    }
    const forged = yield { signed, read: expected - 1 };
    if (forged) {
      expected = forged.seq;
      previousHash = forged.after;
      return broken(forged.seq, "its signature is not its user's");
    }
    if (problem) return problem;
    if (entries.length < pageSize) break;
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
  // Whose keys the entries were checked against is itself signed.
  const roster = verifyRoster(database);
  if (roster.problem) return broken(Math.max(1, roster.seq), roster.problem);
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
  const holds = signatureChecker();
  const pages = verifyPages(database);
  let forged: Signed | null = null;
  for (;;) {
    const step = pages.next(forged);
    if (step.done) return step.value;
    forged = step.value.signed.find((each) => !holds(each.hash, each.signature, each.key)) ?? null;
  }
}

/**
 * The same, with the signatures of a page on all cores, answering other calls between pages.
 * @throws AppError `cancelled`
 */
export async function verifyJournal(
  database: ReadDatabase,
  signal: AbortSignal | undefined,
  progress: (done: number, total: number) => void,
): Promise<VerifyReport> {
  const total = get<{ count: number }>(database, 'SELECT count(*) AS count FROM journal')?.count ?? 0;
  const holds = signatureChecker();
  const pages = verifyPages(database);
  let forged: Signed | null = null;
  for (;;) {
    const step = pages.next(forged);
    if (step.done) return step.value;
    const { signed, read } = step.value;
    const good = await Promise.all(signed.map((each) => holds.apart(each.hash, each.signature, each.key)));
    forged = signed[good.indexOf(false)] ?? null;
    progress(read, total);
    await setImmediate();
    if (signal?.aborted) throw new AppError('cancelled', 'The check was cancelled.');
  }
}
