import { CFB } from '@e965/xlsx';

/**
 * The record stream of an .xls ([MS-XLS] 2.1.4): records of a type, a length and as many bytes. A
 * globals part names the places of the sheets; each part runs from its BOF to the EOF that matches.
 */

const beginnings = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const end = 0x000a;
const sheetPlace = 0x0085;
const filePassword = 0x002f;

interface CompoundEntry {
  content?: ArrayLike<number>;
  size: number;
}

/**
 * The stream that holds the workbook; undefined when there is none or less of it than the file says. Before
 * version 5 Excel wrote the records without a container, so there the file is the stream.
 */
export function workbookStream(bytes: Uint8Array): Buffer | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes[0] === 9) return whole;
  const container: unknown = CFB.read(whole, { type: 'buffer' });
  const entry = (CFB.find(container, '/Workbook') ?? CFB.find(container, '/Book')) as CompoundEntry | null;
  if (!entry?.content || entry.content.length < entry.size) return undefined;
  const { content } = entry;
  return ArrayBuffer.isView(content)
    ? Buffer.from(content.buffer, content.byteOffset, entry.size)
    : Buffer.from(Array.from(content).slice(0, entry.size));
}

/**
 * Whether every part that the stream announces is there from beginning to end. The library reads as far
 * as it gets, and a file that was cut short would seem to have fewer rows.
 */
export function checkRecords(stream: Buffer | undefined): 'complete' | 'encrypted' | 'incomplete' {
  if (!stream) return 'incomplete';
  const places: number[] = [];
  let encrypted = false;
  const closed = walkPart(stream, 0, (type, at) => {
    if (type === filePassword) encrypted = true;
    if (type === sheetPlace && at + 4 <= stream.length) places.push(stream.readUInt32LE(at));
  });
  if (encrypted) return 'encrypted';
  if (!closed) return 'incomplete';
  return places.every((place) => walkPart(stream, place, () => {})) ? 'complete' : 'incomplete';
}

/** Visits the records of one part; false when it does not begin or does not end. */
function walkPart(stream: Buffer, start: number, visit: (type: number, at: number) => void): boolean {
  let depth = 0;
  for (let at = start; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    if (at + 4 + length > stream.length) return false;
    if (beginnings.has(type)) depth++;
    else if (depth === 0) return false;
    else if (type === end) {
      depth--;
      if (depth === 0) return true;
    } else visit(type, at + 4);
    at += 4 + length;
  }
  return false;
}

/** Whether text is Unicode, as it is since Excel 97: the version in the first record is 0x0600. */
export function isUnicode(stream: Buffer | undefined): boolean {
  return stream !== undefined && stream.length >= 6 && stream.readUInt16LE(4) === 0x0600;
}
