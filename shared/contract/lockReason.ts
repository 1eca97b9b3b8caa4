import { z } from 'zod';

/** Why the workspace was locked; the journal and the unlock screen say it. */
export const LockReason = z.enum(['asked', 'idle', 'screen', 'sleep', 'user-switched']);
export type LockReason = z.infer<typeof LockReason>;
