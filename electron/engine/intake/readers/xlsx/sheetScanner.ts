import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ColumnRange, MergedRange, SheetRow } from '../types.ts';
import { CellScanner } from './cellScanner.ts';
import type { SheetContext } from './rowBuilder.ts';
import { lessThan, parseRange, readWholeNumber, slash } from './sheetText.ts';
import {
  ByteWindow,
  decodeCharacterData,
  findNameEnd,
  findTagEnd,
  isNamed,
  readAttributeOf,
  skipMarkup,
} from './xmlBytes.ts';
import { getAttribute, parseTag } from './xmlParts.ts';

/** The longest row, comment or tag that is waited for. */
const maxWindowBytes = 32 * 1024 * 1024;
/** Rows are handed on when their long texts come to this: a few bytes may refer to much text. */
const maxHeldCharacters = 8 * 1024 * 1024;
const maxMerges = 100_000;
const maxHiddenColumns = 16_384;
/** As many as Excel allows on one sheet. */
const maxLinks = 66_530;
const rowsName = Buffer.from('sheetData');
const cellName = Buffer.from('<c ');
const linkFunction = Buffer.from('HYPERLINK(');
/** A formula that is longer than this and unfinished is not waited for. */
const maxFormulaBytes = 64 * 1024;
/** What stays of a skipped stretch: enough for an end tag under any reasonable prefix. */
const keptBytes = 256;

/** A hyperlink as the sheet declares it. */
export interface SheetLink {
  range: MergedRange;
  /** The relationship of the sheet that holds the target. */
  relation?: string | undefined;
  location?: string | undefined;
  /** The target itself, where a formula names it. */
  target?: string | undefined;
}

/**
 * Scans the XML of one sheet, chunk by chunk, into rows. A row that a chunk cuts is read again
 * from its start with the next chunk. Rows without any content are left out.
 */
export class SheetScanner {
  readonly merges: MergedRange[] = [];
  readonly hiddenColumns: ColumnRange[] = [];
  readonly links: SheetLink[] = [];
  private readonly context: SheetContext;
  private readonly skipsRows: boolean;
  private readonly window = new ByteWindow(maxWindowBytes);
  /** The window as one character a byte. */
  private text = '';
  private rows: SheetRow[] = [];
  private inRows = false;
  private lastRow = 0;
  private opened = false;
  /** True when the rows given are not all: `resume` gives the next ones. */
  pending = false;
  /** Up to here formulas have been looked through for links. */
  private linksEnd = 0;
  private readonly cells: CellScanner;

  /** @param skipsRows true when only what stands around the rows is asked for, which costs little more than inflating */
  constructor(context: SheetContext, skipsRows = false) {
    this.context = context;
    this.skipsRows = skipsRows;
    this.cells = new CellScanner(context);
  }

  /** Rows completed by this chunk. */
  push(chunk: Buffer): SheetRow[] {
    if (!this.window.append(chunk)) return [];
    return this.scan();
  }

  /** More rows of the same chunk. */
  resume(): SheetRow[] {
    return this.scan();
  }

  /** Rows still waiting at the end of the part. */
  finish(): SheetRow[] {
    return this.window.length > 0 ? this.scan() : [];
  }

  /** Whether the sheet's XML came to its end. */
  get complete(): boolean {
    return this.opened && !this.inRows;
  }

  private scan(): SheetRow[] {
    const { bytes, length } = this.window;
    this.rows = [];
    this.pending = false;
    this.cells.row.weight = 0;
    let at = 0;
    if (this.skipsRows && this.inRows) {
      const skipped = this.skipRows(0);
      if (!skipped.ended) {
        this.window.keepFrom(skipped.at);
        return this.rows;
      }
      at = skipped.at;
    }
    this.text = bytes.toString('latin1', 0, length);
    this.cells.look(bytes, length, this.text);
    for (;;) {
      const open = this.text.indexOf('<', at);
      if (open < 0) {
        at = length;
        break;
      }
      const end = this.readTag(open);
      if (end < 0) {
        at = open;
        break;
      }
      at = end;
      if (this.cells.row.weight > maxHeldCharacters) {
        this.pending = true;
        break;
      }
      if (this.skipsRows && this.inRows) {
        const skipped = this.skipRows(end);
        at = skipped.at;
        if (!skipped.ended) break;
      }
    }
    this.window.keepFrom(at);
    return this.rows;
  }

  /** Goes on to the tag that ends the rows, or to what the next chunk has to be seen with. */
  private skipRows(from: number): { at: number; ended: boolean } {
    const { length } = this.window;
    const end = this.findRowsEnd(from);
    const seen = this.readFormulaLinks(from, end < 0 ? length : end);
    if (end >= 0) return { at: end, ended: true };
    return { at: seen < length ? seen : Math.max(from, this.linksEnd, length - keptBytes), ended: false };
  }

  /** Where the tag stands that ends the rows; -1 when the window ends first. */
  private findRowsEnd(from: number): number {
    const { bytes, length } = this.window;
    for (let at = from; ; ) {
      const found = bytes.indexOf(rowsName, at);
      if (found < 0 || found >= length) return -1;
      const open = bytes.lastIndexOf(lessThan, found);
      if (open >= from && bytes[open + 1] === slash) return open;
      at = found + rowsName.length;
    }
  }

