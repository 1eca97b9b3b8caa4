import { describe, expect, it } from 'vitest';
import {
  type DayPlace,
  openPoints,
  placesOfDay,
  readMoment,
  warrantOf,
} from '../../renderer/features/results/dayPlaces.ts';
import { formatFigure, tallyAsTable, tallyAsText } from '../../renderer/features/results/tallyText.ts';
import { readDateTime } from '../../renderer/ui/dates.ts';
import type { Board } from '../../shared/contract/planSchemas.ts';

const times = { briefAt: null, strikeAt: null, finishAt: null };
const task = (team: string, premises: string | null, more: object = {}) => ({
  team,
  premises,
  warrants: [],
  targets: [],
  ...times,
  warrantState: 'none' as const,
  safeguarding: false,
  ...more,
});
const team = (ref: string, tasks: ReturnType<typeof task>[]) => ({
  ref,
  label: ref,
  leader: null,
  members: [],
  premises: null,
  vehicle: null,
  rendezvous: null,
  ...times,
  tasks,
});
const board: Board = {
  strike: null,
  teams: [
    team('TEAM-1', [
      task('TEAM-1', 'PRM-1', { warrants: ['WAR-1'], safeguarding: true }),
      task('TEAM-1', null),
    ]),
    team('TEAM-2', [task('TEAM-2', 'PRM-1', { warrants: ['WAR-1', 'WAR-2'], targets: ['TGT-1'] })]),
  ],
  unassigned: [{ premises: 'PRM-2', warrants: [], targets: [], warrantState: 'none', safeguarding: false }],
  clashes: [],
  labels: {},
};

describe('premises of the day', () => {
  it('stand once however many teams go there, with all warrants and targets, safeguarding kept', () => {
    const places = placesOfDay(board, [], []);
    expect(places.map(({ premises }) => premises)).toEqual(['PRM-1', 'PRM-2']);
    expect(places[0]).toMatchObject({
      team: 'TEAM-1',
      warrants: ['WAR-1', 'WAR-2'],
      targets: ['TGT-1'],
      safeguarding: true,
      state: 'none',
    });
  });

  it('with a result that is on no board are there too, found by the warrant where no premises is named', () => {
    const results = [
      { ref: 'RES-10', premises: 'PRM-7' },
      { ref: 'RES-2', premises: null, warrant: 'WAR-9' },
      { ref: 'RES-3', premises: null, warrant: null },
    ];
    const places = placesOfDay(board, results, [{ ref: 'WAR-9', premises: 'PRM-7', status: 'executed' }]);
    const found = places.find(({ premises }) => premises === 'PRM-7');
    expect(found?.results.map(({ ref }) => ref)).toEqual(['RES-2', 'RES-10']);
    expect(found?.warrants).toEqual(['WAR-9']);
  });

  it('are closed only when every visit is', () => {
    const state = (...closed: (string | null)[]) =>
      placesOfDay(
        board,
        closed.map((closedAt, index) => ({ ref: `RES-${index + 1}`, premises: 'PRM-2', closedAt })),
        [],
      ).find(({ premises }) => premises === 'PRM-2')?.state;
    expect(state(null)).toBe('entered');
    expect(state('2026-12-03T09:00:00', null)).toBe('entered');
    expect(state('2026-12-03T09:00:00', '2026-12-03T10:00:00')).toBe('closed');
  });

  it('keep the warrant that was returned: its dates are still entered there', () => {
    const places = placesOfDay(board, [], [{ ref: 'WAR-5', premises: 'PRM-2', status: 'returned' }]);
    expect(places.find(({ premises }) => premises === 'PRM-2')?.warrants).toEqual(['WAR-5']);
  });

  it('are entered under the warrant that the result names, else the first', () => {
    const place = placesOfDay(board, [], [])[0] as DayPlace;
    const warrants = [{ ref: 'WAR-1' }, { ref: 'WAR-2', seizedOther: 'no', returnedAt: '2026-12-04' }];
    expect(warrantOf(place, null, warrants)?.ref).toBe('WAR-1');
    const result = { ref: 'RES-1', warrant: 'WAR-2', enteredAt: '2026-12-03T05:31', found: 'yes' };
    expect(openPoints(place, result, warrants)).toEqual([]);
    expect(openPoints(place, { ...result, warrant: 'WAR-1' }, warrants)).toHaveLength(2);
  });
});

describe('a time typed in the control room', () => {
  it.each([
    ['0531', '2026-12-03T05:31'],
    ['5:31', '2026-12-03T05:31'],
    ['05.31', '2026-12-03T05:31'],
    ['2400', null],
    ['0560', null],
    ['531', '2026-12-03T05:31'],
    ['04/12/2026 00:10', '2026-12-04T00:10:00'],
    ['soon', null],
  ])('%s is %s', (typed, moment) => {
    expect(readMoment(typed, '2026-12-03', readDateTime)).toBe(moment);
  });
});

describe('the tally as text', () => {
  const lines = [
    { key: 'arrests', title: 'Arrests', value: 1234, unit: 'count' as const, refs: [] },
    { key: 'cash', title: 'Cash seized (provisional)', value: 1200.1, unit: 'GBP' as const, refs: [] },
    {
      key: 'crack',
      title: 'Drugs seized: crack\t(provisional)',
      value: 0.3,
      unit: 'grams' as const,
      refs: [],
    },
    { key: 'weapons', title: 'Weapons', value: 0, unit: 'count' as const, refs: [] },
  ];

  it('reads as people write figures', () => {
    expect(lines.map(formatFigure)).toEqual(['1,234', '£1,200.10', '0.3 g', '0']);
    expect(formatFigure({ value: 500, unit: 'GBP' })).toBe('£500');
  });

  it('says when it was taken and that it is provisional, without what is nil', () => {
    const text = tallyAsText(lines, '2026-12-03T09:15');
    expect(text.split('\n')[0]).toBe('Tally at 03/12/2026 09:15. Weights, values and cash are provisional.');
    expect(text).toContain('Cash seized (provisional): £1,200.10');
    expect(text).not.toContain('Weapons');
  });

  it('as a table has bare numbers, what is nil too, and three cells in every row', () => {
    const rows = tallyAsTable(lines).trimEnd().split(/\r?\n/);
    expect(rows).toHaveLength(5);
    expect(rows[2]).toBe('Cash seized (provisional)\t1200.1\tGBP');
    expect(rows[4]).toContain('Weapons\t0');
  });
});
