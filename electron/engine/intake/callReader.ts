/**
 * The short way for call data, which comes by the million: a row of which every cell has its usual shape is
 * read straight to what is stored. Whatever is odd in any way is left to `rowReader`, which decides; the two
 * agree on every row that is read here (tested).
 */
import { readPlainTime } from '../../../shared/domain/plainDates.ts';
import { passesLuhn } from '../../../shared/domain/tidy.ts';
import { ukClockOf } from '../../../shared/domain/ukTime.ts';
import { secondsOf } from '../database/queries/expressions.ts';
import { createMemory } from './clean/memory.ts';
import { normaliseHeading } from './guess.ts';
import { digitsKey } from './phoneTable.ts';
import type { SheetRow } from './readers/types.ts';
import type { MappedColumn } from './reading.ts';
import type { SheetPlan } from './readRow.ts';
import { mapColumns, totalWords } from './readRow.ts';
import { zoneConverted } from './timeZone.ts';

/** No number in the cell, or a withheld one. */
export const noPhone = -1;
/** A number that is no plain E.164; its text stands beside. */
export const oddPhone = -2;
const notPlain = -3;

export type CallText = 'type' | 'direction' | 'cellStart' | 'cellEnd' | 'cellName' | 'text';

/** One call. The object is used again for every row. `a` and `b` are a `digitsKey`, `noPhone` or `oddPhone`. */
export interface PlainCall extends Record<CallText, string | null> {
  /** Seconds since 1970 of the UK clock. */
  start: number;
  a: number;
  aText: string;
  b: number;
  bText: string;
  durationS: number | null;
  /** Fifteen digits as a number, or null. */
  imei: number | null;
  imsi: number | null;
  /** Codes of the repairs, one for each repaired cell. */
  repairs: string[];
}

export function emptyCall(): PlainCall {
  return {
    start: 0,
    a: noPhone,
    aText: '',
    b: noPhone,
    bText: '',
    type: null,
    direction: null,
    durationS: null,
    imei: null,
    imsi: null,
    cellStart: null,
    cellEnd: null,
    cellName: null,
    text: null,
    repairs: [],
  };
}

/** Reads a row into `call`, or answers false and leaves the row to `rowReader`. */
export type CallReader = (row: SheetRow, call: PlainCall) => boolean;

type Taker = (text: string, call: PlainCall) => boolean;

/** The short way for a sheet of call data, or null where its mapping needs the long one. */
export function callReader(plan: SheetPlan): CallReader | null {
  if (plan.mapping.kind !== 'communication') return null;
  const { timeZone, ...asWritten } = plan.mapping;
  const columns = mapColumns({ ...plan, mapping: asWritten });
  const fields = columns.map((column) => column.field.field);
  const hasMoment = fields.includes('start');
  const parts = ['start.date', 'start.time'].filter((part) => fields.includes(part)).length;
  if (new Set(fields).size !== fields.length || parts !== (hasMoment ? 0 : 2)) return null;
  const takers = columns.map(takerOf);
  if (takers.includes(null)) return null;
  const take = takers as Taker[];
  const indexes = columns.map((column) => column.index);
  const dateIndex = columns.find((column) => column.field.field === 'start.date')?.index ?? -1;
  const timeIndex = columns.find((column) => column.field.field === 'start.time')?.index ?? -1;
  const momentIndex = columns.find((column) => column.field.field === 'start')?.index ?? -1;
  // A heading that starts with a digit could be repeated by a cell that does.
  const plainHeadings = plan.headings.map((heading) => !/^\p{N}/u.test(normaliseHeading(heading)));

  return (row, call) => {
    if (row.stored !== undefined) return false;
    const cells = row.text;
    if (hasMoment ? !cells[momentIndex] : !cells[dateIndex] || !cells[timeIndex]) return false;
    if (!looksLikeData(cells, plainHeadings)) return false;
    reset(call);
    for (let at = 0; at < take.length; at += 1) {
      const text = cells[indexes[at] ?? 0];
      if (text === undefined || text === '') continue;
      if (!(take[at] as Taker)(text, call)) return false;
    }
    if (timeZone === 'utc') {
      const start = ukClockOf(call.start);
      if (start !== call.start) call.repairs.push(zoneConverted);
      call.start = start;
    }
    return call.a !== noPhone || call.b !== noPhone || call.aText !== '' || call.bText !== '';
  };
}

