/** The original files of an import: fingerprinted, kept whole inside the workspace, opened again from there. */
import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, prepare, run, takeNumbers } from '../database/sql.ts';
import type { ByteSource } from './readers/types.ts';

const partBytes = 4 * 1024 * 1024;
/** The first level: a little larger than the usual one, in half the time. */
const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** SHA-256 of a file, in hex, read in parts. */
export async function fingerprint(source: ByteSource, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (let offset = 0; offset < source.size; offset += partBytes) {
    signal?.throwIfAborted();
    hash.update(await source.read(offset, Math.min(partBytes, source.size - offset)));
  }
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
  const known = get<{ id: number }>(database, 'SELECT id FROM source_file WHERE sha256 = ?', sha256);
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
  for (let offset = 0, part = 0; offset < source.size; offset += partBytes, part += 1) {
    signal?.throwIfAborted();
    const bytes = await source.read(offset, Math.min(partBytes, source.size - offset));
    hash.update(bytes);
    insert.run(id, part, zstdCompressSync(bytes, quick));
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
  const file = get<{ id: number; name: string; size: number }>(
    database,
    'SELECT id, name, size FROM source_file WHERE sha256 = ?',
    sha256,
  );
  if (!file)
    throw new AppError('not-found', 'The original file of that import is no longer in the workspace.');
  const parts = all<{ part: number }>(
    database,
    'SELECT part FROM source_file_chunk WHERE file_id = ? ORDER BY part',
    file.id,
  ).length;
  let held: { part: number; bytes: Buffer } | null = null;
  const partAt = (part: number): Buffer => {
    if (held?.part === part) return held.bytes;
    const row = get<{ bytes: Buffer }>(
      database,
      'SELECT bytes FROM source_file_chunk WHERE file_id = ? AND part = ?',
      file.id,
      part,
    );
    if (!row)
      throw new AppError(
        'workspace.damaged',
        'A part of an original file is missing from the workspace. Restore a backup.',
      );
    held = { part, bytes: zstdDecompressSync(row.bytes, { maxOutputLength: partBytes }) };
    return held.bytes;
  };
  return {
    name: file.name,
    size: file.size,
    async read(offset, length) {
      const pieces: Buffer[] = [];
      const end = Math.min(offset + length, file.size);
      for (let at = offset; at < end; ) {
        const part = Math.floor(at / partBytes);
        if (part >= parts) break;
        const within = at - part * partBytes;
        const piece = partAt(part).subarray(within, Math.min(partBytes, within + end - at));
        pieces.push(piece);
        at += piece.length;
      }
      return Buffer.concat(pieces);
    },
    async close() {
      held = null;
    },
  };
}
