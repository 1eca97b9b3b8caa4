/** Measures a network in a thread: the engine goes on answering. */
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Measured, MeasureTask } from './measure.ts';

type Message = { type: 'progress'; share: number } | { type: 'done'; answer: Measured };

export interface Watch {
  signal?: AbortSignal | undefined;
  /** 0 to 1. */
  progress?: ((share: number) => void) | undefined;
}

export const stopped = () =>
  new AppError('cancelled', 'Measuring the network was stopped. Nothing was changed.');

/** @throws AppError `cancelled` when the signal comes. */
export async function measureApart(task: MeasureTask, { signal, progress }: Watch = {}): Promise<Measured> {
  if (signal?.aborted) throw stopped();
  const here = fileURLToPath(import.meta.url);
  // In the built engine all modules of this folder are one file beside the thread's own.
  const entry = join(dirname(here), `network.worker${extname(here)}`);
  const worker = new Worker(entry, { workerData: task, stdout: true, stderr: true, env: {} });
  const abort = () => void worker.terminate();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      let failure: Error | undefined;
      worker.on('message', (message: Message) => {
        if (message.type === 'progress') progress?.(message.share);
        else resolve(message.answer);
      });
      worker.on('error', (error) => {
        failure ??= error;
      });
      worker.on('exit', () =>
        reject(signal?.aborted ? stopped() : (failure ?? new Error('the thread ended without an answer'))),
      );
    });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
