import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { describeDamage } from '../xlsx/zipArchive.ts';
import type { RowsRequest, WholeReply, WholeTask } from './messages.ts';

/** How much one file may cost. Tests narrow them. */
export interface WholeLimits {
  /** Heap of the thread, in MiB; beyond it the file is too large to be read this way. */
  heapMebibytes: number;
  /** The longest wait for one answer. */
  seconds: number;
}

/** By the size of the file: a small one that takes long is a broken or hostile one. Size in bytes. */
export function limitsFor(size: number): WholeLimits {
  return { heapMebibytes: 1536, seconds: Math.min(180, 15 + (size / 1_048_576) * 4) };
}

/** A thread that has been started for one file. */
export interface WholeThread {
  /** The first answer: the file is open, or unlocked. */
  readonly first: Promise<WholeReply>;
  /** Asks for rows; questions wait for each other. An abort ends the thread. */
  ask(request: RowsRequest, signal?: AbortSignal): Promise<WholeReply>;
  end(): Promise<void>;
}

/**
 * Starts a thread for a file that has to be read whole. Too much memory, too much time, damage or an
 * abort end the thread alone: the engine goes on.
 */
export function startThread(task: WholeTask, limits: WholeLimits, signal?: AbortSignal): WholeThread {
  const here = fileURLToPath(import.meta.url);
  // In the built engine all modules of this folder are one file beside the thread's own.
  const entry = join(dirname(here), `wholeFile.worker${extname(here)}`);
  const worker = new Worker(entry, {
    workerData: task,
    transferList: [task.bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMebibytes, maxYoungGenerationSizeMb: 64 },
    // What a library prints may quote the file.
    stdout: true,
    stderr: true,
    env: {},
  });
  let failure: AppError | undefined;
  let waiting: { resolve: (reply: WholeReply) => void; reject: (error: AppError) => void } | undefined;

  function stop(error: AppError): void {
    failure ??= error;
    waiting?.reject(failure);
    void worker.terminate();
  }

  worker.on('message', (reply: WholeReply) => {
    if (reply.kind === 'failed') stop(new AppError(reply.code, reply.message, reply.details));
    else waiting?.resolve(reply);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    stop(memory ? describeTooLarge(task.fileName) : describeDamage(task.fileName));
  });
  worker.on('exit', () => stop(describeDamage(task.fileName)));

  async function wait(aborting: AbortSignal | undefined): Promise<WholeReply> {
    if (failure) throw failure;
    const timer = setTimeout(() => stop(describeTooLong(task.fileName)), limits.seconds * 1000);
    const abort = () => stop(new AppError('cancelled', 'Reading was stopped before the end.'));
    aborting?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        if (aborting?.aborted) abort();
      });
    } finally {
      waiting = undefined;
      clearTimeout(timer);
      aborting?.removeEventListener('abort', abort);
    }
  }

  const first = wait(signal);
  let last: Promise<unknown> = first;
  return {
    first,
    ask(request, aborting) {
      // Two sheets may be read side by side, but answers carry no names.
      const answer = last.then(
        () => {
          worker.postMessage(request);
          return wait(aborting);
        },
        () => wait(aborting),
      );
      last = answer.catch(() => {});
      return answer;
    },
    async end() {
      failure ??= new AppError('cancelled', 'The file has been closed.');
      waiting?.reject(failure);
      await worker.terminate();
    },
  };
}

/** The error for a file that does not fit into the memory that reading it whole may take. */
export function describeTooLarge(fileName: string): AppError {
  return new AppError(
    'file.too-large',
    `“${fileName}” is too large to be read in this format. Open it in Excel, save it as .xlsx and import that.`,
    { file: fileName },
  );
}

function describeTooLong(fileName: string): AppError {
  return new AppError(
    'file.hostile',
    `“${fileName}” was refused because reading it took far longer than its size explains. Open it in Excel, save it as .xlsx and import that.`,
    { file: fileName },
  );
}
