/** When the workspace locks itself: a setting of the workspace, journaled and never undone by Ctrl+Z. */
import { LockSettings, lockDefaults } from '../../../shared/contract/areas/locking.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readSetting, saveSetting } from '../database/settings.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';

const key = 'locking';

/** The settings as they are; the defaults where none were made, or where what stands there is not understood. */
export function readLockSettings(database: ReadDatabase): LockSettings {
  return readSetting(database, key, LockSettings) ?? lockDefaults;
}

/**
 * Keeps the settings.
 * @throws AppError `workspace.role` where somebody who is no lead wants it never to lock by itself.
 */
export async function changeLockSettings(session: Session, wanted: LockSettings): Promise<LockSettings> {
  return session.exclusively(() => {
    const before = readLockSettings(session.writer);
    if (wanted.idleMinutes === null && before.idleMinutes !== null && session.workspace.user.role !== 'lead')
      throw new AppError(
        'workspace.role',
        'Only a lead of this workspace may choose that it never locks by itself. Choose up to 60 minutes, or ask the lead.',
      );
    if (JSON.stringify(before) === JSON.stringify(LockSettings.parse(wanted))) return before;
    session.writer.transaction(() => {
      saveSetting(session.writer, key, LockSettings.parse(wanted));
      appendEntry(session, {
        operation: 'alteration',
        method: 'locking.change',
        target: 'locking',
        summary: `Changed when the workspace locks: ${saySettings(wanted)}`,
        before,
        after: wanted,
      });
    })();
    return wanted;
  });
}

function saySettings({ idleMinutes, clipboardSeconds, protectScreen }: LockSettings): string {
  const idle = idleMinutes === null ? 'never by itself' : `after ${idleMinutes} min`;
  return `${idle}, clipboard ${clipboardSeconds} s, screenshots ${protectScreen ? 'kept out' : 'let in'}`;
}
