import { parentPort } from 'node:worker_threads';
import { compileTypst, type TypstJob } from './compileTypst.ts';

/** Entry of the thread that lays out one PDF: one job and the compiler in, its bytes or `null` out. */
parentPort?.once('message', async ({ job, module }: { job: TypstJob; module: object }) => {
  try {
    const bytes = await compileTypst(job, module);
    parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
  } catch {
    // The words of the compiler may quote the data: they stay in this thread.
    parentPort?.postMessage(null);
  }
});
