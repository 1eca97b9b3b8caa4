import { decodeCharacterData, readAttributeOf } from '../xlsx/xmlBytes.ts';

export type XmlToken =
  | { type: 'open'; name: string; attributes: string; empty: boolean }
  | { type: 'close'; name: string }
  | { type: 'text'; text: string };

/** Thrown for markup that is none; carries no words of the file. */
export class MarkupFailure extends Error {}

// A value in quotes may hold `>`. Each part can match in one way only, so nothing is tried twice.
const tag = /<(\/?)([\w.-]+(?::[\w.-]+)?)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

/** A piece of UTF-8 that stands as one letter for each byte. */
function decodeBytes(piece: string): string {
  return /[\u0080-\u00ff]/.test(piece) ? Buffer.from(piece, 'latin1').toString('utf8') : piece;
}

/**
 * The tags and texts of a stretch of XML in UTF-8, of which `text` has one letter for each byte. Names are as they
 * are written (`table:table-cell`).
 * Comments and instructions are passed over; a document type, which could define entities, is refused.
 *
 * @throws MarkupFailure
 */
export function* readTokens(text: string, start: number, end: number): Generator<XmlToken> {
  for (let at = start; at < end; ) {
    const open = text.indexOf('<', at);
    const stop = open < 0 || open > end ? end : open;
    if (stop > at) yield { type: 'text', text: decodeCharacterData(decodeBytes(text.slice(at, stop))) };
    if (stop === end) return;
    if (text.startsWith('<!--', open)) at = skipPast(text, '-->', open + 4);
    else if (text.startsWith('<?', open)) at = skipPast(text, '?>', open + 2);
    else if (text.startsWith('<![CDATA[', open)) {
      at = skipPast(text, ']]>', open + 9);
      yield { type: 'text', text: decodeBytes(text.slice(open + 9, at - 3)) };
    } else {
      tag.lastIndex = open;
      const match = tag.exec(text);
      if (!match) throw new MarkupFailure('not a tag');
      at = tag.lastIndex;
      const name = match[2] ?? '';
      if (match[1]) yield { type: 'close', name };
      else yield { type: 'open', name, attributes: match[3] ?? '', empty: match[4] === '/' };
    }
  }
}

/** An attribute by its name as written; undefined when it is not there. */
export function readAttribute(attributes: string, name: string): string | undefined {
  const raw = readAttributeOf(attributes, name);
  return raw === undefined ? undefined : decodeCharacterData(decodeBytes(raw));
}

function skipPast(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at < 0) throw new MarkupFailure('cut short');
  return at + mark.length;
}
