import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutsOf,
  grainFor,
  grains,
  isoOfSeconds,
  nextOf,
  readMoment,
  startOf,
} from '../../shared/domain/timeGrain.ts';
import { clockChanges } from '../../shared/domain/ukClock.ts';

const at = (iso: string) => readMoment(iso)?.from ?? Number.NaN;

describe('a written moment', () => {
  it('is a time, a whole day or a whole month', () => {
    expect(readMoment('2026-10-25T01:30')).toEqual({
      from: at('2026-10-25T01:30:00'),
      to: at('2026-10-25T01:30:00'),
      certainty: 'time',
    });
    const day = readMoment('2026-10-25');
    expect([day?.certainty, isoOfSeconds(day?.from ?? 0), isoOfSeconds(day?.to ?? 0)]).toEqual([
      'day',
      '2026-10-25T00:00:00',
      '2026-10-26T00:00:00',
    ]);
    const month = readMoment('2026-02');
    expect([month?.certainty, isoOfSeconds(month?.from ?? 0), isoOfSeconds(month?.to ?? 0)]).toEqual([
      'month',
      '2026-02-01T00:00:00',
      '2026-03-01T00:00:00',
    ]);
  });

  it.each([
    '',
    '2026-02-30',
    '2026-13',
    '2026-01-01T24:00',
    '2026-01-01T10:60',
    '03/12/2026',
    '2026',
    'c. 2026',
    '0203-01-01',
    '9999-12-31',
  ])('is nothing that the calendar does not have: "%s"', (text) => {
    expect(readMoment(text)).toBeNull();
  });

  it('counts hours on the clock: the nights in which it changes have 24 of them as any other', () => {
    expect(at('2026-03-30') - at('2026-03-29')).toBe(86_400);
    expect(at('2026-10-26') - at('2026-10-25')).toBe(86_400);
  });
});

it('knows the nights in which the clocks change', () => {
  expect(clockChanges('2026-03-29', '2027-03-27')).toEqual([
    { day: '2026-03-29', isForward: true },
    { day: '2026-10-25', isForward: false },
  ]);
  expect(clockChanges('2026-10-26', '2026-10-30')).toEqual([]);
});

describe('pieces of a period', () => {
  it('begin with the week on Monday, the month on its first and the year in January', () => {
    const moment = at('2026-12-03T05:30');
    expect(grains.map((grain) => isoOfSeconds(startOf(moment, grain)))).toEqual([
      '2026-12-03T05:00:00',
      '2026-12-03T00:00:00',
      '2026-11-30T00:00:00',
      '2026-12-01T00:00:00',
      '2026-01-01T00:00:00',
    ]);
  });

  it('cover the period without a gap, each moment in one, and are no more than asked for', () => {
    const moment = fc.integer({ min: at('1950-01-01'), max: at('2100-01-01') });
    const span = fc.integer({ min: 1, max: 40 * 366 * 86_400 });
    fc.assert(
      fc.property(moment, span, fc.integer({ min: 60, max: 600 }), (from, length, most) => {
        const to = from + length;
        const grain = grainFor(from, to, most);
        const cuts = cutsOf(from, to, grain);
        expect(cuts.length - 1).toBeLessThanOrEqual(most + 1);
        expect(cuts[0]).toBeLessThanOrEqual(from);
        expect(cuts.at(-1)).toBeGreaterThanOrEqual(to);
        for (const [place, cut] of cuts.entries()) {
          expect(startOf(cut, grain)).toBe(cut);
          if (place > 0) expect(nextOf(cuts[place - 1] ?? 0, grain)).toBe(cut);
        }
      }),
      { numRuns: 60 },
    );
  });
});
