/**
 * Scanning of XML as bytes, without building anything. Only what SpreadsheetML uses is known;
 * a document type or an entity declaration is refused where it is met.
 *
 * Functions return -1 when the window ends before the answer is there.
 */

const lessThan = 60;
const greaterThan = 62;
const doubleQuote = 34;
const singleQuote = 39;

/** Thrown by the scanners on markup that no workbook has; turned into `file.hostile` with the file's name. */
export class HostileMarkup extends Error {}

/** Thrown when markup cannot be followed; turned into `file.damaged`. */
export class BrokenMarkup extends Error {}

/** Zero bytes after the window, so that looking a little ahead never leaves the buffer. */
const paddingBytes = 16;

/** A sliding window over a part: what is not yet understood stays for the next chunk. */
export class ByteWindow {
  /** The window's bytes and some zeros after them. */
  bytes: Buffer = Buffer.alloc(paddingBytes);
  /** How many of the bytes are the window's. */
  length = 0;
  private readonly maxBytes: number;
  private backing: Buffer = Buffer.alloc(0);
  private start = 0;
  private wanted = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Adds a chunk; false while it is not worth looking again at a long unfinished piece. */
  append(chunk: Buffer): boolean {
    const rest = this.length;
    const total = rest + chunk.length;
    if (total > this.maxBytes) throw new HostileMarkup('one element is far too large');
    const source = this.backing;
    if (total + paddingBytes > source.length) this.backing = Buffer.allocUnsafeSlow(total * 2 + paddingBytes);
    // What waits at the front of the same buffer is already in its place.
    if (source !== this.backing || this.start > 0)
      source.copy(this.backing, 0, this.start, this.start + rest);
    chunk.copy(this.backing, rest);
    this.backing.fill(0, total, total + paddingBytes);
    this.bytes = this.backing.subarray(0, total + paddingBytes);
    this.start = 0;
    this.length = total;
    return total >= this.wanted;
  }

  /** Forgets everything before a position. */
  keepFrom(position: number): void {
    const from = Math.min(position, this.length);
    this.bytes = this.bytes.subarray(from);
    this.start += from;
    this.length -= from;
    // A long unfinished piece is looked at again only when it has doubled.
    this.wanted = this.length > 16_384 ? this.length * 2 : 0;
  }
}

/** The `>` that ends the tag at `at`, quotes respected. */
export function findTagEnd(bytes: Buffer, length: number, at: number): number {
  let open = 0;
  for (let index = at + 1; index < length; index++) {
    const byte = bytes[index] as number;
    if (open !== 0) {
      if (byte === open) open = 0;
    } else if (byte === greaterThan) return index;
    else if (byte === doubleQuote || byte === singleQuote) open = byte;
  }
  return -1;
}

/** The position after the comment, processing instruction or CDATA section at `at`. */
export function skipMarkup(bytes: Buffer, length: number, at: number): number {
  if (at + 3 >= length) return -1;
  if (bytes[at + 1] === 63) return after(bytes, length, at, '?>');
  if (bytes[at + 2] === 45) return after(bytes, length, at + 4, '-->');
  if (bytes[at + 2] === 91) return after(bytes, length, at, ']]>');
  throw new HostileMarkup('it declares a document type or entities');
}

/** Whether the element name that spans `[start, end)` is `name`, any prefix aside. */
export function isNamed(bytes: Buffer, start: number, end: number, name: string): boolean {
  const from = end - name.length;
  if (from < start) return false;
  for (let index = 0; index < name.length; index++) {
    if (bytes[from + index] !== name.charCodeAt(index)) return false;
  }
  return from === start || bytes[from - 1] === 58;
}

/** Where the element name that starts at `start` ends. */
export function findNameEnd(bytes: Buffer, length: number, start: number): number {
  for (let index = start; index < length; index++) {
    const byte = bytes[index] as number;
    if (byte <= 32 || byte === greaterThan || byte === 47) return index;
  }
  return -1;
}

/** The value of an attribute (no prefix) of the tag in `[at, end]`, undecoded; undefined when absent. */
export function readAttribute(bytes: Buffer, at: number, end: number, name: string): string | undefined {
  const tag = bytes.toString('latin1', at, end);
  return readAttributeOf(tag, name);
}

/** The same over text. */
export function readAttributeOf(tag: string, name: string): string | undefined {
  for (let from = 0; ; ) {
    const found = tag.indexOf(name, from);
    if (found < 0) return undefined;
    from = found + name.length;
    if (!/\s/.test(tag[found - 1] ?? '')) continue;
    const match = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag.slice(from));
    if (match) return match[1] ?? match[2] ?? '';
  }
}

/** One stretch of character data and where it ended. */
export interface TextContent {
  text: string;
  /** Position of the `<` of the end tag. */
  end: number;
}

/** The text of an element that holds no elements: entities, CDATA and comments resolved. */
export function readTextContent(bytes: Buffer, length: number, at: number): TextContent | undefined {
  let text = '';
  let start = at;
  for (;;) {
    const open = bytes.indexOf(lessThan, start);
    if (open < 0 || open + 1 >= length) return undefined;
    if (open > start) text += decodeCharacterData(bytes.toString('utf8', start, open));
    if (bytes[open + 1] !== 33 && bytes[open + 1] !== 63) return { text, end: open };
    const after = skipMarkup(bytes, length, open);
    if (after < 0) return undefined;
    if (bytes[open + 1] === 33 && bytes[open + 2] === 91) text += bytes.toString('utf8', open + 9, after - 3);
    start = after;
  }
}

/** Resolves line ends and entities in character data. */
export function decodeCharacterData(raw: string): string {
  let text = raw;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  return text.includes('&') ? text.replace(/&(#x?[0-9a-fA-F]+|[a-zA-Z]+);/g, decodeEntity) : text;
}

/** Resolves the `_xHHHH_` escapes that Excel uses for characters that XML cannot hold (ECMA-376 ST_Xstring). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function decodeEntity(whole: string, name: string): string {
  switch (name) {
    case 'amp':
      return '&';
    case 'lt':
      return '<';
    case 'gt':
      return '>';
    case 'quot':
      return '"';
    case 'apos':
      return "'";
  }
  if (!name.startsWith('#')) return whole;
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : '\ufffd';
}

function after(bytes: Buffer, length: number, from: number, mark: string): number {
  const found = bytes.indexOf(mark, from, 'latin1');
  return found < 0 || found + mark.length > length ? -1 : found + mark.length;
}
