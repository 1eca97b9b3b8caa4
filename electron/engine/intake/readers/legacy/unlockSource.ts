import { bufferSource, checkSize } from '../byteSource.ts';
import type { ByteSource } from '../types.ts';
import { describeDamage } from '../xlsx/zipArchive.ts';
import { maxWholeBytes, readWhole, type WholeOptions } from './openWhole.ts';
import { limitsFor, startThread } from './wholeFile.ts';

/**
 * The workbook within one that is protected with a password, in memory alone. The work is done in a
 * thread of its own, because the file says how much of it there is.
 *
 * @throws AppError `file.encrypted` when the password is not the right one; `file.damaged`,
 *   `file.too-large`, `file.hostile`, `cancelled`
 */
export async function unlockSource(
  source: ByteSource,
  password: string,
  options: WholeOptions,
): Promise<ByteSource> {
  checkSize(source.name, source.size, Math.min(options.caps.maxFileBytes, maxWholeBytes));
  const bytes = await readWhole(source);
  const limits = { ...limitsFor(source.size), ...options.limits };
  const task = { kind: 'unlock', bytes, fileName: source.name, password } as const;
  const thread = startThread(task, limits, options.signal);
  try {
    const answer = await thread.first;
    if (answer.kind !== 'unlocked') throw describeDamage(source.name);
    return bufferSource(source.name, Buffer.from(answer.bytes.buffer));
  } finally {
    await thread.end();
  }
}
