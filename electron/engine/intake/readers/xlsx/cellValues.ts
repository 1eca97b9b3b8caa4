import type { StoredValue } from '../types.ts';
import { type CompiledFormat, generalFormat } from './formatNumber.ts';
import { days1904, storeSerial } from './serialDate.ts';

/**
 * Results remembered for each style, so that repeated dates are formatted once. Where values hardly
 * ever repeat (times of calls) remembering costs more than it saves and is given up.
 */
const rememberedValues = 2048;

export interface NumberCell {
  text: string;
  stored: StoredValue;
}

interface Memory {
  cells: Map<number, NumberCell>;
  hits: number;
  useless: boolean;
}

/** The formats of a workbook's cell styles, arranged for speed. Index: the cell's style. */
export interface CellFormats {
  /** False where whole numbers do not simply show their digits. */
  plain: boolean[];
  /** The format where text does not simply show itself. */
  text: (CompiledFormat | undefined)[];
  all: CompiledFormat[];
  date1904: boolean;
  remembered: (Memory | undefined)[];
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
  let memory = formats.remembered[style];
  if (!memory) {
    memory = { cells: new Map(), hits: 0, useless: false };
    formats.remembered[style] = memory;
  }
  if (memory.useless) return makeCell(format, value, formats.date1904);
  const known = memory.cells.get(value);
  if (known) {
    memory.hits++;
    return known;
  }
  const cell = makeCell(format, value, formats.date1904);
  if (memory.cells.size >= rememberedValues) {
    memory.useless = memory.hits < rememberedValues;
    memory.hits = 0;
    memory.cells.clear();
  } else memory.cells.set(value, cell);
  return cell;
}

function makeCell(format: CompiledFormat, value: number, date1904: boolean): NumberCell {
  const kind = format.kind;
  const isCalendar = kind === 'date' || kind === 'datetime' || (kind === 'time' && value >= 366);
  if (date1904 && value < 0 && isDated(kind)) {
    // Only a workbook that counts from 1904 shows a date or time before its beginning: with a sign.
    const { text } = format.show(-value + (isCalendar ? days1904 : 0));
    return { text: `-${text}`, stored: { type: 'number', value } };
  }
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

function isDated(kind: CompiledFormat['kind']): boolean {
  return kind === 'date' || kind === 'datetime' || kind === 'time' || kind === 'duration';
}

function makeIsoCell(format: CompiledFormat, serial: number): NumberCell {
  const shown = format.show(serial);
  if (shown.kind === 'date' || shown.kind === 'datetime' || shown.kind === 'time') {
    return { text: shown.text, stored: storeSerial(serial, shown.kind) };
  }
  const stored = storeSerial(serial, serial < 1 ? 'time' : Number.isInteger(serial) ? 'date' : 'datetime');
  return { text: String(stored.value).replace('T', ' '), stored };
}
