/** Pictures as a page would send them. */
import { PNG } from 'pngjs';
import type { DrawnPicture } from '../../shared/contract/areas/pictures.ts';

/** A PNG of one colour: red, green, blue, opacity. */
export function makePng(
  width = 40,
  height = 30,
  colour: readonly [number, number, number, number] = [20, 60, 120, 255],
): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < png.data.length; at += 4) png.data.set(colour, at);
  return PNG.sync.write(png);
}

/** A chunk as it stands in a PNG. */
export function withChunk(png: Buffer, kind: string, content: string): Buffer {
  const chunk = Buffer.alloc(12 + content.length);
  chunk.writeUInt32BE(content.length, 0);
  chunk.write(kind, 4, 'latin1');
  chunk.write(content, 8, 'latin1');
  chunk.writeUInt32BE(checksum(chunk.subarray(4, 8 + content.length)), 8 + content.length);
  // After the header, which is 33 bytes with the signature.
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

export const drawn = (of: {
  refs: readonly string[];
  title?: string;
  png?: Buffer;
  headings?: string[];
  rows?: string[][];
}): DrawnPicture => ({
  kind: 'chart',
  title: of.title ?? 'The line and its people',
  png: (of.png ?? makePng()).toString('base64'),
  table: { headings: of.headings ?? ['Who', 'How'], rows: of.rows ?? [] },
  refs: [...of.refs],
});
