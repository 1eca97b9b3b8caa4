import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ReadingOptions } from '../caps.ts';
import {
  ByteWindow,
  decodeCharacterData,
  decodeEscapes,
  findNameEnd,
  findTagEnd,
  isNamed,
  readAttribute,
  readTextContent,
  skipMarkup,
} from './xmlBytes.ts';

const segmentBytes = 4 * 1024 * 1024;
/** All shared strings and their places together, held outside the engine's heap. */
const maxTotalBytes = 320 * 1024 * 1024;
/** Places are kept in pages, so that growing copies nothing. */
const pageSlots = 65_536;
const placeBytes = 8;
/** Decoded strings are kept for the whole of an ordinary table, and for as many slots of a larger one. */
const maxCacheSlots = 262_144;
const cachedBytes = 256;
/** Of longer strings the last few are kept: what repeats one of them holds it once. */
const longSlots = 32;

/** Strings kept as packed bytes: a million of them cost their length and eight bytes each. */
export class StringTable {
  size = 0;
  /** Bytes of the longest string. */
  longest = 0;
  private readonly segments: Buffer[] = [];
  private used = segmentBytes;
  private total = 0;
  /** Start and length by turns. */
  private readonly pages: Uint32Array[] = [];
  private cacheKeys = new Int32Array(0);
  private cacheValues: (string | undefined)[] = [];
  private readonly longKeys = new Int32Array(longSlots).fill(-1);
  private readonly longValues: string[] = [];

  /** Adds UTF-8 bytes. Throws RangeError when the table would outgrow memory. */
  addBytes(source: Buffer, start: number, end: number): void {
    const length = end - start;
    const segment = this.reserve(length);
    source.copy(segment, this.used, start, end);
    this.finish(length);
  }

  /** Adds a string that was resolved from markup. */
  addText(text: string): void {
    const length = Buffer.byteLength(text);
    const segment = this.reserve(length);
    segment.write(text, this.used, length, 'utf8');
    this.finish(length);
  }

