import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addCalendarMonths,
  addDays,
  ageOn,
  dateOfSerial,
  daysBetween,
  formatDate,
  formatDateTime,
  isIsoDate,
  secondsBetween,
  weekdayOf,
} from '../../shared/domain/calendar.ts';
import type { Cleaned } from '../../shared/domain/cleaned.ts';
import { cleanDate, type DateOptions, detectDateOrder } from '../../shared/domain/dates.ts';
import { tidyIdentifier } from '../../shared/domain/tidy.ts';
import { cleanDateTime, cleanDuration, cleanTime } from '../../shared/domain/times.ts';

const dmy: DateOptions = { order: 'dmy', thisYear: 2026 };
const mdy: DateOptions = { order: 'mdy', thisYear: 2026 };
const birth: DateOptions = { order: 'dmy', thisYear: 2026, birth: true };

describe('calendar', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-08-31', 3, '2026-11-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s plus %i months is %s', (from, months, to) => {
    expect(addCalendarMonths(from, months)).toBe(to);
  });

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2000-02-28', 1, '2000-02-29'],
    ['1900-02-28', 1, '1900-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-28', 2, '2026-03-30'],
  ])('%s plus %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  it('knows weekdays, ages, serials and seconds', () => {
    expect(weekdayOf('2026-11-24')).toBe(2);
    expect(weekdayOf('2000-01-01')).toBe(6);
    expect(ageOn('2008-11-24', '2026-11-23')).toBe(17);
    expect(ageOn('2008-11-24', '2026-11-24')).toBe(18);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
    expect(ageOn('2027-01-01', '2026-01-01')).toBeNull();
    expect(dateOfSerial(1)).toBe('1900-01-01');
    expect(dateOfSerial(59)).toBe('1900-02-28');
    expect(dateOfSerial(60)).toBeNull();
    expect(dateOfSerial(61)).toBe('1900-03-01');
    expect(dateOfSerial(36526)).toBe('2000-01-01');
    expect(secondsBetween('2026-03-31T23:59:30', '2026-04-01T00:00:10')).toBe(40);
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });

  it('agrees with the platform calendar on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), (days) => {
        const date = new Date(Date.UTC(1970, 0, 1 + days));
        expect(addDays('1970-01-01', days)).toBe(date.toISOString().slice(0, 10));
        expect(weekdayOf(addDays('1970-01-01', days)) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  it('formats', () => {
    expect(formatDate('2026-03-04')).toBe('04/03/2026');
    expect(formatDateTime('2026-03-04T14:05:00')).toBe('04/03/2026 14:05');
    expect(formatDateTime('2026-03-04T14:05:09')).toBe('04/03/2026 14:05:09');
    expect(formatDate('not a date')).toBe('not a date');
  });
});

