/** When the workspace locks itself, and what goes with it. */
import { openSession, procedures } from '../context.ts';
import { changeLockSettings, readLockSettings } from '../locking/settings.ts';

export const lockingHandlers = {
  settings: procedures.locking.settings.handler(({ context }) =>
    readLockSettings(openSession(context).reader),
  ),
  change: procedures.locking.change.handler(({ context, input }) =>
    changeLockSettings(openSession(context), input),
  ),
};
