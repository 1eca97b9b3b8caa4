/** Time zones of call data: what a sheet says of them, and times turned into UK local time. */
import type { CallTimeZone, ImportKind, SheetMapping } from '../../../shared/contract/schemas.ts';
import type { Cleaned } from '../../../shared/domain/cleaned.ts';
import { statedOffset, toUkTime } from '../../../shared/domain/ukTime.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { CellReader } from './cells.ts';
import type { SheetRow } from './readers/types.ts';
import type { MappedColumn, Reading } from './reading.ts';

export const zoneConverted = 'time.zone-converted';

interface ZoneGuess {
  timeZone: CallTimeZone | null;
  timeZoneReason: string | null;
}

const none: ZoneGuess = { timeZone: null, timeZoneReason: null };

const namesUtc = /\b(?:utc|gmt|zulu|z time|coordinated universal)\b/i;
const namesUk =
  /\b(?:uk|british|bst|london)\b[^,;]{0,20}\btimes?\b|\blocal time\b|\bgmt ?\/ ?bst\b|\beurope\/london\b/i;
const speaksOfTime = /\b(?:times?|time ?zone|zone|clock|zulu)\b/i;

/** What a text says of the zone: UK local time before UTC, since "GMT/BST" names both. */
function zoneIn(text: string): CallTimeZone | null {
  if (namesUk.test(text)) return 'uk';
  return namesUtc.test(text) ? 'utc' : null;
}

/**
 * Guesses the zone of a sheet of calls, from the texts of its times, the headings over them, and what stands
 * above the heading. `fields` are the mapped fields by column.
 */
export function guessTimeZone(input: {
  fields: readonly (string | null)[];
  headings: readonly string[];
  above: readonly SheetRow[];
  data: readonly SheetRow[];
}): ZoneGuess {
  const columns = input.fields.flatMap((field, index) =>
    field === 'start' || field === 'start.time' || field === 'start.date' ? [index] : [],
  );
  const times = columns.filter((index) => input.fields[index] !== 'start.date');
  const texts = input.data.flatMap((row) => times.flatMap((index) => row.text[index]?.trim() || []));
  const stated = texts.map(statedOffset);
  if (texts.length > 0 && !stated.includes(null)) {
    const isUtc = stated.every((offset) => offset === 0);
    return {
      timeZone: isUtc ? 'utc' : 'uk',
      timeZoneReason: isUtc
        ? `the times themselves say UTC, such as "${texts[0]}"`
        : `each time states its own offset, such as "${texts[0]}"; UK local time is worked out from it`,
    };
  }
  for (const index of columns) {
    const heading = input.headings[index] ?? '';
    const zone = zoneIn(heading);
    if (zone) return { timeZone: zone, timeZoneReason: `the heading "${heading}" names the zone` };
  }
  for (const row of input.above) {
    const line = row.text.filter((cell) => cell.trim() !== '').join(' ');
    const zone = speaksOfTime.test(line) ? zoneIn(line) : null;
    if (zone)
      return {
        timeZone: zone,
        timeZoneReason: `row ${row.row} above the heading says "${line.slice(0, 80)}"`,
      };
  }
  return none;
}

/** The offset from UTC at which a time was written: its own, else that of the sheet; null for UK local time. */
function offsetOf(text: string, zone: CallTimeZone | undefined): number | null {
  return statedOffset(text) ?? (zone === 'utc' ? 0 : null);
}

/** A moment of call data in UK local time; `text` is the time as written. Dates without a time stay as they are. */
function inUkTime(
  cleaned: Readonly<Cleaned<CellValue>>,
  text: string,
  zone: CallTimeZone | undefined,
): Readonly<Cleaned<CellValue>> {
  const offset = offsetOf(text, zone);
  if (offset === null || typeof cleaned.value !== 'string' || cleaned.value.length < 16) return cleaned;
  const value = toUkTime(cleaned.value, offset);
  const { flag, ...rest } = cleaned;
  return {
    ...rest,
    value,
    ...(value === cleaned.value ? {} : { repaired: zoneConverted }),
    ...(flag && flag.code !== 'time.offset' ? { flag } : {}),
  };
}

/**
 * The reader of a column with what its zone asks for: moments of calls in UK local time; the offset of a time of
 * day is applied once the date is known (`partsConverter`). Other columns stay as they are.
 */
export function zonedColumnReader(
  kind: ImportKind,
  field: string,
  read: CellReader,
  zone: CallTimeZone | undefined,
): CellReader {
  if (kind !== 'communication') return read;
  if (field === 'start') return (text, stored) => inUkTime(read(text, stored), text, zone);
  if (field !== 'start.time') return read;
  return (text, stored) => {
    const cleaned = read(text, stored);
    if (cleaned.flag?.code !== 'time.offset') return cleaned;
    const { flag: _, ...rest } = cleaned;
    return rest;
  };
}

/** What to say of a sheet of calls whose zone nobody knows; null where it is known. */
export function zoneUnknown(mapping: SheetMapping): { code: string; message: string } | null {
  if (mapping.kind !== 'communication' || mapping.timeZone !== undefined) return null;
  return {
    code: 'time.zone-unknown',
    message:
      'Nothing says in which zone the times of these calls are, so they are kept as written. Choose the zone if you know it.',
  };
}

/**
 * Turns the moments of rows into UK local time where date and time stand in columns of their own. A column of
 * whole moments is converted by its reader.
 */
export function partsConverter(
  columns: readonly MappedColumn[],
  zone: CallTimeZone | undefined,
): (reading: Reading, row: SheetRow) => void {
  const indexOf = (field: string) => columns.find((column) => column.field.field === field)?.index ?? -1;
  const time = indexOf('start.time');
  const whole = indexOf('start');
  return (reading, row) => {
    const own = reading.records.find((draft) => draft.prefix === '');
    const text = row.text[time] ?? '';
    if (time < 0 || !own || own.fields.start === undefined || (row.text[whole] ?? '').trim() !== '') return;
    if (reading.issues.some((issue) => issue.code === 'time.missing')) return;
    const { value, repaired } = inUkTime({ value: own.fields.start }, text, zone);
    own.fields.start = value;
    if (repaired) own.repairs.start = repaired;
  };
}
