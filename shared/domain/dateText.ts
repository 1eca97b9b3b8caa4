import { dateOfSerial, isCalendarDay, isIsoDate, toIsoDate } from './calendar.ts';
import type { Cleaned } from './cleaned.ts';
import { lettersAsDigits } from './lookalikes.ts';
import { readPlainDate } from './plainDates.ts';
import { asRejected, openCell, type StoredCell, tidyIdentifier, withWarning } from './tidy.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface DateOptions {
  /** How numbers are ordered in the column, from `detectDateOrder` or the user. */
  order: DateOrder;
  thisYear: number;
  /** A date of birth: two-digit years are never read as the future, and a later year is a warning. */
  birth?: boolean;
  /** Latest year that a two-digit year may mean. Default: `thisYear` for births, else 20 years later. */
  latestYear?: number;
  /** The column mixes orders: only values that have a single reading are read. */
  mixed?: boolean;
}

export interface DateOrderFinding {
  /** null when nothing decides; a caller that cannot ask uses 'dmy', the usual order in the UK. */
  order: DateOrder | null;
  reason: 'day-first' | 'month-first' | 'year-first' | 'mixed' | 'ambiguous' | 'no-numeric-dates';
  /** True when there are values that read differently in another order and nothing decides between them. */
  ambiguous: boolean;
  evidence: { dmyOnly: number; mdyOnly: number; ambiguous: number; yearFirst: number };
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const weekday = /^(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+/i;
const timeTail =
  /(?:T|[\s,]+(?:at\s+)?)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:hrs|hours)?\s*(?:Z|\(?(?:UTC|GMT|BST)(?:[+-]\d{1,2}(?::?\d{2})?)?\)?|[+-]\d{2}:?\d{2})?$/i;
/** No date or time is written longer than this. */
const longestDate = 80;
const numeric = /^(\d{1,4})\s*[./\\\- ]\s*(\d{1,2})\s*[./\\\- ]\s*(\d{1,2}|\d{4})$/;
/** Words before a date that say only that it is one. */
const dateLabel = /^(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\s*[:=-]?\s*(?=\S)/i;
/** An age after a date of birth: '01/02/1990 (36)', '01/02/1990 (aged 36)'. */
const ageBehind = /\s*\((?:age[d:]?\s*)?\d{1,3}\s*(?:y(?:ea)?rs?(?:\s*old)?|yo|y\/o)?\)$/i;
const partialShapes = [
  /^(?:c|abt|approx)\.?\s*\d.*/i,
  /^(?:early|mid|late)?[\s-]*(?:teens|twenties|thirties|forties|fifties|sixties|\d0'?s)$/i,
  /^(?:u\/?|under|over|about|late|mid|early|approx\.?)\s*\d{1,2}s?$/i,
  /^\d{1,2}\s*(?:[/-]|or|to)\s*\d{1,2}(?:\s*y(?:ea)?rs?(?:\s*old)?)?$/i,
  /^(?:1[89]|20)\d{2}\s*\?$/,
  /^(?:1[89]|20)\d{2}\s*(?:[/-]|or|to)\s*(?:(?:1[89]|20)\d{2}|\d{1,2})$/i,
  /\d.*\b(?:approx(?:imately)?|circa|or so|ish|est(?:imated)?)\.?$/i,
  /^(?:c|ca|circa|approx(?:imately)?|about|around|est(?:imated)?)\b\.?\s*.*\d/i,
  /^(?:age|aged)\s*:?\s*\d{1,3}$/i,
  /^\d{1,3}\s*(?:y(?:ea)?rs?(?:\s*old)?|yo|y\/o|y)\.?(?:\s*old)?$/i,
  /^\d{2}$/,
  /^(?:1[89]|20|21)\d{2}$/,
  /^(?:1[89]|20)\d0'?s$/i,
  /^\d{1,2}[./-](?:1[89]|20)\d{2}$/,
  /^(?:1[89]|20)\d{2}[./-]\d{1,2}$/,
  /^(?:0?0|x{1,2}|\?{1,2})[./-](?:\d{1,2}|x{1,2}|\?{1,2})[./-]\d{4}$/i,
];

type Reading = { year: string; month: number; day: number; order: DateOrder | 'named' };

/** Month number of a name or its beginning (three letters or more), or 0. */
function monthOf(name: string): number {
  const lower = name.toLowerCase();
  return lower.length < 3
    ? 0
    : months.findIndex((month) => month.startsWith(lower) || (lower === 'sept' && month === 'september')) + 1;
}

/** Latest year that needs no remark. */
export function latestPlainYear(options: DateOptions): number {
  return options.birth ? options.thisYear : options.thisYear + 100;
}

function impossible(): Cleaned {
  return asRejected('date.impossible', 'There is no such day in the calendar.');
}

/** Four-digit year of a written year; two digits mean the latest such year that is not after `latest`. */
export function completeYear(year: string, latest: number): number {
  if (year.length !== 2) return Number(year);
  const century = Math.floor(latest / 100) * 100;
  const full = century + Number(year);
  return full <= latest ? full : full - 100;
}

function readNamed(text: string): Reading | null {
  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.\-/,]*([a-z]{3,9})\.?[\s.\-/,']*(\d{4}|\d{2})$/i.exec(text);
  if (dayFirst) {
    const month = monthOf(dayFirst[2] ?? '');
    return month === 0 ? null : { day: Number(dayFirst[1]), month, year: dayFirst[3] ?? '', order: 'named' };
  }
  const monthFirst = /^([a-z]{3,9})\.?[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s.\-/,]+(\d{4}|\d{2})$/i.exec(text);
  if (monthFirst) {
    const month = monthOf(monthFirst[1] ?? '');
    return month === 0
      ? null
      : { day: Number(monthFirst[2]), month, year: monthFirst[3] ?? '', order: 'named' };
  }
  const yearFirst = /^(\d{4})[\s.\-/]*([a-z]{3,9})[\s.\-/]*(\d{1,2})$/i.exec(text);
  const month = yearFirst ? monthOf(yearFirst[2] ?? '') : 0;
  return yearFirst && month > 0
    ? { day: Number(yearFirst[3]), month, year: yearFirst[1] ?? '', order: 'named' }
    : null;
}

function isPartial(text: string): boolean {
  if (partialShapes.some((shape) => shape.test(text))) return true;
  const monthAndYear = /^([a-z]{3,9})[\s.\-/,']*(?:\d{4}|\d{2})$/i.exec(text);
  const dayAndMonth = /^\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?[\s.\-/]*([a-z]{3,9})$/i.exec(text);
  const name = monthAndYear?.[1] ?? dayAndMonth?.[1];
  return name !== undefined && monthOf(name) > 0;
}

/** Turns a reading into a date, with what is odd about its year. */
function finish(reading: Reading, options: DateOptions): Cleaned {
  const latest = options.latestYear ?? (options.birth ? options.thisYear : options.thisYear + 20);
  const year = completeYear(reading.year, latest);
  if (!isCalendarDay(year, reading.month, reading.day)) return impossible();
  const value = toIsoDate(year, reading.month, reading.day);
  const repaired = reading.year.length === 2 ? { repaired: 'date.century' } : {};
  if (options.birth && year > options.thisYear) {
    return { ...withWarning(value, 'date.future', 'A date of birth cannot lie in the future.'), ...repaired };
  }
  if (year < 1850 || year > options.thisYear + 100) {
    return { ...withWarning(value, 'date.year', 'The year of this date is unlikely.'), ...repaired };
  }
  return { value, ...repaired };
}

/** Reads three numbers in the order of the column. */
function readNumeric(first: string, second: string, third: string, options: DateOptions): Cleaned {
  const [a, b] = [Number(first), Number(second)];
  if ((third === '1900' && b <= 1 && a <= 1) || (first === '1900' && b <= 1 && Number(third) <= 1)) {
    return asRejected('date.zero', 'A spreadsheet shows an empty date as 1900; the date is not known.');
  }
  if (first.length === 4 || (first.length === 2 && a > 31 && third.length === 2)) {
    return finish({ year: first, month: b, day: Number(third), order: 'ymd' }, options);
  }
  if (first.length === 3) return impossible();
  if (third.length === 1) return asRejected('date.format', 'This cannot be read as a date.');
  if (options.order === 'ymd' && third.length === 2 && !options.mixed) {
    return finish({ year: first.padStart(2, '0'), month: b, day: Number(third), order: 'ymd' }, options);
  }
  const dayFirst: Reading = { year: third, month: b, day: a, order: 'dmy' };
  const monthFirst: Reading = { year: third, month: a, day: b, order: 'mdy' };
  if (options.mixed) {
    if (a <= 12 && b <= 12 && a !== b) {
      return withWarning<string>(
        null,
        'date.ambiguous',
        'The column mixes day-first and month-first dates, and this one can be read either way.',
      );
    }
    return finish(b > 12 && a <= 12 ? monthFirst : dayFirst, options);
  }
  const reading = options.order === 'mdy' ? monthFirst : dayFirst;
  if (reading.month > 12 && reading.day <= 12) {
    return asRejected(
      'date.order',
      options.order === 'mdy'
        ? 'This date can only be read day first, unlike the rest of the column.'
        : 'This date can only be read month first, unlike the rest of the column.',
    );
  }
  return finish(reading, options);
}

function readCompact(digits: string, options: DateOptions): Cleaned {
  const yearFirst = /^((?:18|19|20|21)\d{2})(\d{2})(\d{2})$/.exec(digits);
  if (yearFirst && isCalendarDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))) {
    return finish(
      { year: yearFirst[1] ?? '', month: Number(yearFirst[2]), day: Number(yearFirst[3]), order: 'ymd' },
      options,
    );
  }
  return readNumeric(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4), options);
}

function readText(tidy: string, stored: StoredCell | undefined, options: DateOptions): Cleaned {
  if (tidy.length > longestDate) return asRejected('date.format', 'This cannot be read as a date.');
  const plain = tidy.replace(dateLabel, '').replace(ageBehind, '');
  if (plain !== tidy && plain !== '') {
    const inner = readText(plain, undefined, options);
    return inner.value === null ? inner : { repaired: 'date.words-removed', ...inner };
  }
  const time = timeTail.exec(tidy);
  const dated = time ? tidy.slice(0, time.index) : tidy;
  const text = dated.replace(weekday, '').replace(/[.,]$/, '').trim();
  const lostTime = time !== null && [time[1], time[2], time[3]].some((part) => Number(part ?? 0) !== 0);
  const keep = (result: Cleaned): Cleaned =>
    lostTime && result.value !== null ? { repaired: 'date.time-dropped', ...result } : result;

  const spelled = lettersAsDigits(text);
  if (spelled !== text && /^[\d\s./\\-]+$/.test(spelled) && numeric.test(spelled)) {
    const repaired = readText(spelled, undefined, options);
    return repaired.value === null ? repaired : { ...repaired, repaired: 'date.letters' };
  }
  if (/^\d{8}$/.test(text)) return keep(readCompact(text, options));
  const numbers = numeric.exec(text);
  if (numbers) return keep(readNumeric(numbers[1] ?? '', numbers[2] ?? '', numbers[3] ?? '', options));
  const named = readNamed(text);
  if (named) return keep(finish(named, options));
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text);
  if (serial) {
    const value = dateOfSerial(Number(serial[1]));
    if (value !== null && stored?.type === 'number') return { value, repaired: 'date.serial' };
    if (value !== null) {
      return withWarning(value, 'date.serial-assumed', "Read as a spreadsheet's day count.");
    }
  }
  if (isPartial(text)) {
    return withWarning<string>(null, 'date.partial', 'Only part of a date, or an age; the day is not known.');
  }
  return asRejected('date.format', 'This cannot be read as a date.');
}

