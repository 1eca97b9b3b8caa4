/**
 * The shapes that nearly all dates and times of a large file have, read without patterns. Whatever is
 * odd in any way gives null, and the full readers decide. They must agree with these on every text
 * (tested), so these only make things faster.
 */
import { isCalendarDay } from './calendar.ts';

/** Two digits at a place, or -1. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const units = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1;
}

const slash = 47;
const dash = 45;
const dot = 46;
const colon = 58;

/**
 * First ten characters as an ISO date: 'YYYY-MM-DD', or 'DD/MM/YYYY' (also with dots or dashes) in the
 * order given. Years from 1901 to `latestYear` only.
 */
export function readPlainDate(
  text: string,
  order: 'dmy' | 'mdy' | 'ymd' | null,
  latestYear: number,
): string | null {
  const third = text.charCodeAt(2);
  if (third === slash || third === dot || third === dash) {
    if (text.charCodeAt(5) !== third || (order !== 'dmy' && order !== 'mdy')) return null;
    const first = twoDigits(text, 0);
    const second = twoDigits(text, 3);
    const century = twoDigits(text, 6);
    const year = century * 100 + twoDigits(text, 8);
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    if (century < 0 || twoDigits(text, 8) < 0 || year <= 1900 || year > latestYear) return null;
    if (!isCalendarDay(year, month, day)) return null;
    const head = text.slice(6, 10);
    return order === 'dmy'
      ? `${head}-${text.slice(3, 5)}-${text.slice(0, 2)}`
      : `${head}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
  }
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return null;
  const century = twoDigits(text, 0);
  const year = century * 100 + twoDigits(text, 2);
  if (century < 0 || twoDigits(text, 2) < 0 || year <= 1900 || year > latestYear) return null;
  if (!isCalendarDay(year, twoDigits(text, 5), twoDigits(text, 8))) return null;
  return text.length === 10 ? text : text.slice(0, 10);
}

/** 'HH:mm' or 'HH:mm:ss' from a place to the end of the text, as 'HH:mm:ss'. */
export function readPlainTime(text: string, at: number): string | null {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  if (text.charCodeAt(at + 2) !== colon || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null;
  if (text.length === at + 5) return `${at === 0 ? text : text.slice(at)}:00`;
  if (text.length !== at + 8 || text.charCodeAt(at + 5) !== colon) return null;
  const second = twoDigits(text, at + 6);
  if (second < 0 || second > 59) return null;
  return at === 0 ? text : text.slice(at);
}