function reset(call: PlainCall): void {
  call.start = 0;
  call.a = noPhone;
  call.aText = '';
  call.b = noPhone;
  call.bText = '';
  call.type = null;
  call.direction = null;
  call.durationS = null;
  call.imei = null;
  call.imsi = null;
  call.cellStart = null;
  call.cellEnd = null;
  call.cellName = null;
  call.text = null;
  if (call.repairs.length > 0) call.repairs.length = 0;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** Certainly neither a total row nor a repeated heading: the rules of `rowReader`, from the safe side. */
function looksLikeData(cells: readonly string[], plainHeadings: readonly boolean[]): boolean {
  let filled = 0;
  let unlike = 0;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    const code = cell.charCodeAt(0);
    if (code <= 32 || code >= 127) {
      const trimmed = cell.trim();
      if (trimmed === '') continue;
      if (filled === 0 && totalWords.test(trimmed)) return false;
    } else if (filled === 0 && !isDigit(code) && totalWords.test(cell.trim())) return false;
    filled += 1;
    if ((isDigit(code) || (code === 43 && isDigit(cell.charCodeAt(1)))) && plainHeadings[index] !== false)
      unlike += 1;
  }
  const alike = filled - unlike;
  return filled > 0 && (alike < 2 || alike < filled * 0.6);
}

function takerOf(column: MappedColumn): Taker | null {
  const { read } = column;
  switch (column.field.field) {
    case 'aNumber':
      return phoneTaker(column, 'a');
    case 'bNumber':
      return phoneTaker(column, 'b');
    case 'start':
      return momentTaker(column);
    case 'start.date': {
      const days = createMemory<{ seconds: number; repaired: string | undefined } | false>(20_000);
      return (text, call) => {
        let day = days.get(text);
        if (day === undefined) {
          const cleaned = read(text, undefined);
          const seconds = cleaned.flag || typeof cleaned.value !== 'string' ? null : secondsOf(cleaned.value);
          day = seconds === null ? false : { seconds, repaired: cleaned.repaired };
          days.set(detach(text), day);
        }
        if (day === false) return false;
        call.start += day.seconds;
        if (day.repaired !== undefined) call.repairs.push(day.repaired);
        return true;
      };
    }
    case 'start.time':
      return (text, call) => {
        const seconds = clockSeconds(text, 0);
        if (seconds < 0) return false;
        call.start += seconds;
        return true;
      };
    case 'durationS':
      return (text, call) => {
        const seconds = plainWhole(text);
        if (seconds < 0) return false;
        call.durationS = seconds;
        return true;
      };
    case 'imei':
      return (text, call) => {
        if (!isFifteen(text) || !(text.charCodeAt(14) === 48 || passesLuhn(text))) return false;
        call.imei = Number(text);
        return true;
      };
    case 'imsi':
      return (text, call) => {
        if (!isFifteen(text)) return false;
        call.imsi = Number(text);
        return true;
      };
    case 'type':
    case 'direction':
    case 'cellStart':
    case 'cellEnd':
    case 'cellName':
    case 'text':
      return textTaker(column, column.field.field);
    default:
      return null;
  }
}

function textTaker(column: MappedColumn, field: CallText): Taker {
  return (text, call) => {
    if (isTidy(text)) {
      call[field] = text;
      return true;
    }
    const { flag, value, repaired } = column.read(text, undefined);
    if (flag || repaired !== undefined) return false;
    call[field] = value === null ? null : String(value);
    return true;
  };
}

