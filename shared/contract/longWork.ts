import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Progress } from './schemas.ts';

/** The output of a method that takes a while: progress as it comes, then `done` with the report. */
export const longWork = <Report extends z.ZodType>(report: Report) =>
  eventIterator(z.union([Progress, z.object({ type: z.literal('done'), report })]));
