/** The original files of an import: fingerprinted, kept whole inside the workspace, opened again from there. */
import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { get, prepare, run, takeNumbers } from '../database/sql.ts';
import { readInto } from './readers/byteSource.ts';
import type { ByteSource } from './readers/types.ts';

/** How much of a kept file is compressed as one: to look at a row, a part is inflated. */
const partBytes = 1024 * 1024;
/** The first level: a little larger than the usual one, in half the time. */
const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The bytes of a file in parts of `size`, the last one shorter; each part is overwritten by the next. */
async function* partsOf(source: ByteSource, size: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(size, source.size));
  for (let offset = 0; offset < source.size; ) {
    signal?.throwIfAborted();
    let filled = 0;
    while (filled < buffer.length && offset < source.size) {
      const read = await readInto(source, buffer.subarray(filled), offset);
      if (read === 0) break;
      filled += read;
      offset += read;
    }
    if (filled === 0) return;
    yield buffer.subarray(0, filled);
  }
}

/** SHA-256 of a file, in hex, read in parts. */
export async function fingerprint(source: ByteSource, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of partsOf(source, partBytes, signal)) hash.update(bytes);
  return hash.digest('hex');
}

/**
 * Keeps the file, once per SHA-256, and returns its id. Inside the transaction of the import.
 * @throws AppError `file.unreadable` when the file changed since it was fingerprinted.
 */
export async function keepFile(
  database: WriteDatabase,
  source: ByteSource,
  sha256: string,
  signal?: AbortSignal,
): Promise<number> {
  const known = get<{ id: number; erased: number | null }>(
    database,
    'SELECT id, erased FROM source_file WHERE sha256 = ?',
    sha256,
  );
  if (known && known.erased !== null)
    throw new AppError(
      'invalid',
      `${source.name} holds a person who was erased under entry ${known.erased}. Take the rows about them out of the file, then import it.`,
    );
  if (known) return known.id;
  const id = takeNumbers(database, 'source_file', 1);
  run(
    database,
    'INSERT INTO source_file (id, sha256, name, size) VALUES (?, ?, ?, ?)',
    id,
    sha256,
    source.name,
    source.size,
  );
  const insert = prepare(database, 'INSERT INTO source_file_chunk (file_id, part, bytes) VALUES (?, ?, ?)');
  const hash = createHash('sha256');
  let part = 0;
  for await (const bytes of partsOf(source, partBytes, signal)) {
    hash.update(bytes);
    insert.run(id, part, zstdCompressSync(bytes, quick));
    part += 1;
  }
  if (hash.digest('hex') !== sha256) {
    throw new AppError(
      'file.unreadable',
      `${source.name} changed while it was read. Close it in other programs and import it again.`,
    );
  }
  return id;
}

/** A kept file as a source, inflating one part at a time. @throws AppError `not-found`. */
export function keptFile(database: ReadDatabase, sha256: string): ByteSource {
  const file = get<{ id: number; name: string; size: number; erased: number | null }>(
    database,
    'SELECT id, name, size, erased FROM source_file WHERE sha256 = ?',
    sha256,
  );
  if (!file)
    throw new AppError('not-found', 'The original file of that import is no longer in the workspace.');
  if (file.erased !== null)
    throw new AppError(
      'not-found',
      `The original file was removed under entry ${file.erased}: it held a person who was erased.`,
    );
  return {
    name: file.name,
    size: file.size,
    async read(offset, length) {
      return readKept(database, file.id, offset, Math.min(offset + length, file.size));
    },
    async close() {
      held.delete(database);
    },
  };
}

/** The part inflated last, by connection, known by its bytes. */
const held = new WeakMap<ReadDatabase, { stored: Buffer; bytes: Buffer }>();

/** The bytes of a kept file from one place to another. @throws AppError `workspace.damaged`. */
export function readKept(database: ReadDatabase, fileId: number, from: number, to: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = from; at < to; ) {
    const part = Math.floor(at / partBytes);
    const within = at - part * partBytes;
    const piece = readPart(database, fileId, part).subarray(within, Math.min(partBytes, within + to - at));
    if (piece.length === 0) throw missingPart();
    pieces.push(piece);
    at += piece.length;
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}

function readPart(database: ReadDatabase, fileId: number, part: number): Buffer {
  const stored = get<{ bytes: Buffer }>(
    database,
    'SELECT bytes FROM source_file_chunk WHERE file_id = ? AND part = ?',
    fileId,
    part,
  )?.bytes;
  if (!stored) throw missingPart();
  const last = held.get(database);
  if (last?.stored.equals(stored)) return last.bytes;
  const bytes = inflateKept(stored, partBytes);
  held.set(database, { stored, bytes });
  return bytes;
}

/** What stands compressed in the workspace, at most so many bytes. @throws AppError `workspace.damaged`. */
export function inflateKept(stored: Buffer, most: number): Buffer {
  try {
    return zstdDecompressSync(stored, { maxOutputLength: most });
  } catch {
    throw new AppError(
      'workspace.damaged',
      'A part of an original file cannot be read any more. Restore a backup.',
    );
  }
}

function missingPart(): AppError {
  return new AppError(
    'workspace.damaged',
    'A part of an original file is missing from the workspace. Restore a backup.',
  );
}
