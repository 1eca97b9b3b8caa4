import { AppError } from '../../../../../shared/contract/errors.ts';
import { decodeBytes } from '../textEncoding.ts';
import { BrokenMarkup, decodeCharacterData, HostileMarkup } from './xmlBytes.ts';
import { describeDamage, refuseHostile, type ZipArchive } from './zipArchive.ts';

const maxDepth = 256;

export interface XmlElement {
  /** Without prefix. */
  name: string;
  /** Names keep their prefix; values are decoded. */
  attributes: Map<string, string>;
  children: XmlElement[];
}

/**
 * Reads a small part (workbook, relationships, styles) into a tree of elements without text.
 * Never used on sheets or shared strings, which may be of any size.
 */
export async function readXmlPart(
  archive: ZipArchive,
  name: string,
  maxBytes: number,
  fileName: string,
): Promise<XmlElement> {
  const bytes = await archive.readWhole(name, maxBytes);
  try {
    return parseElements(decodeBytes(bytes, 'utf-8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw describeMarkupFailure(error, fileName);
  }
}

/** The attribute by local name, whatever prefix the writer chose. */
export function getAttribute(element: XmlElement, localName: string): string | undefined {
  const plain = element.attributes.get(localName);
  if (plain !== undefined) return plain;
  for (const [name, value] of element.attributes) {
    if (name.endsWith(`:${localName}`)) return value;
  }
  return undefined;
}

/** Children of a name; those inside the first child of the container when one is given. */
export function getChildren(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first descendant of a name, breadth last. */
export function findElement(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    if (child.name === name) return child;
    const deeper = findElement(child, name);
    if (deeper) return deeper;
  }
  return undefined;
}

/** Turns what the scanners throw into an error in words. */
export function describeMarkupFailure(error: unknown, fileName: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof HostileMarkup) return refuseHostile(fileName, error.message);
  if (error instanceof BrokenMarkup) return describeDamage(fileName);
  return error;
}

/**
 * Chunks of a part as UTF-8 without byte order mark: UTF-16 and declared single-byte encodings are
 * converted on the way.
 */
export async function* toUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let convert: ((bytes: Buffer) => Buffer) | undefined;
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield convert ? convert(chunk) : chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < 128) continue;
    const start = beginUtf8(head);
    convert = start.convert;
    head = undefined;
    yield convert ? convert(start.bytes) : start.bytes;
  }
  if (head && head.length > 0) {
    const start = beginUtf8(head);
    yield start.convert ? start.convert(start.bytes) : start.bytes;
  }
}

function beginUtf8(head: Buffer): { bytes: Buffer; convert: ((bytes: Buffer) => Buffer) | undefined } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { bytes: head.subarray(3), convert: undefined };
  if (head[0] === 0xff && head[1] === 0xfe)
    return { bytes: head.subarray(2), convert: convertWide('utf-16le') };
  if (head[0] === 0xfe && head[1] === 0xff)
    return { bytes: head.subarray(2), convert: convertWide('utf-16be') };
  if (head[0] === 60 && head[1] === 0) return { bytes: head, convert: convertWide('utf-16le') };
  if (head[0] === 0 && head[1] === 60) return { bytes: head, convert: convertWide('utf-16be') };
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)/i
    .exec(head.toString('latin1', 0, 128))?.[1]
    ?.toLowerCase();
  if (declared && /^(iso-8859-1|latin1|windows-1252|us-ascii)$/.test(declared)) {
    return { bytes: head, convert: (bytes) => Buffer.from(decodeBytes(bytes, 'windows-1252')) };
  }
  return { bytes: head, convert: undefined };
}

function convertWide(encoding: 'utf-16le' | 'utf-16be'): (bytes: Buffer) => Buffer {
  let carry: Buffer = Buffer.alloc(0);
  let held = '';
  return (bytes) => {
    const all = carry.length > 0 ? Buffer.concat([carry, bytes]) : bytes;
    const whole = all.length & ~1;
    carry = Buffer.from(all.subarray(whole));
    let text = held + decodeBytes(all.subarray(0, whole), encoding);
    const last = text.charCodeAt(text.length - 1);
    held = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : '';
    if (held !== '') text = text.slice(0, -1);
    return Buffer.from(text);
  };
}

function parseElements(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: new Map(), children: [] };
  const stack: XmlElement[] = [root];
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) break;
    if (text[open + 1] === '?') at = endOf(text, '?>', open);
    else if (text.startsWith('<!--', open)) at = endOf(text, '-->', open + 4);
    else if (text.startsWith('<![CDATA[', open)) at = endOf(text, ']]>', open);
    else if (text[open + 1] === '!') throw new HostileMarkup('it declares a document type or entities');
    else if (text[open + 1] === '/') {
      if (stack.length > 1) stack.pop();
      at = endOf(text, '>', open);
    } else {
      const end = findEnd(text, open);
      const closed = text[end - 1] === '/';
      const element = parseTag(text.slice(open + 1, closed ? end - 1 : end));
      stack.at(-1)?.children.push(element);
      if (!closed) stack.push(element);
      if (stack.length > maxDepth) throw new HostileMarkup('its elements are nested too deeply');
      at = end + 1;
    }
  }
  if (stack.length > 1) throw new BrokenMarkup('elements stay open');
  return root;
}

/** The element of a tag, from its name to the end of its attributes. */
export function parseTag(tag: string): XmlElement {
  const name = /^[^\s/>]+/.exec(tag)?.[0] ?? '';
  const attributes = new Map<string, string>();
  for (const match of tag.slice(name.length).matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(match[1] ?? '', decodeCharacterData(match[2] ?? match[3] ?? ''));
  }
  return { name: name.slice(name.indexOf(':') + 1), attributes, children: [] };
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  if (found < 0) throw new BrokenMarkup('markup stays open');
  return found + mark.length;
}

function findEnd(text: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') return at;
    else if (character === '"' || character === "'") quote = character;
  }
  throw new BrokenMarkup('a tag stays open');
}
