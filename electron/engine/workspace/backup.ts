/** Backups of the database, made page by page into the folder `backups`: encrypted like the original. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { openDatabase } from '../database/connection.ts';

/**
 * Copies the database and proves that the copy opens and is whole. Returns the file's name.
 * @throws AppError `workspace.damaged` when the copy is not whole; it is removed then.
 */
export async function backUpDatabase(
  database: WriteDatabase,
  folder: string,
  key: Buffer,
  now: string,
): Promise<string> {
  const name = `before-migration-${now.replace(/[^0-9]/g, '').slice(0, 14)}.db`;
  const path = join(folder, 'backups', name);
  const temporary = `${path}.part`;
  mkdirSync(join(folder, 'backups'), { recursive: true, mode: 0o700 });
  rmSync(temporary, { force: true });
  try {
    // VACUUM INTO keeps the cipher and the key of the source; nothing is written in clear.
    database.prepare('VACUUM INTO ?').run(temporary);
    const copy = openDatabase(temporary, { key, readonly: true });
    const check = copy.pragma('quick_check', { simple: true });
    copy.close();
    if (check !== 'ok')
      throw new AppError(
        'workspace.damaged',
        'The backup before migrating is not whole, so nothing was migrated. Check the disk.',
      );
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return name;
}
