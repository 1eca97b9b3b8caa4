import { AppError } from '../../../../../shared/contract/errors.ts';
import { addNote } from '../caps.ts';
import type { FileNote, ReaderCaps, SheetRow, StoredValue } from '../types.ts';
import { type CellFormats, numberCell } from './cellValues.ts';
import { formatGeneral } from './formatNumber.ts';
import { parseIsoSerial } from './serialDate.ts';
import type { StringTable } from './sharedStrings.ts';
import {
  cellBoolean,
  cellDate,
  cellError,
  cellInline,
  cellShared,
  cellString,
  readWholeNumber,
} from './sheetText.ts';
import { decodeEscapes } from './xmlBytes.ts';

/** Shorter texts are not counted, since their number is limited anyway. */
const longText = 1024;
/** Far more text than any row has that a person made. */
const maxRowCharacters = 32 * 1024 * 1024;

export interface SheetContext {
  strings: StringTable | undefined;
  formats: CellFormats;
  caps: ReaderCaps;
  fileName: string;
  notes: FileNote[];
}

/** Makes cells of what the scanner found and gathers them into a row. */
export class RowBuilder {
  private readonly context: SheetContext;
  /** Characters of long texts in the rows since the scanner last set it to nothing. */
  weight = 0;
  private readonly mayBeLong: boolean;
  private rowWeight = 0;
  /** Width of the row before, which the next one probably has too. */
  private width = 0;
  private row = 0;
  private cells: string[] = [];
  private stored: (StoredValue | undefined)[] | undefined;
  private next = 0;

  constructor(context: SheetContext) {
    this.context = context;
    this.mayBeLong = (context.strings?.longest ?? 0) > Math.min(longText, context.caps.maxCellCharacters);
  }

  /** The number of the row being built. */
  get number(): number {
    return this.row;
  }

  /** Starts a row, forgetting one that was not finished. */
  begin(row: number): void {
    this.row = row;
    this.cells = new Array(this.width);
    this.stored = undefined;
    this.next = 0;
    this.rowWeight = 0;
  }

  /** The row without blanks at its end; undefined when nothing is in it. */
  finish(): SheetRow | undefined {
    const { cells, stored } = this;
    let filled = this.next;
    while (filled > 0 && cells[filled - 1] === '' && !stored?.[filled - 1]) filled--;
    if (filled === 0) return undefined;
    if (cells.length !== filled) cells.length = filled;
    this.width = filled;
    if (!stored) return { row: this.row, text: cells };
    if (stored.length > filled) stored.length = filled;
    return { row: this.row, text: cells, stored };
  }

  /**
   * A number cell.
   *
   * @param digits the number as the file writes it, when that is also how General shows it
   */
  addNumber(column: number, style: number, value: number, digits: string | undefined): void {
    const { formats } = this.context;
    if (formats.plain[style] === false) {
      const cell = numberCell(formats, style, value);
      this.place(column, cell.text, cell.stored);
    } else this.place(column, digits ?? formatGeneral(value), { type: 'number', value });
  }

  /** A cell that refers to the shared strings. */
  addShared(column: number, style: number, index: number): void {
    const shared = this.context.strings?.get(index);
    if (shared !== undefined) {
      // Strings are not looked into here: that would fetch each from memory for nothing.
      const format = this.context.formats.text[style];
      if (format || this.mayBeLong) this.addText(column, style, shared);
      else this.place(column, shared, undefined);
    } else {
      addNote(
        this.context.notes,
        'xlsx.text-missing',
        'Some cells refer to text that is not in the file, so they were read as blank. Get a fresh copy of the file.',
      );
    }
  }

  /** A cell by its kind, from its resolved text. */
  addValue(column: number, style: number, kind: number, raw: string): void {
    switch (kind) {
      case cellShared:
        this.addShared(column, style, readWholeNumber(raw));
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

  /** A text cell. */
  addText(column: number, style: number, text: string): void {
    if (text === '') return;
    if (text.length > this.context.caps.maxCellCharacters) throw this.refuseCell();
    if (text.length > longText) this.weigh(text.length);
    const format = this.context.formats.text[style];
    this.place(column, format ? format.showText(text) : text, undefined);
  }

  private place(column: number, shown: string, stored: StoredValue | undefined): void {
    const { cells } = this;
    for (let blank = this.next; blank < column; blank++) cells[blank] = '';
    cells[column] = shown;
    if (column >= this.next) this.next = column + 1;
    if (stored) {
      this.stored ??= new Array(this.width);
      this.stored[column] = stored;
    } else if (this.stored?.[column]) this.stored[column] = undefined;
  }

  private weigh(characters: number): void {
    this.weight += characters;
    this.rowWeight += characters;
    if (this.rowWeight <= maxRowCharacters) return;
    const { fileName } = this.context;
    throw new AppError(
      'file.hostile',
      `“${fileName}” was refused: row ${this.row} of a sheet holds far more text than any row has. Do not open it; ask where it came from.`,
      { file: fileName, row: this.row },
    );
  }

  private refuseCell(): AppError {
    const { fileName, caps } = this.context;
    return new AppError(
      'file.hostile',
      `“${fileName}” was refused: row ${this.row} of a sheet holds a cell of more than ${caps.maxCellCharacters} characters, far beyond what Excel allows.`,
      { file: fileName, row: this.row },
    );
  }
}
