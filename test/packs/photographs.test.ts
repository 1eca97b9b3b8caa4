import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../electron/engine/packs/photographs.ts';

const face = readFileSync(new URL('./fixtures/drawn-face.jpg', import.meta.url));

/** A JPEG segment with EXIF: an orientation, and a text that must not leave. */
function exif(turn: number): Buffer {
  const body = Buffer.concat([
    Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1'),
    Buffer.from([turn, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from('GPS 54.5 -3.1 camera owner', 'latin1'),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const withExif = (turn: number) => Buffer.concat([face.subarray(0, 2), exif(turn), face.subarray(2)]);

function chunk(kind: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length);
  return Buffer.concat([size, Buffer.from(kind, 'latin1'), content, Buffer.alloc(4)]);
}

describe('photographs in packs', () => {
  it('reads the size of a JPEG and drops place and owner', () => {
    const picture = readPicture(withExif(1));
    expect(picture).toMatchObject({ format: 'jpeg', width: 240, height: 300 });
    expect(picture?.bytes.includes('GPS')).toBe(false);
    expect(picture?.bytes.includes('Exif')).toBe(false);
  });

  it('keeps the turning of a JPEG, and nothing beside it', () => {
    const picture = readPicture(withExif(6));
    expect(picture).toMatchObject({ width: 300, height: 240 });
    expect(picture?.bytes.includes('GPS')).toBe(false);
    expect(readPicture(picture?.bytes ?? Buffer.alloc(0))).toMatchObject({ width: 300, height: 240 });
  });

  it('drops the texts of a PNG', () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(2, 0);
    header.writeUInt32BE(1, 4);
    header.set([8, 0, 0, 0, 0], 8);
    const png = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('tEXt', Buffer.from('Author\0camera owner')),
      chunk('IDAT', deflateSync(Buffer.from([0, 10, 20]))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    const picture = readPicture(png);
    expect(picture).toMatchObject({ format: 'png', width: 2, height: 1 });
    expect(picture?.bytes.includes('owner')).toBe(false);
  });

  it.each([0, 1, 20, 300, face.length - 40])('refuses a JPEG that ends after %i bytes', (length) => {
    expect(readPicture(face.subarray(0, length))).toBeUndefined();
  });
});
