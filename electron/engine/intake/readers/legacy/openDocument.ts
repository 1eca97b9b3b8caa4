import { isUtf8 } from 'node:buffer';
import type { AppError } from '../../../../../shared/contract/errors.ts';
import type { ReaderCaps, SheetRow } from '../types.ts';
import { describeDamage, refuseHostile } from '../xlsx/zipArchive.ts';
import { batchCells, batchRows, type SheetHead, type WholeWorkbook } from './messages.ts';
import { CellReader, type DocumentCell } from './openDocumentCell.ts';
import { refuseCell, refuseRows } from './refusals.ts';
import { MarkupFailure, readAttribute, readTokens } from './xmlTokens.ts';

/** Cells that a file may make out of repeat counts, beyond those that it writes out. */
const maxRepeatedCells = 20_000_000;

interface Table {
  head: SheetHead;
  /** Where its content stands in the text. */
  start: number;
  end: number;
}

interface Cursor {
  rows: Iterator<SheetRow>;
  delivered: number;
}

/**
 * Reads the `content.xml` of an OpenDocument spreadsheet (ODF 1.3 part 3, chapter 9). What a cell shows is
 * the text that the program which saved it wrote down; what it stores stands in attributes. Runs in a
 * thread of its own.
 *
 * @param bytes not kept: the caller may free them.
 *
 * @throws AppError `file.damaged`, `file.hostile`, `file.too-many-rows`
 */
export function readOpenDocument(bytes: Uint8Array, fileName: string, caps: ReaderCaps): WholeWorkbook {
  // A letter for a byte: half the memory of a decoded text with one letter beyond Latin-1. `readTokens` decodes.
  if (!isUtf8(bytes)) throw describeDamage(fileName);
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (/<!DOCTYPE/i.test(content.slice(0, 4096))) {
    throw refuseHostile(fileName, 'it defines its own markup');
  }
  const notes: WholeWorkbook['notes'] = [];
  const tables = findTables(content, fileName, notes);
  const cursors = new Map<number, Cursor>();
  return {
    sheets: tables.map((table) => table.head),
    notes,
    rows(sheet, from) {
      const table = tables[sheet];
      if (!table) return { rows: [], next: null };
      let cursor = cursors.get(sheet);
      if (!cursor || cursor.delivered !== from) {
        table.head.merges.length = 0;
        cursor = { rows: readRows(content, table, fileName, caps), delivered: 0 };
        while (cursor.delivered < from && !cursor.rows.next().done) cursor.delivered++;
        cursors.set(sheet, cursor);
      }
      return takeBatch(cursor);
    },
  };
}

function takeBatch(cursor: Cursor): { rows: SheetRow[]; next: number | null } {
  const rows: SheetRow[] = [];
  for (let places = 0; rows.length < batchRows && places < batchCells; ) {
    const step = cursor.rows.next();
    if (step.done) return { rows, next: null };
    rows.push(step.value);
    places += step.value.text.length;
    cursor.delivered++;
  }
  return { rows, next: cursor.delivered };
}