/**
 * A date as 'YYYY-MM-DD'. A date that the spreadsheet stored as a date is taken from there; text is read
 * in the order given: 03/04/1998, 3.4.98, 03-Apr-1998, 3rd April 1998, ISO, 19980403, weekday names and
 * a time beside it (dropped, repaired `date.time-dropped`).
 *
 * Repaired: `date.century` (two-digit year), `date.serial` (day count shown as a number), `date.letters` (O
 * for 0, l for 1), `date.words-removed` (a label before it, an age in brackets after it). Warnings:
 * `date.partial` and `date.ambiguous` (no value), `date.future`, `date.year`, `date.serial-assumed`.
 * Refused: `date.impossible`, `date.order` (has only the other reading), `date.zero`, `date.format`.
 */
export function cleanDate(text: string, stored: StoredCell | undefined, options: DateOptions): Cleaned {
  if (stored === undefined && text.length === 10) {
    const plain = readPlainDate(text, options.mixed ? null : options.order, latestPlainYear(options));
    if (plain !== null) return { value: plain };
  }
  if ((stored?.type === 'date' || stored?.type === 'datetime') && typeof stored.value === 'string') {
    const value = stored.value.slice(0, 10);
    if (value < '1900-01-02') {
      return asRejected('date.zero', 'A spreadsheet shows an empty date as 1900; the date is not known.');
    }
    if (isIsoDate(value)) {
      const [year = '', month = '', day = ''] = value.split('-');
      return finish({ year, month: Number(month), day: Number(day), order: 'ymd' }, options);
    }
  }
  const cell = openCell(text, stored);
  if (cell.done) return cell.done;
  return readText(cell.text, stored, options);
}

