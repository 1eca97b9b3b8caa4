import { AppError } from '../../../../../shared/contract/errors.ts';
import type { MergedRange, SheetRow } from '../types.ts';
import { CellScanner } from './cellScanner.ts';
import type { SheetContext } from './rowBuilder.ts';
import { parseRange, readWholeNumber, slash } from './sheetText.ts';
import { ByteWindow, findNameEnd, findTagEnd, isNamed, readAttributeOf, skipMarkup } from './xmlBytes.ts';

/** The longest row, comment or tag that is waited for. */
const maxWindowBytes = 32 * 1024 * 1024;
const maxMerges = 100_000;

/**
 * Scans the XML of one sheet, chunk by chunk, into rows. A row that a chunk cuts is read again
 * from its start with the next chunk. Rows without any content are left out.
 */
export class SheetScanner {
  readonly merges: MergedRange[] = [];
  private readonly context: SheetContext;
  private readonly window = new ByteWindow(maxWindowBytes);
  /** The window as one character a byte. */
  private text = '';
  private rows: SheetRow[] = [];
  private inRows = false;
  private lastRow = 0;
  private opened = false;
  private readonly cells: CellScanner;

  constructor(context: SheetContext) {
    this.context = context;
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
    this.text = bytes.toString('latin1', 0, length);
    this.cells.look(bytes, length, this.text);
    this.rows = [];
    let at = 0;
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
    }
    this.window.keepFrom(at);
    return this.rows;
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
    } else if (!closes && isNamed(bytes, start, nameEnd, 'mergeCell')) {
      const range = parseRange(readAttributeOf(this.text.slice(open, end), 'ref'));
      if (range && this.merges.length < maxMerges) this.merges.push(range);
    } else if (!closes && isNamed(bytes, start, nameEnd, 'worksheet')) this.opened = true;
    return end + 1;
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
    if (tag.includes('hidden') && /^(?:1|true)$/.test(readAttributeOf(tag, 'hidden') ?? ''))
      row.hidden = true;
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

function readRowNumber(tag: string): number {
  if (tag.startsWith('<row r="')) return Number.parseInt(tag.slice(8), 10);
  const declared = readAttributeOf(tag, 'r');
  return declared === undefined ? 0 : readWholeNumber(declared);
}