/** The tables of the document, without those within cells and the copies of other files' sheets. */
function findTables(content: string, fileName: string, notes: WholeWorkbook['notes']): Table[] {
  const first = content.search(/<table:table[\s>]/);
  if (first < 0 || !content.includes('</office:document-content', first)) throw describeDamage(fileName);
  const hiddenStyles = findHiddenStyles(content, first);
  const tables: Table[] = [];
  const edge = /<(\/?)table:table((?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*)>/g;
  edge.lastIndex = first;
  let depth = 0;
  let current: Table | undefined;
  for (let match = edge.exec(content); match; match = edge.exec(content)) {
    const attributes = match[2] ?? '';
    if (match[1]) {
      depth--;
      if (depth === 0 && current) {
        current.end = match.index;
        tables.push(current);
        current = undefined;
      }
    } else if (!attributes.endsWith('/') && depth++ === 0) {
      const name = readAttribute(attributes, 'table:name');
      const style = readAttribute(attributes, 'table:style-name') ?? '';
      if (name === undefined || style === 'ta_extref') {
        notes.push({
          code: 'ods.copy-left-out',
          message: 'Copies of sheets of other files, kept for formulas, were left out.',
        });
        continue;
      }
      const visibility = hiddenStyles.has(style) ? 'hidden' : 'visible';
      current = { head: { name, visibility, merges: [] }, start: edge.lastIndex, end: 0 };
    }
  }
  if (depth !== 0) throw describeDamage(fileName);
  return tables;
}

function findHiddenStyles(content: string, end: number): Set<string> {
  const hidden = new Set<string>();
  let style: string | undefined;
  const start = Math.max(0, content.indexOf('<office:automatic-styles'));
  for (const token of readTokens(content, start, end)) {
    if (token.type !== 'open') continue;
    if (token.name === 'style:style') style = readAttribute(token.attributes, 'style:name');
    else if (token.name === 'style:table-properties' && style !== undefined) {
      if (readAttribute(token.attributes, 'table:display') === 'false') hidden.add(style);
    }
  }
  return hidden;
}

function* readRows(content: string, table: Table, fileName: string, caps: ReaderCaps): Generator<SheetRow> {
  const budget = { left: maxRepeatedCells };
  let number = 0;
  let repeat = 1;
  let hidden = false;
  let row = new RowParts();
  const cell = new CellReader();
  try {
    for (const token of readTokens(content, table.start, table.end)) {
      if (cell.isOpen) {
        const read = cell.take(token);
        if (read) row.add(read, number + 1, table.head, fileName, caps, budget);
        continue;
      }
      if (token.type === 'text') continue;
      if (token.name === 'table:table-row') {
        if (token.type === 'open') {
          repeat = readCount(token.attributes, 'table:number-rows-repeated');
          hidden = /^(?:collapse|filter)$/.test(readAttribute(token.attributes, 'table:visibility') ?? '');
          row = new RowParts();
        }
        if (token.type === 'close' || token.empty) {
          yield* repeatRow(row, number + 1, repeat, hidden, fileName, caps, budget);
          number += repeat;
        }
      } else if (/^table:(?:covered-)?table-cell$/.test(token.name) && token.type === 'open') {
        const read = cell.open(token);
        if (read) row.add(read, number + 1, table.head, fileName, caps, budget);
      }
    }
  } catch (error) {
    if (error instanceof MarkupFailure) throw describeDamage(fileName);
    throw error;
  }
}

function* repeatRow(
  row: RowParts,
  first: number,
  repeat: number,
  hidden: boolean,
  fileName: string,
  caps: ReaderCaps,
  budget: { left: number },
): Generator<SheetRow> {
  const { text, stored } = row;
  if (text.length === 0) return;
  budget.left -= text.length * (repeat - 1);
  if (budget.left < 0) throw refuseRepeats(fileName);
  if (first + repeat - 1 > caps.maxRows) {
    throw refuseRows(fileName, caps);
  }
  for (let index = 0; index < repeat; index++) {
    const made: SheetRow = { row: first + index, text: index === 0 ? text : [...text] };
    if (stored) made.stored = index === 0 ? stored : [...stored];
    if (hidden) made.hidden = true;
    yield made;
  }
}

/** The cells of a row as they come. */
class RowParts {
  text: string[] = [];
  stored: SheetRow['stored'];
  private next = 0;

  add(
    cell: DocumentCell,
    row: number,
    head: SheetHead,
    fileName: string,
    caps: ReaderCaps,
    budget: { left: number },
  ): void {
    const repeat = readCount(cell.attributes, 'table:number-columns-repeated');
    const column = this.next;
    this.next += repeat;
    const across = readCount(cell.attributes, 'table:number-columns-spanned');
    const down = readCount(cell.attributes, 'table:number-rows-spanned');
    if (across * down > 1) {
      head.merges.push({
        firstRow: row,
        lastRow: row + down - 1,
        firstColumn: column,
        lastColumn: column + across - 1,
      });
    }
    if (cell.text === '' && !cell.stored) return;
    if (this.next > caps.maxColumns) throw describeDamage(fileName);
    if (cell.text.length > caps.maxCellCharacters) throw refuseCell(fileName, row, caps);
    budget.left -= repeat - 1;
    if (budget.left < 0) throw refuseRepeats(fileName);
    while (this.text.length < column) this.text.push('');
    for (let at = column; at < this.next; at++) {
      this.text[at] = cell.text;
      if (cell.stored) {
        this.stored ??= [];
        this.stored[at] = cell.stored;
      }
    }
  }
}

function refuseRepeats(fileName: string): AppError {
  return refuseHostile(fileName, 'it unpacks to far more than a workbook can hold');
}

function readCount(attributes: string, name: string): number {
  const count = Number(readAttribute(attributes, name) ?? '1');
  return Number.isSafeInteger(count) && count > 0 ? count : 1;
}
