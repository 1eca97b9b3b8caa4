/** The link chart: grown by expansion, narrowed by grade and date, with the rows behind each link. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChartFilter, ChartPicture } from '../../shared/contract/areas/chart.ts';
import {
  allRows,
  type Bench,
  cleanUp,
  importPaths,
  makeWorkspace,
  onlyRef,
  reopen,
  writeCsv,
} from './support.ts';

let bench: Bench;
/** References by what the row is called. */
const refs: Record<string, string> = {};

interface Asked {
  refs: string[];
  expand?: string[];
  kinds?: ('people' | 'phones' | 'premises' | 'intelligence' | 'targets' | 'lines')[];
  filter?: ChartFilter;
  limit?: number;
}

async function around(asked: Asked): Promise<ChartPicture> {
  for await (const event of await bench.client.chart.around(asked))
    if (event.type === 'done') return event.report;
  throw new Error('no picture');
}

const call = (from: string, to: string, at: string) => [from, to, at, 'Voice', '30'];

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile', 'Address'],
      ['Harrowby', 'Jo', '02/02/1990', '07700900101', '4 Drovers Close, Thornrigg'],
      ['Fenwick', 'Tam', '14/05/2011', '07700900102', '4 Drovers Close, Thornrigg'],
      ['Osgood', 'Lee', '03/03/1985', '07700900103', '9 Beck Lane, Hollinbeck'],
    ]),
    writeCsv(bench, 'intelligence.csv', [
      ['URN', 'Date', 'Grading', 'Intelligence', 'Subject', 'Subject DOB', 'Mobile'],
      ['FE/INT/1', '01/06/2026', '1AP', 'Seen with the phone.', 'Jo HARROWBY', '02/02/1990', '07700900103'],
      ['FE/INT/2', '01/09/2026', '3EP', 'Said to use it too.', 'Jo HARROWBY', '02/02/1990', '07700900103'],
    ]),
    writeCsv(bench, 'calls.csv', [
      ['A Number', 'B Number', 'Start', 'Type', 'Duration'],
      call('07700900101', '07700900102', '01/06/2026 10:00:00'),
      call('07700900101', '07700900102', '02/06/2026 10:00:00'),
      call('07700900102', '07700900101', '03/09/2026 11:00:00'),
      ...Array.from({ length: 40 }, (_, n) =>
        call('07700900101', `077009002${String(n).padStart(2, '0')}`, '05/06/2026 09:00:00'),
      ),
    ]),
  ]);
  for (const row of await allRows(client, 'people')) refs[String(row.name).split(' ').at(-1) ?? ''] = row.ref;
  for (const row of await allRows(client, 'phones')) refs[String(row.number).slice(-3)] = row.ref;
  for (const row of await allRows(client, 'premises'))
    refs[String(row.address).split(' ')[0] ?? ''] = row.ref;
  refs.line = onlyRef(
    await client.records.add({
      grid: 'lines',
      values: { name: 'Max', phone: at('101'), holder: at('Harrowby') },
    }),
  );
  refs.target = onlyRef(await client.records.add({ grid: 'targets', values: { subject: at('Harrowby') } }));
}, 120_000);
afterAll(cleanUp);

function at(name: string): string {
  const found = refs[name] ?? refs[name.toUpperCase()];
  if (!found) throw new Error(`no ${name} among ${Object.keys(refs).join(' ')}`);
  return found;
}

const pair = ({ links }: ChartPicture, a: string, b: string) =>
  links.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a));

