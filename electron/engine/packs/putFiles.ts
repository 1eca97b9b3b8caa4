/** Puts the files of a pack into a folder: each whole or not at all, and never over one that is there. */
import { access, link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackFile } from './manifest.ts';

/**
 * Writes a file under its name. `made` gets every path that may be on the disk afterwards, for the caller to take
 * back. @throws AppError `pack.failed` when the name is taken, and what the file system throws.
 */
export async function putFile(
  folder: string,
  file: Pick<PackFile, 'name' | 'bytes'>,
  made: string[],
): Promise<void> {
  const path = join(folder, file.name);
  const temporary = `${path}.part`;
  made.push(temporary);
  await writeFile(temporary, file.bytes, { mode: 0o600, flush: true });
  const taken = () =>
    new AppError(
      'pack.failed',
      `${file.name} is in the folder already. Choose another folder or move the old pack away.`,
    );
  try {
    await link(temporary, path);
    await rm(temporary);
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') throw taken();
    // A memory stick's file system has no hard links: rename after a look.
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      throw taken();
    await rename(temporary, path);
  }
  made.push(path);
}

/** Takes back what was put. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(path, { force: true })));
}
