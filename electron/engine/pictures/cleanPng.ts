/** A PNG from outside, decoded and encoded again in a thread of its own: nothing but its pixels survives. */
import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  longestPictureSide,
  mostPictureBytes,
  mostPicturePixels,
} from '../../../shared/contract/areas/pictures.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { readPicture } from '../packs/photographs.ts';

export interface CleanPng {
  bytes: Buffer;
  width: number;
  height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** No picture that is let in takes a fiftieth of this; what does is meant to. */
const longestWork = 120_000;

/**
 * Reads the size from the header before anything is inflated, so that a small file cannot open into a large one.
 * @throws AppError `file.unsupported` for what is no PNG, `file.too-large`, `file.damaged`.
 */
export async function cleanPng(base64: string): Promise<CleanPng> {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw damaged();
  const given = Buffer.from(base64, 'base64');
  if (given.length > mostPictureBytes) throw tooLarge();
  if (!given.subarray(0, 8).equals(signature))
    throw new AppError('file.unsupported', 'The picture is no PNG. Draw it again.');
  const picture = readPicture(given);
  if (picture === undefined) throw damaged();
  const { width, height } = picture;
  if (width > longestPictureSide || height > longestPictureSide || width * height > mostPicturePixels)
    throw tooLarge();
  const clean = await recodeApart(picture.bytes);
  if (clean === null || clean.width !== width || clean.height !== height) throw damaged();
  return clean;
}

/** Seconds of work for a large picture: the engine goes on answering. Null for what cannot be decoded. */
async function recodeApart(bytes: Buffer): Promise<CleanPng | null> {
  const here = fileURLToPath(import.meta.url);
  const entry = join(dirname(here), `recodePng.worker${extname(here)}`);
  if (!existsSync(entry)) {
    const { recodePng } = await import('./recodePng.ts');
    try {
      return recodePng(bytes);
    } catch {
      return null;
    }
  }
  const worker = new Worker(entry, { stdout: true, stderr: true, env: {} });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const answer = await new Promise<CleanPng | null>((resolve) => {
      worker.once('message', resolve);
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
      timer = setTimeout(() => resolve(null), longestWork);
      worker.postMessage(bytes);
    });
    return answer && { ...answer, bytes: Buffer.from(answer.bytes) };
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const damaged = () => new AppError('file.damaged', 'The picture cannot be read. Draw it again.');

const tooLarge = () =>
  new AppError(
    'file.too-large',
    `The picture is too large: at most ${mostPictureBytes / 1024 / 1024} MB and ${mostPicturePixels / 1_000_000} million pixels. Show less, or make the window smaller, and draw it again.`,
  );
