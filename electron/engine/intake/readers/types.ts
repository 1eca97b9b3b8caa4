/**
 * The readers: one small module per file format, each turning bytes into sheets of rows.
 * They know nothing of kinds, mappings or the database; everything after them is shared.
 *
 * What a sheet *shows* (`text`) and what it *stores* (`stored`) are both kept, because the
 * difference is where phone numbers and dates are lost.
 */

/** Random access to a file that is never loaded whole. */
export interface ByteSource {
  /** File name without folder, as the user knows it. */
  readonly name: string;
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
  /** Fills a buffer of the caller's from an offset; how many bytes were there. For reading in bulk. */
  readInto?(target: Buffer, offset: number): Promise<number>;
  close(): Promise<void>;
}

export type StoredType = 'number' | 'date' | 'datetime' | 'time' | 'duration' | 'boolean' | 'error';

/** A stored value that differs in kind from the shown text. Dates and times are ISO 8601 without zone. */
export interface StoredValue {
  type: StoredType;
  value: string | number | boolean;
}

/**
 * A run of whole records of a text file, by its bytes: with it the same rows can be read again from the file
 * alone (`readSpan` in `csv.ts`). Every row of the run names the same object.
 */
export interface TextSpan {
  from: number;
  /** First byte after the run. */
  to: number;
  /** How many records stand before it. */
  before: number;
  encoding: string;
  delimiter: string;
}

export interface SheetRow {
  /** 1-based, as the program that wrote the file numbers its rows; in a CSV the record's ordinal. */
  row: number;
  /** What the sheet shows, by 0-based column; '' for a blank. Trailing blanks are left out. */
  text: string[];
  /** Stored values by the same index, undefined where the text says it all; left out when none. */
  stored?: (StoredValue | undefined)[];
  /** Where a row of a text file stands; left out where its bytes do not give the row again. */
  span?: TextSpan;
  /** True when the row is hidden in the sheet. Hidden rows are read like others. */
  hidden?: boolean;
}

export interface MergedRange {
  /** 1-based rows, 0-based columns, both ends inside. */
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** Neighbouring columns, 0-based, both ends inside. */
export interface ColumnRange {
  first: number;
  last: number;
}

/** What hangs on a cell beside its value. */
export interface CellAnnotation {
  /** 1-based row, 0-based column. */
  row: number;
  column: number;
  kind: 'comment' | 'link';
  /** Text of the comment with its author where known, or the target of the link as it stands. Never followed. */
  text: string;
}

export interface SheetReader {
  name: string;
  visibility: 'visible' | 'hidden' | 'very-hidden';
  /** Declared merges; whole once the rows have been read to their end, or `readMargins` has. */
  merges(): MergedRange[];
  /** Columns that the sheet hides; whole once the first rows have been read, or `readMargins` has. */
  hiddenColumns?(): ColumnRange[];
  /**
   * Reads what the sheet says around its rows without reading them, for those who need the merges
   * first. Costs about as much as inflating the sheet; nothing when it is known already.
   */
  readMargins?(signal?: AbortSignal): Promise<void>;
  /** Comments and hyperlinks; may read the sheet to its end. */
  annotations?(signal?: AbortSignal): Promise<CellAnnotation[]>;
  /**
   * The different texts of some columns (0-based) of the rows after `after` up to `last`, blanks left out, at most
   * `limit` a column: for formats in which that is cheaper than reading the rows.
   */
  distinctTexts?(
    wanted: { columns: readonly number[]; after: number; last: number; limit: number },
    signal?: AbortSignal,
  ): Promise<Map<number, Set<string>>>;
  /** Rows in order, in batches. May be called more than once; each call reads from the start. */
  rows(signal?: AbortSignal): AsyncIterable<SheetRow[]>;
}

export type FileFormat = 'xlsx' | 'csv' | 'xls' | 'xlsb' | 'ods';

/** Something the user should know about the file as a whole (encoding guessed, macros ignored, ...). */
export interface FileNote {
  code: string;
  message: string;
}

export interface OpenedFile {
  format: FileFormat;
  sheets: SheetReader[];
  notes: FileNote[];
  /** Of a file that a password opened: the workbook without its protection. Closed with the file. */
  unlocked?: ByteSource;
  close(): Promise<void>;
}

/** Limits that hold for every reader. A breach is an `AppError` with a `file.*` code. */
export interface ReaderCaps {
  maxFileBytes: number;
  maxInflatedBytes: number;
  maxInflateRatio: number;
  maxSheets: number;
  maxRows: number;
  maxColumns: number;
  maxCellCharacters: number;
  maxSharedStrings: number;
}
