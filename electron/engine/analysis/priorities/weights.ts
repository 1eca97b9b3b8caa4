/** The user's weights of priorities: kept in the workspace, journaled, undoable. */
import { PriorityWeights } from '../../../../shared/contract/areas/priorities.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import {
  defaultWeights,
  priorityWeights,
  type Weights,
  weightNames,
} from '../../../../shared/reference/priorityWeights.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readSetting, saveSetting } from '../../database/settings.ts';
import { appendEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';

const key = 'priorityWeights';

interface Swap {
  weights: Weights;
}

/** Those of the workspace; the product's own where none were set. */
export function readWeights(database: ReadDatabase): Weights {
  const kept = readSetting(database, key, PriorityWeights.partial());
  return Object.fromEntries(
    weightNames.map((name) => [name, kept?.[name] ?? defaultWeights[name]]),
  ) as Weights;
}

/** False where they are so already. */
export async function saveWeights(session: Session, weights: Weights): Promise<boolean> {
  return session.exclusively(() => {
    const before = readWeights(session.writer);
    const changed = weightNames.filter((name) => before[name] !== weights[name]);
    if (changed.length === 0) return false;
    const seq = session.writer.transaction(() => {
      saveSetting(session.writer, key, weights);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'priorityWeights.save',
        summary: `Changed weights of priorities: ${changed.map((name) => `${priorityWeights[name].title} ${weights[name]}`).join(', ')}`,
        before: { weights: before } satisfies Swap,
        after: { weights } satisfies Swap,
        undoable: true,
      });
    })();
    session.announce({ seq, grids: [] });
    return true;
  });
}

/**
 * Undo (`to` = before) and redo (`to` = after) of an entry about weights. Inside a transaction.
 * @throws AppError `journal.blocked` when a later entry changed them again.
 */
export function swapWeights(
  session: Session,
  entry: { before: string | null; after: string | null },
  to: 'before' | 'after',
): void {
  const wanted = JSON.parse(entry[to] ?? '{}') as Swap;
  const standing = JSON.parse(entry[to === 'before' ? 'after' : 'before'] ?? '{}') as Swap;
  const now = readWeights(session.writer);
  if (weightNames.some((name) => now[name] !== standing.weights[name]))
    throw new AppError(
      'journal.blocked',
      'The weights of priorities have been changed since. Undo the later change first.',
    );
  saveSetting(session.writer, key, wanted.weights);
}