describe('growing', () => {
  it('shows the records alone, and counts who stands behind them by kind', async () => {
    const picture = await around({ refs: [at('Harrowby')] });
    expect(picture.nodes).toHaveLength(1);
    expect(picture.nodes[0]).toMatchObject({
      isTarget: true,
      sign: null,
      lines: [at('line')],
      grades: ['1AP', '3EP'],
    });
    expect(picture.nodes[0]?.hidden).toEqual({
      phones: 2,
      premises: 1,
      intelligence: 2,
      lines: 1,
      targets: 1,
    });
  });

  it('brings neighbours of the kinds that are asked for, what is decided and written before what is called', async () => {
    const picture = await around({ refs: [at('101')], expand: [at('101')], limit: 5 });
    expect(picture.added).toHaveLength(5);
    expect(picture.added.slice(0, 2).sort()).toEqual([at('line'), at('Harrowby')].sort());
    expect(picture.added[2]).toBe(at('102'));
    const phones = await around({ refs: [at('101')], expand: [at('101')], kinds: ['phones'] });
    expect(phones.added).toHaveLength(25);
    expect(phones.nodes.find(({ ref }) => ref === at('101'))?.hidden).toMatchObject({
      phones: 16,
      people: 1,
    });
    const rest = await around({
      refs: phones.nodes.map(({ ref }) => ref),
      expand: [at('101')],
      kinds: ['phones'],
    });
    expect(rest.added).toHaveLength(16);
  });

  it('has each direction of the calls as one link', async () => {
    const picture = await around({ refs: [at('101'), at('102')] });
    expect(
      pair(picture, at('101'), at('102')).map(({ from, rows, first, last }) => [from, rows, first, last]),
    ).toEqual(
      expect.arrayContaining([
        [at('101'), 2, '2026-06-01T10:00:00', '2026-06-02T10:00:00'],
        [at('102'), 1, '2026-09-03T11:00:00', '2026-09-03T11:00:00'],
      ]),
    );
    expect(picture.links).toHaveLength(2);
  });

  it('says of a child that it is one, and of nobody that he is a suspect', async () => {
    const picture = await around({ refs: [at('Fenwick')] });
    expect(picture.nodes[0]).toMatchObject({ isChild: true, sign: 'Child, 15' });
  });

  it('says what is no more', async () => {
    const picture = await around({ refs: ['NOM-999', 'nothing', at('Osgood')] });
    expect(picture.nodes.map(({ ref }) => ref)).toEqual([at('Osgood')]);
    expect(picture.gone).toEqual(['NOM-999', 'nothing']);
  });
});

describe('merged records', () => {
  it('are shown as the one that they went into', async () => {
    const own = await makeWorkspace();
    const { client } = own;
    const people: string[] = [];
    for (const name of ['Ada Birk', 'A Birk'])
      people.push(onlyRef(await client.records.add({ grid: 'people', values: { name } })));
    const [kept = '', gone = ''] = people;
    await client.matching.merge({ refs: [kept, gone], reason: 'the same person' });
    const shown: string[] = [];
    for await (const event of await client.chart.around({ refs: [gone, kept] }))
      if (event.type === 'done') {
        shown.push(...event.report.nodes.map(({ ref }) => ref));
        expect(event.report.gone).toEqual([]);
      }
    expect(shown).toHaveLength(1);
    expect(people).toContain(shown[0]);
    await client.workspace.close();
  });
});

