/** The timeline by the contract: what stands in which lane and when, of everything and of whom it follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Timeline, TimelineRequest } from '../../shared/contract/areas/timeline.ts';
import type { TimelineLane } from '../../shared/domain/timelineKinds.ts';
import { cleanUp, importPaths, makeWorkspace, refusal, sessionOf, writeCsv } from './support.ts';
import type { TimelineBench } from './timelineWorkspace.ts';
import { callDays, makeTimelineWorkspace } from './timelineWorkspace.ts';

let made: TimelineBench;
beforeAll(async () => {
  made = await makeTimelineWorkspace();
}, 120_000);
afterAll(cleanUp);

async function draw(request: TimelineRequest = {}, from = made.bench): Promise<Timeline> {
  for await (const event of await from.client.timeline.lanes(request))
    if (event.type === 'done') return event.report;
  throw new Error('the timeline ended without a report');
}

const laneOf = (timeline: Timeline, lane: TimelineLane, group = 0) =>
  timeline.groups[group]?.lanes.find((each) => each.lane === lane);
const marksOf = (timeline: Timeline, lane: TimelineLane, group = 0) =>
  laneOf(timeline, lane, group)?.marks ?? [];

describe('everything', () => {
  it('stands in its lane with the dates that its record has', async () => {
    const timeline = await draw();
    expect(timeline.strike).toBe('2026-10-20T05:30:00');
    expect(timeline.groups.map(({ ref }) => ref)).toEqual([null]);
    expect(laneOf(timeline, 'calls')?.inView).toBe((callDays - 8) * 10);
    expect(
      marksOf(timeline, 'custody').map(({ what, from, to, isOpen }) => [what, from, to, isOpen]),
    ).toEqual([
      ['custody', '2026-09-16', null, true],
      ['custody', '2026-09-19T23:10:00', '2026-09-27T18:00:00', false],
      ['custody', '2026-10-03T12:00:00', '2026-10-03T09:00:00', false],
    ]);
    // Only what the source itself calls missing is one: the words of a concern are not read.
    expect(marksOf(timeline, 'safeguarding').map(({ what, from }) => [what, from])).toEqual([
      ['missing', '2026-09-10'],
      ['referral', '2026-09-12'],
    ]);
    expect(marksOf(timeline, 'intelligence').map(({ from, about }) => [from, about])).toEqual([
      ['2026-09-05', { from: '2026-09-01', to: '2026-09-04' }],
      ['2026-09-06', null],
    ]);
    // A warrant under MDA s.23 runs one month from its date.
    expect(marksOf(timeline, 'warrants').map(({ what, from, to }) => [what, from, to])).toEqual([
      ['warrant', '2026-10-01', '2026-11-01'],
    ]);
    expect(marksOf(timeline, 'day').map(({ what, from, to }) => [what, from, to])).toEqual([
      ['team', '2026-10-20T03:30:00', '2026-10-20T09:00:00'],
      ['strike', '2026-10-20T05:30:00', null],
    ]);
    expect(marksOf(timeline, 'plan').map(({ what, from }) => [what, from])).toEqual([
      ['action', '2026-10-10'],
    ]);
  });

  it('counts what has no date, and never drops it', async () => {
    const timeline = await draw();
    expect(laneOf(timeline, 'intelligence')?.undated).toEqual([{ grid: 'intelligence', count: 1 }]);
    expect(laneOf(timeline, 'safeguarding')?.undated).toEqual([{ grid: 'referrals', count: 1 }]);
    expect(laneOf(timeline, 'lines')?.undated).toEqual([{ grid: 'lines', count: 1 }]);
  });

  it('tells a child in custody as somebody to be safeguarded', async () => {
    const timeline = await draw();
    const [child, adult] = marksOf(timeline, 'custody');
    expect([child?.values.person, child?.safeguarding]).toEqual([made.child, true]);
    expect([adult?.values.person, adult?.safeguarding]).toEqual([made.holder, false]);
  });

  it('says what lies before and after the view', async () => {
    const timeline = await draw({ from: '2026-09-12', to: '2026-09-18' });
    expect([timeline.from, timeline.to, timeline.grain]).toEqual([
      '2026-09-12T00:00:00',
      '2026-09-19T00:00:00',
      'hour',
    ]);
    const calls = laneOf(timeline, 'calls');
    expect([calls?.inView, calls?.before, calls?.after]).toEqual([70, 110, (callDays - 8) * 10 - 180]);
    const safeguarding = laneOf(timeline, 'safeguarding');
    expect([safeguarding?.inView, safeguarding?.before, safeguarding?.after]).toEqual([1, 1, 0]);
    const custody = laneOf(timeline, 'custody');
    expect([custody?.inView, custody?.before, custody?.after]).toEqual([1, 0, 2]);
  });

  it('gives every call by itself where there are few, and counts that come to the same', async () => {
    const timeline = await draw({ from: '2026-09-12', to: '2026-09-12' });
    const calls = laneOf(timeline, 'calls');
    expect(calls?.marks).toHaveLength(10);
    expect(calls?.bins?.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(calls?.bins?.reduce((sum, { texts }) => sum + texts, 0)).toBe(5);
    expect(calls?.marks?.[1]?.to).toBe(
      `${calls?.marks?.[1]?.from.slice(0, 17)}30`.replace(
        /T(\d\d):(\d\d):30/,
        (_, h, m) => `T${h}:${String(Number(m) + 1).padStart(2, '0')}:30`,
      ),
    );
  });

  it('holds the sum of its pieces whatever the grain', async () => {
    for (const bins of [10, 24, 60, 400, 600]) {
      const timeline = await draw({ bins });
      const calls = laneOf(timeline, 'calls');
      expect(calls?.bins?.reduce((sum, { count }) => sum + count, 0)).toBe(calls?.inView);
      expect(timeline.overview.reduce((sum, piece) => sum + piece.calls, 0)).toBe(calls?.inView);
    }
  });
});

describe('who is followed', () => {
  it('has lanes of their own: calls by their phones, custody, intelligence, the warrant and team of their target', async () => {
    const timeline = await draw({ refs: [made.line, made.holder, made.child] });
    expect(timeline.groups.map(({ ref, safeguarding }) => [ref, safeguarding])).toEqual([
      [made.line, false],
      [made.holder, false],
      [made.child, true],
    ]);
    const lanes = timeline.groups.map((group) => group.lanes.map(({ lane, inView }) => [lane, inView]));
    const calls = (callDays - 8) * 10;
    expect(lanes).toEqual([
      [
        ['calls', calls],
        ['intelligence', 1],
        ['lines', 0],
        ['plan', 1],
      ],
      [
        ['calls', calls],
        ['intelligence', 1],
        ['custody', 2],
        ['warrants', 1],
        ['day', 1],
      ],
      [
        ['intelligence', 1],
        ['custody', 1],
        ['safeguarding', 2],
      ],
    ]);
    expect(timeline.groups[0]?.phones).toEqual([made.phone]);
    // The strike is in view beside whatever is followed.
    expect(timeline.extent?.to).toBe('2026-11-02T00:00:00');
    expect((await draw({ refs: [made.child] })).extent?.to).toBe('2026-10-21T00:00:00');
    expect(timeline.labels[made.line]).toBe('Max');
  });

  it('has what names them among its subjects, told as by name alone', async () => {
    const timeline = await draw({ refs: [made.line, made.holder, made.child] });
    const told = timeline.groups.map((_, group) =>
      marksOf(timeline, 'intelligence', group).map(({ ref, byName }) => [ref, byName]),
    );
    // Linked with the line by its number; with the people by nothing but their names.
    expect(told).toEqual([[['INT-1', false]], [['INT-1', true]], [['INT-2', true]]]);
  });

  it('shows the silence of the line beside the custody of its holder', async () => {
    const timeline = await draw({ refs: [made.line, made.holder] });
    const silences = laneOf(timeline, 'calls', 0)?.silences ?? [];
    expect(silences).toHaveLength(1);
    expect(silences[0]?.from.slice(0, 10)).toBe('2026-09-19');
    expect(silences[0]?.to.slice(0, 10)).toBe('2026-09-28');
    const custody = marksOf(timeline, 'custody', 1)[0];
    expect(
      custody && silences[0] && custody.from > silences[0].from && (custody.to ?? '') < silences[0].to,
    ).toBe(true);
  });

  it('is a target by its subject', async () => {
    const target = (await made.bench.client.grids.page({ grid: 'targets' })).rows[0]?.ref ?? '';
    const timeline = await draw({ refs: [target] });
    expect(timeline.groups[0]?.ref).toBe(target);
    expect(laneOf(timeline, 'custody')?.inView).toBe(2);
  });

  it('is refused where there is no such record, or none that can be followed', async () => {
    expect((await refusal(draw({ refs: ['NOM-999'] }))).code).toBe('not-found');
    expect((await refusal(draw({ refs: ['INT-1'] }))).code).toBe('invalid');
    expect((await refusal(draw({ from: '2026-09-02', to: '2026-09-01' }))).code).toBe('invalid');
  });
});

describe('narrowing', () => {
  it('leaves what has to do with the records, by the rule of the grids', async () => {
    const timeline = await draw({ only: [made.holder] });
    expect(laneOf(timeline, 'calls')?.inView).toBe((callDays - 8) * 10);
    expect(marksOf(timeline, 'custody')).toHaveLength(2);
    expect(laneOf(timeline, 'safeguarding')).toBeUndefined();
    expect((await draw({ only: [made.child] })).groups[0]?.lanes.map(({ lane }) => lane)).toEqual([
      'custody',
      'safeguarding',
    ]);
  });

  it('narrows lanes that are followed', async () => {
    const timeline = await draw({ refs: [made.holder], only: [made.child] });
    expect(timeline.groups[0]?.lanes).toEqual([]);
    expect(timeline.extent).toBeNull();
  });
});

it('goes into the record as a look, once', async () => {
  const entries = () =>
    sessionOf(made.bench)
      .reader.prepare("SELECT summary FROM journal WHERE method = 'timeline.lanes' ORDER BY seq")
      .all() as { summary: string }[];
  await draw({ refs: [made.child] });
  await draw({ refs: [made.child], from: '2026-09-01' });
  await sessionOf(made.bench).exclusively(() => undefined);
  const looks = entries().filter(({ summary }) => summary === `Looked at the timeline of ${made.child}`);
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.length).toBeLessThan(3);
});

it('follows a change at once', async () => {
  const { client } = made.bench;
  const before = marksOf(await draw(), 'plan').length;
  await client.records.add({ grid: 'actions', values: { title: 'Check the address', due: '2026-10-11' } });
  expect(marksOf(await draw(), 'plan')).toHaveLength(before + 1);
  await client.history.undo({});
  expect(marksOf(await draw(), 'plan')).toHaveLength(before);
});

it('begins with what matters where one wrong date lies far away', async () => {
  const bench = await makeWorkspace();
  await bench.client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-10-20T05:30' } }] });
  for (const due of ['1998-01-01', '2026-10-10', '2150-01-01'])
    await bench.client.records.add({ grid: 'actions', values: { title: due, due } });
  const timeline = await draw({}, bench);
  expect([timeline.from <= '2026-01-01', timeline.to >= '2027-01-01', timeline.to < '2028']).toEqual([
    true,
    true,
    true,
  ]);
  const plan = laneOf(timeline, 'plan');
  expect([plan?.before, plan?.inView, plan?.after]).toEqual([1, 1, 1]);
  expect((await draw({ to: '1990-01-01' }, bench)).to).toBe('1990-01-02T00:00:00');
  await bench.client.workspace.close();
});

it('has nothing to show of an empty workspace', async () => {
  const bench = await makeWorkspace();
  const timeline = await draw({}, bench);
  expect([timeline.extent, timeline.overview, timeline.groups[0]?.lanes]).toEqual([null, [], []]);
  await bench.client.workspace.close();
});

it('counts a lane with too many marks by pieces of time', async () => {
  const bench = await makeWorkspace();
  const rows = Array.from({ length: 2100 }, (_, place) => [
    `C${place}`,
    new Date(Date.UTC(2026, 0, 1 + (place % 200))).toISOString().slice(0, 10).split('-').reverse().join('/'),
    'Burglary',
    'Hollinbeck',
  ]);
  await importPaths(bench, [
    writeCsv(bench, 'crimes.csv', [['Crime No', 'Date of offence', 'Crime type', 'Location'], ...rows]),
  ]);
  const crimes = laneOf(await draw({}, bench), 'crimes');
  expect([crimes?.inView, crimes?.marks]).toEqual([2100, null]);
  expect(crimes?.bins?.reduce((sum, { count }) => sum + count, 0)).toBe(2100);
  const fewer = laneOf(await draw({ from: '2026-01-01', to: '2026-01-31' }, bench), 'crimes');
  expect(fewer?.marks?.length).toBe(fewer?.inView);
  await bench.client.workspace.close();
}, 120_000);
