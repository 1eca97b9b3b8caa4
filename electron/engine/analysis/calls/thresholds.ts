/** The user's thresholds for findings in call data: kept in the workspace, journaled, undoable. */
import { z } from 'zod';
import { CallThresholds } from '../../../../shared/contract/areas/calls.ts';
import type { Thresholds } from '../../../../shared/reference/callThresholds.ts';
import { callThresholds, defaultThresholds } from '../../../../shared/reference/callThresholds.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { changedNumbers, undoableSetting } from '../../journal/undoableSetting.ts';
import type { Session } from '../../session.ts';

const setting = undoableSetting({
  key: 'callThresholds',
  method: 'callThresholds.save',
  // One that is new since they were kept has its default.
  schema: z.object({
    thresholds: z.preprocess((kept) => ({ ...defaultThresholds, ...Object(kept) }), CallThresholds),
  }),
  initial: { thresholds: defaultThresholds },
  summary: (before, after) => {
    const changed = changedNumbers(callThresholds, before.thresholds, after.thresholds);
    return changed === null ? null : `Changed thresholds of call data: ${changed}`;
  },
  blocked: 'The thresholds of call data have been changed since. Undo the later change first.',
});

/** Those of the workspace; the product's own where none were set. */
export const readThresholds = (database: ReadDatabase): Thresholds => setting.read(database).thresholds;

/** False where they are so already. */
export const saveThresholds = (session: Session, thresholds: Thresholds): Promise<boolean> =>
  setting.save(session, { thresholds });

export const swapThresholds = setting.swap;