describe('the filter', () => {
  it('lets links through by grade, and says of the others that they are outside', async () => {
    const both = [at('Harrowby'), at('103')];
    const [all] = pair(await around({ refs: both }), ...(both as [string, string]));
    expect(all).toMatchObject({
      rows: 2,
      inside: 2,
      grades: ['1AP', '3EP'],
      first: '2026-06-01',
      last: '2026-09-01',
    });
    const narrow = await around({ refs: both, filter: { grades: ['1AP'] } });
    expect(pair(narrow, ...(both as [string, string]))[0]).toMatchObject({
      rows: 2,
      inside: 1,
      last: '2026-06-01',
    });
    const none = await around({ refs: both, filter: { grades: ['none'] } });
    expect(pair(none, ...(both as [string, string]))[0]).toMatchObject({ rows: 2, inside: 0 });
  });

  it('lets links through by date; what has no date stays', async () => {
    const shown = [at('101'), at('102'), at('Harrowby')];
    const picture = await around({ refs: shown, filter: { from: '2026-09-01', to: '2026-09-30' } });
    const calls = picture.links.filter(({ kind }) => kind === 'calls');
    expect(calls.map(({ from, inside }) => [from, inside])).toEqual(
      expect.arrayContaining([
        [at('101'), 0],
        [at('102'), 1],
      ]),
    );
    expect(pair(picture, at('101'), at('Harrowby'))[0]).toMatchObject({ inside: 1, first: null });
    // Whoever was called outside of the period stands behind nobody.
    expect(picture.nodes.find(({ ref }) => ref === at('101'))?.hidden.phones).toBeUndefined();
  });

  it('lets through what says so: evidence, calls, the plan', async () => {
    const shown = [at('101'), at('102'), at('Harrowby'), at('line'), at('target')];
    const picture = await around({ refs: shown, filter: { ties: ['plan'] } });
    const inside = picture.links.filter((link) => link.inside > 0);
    expect(new Set(inside.map(({ kind }) => kind))).toEqual(new Set(['plan']));
    expect(inside.map(({ relation }) => relation).sort()).toEqual([
      'holder of the line',
      'number of the line',
      'target',
    ]);
    expect(inside.find(({ relation }) => relation === 'target')?.isPlanned).toBe(true);
  });
});

describe('what stands behind a link', () => {
  it('is the rows of the sheets with date and grade', async () => {
    const { ties } = await bench.client.chart.rows({ a: at('103'), b: at('Harrowby') });
    expect(ties).toHaveLength(1);
    expect(ties[0]?.rows.map(({ file, row, at: when, grade }) => [file, row, when, grade])).toEqual([
      ['intelligence.csv', 2, '2026-06-01', '1AP'],
      ['intelligence.csv', 3, '2026-09-01', '3EP'],
    ]);
  });

  it('is the calls of either way, and the records of the plan', async () => {
    const { ties } = await bench.client.chart.rows({ a: at('101'), b: at('102') });
    expect(ties.map(({ total }) => total).sort()).toEqual([1, 2]);
    expect(ties.flatMap(({ rows }) => rows.map(({ row }) => row)).sort()).toEqual([2, 3, 4]);
    const plan = await bench.client.chart.rows({ a: at('line'), b: at('Harrowby') });
    expect(plan.ties.map(({ relation, records }) => [relation, records])).toEqual([
      ['holder of the line', [at('line')]],
    ]);
  });
});

describe('on record', () => {
  it('names everybody whom the chart shows, once', async () => {
    const own = await makeWorkspace();
    const { client } = own;
    const people = [];
    for (const name of ['Ada Birk', 'Ben Cole', 'Cy Dean'])
      people.push(onlyRef(await client.records.add({ grid: 'people', values: { name } })));
    const look = async (shown: string[]) => {
      for await (const _ of await client.chart.around({ refs: shown }));
    };
    await look(people.slice(0, 2));
    await look(people.slice(0, 2));
    await look(people);
    const { entries } = await client.history.list({ limit: 50 });
    const looks = entries.filter(({ method }) => method === 'chart.around').reverse();
    expect(looks.map(({ summary }) => summary)).toEqual([
      'Looked at 2 records in the link chart',
      'Looked at 1 record in the link chart',
    ]);
    const third = await client.history.list({ ref: people[2] ?? '', limit: 50 });
    expect(third.entries.filter(({ method }) => method === 'chart.around')).toHaveLength(1);
    await client.workspace.close();
  });
});

describe('how it was left', () => {
  it('is kept for the user, over closing', async () => {
    const { client } = bench;
    expect(await client.chart.load()).toEqual({ state: null });
    const state = {
      nodes: [{ ref: at('Harrowby'), x: 10.5, y: -3, pinned: true }],
      kinds: ['people' as const],
      filter: { from: '2026-01-01' },
      leaveOut: false,
      groupBy: 'line' as const,
    };
    await client.chart.save({ state });
    await reopen(bench);
    expect(await client.chart.load()).toEqual({ state });
  });
});
