import { AppError } from '../../../../../shared/contract/errors.ts';
import { addNote } from '../caps.ts';
import { RowBuilder, type SheetContext } from './rowBuilder.ts';
import { readStringItem } from './sharedStrings.ts';
import {
  cellInline,
  cellNumber,
  cellShared,
  cellString,
  colon,
  doubleQuote,
  endsFormula,
  endsInlineCell,
  endsPlainCell,
  endsRow,
  equals,
  fullStop,
  greaterThan,
  lessThan,
  minus,
  opensInlineText,
  readDigits,
  readKind,
  singleQuote,
  slash,
} from './sheetText.ts';
import { TextMemory } from './textMemory.ts';
import {
  decodeCharacterData,
  decodeEscapes,
  findNameEnd,
  findTagEnd,
  isNamed,
  readTextContent,
  skipMarkup,
} from './xmlBytes.ts';

const preserveMark = ' xml:space="preserve">';
/** Both are exact doubles up to here, so that their quotient is the right number. */
const maxMantissa = Number.MAX_SAFE_INTEGER;
const powersOfTen = Array.from({ length: 17 }, (_unused, power) => 10 ** power);

/**
 * Reads the cells of a row from the bytes of a window. The usual ways of writing a cell are known
 * by heart and read without building anything; all others go through `readChildren`.
 *
 * Functions return the position after what they read, -1 when the window ends first.
 */
export class CellScanner {
  readonly row: RowBuilder;
  private readonly context: SheetContext;
  private readonly maxColumns: number;
  private bytes: Buffer = Buffer.alloc(0);
  private length = 0;
  /** The window as one character a byte, so that plain cells are slices. */
  private text = '';
  /** The column after the cell last read. */
  private column = 0;
  private rowEnded = false;
  /** What `findTextEnd` saw on its way: all bits of the text, and whether anything needs decoding. */
  private seenBits = 0;
  private seenSpecial = false;
  private readonly memory = new TextMemory();

  constructor(context: SheetContext) {
    this.context = context;
    this.maxColumns = context.caps.maxColumns;
    this.row = new RowBuilder(context);
  }

  /** Turns to the window as it stands now. */
  look(bytes: Buffer, length: number, text: string): void {
    this.bytes = bytes;
    this.length = length;
    this.text = text;
  }

  /** Reads to the end of a row, from the position after its start tag. */
  readCells(from: number): number {
    const { bytes, length } = this;
    this.column = 0;
    this.rowEnded = false;
    let at = from;
    for (;;) {
      while (at < length && (bytes[at] as number) !== lessThan) at++;
      if (at + 2 >= length) return -1;
      if ((bytes[at + 1] as number) === 99 && (bytes[at + 2] as number) <= 32) at = this.readCell(at + 2);
      else if (endsRow(bytes, at)) return at + 6 <= length ? at + 6 : -1;
      else {
        at = this.readOther(at);
        if (this.rowEnded) return at;
      }
      if (at < 0) return -1;
    }
  }

  /** Whatever is not written in the usual way: prefixed cells, comments, extensions, odd ends of rows. */
  private readOther(open: number): number {
    const { bytes, length } = this;
    const next = bytes[open + 1] as number;
    if (next === 33 || next === 63) return skipMarkup(bytes, length, open);
    if (next === slash) {
      const end = findTagEnd(bytes, length, open);
      if (end < 0) return -1;
      this.rowEnded = isNamed(bytes, open + 2, findNameEnd(bytes, length, open + 2), 'row');
      return end + 1;
    }
    // The name, any prefix aside.
    let at = open + 1;
    let nameStart = at;
    let code = next;
    while (at < length && code > 32 && code !== greaterThan && code !== slash) {
      if (code === colon) nameStart = at + 1;
      code = bytes[++at] as number;
    }
    if (at >= length) return -1;
    if (at - nameStart === 1 && (bytes[nameStart] as number) === 99) return this.readCell(at);
    const end = findTagEnd(bytes, length, open);
    return end < 0 ? -1 : end + 1;
  }

  /** One `<c>` from the end of its name. */
  private readCell(from: number): number {
    const { bytes, length } = this;
    let at = from;
    let style = 0;
    let kind = cellNumber;
    let column = this.column;
    let closed = false;
    // Nearly every cell begins with its reference.
    if (
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
        if (letters > this.maxColumns) throw this.refuseColumns();
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
      // ` s="12"` and ` t="s"`, as nearly every program writes them.
      if (code === 32 && (bytes[at + 2] as number) === equals && (bytes[at + 3] as number) === doubleQuote) {
        const name = bytes[at + 1] as number;
        if (name === 115) {
          let value = 0;
          let end = at + 4;
          for (; end < length; end++) {
            const digit = (bytes[end] as number) - 48;
            if (digit < 0 || digit > 9) break;
            value = value * 10 + digit;
          }
          if (end < length && (bytes[end] as number) === doubleQuote) {
            style = value;
            at = end + 1;
            continue;
          }
        } else if (
          name === 116 &&
          (bytes[at + 4] as number) === 115 &&
          (bytes[at + 5] as number) === doubleQuote
        ) {
          kind = cellShared;
          at += 6;
          continue;
        }
      }
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
    if (column >= this.maxColumns) throw this.refuseColumns();
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
    const { bytes } = this;
    let at = from;
    if ((bytes[at] as number) === lessThan && (bytes[at + 1] as number) === 102) {
      at = this.skipFormula(at);
      if (at < 0) return -1;
    }
    let end = 0;
    if (
      (bytes[at] as number) === lessThan &&
      (bytes[at + 1] as number) === 118 &&
      (bytes[at + 2] as number) === greaterThan
    ) {
      if (kind === cellNumber) end = this.readPlainNumber(at + 3, column, style);
      else if (kind === cellShared) end = this.readPlainShared(at + 3, column, style);
      else end = this.readPlainValue(at + 3, column, style, kind);
    } else if (kind === cellInline) end = this.readPlainInline(at, column, style);
    return end === 0 ? this.readChildren(from, column, style, kind) : end;
  }

  /** The position after a formula; the same position where that takes a closer look. */
  private skipFormula(from: number): number {
    const { bytes, length, text } = this;
    let at = from + 3;
    if ((bytes[from + 2] as number) !== greaterThan) {
      if ((bytes[from + 2] as number) !== 32) return from;
      const end = findTagEnd(bytes, length, from);
      if (end < 0) return -1;
      at = end + 1;
      if ((bytes[end - 1] as number) === slash) return at;
    }
    at = text.indexOf('<', at);
    if (at < 0 || at + 4 > length) return -1;
    return endsFormula(bytes, at) ? at + 4 : from;
  }

  /** `digits</v></c>` of a shared string; 0 when it is anything else. */
  private readPlainShared(start: number, column: number, style: number): number {
    const { bytes, length } = this;
    let index = 0;
    let at = start;
    for (; at < length; at++) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      index = index * 10 + digit;
    }
    if (at + 8 > length) return -1;
    if (at === start || !endsPlainCell(bytes, at)) return 0;
    this.row.addShared(column, style, index);
    return at + 8;
  }

