/** A zip archive written from front to back, whatever its size: nothing of it is held but the directory. */

import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipPart {
  name: string;
  content: Iterable<string>;
}

/** 1 January 1980: no trace of when the file was made. */
const fixedDate = 0x0021;
const pieceCharacters = 64 * 1024;

/** The bytes of the archive. Sizes stand after each part, as they are known only then. */
export async function* streamZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const nameBytes = Buffer.from(name, 'utf8');
    const start = offset;
    const local = Buffer.concat([headerOf(0x04034b50, [20], nameBytes, 0, 0, 0), nameBytes]);
    yield local;
    offset += local.length;
    const counted = { crc: 0, size: 0 };
    const deflate = createDeflateRaw();
    // Failures reach the loop below through the stream itself.
    pipeline(Readable.from(inPieces(content, counted)), deflate, () => {});
    let compressed = 0;
    for await (const chunk of deflate) {
      compressed += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(counted.crc, 4);
    descriptor.writeUInt32LE(compressed, 8);
    descriptor.writeUInt32LE(counted.size, 12);
    yield descriptor;
    offset += compressed + descriptor.length;
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(start, 10);
    directory.push(
      headerOf(0x02014b50, [20, 20], nameBytes, counted.crc, compressed, counted.size),
      tail,
      nameBytes,
    );
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 3, 8);
  end.writeUInt16LE(directory.length / 3, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([listing, end]);
}

/** What the header of a part and its entry in the directory have in common; `versions` come first. */
function headerOf(
  signature: number,
  versions: readonly number[],
  name: Buffer,
  crc: number,
  compressed: number,
  size: number,
): Buffer {
  const start = Buffer.alloc(4 + versions.length * 2);
  start.writeUInt32LE(signature, 0);
  for (const [index, version] of versions.entries()) start.writeUInt16LE(version, 4 + index * 2);
  const fields = Buffer.alloc(24);
  // Sizes follow the data (bit 3), the name is UTF-8 (bit 11), deflated.
  fields.writeUInt16LE(0x0808, 0);
  fields.writeUInt16LE(8, 2);
  fields.writeUInt16LE(fixedDate, 6);
  fields.writeUInt32LE(crc, 8);
  fields.writeUInt32LE(compressed, 12);
  fields.writeUInt32LE(size, 16);
  fields.writeUInt16LE(name.length, 20);
  return Buffer.concat([start, fields]);
}

function* inPieces(content: Iterable<string>, counted: { crc: number; size: number }): Generator<Buffer> {
  let held = '';
  const take = (): Buffer => {
    const bytes = Buffer.from(held, 'utf8');
    held = '';
    counted.crc = crc32(bytes, counted.crc);
    counted.size += bytes.length;
    return bytes;
  };
  for (const text of content) {
    held += text;
    if (held.length >= pieceCharacters) yield take();
  }
  if (held !== '') yield take();
}
