/** From which probability records are taken for one: kept in the workspace where somebody set it, journaled, undoable. */
import { z } from 'zod';
import { Threshold, usualThreshold } from '../../../../shared/contract/areas/matching.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readSetting, saveSetting } from '../../database/settings.ts';
import { appendEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';

const key = 'matchThreshold';
const Kept = z.strictObject({ threshold: Threshold.nullable() });
type Kept = z.infer<typeof Kept>;

/** The threshold that somebody set; null where nobody did. */
const readKept = (database: ReadDatabase): number | null =>
  readSetting(database, key, Kept)?.threshold ?? null;

/** The threshold that holds where none is named. */
export const readThreshold = (database: ReadDatabase): number => readKept(database) ?? usualThreshold;

/** Keeps the threshold; false where it is so already. */
export async function keepThreshold(session: Session, threshold: number): Promise<boolean> {
  return session.exclusively(() => {
    const before: Kept = { threshold: readKept(session.writer) };
    if (readThreshold(session.writer) === threshold) return false;
    const after: Kept = { threshold };
    const seq = session.writer.transaction(() => {
      saveSetting(session.writer, key, after);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'matchThreshold.keep',
        summary: `Set from when records are taken for one: ${Math.round(threshold * 10_000) / 100} %`,
        before,
        after,
        undoable: true,
      });
    })();
    session.announce({ seq, grids: [] });
    return true;
  });
}

/**
 * Undo (`to` = before) and redo (`to` = after) of an entry about the threshold. Inside a transaction.
 * @throws AppError `journal.blocked` when a later entry changed it again.
 */
export function swapThreshold(
  session: Session,
  entry: { before: string | null; after: string | null },
  to: 'before' | 'after',
): void {
  const standing = Kept.parse(JSON.parse(entry[to === 'before' ? 'after' : 'before'] ?? '{}'));
  if (readKept(session.writer) !== standing.threshold)
    throw new AppError(
      'journal.blocked',
      'The threshold of matching has been changed since. Undo the later change first.',
    );
  saveSetting(session.writer, key, Kept.parse(JSON.parse(entry[to] ?? '{}')));
}
