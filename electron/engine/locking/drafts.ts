/**
 * Drafts: what a user has written and not yet saved. They stand in the encrypted database, so that they outlive a
 * lock, a crash and a flat battery, and are gone when they are saved or dropped. No entry of the journal is made:
 * nothing of the plan changes until the user saves.
 */
import type { Draft } from '../../../shared/contract/areas/drafts.ts';
import { mostDrafts } from '../../../shared/contract/areas/drafts.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { all, get, run } from '../database/sql.ts';
import type { Session } from '../session.ts';

/** Most characters of all drafts of one user together. */
const longestTogether = 4_000_000;

/** The drafts of the user who is in, the oldest first. */
export function listDrafts(session: Session): Draft[] {
  return all<Draft>(
    session.reader,
    'SELECT key, value, saved_at AS savedAt FROM draft WHERE user_id = ? ORDER BY saved_at, key',
    session.workspace.user.id,
  );
}

/**
 * Keeps each value under its key and lets go of the keys whose value is null. All or nothing.
 * @throws AppError `invalid` when there would be too many, or too much in them.
 */
export async function keepDrafts(
  session: Session,
  drafts: readonly { key: string; value: string | null }[],
): Promise<number> {
  const user = session.workspace.user.id;
  return session.exclusively(() =>
    session.writer.transaction(() => {
      for (const { key, value } of drafts) {
        if (value === null) run(session.writer, 'DELETE FROM draft WHERE user_id = ? AND key = ?', user, key);
        else
          run(
            session.writer,
            `INSERT INTO draft (user_id, key, value, saved_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at`,
            user,
            key,
            value,
            session.clock(),
          );
      }
      const held = get<{ count: number; length: number }>(
        session.writer,
        'SELECT count(*) AS count, coalesce(sum(length(value)), 0) AS length FROM draft WHERE user_id = ?',
        user,
      ) ?? { count: 0, length: 0 };
      if (held.count > mostDrafts || held.length > longestTogether)
        throw new AppError(
          'invalid',
          'There is too much that is written and not saved. Save or drop some of it.',
        );
      return held.count;
    })(),
  );
}