  /** The string at an index; undefined past the end. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.size)) return undefined;
    if (this.cacheValues.length === 0) this.prepareCache();
    // Small tables need no keys: one look into memory instead of two.
    const keyed = this.size > maxCacheSlots;
    const slot = keyed ? index & (maxCacheSlots - 1) : index;
    const cached = this.cacheValues[slot];
    if (cached !== undefined && !(keyed && this.cacheKeys[slot] !== index)) return cached;
    const page = this.pages[Math.floor(index / pageSlots)] as Uint32Array;
    const address = page[(index % pageSlots) * 2] as number;
    const length = page[(index % pageSlots) * 2 + 1] as number;
    if (length === 0) return '';
    const long = index % longSlots;
    if (length > cachedBytes && this.longKeys[long] === index) return this.longValues[long];
    const segment = this.segments[Math.floor(address / segmentBytes)] as Buffer;
    const start = address % segmentBytes;
    const text = segment.toString('utf8', start, start + length);
    if (length <= cachedBytes) {
      if (keyed) this.cacheKeys[slot] = index;
      this.cacheValues[slot] = text;
    } else {
      this.longKeys[long] = index;
      this.longValues[long] = text;
    }
    return text;
  }

  private prepareCache(): void {
    this.cacheValues = new Array(Math.min(maxCacheSlots, this.size));
    if (this.size > maxCacheSlots) this.cacheKeys = new Int32Array(maxCacheSlots).fill(-1);
  }

  private reserve(length: number): Buffer {
    if (length > segmentBytes || this.total + length > maxTotalBytes)
      throw new RangeError('too many strings');
    if (this.segments.length === 0 || this.used + length > segmentBytes) {
      this.segments.push(Buffer.allocUnsafeSlow(segmentBytes));
      this.used = 0;
    }
    if (this.size === this.pages.length * pageSlots) this.pages.push(new Uint32Array(pageSlots * 2));
    return this.segments.at(-1) as Buffer;
  }

  private finish(length: number): void {
    const page = this.pages.at(-1) as Uint32Array;
    const slot = (this.size % pageSlots) * 2;
    page[slot] = (this.segments.length - 1) * segmentBytes + this.used;
    page[slot + 1] = length;
    this.size += 1;
    this.used += length;
    this.total += length + placeBytes;
    if (length > this.longest) this.longest = length;
  }
}

/**
 * Reads a shared strings part. Runs of rich text are joined, phonetic readings left out.
 *
 * @throws AppError `file.too-large`; HostileMarkup and BrokenMarkup for the caller to word
 */
export async function readSharedStrings(
  chunks: AsyncIterable<Buffer>,
  { caps }: ReadingOptions,
  fileName: string,
): Promise<StringTable> {
  const table = new StringTable();
  const window = new ByteWindow(caps.maxCellCharacters * 12 + 1024 * 1024);
  for await (const chunk of chunks) {
    if (!window.append(chunk)) continue;
    try {
      window.keepFrom(scanItems(window, table));
    } catch (error) {
      if (error instanceof RangeError) throw refuseStrings(fileName);
      throw error;
    }
    if (table.size > caps.maxSharedStrings) throw refuseStrings(fileName);
  }
  if (window.length > 0) scanItems(window, table);
  return table;
}

/** One `<si>` or `<is>`: its text and the position after its end tag. */
export interface StringItem {
  text: string;
  end: number;
}

/**
 * Reads the rest of a string item, from the position after its start tag.
 *
 * @returns undefined when the window ends first
 */
export function readStringItem(
  bytes: Buffer,
  length: number,
  from: number,
  name: string,
): StringItem | undefined {
  let text = '';
  let phonetic = 0;
  let at = from;
  for (;;) {
    const open = bytes.indexOf(60, at);
    if (open < 0 || open + 1 >= length) return undefined;
    const next = bytes[open + 1];
    if (next === 33 || next === 63) {
      at = skipMarkup(bytes, length, open);
      if (at < 0) return undefined;
      continue;
    }
    const end = findTagEnd(bytes, length, open);
    if (end < 0) return undefined;
    const start = next === 47 ? open + 2 : open + 1;
    const nameEnd = findNameEnd(bytes, length, start);
    const closed = bytes[end - 1] === 47;
    at = end + 1;
    if (isNamed(bytes, start, nameEnd, name)) {
      if (next === 47) return { text: decodeEscapes(text), end: at };
    } else if (isNamed(bytes, start, nameEnd, 'rPh')) {
      if (!closed) phonetic += next === 47 ? -1 : 1;
    } else if (next !== 47 && !closed && isNamed(bytes, start, nameEnd, 't')) {
      const content = readTextContent(bytes, length, at);
      if (!content) return undefined;
      if (phonetic <= 0) {
        const preserved = readAttribute(bytes, open, end, 'xml:space') === 'preserve';
        text += preserved ? content.text : content.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
      }
      at = content.end;
    }
  }
}

function scanItems(window: ByteWindow, table: StringTable): number {
  const { bytes, length } = window;
  let at = 0;
  for (;;) {
    const open = bytes.indexOf(60, at);
    if (open < 0) return length;
    if (open + 1 >= length) return open;
    const plain = readPlainItem(bytes, length, open, table);
    if (plain > 0) {
      at = plain;
      continue;
    }
    const next = bytes[open + 1];
    if (next === 33 || next === 63) {
      at = skipMarkup(bytes, length, open);
      if (at < 0) return open;
      continue;
    }
    const end = findTagEnd(bytes, length, open);
    if (end < 0) return open;
    at = end + 1;
    if (next === 47 || !isNamed(bytes, open + 1, findNameEnd(bytes, length, open + 1), 'si')) continue;
    if (bytes[end - 1] === 47) {
      table.addText('');
      continue;
    }
    const item = readStringItem(bytes, length, at, 'si');
    if (!item) return open;
    table.addText(item.text);
    at = item.end;
  }
}

/** The usual `<si><t>text</t></si>`, copied as it stands; 0 when it is anything else. */
function readPlainItem(bytes: Buffer, length: number, open: number, table: StringTable): number {
  // "<si><t>" then the text, then "</t></si>"
  if (open + 16 > length) return 0;
  if (bytes[open + 1] !== 115 || bytes[open + 2] !== 105 || bytes[open + 3] !== 62) return 0;
  if (bytes[open + 4] !== 60 || bytes[open + 5] !== 116) return 0;
  let start = open + 7;
  let preserved = false;
  if (bytes[open + 6] !== 62) {
    if (bytes.toString('latin1', open + 6, open + 28) !== ' xml:space="preserve">') return 0;
    start = open + 28;
    preserved = true;
  }
  let simple = true;
  let at = start;
  for (; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte === 60) break;
    if (byte === 38 || byte === 13 || (byte === 95 && bytes[at + 1] === 120)) simple = false;
  }
  if (at + 9 > length || bytes[at + 1] !== 47 || bytes[at + 2] !== 116 || bytes[at + 3] !== 62) return 0;
  if (bytes[at + 4] !== 60 || bytes[at + 5] !== 47 || bytes[at + 6] !== 115 || bytes[at + 7] !== 105)
    return 0;
  if (bytes[at + 8] !== 62) return 0;
  if (!preserved && at > start && ((bytes[start] as number) <= 32 || (bytes[at - 1] as number) <= 32))
    return 0;
  if (simple) table.addBytes(bytes, start, at);
  else table.addText(decodeEscapes(decodeCharacterData(bytes.toString('utf8', start, at))));
  return at + 9;
}

function refuseStrings(fileName: string): AppError {
  return new AppError(
    'file.too-large',
    `“${fileName}” holds more text than can be read at once. Split it into smaller files and import each.`,
    { file: fileName },
  );
}
