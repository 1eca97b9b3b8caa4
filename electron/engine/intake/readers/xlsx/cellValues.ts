import type { StoredValue } from '../types.ts';
import { type CompiledFormat, formatGeneral, generalFormat } from './formatNumber.ts';
import { days1904, storeSerial } from './serialDate.ts';

/** Results remembered for each style, so that repeated dates are formatted once. */
const rememberedValues = 4096;

export interface NumberCell {
  text: string;
  stored: StoredValue;
}

/** The formats of a workbook's cell styles, arranged for speed. Index: the cell's style. */
export interface CellFormats {
  /** False where whole numbers do not simply show their digits. */
  plain: boolean[];
  /** The format where text does not simply show itself. */
  text: (CompiledFormat | undefined)[];
  all: CompiledFormat[];
  date1904: boolean;
  remembered: Map<number, NumberCell>[];
}

/** Arranges compiled formats for the scanner. */
export function arrangeFormats(formats: CompiledFormat[], date1904: boolean): CellFormats {
  return {
    plain: formats.map(
      (format) => format === generalFormat || format.code === 'General' || format.code === '@',
    ),
    text: formats.map((format) => (format.showText('x') === 'x' ? undefined : format)),
    all: formats,
    date1904,
    remembered: [],
  };
}

/**
 * What a number shows and is under the format of its style.
 *
 * @param isIsoDate true when the number came from an ISO date in the file, already in the 1900 system
 */
export function numberCell(
  formats: CellFormats,
  style: number,
  value: number,
  isIsoDate = false,
): NumberCell {
  const format = formats.all[style] ?? generalFormat;
  if (isIsoDate) return makeIsoCell(format, value);
  let remembered = formats.remembered[style];
  if (!remembered) {
    remembered = new Map();
    formats.remembered[style] = remembered;
  }
  const known = remembered.get(value);
  if (known) return known;
  const cell = makeCell(format, value, formats.date1904);
  if (remembered.size >= rememberedValues) remembered.clear();
  remembered.set(value, cell);
  return cell;
}

/**
 * A number between two positions of a text; NaN when it is none. Up to 15 digits are exact without
 * the general parser: both the digits and the power of ten are exact doubles.
 */
export function parseNumber(text: string, start: number, end: number): number {
  let at = start;
  let negative = false;
  if (text.charCodeAt(at) === 45) {
    negative = true;
    at++;
  }
  let digits = 0;
  let mantissa = 0;
  let point = -1;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      digits++;
    } else if (code === 46 && point < 0) point = at;
    else break;
  }
  if (at === end && digits > 0 && digits <= 15) {
    const decimals = point < 0 ? 0 : end - point - 1;
    const value = decimals === 0 ? mantissa : mantissa / (powersOfTen[decimals] as number);
    return negative ? -value : value;
  }
  const raw = text.slice(start, end).trim();
  const value = raw === '' ? Number.NaN : Number(raw);
  return Number.isFinite(value) ? value : Number.NaN;
}

const powersOfTen = Array.from({ length: 23 }, (_unused, power) => 10 ** power);

/** A General number's shown text: the file's own digits where they are what Excel shows. */
export function textOfNumber(text: string, start: number, end: number, value: number): string {
  const negative = text.charCodeAt(start) === 45;
  const first = negative ? start + 1 : start;
  const length = end - first;
  if (length <= 11 && length > 0) {
    const code = text.charCodeAt(first);
    let point = false;
    let plain = code >= 49 && code <= 57;
    for (let at = first + 1; plain && at < end; at++) {
      const digit = text.charCodeAt(at);
      if (digit === 46) point = true;
      else if (digit < 48 || digit > 57) plain = false;
    }
    // A fraction must not end in a zero or a bare point.
    if (plain && !(point && (text.charCodeAt(end - 1) === 48 || text.charCodeAt(end - 1) === 46))) {
      return text.slice(start, end);
    }
    if (length === 1 && code === 48) return '0';
  }
  return formatGeneral(value);
}

function makeCell(format: CompiledFormat, value: number, date1904: boolean): NumberCell {
  const kind = format.kind;
  const isCalendar = kind === 'date' || kind === 'datetime' || (kind === 'time' && value >= 366);
  const serial = date1904 && isCalendar ? value + days1904 : value;
  const shown = format.show(serial);
  switch (shown.kind) {
    case 'date':
    case 'datetime':
    case 'time':
    case 'duration':
      return { text: shown.text, stored: storeSerial(serial, shown.kind) };
    default:
      return { text: shown.text, stored: { type: 'number', value } };
  }
}

function makeIsoCell(format: CompiledFormat, serial: number): NumberCell {
  const shown = format.show(serial);
  if (shown.kind === 'date' || shown.kind === 'datetime' || shown.kind === 'time') {
    return { text: shown.text, stored: storeSerial(serial, shown.kind) };
  }
  const stored = storeSerial(serial, serial < 1 ? 'time' : Number.isInteger(serial) ? 'date' : 'datetime');
  return { text: String(stored.value).replace('T', ' '), stored };
}
