/** When the workspace locks itself, and what goes with it. */
import { z } from 'zod';
import { analyst, reader } from '../needs.ts';

export type { LockReason } from '../lockReason.ts';

export const LockSettings = z.strictObject({
  /** Minutes without a key, a click or a movement until it locks; null never, which only a lead may choose. */
  idleMinutes: z.int().min(1).max(60).nullable(),
  /** Seconds until what was copied is taken off the clipboard again. */
  clipboardSeconds: z.int().min(10).max(600),
  /** Keeps the window out of screenshots and shared screens, where the system can. */
  protectScreen: z.boolean(),
});
export type LockSettings = z.infer<typeof LockSettings>;

export const lockDefaults: LockSettings = { idleMinutes: 10, clipboardSeconds: 60, protectScreen: true };

export const lockingContract = {
  settings: reader.output(LockSettings),
  change: analyst.input(LockSettings).output(LockSettings),
} as const;
