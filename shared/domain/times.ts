import { addDays, isIsoDate } from './calendar.ts';
import type { Cleaned, Flag } from './cleaned.ts';
import { cleanDate, type DateOptions, latestPlainYear } from './dateText.ts';
import { readPlainDate, readPlainTime } from './plainDates.ts';
import { asRejected, openCell, type StoredCell, withWarning } from './tidy.ts';

const clock =
  /^(?:at\s+)?(\d{1,2})(?:\s*[:.h]\s*(\d{2})(?:\s*[:.m]\s*(\d{2})(?:[.,]\d+)?s?)?)?\s*([ap])?(?:\.?m\.?)?\s*(?:hrs?|hours)?\s*(Z|\(?(?:UTC|GMT|BST)(?:\s*[+-]\d{1,2}(?::?\d{2})?)?\)?|[+-]\d{2}:?\d{2})?$/i;
const military = /^(\d{1,2})(\d{2})\s*(?:hrs?|hours)?$/i;

interface Clock {
  time: string;
  /** True for 24:00, the end of a day. */
  endOfDay: boolean;
  zone: 'none' | 'utc' | 'other';
}

const offsetFlag: Flag = {
  code: 'time.offset',
  message: 'The time states a zone other than UTC; the clock time is kept as written.',
  severity: 'warning',
};

function readZone(zone: string | undefined): Clock['zone'] {
  if (zone === undefined || zone === '') return 'none';
  const bare = zone.toUpperCase().replace(/[()\s]/g, '');
  return /^(?:Z|(?:UTC|GMT)?(?:[+-]0{1,2}(?::?00)?)?)$/.test(bare) ? 'utc' : 'other';
}

/** Reads a clock time; null when it is none, 'impossible' when there is no such time. */
function readClock(text: string): Clock | 'impossible' | null {
  if (/^(?:12\s*)?(?:noon|midday)$/i.test(text)) return { time: '12:00:00', endOfDay: false, zone: 'none' };
  if (/^(?:12\s*)?midnight$/i.test(text)) return { time: '00:00:00', endOfDay: false, zone: 'none' };
  const digits = military.exec(text);
  const match = digits ?? clock.exec(text);
  if (!match) return null;
  const half = digits ? undefined : match[4]?.toLowerCase();
  if (match[2] === undefined && half === undefined) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const second = digits ? 0 : Number(match[3] ?? 0);
  const zone = readZone(digits ? undefined : match[5]);
  if (half !== undefined && hour <= 12) {
    if (hour === 0) return 'impossible';
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (hour === 24 && minute === 0 && second === 0) return { time: '00:00:00', endOfDay: true, zone };
  if (hour > 23 || minute > 59 || second > 59) return 'impossible';
  const two = (part: number) => String(part).padStart(2, '0');
  return { time: `${two(hour)}:${two(minute)}:${two(second)}`, endOfDay: false, zone };
}

function toCleaned(read: Clock, value: string): Cleaned {
  const result: Cleaned = { value };
  if (read.endOfDay) result.repaired = 'time.midnight';
  else if (read.zone === 'utc') result.repaired = 'time.utc';
  if (read.zone === 'other') result.flag = offsetFlag;
  return result;
}

function impossibleTime(): Cleaned {
  return asRejected('time.impossible', 'There is no such time of day.');
}

/**
 * Time of day as 'HH:mm:ss', from 14:30, 14:30:05, 1430, 1430hrs, 2.30pm, 14h30, noon, or a stored time.
 * 24:00 becomes 00:00 (repaired `time.midnight`). Repaired: `time.utc` (a trailing Z or UTC),
 * `time.serial`. Warning: `time.offset`. Refused: `time.impossible`, `time.format`.
 */
export function cleanTime(text: string, stored?: StoredCell): Cleaned {
  if (stored === undefined && (text.length === 8 || text.length === 5)) {
    const plain = readPlainTime(text, 0);
    if (plain !== null) return { value: plain };
  }
  if ((stored?.type === 'time' || stored?.type === 'datetime') && typeof stored.value === 'string') {
    const time = /(?:^|T)(\d{2}:\d{2}:\d{2})/.exec(stored.value)?.[1];
    if (time !== undefined) return { value: time };
  }
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  if (stored?.type === 'number' && typeof stored.value === 'number' && /^0?[.,]\d+$/.test(cell.text)) {
    const seconds = Math.round(stored.value * 86_400);
    if (seconds >= 0 && seconds < 86_400) {
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      return { value: parts.map((part) => String(part).padStart(2, '0')).join(':'), repaired: 'time.serial' };
    }
  }
  const read = readClock(cell.text);
  if (read === 'impossible') return impossibleTime();
  if (read === null) return asRejected('time.format', 'This cannot be read as a time of day.');
  return toCleaned(read, read.time);
}

/** Splits a text into date and time: 'date time', 'dateTtime', 'date, time' or 'time date'. */
function splitDateTime(text: string): { date: string; time: string } | null {
  const iso = /^(\d{4}-\d{2}-\d{2})T(.+)$/i.exec(text);
  if (iso?.[1] && iso[2]) return { date: iso[1], time: iso[2] };
  const after =
    /^(.*\d{2,4})(?:\s*,\s*|\s+-\s+|\s+(?:at\s+)?)((?:\d{1,2}(?:[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?)?\s*(?:[ap]\.?m\.?)|\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?|\d{4}(?=\s*h(?:ou)?rs?)).*)$/i.exec(
      text,
    ) ?? /^(\S.*\d{4})\s+(\d{4})$/.exec(text);
  if (after?.[1] && after[2]) return { date: after[1], time: after[2] };
  const before =
    /^(\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*hrs)?)(?:\s*,\s*|\s+(?:on\s+)?)(.+)$/i.exec(text);
  return before?.[1] && before[2] ? { date: before[2], time: before[1] } : null;
}

/**
 * Date and time as 'YYYY-MM-DDTHH:mm:ss', the clock as written, without zone. A trailing Z, UTC, GMT or
 * '(UTC+0)' is noted as repaired `time.utc`, another offset as the warning `time.offset`; nothing is
 * converted. A date alone gives midnight and the warning `time.missing`. Other codes: as `cleanDate` and
 * `cleanTime`.
 */
export function cleanDateTime(text: string, stored: StoredCell | undefined, options: DateOptions): Cleaned {
  if (stored === undefined && (text.length === 19 || text.length === 16)) {
    const between = text.charCodeAt(10);
    const time =
      between === 32 || (between === 84 && text.charCodeAt(4) === 45) ? readPlainTime(text, 11) : null;
    const date =
      time === null
        ? null
        : readPlainDate(text, options.mixed ? null : options.order, latestPlainYear(options));
    if (date !== null) return { value: `${date}T${time}` };
  }
  if (stored?.type === 'datetime' && typeof stored.value === 'string') {
    const value = stored.value.slice(0, 19);
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(value) && isIsoDate(value.slice(0, 10))) {
      const date = cleanDate(text, stored, options);
      return date.value === null ? date : { ...date, value };
    }
  }
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  const parts = stored?.type === 'date' ? null : splitDateTime(cell.text);
  const serial =
    stored?.type === 'number' && typeof stored.value === 'number' && /^\d{5}\.\d+$/.test(cell.text);
  if (serial) {
    const whole = Math.round((stored.value as number) * 86_400);
    const date = cleanDate(String(Math.floor(whole / 86_400)), stored, options);
    const time = cleanTime('0.0', { type: 'number', value: (whole % 86_400) / 86_400 });
    return date.value === null ? date : { ...date, value: `${date.value}T${time.value}` };
  }
  if (parts === null) {
    const date = cleanDate(cell.text, stored, options);
    if (date.value === null) return date;
    return {
      flag: {
        code: 'time.missing',
        message: 'There is a date but no time; midnight is shown.',
        severity: 'warning',
      },
      ...date,
      value: `${date.value}T00:00:00`,
    };
  }
  const date = cleanDate(parts.date, undefined, options);
  if (date.value === null)
    return date.flag ? date : asRejected('date.format', 'This cannot be read as a date.');
  const read = readClock(parts.time.trim());
  if (read === 'impossible') return impossibleTime();
  if (read === null) return asRejected('time.format', 'This cannot be read as a time of day.');
  const day = read.endOfDay ? addDays(date.value, 1) : date.value;
  return { ...date, ...toCleaned(read, `${day}T${read.time}`) };
}

