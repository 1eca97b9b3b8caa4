/**
 * The files of a change of the data key. `workspace.db.next` is the database under the new key, whole and proved
 * before the header says anything of it. From then until it has its name the header seals both keys to every user:
 * whoever opens the workspace in between finishes the change, or goes back where the new file is not there.
 *
 *   1  workspace.db.next written, proved, on the disk   (a crash before: it is thrown away at the next opening)
 *   2  workspace.json seals the old key and the new one (a crash after: the next opening takes step 3)
 *   3  workspace.db.next takes the place of workspace.db
 *   4  workspace.json seals the new key alone, as the copy in the new database says
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, opensUnder } from '../database/connection.ts';
import { syncFolder } from '../workspace/durable.ts';

export const nextDatabase = (folder: string) => join(folder, 'workspace.db.next');

/** The next database and what SQLite leaves beside it. */
export function discardNext(folder: string): void {
  for (const end of ['', '-wal', '-shm', '-journal'])
    rmSync(`${nextDatabase(folder)}${end}`, { force: true });
}

/** Puts the next database in its place. Both are closed. */
export function placeNext(folder: string): void {
  const path = join(folder, 'workspace.db');
  // A log of the old database must not meet the new one. It is empty: the old one was closed after a checkpoint.
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  renameSync(nextDatabase(folder), path);
  syncFolder(folder);
}

/** Whether the file is a whole database under this key. */
function isWhole(path: string, key: Buffer): boolean {
  try {
    const database = openDatabase(path, { key, readonly: true });
    try {
      return database.pragma('quick_check', { simple: true }) === 'ok';
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/**
 * Ends a change of the data key that was interrupted, whichever way, and gives the key of the database that stands
 * now. `dataKeys` are those that the header seals, newest first. The workspace is locked and not open.
 */
export function finishRotation(folder: string, dataKeys: readonly Buffer[]): Buffer {
  const path = join(folder, 'workspace.db');
  const [newest, older] = dataKeys;
  if (!newest) throw new Error('no data key');
  if (!older || opensUnder(path, newest)) {
    discardNext(folder);
    return newest;
  }
  if (existsSync(nextDatabase(folder)) && isWhole(nextDatabase(folder), newest)) {
    placeNext(folder);
    return newest;
  }
  discardNext(folder);
  return older;
}
