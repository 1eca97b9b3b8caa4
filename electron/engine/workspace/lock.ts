/**
 * The lock against a second opener. It is the operating system's own file lock, held through an empty
 * SQLite file: a killed process leaves none behind, and no guess about process numbers is needed.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';

export interface WorkspaceLock {
  release(): void;
}

/** @throws AppError `workspace.locked` when another opener holds it, `workspace.read-only`. */
export function takeLock(folder: string): WorkspaceLock {
  let holder: Database.Database | undefined;
  try {
    holder = new Database(join(folder, 'lock'), { timeout: 0 });
    holder.pragma('journal_mode = MEMORY');
    holder.exec('BEGIN EXCLUSIVE');
    const held = holder;
    return { release: () => held.close() };
  } catch (error) {
    holder?.close();
    const code = (error as { code?: string }).code ?? '';
    if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
      throw new AppError(
        'workspace.locked',
        'This workspace is open in another window or by another command. Close it there and try again.',
      );
    }
    throw new AppError(
      'workspace.read-only',
      'The workspace folder cannot be written. Check its permissions or copy it to a folder of your own.',
    );
  }
}
