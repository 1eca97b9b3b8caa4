import { AppError } from '../../../../../shared/contract/errors.ts';
import { addNote } from '../caps.ts';
import type { FileNote, MergedRange, ReaderCaps, SheetRow, StoredValue } from '../types.ts';
import { type CellFormats, hasPlainDigits, numberCell, parseNumber } from './cellValues.ts';
import { formatGeneral } from './formatNumber.ts';
import { parseIsoSerial } from './serialDate.ts';
import { readStringItem, type StringTable } from './sharedStrings.ts';
import {
  ByteWindow,
  decodeCharacterData,
  decodeEscapes,
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

const tab = 9;
const doubleQuote = 34;
const singleQuote = 39;
const slash = 47;
const colon = 58;
const lessThan = 60;
const equals = 61;
const greaterThan = 62;

/** What a cell says it holds (attribute `t`). */
const cellNumber = 0;
const cellShared = 1;
const cellString = 2;
const cellInline = 3;
const cellBoolean = 4;
const cellError = 5;
const cellDate = 6;

export interface SheetContext {
  strings: StringTable | undefined;
  formats: CellFormats;
  caps: ReaderCaps;
  fileName: string;
  sheetName: string;
  notes: FileNote[];
}

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
  private width = 0;
  private opened = false;

  // The cell being read.
  private column = 0;
  private cells: string[] = [];
  private stored: (StoredValue | undefined)[] | undefined;
  private next = 0;
  private filled = 0;

  constructor(context: SheetContext) {
    this.context = context;
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
    const next = this.text.charCodeAt(open + 1);
    if (next === 33 || next === 63) return skipMarkup(bytes, length, open);
    const end = findTagEnd(bytes, length, open);
    if (end < 0) return -1;
    const closes = next === slash;
    const start = closes ? open + 2 : open + 1;
    const nameEnd = findNameEnd(bytes, length, start);
    const closed = this.text.charCodeAt(end - 1) === slash;
    if (this.inRows) {
      if (!closes && isNamed(bytes, start, nameEnd, 'row')) return this.readRow(open, end, closed);
      if (closes && isNamed(bytes, start, nameEnd, 'sheetData')) this.inRows = false;
    } else if (!closes && isNamed(bytes, start, nameEnd, 'sheetData')) {
      this.inRows = !closed;
      this.opened = true;
    } else if (!closes && isNamed(bytes, start, nameEnd, 'mergeCell')) {
      this.addMerge(readAttributeOf(this.text.slice(open, end), 'ref'));
    } else if (!closes && isNamed(bytes, start, nameEnd, 'worksheet')) this.opened = true;
    return end + 1;
  }

  private readRow(open: number, tagEnd: number, closed: boolean): number {
    const tag = this.text.slice(open, tagEnd);
    const declared = readRowNumber(tag);
    const row = declared > 0 ? declared : this.lastRow + 1;
    if (row > this.context.caps.maxRows) throw this.refuseRows();
    this.beginRow();
    const end = closed ? tagEnd + 1 : this.readCells(tagEnd + 1);
    if (end < 0) return -1;
    this.lastRow = row;
    const { cells, stored, filled } = this;
    if (filled === 0) return end;
    if (cells.length !== filled) cells.length = filled;
    this.width = filled;
    const result: SheetRow = { row, text: cells };
    if (stored) {
      if (stored.length > filled) stored.length = filled;
      result.stored = stored;
    }
    if (tag.includes('hidden') && /^(?:1|true)$/.test(readAttributeOf(tag, 'hidden') ?? ''))
      result.hidden = true;
    this.rows.push(result);
    return end;
  }

  private beginRow(): void {
    this.cells = new Array(this.width);
    this.stored = undefined;
    this.column = 0;
    this.next = 0;
    this.filled = 0;
  }

  private readCells(from: number): number {
    const { text } = this;
    const length = this.window.length;
    let at = from;
    for (;;) {
      while (at < length && text.charCodeAt(at) !== lessThan) at++;
      if (at + 2 >= length) return -1;
      const open = at;
      let code = text.charCodeAt(++at);
      if (code === slash || code === 33 || code === 63) {
        if (code === slash) {
          const end = text.indexOf('>', at);
          if (end < 0) return -1;
          at = end + 1;
          if (isNamed(this.window.bytes, open + 2, end, 'row')) return at;
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
        code = text.charCodeAt(++at);
      }
      if (at >= length) return -1;
      if (at - nameStart === 1 && text.charCodeAt(nameStart) === 99) at = this.readCell(at);
      else {
        const end = findTagEnd(this.window.bytes, length, open);
        at = end < 0 ? -1 : end + 1;
      }
      if (at < 0) return -1;
    }
  }

  /** One `<c>` from the end of its name; -1 when the window ends first. */
  private readCell(from: number): number {
    const { text } = this;
    const length = this.window.length;
    let at = from;
    let style = 0;
    let kind = cellNumber;
    let column = this.column;
    let closed = false;
    // Nearly every cell begins with its reference, and the next column is the one after the last.
    if (
      at + 4 < length &&
      text.charCodeAt(at + 1) === 114 &&
      text.charCodeAt(at + 2) === equals &&
      text.charCodeAt(at + 3) === doubleQuote
    ) {
      const start = at + 4;
      let letters = 0;
      for (at = start; at < length; at++) {
        const letter = text.charCodeAt(at) - 64;
        if (letter < 1 || letter > 26) break;
        letters = letters * 26 + letter;
        if (letters > this.context.caps.maxColumns) throw this.refuseColumns();
      }
      const lettersEnd = at;
      while (at < length && text.charCodeAt(at) !== doubleQuote) at++;
      if (at >= length) return -1;
      column = lettersEnd > start ? letters - 1 : this.readColumn(start, at);
      at++;
    }
    for (;;) {
      if (at >= length) return -1;
      let code = text.charCodeAt(at);
      if (code === greaterThan) break;
      if (code <= 32 || code === slash) {
        closed = code === slash;
        at++;
        continue;
      }
      const nameStart = at;
      while (at < length && code !== equals && code !== greaterThan && code > 32)
        code = text.charCodeAt(++at);
      const single = at - nameStart === 1;
      while (at < length && code !== doubleQuote && code !== singleQuote && code !== greaterThan) {
        code = text.charCodeAt(++at);
      }
      if (at >= length) return -1;
      if (code === greaterThan) break;
      const valueStart = ++at;
      while (at < length && text.charCodeAt(at) !== code) at++;
      if (at >= length) return -1;
      if (single) {
        const name = text.charCodeAt(nameStart);
        if (name === 114) column = this.readColumn(valueStart, at);
        else if (name === 115) style = readDigits(text, valueStart, at);
        else if (name === 116) kind = readKind(text, valueStart, at);
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
    const length = this.window.length;
    // Nearly every cell is `<v>…</v></c>` and nothing else.
    if (
      text.charCodeAt(from) === lessThan &&
      text.charCodeAt(from + 1) === 118 &&
      text.charCodeAt(from + 2) === greaterThan
    ) {
      const start = from + 3;
      let at = start;
      let seen = 0;
      let special = false;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code === lessThan) break;
        seen |= code;
        if (code === 38 || code === 13) special = true;
      }
      if (at + 8 > length) return -1;
      if (endsPlainCell(text, at)) {
        if (kind === cellNumber && !special) this.addNumber(column, style, start, at);
        else if (kind === cellShared) this.addShared(column, style, readDigits(text, start, at));
        else {
          const raw = seen > 127 ? this.window.bytes.toString('utf8', start, at) : text.slice(start, at);
          this.addValue(column, style, kind, special ? decodeCharacterData(raw) : raw);
        }
        return at + 8;
      }
    }
    return this.readChildren(from, column, style, kind);
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
      const next = text.charCodeAt(open + 1);
      if (next === 33 || next === 63) {
        at = skipMarkup(bytes, length, open);
        if (at < 0) return -1;
        continue;
      }
      const end = findTagEnd(bytes, length, open);
      if (end < 0) return -1;
      const start = next === slash ? open + 2 : open + 1;
      const nameEnd = findNameEnd(bytes, length, start);
      const closed = text.charCodeAt(end - 1) === slash;
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
    if (inline !== undefined) this.addText(column, style, inline);
    else if (value !== undefined && value !== '') this.addValue(column, style, kind, value);
    else if (formula && value === undefined) {
      addNote(
        this.context.notes,
        'xlsx.formula-without-value',
        'Some formulas have no saved result, so those cells were read as blank. Open the file in Excel, save it and import again.',
      );
    }
    return at;
  }

  private addNumber(column: number, style: number, start: number, end: number): void {
    const { formats } = this.context;
    const value = parseNumber(this.text, start, end);
    if (Number.isNaN(value)) {
      if (end > start) this.addValue(column, style, cellNumber, this.text.slice(start, end));
    } else if (formats.plain[style] === false) {
      const cell = numberCell(formats, style, value);
      this.place(column, cell.text, cell.stored);
    } else {
      const shown = hasPlainDigits(this.text, start, end)
        ? this.text.slice(start, end)
        : formatGeneral(value);
      this.place(column, shown, { type: 'number', value });
    }
  }

  private addShared(column: number, style: number, index: number): void {
    const shared = this.context.strings?.get(index);
    if (shared !== undefined) this.addText(column, style, shared);
    else {
      addNote(
        this.context.notes,
        'xlsx.text-missing',
        'Some cells refer to text that is not in the file, so they were read as blank. Get a fresh copy of the file.',
      );
    }
  }

  private addValue(column: number, style: number, kind: number, raw: string): void {
    switch (kind) {
      case cellShared:
        this.addShared(column, style, readDigits(raw, 0, raw.length));
        return;
      case cellString:
      case cellInline:
        this.addText(column, style, decodeEscapes(raw));
        return;
      case cellBoolean: {
        const value = raw.trim() === '1' || raw.trim().toLowerCase() === 'true';
        this.place(column, value ? 'TRUE' : 'FALSE', { type: 'boolean', value });
        return;
      }
      case cellError:
        this.place(column, raw.trim(), { type: 'error', value: raw.trim() });
        return;
      case cellDate: {
        const serial = parseIsoSerial(raw.trim());
        if (serial === undefined) this.addText(column, style, raw);
        else {
          const cell = numberCell(this.context.formats, style, serial, true);
          this.place(column, cell.text, cell.stored);
        }
        return;
      }
      default: {
        const trimmed = raw.trim();
        const value = trimmed === '' ? Number.NaN : Number(trimmed);
        if (!Number.isFinite(value)) {
          this.addText(column, style, raw);
          return;
        }
        const cell = numberCell(this.context.formats, style, value);
        this.place(column, cell.text, cell.stored);
      }
    }
  }

  private addText(column: number, style: number, text: string): void {
    if (text === '') return;
    if (text.length > this.context.caps.maxCellCharacters) throw this.refuseCell();
    const format = this.context.formats.text[style];
    this.place(column, format ? format.showText(text) : text, undefined);
  }

  private place(column: number, shown: string, stored: StoredValue | undefined): void {
    const { cells } = this;
    for (let blank = this.next; blank < column; blank++) cells[blank] = '';
    cells[column] = shown;
    if (column >= this.next) this.next = column + 1;
    if (column >= this.filled) this.filled = column + 1;
    if (stored) {
      this.stored ??= new Array(this.width);
      this.stored[column] = stored;
    } else if (this.stored?.[column]) this.stored[column] = undefined;
  }

  /** The column of a reference such as `AB12`; the next one when it is not a reference. */
  private readColumn(start: number, end: number): number {
    const { text } = this;
    let column = 0;
    let at = start;
    for (; at < end; at++) {
      const letter = text.charCodeAt(at) & 0xdf;
      if (letter < 65 || letter > 90) break;
      column = column * 26 + (letter - 64);
      if (column > this.context.caps.maxColumns) throw this.refuseColumns();
    }
    return at === start ? this.column : column - 1;
  }

  private addMerge(reference: string | undefined): void {
    const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference ?? '');
    if (!match || this.merges.length >= maxMerges) return;
    const [, columnA = '', rowA = '', columnB = columnA, rowB = rowA] = match;
    const columns = [columnOf(columnA), columnOf(columnB)];
    const rows = [Number(rowA), Number(rowB)];
    this.merges.push({
      firstRow: Math.min(...rows),
      lastRow: Math.max(...rows),
      firstColumn: Math.min(...columns),
      lastColumn: Math.max(...columns),
    });
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

  private refuseCell(): AppError {
    const { fileName, caps } = this.context;
    return new AppError(
      'file.hostile',
      `“${fileName}” was refused: row ${this.lastRow + 1} of a sheet holds a cell of more than ${caps.maxCellCharacters} characters, far beyond what Excel allows.`,
      { file: fileName, row: this.lastRow + 1 },
    );
  }
}

/** Whether `</v></c>` stands at a position; compared by hand because it is asked for every cell. */
function endsPlainCell(text: string, at: number): boolean {
  return (
    text.charCodeAt(at + 1) === slash &&
    text.charCodeAt(at + 2) === 118 &&
    text.charCodeAt(at + 3) === greaterThan &&
    text.charCodeAt(at + 4) === lessThan &&
    text.charCodeAt(at + 5) === slash &&
    text.charCodeAt(at + 6) === 99 &&
    text.charCodeAt(at + 7) === greaterThan
  );
}

function readRowNumber(tag: string): number {
  if (tag.startsWith('<row r="')) return readDigits(tag, 8, tag.indexOf('"', 8));
  const declared = readAttributeOf(tag, 'r');
  return declared === undefined ? 0 : readDigits(declared, 0, declared.length);
}

/** A whole number in decimal digits; 0 when there is none. */
function readDigits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) {
      if (text.charCodeAt(at) <= 32 && text.charCodeAt(at) >= tab) continue;
      return at === start ? -1 : value;
    }
    value = value * 10 + digit;
  }
  return value;
}

function readKind(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  if (first === 115) return end - start === 1 ? cellShared : cellString;
  if (first === 105) return cellInline;
  if (first === 98) return cellBoolean;
  if (first === 101) return cellError;
  return first === 100 ? cellDate : cellNumber;
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}
