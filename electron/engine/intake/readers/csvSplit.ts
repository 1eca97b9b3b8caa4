import { AppError } from '../../../../shared/contract/errors.ts';
import type { ReaderCaps, SheetRow, TextSpan } from './types.ts';

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

/** What splitting found out about the file as a whole. */
export interface SplitFindings {
  unclosedQuoteAt: number | undefined;
}

/**
 * Splits delimited text into records, block by block (RFC 4180, with what Excel tolerates: any of
 * the three line ends, ragged records, text after a closing quote, quotes inside a plain cell).
 *
 * Call `push` with each block, then `finish`. An incomplete last record is kept for the next block.
 */
export class CsvSplitter {
  readonly findings: SplitFindings = { unclosedQuoteAt: undefined };
  private readonly delimiter: number;
  private readonly caps: ReaderCaps;
  private readonly fileName: string;
  private pending = '';
  private wanted = 0;
  private record = 0;
  private width = 0;
  private span: TextSpan | undefined;

  constructor(delimiter: string, caps: ReaderCaps, fileName: string) {
    this.delimiter = delimiter.charCodeAt(0);
    this.caps = caps;
    this.fileName = fileName;
  }

  /** The text that waits for the rest of its record. */
  get rest(): string {
    return this.pending;
  }

  /** How many records have been made available. */
  get records(): number {
    return this.record;
  }

  /** The complete records that this block makes available; `span` is where the caller says that they stand. */
  push(block: string, span?: TextSpan): SheetRow[] {
    this.span = span;
    const text = this.pending === '' ? block : this.pending + block;
    // After a long incomplete record, wait until the text has doubled: no record is rescanned often.
    if (text.length < this.wanted) {
      this.pending = text;
      return [];
    }
    const rows: SheetRow[] = [];
    const consumed = this.split(text, rows, false);
    this.pending = consumed === 0 ? text : text.slice(consumed);
    this.wanted = this.pending.length > 1024 ? this.pending.length * 2 : 0;
    return rows;
  }

  /** The last records, once there is no more text. */
  finish(span?: TextSpan): SheetRow[] {
    this.span = span;
    const rows: SheetRow[] = [];
    this.split(this.pending, rows, true);
    this.pending = '';
    return rows;
  }

  private split(text: string, rows: SheetRow[], final: boolean): number {
    const length = text.length;
    const delimiter = this.delimiter;
    // Most characters are letters and digits, above every character that means something.
    const top = Math.max(delimiter, quote);
    let recordStart = 0;
    let cellStart = 0;
    let quoted: string | undefined;
    let cells: string[] = new Array(this.width);
    let count = 0;
    let filled = 0;

    for (let at = 0; at <= length; at++) {
      let ends = 0;
      if (at < length) {
        const code = text.charCodeAt(at);
        if (code > top) continue;
        if (code === lineFeed) ends = 1;
        else if (code === carriageReturn) {
          if (at + 1 < length) ends = text.charCodeAt(at + 1) === lineFeed ? 2 : 1;
          else if (final) ends = 1;
          else return recordStart;
        } else if (code === quote && at === cellStart && quoted === undefined) {
          const close = findClosingQuote(text, at + 1, final);
          if (close < 0 && !final) {
            this.checkOpenCell(length - at);
            return recordStart;
          }
          if (close < 0) this.findings.unclosedQuoteAt ??= this.record + 1;
          const end = close < 0 ? length : close;
          const inner = text.slice(at + 1, end);
          quoted = inner.includes('"') ? inner.replaceAll('""', '"') : inner;
          at = close < 0 ? length - 1 : close;
          cellStart = Math.min(length, at + 1);
          continue;
        } else if (code !== delimiter) continue;
      } else {
        if (!final) break;
        if (recordStart === length) break;
        ends = 1;
      }
      const plain = cellStart === at ? '' : text.slice(cellStart, at);
      const cell = quoted === undefined ? plain : quoted + plain;
      if (cell.length > this.caps.maxCellCharacters) this.refuseCell();
      cells[count++] = cell;
      if (cell !== '') filled = count;
      quoted = undefined;
      cellStart = at + 1;
      if (ends === 0) {
        if (count >= this.caps.maxColumns) this.refuseColumns();
        continue;
      }
      if (cells.length !== filled) cells.length = filled;
      this.width = filled;
      this.record += 1;
      if (this.record > this.caps.maxRows) this.refuseRows();
      rows.push(
        this.span ? { row: this.record, text: cells, span: this.span } : { row: this.record, text: cells },
      );
      cells = new Array(filled);
      count = 0;
      filled = 0;
      at += ends - 1;
      cellStart = at + 1;
      recordStart = Math.min(length, at + 1);
    }
    this.checkOpenCell(length - cellStart);
    return recordStart;
  }

  /** A cell that is still open when its text runs out may not grow without bound. */
  private checkOpenCell(length: number): void {
    if (length > this.caps.maxCellCharacters * 2) this.refuseCell();
  }

  private refuseCell(): never {
    throw new AppError(
      'file.damaged',
      `Record ${this.record + 1} of “${this.fileName}” holds a cell of more than ${this.caps.maxCellCharacters} characters. ` +
        'A quotation mark that is never closed is the usual cause: mend that line and import again.',
      { file: this.fileName, row: this.record + 1 },
    );
  }

  private refuseColumns(): never {
    throw new AppError(
      'file.damaged',
      `Record ${this.record + 1} of “${this.fileName}” has more than ${this.caps.maxColumns} columns.`,
      { file: this.fileName, row: this.record + 1 },
    );
  }

  private refuseRows(): never {
    throw new AppError(
      'file.too-many-rows',
      `“${this.fileName}” has more than ${this.caps.maxRows} rows. Split it into smaller files and import each.`,
      { file: this.fileName, maxRows: this.caps.maxRows },
    );
  }
}

/** Where the quoted cell that starts at `from` ends; -1 when the text does not say, or not yet. */
function findClosingQuote(text: string, from: number, final: boolean): number {
  let at = text.indexOf('"', from);
  while (at >= 0) {
    // A quote at the very end may be the first half of a doubled one.
    if (at + 1 === text.length) return final ? at : -1;
    if (text.charCodeAt(at + 1) !== quote) return at;
    at = text.indexOf('"', at + 2);
  }
  return -1;
}
