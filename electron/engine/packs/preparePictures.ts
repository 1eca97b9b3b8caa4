import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PackData, PackPhotographs } from '../../../shared/packs/packData.ts';
import { type Picture, readPicture } from './photographs.ts';
import { canDecode, scalePicture } from './scalePicture.ts';

/** Millimetres at which a pack prints a face, a view of an address and a kept picture at their largest. */
const faceSize = { width: 45, height: 56 };
const placeSize = { width: 88, height: 60 };
const pictureSize = { width: 267, height: 150 };

const dotsPerMillimetre = 300 / 25.4;

/** A picture barely larger than paper needs stays as it is: encoding it again would only cost sharpness. */
const spare = 1.25;

/** More than any camera of a force takes; what claims more would fill the memory when it is decoded. */
const mostPixels = 80_000_000;

type Scale = (picture: Picture, factor: number) => Promise<Uint8Array | null>;

/**
 * The photographs as a pack needs them: nothing beside the picture (see `readPicture`), and no more dots
 * than 300 to the inch at the size at which they are printed. What cannot be read is left out.
 *
 * @throws AppError `pack.failed` for a photograph of more than 80 million pixels, `cancelled`.
 */
export async function preparePictures(
  data: PackData,
  photographs: PackPhotographs,
  signal?: AbortSignal,
): Promise<PackPhotographs> {
  const prepared = new Map<string, Uint8Array>();
  const large: { id: string; picture: Picture; factor: number }[] = [];
  const owners = ownersOf(data);
  for (const [id, bytes] of photographs) {
    const picture = readPicture(bytes);
    if (picture === undefined) continue;
    const owner = owners.get(id);
    if (picture.width * picture.height > mostPixels) {
      throw new AppError(
        'pack.failed',
        `The photograph of ${owner?.ref ?? 'a record'} has too many pixels to be printed. Attach a smaller one.`,
      );
    }
    const factor = factorFor(picture, owner?.size ?? placeSize);
    if (picture.format === 'png' && factor * spare >= 1 && !canDecode(picture)) continue;
    prepared.set(id, picture.bytes);
    if (factor * spare < 1) large.push({ id, picture, factor });
  }
  if (large.length === 0) return prepared;
  await withScaler(async (scale) => {
    for (const { id, picture, factor } of large) {
      if (signal?.aborted === true)
        throw new AppError('cancelled', 'The export was cancelled; nothing was issued.');
      const bytes = await scale(picture, factor);
      if (bytes !== null) prepared.set(id, bytes);
      // A JPEG goes into a PDF as it is; a PNG that nothing can decode would stop the whole pack.
      else if (picture.format === 'png') prepared.delete(id);
    }
  });
  return prepared;
}

function ownersOf(data: PackData): Map<string, { ref: string; size: { width: number; height: number } }> {
  const owners = new Map<string, { ref: string; size: { width: number; height: number } }>();
  for (const { ref, photographs } of data.premises) {
    for (const id of photographs) owners.set(id, { ref, size: placeSize });
  }
  for (const { ref, photograph } of [...data.targets, ...data.people]) {
    if (photograph !== null) owners.set(photograph, { ref, size: faceSize });
  }
  for (const { ref, image } of data.pictures) {
    if (image !== null) owners.set(image, { ref, size: pictureSize });
  }
  return owners;
}

/** The factor that fits the picture into the printed size, turned as it will be seen. */
function factorFor(picture: Picture, size: { width: number; height: number }): number {
  return Math.min(
    (size.width * dotsPerMillimetre) / picture.width,
    (size.height * dotsPerMillimetre) / picture.height,
  );
}

/** Decoding takes a second for each large picture: a thread does it while the engine goes on answering. */
async function withScaler(work: (scale: Scale) => Promise<void>): Promise<void> {
  const here = fileURLToPath(import.meta.url);
  const entry = join(dirname(here), `pictures.worker${extname(here)}`);
  if (!existsSync(entry)) return work((picture, factor) => scalePicture(picture, factor).catch(() => null));
  const worker = new Worker(entry, { stdout: true, stderr: true });
  try {
    await work(
      (picture, factor) =>
        new Promise((resolve) => {
          const done = (bytes: Uint8Array | null) => {
            worker.off('message', done);
            worker.off('exit', gone);
            resolve(bytes);
          };
          const gone = () => done(null);
          worker.once('message', done);
          worker.once('exit', gone);
          worker.postMessage({ picture, factor });
        }),
    );
  } finally {
    await worker.terminate();
  }
}
