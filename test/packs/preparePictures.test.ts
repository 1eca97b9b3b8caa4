import decode from '@jsquash/jpeg/decode.js';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { writePdf } from '../../electron/engine/packs/pdf/writePdf.ts';
import { readPicture } from '../../electron/engine/packs/photographs.ts';
import { preparePictures } from '../../electron/engine/packs/preparePictures.ts';
import { scalePicture } from '../../electron/engine/packs/scalePicture.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { buildPackData } from './fixtures/buildPackData.ts';

/** Left half red, right half blue, with a grain that does not compress away. */
function drawPng(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  let grain = 7;
  for (let at = 0; at < png.data.length; at += 4) {
    grain = (grain * 1103515245 + 12345) % 2147483648;
    const isLeft = (at / 4) % width < width / 2;
    png.data[at] = isLeft ? 200 + (grain % 50) : 0;
    png.data[at + 1] = grain % 30;
    png.data[at + 2] = isLeft ? 0 : 200 + (grain % 50);
    png.data[at + 3] = 255;
  }
  return PNG.sync.write(png);
}

function withTurn(jpeg: Buffer, turn: number): Buffer {
  const body = Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1');
  const notes = Buffer.concat([body, Buffer.from([turn, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('GPS 54.5 -3.1')]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(notes.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, notes, jpeg.subarray(2)]);
}

describe('photographs made ready for print', { timeout: 120_000 }, () => {
  let data: PackData;
  let large: Buffer;
  let largeJpeg: Buffer;
  beforeAll(async () => {
    const built = buildPackData({ targets: 3, warrants: 1, photographs: 2 }).data;
    data = {
      ...built,
      premises: built.premises.map((row, index) => (index === 0 ? { ...row, photographs: ['place'] } : row)),
      photographs: [...built.photographs, { id: 'place', alt: 'Photograph: 1 Quarry Row', takenOn: null }],
    };
    large = drawPng(1500, 1000);
    const picture = readPicture(large);
    if (picture === undefined) throw new Error('the drawn picture cannot be read');
    largeJpeg = await scalePicture(picture, 0.9);
  }, 120_000);

  it('have no more dots than the printed size needs, and look the same', async () => {
    const prepared = await preparePictures(
      data,
      new Map([
        ['place', large],
        ['photograph-1', largeJpeg],
      ]),
    );
    const place = readPicture(prepared.get('place') ?? Buffer.alloc(0));
    const face = readPicture(prepared.get('photograph-1') ?? Buffer.alloc(0));
    expect(place).toMatchObject({ format: 'jpeg', width: 1039, height: 693 });
    expect(face).toMatchObject({ format: 'jpeg', width: 531, height: 354 });
    expect((prepared.get('place') ?? large).length).toBeLessThan(large.length / 4);
    const pixels = await decode(face?.bytes as unknown as ArrayBuffer);
    const middle = 177 * 531 * 4;
    expect([...pixels.data.slice(middle + 400, middle + 403)].map((value: number) => value > 128)).toEqual([
      true,
      false,
      false,
    ]);
    expect([...pixels.data.slice(middle + 1720, middle + 1723)].map((value: number) => value > 128)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('keep how they are turned and lose where they were taken', async () => {
    const prepared = await preparePictures(data, new Map([['photograph-1', withTurn(largeJpeg, 6)]]));
    const bytes = Buffer.from(prepared.get('photograph-1') ?? []);
    expect(readPicture(bytes)).toMatchObject({ turn: 6, width: 441, height: 661 });
    expect(bytes.includes('GPS')).toBe(false);
  });

  it('come out the same from the same bytes, and as they are when they are small', async () => {
    const { photographs } = buildPackData({ targets: 2, warrants: 1, photographs: 2 });
    const given = new Map([...photographs, ['place', large] as const]);
    const [first, second] = [await preparePictures(data, given), await preparePictures(data, given)];
    expect(Buffer.from(first.get('place') ?? []).equals(Buffer.from(second.get('place') ?? [1]))).toBe(true);
    for (const [id, bytes] of photographs) {
      expect(Buffer.from(first.get(id) ?? []).equals(readPicture(bytes)?.bytes ?? Buffer.alloc(0))).toBe(
        true,
      );
    }
  });

  it('refuse more pixels than memory holds, naming the record', async () => {
    const bomb = Buffer.from(large);
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    await expect(preparePictures(data, new Map([['photograph-2', bomb]]))).rejects.toMatchObject({
      code: 'pack.failed',
      message: expect.stringContaining('N2'),
    });
  });

  it('leave out a PNG that cannot be decoded, large or small, and the pack is printed', async () => {
    const broken = (bytes: Buffer) => {
      const copy = Buffer.from(bytes);
      copy.fill(0x55, 200, Math.floor(copy.length / 2));
      return copy;
    };
    const prepared = await preparePictures(
      data,
      new Map([
        ['place', broken(large)],
        ['photograph-1', broken(drawPng(200, 200))],
      ]),
    );
    expect([...prepared.keys()]).toEqual([]);
    expect((await writePdf(data, prepared)).pages).toBeGreaterThan(5);
  });

  it('stop when the export is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(preparePictures(data, new Map([['place', large]]), controller.signal)).rejects.toMatchObject(
      { code: 'cancelled' },
    );
  });
});
