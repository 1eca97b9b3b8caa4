import { AppError } from '../../../../../shared/contract/errors.ts';
import { checkSize } from '../byteSource.ts';
import { type ReadingOptions, throwIfCancelled } from '../caps.ts';
import type { ByteSource, MergedRange, OpenedFile, SheetReader, SheetRow } from '../types.ts';
import { describeDamage, type ZipArchive } from '../xlsx/zipArchive.ts';
import type { SheetHead, WholeFormat } from './messages.ts';
import { collectPart, packParts } from './packParts.ts';
import { limitsFor, startThread, type WholeLimits, type WholeThread } from './wholeFile.ts';

const mebibyte = 1024 * 1024;
/** Such a file stands in memory whole, so less is allowed than for a file that is streamed. */
export const maxWholeBytes = 256 * mebibyte;

export interface WholeOptions extends ReadingOptions {
  limits?: Partial<WholeLimits> | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Opens a workbook of a format that cannot be streamed (.xls, .xlsb, .ods) in a thread of its own.
 *
 * @param archive the zip archive of an .xlsb or .ods, already checked
 * @throws AppError `file.damaged`, `file.too-large`, `file.hostile`, `file.encrypted`, `file.unsupported`,
 *   `file.too-many-sheets`, `file.too-many-rows`, `cancelled`
 */
export async function openWhole(
  source: ByteSource,
  format: WholeFormat,
  options: WholeOptions,
  archive?: ZipArchive,
): Promise<OpenedFile> {
  checkSize(source.name, source.size, Math.min(options.caps.maxFileBytes, maxWholeBytes));
  const maxInflated = Math.min(options.caps.maxInflatedBytes, maxWholeBytes);
  const bytes = !archive
    ? await readWhole(source)
    : format === 'ods'
      ? await collectPart(archive, 'content.xml', source.name, maxInflated)
      : await packParts(archive, source.name, maxInflated);
  const limits = { ...limitsFor(source.size), ...options.limits };
  const task = { kind: 'read', format, bytes, fileName: source.name, caps: options.caps } as const;
  const thread = startThread(task, limits, options.signal);
  try {
    const opened = await thread.first;
    if (opened.kind !== 'opened') throw describeDamage(source.name);
    if (opened.sheets.length === 0) throw describeDamage(source.name);
    if (opened.sheets.length > options.caps.maxSheets) {
      throw new AppError(
        'file.too-many-sheets',
        `“${source.name}” has more than ${options.caps.maxSheets} sheets. Split it into smaller files and import each.`,
        { file: source.name, sheets: opened.sheets.length },
      );
    }
    return {
      format,
      sheets: opened.sheets.map((head, index) => createSheetReader(thread, head, index)),
      notes: opened.notes,
      async close() {
        await thread.end();
        await source.close();
      },
    };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** The whole of a source in one piece of memory that can be handed to a thread. */
export async function readWhole(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(source.size);
  let filled = 0;
  while (filled < source.size) {
    const chunk = await source.read(filled, Math.min(mebibyte, source.size - filled));
    if (chunk.length === 0) throw describeDamage(source.name);
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

function createSheetReader(thread: WholeThread, head: SheetHead, index: number): SheetReader {
  let merges: MergedRange[] = head.merges;

  async function* readRows(signal?: AbortSignal): AsyncGenerator<SheetRow[]> {
    for (let from: number | null = 0; from !== null; ) {
      throwIfCancelled(signal);
      const answer = await thread.ask({ sheet: index, from }, signal);
      if (answer.kind !== 'rows') return;
      merges = answer.merges ?? merges;
      if (answer.rows.length > 0) yield answer.rows;
      from = answer.next;
    }
  }

  return { name: head.name, visibility: head.visibility, merges: () => merges, rows: readRows };
}
