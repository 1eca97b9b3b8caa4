import { parentPort } from 'node:worker_threads';
import { recodePng } from './recodePng.ts';

/** Entry of the thread that encodes a picture anew: its bytes in, the same without anything beside the pixels or null out. */
parentPort?.once('message', (bytes: Uint8Array) => {
  try {
    parentPort?.postMessage(recodePng(bytes));
  } catch {
    parentPort?.postMessage(null);
  }
});
