import { describe, expect, it } from 'vitest';
import { describeLeft, instantOf, ukLocal } from '../../renderer/features/clocks/remaining.ts';

const utc = (text: string) => Date.parse(text) / 1000;

describe('clocks in the window', () => {
  it.each([
    ['2026-12-03T05:30', '2026-12-03T05:30Z'],
    ['2026-07-03T05:30', '2026-07-03T04:30Z'],
    ['2026-12-03', '2026-12-03T00:00Z'],
    // Summer ends at 02:00 on 25 October: 01:30 comes twice, the first is meant.
    ['2026-10-25T00:59', '2026-10-24T23:59Z'],
    ['2026-10-25T01:30', '2026-10-25T00:30Z'],
    ['2026-10-25T02:30', '2026-10-25T02:30Z'],
    // Summer begins at 01:00 on 29 March.
    ['2026-03-29T00:59', '2026-03-29T00:59Z'],
    ['2026-03-29T02:30', '2026-03-29T01:30Z'],
  ])('%s on the clock is %s', (local, at) => {
    expect(instantOf(local)).toBe(utc(at));
    if (local.length > 10) expect(ukLocal(instantOf(local))).toBe(local);
  });

  it.each([
    ['2026-12-03T05:30:00', '2026-12-03T05:29:30Z', 'under a minute'],
    ['2026-12-03T05:30:00', '2026-12-03T05:18Z', '12 min'],
    ['2026-12-03T05:30:00', '2026-12-03T00:18Z', '5 h 12 min'],
    ['2026-12-03T05:30:00', '2026-12-01T02:30Z', '2 days 3 h'],
    ['2026-12-03T05:30:00', '2026-12-02T05:30Z', '1 day'],
    ['2026-12-03T05:30:00', '2026-11-20T02:30Z', '13 days'],
    ['2026-12-03T05:30:00', '2026-12-03T06:30Z', 'over by 1 h 0 min'],
    // A night of 25 hours, and one of 23.
    ['2026-10-25T12:00:00', '2026-10-24T11:00Z', '1 day 1 h'],
    ['2026-03-29T12:00:00', '2026-03-28T12:00Z', '23 h 0 min'],
  ])('until %s from %s: %s', (due, now, words) => {
    expect(describeLeft(due, utc(now))).toBe(words);
  });
});
