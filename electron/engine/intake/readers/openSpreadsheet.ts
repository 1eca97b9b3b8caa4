import { AppError } from '../../../../shared/contract/errors.ts';
import { checkSize } from './byteSource.ts';
import { defaultCaps, defaultTextRows } from './caps.ts';
import { openCsv } from './csv.ts';
import { openOtherArchive } from './legacy/openOtherArchive.ts';
import { openWhole, type WholeOptions } from './legacy/openWhole.ts';
import { unlockSource } from './legacy/unlockSource.ts';
import type { WholeLimits } from './legacy/wholeFile.ts';
import { describeEncrypted, sniffFormat } from './sniff.ts';
import type { ByteSource, OpenedFile, ReaderCaps } from './types.ts';
import { openXlsx } from './xlsx/openXlsx.ts';

export interface OpenOptions {
  caps?: Partial<ReaderCaps>;
  /** Bytes asked for at a time. */
  chunkBytes?: number;
  /** Opens a workbook that is protected with a password. Kept nowhere. */
  password?: string | undefined;
  /** Memory and time of a file that is read whole (.xls, .xlsb, .ods, protected workbooks). */
  limits?: Partial<WholeLimits>;
  signal?: AbortSignal | undefined;
}

const defaultChunkBytes = 256 * 1024;

/**
 * Excel's own password for workbooks that are protected against changes alone ([MS-OFFCRYPTO] 2.4.2.3):
 * such a file opens in Excel without a question, and so it does here.
 */
const silentPassword = 'VelvetSweatshop';

/**
 * Opens a spreadsheet by what it holds, whatever it is called.
 *
 * The opened file owns the source: `close` closes both. When opening fails the source is closed.
 *
 * @throws AppError with a `file.*` code that says what the file is and what to do
 */
export async function openSpreadsheet(source: ByteSource, options: OpenOptions = {}): Promise<OpenedFile> {
  try {
    return await openByContent(source, options);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openByContent(source: ByteSource, options: OpenOptions): Promise<OpenedFile> {
  const caps: ReaderCaps = { ...defaultCaps, ...options.caps };
  const reading: WholeOptions = {
    caps,
    chunkBytes: options.chunkBytes ?? defaultChunkBytes,
    limits: options.limits,
    signal: options.signal,
  };
  checkSize(source.name, source.size, caps.maxFileBytes);
  switch (await sniffFormat(source)) {
    case 'zip':
      return openXlsx(source, reading, (archive) => openOtherArchive(source, archive, reading));
    case 'xls':
      try {
        return await openWhole(source, 'xls', reading);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'file.encrypted') throw error;
        return openLocked(source, options, reading);
      }
    case 'encrypted':
      return openLocked(source, options, reading);
    case 'text': {
      const maxRows = options.caps?.maxRows ?? defaultTextRows;
      return openCsv(source, { ...reading, caps: { ...caps, maxRows } });
    }
  }
}

/** Opens the workbook within a protected one. */
async function openLocked(
  source: ByteSource,
  options: OpenOptions,
  reading: WholeOptions,
): Promise<OpenedFile> {
  const { password, ...rest } = options;
  const unlocked = await unlockSource(source, password ?? silentPassword, reading).catch((error: unknown) => {
    const failed = error instanceof AppError && /^file\.(?:encrypted|damaged)$/.test(error.code);
    throw failed && password === undefined ? describeEncrypted(source.name) : error;
  });
  const opened = await openSpreadsheet(unlocked, rest);
  return {
    ...opened,
    ...(password === undefined ? {} : { unlocked }),
    async close() {
      await opened.close();
      await source.close();
    },
  };
}
