import { parentPort } from 'node:worker_threads';
import type { Picture } from './photographs.ts';
import { scalePicture } from './scalePicture.ts';

/** Entry of the thread that makes photographs smaller: one picture and factor in, its bytes or `null` out. */
parentPort?.on('message', async ({ picture, factor }: { picture: Picture; factor: number }) => {
  try {
    parentPort?.postMessage(await scalePicture({ ...picture, bytes: Buffer.from(picture.bytes) }, factor));
  } catch {
    parentPort?.postMessage(null);
  }
});