describe('cleanDate', () => {
  test.each([
    ['03/04/1998', '1998-04-03'],
    ['3.4.1998', '1998-04-03'],
    ['3-4-1998', '1998-04-03'],
    ['03 04 1998', '1998-04-03'],
    ['03\\04\\1998', '1998-04-03'],
    ['03-Apr-1998', '1998-04-03'],
    ['03APR1998', '1998-04-03'],
    ['3rd April 1998', '1998-04-03'],
    ['3rd of April, 1998', '1998-04-03'],
    ['April 3, 1998', '1998-04-03'],
    ['Fri 3 Apr 1998', '1998-04-03'],
    ['Friday, 3 April 1998', '1998-04-03'],
    ['1998-04-03', '1998-04-03'],
    ['1998/4/3', '1998-04-03'],
    ['19980403', '1998-04-03'],
    ['03041998', '1998-04-03'],
    ['20102010', '2010-10-20'],
    ['1998-04-03T00:00:00Z', '1998-04-03'],
    ['03/04/1998 00:00', '1998-04-03'],
    ['29/02/2024', '2024-02-29'],
    ['1 Sept 2025', '2025-09-01'],
  ])('%s → %s', (text, value) => {
    expect(cleanDate(text, undefined, dmy)).toEqual({ value });
  });

  test.each([
    ['3.4.98', '1998-04-03', dmy],
    ['3.4.45', '2045-04-03', dmy],
    ['3.4.45', '1945-04-03', birth],
    ['01/01/26', '2026-01-01', birth],
    ['01/01/27', '1927-01-01', birth],
    ['3-Apr-98', '1998-04-03', birth],
  ])('two-digit year: %s → %s', (text, value, options) => {
    expect(cleanDate(text, undefined, options)).toEqual({ value, repaired: 'date.century' });
  });

  test.each([
    ['30/02/2026', 'date.impossible'],
    ['29/02/2025', 'date.impossible'],
    ['31/04/2026', 'date.impossible'],
    ['32/01/2026', 'date.impossible'],
    ['00/01/2026', 'date.impossible'],
    ['00/01/1900', 'date.zero'],
    ['04/25/2026', 'date.order'],
    ['soon', 'date.format'],
    ['#####', 'value.hashes'],
  ])('%s is refused: %s', (text, code) => {
    expect(cleanDate(text, undefined, dmy)).toMatchObject({
      value: null,
      flag: { code, severity: 'reject' },
    });
  });

  test.each([
    'c.1998',
    'circa 1998',
    '1998',
    'age 17',
    '17 yrs',
    '17',
    'March 1998',
    '03/1998',
    '1990s',
    '3rd March',
    '??/03/1998',
  ])('%s is only part of a date', (text) => {
    expect(cleanDate(text, undefined, birth)).toMatchObject({
      value: null,
      flag: { code: 'date.partial', severity: 'warning' },
    });
  });

  it('follows the order of the column', () => {
    expect(cleanDate('03/04/1998', undefined, mdy).value).toBe('1998-03-04');
    expect(cleanDate('25/04/1998', undefined, mdy).flag?.code).toBe('date.order');
    expect(cleanDate('98-04-03', undefined, { ...dmy, order: 'ymd' }).value).toBe('1998-04-03');
    expect(cleanDate('98-04-03', undefined, dmy).value).toBe('1998-04-03');
  });

  it('in a mixed column reads only what has one reading', () => {
    const mixed = { ...dmy, mixed: true };
    expect(cleanDate('25/04/1998', undefined, mixed).value).toBe('1998-04-25');
    expect(cleanDate('04/25/1998', undefined, mixed).value).toBe('1998-04-25');
    expect(cleanDate('04/04/1998', undefined, mixed).value).toBe('1998-04-04');
    expect(cleanDate('03-Apr-1998', undefined, mixed).value).toBe('1998-04-03');
    expect(cleanDate('03/04/1998', undefined, mixed)).toMatchObject({
      value: null,
      flag: { code: 'date.ambiguous', severity: 'warning' },
    });
  });

  it('trusts a stored date over what is shown, and spots empty and future ones', () => {
    expect(cleanDate('03-Apr', { type: 'date', value: '1998-04-03' }, birth)).toEqual({
      value: '1998-04-03',
    });
    expect(cleanDate('####', { type: 'datetime', value: '1998-04-03T00:00:00' }, birth).value).toBe(
      '1998-04-03',
    );
    expect(cleanDate('00/01/1900', { type: 'date', value: '1899-12-31' }, dmy).flag?.code).toBe('date.zero');
    expect(cleanDate('01/01/2030', undefined, birth).flag?.code).toBe('date.future');
    expect(cleanDate('36526', { type: 'number', value: 36526 }, dmy)).toEqual({
      value: '2000-01-01',
      repaired: 'date.serial',
    });
    expect(cleanDate('36526', undefined, dmy).flag?.code).toBe('date.serial-assumed');
    expect(cleanDate('03/04/1998 14:30', undefined, dmy)).toEqual({
      value: '1998-04-03',
      repaired: 'date.time-dropped',
    });
  });
});