  /** `text</v></c>` of the other kinds; 0 when it is anything else. */
  private readPlainValue(start: number, column: number, style: number, kind: number): number {
    const at = this.findTextEnd(start);
    if (at + 8 > this.length) return -1;
    if (!endsPlainCell(this.bytes, at)) return 0;
    const raw = this.sliceText(start, at);
    if (kind === cellString) this.row.addText(column, style, this.decode(raw));
    else this.row.addValue(column, style, kind, this.seenSpecial ? decodeCharacterData(raw) : raw);
    return at + 8;
  }

  /** `<is><t>text</t></is></c>`; 0 when it is anything else. */
  private readPlainInline(from: number, column: number, style: number): number {
    const { bytes, length } = this;
    if (!opensInlineText(bytes, from)) return 0;
    let start = from + 7;
    const preserved = (bytes[from + 6] as number) !== greaterThan;
    if (preserved) {
      if (!this.text.startsWith(preserveMark, from + 6)) return 0;
      start = from + 6 + preserveMark.length;
    }
    const at = this.findTextEnd(start);
    if (at + 13 > length) return -1;
    if (!endsInlineCell(bytes, at)) return 0;
    // White space at the ends is the business of the general case.
    if (!preserved && (this.seenSpecial || (bytes[start] as number) <= 32 || (bytes[at - 1] as number) <= 32))
      return 0;
    this.row.addText(column, style, this.decode(this.sliceText(start, at)));
    return at + 13;
  }

  /** The `<` after a text, or the end of the window; what was seen on the way is noted. */
  private findTextEnd(start: number): number {
    const { bytes, length } = this;
    let bits = 0;
    let special = false;
    let at = start;
    for (; at < length; at++) {
      const code = bytes[at] as number;
      if (code === lessThan) break;
      bits |= code;
      // `&`, carriage return, and the underscore that may begin an escape.
      if (code === 38 || code === 13 || code === 95) special = true;
    }
    this.seenBits = bits;
    this.seenSpecial = special;
    return at;
  }

  private decode(raw: string): string {
    return this.seenSpecial ? decodeEscapes(decodeCharacterData(raw)) : raw;
  }

  /** The text that `findTextEnd` went over. */
  private sliceText(start: number, end: number): string {
    const plain = this.text.slice(start, end);
    return this.seenBits <= 127 ? plain : this.memory.decode(this.bytes, start, end, plain);
  }

  /**
   * A number in plain digits: digits and power of ten are exact doubles, so their quotient is the
   * right one. Returns 0 when the number is anything else.
   */
  private readPlainNumber(start: number, column: number, style: number): number {
    const { bytes, length, text } = this;
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
    if (code !== lessThan || digits < 1 || digits > 40 || !endsPlainCell(bytes, at)) return 0;
    let value: number;
    if (digits > 16 || mantissa > maxMantissa) value = Number(text.slice(first, at));
    else value = point < 0 ? mantissa : mantissa / (powersOfTen[at - point - 1] as number);
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

  /** The general case: rich text, prefixes, comments, extensions. */
  private readChildren(from: number, column: number, style: number, kind: number): number {
    const { bytes, length, text } = this;
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
        const textEnd = this.findTextEnd(at);
        if (textEnd + 1 >= length) return -1;
        if ((bytes[textEnd + 1] as number) === slash) {
          value = decodeCharacterData(this.sliceText(at, textEnd));
          at = textEnd;
          continue;
        }
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
      } else if (isNamed(bytes, start, nameEnd, 'f')) formula = true;
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
    const { bytes } = this;
    let column = 0;
    let at = start;
    for (; at < end; at++) {
      const letter = (bytes[at] as number) & 0xdf;
      if (letter < 65 || letter > 90) break;
      column = column * 26 + (letter - 64);
      if (column > this.maxColumns) throw this.refuseColumns();
    }
    return at === start ? this.column : column - 1;
  }

  private refuseColumns(): AppError {
    const { fileName, caps } = this.context;
    return new AppError(
      'file.damaged',
      `A sheet of “${fileName}” has a cell beyond column ${caps.maxColumns}, which no spreadsheet has. Open the file in Excel, save it and import again.`,
      { file: fileName, row: this.row.number },
    );
  }
}