function phoneTaker(column: MappedColumn, side: 'a' | 'b'): Taker {
  const textSide = side === 'a' ? 'aText' : 'bText';
  return (text, call) => {
    const key = mobileKey(text);
    if (key !== notPlain) {
      call[side] = key;
      return true;
    }
    const { flag, value, repaired } = column.read(text, undefined);
    if (flag) return false;
    if (repaired !== undefined) call.repairs.push(repaired);
    if (typeof value !== 'string') return true;
    // A withheld number is a value, though it is nobody's phone.
    call[textSide] = value;
    if (value === 'withheld') return true;
    const digits = digitsKey(value);
    call[side] = digits < 0 ? oddPhone : digits;
    return true;
  };
}

function momentTaker(column: MappedColumn): Taker {
  const days = createMemory<number>(20_000);
  return (text, call) => {
    const { length } = text;
    const between = text.charCodeAt(10);
    if (
      (length === 19 || length === 16) &&
      (between === 32 || (between === 84 && text.charCodeAt(4) === 45))
    ) {
      const clock = clockSeconds(text, 11);
      if (clock >= 0) {
        const day = text.slice(0, 10);
        let seconds = days.get(day);
        if (seconds === undefined) {
          // Midnight of the day, read as the whole cell is; NaN where that is not plain.
          const cleaned = column.read(`${day} 00:00:00`, undefined);
          const plain = !cleaned.flag && cleaned.repaired === undefined && typeof cleaned.value === 'string';
          seconds = plain ? (secondsOf(cleaned.value as string) ?? Number.NaN) : Number.NaN;
          days.set(detach(day), seconds);
        }
        if (Number.isNaN(seconds)) return false;
        call.start = seconds + clock;
        return true;
      }
    }
    const cleaned = column.read(text, undefined);
    const seconds = cleaned.flag || typeof cleaned.value !== 'string' ? null : secondsOf(cleaned.value);
    // A repair may be that of a zone, which the long way sees to.
    if (seconds === null || cleaned.repaired !== undefined) return false;
    call.start = seconds;
    return true;
  };
}

/** A copy that does not hold the whole block of text from which the piece was cut. */
function detach(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Seconds of 'HH:mm' or 'HH:mm:ss' from a place to the end, or -1: the shapes of `readPlainTime`. */
function clockSeconds(text: string, at: number): number {
  if (readPlainTime(text, at) === null) return -1;
  const two = (place: number) => (text.charCodeAt(place) - 48) * 10 + text.charCodeAt(place + 1) - 48;
  return two(at) * 3600 + two(at + 3) * 60 + (text.length === at + 8 ? two(at + 6) : 0);
}

/** Up to nine digits as a number, or -1. */
function plainWhole(text: string): number {
  if (text.length > 9) return -1;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

/** Fifteen digits that are not all zero. */
function isFifteen(text: string): boolean {
  if (text.length !== 15) return false;
  let any = false;
  for (let at = 0; at < 15; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return false;
    if (code !== 48) any = true;
  }
  return any;
}

/** Printable ASCII with single blanks inside, and no quote that a spreadsheet forces: nothing to tidy. */
function isTidy(text: string): boolean {
  let last = 32;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 || code > 126 || code === 96 || (code === 32 && last === 32)) return false;
    last = code;
  }
  return last !== 32 && text.charCodeAt(0) !== 39;
}

/** The key of a UK mobile in one of its three common shapes, as `cleanPhone` reads it; else `notPlain`. */
function mobileKey(text: string): number {
  const { length } = text;
  let at = 0;
  if (length === 11) {
    if (text.charCodeAt(0) !== 48) return notPlain;
    at = 1;
  } else if (length === 12 || length === 13) {
    if (length === 13 && text.charCodeAt(0) !== 43) return notPlain;
    at = length - 10;
    if (text.charCodeAt(at - 2) !== 52 || text.charCodeAt(at - 1) !== 52) return notPlain;
  } else return notPlain;
  const range = text.charCodeAt(at + 1);
  // 070 and 076 are not mobiles.
  if (text.charCodeAt(at) !== 55 || range === 48 || range === 54) return notPlain;
  let key = 44;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return notPlain;
    key = key * 10 + code - 48;
  }
  return key;
}
