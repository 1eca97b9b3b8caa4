/** Runs a task on whole databases in a thread: the engine goes on answering, and edits go on. */
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Watch } from './backupKeeper.ts';
import type { Answers, Message, Task } from './tasks.ts';

/**
 * Does a task and gives its answer. The key is copied into the thread and wiped there.
 * @throws AppError with the words of the thread; `cancelled` when the signal aborts.
 */
export async function runApart<Kind extends Task['kind']>(
  task: Task & { kind: Kind },
  dataKey: Buffer,
  watch: Watch = {},
): Promise<Answers[Kind]> {
  if (watch.signal?.aborted) throw cancelled();
  const here = fileURLToPath(import.meta.url);
  // In the built engine all modules of this folder are one file beside the thread's own.
  const entry = join(dirname(here), `backups.worker${extname(here)}`);
  const worker = new Worker(entry, {
    workerData: { task, dataKey: Uint8Array.from(dataKey) },
    // What a library prints may quote the workspace.
    stdout: true,
    stderr: true,
    env: {},
  });
  const abort = () => void worker.terminate();
  watch.signal?.addEventListener('abort', abort, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      let failure: Error | undefined;
      worker.on('message', (message: Message) => {
        if (message.type === 'progress') watch.progress?.(message);
        else if (message.type === 'done') resolve(message.answer as Answers[Kind]);
        else
          failure = message.code ? new AppError(message.code, message.message) : new Error(message.message);
      });
      worker.on('error', (error) => {
        failure ??= error;
      });
      // The end of the thread comes last: its files are closed then, and can be removed.
      worker.on('exit', () =>
        reject(
          watch.signal?.aborted ? cancelled() : (failure ?? new Error('the thread ended without an answer')),
        ),
      );
    });
  } finally {
    watch.signal?.removeEventListener('abort', abort);
  }
}

const cancelled = () => new AppError('cancelled', 'Cancelled; nothing was left behind.');
