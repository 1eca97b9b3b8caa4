/**
 * Backups of the open workspace: when one is due, made and proved in a thread, old ones removed, all of it journaled.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BackupReason, BackupReport } from '../../../../shared/contract/areas/backups.ts';
import { BackupSettings } from '../../../../shared/contract/areas/backups.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readSetting, saveSetting } from '../../database/settings.ts';
import { get } from '../../database/sql.ts';
import { appendEntry } from '../../journal/journal.ts';
import { createQueue } from '../../queue.ts';
import type { Session } from '../../session.ts';
import { readHead } from '../recentEntries.ts';
import type { BackupKeeper, BackupMode, Watch } from './backupKeeper.ts';
import { backupExtension, chooseToRemove, isDue, listBackups, removeBackups } from './folder.ts';
import { writeBackup, writeOwnBackup } from './writeBackup.ts';

const settingsKey = 'backups';

const defaultSettings: BackupSettings = {
  everyHours: 24,
  afterRows: 10_000,
  newest: 5,
  days: 7,
  weeks: 4,
  megabytes: 4000,
};

export function readBackupSettings(database: ReadDatabase): BackupSettings {
  return readSetting(database, settingsKey, BackupSettings) ?? defaultSettings;
}

export function saveBackupSettings(session: Session, settings: BackupSettings): Promise<BackupSettings> {
  return session.exclusively(() =>
    session.writer.transaction(() => {
      const before = readBackupSettings(session.writer);
      saveSetting(session.writer, settingsKey, settings);
      appendEntry(session, {
        operation: 'alteration',
        method: 'backups.saveSettings',
        summary: 'Changed when backups are made and how many are kept',
        before,
        after: settings,
      });
      return settings;
    })(),
  );
}

export function createBackupKeeper(session: Session, mode: BackupMode): BackupKeeper {
  const { workspace } = session;
  // Read afresh each time: key and connections are others after the data key was changed.
  const source = () => ({
    folder: workspace.folder,
    workspaceId: workspace.id,
    dataKey: workspace.dataKey,
  });
  const closing = new AbortController();
  // Two copies at once only make both slower.
  const inTurn = createQueue();
  let failed: string | null = null;
  let waiting = false;

  const record = (entry: Parameters<typeof appendEntry>[1]) =>
    session.exclusively(() => session.writer.transaction(() => appendEntry(session, entry))());

  async function makeNow(reason: BackupReason, watch: Watch): Promise<BackupReport> {
    const report = await writeOwnBackup(
      source(),
      readHead(session.reader).seq,
      { at: session.clock(), reason },
      watch,
    );
    const removed = chooseToRemove(
      listBackups(workspace.folder, workspace.dataKey),
      readBackupSettings(session.reader),
    ).filter(
      // What was made this moment is what was asked for, whatever the settings say.
      ({ name }) => name !== report.file,
    );
    removeBackups(workspace.folder, removed);
    failed = null;
    await record({
      operation: 'session',
      method: 'backups.make',
      summary: `Made a backup: ${report.file}`,
      after: { ...report, removed: removed.map(({ name }) => name) },
    });
    return report;
  }

  /** Closing ends every backup, also one that was asked for: a workspace that locks does not wait. */
  const untilClosing = (watch: Watch): Watch => ({
    ...watch,
    signal: watch.signal ? AbortSignal.any([watch.signal, closing.signal]) : closing.signal,
  });

  const make = (reason: BackupReason, watch: Watch = {}) =>
    inTurn(() => makeNow(reason, untilClosing(watch)));

  function makeUnasked(reason: BackupReason): void {
    if (waiting) return;
    waiting = true;
    make(reason)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        if (error instanceof AppError) failed = error.message;
        else session.keepError(error);
      })
      .finally(() => {
        waiting = false;
      });
  }

  /** Nothing is due before something was done that is worth keeping. */
  function due(): boolean {
    const [newest] = listBackups(workspace.folder, null);
    const changed = get(
      session.reader,
      "SELECT 1 FROM journal WHERE seq > ? AND operation NOT IN ('session', 'consultation') AND seq > 1 LIMIT 1",
      newest?.entries ?? 0,
    );
    if (!changed) return false;
    const made =
      newest?.at ?? get<{ at: string }>(session.reader, 'SELECT at FROM journal WHERE seq = 1')?.at ?? '';
    return isDue(made, session.clock(), readBackupSettings(session.reader).everyHours);
  }

  let nextLook = 0;
  const minutes = 10;

  if (mode === 'background' && due()) makeUnasked('regular');

  return {
    make,
    between: inTurn,
    isDue: due,
    failure: () => failed,
    async toFile({ folder, name, reason }, watch = {}) {
      const at = session.clock();
      const file = checkedName(name ?? suggestedName(workspace.folderName, at));
      // Told before it is done: no copy of a workspace is outside that its journal does not tell of.
      const seq = await record({
        operation: 'disclosure',
        method: 'backups.toFile',
        summary: 'Wrote an encrypted copy of the whole workspace to a file',
        reason,
        after: { file },
      });
      try {
        return await inTurn(() =>
          writeBackup(source(), join(folder, file), { at, reason: 'file' }, untilClosing(watch)),
        );
      } catch (error) {
        await record({
          operation: 'disclosure',
          method: 'backups.toFile',
          summary: `The copy of entry ${seq} was not written; nothing was left`,
        }).catch(session.keepError);
        throw error;
      }
    },
    noteChange(seq) {
      if (mode !== 'background') return;
      const rows =
        get<{ rows: number }>(session.reader, 'SELECT rows FROM import WHERE seq = ?', seq)?.rows ?? 0;
      if (rows >= readBackupSettings(session.reader).afterRows) return makeUnasked('import');
      const time = performance.now();
      if (time < nextLook) return;
      nextLook = time + minutes * 60_000;
      if (due()) makeUnasked('regular');
    },
    async close() {
      if (mode === 'on-closing' && due()) await make('regular').catch(session.keepError);
      closing.abort();
      // A copy in the middle of its work ends only with it; its files go then.
      await Promise.race([
        inTurn(() => undefined),
        wait(mode === 'background' ? 500 : 30_000, undefined, { ref: false }),
      ]);
    },
  };
}

/** `op 2026-11-30 0311.fellside-backup`. */
function suggestedName(folderName: string, at: string): string {
  const name = folderName.replace(/\.fellside$/, '');
  return `${name} ${at.slice(0, 10)} ${at.slice(11, 16).replace(':', '')}.${backupExtension}`;
}

/** A name alone: it leads into no other folder. @throws AppError `usage`. */
function checkedName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (name === '.' || name === '..' || /[/\\\u0000-\u001f:]/.test(name))
    throw new AppError('usage', 'The name of the backup is a file name alone, without folders.');
  return name;
}
