/** From which probability records are taken for one: kept in the workspace where somebody set it, journaled, undoable. */
import { z } from 'zod';
import { Threshold, usualThreshold } from '../../../../shared/contract/areas/matching.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { undoableSetting } from '../../journal/undoableSetting.ts';
import type { Session } from '../../session.ts';

const setting = undoableSetting({
  key: 'matchThreshold',
  method: 'matchThreshold.keep',
  schema: z.strictObject({ threshold: Threshold.nullable() }),
  initial: { threshold: null },
  summary: (before, { threshold }) =>
    (before.threshold ?? usualThreshold) === (threshold ?? usualThreshold)
      ? null
      : `Set from when records are taken for one: ${Math.round((threshold ?? usualThreshold) * 10_000) / 100} %`,
  blocked: 'The threshold of matching has been changed since. Undo the later change first.',
});

/** The threshold that holds where none is named. */
export const readThreshold = (database: ReadDatabase): number =>
  setting.read(database).threshold ?? usualThreshold;

/** Keeps the threshold; false where it is so already. */
export const keepThreshold = (session: Session, threshold: number): Promise<boolean> =>
  setting.save(session, { threshold });

export const swapThreshold = setting.swap;
