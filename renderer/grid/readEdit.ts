import type { CellValue } from '../../shared/grid/query.ts';
import type { Column } from '../../shared/grid/types.ts';
import { findCode } from '../../shared/reference/codeLists.ts';
import { readDate, readDateTime } from '../ui/dates.ts';
import { findCodes } from './codes.ts';

/** What was typed into a cell: a value that can be sent, or the text and what is wrong with it. */
export type EditDraft =
  | { ok: true; value: CellValue; labels?: Record<string, string> }
  | { ok: false; text: string; message: string };

function refuse(text: string, message: string): EditDraft {
  return { ok: false, text, message };
}

/**
 * Typed text as a value of the column. Blank is null, unless the column needs a value. The engine cleans and
 * checks again: this only refuses what is certainly not meant.
 */
export function readEdit(column: Column, typed: string): EditDraft {
  const text = column.type === 'longText' ? typed.replace(/\s+$/, '') : typed.trim();
  if (text === '') {
    return column.required ? refuse(typed, `${column.title} is needed.`) : { ok: true, value: null };
  }
  switch (column.type) {
    case 'date': {
      const date = readDate(text);
      return date ? { ok: true, value: date } : refuse(typed, 'Not a date. Write DD/MM/YYYY.');
    }
    case 'datetime': {
      const moment = readDateTime(text);
      return moment
        ? { ok: true, value: moment }
        : refuse(typed, 'Not a date and time. Write DD/MM/YYYY HH:MM.');
    }
    case 'number': {
      const number = Number(text.replace(/,/g, ''));
      return Number.isFinite(number) ? { ok: true, value: number } : refuse(typed, 'Not a number.');
    }
    case 'yesNo': {
      const first = text.toLowerCase();
      if (['yes', 'y', '1', 'true'].includes(first)) return { ok: true, value: 'yes' };
      if (['no', 'n', '0', 'false'].includes(first)) return { ok: true, value: 'no' };
      return refuse(typed, 'Write yes or no.');
    }
    case 'code': {
      const code = column.codes ? findCode(column.codes, text) : undefined;
      if (code !== undefined) return { ok: true, value: code };
      return findCodes(column.codes).length === 0
        ? { ok: true, value: text }
        : refuse(typed, 'Not in the list. Choose one of the entries.');
    }
    case 'ref':
    case 'refs':
      return refuse(typed, 'Choose a record from the list.');
    default:
      return { ok: true, value: text };
  }
}
