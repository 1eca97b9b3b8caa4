/** The bytes of one entry of a zip archive: inflated in memory only, never on disk. */
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '../../../../shared/contract/errors.ts';
import { bufferSource } from '../readers/byteSource.ts';
import type { ByteSource } from '../readers/types.ts';

/** Where an entry stands; sizes and checksum are claims of the directory, checked while inflating. */
export interface EntryPlace {
  /** Offset of its local header. */
  offset: number;
  compressedSize: number;
  size: number;
  crc: number;
  /** 0 stored, 8 deflated; nothing else gets here. */
  method: number;
}

const chunkBytes = 256 * 1024;
const localHeaderBytes = 30;
const deflated = 8;

/** The whole entry as a source under this name. @throws AppError `file.damaged`, `file.empty`, `cancelled`. */
export async function readEntry(archive: ByteSource, place: EntryPlace, name: string): Promise<ByteSource> {
  const bytes = Buffer.allocUnsafeSlow(place.size);
  let filled = 0;
  let checksum = 0;
  try {
    for await (const chunk of entryChunks(archive, place)) {
      if (filled + chunk.length > place.size) throw describeDamagedEntry(name);
      checksum = crc32(chunk, checksum);
      filled += chunk.copy(bytes, filled);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw describeDamagedEntry(name);
  }
  if (filled !== place.size || checksum !== place.crc) throw describeDamagedEntry(name);
  return bufferSource(name, bytes);
}

/** The first bytes of an entry; fewer when it is shorter or cannot be read. */
export async function readEntryHead(archive: ByteSource, place: EntryPlace, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let filled = 0;
  try {
    for await (const chunk of entryChunks(archive, place)) {
      chunks.push(chunk);
      filled += chunk.length;
      if (filled >= length) break;
    }
  } catch {
    // What can be read decides what the entry is; reading it whole will say what is wrong with it.
  }
  return Buffer.concat(chunks).subarray(0, length);
}

async function* entryChunks(archive: ByteSource, place: EntryPlace): AsyncGenerator<Buffer> {
  const header = await archive.read(place.offset, localHeaderBytes);
  if (header.length < localHeaderBytes || header.readUInt32LE(0) !== 0x04034b50)
    throw new Error('no entry stands here');
  const start = place.offset + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const raw = rawChunks(archive, start, place.compressedSize);
  if (place.method !== deflated) {
    yield* raw;
    return;
  }
  const inflater = createInflateRaw({ chunkSize: chunkBytes });
  // Failures reach the loop below through the inflater itself.
  pipeline(Readable.from(raw, { objectMode: true }), inflater, () => {});
  for await (const chunk of inflater) yield chunk as Buffer;
}

async function* rawChunks(archive: ByteSource, start: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; ) {
    const chunk = await archive.read(start + done, Math.min(chunkBytes, length - done));
    if (chunk.length === 0) throw new Error('the archive ends too early');
    done += chunk.length;
    yield chunk;
  }
}

function describeDamagedEntry(name: string): AppError {
  return new AppError(
    'file.damaged',
    `“${name}” is damaged inside its archive: what unpacks is not what the archive says. Get a fresh copy of the archive.`,
    { file: name },
  );
}
