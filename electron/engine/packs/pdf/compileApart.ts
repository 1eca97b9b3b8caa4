import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../shared/contract/errors.ts';
import { compilerModule } from './compilerModule.ts';
import type { TypstJob } from './compileTypst.ts';

/**
 * Compiles in a thread of its own: the engine goes on answering, and the compiler's memory, in which
 * the whole pack stood in clear, is given back when the thread ends. Where the thread's file does not
 * stand beside this one, the work is done here instead.
 *
 * @throws AppError `pack.failed` when the PDF cannot be laid out, `cancelled` when the signal says so.
 */
export async function compileApart(job: TypstJob, signal?: AbortSignal): Promise<Uint8Array> {
  if (signal?.aborted === true) throw cancelled();
  const here = fileURLToPath(import.meta.url);
  const entry = join(dirname(here), `typst.worker${extname(here)}`);
  if (!existsSync(entry)) {
    const { compileTypst } = await import('./compileTypst.ts');
    return compileTypst(job);
  }
  const module = await compilerModule();
  const worker = new Worker(entry, { stdout: true, stderr: true });
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      const failed = () =>
        new AppError('pack.failed', 'The PDF could not be laid out. Export the workbook instead.');
      worker.once('message', (bytes: Uint8Array | null) =>
        bytes === null ? reject(failed()) : resolve(bytes),
      );
      worker.once('error', () => reject(failed()));
      worker.once('exit', () => reject(failed()));
      signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
      worker.postMessage({ job, module });
    });
  } finally {
    await worker.terminate();
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The export was cancelled; nothing was issued.');
}
