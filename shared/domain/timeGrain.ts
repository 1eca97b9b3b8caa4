/**
 * A long period cut into hours, days, weeks, months or years of the UK clock. Moments are seconds since 1970 as the
 * clock shows them, as in call data: a day always has 24 hours of them. In the night in which the clocks go back one
 * hour of them stands for two, in the night in which they go forward nothing happens in one. Pure.
 */
import { addCalendarMonths, isIsoDate } from './calendar.ts';

export const grains = ['hour', 'day', 'week', 'month', 'year'] as const;
export type Grain = (typeof grains)[number];

const hour = 3600;
const day = 24 * hour;
const week = 7 * day;
/** Monday, 5 January 1970. */
const firstMonday = 4 * day;

/** How sure a moment is: to the minute, or only the day or the month are known. */
type Certainty = 'time' | 'day' | 'month';

/** Years that an axis can show. What lies outside is a slip of the keyboard, and would hide all the rest. */
const years = { first: 1900, last: 2199 };

/**
 * Begin and end of what a date says, in seconds of the clock: of a time both are the same, of a day its midnights, of a
 * month (`2026-03`) its first days. Null for anything else, and for a year before 1900 or after 2199.
 */
export function readMoment(text: string): { from: number; to: number; certainty: Certainty } | null {
  const iso = text.trim();
  const match = /^(\d{4}-\d{2})(?:(-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?)?$/.exec(iso);
  if (!match?.[1]) return null;
  const date = `${match[1]}${match[2] ?? '-01'}`;
  const year = Number(date.slice(0, 4));
  if (!isIsoDate(date) || year < years.first || year > years.last) return null;
  const midnight = Date.parse(`${date}T00:00:00Z`) / 1000;
  if (match[2] === undefined) return { from: midnight, to: nextOf(midnight, 'month'), certainty: 'month' };
  if (match[3] === undefined) return { from: midnight, to: midnight + day, certainty: 'day' };
  const [hours, minutes, seconds] = [Number(match[3]), Number(match[4]), Number(match[5] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const at = midnight + hours * hour + minutes * 60 + seconds;
  return { from: at, to: at, certainty: 'time' };
}

/** ISO without zone, as the UK clock showed it. */
export function isoOfSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

const midnightOf = (isoDate: string) => Date.parse(`${isoDate}T00:00:00Z`) / 1000;

/** Begin of the hour, day, week (from Monday), month or year in which a moment lies. */
export function startOf(seconds: number, grain: Grain): number {
  if (grain === 'hour') return Math.floor(seconds / hour) * hour;
  if (grain === 'day') return Math.floor(seconds / day) * day;
  if (grain === 'week') return Math.floor((seconds - firstMonday) / week) * week + firstMonday;
  const date = isoOfSeconds(seconds);
  return midnightOf(grain === 'month' ? `${date.slice(0, 7)}-01` : `${date.slice(0, 4)}-01-01`);
}

/** Begin of the one after it; `seconds` is such a begin itself. */
export function nextOf(seconds: number, grain: Grain): number {
  if (grain === 'hour') return seconds + hour;
  if (grain === 'day') return seconds + day;
  if (grain === 'week') return seconds + week;
  return midnightOf(addCalendarMonths(isoOfSeconds(seconds).slice(0, 10), grain === 'month' ? 1 : 12));
}

const longest: Readonly<Record<Grain, number>> = {
  hour,
  day,
  week,
  month: 28 * day,
  year: 365 * day,
};

/** The finest grain that cuts a period into at most so many pieces. */
export function grainFor(from: number, to: number, most: number): Grain {
  return grains.find((grain) => (to - from) / longest[grain] + 1 <= most) ?? 'year';
}

/** Begins of the pieces that cover a period, and the end of the last: one more than there are pieces. */
export function cutsOf(from: number, to: number, grain: Grain): number[] {
  const cuts = [startOf(from, grain)];
  for (let at = cuts[0] ?? from; at < to || cuts.length < 2; ) {
    at = nextOf(at, grain);
    cuts.push(at);
  }
  return cuts;
}
