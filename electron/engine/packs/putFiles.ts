/** Hands the files of a pack over: journaled first, written then, never over a file that is there. */
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackFile } from './manifest.ts';

/**
 * Takes the names in the folder, calls `record` (which commits the entry of the disclosure), and only then writes
 * what the files hold: a process that is killed at any moment leaves no content outside that the journal does not
 * tell of. When the content cannot be written after all, everything is removed and `takeBack` says so in the journal.
 *
 * @throws AppError `pack.failed` when a name is taken or the folder cannot be written, and what `record` throws.
 */
export async function handOver<Result>(
  folder: string,
  files: readonly Pick<PackFile, 'name' | 'bytes'>[],
  record: () => Result,
  takeBack: (recorded: Result) => void,
): Promise<Result> {
  const made: string[] = [];
  let recorded: Result;
  try {
    for (const { name } of files) await takeName(folder, name, made);
    recorded = record();
  } catch (error) {
    await removeFiles(made);
    throw isFileError(error) ? failed() : error;
  }
  try {
    for (const { name, bytes } of files) {
      const path = join(folder, name);
      made.push(`${path}.part`);
      await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true });
      await rename(`${path}.part`, path);
    }
    return recorded;
  } catch (error) {
    await removeFiles(made);
    takeBack(recorded);
    throw isFileError(error) ? failed() : error;
  }
}

/** Makes an empty file of this name. One that a killed process left empty is taken over. */
async function takeName(folder: string, name: string, made: string[]): Promise<void> {
  const path = join(folder, name);
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    const found = await stat(path);
    if (!found.isFile() || found.size > 0)
      throw new AppError(
        'pack.failed',
        `${name} is in the folder already. Choose another folder or move the old pack away.`,
      );
  }
  made.push(path);
}

const failed = () =>
  new AppError(
    'pack.failed',
    'The pack could not be written to the folder. Check the disk and the permissions; nothing was left there.',
  );

const isFileError = (error: unknown) => /^E[A-Z]+$/.test((error as { code?: string }).code ?? '');

async function removeFiles(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(path, { force: true }).catch(() => undefined)));
}
