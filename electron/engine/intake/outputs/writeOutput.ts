/**
 * Puts a file that leaves the workspace into a folder: whole or not at all, never over another one, and only
 * together with the journal entry that says who took it and why.
 */
import { createHash, randomBytes } from 'node:crypto';
import { access, constants, type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { NewEntry } from '../../journal/journal.ts';
import { appendEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';

export interface Output {
  folder: string;
  /** Wished name of the file; a number is added when it is taken. */
  name: string;
  content: Iterable<Buffer> | AsyncIterable<Buffer>;
  /** The entry that records it, from what was written. */
  entry: (written: { file: string; sha256: string }) => NewEntry;
}

const maximumTries = 1000;

/** @throws AppError `pack.failed` when the folder cannot be written, and whatever `content` throws. */
export async function writeOutput(
  session: Session,
  output: Output,
): Promise<{ file: string; sha256: string }> {
  const temporary = join(output.folder, `.${randomBytes(9).toString('base64url')}.part`);
  let written: string | null = null;
  try {
    const sha256 = await writeTemporary(temporary, output.content);
    return await session.exclusively(async () => {
      const database = session.writer;
      database.exec('BEGIN IMMEDIATE');
      try {
        const file = await moveIntoPlace(temporary, output.folder, output.name);
        written = join(output.folder, file);
        const seq = appendEntry(session, output.entry({ file, sha256 }));
        database.exec('COMMIT');
        session.announce({ seq, grids: [] });
        return { file, sha256 };
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        if (written) await rm(written, { force: true });
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof AppError || !isFileError(error)) throw error;
    throw new AppError(
      'pack.failed',
      'The file could not be written to the folder. Check the disk and the permissions; nothing was left there.',
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

const isFileError = (error: unknown) => /^E[A-Z]+$/.test((error as { code?: string }).code ?? '');

async function writeTemporary(path: string, content: Output['content']): Promise<string> {
  const hash = createHash('sha256');
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'wx', 0o600);
    for await (const piece of content) {
      hash.update(piece);
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle?.close();
  }
  return hash.digest('hex');
}

/** Gives the file its name, or the next free one with a number. */
async function moveIntoPlace(temporary: string, folder: string, name: string): Promise<string> {
  const ending = extname(name);
  for (let attempt = 1; attempt <= maximumTries; attempt += 1) {
    const file = attempt === 1 ? name : `${name.slice(0, name.length - ending.length)} (${attempt})${ending}`;
    const path = join(folder, file);
    try {
      await link(temporary, path);
      return file;
    } catch (error) {
      if ((error as { code?: string }).code === 'EEXIST') continue;
      // A memory stick's file system has no hard links: rename after a look.
      if (
        await access(path, constants.F_OK).then(
          () => true,
          () => false,
        )
      )
        continue;
      await rename(temporary, path);
      return file;
    }
  }
  throw new AppError('pack.failed', `${name} is in the folder too many times. Choose another folder.`);
}

/** A name that every file system takes, from one that came with a file: its last part, made harmless. */
export function safeFileName(name: string): string {
  const last =
    name
      .replace(/^.* › /, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(-150);
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `file ${plain}`.trim() : plain;
}
