import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../shared/domain/calendar.ts';
import {
  cashPeriod,
  closureNoticePeriod,
  custodyPeriod,
  ddtroPeriod,
  reasonableGroundsPeriod,
  recoveryPeriod,
  stateOf,
  warrantPeriod,
} from '../../shared/domain/clocks.ts';
import { addElapsedHours } from '../../shared/domain/ukClock.ts';
import { isNonWorkingDay } from '../../shared/domain/workingDays.ts';

describe('the clock of the United Kingdom', () => {
  test.each([
    // Clocks go forward on 29 March 2026 at 01:00, back on 25 October 2026 at 02:00.
    ['2026-03-28T12:00', 24, '2026-03-29T13:00:00'],
    ['2026-03-29T00:30', 1, '2026-03-29T02:30:00'],
    ['2026-03-29T03:00', 24, '2026-03-30T03:00:00'],
    ['2026-10-24T12:00', 24, '2026-10-25T11:00:00'],
    ['2026-10-25T00:30', 1, '2026-10-25T01:30:00'],
    ['2026-10-25T00:30', 2, '2026-10-25T01:30:00'],
    ['2026-10-25T00:30', 3, '2026-10-25T02:30:00'],
    ['2026-10-25T03:00', 24, '2026-10-26T03:00:00'],
    ['2025-03-29T12:00', 24, '2025-03-30T13:00:00'],
    ['2024-03-30T12:00', 24, '2024-03-31T13:00:00'],
    ['2024-02-28T23:00', 2, '2024-02-29T01:00:00'],
    ['2026-12-31T23:59:59', 1, '2027-01-01T00:59:59'],
    ['2026-07-01T10:00', 24, '2026-07-02T10:00:00'],
  ])('%s + %d h of real time is %s', (from, hours, to) => {
    expect(addElapsedHours(from, hours)).toBe(to);
  });

  it('agrees with the calendar wherever no clock changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 23 }), (offset, hour) => {
        const day = addDays('2024-01-01', offset);
        const from = `${day}T${String(hour).padStart(2, '0')}:00:00`;
        const later = addElapsedHours(from, 24);
        const month = Number(day.slice(5, 7));
        if (month !== 3 && month !== 10) expect(later).toBe(`${addDays(day, 1)}${from.slice(10)}`);
        else expect(Math.abs(Number(later.slice(11, 13)) - hour) % 22).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('warrant', () => {
  test.each([
    ['pace-s8', '2026-08-31', null, '2026-11-30T23:59:59'],
    ['pace-s8', '2025-11-30', null, '2026-02-28T23:59:59'],
    ['pace-s8', '2023-11-30', null, '2024-02-29T23:59:59'],
    ['pace-s8', '2026-01-25', null, '2026-04-25T23:59:59'],
    ['mda-s23-3', '2026-01-31', null, '2026-02-28T23:59:59'],
    ['mda-s23-3', '2024-01-31', null, '2024-02-29T23:59:59'],
    ['mda-s23-3', '2026-12-31', null, '2027-01-31T23:59:59'],
    ['mda-s23-3', '2026-03-28', '2026-04-10', '2026-04-10T23:59:59'],
    ['mda-s23-3', '2026-03-28', '2026-06-28', '2026-04-28T23:59:59'],
    [null, null, '2026-06-28', '2026-06-28T23:59:59'],
  ])('%s issued %s, says %s: last moment %s', (power, issued, expires, due) => {
    expect(warrantPeriod({ power, issued, expires })?.due).toBe(due);
  });

  it('says nothing where the last day is not known', () => {
    expect(warrantPeriod({ power: 'pace-s8', issued: null, expires: null })).toBeNull();
    expect(warrantPeriod({ power: null, issued: '2026-01-01', expires: null })).toBeNull();
  });
});

describe('cash', () => {
  test.each([
    // 2026: Good Friday 3 April, Easter Monday 6 April, early May 4 May, Christmas Friday, 28 December in lieu.
    ['2026-11-24T10:00', '2026-11-26T10:00:00'],
    ['2026-11-27T10:00', '2026-12-01T10:00:00'],
    ['2026-11-28T10:00', '2026-12-02T00:00:00'],
    ['2026-04-02T18:00', '2026-04-08T18:00:00'],
    ['2026-05-01T09:00', '2026-05-06T09:00:00'],
    ['2026-12-24T12:00', '2026-12-30T12:00:00'],
    ['2026-12-31T12:00', '2027-01-05T12:00:00'],
    ['2026-03-27T12:00', '2026-03-31T12:00:00'],
  ])('seized %s: to court before %s', (seizedAt, due) => {
    expect(cashPeriod({ cash: 5000, seizedAt })?.due).toBe(due);
  });

  it('does not run below the minimum or without a time', () => {
    expect(cashPeriod({ cash: 999.99, seizedAt: '2026-11-24T10:00' })).toBeNull();
    expect(cashPeriod({ cash: 1000, seizedAt: '2026-11-24T10:00' })).not.toBeNull();
    expect(cashPeriod({ cash: 1000, seizedAt: '2026-11-24' })).toBeNull();
    expect(cashPeriod({ cash: null, seizedAt: '2026-11-24T10:00' })).toBeNull();
  });

  it('says when the bank holidays are not known', () => {
    expect(cashPeriod({ cash: 5000, seizedAt: '2039-11-24T10:00' })?.rule).toContain(
      'not in the reference data',
    );
  });
});

describe('working days', () => {
  test.each([
    ['2026-11-24', '2026-12-01T23:59:59'],
    ['2026-11-27', '2026-12-04T23:59:59'],
    ['2026-11-28', '2026-12-04T23:59:59'],
    ['2026-04-01', '2026-04-10T23:59:59'],
    ['2026-12-23', '2027-01-04T23:59:59'],
    ['2026-12-31', '2027-01-08T23:59:59'],
    ['2024-02-26', '2024-03-04T23:59:59'],
  ])('DDTRO and reasonable grounds from %s: %s', (day, due) => {
    expect(ddtroPeriod(day)?.due).toBe(due);
    expect(reasonableGroundsPeriod(day)?.due).toBe(due);
  });

  it('ends on a working day, with four between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (offset) => {
        const day = addDays('2026-01-01', offset);
        const end = ddtroPeriod(day)?.due.slice(0, 10) ?? '';
        let count = 0;
        for (let each = addDays(day, 1); each <= end; each = addDays(each, 1))
          if (!isNonWorkingDay(each)) count += 1;
        expect(count).toBe(5);
        expect(isNonWorkingDay(end)).toBe(false);
      }),
    );
  });

  it('counts thirty days of recovery', () => {
    expect(recoveryPeriod('2026-01-31')?.due).toBe('2026-03-02T23:59:59');
    expect(recoveryPeriod('2024-01-31')?.due).toBe('2024-03-01T23:59:59');
    expect(recoveryPeriod(null)).toBeNull();
  });
});

