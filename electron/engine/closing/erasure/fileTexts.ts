/** Texts of a kept original, to be looked through: as they stand, and of an archive what is packed in it. */
import { inflateRawSync } from 'node:zlib';
import type { ReadDatabase } from '../../database/connection.ts';
import { get } from '../../database/sql.ts';
import { readKept } from '../../intake/files.ts';

const pieceBytes = 4 * 1024 * 1024;
/** A word that lies across two pieces is found in the second. */
const overlap = 4096;
/** Parts of an archive are inflated to at most this much: the file came from outside. */
const mostInflated = 64 * 1024 * 1024;

/** Every text of the file, in the encodings that spreadsheets use. Nothing where the original was removed. */
export async function* readTexts(database: ReadDatabase, fileId: number): AsyncGenerator<string> {
  const file = get<{ size: number; erased: number | null }>(
    database,
    'SELECT size, erased FROM source_file WHERE id = ?',
    fileId,
  );
  if (!file || file.erased !== null) return;
  const head = readKept(database, fileId, 0, Math.min(4, file.size));
  if (head.toString('latin1') === 'PK\u0003\u0004') {
    yield* archiveTexts(readKept(database, fileId, 0, file.size));
    return;
  }
  for (let at = 0; at < file.size; at += pieceBytes) {
    const piece = readKept(database, fileId, Math.max(0, at - overlap), Math.min(file.size, at + pieceBytes));
    yield piece.toString('utf8');
    yield piece.toString('latin1');
    yield piece.toString('utf16le');
    if (piece.length > 1) yield piece.subarray(1).toString('utf16le');
  }
}

/** The names and the parts of a zip archive, by its central directory: local headers may say no size. */
function* archiveTexts(bytes: Buffer): Generator<string> {
  for (let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0 && at + 46 <= bytes.length; ) {
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    yield bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    if (local + 30 <= bytes.length) {
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = inflate(method, bytes.subarray(from, from + packed));
      if (content) {
        // Texts of a workbook are XML: what stands between tags; words of two cells make no name.
        yield content
          .toString('utf8')
          .replace(/<\/(?:\w+:)?(?:si|c|is|row|p|table-cell)>/g, ' | ')
          .replace(/<[^>]*>/g, ' ')
          .replace(/&(?:amp|#38);/g, '&')
          .replace(/&(?:apos|#39);/g, "'");
        yield content.toString('utf16le');
      }
    }
    at = bytes.indexOf('PK\u0001\u0002', at + 46 + nameLength, 'latin1');
  }
}

function inflate(method: number, bytes: Buffer): Buffer | null {
  if (method === 0) return bytes;
  try {
    return inflateRawSync(bytes, { maxOutputLength: mostInflated });
  } catch {
    return null;
  }
}
