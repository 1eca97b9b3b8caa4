import type { ErrorCode } from '../../../../../shared/contract/errors.ts';
import type { MergedRange, ReaderCaps, SheetReader, SheetRow } from '../types.ts';

/** Formats that are read whole, in a thread of their own. */
export type WholeFormat = 'xls' | 'xlsb' | 'ods';

/** What the thread is started for. Bytes are handed over, not copied. */
export type WholeTask =
  | { kind: 'read'; format: WholeFormat; bytes: Uint8Array<ArrayBuffer>; fileName: string; caps: ReaderCaps }
  | { kind: 'unlock'; bytes: Uint8Array<ArrayBuffer>; fileName: string; password: string };

/** What the engine asks for once the file is open: rows of a sheet (by index), from a place in it. */
export interface RowsRequest {
  sheet: number;
  /** 0 at first, then what the last reply gave as `next`. */
  from: number;
}

export interface SheetHead {
  name: string;
  visibility: SheetReader['visibility'];
  merges: MergedRange[];
}

export type WholeReply =
  | { kind: 'opened'; sheets: SheetHead[]; notes: { code: string; message: string }[] }
  | { kind: 'rows'; rows: SheetRow[]; merges?: MergedRange[]; next: number | null }
  | { kind: 'unlocked'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ErrorCode; message: string; details: Record<string, unknown> | undefined };

/** A file as the thread holds it. */
export interface WholeWorkbook {
  sheets: SheetHead[];
  notes: { code: string; message: string }[];
  rows(sheet: number, from: number): { rows: SheetRow[]; next: number | null };
}

/** Rows are handed on in batches of about this many, or of this many cell places. */
export const batchRows = 512;
export const batchCells = 16_384;
