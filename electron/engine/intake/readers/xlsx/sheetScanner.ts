import { AppError } from '../../../../../shared/contract/errors.ts';
import { addNote } from '../caps.ts';
import type { MergedRange, SheetRow } from '../types.ts';
import { RowBuilder, type SheetContext } from './rowBuilder.ts';
import { readStringItem } from './sharedStrings.ts';
import {
  cellNumber,
  cellShared,
  colon,
  doubleQuote,
  endsPlainCell,
  equals,
  fullStop,
  greaterThan,
  lessThan,
  minus,
  parseRange,
  readDigits,
  readKind,
  readWholeNumber,
  singleQuote,
  slash,
} from './sheetText.ts';
import {
  ByteWindow,
  decodeCharacterData,
  findNameEnd,
  findTagEnd,
  isNamed,
  readAttributeOf,
  readTextContent,
  skipMarkup,
} from './xmlBytes.ts';

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
  /** The window as one character a byte, so that plain cells are slices. */
  private text = '';
  private rows: SheetRow[] = [];
  private inRows = false;
  private lastRow = 0;
  private opened = false;
  private readonly row: RowBuilder;
  /** The column after the cell last read. */
  private column = 0;

  constructor(context: SheetContext) {
    this.context = context;
    this.row = new RowBuilder(context);
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
    this.row.begin(number);
    this.column = 0;
    const end = closed ? tagEnd + 1 : this.readCells(tagEnd + 1);
    if (end < 0) return -1;
    this.lastRow = number;
    const row = this.row.finish();
    if (!row) return end;
    if (tag.includes('hidden') && /^(?:1|true)$/.test(readAttributeOf(tag, 'hidden') ?? ''))
      row.hidden = true;
    this.rows.push(row);
    return end;
  }

  private readCells(from: number): number {
    const { text } = this;
    const { bytes, length } = this.window;
    let at = from;
    for (;;) {
      while (at < length && (bytes[at] as number) !== lessThan) at++;
      if (at + 2 >= length) return -1;
      const open = at;
      let code = bytes[++at] as number;
      if (code === slash || code === 33 || code === 63) {
        if (code === slash) {
          const end = text.indexOf('>', at);
          if (end < 0) return -1;
          at = end + 1;
          const nameEnd = findNameEnd(this.window.bytes, length, open + 2);
          if (isNamed(this.window.bytes, open + 2, nameEnd, 'row')) return at;
          continue;
        }
        at = skipMarkup(this.window.bytes, length, open);
        if (at < 0) return -1;
        continue;
      }
      // The name, any prefix aside.
      let nameStart = at;
      while (at < length && code > 32 && code !== greaterThan && code !== slash) {
        if (code === colon) nameStart = at + 1;
        code = bytes[++at] as number;
      }
      if (at >= length) return -1;
      if (at - nameStart === 1 && (bytes[nameStart] as number) === 99) at = this.readCell(at);
      else {
        const end = findTagEnd(this.window.bytes, length, open);
        at = end < 0 ? -1 : end + 1;
      }
      if (at < 0) return -1;
    }
  }

  /** One `<c>` from the end of its name; -1 when the window ends first. */
  private readCell(from: number): number {
    const { bytes, length } = this.window;
    let at = from;
    let style = 0;
    let kind = cellNumber;
    let column = this.column;
    let closed = false;
    // Nearly every cell begins with its reference, and the next column is the one after the last.
    if (
      at + 4 < length &&
      (bytes[at + 1] as number) === 114 &&
      (bytes[at + 2] as number) === equals &&
      (bytes[at + 3] as number) === doubleQuote
    ) {
      const start = at + 4;
      let letters = 0;
      for (at = start; at < length; at++) {
        const letter = (bytes[at] as number) - 64;
        if (letter < 1 || letter > 26) break;
        letters = letters * 26 + letter;
        if (letters > this.context.caps.maxColumns) throw this.refuseColumns();
      }
      const lettersEnd = at;
      while (at < length && (bytes[at] as number) !== doubleQuote) at++;
      if (at >= length) return -1;
      column = lettersEnd > start ? letters - 1 : this.readColumn(start, at);
      at++;
    }
    for (;;) {
      if (at >= length) return -1;
      let code = bytes[at] as number;
      if (code === greaterThan) break;
      if (code <= 32 || code === slash) {
        closed = code === slash;
        at++;
        continue;
      }
      const nameStart = at;
      while (at < length && code !== equals && code !== greaterThan && code > 32)
        code = bytes[++at] as number;
      const single = at - nameStart === 1;
      while (at < length && code !== doubleQuote && code !== singleQuote && code !== greaterThan) {
        code = bytes[++at] as number;
      }
      if (at >= length) return -1;
      if (code === greaterThan) break;
      const valueStart = ++at;
      while (at < length && (bytes[at] as number) !== code) at++;
      if (at >= length) return -1;
      if (single) {
        const name = bytes[nameStart] as number;
        if (name === 114) column = this.readColumn(valueStart, at);
        else if (name === 115) style = readDigits(bytes, valueStart, at);
        else if (name === 116) kind = readKind(bytes, valueStart, at);
      }
      at++;
    }
    at++;
    if (column >= this.context.caps.maxColumns) throw this.refuseColumns();
    if (closed) {
      this.column = column + 1;
      return at;
    }
    const end = this.readContent(at, column, style, kind);
    if (end >= 0) this.column = column + 1;
    return end;
  }

  /** What stands between `<c>` and `</c>`. */
  private readContent(from: number, column: number, style: number, kind: number): number {
    const { text } = this;
    const { bytes, length } = this.window;
    // Nearly every cell is `<v>…</v></c>` and nothing else.
    if (
      (bytes[from] as number) === lessThan &&
      (bytes[from + 1] as number) === 118 &&
      (bytes[from + 2] as number) === greaterThan
    ) {
      const start = from + 3;
      const end = kind === cellNumber ? this.readPlainNumber(start, column, style) : 0;
      if (end !== 0) return end;
      let at = start;
      let seen = 0;
      let special = false;
      for (; at < length; at++) {
        const code = bytes[at] as number;
        if (code === lessThan) break;
        seen |= code;
        if (code === 38 || code === 13) special = true;
      }
      if (at + 8 > length) return -1;
      if (endsPlainCell(bytes, at)) {
        if (kind === cellShared) this.row.addShared(column, style, readDigits(bytes, start, at));
        else {
          const raw = seen > 127 ? this.window.bytes.toString('utf8', start, at) : text.slice(start, at);
          this.row.addValue(column, style, kind, special ? decodeCharacterData(raw) : raw);
        }
        return at + 8;
      }
    }
    return this.readChildren(from, column, style, kind);
  }

  /**
   * A number of up to 15 plain digits: both the digits and the power of ten are exact doubles, so
   * their quotient is the right one. Returns 0 when the number is anything else, -1 at the window's end.
   */
  private readPlainNumber(start: number, column: number, style: number): number {
    const { text } = this;
    const { bytes, length } = this.window;
    const first = (bytes[start] as number) === minus ? start + 1 : start;
    let at = first;
    let mantissa = 0;
    let point = -1;
    let code = 0;
    let last = 0;
    for (; at < length; at++) {
      code = bytes[at] as number;
      if (code >= 48 && code <= 57) mantissa = mantissa * 10 + (code - 48);
      else if (code === fullStop && point < 0) point = at;
      else break;
      last = code;
    }
    if (at + 8 > length) return -1;
    const width = at - first;
    const digits = point < 0 ? width : width - 1;
    if (code !== lessThan || digits < 1 || digits > 15 || !endsPlainCell(bytes, at)) return 0;
    let value = point < 0 ? mantissa : mantissa / (powersOfTen[at - point - 1] as number);
    if (first !== start) value = -value;
    let plain = width <= 11 && !(point >= 0 && (last === 48 || last === fullStop));
    const lead = bytes[first] as number;
    // A zero in front is plain only before a point and a digit that counts.
    if (lead === fullStop) plain = false;
    else if (lead === 48) {
      plain =
        point === first + 1 ? plain && (bytes[first + 2] as number) !== 48 : width === 1 && first === start;
    }
    this.row.addNumber(column, style, value, plain ? text.slice(start, at) : undefined);
    return at + 8;
  }

  /** The general case: formulas, inline strings, prefixes, comments, extensions. */
  private readChildren(from: number, column: number, style: number, kind: number): number {
    const { text } = this;
    const { bytes, length } = this.window;
    let value: string | undefined;
    let inline: string | undefined;
    let formula = false;
    let at = from;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open < 0 || open + 1 >= length) return -1;
      const next = bytes[open + 1] as number;
      if (next === 33 || next === 63) {
        at = skipMarkup(bytes, length, open);
        if (at < 0) return -1;
        continue;
      }
      const end = findTagEnd(bytes, length, open);
      if (end < 0) return -1;
      const start = next === slash ? open + 2 : open + 1;
      const nameEnd = findNameEnd(bytes, length, start);
      const closed = (bytes[end - 1] as number) === slash;
      at = end + 1;
      if (next === slash) {
        if (isNamed(bytes, start, nameEnd, 'c')) break;
      } else if (isNamed(bytes, start, nameEnd, 'v')) {
        if (closed) continue;
        const content = readTextContent(bytes, length, at);
        if (!content) return -1;
        value = content.text;
        at = content.end;
      } else if (isNamed(bytes, start, nameEnd, 'is')) {
        if (closed) continue;
        const item = readStringItem(bytes, length, at, 'is');
        if (!item) return -1;
        inline = item.text;
        at = item.end;
      } else if (isNamed(bytes, start, nameEnd, 'f')) {
        formula = true;
        if (closed) continue;
        const content = readTextContent(bytes, length, at);
        if (!content) return -1;
        at = content.end;
      }
    }
    if (inline !== undefined) this.row.addText(column, style, inline);
    else if (value !== undefined && value !== '') this.row.addValue(column, style, kind, value);
    else if (formula && value === undefined) {
      addNote(
        this.context.notes,
        'xlsx.formula-without-value',
        'Some formulas have no saved result, so those cells were read as blank. Open the file in Excel, save it and import again.',
      );
    }
    return at;
  }

  /** The column of a reference such as `AB12`; the next one when it is not a reference. */
  private readColumn(start: number, end: number): number {
    const { bytes } = this.window;
    let column = 0;
    let at = start;
    for (; at < end; at++) {
      const letter = (bytes[at] as number) & 0xdf;
      if (letter < 65 || letter > 90) break;
      column = column * 26 + (letter - 64);
      if (column > this.context.caps.maxColumns) throw this.refuseColumns();
    }
    return at === start ? this.column : column - 1;
  }

  private refuseRows(): AppError {
    const { fileName, caps } = this.context;
    return new AppError(
      'file.too-many-rows',
      `A sheet of “${fileName}” has more than ${caps.maxRows} rows. Split it into smaller files and import each.`,
      { file: fileName, maxRows: caps.maxRows },
    );
  }

  private refuseColumns(): AppError {
    const { fileName, caps } = this.context;
    return new AppError(
      'file.damaged',
      `A sheet of “${fileName}” has a cell beyond column ${caps.maxColumns}, which no spreadsheet has. Open the file in Excel, save it and import again.`,
      { file: fileName, row: this.lastRow + 1 },
    );
  }
}

const powersOfTen = Array.from({ length: 16 }, (_unused, power) => 10 ** power);

function readRowNumber(tag: string): number {
  if (tag.startsWith('<row r="')) return Number.parseInt(tag.slice(8), 10);
  const declared = readAttributeOf(tag, 'r');
  return declared === undefined ? 0 : readWholeNumber(declared);
}
