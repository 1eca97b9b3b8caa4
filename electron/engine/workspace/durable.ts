/** What makes a file and its name outlast a power cut, and the words for a disk that does not play along. */
import { closeSync, fsyncSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';

/** Writes a file where none is, for its user alone, and waits until its content is on the disk. */
export function writeNewFile(path: string, content: string | Uint8Array): void {
  writeFileSync(path, content, { flag: 'wx', mode: 0o600, flush: true });
}

/** Waits until the content of a file is on the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Waits until the names in a folder are on the disk: a file that was made or renamed is otherwise not sure to be
 * there after a power cut. Windows keeps names by itself and refuses to open folders.
 */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  let folder: number | undefined;
  try {
    folder = openSync(path, 'r');
    fsyncSync(folder);
  } catch (error) {
    // Some file systems of sticks and shares cannot do it; a failing disk is another matter.
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EACCES', 'EPERM'].includes((error as { code?: string }).code ?? ''))
      throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/**
 * A failure of an open workspace, looked at again: where its file is not there any more or cannot be read, what SQLite
 * calls damage is a disk that was taken away.
 */
export function diskOrDamage(error: unknown, folder: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'workspace.damaged') return error;
  try {
    const file = openSync(join(folder, 'workspace.db'), 'r');
    try {
      readSync(file, Buffer.alloc(16), 0, 16, 0);
    } finally {
      closeSync(file);
    }
    return error;
  } catch {
    return new AppError(
      'workspace.disk',
      'The disk of this workspace is not there, or does not read. Connect it again, lock the workspace and open it; what was saved is on the disk.',
    );
  }
}

const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const refusedCodes = ['EROFS', 'EACCES', 'EPERM'];
const absentCodes = ['ENOENT', 'ENOTDIR'];

/**
 * The AppError for a failure of the file system: full, not to be written, gone or failing. Other errors come back
 * as they are. `what` is the subject of the sentence, for instance `The backup`.
 */
export function diskError(error: unknown, what: string): unknown {
  if (error instanceof AppError) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return error;
  if (fullCodes.includes(code))
    return new AppError(
      'workspace.full',
      `${what} could not be written: the disk is full. Free some space and try again; nothing was changed.`,
    );
  if (refusedCodes.includes(code))
    return new AppError(
      'workspace.read-only',
      `${what} could not be written: the folder is read-only. Check its permissions or choose another one.`,
    );
  if (absentCodes.includes(code))
    return new AppError(
      'workspace.missing',
      `${what} failed: the folder is not there, or no longer. Check the place, and that the disk is connected; nothing was changed.`,
    );
  if (/^E[A-Z0-9]+$/.test(code) && !code.startsWith('ERR'))
    return new AppError(
      'workspace.disk',
      `${what} failed: the disk did not read or write (${code}). Check that it is connected and sound, then try again; nothing was changed.`,
    );
  return error;
}