  /**
   * Links that a formula makes of a text, such as `HYPERLINK("https://…")`. Returns where a formula
   * begins that the window cuts, else the end.
   */
  private readFormulaLinks(from: number, end: number): number {
    const { bytes, length } = this.window;
    this.linksEnd = from;
    for (let at = from; ; ) {
      const found = bytes.indexOf(linkFunction, at);
      if (found < 0 || found >= end) return end;
      at = found + linkFunction.length;
      const open = bytes.lastIndexOf(cellName, found);
      if (open < from) continue;
      const stop = bytes.indexOf(lessThan, found);
      if (stop < 0 || stop >= length) return length - open < maxFormulaBytes ? open : end;
      this.linksEnd = stop;
      const head = bytes.toString('latin1', open, found);
      if (this.links.length >= maxLinks || !/<f(?:\s[^<>]*)?>$/.test(head)) continue;
      const range = parseRange(readAttributeOf(head.slice(0, head.indexOf('>')), 'r'));
      const formula = decodeCharacterData(bytes.toString('utf8', found, stop));
      const target = /^HYPERLINK\(\s*"((?:[^"]|"")+)"\s*[,)]/.exec(formula)?.[1];
      if (range && target !== undefined) this.links.push({ range, target: target.replaceAll('""', '"') });
    }
  }

  /** Reads the tag at `open`, a whole row when it opens one; -1 when the window ends first. */
  private readTag(open: number): number {
    const { bytes, length } = this.window;
    if (open + 1 >= length) return -1;
    const next = bytes[open + 1] as number;
    if (next === 33 || next === 63) return skipMarkup(bytes, length, open);
    const end = findTagEnd(bytes, length, open);
    if (end < 0) return -1;
    const closes = next === slash;
    const start = closes ? open + 2 : open + 1;
    const nameEnd = findNameEnd(bytes, length, start);
    const closed = (bytes[end - 1] as number) === slash;
    if (this.inRows) {
      if (!closes && isNamed(bytes, start, nameEnd, 'row')) return this.readRow(open, end, closed);
      if (closes && isNamed(bytes, start, nameEnd, 'sheetData')) this.inRows = false;
    } else if (!closes && isNamed(bytes, start, nameEnd, 'sheetData')) {
      this.inRows = !closed;
      this.opened = true;
    } else if (!closes) this.readMargin(start, nameEnd, end);
    return end + 1;
  }

  /** What the sheet says before and after its rows. */
  private readMargin(start: number, nameEnd: number, end: number): void {
    const { bytes } = this.window;
    if (isNamed(bytes, start, nameEnd, 'mergeCell')) {
      const range = parseRange(readAttributeOf(this.text.slice(start, end), 'ref'));
      if (range && this.merges.length < maxMerges) this.merges.push(range);
    } else if (isNamed(bytes, start, nameEnd, 'col')) {
      const tag = this.text.slice(start, end);
      if (!isTrue(readAttributeOf(tag, 'hidden'))) return;
      const first = readWholeNumber(readAttributeOf(tag, 'min') ?? '') - 1;
      const last = Math.min(
        readWholeNumber(readAttributeOf(tag, 'max') ?? '') - 1,
        this.context.caps.maxColumns - 1,
      );
      if (first >= 0 && last >= first && this.hiddenColumns.length < maxHiddenColumns)
        this.hiddenColumns.push({ first, last });
    } else if (isNamed(bytes, start, nameEnd, 'hyperlink')) {
      if (this.links.length >= maxLinks) return;
      const element = parseTag(bytes.toString('utf8', start, end));
      const range = parseRange(getAttribute(element, 'ref'));
      if (!range) return;
      this.links.push({
        range,
        relation: getAttribute(element, 'id'),
        location: getAttribute(element, 'location'),
      });
    } else if (isNamed(bytes, start, nameEnd, 'worksheet')) this.opened = true;
  }

  private readRow(open: number, tagEnd: number, closed: boolean): number {
    const tag = this.text.slice(open, tagEnd);
    const declared = readRowNumber(tag);
    const number = declared > 0 ? declared : this.lastRow + 1;
    if (number > this.context.caps.maxRows) throw this.refuseRows();
    this.cells.row.begin(number);
    const end = closed ? tagEnd + 1 : this.cells.readCells(tagEnd + 1);
    if (end < 0) return -1;
    this.lastRow = number;
    const row = this.cells.row.finish();
    if (!row) return end;
    if (tag.includes('hidden') && isTrue(readAttributeOf(tag, 'hidden'))) row.hidden = true;
    this.rows.push(row);
    return end;
  }

  private refuseRows(): AppError {
    const { fileName, caps } = this.context;
    return new AppError(
      'file.too-many-rows',
      `A sheet of “${fileName}” has more than ${caps.maxRows} rows. Split it into smaller files and import each.`,
      { file: fileName, maxRows: caps.maxRows },
    );
  }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function readRowNumber(tag: string): number {
  if (tag.startsWith('<row r="')) return Number.parseInt(tag.slice(8), 10);
  const declared = readAttributeOf(tag, 'r');
  return declared === undefined ? 0 : readWholeNumber(declared);
}
