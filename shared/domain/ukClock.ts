/**
 * The clock of the United Kingdom: hours that pass, where the clock is put forward and back. Summer time
 * runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
 * (Summer Time Act 1972 as amended).
 */
import { addDays, parseIsoDate, toIsoDate, weekdayOf } from './calendar.ts';

const daySeconds = 86_400;

function lastSunday(year: number, month: 3 | 10): string {
  const last = toIsoDate(year, month, 31);
  return addDays(last, -(weekdayOf(last) % 7));
}

/** The days from one ISO date to another, both inside, on which the clocks change, and which way. */
export function clockChanges(from: string, to: string): { day: string; isForward: boolean }[] {
  const changes: { day: string; isForward: boolean }[] = [];
  for (let { year } = parseIsoDate(from); year <= parseIsoDate(to).year; year += 1)
    for (const [month, isForward] of [
      [3, true],
      [10, false],
    ] as const) {
      const day = lastSunday(year, month);
      if (day >= from && day <= to) changes.push({ day, isForward });
    }
  return changes;
}

/** Day and second of the day of a local date and time; a date alone is its midnight. */
function splitMoment(local: string): { day: string; second: number } {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(local);
  if (!match?.[1]) throw new RangeError('not an ISO date and time');
  parseIsoDate(match[1]);
  return {
    day: match[1],
    second: Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0),
  };
}

function joinMoment(day: string, second: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${day}T${part(Math.floor(second / 3600))}:${part(Math.floor(second / 60) % 60)}:${part(second % 60)}`;
}

function shift(day: string, second: number): { day: string; second: number } {
  const days = Math.floor(second / daySeconds);
  return { day: days === 0 ? day : addDays(day, days), second: second - days * daySeconds };
}

/** True when summer time is in force at a moment in UTC. */
function isSummerAtUtc(day: string, second: number): boolean {
  const { year } = parseIsoDate(day);
  const moment = joinMoment(day, second);
  return moment >= `${lastSunday(year, 3)}T01:00:00` && moment < `${lastSunday(year, 10)}T01:00:00`;
}

/**
 * A local moment so many hours of real time later: 23:30 on the night the clocks go forward plus 24 hours
 * is 00:30. The hour that comes twice in October is taken as its first, so that a period never ends late.
 */
export function addElapsedHours(local: string, hours: number): string {
  const { day, second } = splitMoment(local);
  const { year } = parseIsoDate(day);
  const moment = joinMoment(day, second);
  // On the local clock: summer begins at 01:00 (which does not exist) and ends at 02:00.
  const isSummer = moment >= `${lastSunday(year, 3)}T01:00:00` && moment < `${lastSunday(year, 10)}T02:00:00`;
  const utc = shift(day, second - (isSummer ? 3600 : 0) + hours * 3600);
  const result = shift(utc.day, utc.second + (isSummerAtUtc(utc.day, utc.second) ? 3600 : 0));
  return joinMoment(result.day, result.second);
}
