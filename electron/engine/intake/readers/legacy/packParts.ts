import { crc32 } from 'node:zlib';
import type { ZipArchive } from '../xlsx/zipArchive.ts';
import { describeTooLarge } from './wholeFile.ts';

const localHeaderBytes = 30;
const entryBytes = 46;
const endBytes = 22;
/** Parts of an .xlsb that hold cells or say where they are. Pictures, macros and connections stay behind. */
const wantedParts =
  /^(?:\[content_types\]\.xml|_rels\/\.rels|xl\/[^/]+\.bin|xl\/_rels\/[^/]+|xl\/(?:work|chart|dialog|macro)sheets\/(?:_rels\/)?[^/]+|xl\/theme\/theme1\.xml)$/i;

/**
 * Packs the parts of an archive that are read, inflated and checked, into a plain archive without
 * compression. What reads it afterwards never inflates anything and sees one truth about every size.
 *
 * @throws AppError `file.too-large` when they are more than `maxBytes`; `file.damaged`, `file.hostile`
 */
export async function packParts(
  archive: ZipArchive,
  fileName: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: { name: Buffer; data: Buffer[]; size: number; crc: number }[] = [];
  let total = endBytes;
  for (const name of archive.names.filter((each) => wantedParts.test(each) && !/vbaProject/i.test(each))) {
    const part = { name: Buffer.from(name), data: [] as Buffer[], size: 0, crc: 0 };
    total += localHeaderBytes + entryBytes + 2 * part.name.length;
    for await (const chunk of archive.read(name)) {
      part.size += chunk.length;
      total += chunk.length;
      if (total > maxBytes) throw describeTooLarge(fileName);
      part.crc = crc32(chunk, part.crc);
      part.data.push(chunk);
    }
    parts.push(part);
  }
  return writeArchive(parts, total);
}

function writeArchive(
  parts: readonly { name: Buffer; data: Buffer[]; size: number; crc: number }[],
  total: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const offsets: number[] = [];
  for (const part of parts) {
    offsets.push(at);
    view.setUint32(at, 0x04034b50, true);
    view.setUint16(at + 4, 20, true);
    writeSizes(view, at + 14, part);
    bytes.set(part.name, at + localHeaderBytes);
    at += localHeaderBytes + part.name.length;
    for (const chunk of part.data) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
  }
  const directory = at;
  parts.forEach((part, index) => {
    view.setUint32(at, 0x02014b50, true);
    view.setUint16(at + 4, 20, true);
    view.setUint16(at + 6, 20, true);
    writeSizes(view, at + 16, part);
    view.setUint32(at + 42, offsets[index] ?? 0, true);
    bytes.set(part.name, at + entryBytes);
    at += entryBytes + part.name.length;
  });
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, parts.length, true);
  view.setUint16(at + 10, parts.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return bytes;
}

function writeSizes(view: DataView, at: number, part: { name: Buffer; size: number; crc: number }): void {
  view.setUint32(at, part.crc, true);
  view.setUint32(at + 4, part.size, true);
  view.setUint32(at + 8, part.size, true);
  view.setUint16(at + 12, part.name.length, true);
}

/** One part of an archive, whole. @throws AppError `file.too-large`, `file.damaged`, `file.hostile` */
export async function collectPart(
  archive: ZipArchive,
  name: string,
  fileName: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of archive.read(name)) {
    total += chunk.length;
    if (total > maxBytes) throw describeTooLarge(fileName);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