describe('detectDateOrder', () => {
  test.each([
    [['03/04/1998', '25/04/1998', '01/02/2003'], 'dmy', 'day-first', false],
    [['03/04/1998', '04/25/1998'], 'mdy', 'month-first', false],
    [['25/04/1998', '04/25/1998', '03/04/1998'], 'dmy', 'mixed', true],
    [['04/25/1998', '04/26/1998', '25/04/1998'], 'mdy', 'mixed', false],
    [['03/04/1998', '01/02/2003'], null, 'ambiguous', true],
    [['04/04/1998'], null, 'no-numeric-dates', false],
    [['1998-04-03', '2003-02-01'], 'ymd', 'year-first', false],
    [['3 April 1998', 'n/a', ''], null, 'no-numeric-dates', false],
    [['25/04/1998 14:30:00', '01/02/2003 9:15 pm'], 'dmy', 'day-first', false],
  ])('%j', (samples, order, reason, ambiguous) => {
    expect(detectDateOrder(samples)).toMatchObject({ order, reason, ambiguous });
  });

  it('counts its evidence', () => {
    expect(detectDateOrder(['03/04/1998', '25/04/1998', '04/25/1998', '1998-01-01']).evidence).toEqual({
      dmyOnly: 1,
      mdyOnly: 1,
      ambiguous: 1,
      yearFirst: 1,
    });
  });
});

