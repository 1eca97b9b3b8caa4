/** The thread in which a file is read whole: what it does to memory or time ends with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { describeDamage } from '../xlsx/zipArchive.ts';
import type { RowsRequest, WholeReply, WholeTask, WholeWorkbook } from './messages.ts';

const task = workerData as WholeTask;

function reply(message: WholeReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** A library's own words may quote the file, so they never leave the thread. */
function fail(error: unknown): void {
  const known = error instanceof AppError ? error : describeDamage(task.fileName);
  reply({ kind: 'failed', code: known.code, message: known.message, details: known.details });
}

/** Each library is large and most files need one of them. */
async function openWorkbook(): Promise<WholeWorkbook> {
  const { bytes, fileName, caps, format } = task as WholeTask & { kind: 'read' };
  if (format === 'ods') {
    const { readOpenDocument } = await import('./openDocument.ts');
    const workbook = readOpenDocument(bytes, fileName, caps);
    // The text has been taken out of them: a hundred megabytes would stand here twice.
    bytes.buffer.transfer(0);
    return workbook;
  }
  const { readBinaryWorkbook } = await import('./binaryWorkbook.ts');
  return readBinaryWorkbook(bytes, format, fileName, caps);
}

async function openTask(): Promise<void> {
  if (task.kind === 'unlock') {
    const { unlockWorkbook } = await import('./unlockWorkbook.ts');
    const bytes = await unlockWorkbook(task.bytes, task.password, task.fileName);
    reply({ kind: 'unlocked', bytes }, [bytes.buffer]);
    return;
  }
  const workbook = await openWorkbook();
  parentPort?.on('message', ({ sheet, from }: RowsRequest) => {
    try {
      const merges = workbook.sheets[sheet]?.merges;
      reply({ kind: 'rows', ...workbook.rows(sheet, from), ...(merges ? { merges } : {}) });
    } catch (error) {
      fail(error);
    }
  });
  reply({ kind: 'opened', sheets: workbook.sheets, notes: workbook.notes });
}

await openTask().catch(fail);
