/**
 * Calendar arithmetic on ISO dates ('2026-03-31'), without clock, time zone or `Date`. Functions that
 * take an ISO date expect a valid one, as `cleanDate` returns it, and throw a RangeError otherwise.
 */

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days of a month, 1 to 12; 0 for anything else. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (monthDays[month - 1] ?? 0);
}

/** True when the three numbers are a day of the calendar. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month);
}

/** ISO text of a day that exists. */
export function toIsoDate(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Takes an ISO date, or the date part of an ISO date and time, apart. */
export function parseIsoDate(iso: string): CalendarDay {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(iso);
  const day = { year: Number(match?.[1]), month: Number(match?.[2]), day: Number(match?.[3]) };
  if (!match || !isCalendarDay(day.year, day.month, day.day)) throw new RangeError('not an ISO date');
  return day;
}

/** True for 'YYYY-MM-DD' of a day that exists. */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Days since 1 January of the year 1 (day 1). */
function dayNumber({ year, month, day }: CalendarDay): number {
  const past = year - 1;
  let days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  for (let index = 1; index < month; index += 1) days += daysInMonth(year, index);
  return days + day;
}

function fromDayNumber(days: number): string {
  let year = Math.max(1, Math.floor(days / 365.2425));
  while (dayNumber({ year: year + 1, month: 1, day: 1 }) <= days) year += 1;
  let rest = days - dayNumber({ year, month: 1, day: 1 });
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  return toIsoDate(year, month, rest + 1);
}

export function addDays(isoDate: string, days: number): string {
  return fromDayNumber(dayNumber(parseIsoDate(isoDate)) + days);
}

/**
 * The same day of the month, `months` later (or earlier); the last day of the month where that day does
 * not exist: 31 January + 1 month = 28 or 29 February.
 */
export function addCalendarMonths(isoDate: string, months: number): string {
  const { year, month, day } = parseIsoDate(isoDate);
  const total = year * 12 + month - 1 + months;
  const newYear = Math.floor(total / 12);
  const newMonth = total - newYear * 12 + 1;
  return toIsoDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(parseIsoDate(to)) - dayNumber(parseIsoDate(from));
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(isoDate: string): number {
  return ((dayNumber(parseIsoDate(isoDate)) - 1) % 7) + 1;
}

/**
 * Age in whole years on a date; null before birth. Somebody born on 29 February comes of age on 1 March
 * in other years (the later of the two readings in use, so that nobody counts as adult too early).
 */
export function ageOn(dateOfBirth: string, date: string): number | null {
  const birth = parseIsoDate(dateOfBirth);
  const on = parseIsoDate(date);
  const hadBirthday = on.month > birth.month || (on.month === birth.month && on.day >= birth.day);
  const age = on.year - birth.year - (hadBirthday ? 0 : 1);
  return age < 0 ? null : age;
}

/** Date of a spreadsheet's day count (1900 system, where 60 is the day that never was): null outside it. */
export function dateOfSerial(serial: number): string | null {
  const days = Math.floor(serial);
  if (days < 1 || days > 2_958_465 || days === 60) return null;
  return addDays(days < 60 ? '1899-12-31' : '1899-12-30', days);
}

/** '2026-03-03' → '03/03/2026'. Anything that is not an ISO date comes back as it is. */
export function formatDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return match ? `${match[3]}/${match[2]}/${match[1]}` : iso;
}

/** '2026-03-03T14:05:00' → '03/03/2026 14:05', with seconds only where there are any. */
export function formatDateTime(iso: string): string {
  const match = /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})(?::(\d{2}))?/.exec(iso);
  if (!match) return formatDate(iso);
  const seconds = match[2] !== undefined && match[2] !== '00' ? `:${match[2]}` : '';
  return `${formatDate(iso)} ${match[1]}${seconds}`;
}

/** Seconds from one ISO date and time to another, on the same clock. */
export function secondsBetween(from: string, to: string): number {
  const seconds = (iso: string) => {
    const match = /T(\d{2}):(\d{2})(?::(\d{2}))?/.exec(iso);
    return Number(match?.[1] ?? 0) * 3600 + Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  };
  return daysBetween(from, to) * 86_400 + seconds(to) - seconds(from);
}