describe('times', () => {
  test.each([
    ['14:30', '14:30:00'],
    ['14:30:05', '14:30:05'],
    ['14.30', '14:30:00'],
    ['1430', '14:30:00'],
    ['930', '09:30:00'],
    ['0900hrs', '09:00:00'],
    ['2.30pm', '14:30:00'],
    ['2 pm', '14:00:00'],
    ['12:05 AM', '00:05:00'],
    ['12:05 p.m.', '12:05:00'],
    ['14h30', '14:30:00'],
    ['noon', '12:00:00'],
    ['9:15:30.250', '09:15:30'],
  ])('cleanTime %s → %s', (text, value) => {
    expect(cleanTime(text)).toEqual({ value });
  });

  it('flags what is no time and notes zones', () => {
    expect(cleanTime('25:00').flag?.code).toBe('time.impossible');
    expect(cleanTime('12:60').flag?.code).toBe('time.impossible');
    expect(cleanTime('later').flag?.code).toBe('time.format');
    expect(cleanTime('14').flag?.code).toBe('time.format');
    expect(cleanTime('24:00')).toEqual({ value: '00:00:00', repaired: 'time.midnight' });
    expect(cleanTime('14:30Z')).toEqual({ value: '14:30:00', repaired: 'time.utc' });
    expect(cleanTime('14:30 +01:00').flag?.code).toBe('time.offset');
    expect(cleanTime('0.5', { type: 'number', value: 0.5 })).toEqual({
      value: '12:00:00',
      repaired: 'time.serial',
    });
    expect(cleanTime('2:30 PM', { type: 'time', value: '14:30:00' })).toEqual({ value: '14:30:00' });
  });

  test.each([
    ['03/04/2026 14:30', '2026-04-03T14:30:00'],
    ['03/04/2026 14:30:05', '2026-04-03T14:30:05'],
    ['03/04/2026, 2:30 pm', '2026-04-03T14:30:00'],
    ['03.04.2026 14.30', '2026-04-03T14:30:00'],
    ['3 Apr 2026 at 14:30', '2026-04-03T14:30:00'],
    ['2026-04-03T14:30:05.123', '2026-04-03T14:30:05'],
    ['03/04/2026 1430', '2026-04-03T14:30:00'],
    ['03/04/2026 1430hrs', '2026-04-03T14:30:00'],
    ['14:30 03/04/2026', '2026-04-03T14:30:00'],
    ['14:30 on 3rd April 2026', '2026-04-03T14:30:00'],
    ['Fri 03/04/2026 14:30', '2026-04-03T14:30:00'],
  ])('cleanDateTime %s → %s', (text, value) => {
    expect(cleanDateTime(text, undefined, dmy)).toEqual({ value });
  });

  it('notes zones, missing times and the end of a day', () => {
    const utc = { value: '2026-04-03T14:30:05', repaired: 'time.utc' };
    expect(cleanDateTime('2026-04-03T14:30:05Z', undefined, dmy)).toEqual(utc);
    expect(cleanDateTime('03/04/2026 14:30:05(UTC+0)', undefined, dmy)).toEqual(utc);
    expect(cleanDateTime('03/04/2026 14:30:05 UTC', undefined, dmy)).toEqual(utc);
    expect(cleanDateTime('2026-04-03T14:30:05+00:00', undefined, dmy)).toEqual(utc);
    expect(cleanDateTime('03/04/2026 14:30:05(UTC+1)', undefined, dmy)).toMatchObject({
      value: '2026-04-03T14:30:05',
      flag: { code: 'time.offset' },
    });
    expect(cleanDateTime('03/04/2026', undefined, dmy)).toMatchObject({
      value: '2026-04-03T00:00:00',
      flag: { code: 'time.missing', severity: 'warning' },
    });
    expect(cleanDateTime('31/12/2026 24:00', undefined, dmy)).toEqual({
      value: '2027-01-01T00:00:00',
      repaired: 'time.midnight',
    });
    expect(cleanDateTime('x', { type: 'datetime', value: '2026-04-03T14:30:00' }, dmy)).toEqual({
      value: '2026-04-03T14:30:00',
    });
    expect(cleanDateTime('46115.604166666664', { type: 'number', value: 46115.604166666664 }, dmy)).toEqual({
      value: '2026-04-03T14:30:00',
      repaired: 'date.serial',
    });
    expect(cleanDateTime('31/02/2026 14:30', undefined, dmy).flag?.code).toBe('date.impossible');
    expect(cleanDateTime('03/04/2026 25:30', undefined, dmy).flag?.code).toBe('time.impossible');
    expect(cleanDateTime('03/04/2026 14:30', undefined, { ...dmy, mixed: true })).toMatchObject({
      value: null,
      flag: { code: 'date.ambiguous' },
    });
  });

  test.each([
    ['45', 45],
    ['45s', 45],
    ['1m 20s', 80],
    ['1 min 20 secs', 80],
    ['1h 2m 3s', 3723],
    ['2 hours', 7200],
    ['1:20', 80],
    ['00:01:20', 80],
    ['26:00:00', 93600],
    ['1,234', 1234],
    ['PT1M20S', 80],
    ['45.0', 45],
    ['0', 0],
  ])('cleanDuration %s → %i', (text, value) => {
    expect(cleanDuration(text)).toEqual({ value });
  });

  it('flags durations that cannot be read or were turned into clock times', () => {
    for (const text of ['-5', 'long', '1:75', 'PT', '1:2:3']) {
      expect(cleanDuration(text).flag?.code).toBe('duration.format');
    }
    expect(cleanDuration('0:01:20', { type: 'duration', value: 'PT1M20S' })).toEqual({ value: 80 });
    expect(cleanDuration('01:20', { type: 'duration', value: 'PT1M20S' })).toEqual({ value: 80 });
    expect(cleanDuration('26:00', { type: 'duration', value: 'PT26H' })).toEqual({ value: 93_600 });
    expect(cleanDuration('-12:00:00', { type: 'duration', value: '-PT12H' }).value).toBeNull();
    expect(cleanDuration('00:01:20', { type: 'time', value: '00:01:20' })).toEqual({ value: 80 });
    expect(cleanDuration('01:20', { type: 'time', value: '01:20:00' })).toMatchObject({
      value: 80,
      flag: { code: 'duration.ambiguous' },
    });
  });
});

