/**
 * Takes a person out of the record: the content of the entries that hold something of them goes under an entry of
 * erasure, which keeps who, when, which entries and which reference, and no value. What is kept of them stays under its
 * hash and signature, and the new entry vouches for it.
 */
import { makeRef } from '../../../../shared/grid/grids.ts';
import { all, run } from '../../database/sql.ts';
import type { StoredEntry } from '../../journal/journal.ts';
import { appendEntry } from '../../journal/journal.ts';
import { hashKept } from '../../journal/verify.ts';
import type { Session } from '../../session.ts';
import type { Subject } from './subject.ts';

/** Numbers of the entries whose content tells of the person, rising. */
export function entriesAbout(database: Session['writer'], subject: Subject): number[] {
  const keys = [...subject.refs, ...subject.dependants.map(({ grid, id }) => makeRef(grid, id))].map(
    (ref) => `"${ref}":`,
  );
  const found: number[] = [];
  // A search that showed the person holds what was typed, be it a surname alone.
  const shown = new Set(
    all<{ seq: number }>(
      database,
      `SELECT seq FROM journal_ref WHERE grid = 'people' AND row_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(subject.ids),
    ).map(({ seq }) => seq),
  );
  const page = database.prepare(
    `SELECT seq, target, summary, before, after, reason FROM journal
     WHERE seq > ? AND erased IS NULL AND operation <> 'erasure' ORDER BY seq LIMIT 500`,
  );
  for (let last = 0; ; ) {
    const entries = page.all(last) as Pick<
      StoredEntry,
      'seq' | 'target' | 'summary' | 'before' | 'after' | 'reason'
    >[];
    for (const entry of entries) {
      last = entry.seq;
      const values = `${entry.before ?? ''}${entry.after ?? ''}`;
      if (
        keys.some((key) => values.includes(key)) ||
        [entry.target, entry.summary, entry.before, entry.after, entry.reason].some(
          (text) =>
            text !== null &&
            (subject.marks.tells(text) || (shown.has(entry.seq) && subject.marks.mayTell(text))),
        )
      )
        found.push(entry.seq);
    }
    if (entries.length < 500) return found;
  }
}

/** Appends the entry of erasure and blanks what it names. Inside the transaction; the last thing that it does. */
export function eraseEntries(
  session: Session,
  subject: Subject,
  seqs: readonly number[],
  told: { reason: string; counts: Record<string, number> },
): number {
  const kept = all<StoredEntry>(
    session.writer,
    'SELECT * FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq',
    JSON.stringify(seqs),
  );
  const seq = appendEntry(session, {
    operation: 'erasure',
    method: 'closing.erasePerson',
    target: subject.ref,
    summary: `Erased ${subject.ref}`,
    after: {
      refs: subject.refs,
      entries: kept.map((entry) => entry.seq),
      kept: hashKept(kept),
      counts: told.counts,
    },
    reason: told.reason,
  });
  for (const entry of kept)
    run(
      session.writer,
      `UPDATE journal SET target = NULL, summary = '', before = NULL, after = NULL, reason = NULL, erased = ?
       WHERE seq = ?`,
      seq,
      entry.seq,
    );
  return seq;
}
