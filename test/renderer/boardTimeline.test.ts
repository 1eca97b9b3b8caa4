import { describe, expect, it } from 'vitest';
import { assign, type BoardTeam, retime } from '../../renderer/features/board/boardEdits.ts';
import {
  barOf,
  localOf,
  minutesOf,
  rangeOf,
  shiftAll,
  shiftStrike,
  shortAddress,
  snap,
  ticksOf,
} from '../../renderer/features/board/timeline.ts';

const times = {
  briefAt: '2026-12-03T03:30:00',
  strikeAt: '2026-12-03T05:30:00',
  finishAt: '2026-12-03T09:00:00',
};
const team = (ref: string, premises: string | null): BoardTeam => ({
  ref,
  label: ref,
  leader: null,
  members: [],
  premises,
  vehicle: null,
  rendezvous: null,
  briefAt: null,
  strikeAt: null,
  finishAt: null,
  tasks: [],
});

describe('times of a team', () => {
  it('shift together over midnight and the end of a year, and keep their distance', () => {
    expect(shiftAll({ ...times, finishAt: null }, -215)).toEqual({
      briefAt: '2026-12-02T23:55',
      strikeAt: '2026-12-03T01:55',
      finishAt: null,
    });
    expect(localOf(minutesOf('2026-12-31T23:55') + 5)).toBe('2027-01-01T00:00');
  });

  it('the strike alone moves alone', () => {
    expect(shiftStrike(times, 15)).toEqual({ ...times, strikeAt: '2026-12-03T05:45' });
  });

  it('snap to five minutes both ways', () => {
    expect([-8, -7, -2, 2, 3, 7, 8].map(snap)).toEqual([-10, -5, -0, 0, 5, 5, 10]);
  });

  it('only what differs is written, seconds are no difference', () => {
    expect(retime('TEAM-1', times, shiftStrike(times, 5))).toEqual({
      ref: 'TEAM-1',
      values: { strikeAt: '2026-12-03T05:35' },
    });
    expect(retime('TEAM-1', times, shiftAll(times, 0))).toBeNull();
  });
});

describe('bars', () => {
  it('run from briefing to finish, open where one is missing, and are none without a strike', () => {
    const bar = barOf({ ...times, briefAt: null, finishAt: null });
    expect(bar).toMatchObject({ openStart: true, openEnd: true });
    expect((bar?.to ?? 0) - (bar?.from ?? 0)).toBe(120);
    expect(barOf({ ...times, strikeAt: null })).toBeNull();
  });

  it('a briefing after the strike is drawn, not lost', () => {
    const bar = barOf({ ...times, briefAt: '2026-12-03T06:00' });
    expect(bar?.from).toBe(minutesOf('2026-12-03T05:30'));
    const late = barOf({ briefAt: '2026-12-03T11:00', strikeAt: times.strikeAt, finishAt: times.finishAt });
    expect(late?.to).toBe(minutesOf('2026-12-03T11:00'));
  });

  it('the range holds every bar and the strike in whole hours', () => {
    const bar = barOf(times);
    const range = rangeOf(bar ? [bar] : [], '2026-12-03T12:10');
    expect(range && [localOf(range.from), localOf(range.to)]).toEqual([
      '2026-12-03T03:00',
      '2026-12-03T14:00',
    ]);
    expect(rangeOf([], null)).toBeNull();
  });

  it('the axis names midnight by its day and never stands closer than it can be read', () => {
    const range = { from: minutesOf('2026-12-02T22:00'), to: minutesOf('2026-12-03T02:00') };
    expect(ticksOf(range, 60).map(({ label }) => label)).toEqual([
      '22:00',
      '23:00',
      '03/12',
      '01:00',
      '02:00',
    ]);
    for (const pixels of [3, 10, 24, 60, 130, 400]) {
      const [first, second] = ticksOf({ from: range.from, to: range.from + 60 * 24 * 4 }, pixels);
      expect((((second?.at ?? 0) - (first?.at ?? 0)) / 60) * pixels).toBeGreaterThanOrEqual(54);
    }
  });
});

describe('giving a place to a team', () => {
  const alpha = team('TEAM-1', 'PRM-1');
  const bravo = team('TEAM-2', null);

  it('sets the premises of a team that has none, and the team of the targets, in one entry', () => {
    expect(assign({ premises: 'PRM-3', targets: ['TGT-1', 'TGT-2'], from: null }, bravo)).toEqual({
      kind: 'edits',
      edits: [
        { ref: 'TGT-1', values: { team: 'TEAM-2' } },
        { ref: 'TGT-2', values: { team: 'TEAM-2' } },
        { ref: 'TEAM-2', values: { premises: 'PRM-3' } },
      ],
    });
  });

  it('never takes the premises that a team has: a further place comes by its targets', () => {
    expect(assign({ premises: 'PRM-3', targets: ['TGT-1'], from: null }, alpha)).toEqual({
      kind: 'edits',
      edits: [{ ref: 'TGT-1', values: { team: 'TEAM-1' } }],
    });
    expect(assign({ premises: 'PRM-3', targets: [], from: null }, alpha)).toEqual({ kind: 'target' });
  });

  it('moves from one team to another, and off every team', () => {
    const piece = { premises: 'PRM-1', targets: ['TGT-1'], from: alpha };
    expect(assign(piece, bravo)).toMatchObject({
      edits: [
        { ref: 'TGT-1', values: { team: 'TEAM-2' } },
        { ref: 'TEAM-1', values: { premises: null } },
        { ref: 'TEAM-2', values: { premises: 'PRM-1' } },
      ],
    });
    expect(assign(piece, null)).toMatchObject({
      edits: [
        { ref: 'TGT-1', values: { team: null } },
        { ref: 'TEAM-1', values: { premises: null } },
      ],
    });
    expect(assign(piece, alpha)).toEqual({ kind: 'nothing' });
  });
});

describe('an address on a bar', () => {
  it.each([
    ['4 Slate Row, Hollinbeck, FE1 2HJ', '4 Slate Row'],
    ['Flat 2, Tarn House, Aldermoor', 'Flat 2, Tarn House'],
    ['Flatford Mill, Aldermoor', 'Flatford Mill'],
    ['PRM-3', 'PRM-3'],
  ])('%s is %s', (label, short) => {
    expect(shortAddress(label)).toBe(short);
  });
});
