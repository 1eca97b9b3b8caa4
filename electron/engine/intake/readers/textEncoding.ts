import { isAscii, isUtf8 } from 'node:buffer';
import { readInto } from './byteSource.ts';
import type { ByteSource } from './types.ts';

/** `utf-8-damaged` is UTF-8 with some single bytes that are not: those are read as Windows-1252. */
export type TextEncoding = 'utf-8' | 'utf-8-damaged' | 'windows-1252' | 'utf-16le' | 'utf-16be';

export interface DetectedEncoding {
  encoding: TextEncoding;
  /** Bytes to skip at the start. */
  markBytes: number;
}

/**
 * Strings of at most this many bytes stay in the young generation of the engine's heap; larger
 * ones are allocated apart and make splitting more than twice as dear (measured).
 */
const blockBytes = 64 * 1024;
const scanBytes = 1024 * 1024;

/** Windows-1252 characters for the bytes 0x80–0x9F; undefined bytes keep their code. */
const windows1252Upper =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/**
 * Decides how a text file is encoded: byte order marks, then UTF-16 by its pattern of zero bytes,
 * then UTF-8 when the whole file is valid, else Windows-1252. Reads the file once.
 */
export async function detectEncoding(source: ByteSource): Promise<DetectedEncoding> {
  const sample = await source.read(0, blockBytes);
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const unmarked = guessUtf16(sample);
  if (unmarked) return { encoding: unmarked, markBytes: 0 };
  const markBytes = sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf ? 3 : 0;
  const counts = await countUtf8(source, markBytes);
  if (counts.invalid === 0) return { encoding: 'utf-8', markBytes };
  // Text in Windows-1252 almost never forms valid sequences, so a majority of them means UTF-8.
  const damaged = markBytes > 0 || counts.valid > counts.invalid;
  return { encoding: damaged ? 'utf-8-damaged' : 'windows-1252', markBytes };
}

/** Which UTF-16 the zero bytes of a sample point to, if any. */
export function guessUtf16(sample: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = sample.length >> 1;
  if (pairs === 0) return undefined;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index + 1 < sample.length; index += 2) {
    if (sample[index] === 0) evenZeros++;
    if (sample[index + 1] === 0) oddZeros++;
  }
  if (oddZeros > pairs * 0.3 && evenZeros < pairs * 0.05) return 'utf-16le';
  if (evenZeros > pairs * 0.3 && oddZeros < pairs * 0.05) return 'utf-16be';
  return undefined;
}

/**
 * The text of a file, in blocks that never split a character of the encoding, each with the place of the
 * first byte after it.
 *
 * @param chunkBytes how much to read at a time
 */
export async function* readText(
  source: ByteSource,
  { encoding, markBytes }: DetectedEncoding,
  chunkBytes: number,
): AsyncGenerator<{ text: string; to: number }> {
  // One buffer for the whole file: what is left of a chunk moves to its front.
  const buffer = Buffer.allocUnsafeSlow(chunkBytes + blockBytes);
  let kept = 0;
  let offset = markBytes;
  while (offset < source.size) {
    const read = await readInto(source, buffer.subarray(kept, kept + chunkBytes), offset);
    if (read === 0) break;
    offset += read;
    const bytes = buffer.subarray(0, kept + read);
    const last = offset >= source.size;
    const first = offset - bytes.length;
    let start = 0;
    while (start < bytes.length) {
      const end = findBlockEnd(bytes, start, encoding, last);
      if (end === start) break;
      yield { text: decodeBytes(bytes.subarray(start, end), encoding), to: first + end };
      start = end;
    }
    kept = bytes.length - start;
    buffer.copyWithin(0, start, bytes.length);
  }
  if (kept > 0) yield { text: decodeBytes(buffer.subarray(0, kept), encoding), to: offset };
}

