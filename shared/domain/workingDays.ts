import { bankHolidays } from '../reference/bankHolidays.ts';
import { periods } from '../reference/powers.ts';
import { addDays, parseIsoDate, weekdayOf } from './calendar.ts';

const holidays = new Set(bankHolidays.days.map((day) => day.date));

export interface Deadline {
  /** ISO date (`workingDaysAfter`) or date and time (`cashDetentionDeadline`). */
  deadline: string;
  /** False when it reaches into a year whose bank holidays are not in the reference data. */
  certain: boolean;
}

/** Gauss's rule for Easter in the Gregorian calendar, as an ISO date. */
function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const epact =
    (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) % 30;
  const moon =
    epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7;
  const offset = moon - weekday;
  const month = 3 + Math.floor((offset + 40) / 44);
  const day = offset + 28 - 31 * Math.floor(month / 4);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** True for Saturday, Sunday, Christmas Day, Good Friday and the bank holidays of England and Wales. */
export function isNonWorkingDay(isoDate: string): boolean {
  if (weekdayOf(isoDate) >= 6 || holidays.has(isoDate) || isoDate.endsWith('-12-25')) return true;
  return addDays(easterSunday(parseIsoDate(isoDate).year), -2) === isoDate;
}

function coversYear(isoDate: string): boolean {
  return bankHolidays.years.includes(parseIsoDate(isoDate).year);
}

/**
 * The n-th working day after a date (the date itself does not count): DDTRO comply-by (5), NRM reasonable
 * grounds (5).
 */
export function workingDaysAfter(isoDate: string, days: number): Deadline {
  let day = isoDate;
  let left = days;
  let certain = coversYear(day);
  while (left > 0) {
    day = addDays(day, 1);
    certain = certain && coversYear(day);
    if (!isNonWorkingDay(day)) left -= 1;
  }
  return { deadline: day, certain };
}

/**
 * When 48 hours of cash detention end without a court order (POCA 2002 s.295: Saturdays, Sundays,
 * Christmas Day, Good Friday and bank holidays do not count). `seizedAt` is 'YYYY-MM-DDTHH:mm[:ss]' on
 * the clock; hours are counted on the clock, so a change of the clocks shifts nothing. Seizure on a day
 * that does not count starts the 48 hours at the following midnight that begins a day that counts.
 */
export function cashDetentionDeadline(seizedAt: string): Deadline {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/.exec(seizedAt);
  if (!match?.[1]) throw new RangeError('not an ISO date and time');
  let day = match[1];
  let second = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  let left = periods.cashDetentionHours.value * 3600;
  let certain = coversYear(day);
  for (;;) {
    certain = certain && coversYear(day);
    const rest = isNonWorkingDay(day) ? 0 : 86_400 - second;
    if (left <= rest) {
      second += left;
      break;
    }
    left -= rest;
    day = addDays(day, 1);
    second = 0;
  }
  if (second === 86_400) {
    day = addDays(day, 1);
    second = 0;
  }
  const part = (value: number) => String(value).padStart(2, '0');
  const time = `${part(Math.floor(second / 3600))}:${part(Math.floor(second / 60) % 60)}:${part(second % 60)}`;
  return { deadline: `${day}T${time}`, certain };
}
