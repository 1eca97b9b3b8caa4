import type { StoredValue } from '../types.ts';

/**
 * Excel's day numbers. In the 1900 system day 1 is 1 January 1900 and day 60 is 29 February 1900,
 * a day that never was but that Excel keeps for the sake of Lotus 1-2-3; so days 1–59 stand one
 * further from the true calendar than the later ones. In the 1904 system day 0 is 1 January 1904.
 */

const millisecondsPerDay = 86_400_000;
/** Days from 1 January 1900 (as 1) to 1 January 1904 (as 0). */
export const days1904 = 1462;
/** Day number of 31 December 9999, the last that Excel shows. */
export const lastSerialDay = 2_958_465;
const phantomLeapDay = 60;

export interface SerialParts {
  year: number;
  /** 1–12 */
  month: number;
  /** 0 for Excel's “0 January 1900” */
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** 0 is Sunday, as Excel counts: before March 1900 one day off the true calendar. */
  weekday: number;
}

/** Calendar parts of a day number in the 1900 system, to the millisecond. */
export function splitSerial(serial: number): SerialParts {
  const total = Math.round(serial * millisecondsPerDay);
  const day = Math.floor(total / millisecondsPerDay);
  let rest = total - day * millisecondsPerDay;
  const millisecond = rest % 1000;
  rest = (rest - millisecond) / 1000;
  const second = rest % 60;
  rest = (rest - second) / 60;
  const minute = rest % 60;
  const hour = (rest - minute) / 60;
  const weekday = (((day - 1) % 7) + 7) % 7;
  return { ...splitDay(day), hour, minute, second, millisecond, weekday };
}

/** The day number (1900 system) of an ISO date, date and time, or time; undefined when it is none. */
export function parseIsoSerial(text: string): number | undefined {
  const match =
    /^(?:(\d{4})-(\d\d)-(\d\d))?(?:T?(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?:Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (!match || (match[1] === undefined && match[4] === undefined)) return undefined;
  let serial = 0;
  if (match[1] !== undefined) {
    const days = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / millisecondsPerDay;
    serial = days + 25_569;
    if (serial < phantomLeapDay + 1) serial -= 1;
  }
  const seconds = Number(match[4] ?? 0) * 3600 + Number(match[5] ?? 0) * 60 + Number(match[6] ?? 0);
  return serial + seconds / 86_400;
}

/**
 * The stored value of a number under a date, time or duration format.
 *
 * A date that Excel can show and the calendar does not have (day 0, 29 February 1900, anything
 * negative) stays a number. A time of a whole day or more keeps its date when it plainly has one.
 */
export function storeSerial(serial: number, kind: 'date' | 'datetime' | 'time' | 'duration'): StoredValue {
  if (kind === 'duration') return { type: 'duration', value: formatIsoDuration(serial) };
  if (serial < 0 || serial >= lastSerialDay + 1) return { type: 'number', value: serial };
  const milliseconds = snapToMilliseconds(serial);
  const day = Math.floor(milliseconds / millisecondsPerDay);
  const time = milliseconds - day * millisecondsPerDay;
  if (serial < 1) {
    if (kind === 'date' && serial === 0) return { type: 'number', value: 0 };
    if (day === 0) return { type: 'time', value: formatIsoTime(time) };
  }
  // Hours summed past midnight and shown as hh:mm are a length of time, not a day in 1900.
  if (kind === 'time' && serial < 366) return { type: 'duration', value: formatIsoDuration(serial) };
  if (day === phantomLeapDay) return { type: 'number', value: serial };
  if (kind === 'date' && time === 0) return { type: 'date', value: formatIsoDayAndT(day).slice(0, -1) };
  return { type: 'datetime', value: formatIsoDayAndT(day) + formatIsoTime(time) };
}

/** A number with leading zeros. */
export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Programs round day numbers when they write them; up to 3 ms off is a whole second. */
function snapToMilliseconds(serial: number): number {
  const milliseconds = Math.round(serial * millisecondsPerDay);
  const whole = Math.round(milliseconds / 1000) * 1000;
  return Math.abs(milliseconds - whole) <= 3 ? whole : milliseconds;
}

const rememberedDays = 20_000;
const isoDays = new Map<number, string>();
/**
 * `HH:MM:` by minute of the day and `SS` by second: two small tables stay in the processor's cache
 * where one of 86,400 times does not (measured: a third of the time).
 */
const isoMinutes: readonly string[] = Array.from(
  { length: 1440 },
  (_unused, minute) => `${pad(Math.floor(minute / 60), 2)}:${pad(minute % 60, 2)}:`,
);
const isoSeconds: readonly string[] = Array.from({ length: 60 }, (_unused, second) => pad(second, 2));

/** `2026-11-24T`, remembered with its T because times follow in most sheets. */
function formatIsoDayAndT(day: number): string {
  let text = isoDays.get(day);
  if (text === undefined) {
    const parts = splitDay(day);
    text = `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}T`;
    if (isoDays.size >= rememberedDays) isoDays.clear();
    isoDays.set(day, text);
  }
  return text;
}

function formatIsoTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minute = Math.floor(seconds / 60);
  const text = (isoMinutes[minute] ?? '') + isoSeconds[seconds - minute * 60];
  const rest = milliseconds - seconds * 1000;
  return rest === 0 ? text : `${text}.${pad(rest, 3)}`;
}

function formatIsoDuration(serial: number): string {
  const total = Math.abs(snapToMilliseconds(serial));
  const milliseconds = total % 1000;
  const seconds = Math.floor(total / 1000) % 60;
  const minutes = Math.floor(total / 60_000) % 60;
  const hours = Math.floor(total / 3_600_000);
  let text = hours > 0 ? `${hours}H` : '';
  if (minutes > 0) text += `${minutes}M`;
  if (seconds > 0 || milliseconds > 0 || text === '') {
    text += `${seconds}${milliseconds > 0 ? `.${pad(milliseconds, 3)}` : ''}S`;
  }
  return `${serial < 0 && total > 0 ? '-' : ''}PT${text}`;
}

function splitDay(day: number): { year: number; month: number; day: number } {
  if (day === 0) return { year: 1900, month: 1, day: 0 };
  if (day === phantomLeapDay) return { year: 1900, month: 2, day: 29 };
  const true1900 = day < phantomLeapDay ? day + 1 : day;
  const date = new Date((true1900 - 25_569) * millisecondsPerDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