describe('closure notice', () => {
  test.each([
    ['2026-11-24T10:00', 'inspector', '2026-11-25T10:00:00'],
    ['2026-11-24T10:00', 'superintendent', '2026-11-26T10:00:00'],
    ['2026-11-24T10:00', null, '2026-11-25T10:00:00'],
    ['2026-12-24T10:00', 'inspector', '2026-12-26T10:00:00'],
    ['2026-12-23T10:00', 'inspector', '2026-12-24T10:00:00'],
    ['2026-12-23T10:00', 'superintendent', '2026-12-26T10:00:00'],
    ['2026-12-25T10:00', 'inspector', '2026-12-27T00:00:00'],
    ['2026-12-26T10:00', 'superintendent', '2026-12-28T10:00:00'],
    ['2026-03-28T12:00', 'inspector', '2026-03-29T13:00:00'],
    ['2024-02-28T12:00', 'superintendent', '2024-03-01T12:00:00'],
  ])('served %s by %s ends %s', (servedAt, by, due) => {
    expect(closureNoticePeriod({ servedAt, by })?.due).toBe(due);
  });
});

describe('custody', () => {
  test.each([
    ['2026-11-24T06:15', '2026-11-25T06:15:00'],
    ['2026-10-24T22:00', '2026-10-25T21:00:00'],
    ['2026-03-28T22:00', '2026-03-29T23:00:00'],
    ['2026-12-31T22:00', '2027-01-01T22:00:00'],
  ])('detained %s: until %s', (from, due) => {
    expect(custodyPeriod(from)?.due).toBe(due);
  });

  it('is told apart: running, soon, over, met, met too late', () => {
    const period = custodyPeriod('2026-11-24T06:00');
    if (!period) throw new Error('there is a period');
    expect(stateOf(period, '2026-11-24T10:00:00', null, 6)).toBe('running');
    expect(stateOf(period, '2026-11-25T01:00:00', null, 6)).toBe('soon');
    expect(stateOf(period, '2026-11-25T06:00:00', null, 6)).toBe('soon');
    expect(stateOf(period, '2026-11-25T06:00:01', null, 6)).toBe('over');
    expect(stateOf(period, '2026-11-26T06:00:01', '2026-11-24T22:00:00', 6)).toBe('met');
    expect(stateOf(period, '2026-11-26T06:00:01', '2026-11-25T22:00:00', 6)).toBe('over');
    expect(stateOf({ ...period, due: '2026-11-25T23:59:59' }, '2026-11-26T06:00', '2026-11-25', 6)).toBe(
      'met',
    );
  });
});
