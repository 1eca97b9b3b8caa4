import { checkSize } from './byteSource.ts';
import { defaultCaps, defaultTextRows, type ReadingOptions } from './caps.ts';
import { openCsv } from './csv.ts';
import { sniffFormat } from './sniff.ts';
import type { ByteSource, OpenedFile, ReaderCaps } from './types.ts';
import { openXlsx } from './xlsx/openXlsx.ts';

export { defaultCaps } from './caps.ts';

export interface OpenOptions {
  caps?: Partial<ReaderCaps>;
  /** Bytes asked for at a time. */
  chunkBytes?: number;
}

const defaultChunkBytes = 256 * 1024;

/**
 * Opens a spreadsheet by what it holds, whatever it is called.
 *
 * The opened file owns the source: `close` closes both. When opening fails the source is closed.
 *
 * @throws AppError with a `file.*` code that says what the file is and what to do
 */
export async function openSpreadsheet(source: ByteSource, options: OpenOptions = {}): Promise<OpenedFile> {
  const caps: ReaderCaps = { ...defaultCaps, ...options.caps };
  const reading: ReadingOptions = { caps, chunkBytes: options.chunkBytes ?? defaultChunkBytes };
  try {
    checkSize(source.name, source.size, caps.maxFileBytes);
    if ((await sniffFormat(source)) === 'zip') return await openXlsx(source, reading);
    const maxRows = options.caps?.maxRows ?? defaultTextRows;
    return await openCsv(source, { ...reading, caps: { ...caps, maxRows } });
  } catch (error) {
    await source.close();
    throw error;
  }
}
