import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../../shared/contract/errors.ts';
import { defaultCaps } from './caps.ts';
import type { ByteSource } from './types.ts';

/**
 * Opens a file for random access without loading it.
 *
 * @param path the file on disk
 * @param maxBytes the largest file accepted
 * @throws AppError `file.missing`, `file.unreadable`, `file.empty`, `file.too-large`; the message
 *   names the file without its folder
 */
export async function openFileSource(
  path: string,
  maxBytes: number = defaultCaps.maxFileBytes,
): Promise<ByteSource> {
  const name = basename(path);
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw describeOpenFailure(error, name);
  }
  try {
    const status = await handle.stat();
    if (!status.isFile()) {
      throw new AppError('file.unreadable', `“${name}” is not a file. Choose a spreadsheet file.`, {
        file: name,
      });
    }
    checkSize(name, status.size, maxBytes);
    return createFileSource(name, status.size, handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Wraps bytes that are already in memory.
 *
 * @throws AppError `file.empty`, `file.too-large`
 */
export function bufferSource(
  name: string,
  buffer: Buffer,
  maxBytes: number = defaultCaps.maxFileBytes,
): ByteSource {
  checkSize(name, buffer.length, maxBytes);
  return {
    name,
    size: buffer.length,
    read: async (offset, length) => buffer.subarray(offset, offset + length),
    close: async () => {},
  };
}

/** Throws when a file of this size is empty or over the limit. */
export function checkSize(name: string, size: number, maxBytes: number): void {
  if (size === 0) {
    throw new AppError('file.empty', `“${name}” is empty: there is nothing in it to import.`, { file: name });
  }
  if (size > maxBytes) {
    const limit = Math.max(1, Math.floor(maxBytes / (1024 * 1024)));
    throw new AppError(
      'file.too-large',
      `“${name}” is larger than ${limit} MB. Split it into smaller files and import each.`,
      { file: name, size, maxBytes },
    );
  }
}

function createFileSource(name: string, size: number, handle: FileHandle): ByteSource {
  async function fill(target: Buffer, offset: number): Promise<number> {
    const wanted = Math.max(0, Math.min(target.length, size - offset));
    let filled = 0;
    while (filled < wanted) {
      let bytesRead: number;
      try {
        ({ bytesRead } = await handle.read(target, filled, wanted - filled, offset + filled));
      } catch {
        throw new AppError(
          'file.unreadable',
          `“${name}” could not be read to the end. Check the disk or the network drive and try again.`,
          { file: name },
        );
      }
      // A file that shrank while it was read gives fewer bytes; the reader sees a cut file.
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  return {
    name,
    size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = Buffer.allocUnsafeSlow(wanted);
      return buffer.subarray(0, await fill(buffer, offset));
    },
    readInto: fill,
    close: () => handle.close(),
  };
}

/** Fills a buffer from any source, without a copy where the source can. */
export async function readInto(source: ByteSource, target: Buffer, offset: number): Promise<number> {
  if (source.readInto) return source.readInto(target, offset);
  const bytes = await source.read(offset, target.length);
  return bytes.copy(target);
}

function describeOpenFailure(error: unknown, name: string): AppError {
  const cause = (error as NodeJS.ErrnoException).code;
  if (cause === 'ENOENT' || cause === 'ENOTDIR') {
    return new AppError(
      'file.missing',
      `“${name}” was not found. Check that it has not been moved or renamed.`,
      {
        file: name,
      },
    );
  }
  const why =
    cause === 'EACCES' || cause === 'EPERM'
      ? 'you do not have permission to open it'
      : cause === 'EBUSY'
        ? 'another program has locked it; close it there and try again'
        : 'the system refused to open it';
  return new AppError('file.unreadable', `“${name}” could not be read: ${why}.`, { file: name });
}
