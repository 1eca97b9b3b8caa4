/** A PNG from outside, decoded and encoded again: nothing but its pixels survives. */
import { PNG } from 'pngjs';
import {
  longestPictureSide,
  mostPictureBytes,
  mostPicturePixels,
} from '../../../shared/contract/areas/pictures.ts';
import { AppError } from '../../../shared/contract/errors.ts';

export interface CleanPng {
  bytes: Buffer;
  width: number;
  height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Reads the size from the header before anything is inflated, so that a small file cannot open into a large one.
 * @throws AppError `file.unsupported` for what is no PNG, `file.too-large`, `file.damaged`.
 */
export async function cleanPng(base64: string): Promise<CleanPng> {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw damaged();
  const given = Buffer.from(base64, 'base64');
  if (given.length > mostPictureBytes) throw tooLarge();
  if (
    given.length < 33 ||
    !given.subarray(0, 8).equals(signature) ||
    given.toString('latin1', 12, 16) !== 'IHDR'
  )
    throw new AppError('file.unsupported', 'The picture is no PNG. Draw it again.');
  const width = given.readUInt32BE(16);
  const height = given.readUInt32BE(20);
  if (width === 0 || height === 0) throw damaged();
  if (width > longestPictureSide || height > longestPictureSide || width * height > mostPicturePixels)
    throw tooLarge();
  const pixels = await decode(given);
  if (pixels.width !== width || pixels.height !== height) throw damaged();
  return { bytes: await encode(pixels), width, height };
}

/** Off the engine's thread as far as zlib goes: other calls are answered meanwhile. */
function decode(bytes: Buffer): Promise<PNG> {
  return new Promise((resolve, reject) => {
    new PNG().parse(bytes, (error, png) => (error ? reject(damaged()) : resolve(png)));
  });
}

/** Over white and without transparency, as paper shows it. */
function encode(png: PNG): Promise<Buffer> {
  const clean = new PNG({ width: png.width, height: png.height, colorType: 2, inputHasAlpha: true });
  clean.data = onWhite(png.data);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    clean
      .pack()
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => resolve(Buffer.concat(parts)))
      .on('error', () => reject(damaged()));
  });
}

function onWhite(data: Buffer): Buffer {
  const result = Buffer.from(data);
  for (let at = 0; at < result.length; at += 4) {
    const opacity = result[at + 3] ?? 255;
    if (opacity === 255) continue;
    for (let channel = at; channel < at + 3; channel += 1)
      result[channel] = Math.round(((result[channel] ?? 0) * opacity + 255 * (255 - opacity)) / 255);
    result[at + 3] = 255;
  }
  return result;
}

const damaged = () => new AppError('file.damaged', 'The picture cannot be read. Draw it again.');

const tooLarge = () =>
  new AppError(
    'file.too-large',
    `The picture is too large: at most ${mostPictureBytes / 1024 / 1024} MB and ${mostPicturePixels / 1_000_000} million pixels. Show less, or make the window smaller, and draw it again.`,
  );
