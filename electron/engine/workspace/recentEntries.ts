/** The check of every opening: cheap, and enough to see what was cut off or changed last. */
import type { ReadDatabase } from '../database/connection.ts';
import { all, get } from '../database/sql.ts';
import type { EntryContent } from '../journal/hash.ts';
import { hashEntry, signatureChecker } from '../journal/hash.ts';
import { standingReader } from '../people/roster.ts';

/** Newest entries that are checked at each opening; each costs a signature, about 0.1 ms. */
const entriesChecked = 50;

export interface Head {
  /** Number of the newest entry; 0 where there is none. */
  seq: number;
  hash: string | null;
}

export function readHead(database: ReadDatabase): Head {
  return (
    get<{ seq: number; hash: string }>(
      database,
      'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1',
    ) ?? {
      seq: 0,
      hash: null,
    }
  );
}

export function hashAt(database: ReadDatabase, seq: number): string | null {
  return get<{ hash: string }>(database, 'SELECT hash FROM journal WHERE seq = ?', seq)?.hash ?? null;
}

type Stored = EntryContent & { prev_hash: string; hash: string; signature: string; erased?: number | null };

/** What is wrong with the newest entries of the journal, in words; null where they hold. */
export function recentProblem(database: ReadDatabase): { seq: number; what: string } | null {
  const standing = standingReader(database);
  const holds = signatureChecker();
  const entries = all<Stored>(database, 'SELECT * FROM journal ORDER BY seq DESC LIMIT ?', entriesChecked);
  for (const [index, entry] of entries.entries()) {
    const before = entries[index + 1];
    if (before && entry.seq !== before.seq + 1) return { seq: before.seq + 1, what: 'the entry is missing' };
    if (before && entry.prev_hash !== before.hash)
      return { seq: entry.seq, what: 'it does not follow the entry before it' };
    // What an erasure left of an entry is judged by the check of the whole journal.
    if ((entry.erased ?? null) === null && hashEntry(entry.prev_hash, entry) !== entry.hash)
      return { seq: entry.seq, what: 'its content was changed' };
    const key = standing(entry.user_id, entry.seq)?.signingKey;
    if (!key || !holds(entry.hash, entry.signature, key))
      return { seq: entry.seq, what: "its signature is not its user's" };
  }
  return null;
}
