import { describe, expect, it } from 'vitest';
import { statedOffset, toUkTime, ukClockOf } from '../../shared/domain/ukTime.ts';

describe('UK local time', () => {
  it.each([
    // The hour of change, both ways, in several years: UTC, then the UK clock.
    ['2026-03-29T00:59:59', '2026-03-29T00:59:59'],
    ['2026-03-29T01:00:00', '2026-03-29T02:00:00'],
    ['2026-10-25T00:59:59', '2026-10-25T01:59:59'],
    ['2026-10-25T01:00:00', '2026-10-25T01:00:00'],
    ['2024-03-31T00:59:59', '2024-03-31T00:59:59'],
    ['2024-03-31T01:00:00', '2024-03-31T02:00:00'],
    ['2024-10-27T00:59:59', '2024-10-27T01:59:59'],
    ['2024-10-27T01:00:00', '2024-10-27T01:00:00'],
    ['2025-03-30T01:00:00', '2025-03-30T02:00:00'],
    ['2025-10-26T01:00:00', '2025-10-26T01:00:00'],
    ['2026-01-01T00:00:00', '2026-01-01T00:00:00'],
    ['2026-07-31T23:30:00', '2026-08-01T00:30:00'],
    ['2025-12-31T23:59:59', '2025-12-31T23:59:59'],
  ])('%s UTC is %s', (utc, uk) => {
    expect(toUkTime(utc, 0)).toBe(uk);
  });

  it('agrees with the calendar of the system at every hour of ten years', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let at = Date.UTC(2018, 0, 1) / 1000; at < Date.UTC(2028, 0, 1) / 1000; at += 3600) {
      const clock = new Date(ukClockOf(at) * 1000).toISOString().slice(0, 19).replace('T', ' ');
      if (clock !== format.format(at * 1000)) throw new Error(`${at}: ${clock}`);
    }
  });

  it('takes an offset away first', () => {
    expect(toUkTime('2026-07-01T12:00:00', 7200)).toBe('2026-07-01T11:00:00');
    expect(toUkTime('2026-01-01T00:30:00', 3600)).toBe('2025-12-31T23:30:00');
    expect(toUkTime('2026-07-01T23:30:00', -3600)).toBe('2026-07-02T01:30:00');
    expect(toUkTime('2026-07-01', 0)).toBe('2026-07-01');
  });

  it.each([
    ['2026-10-03T10:00:00Z', 0],
    ['2026-10-03T10:00:00+01:00', 3600],
    ['2026-10-03T10:00:00-0530', -19_800],
    ['2026-10-03T10:00:00.123Z', 0],
    ['03/10/2026 10:00 UTC', 0],
    ['03/10/2026 10:00 (UTC+1)', 3600],
    ['10:00 BST', 3600],
    ['10:00 GMT', 0],
    ['10:00:00Z', 0],
    ['2026-10-03', null],
    ['03-10-2026', null],
    ['2026-10-03 10:00:00', null],
    ['10:00', null],
    ['10:00 on 03-10-2026', null],
    ['10:00, 2026-10-03', null],
    ['1000', null],
    ['', null],
  ])('of %j the stated offset is %j', (text, offset) => {
    expect(statedOffset(text)).toBe(offset);
  });
});