const units =
  /^(?:P?T?)?(?:(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)[\s,]*)?(?:(\d+(?:\.\d+)?)\s*(?:m|mins?|minutes?)[\s,]*)?(?:(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?))?\.?$/i;

function readDuration(text: string): number | null {
  const plain = text.replace(/^(\d{1,3}(?:,\d{3})+)(?=$|\.)/, (group) => group.replaceAll(',', ''));
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  const colons = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?:\.\d+)?$/.exec(text);
  if (colons) {
    const hours = Number(colons[1] ?? 0);
    const minutes = Number(colons[2]);
    const seconds = Number(colons[3]);
    if (seconds > 59 || (colons[1] !== undefined && minutes > 59)) return null;
    return hours * 3600 + minutes * 60 + seconds;
  }
  const match = units.exec(text);
  if (!match || (match[1] ?? match[2] ?? match[3]) === undefined) return null;
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
}

/**
 * Duration in seconds, from 45, 45s, 1m 20s, mm:ss, hh:mm:ss, PT1M20S, or a stored duration or time
 * (numbers are seconds). Where a sheet shows two parts ('1:20') but has stored a time of day, it is
 * read as minutes and seconds with the warning `duration.ambiguous`. Refused: `duration.format`.
 */
export function cleanDuration(text: string, stored?: StoredCell): Cleaned<number> {
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  const shown = readDuration(cell.text);
  if (stored?.type === 'duration' || stored?.type === 'time') {
    const kept = typeof stored.value === 'number' ? stored.value : readDuration(String(stored.value));
    const twoParts = /^\d{1,4}:\d{2}$/.test(cell.text);
    if (kept !== null && kept >= 0 && (stored.type === 'duration' || !twoParts)) return { value: kept };
    if (kept !== null && shown !== null && kept !== shown) {
      return withWarning(
        shown,
        'duration.ambiguous',
        'Shown as two parts: read as minutes and seconds, but the sheet has stored hours and minutes.',
      );
    }
  }
  if (shown === null || !Number.isFinite(shown)) {
    return asRejected('duration.format', 'This cannot be read as a duration.');
  }
  return { value: shown };
}

/** A moment of which only the date was written stays a date: midnight would be a guess. */
export function withoutAssumedTime(cleaned: Readonly<Cleaned>): Readonly<Cleaned> {
  if (cleaned.flag?.code !== 'time.missing' || cleaned.value === null) return cleaned;
  return { ...cleaned, value: cleaned.value.slice(0, 10) };
}
