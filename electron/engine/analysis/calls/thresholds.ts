/** The user's thresholds for findings in call data: kept in the workspace, journaled, undoable. */
import { CallThresholds } from '../../../../shared/contract/areas/calls.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Thresholds } from '../../../../shared/reference/callThresholds.ts';
import {
  callThresholds,
  defaultThresholds,
  thresholdNames,
} from '../../../../shared/reference/callThresholds.ts';
import type { ReadDatabase, WriteDatabase } from '../../database/connection.ts';
import { get, run } from '../../database/sql.ts';
import { appendEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';

const key = 'callThresholds';

interface Swap {
  thresholds: Thresholds;
}

/** Those of the workspace; the product's own where none were set. */
export function readThresholds(database: ReadDatabase): Thresholds {
  const row = get<{ value: string }>(database, 'SELECT value FROM setting WHERE key = ?', key);
  if (row === undefined) return defaultThresholds;
  const parsed = CallThresholds.safeParse({ ...defaultThresholds, ...(JSON.parse(row.value) as object) });
  return parsed.success ? parsed.data : defaultThresholds;
}

/** False where they are so already. */
export async function saveThresholds(session: Session, thresholds: Thresholds): Promise<boolean> {
  return session.exclusively(() => {
    const before = readThresholds(session.writer);
    const changed = thresholdNames.filter((name) => before[name] !== thresholds[name]);
    if (changed.length === 0) return false;
    const seq = session.writer.transaction(() => {
      putThresholds(session.writer, thresholds);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'callThresholds.save',
        summary: `Changed thresholds of call data: ${changed.map((name) => `${callThresholds[name].title} ${thresholds[name]}`).join(', ')}`,
        before: { thresholds: before } satisfies Swap,
        after: { thresholds } satisfies Swap,
        undoable: true,
      });
    })();
    session.announce({ seq, grids: [] });
    return true;
  });
}

function putThresholds(database: WriteDatabase, thresholds: Thresholds): void {
  run(
    database,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(thresholds),
  );
}

/**
 * Undo (`to` = before) and redo (`to` = after) of an entry about thresholds. Inside a transaction.
 * @throws AppError `journal.blocked` when a later entry changed them again.
 */
export function swapThresholds(
  session: Session,
  entry: { before: string | null; after: string | null },
  to: 'before' | 'after',
): void {
  const wanted = JSON.parse(entry[to] ?? '{}') as Swap;
  const standing = JSON.parse(entry[to === 'before' ? 'after' : 'before'] ?? '{}') as Swap;
  const now = readThresholds(session.writer);
  if (thresholdNames.some((name) => now[name] !== standing.thresholds[name]))
    throw new AppError(
      'journal.blocked',
      'The thresholds of call data have been changed since. Undo the later change first.',
    );
  putThresholds(session.writer, wanted.thresholds);
}
