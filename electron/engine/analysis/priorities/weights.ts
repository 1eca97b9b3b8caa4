/** The user's weights of priorities: kept in the workspace, journaled, undoable. */
import { z } from 'zod';
import { PriorityWeights } from '../../../../shared/contract/areas/priorities.ts';
import {
  defaultWeights,
  priorityWeights,
  type Weights,
} from '../../../../shared/reference/priorityWeights.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { changedNumbers, undoableSetting } from '../../journal/undoableSetting.ts';
import type { Session } from '../../session.ts';

const setting = undoableSetting({
  key: 'priorityWeights',
  method: 'priorityWeights.save',
  // One that is new since they were kept has its default.
  schema: z.object({
    weights: z.preprocess((kept) => ({ ...defaultWeights, ...Object(kept) }), PriorityWeights),
  }),
  initial: { weights: defaultWeights },
  summary: (before, after) => {
    const changed = changedNumbers(priorityWeights, before.weights, after.weights);
    return changed === null ? null : `Changed weights of priorities: ${changed}`;
  },
  blocked: 'The weights of priorities have been changed since. Undo the later change first.',
});

/** Those of the workspace; the product's own where none were set. */
export const readWeights = (database: ReadDatabase): Weights => setting.read(database).weights;

/** False where they are so already. */
export const saveWeights = (session: Session, weights: Weights): Promise<boolean> =>
  setting.save(session, { weights });

export const swapWeights = setting.swap;
