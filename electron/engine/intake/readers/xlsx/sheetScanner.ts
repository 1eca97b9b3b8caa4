import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ColumnRange, MergedRange, SheetRow } from '../types.ts';
import { CellScanner } from './cellScanner.ts';
import type { SheetContext } from './rowBuilder.ts';
import { lessThan, parseRange, readWholeNumber, slash } from './sheetText.ts';
import { ByteWindow, findNameEnd, findTagEnd, isNamed, readAttributeOf, skipMarkup } from './xmlBytes.ts';
import { getAttribute, parseTag } from './xmlParts.ts';

/** The longest row, comment or tag that is waited for. */
const maxWindowBytes = 32 * 1024 * 1024;
const maxMerges = 100_000;
const maxHiddenColumns = 16_384;
/** As many as Excel allows on one sheet. */
const maxLinks = 66_530;
const rowsName = Buffer.from('sheetData');
/** What stays of a skipped stretch: enough for an end tag under any reasonable prefix. */
const keptBytes = 256;

/** A hyperlink as the sheet declares it; its target stands in the relationships of the sheet. */
export interface SheetLink {
  range: MergedRange;
  relation: string | undefined;
  location: string | undefined;
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

  /** Rows still waiting; the sheet's XML must have come to its end. */
  finish(): { rows: SheetRow[]; complete: boolean } {
    const rows = this.window.length > 0 ? this.scan() : [];
    return { rows, complete: this.opened && !this.inRows };
  }

  private scan(): SheetRow[] {
    const { bytes, length } = this.window;
    this.rows = [];
    let at = 0;
    if (this.skipsRows && this.inRows) {
      at = this.findRowsEnd(0);
      if (at < 0) {
        this.window.keepFrom(Math.max(0, length - keptBytes));
        return this.rows;
      }
    }
    this.text = bytes.toString('latin1', 0, length);
    this.cells.look(bytes, length, this.text);
    for (;;) {
      const open = this.text.indexOf('<', at);
      if (open < 0) {
        at = length;
        break;
      }
      let end = this.readTag(open);
      if (end >= 0 && this.skipsRows && this.inRows) {
        const rowsEnd = this.findRowsEnd(end);
        end = rowsEnd < 0 ? Math.max(end, length - keptBytes) : rowsEnd;
        if (rowsEnd < 0) {
          at = end;
          break;
        }
      }
      if (end < 0) {
        at = open;
        break;
      }
      at = end;
    }
    this.window.keepFrom(at);
    return this.rows;
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