/** How many bytes a text takes; undefined where the encoding does not say. */
export function countBytes(text: string, encoding: TextEncoding): number | undefined {
  if (text === '') return 0;
  switch (encoding) {
    case 'utf-8':
      return Buffer.byteLength(text, 'utf8');
    case 'windows-1252':
      return text.length;
    case 'utf-16le':
    case 'utf-16be':
      return text.length * 2;
    case 'utf-8-damaged':
      return undefined;
  }
}

/** Decodes bytes that hold whole characters. */
export function decodeBytes(bytes: Buffer, encoding: TextEncoding): string {
  switch (encoding) {
    case 'utf-8':
      return bytes.toString('utf8');
    case 'windows-1252':
      return decodeWindows1252(bytes);
    case 'utf-16le':
      return bytes.toString('utf16le');
    case 'utf-16be': {
      const swapped = Buffer.from(bytes.subarray(0, bytes.length & ~1));
      return swapped.swap16().toString('utf16le');
    }
    case 'utf-8-damaged':
      return isUtf8(bytes) ? bytes.toString('utf8') : decodeDamagedUtf8(bytes);
  }
}

/** Length of the valid UTF-8 sequence at an offset; 0 when the byte there starts none. */
export function measureUtf8(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0
      ? 2
      : first >= 0xe0 && first < 0xf0
        ? 3
        : first >= 0xf0 && first < 0xf5
          ? 4
          : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let index = 1; index < length; index++) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  // Overlong forms, surrogates and values past U+10FFFF are not characters.
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return length;
}

/**
 * Where the block that begins at `start` ends: after a line where there is one, so that splitting
 * need not join blocks, else after a whole character.
 */
function findBlockEnd(bytes: Buffer, start: number, encoding: TextEncoding, last: boolean): number {
  const end = Math.min(bytes.length, start + blockBytes);
  if (last && end === bytes.length) return end;
  if (!encoding.startsWith('utf-16')) {
    const line = bytes.lastIndexOf(10, end - 1);
    if (line >= start) return line + 1;
  }
  return findCharacterEnd(bytes, start, end, encoding);
}

/** Where the last whole character of `bytes[start, end)` ends. */
function findCharacterEnd(bytes: Buffer, start: number, end: number, encoding: TextEncoding): number {
  if (encoding === 'windows-1252') return end;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return start + ((end - start) & ~1);
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? end - back : end;
    }
  }
  return end;
}

function decodeWindows1252(bytes: Buffer): string {
  const text = bytes.toString('latin1', 0, bytes.length);
  return text.replace(
    /[\x80-\x9f]/g,
    (character) => windows1252Upper[character.charCodeAt(0) - 0x80] ?? character,
  );
}

function decodeDamagedUtf8(bytes: Buffer): string {
  let text = '';
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = measureUtf8(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += bytes.toString('utf8', start, at) + decodeWindows1252(bytes.subarray(at, at + 1));
    at += 1;
    start = at;
  }
  return text + bytes.toString('utf8', start);
}

async function countUtf8(source: ByteSource, from: number): Promise<{ valid: number; invalid: number }> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(scanBytes, source.size) + 4);
  let valid = 0;
  let invalid = 0;
  let kept = 0;
  for (let offset = from; offset < source.size; ) {
    const read = await readInto(source, buffer.subarray(kept), offset);
    if (read === 0) break;
    offset += read;
    const bytes = buffer.subarray(0, kept + read);
    const end = offset >= source.size ? bytes.length : findCharacterEnd(bytes, 0, bytes.length, 'utf-8');
    const whole = bytes.subarray(0, end);
    // How many matters only once something is wrong, and then one valid block counts for one.
    if (isUtf8(whole)) valid += isAscii(whole) ? 0 : 1;
    else {
      for (let at = 0; at < whole.length; ) {
        const length = measureUtf8(whole, at);
        if (length === 0) invalid++;
        else if (length > 1) valid++;
        at += Math.max(1, length);
      }
    }
    kept = bytes.length - end;
    buffer.copyWithin(0, end, bytes.length);
  }
  return { valid, invalid };
}