/**
 * Decides from a whole column how its numeric dates are ordered. A single value above 12 decides for
 * day first or month first; values for both make the column `mixed` (then pass `mixed: true` to
 * `cleanDate`, `order` being the more frequent one).
 */
export function detectDateOrder(samples: readonly string[]): DateOrderFinding {
  const evidence = { dmyOnly: 0, mdyOnly: 0, ambiguous: 0, yearFirst: 0 };
  for (const sample of samples) {
    const tidy = tidyIdentifier(sample);
    if (tidy.length > longestDate) continue;
    const time = timeTail.exec(tidy);
    const match = numeric.exec((time ? tidy.slice(0, time.index) : tidy).replace(weekday, '').trim());
    if (!match) continue;
    const [a, b] = [Number(match[1]), Number(match[2])];
    if (match[1]?.length === 4 || a > 31) evidence.yearFirst += 1;
    else if (a > 12 && b <= 12) evidence.dmyOnly += 1;
    else if (b > 12 && b <= 31 && a <= 12) evidence.mdyOnly += 1;
    else if (a <= 12 && b <= 12 && a !== b) evidence.ambiguous += 1;
  }
  const found = (order: DateOrder | null, reason: DateOrderFinding['reason'], ambiguous = false) => ({
    order,
    reason,
    ambiguous,
    evidence,
  });
  if (evidence.dmyOnly > 0 && evidence.mdyOnly > 0) {
    return found(evidence.dmyOnly >= evidence.mdyOnly ? 'dmy' : 'mdy', 'mixed', evidence.ambiguous > 0);
  }
  if (evidence.dmyOnly > 0) return found('dmy', 'day-first');
  if (evidence.mdyOnly > 0) return found('mdy', 'month-first');
  if (evidence.ambiguous > 0) return found(null, 'ambiguous', true);
  return evidence.yearFirst > 0 ? found('ymd', 'year-first') : found(null, 'no-numeric-dates');
}
