import { AppError } from '../../../../shared/contract/errors.ts';
import type { FileNote, ReaderCaps } from './types.ts';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

/**
 * Limits that hold unless a caller narrows them. Rows, columns and cell length follow the limits
 * of Excel itself, generously; the rest keeps a hostile file from filling memory or disk.
 */
export const defaultCaps: Readonly<ReaderCaps> = Object.freeze({
  maxFileBytes: 2 * gibibyte,
  maxInflatedBytes: 8 * gibibyte,
  maxInflateRatio: 1000,
  maxSheets: 1024,
  maxRows: 1_048_576,
  maxColumns: 16_384,
  maxCellCharacters: 32_767 * 4,
  maxSharedStrings: 20_000_000,
});

/** A text file has no limit of its own, so it may hold more rows than a sheet. */
export const defaultTextRows = 10_000_000;

/** What every reader gets beside the bytes. */
export interface ReadingOptions {
  caps: ReaderCaps;
  /** How many bytes are asked for at a time; tests make it tiny to exercise every edge. */
  chunkBytes: number;
}

/** Adds a note once: reading a sheet twice must not say the same thing twice. */
export function addNote(notes: FileNote[], code: string, message: string): void {
  if (!notes.some((note) => note.code === code)) notes.push({ code, message });
}

/** Throws `cancelled` when the user has stopped the work. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'Reading was stopped before the end.');
}