describe('every date and time cleaner', () => {
  const cleaners: [string, (text: string) => Cleaned<string | number>][] = [
    ['date', (text) => cleanDate(text, undefined, dmy)],
    ['date of birth', (text) => cleanDate(text, undefined, birth)],
    ['date in a mixed column', (text) => cleanDate(text, undefined, { ...dmy, mixed: true })],
    ['date and time', (text) => cleanDateTime(text, undefined, dmy)],
    ['time', (text) => cleanTime(text)],
    ['duration', (text) => cleanDuration(text)],
  ];
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}( \d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?)?$/),
    fc.stringMatching(/^\d{1,8}(:\d{2}){0,2}$/),
    fc.stringMatching(/^\d{1,2}(st|nd|rd|th)? (Jan|February|Mar|Sept|xyz) \d{2,4}$/),
    fc.stringMatching(/^[\d:.,hmspa /-]{1,16}$/),
  );

  test.each(cleaners)(
    '%s: never throws, never loses a value without a flag, and is idempotent',
    (_, clean) => {
      fc.assert(
        fc.property(anyText, (text) => {
          const once = clean(text);
          if (once.value === null) {
            expect(once.flag !== undefined || tidyIdentifier(text) === '').toBe(true);
          } else {
            expect(clean(String(once.value)).value).toBe(once.value);
          }
        }),
        { numRuns: 500 },
      );
    },
  );

  it('reads back every date that is shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 700_000, max: 755_000 }),
        fc.integer({ min: 0, max: 86_399 }),
        (day, second) => {
          const date = addDays('0001-01-01', day);
          const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
            .map((part) => String(part).padStart(2, '0'))
            .join(':');
          expect(isIsoDate(date)).toBe(true);
          expect(cleanDate(formatDate(date), undefined, dmy)).toEqual({ value: date });
          expect(cleanDateTime(formatDateTime(`${date}T${time}`), undefined, dmy)).toEqual({
            value: `${date}T${time}`,
          });
        },
      ),
    );
  });

  it('never turns a real date of birth into the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (year) => {
        const value = cleanDate(`15/06/${String(year).padStart(2, '0')}`, undefined, birth).value ?? '';
        expect(Number(value.slice(0, 4))).toBeLessThanOrEqual(2026);
        expect(Number(value.slice(0, 4))).toBeGreaterThan(1926);
      }),
    );
  });
});

describe('the fast way for common shapes', () => {
  it('agrees with the full readers on every text', () => {
    const piece = fc.constantFrom(
      '00',
      '01',
      '12',
      '13',
      '23',
      '24',
      '28',
      '29',
      '30',
      '31',
      '32',
      '59',
      '60',
      '19',
      '20',
      '1a',
    );
    const separator = fc.constantFrom('/', '-', '.', ' ');
    const date = fc.oneof(
      fc.tuple(piece, separator, piece, separator, piece, piece).map((parts) => parts.join('')),
      fc.tuple(piece, piece, separator, piece, separator, piece).map((parts) => parts.join('')),
    );
    const time = fc.oneof(
      fc.tuple(piece, fc.constant(':'), piece, fc.constant(':'), piece).map((parts) => parts.join('')),
      fc.tuple(piece, fc.constant(':'), piece).map((parts) => parts.join('')),
    );
    const options = fc.record({
      order: fc.constantFrom('dmy' as const, 'mdy' as const, 'ymd' as const),
      thisYear: fc.constant(2026),
      birth: fc.boolean(),
      mixed: fc.boolean(),
    });
    fc.assert(
      fc.property(date, time, fc.constantFrom(' ', 'T'), options, (day, clock, between, chosen) => {
        // A blank in front sends the same text through the full readers.
        expect(cleanDate(day, undefined, chosen)).toEqual(cleanDate(` ${day}`, undefined, chosen));
        expect(cleanTime(clock)).toEqual(cleanTime(` ${clock}`));
        const both = `${day}${between}${clock}`;
        expect(cleanDateTime(both, undefined, chosen)).toEqual(cleanDateTime(` ${both}`, undefined, chosen));
      }),
      { numRuns: 3000 },
    );
  });
});
