/** The network of a workspace: what stands for what, who is protected, what is said, and what is left without some. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measuresOf } from '../../electron/engine/analysis/network/measuresOf.ts';
import { momentOf } from '../../electron/engine/context.ts';
import type {
  NetworkComparison,
  NetworkEntity,
  NetworkOptions,
  NetworkReport,
} from '../../shared/contract/areas/network.ts';
import type { Bench } from './support.ts';
import { cleanUp, importPaths, makeWorkspace, onlyRef, refusal, sessionOf, writeCsv } from './support.ts';

let bench: Bench;
const refs: Record<string, string> = {};

/** Two groups of four who share addresses, with one person who calls into both, and a child at one address. */
const people = [
  ['Aske', 'Arlo', '01/01/1990', '07700 900001', '1 Quarry Rise, Stangarth', 'Line holder'],
  ['Birkett', 'Ben', '02/01/1990', '07700 900002', '1 Quarry Rise, Stangarth', 'Runner'],
  ['Coupe', 'Cal', '03/01/1990', '07700 900003', '1 Quarry Rise, Stangarth', 'Runner'],
  ['Dacre', 'Dee', '04/01/1990', '07700 900004', '', 'Driver'],
  ['Eskrigg', 'Eli', '05/01/1990', '07700 900005', '2 Weir Lane, Hollinbeck', 'Enforcer'],
  ['Fell', 'Fin', '06/01/1990', '07700 900006', '2 Weir Lane, Hollinbeck', 'Runner'],
  ['Garth', 'Gus', '07/01/1990', '07700 900007', '2 Weir Lane, Hollinbeck', 'Runner'],
  ['Hird', 'Hal', '08/01/2012', '07700 900008', '2 Weir Lane, Hollinbeck', ''],
  ['Ings', 'Ida', '09/01/1961', '', '9 Cinder Bank, Thornrigg', 'Cuckooed tenant'],
];
const call = (from: number, to: number, day: number, hour: number) => [
  `0770090000${from}`,
  `0770090000${to}`,
  `${String(day).padStart(2, '0')}/10/2026 ${String(hour).padStart(2, '0')}:15:00`,
  'Voice',
  '60',
];

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  const paths = [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile', 'Home address', 'Role'],
      ...people,
    ]),
    writeCsv(bench, 'calls.csv', [
      ['A Number', 'B Number', 'Start', 'Type', 'Duration'],
      ...[1, 2, 3].map((day) => call(4, 1, day, 9)),
      ...[1, 2].map((day) => call(5, 4, day, 11)),
      call(4, 9, 5, 12),
      // A number of which nothing is known, with one contact; and one with two.
      ['07700900101', '07700900004', '06/10/2026 10:00:00', 'Voice', '30'],
      ['07700900102', '07700900001', '06/10/2026 10:05:00', 'Voice', '30'],
      ['07700900102', '07700900002', '06/10/2026 10:06:00', 'Voice', '30'],
      // Everybody asks the same service.
      ['07700900001', '123', '07/10/2026 10:00:00', 'Voice', '30'],
      ['07700900005', '123', '07/10/2026 10:01:00', 'Voice', '30'],
    ]),
  ];
  await importPaths(bench, paths);
  for (const row of (await client.grids.page({ grid: 'people', limit: 50 })).rows)
    refs[String(row.name).split(' ')[1]?.toLowerCase() ?? ''] = row.ref;
  const phone = onlyRef(await client.records.add({ grid: 'phones', values: { number: '07700900009' } }));
  refs.line = onlyRef(
    await client.records.add({
      grid: 'lines',
      values: { name: 'Marlo', phone: await phoneOf('+447700900009', phone), holder: refs.aske ?? '' },
    }),
  );
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

async function phoneOf(number: string, usual: string): Promise<string> {
  return (await bench.client.grids.page({ grid: 'phones', where: { number } })).rows[0]?.ref ?? usual;
}

async function measure(options: NetworkOptions = {}): Promise<NetworkReport> {
  for await (const event of await bench.client.network.measure({ options }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

async function compare(without: string[], targets = false): Promise<NetworkComparison> {
  for await (const event of await bench.client.network.compare({ without, targets }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

function entityOf(report: NetworkReport, name: string): NetworkEntity {
  const found = report.entities.find(({ ref }) => ref === refs[name]);
  if (!found) throw new Error(`${name} is not in the network`);
  return found;
}

describe('the network of a workspace', () => {
  it('lets phones stand for their person and line, and leaves out what says nothing', async () => {
    const report = await measure();
    expect(report.counts.kinds).toEqual({ people: 9, premises: 3, lines: 1, phones: 1 });
    // Dee calls Arlo, Eli and the line; Arlo holds the line.
    expect(entityOf(report, 'dacre').degree).toBe(3);
    expect(report.basis.join(' ')).toContain('1 phone is left out of which nothing is known');
    expect(report.basis.join(' ')).toContain('1 number of a deal line stands for the line');
    expect(report.basis.join(' ')).toContain('1 short code, service number or withheld number is left out');
    expect(report.caveats.join(' ')).toContain('Attention of the police is not importance');
  });

  it('keeps phones apart, without calls, or without addresses when it is asked to', async () => {
    const unfolded = await measure({ fold: false });
    expect(unfolded.counts.kinds.phones).toBe(10);
    const child = unfolded.entities.find(
      (each) => each.kind === 'phones' && each.protection.includes('child'),
    );
    expect(child?.rank).toBeNull();
    expect((await measure({ singles: true })).counts.kinds.phones).toBe(2);
    expect((await measure({ leastCalls: 0 })).counts.kinds).toEqual({ people: 8, premises: 3, lines: 1 });
    // Three calls with Arlo are enough, two with Eli are not.
    const often = await measure({ leastCalls: 3 });
    expect(entityOf(often, 'dacre').degree).toBe(1);
    expect(often.basis.join(' ')).toContain('fewer than 3');
    const alone = await measure({ kinds: ['people', 'lines'] });
    expect(alone.counts.kinds).toEqual({ people: 3, lines: 1 });
    expect((await measure({ ungraded: false })).basis.join(' ')).toContain('no report graded A or B');
  });

  it('says who stands between, with the parts that have no other link', async () => {
    const report = await measure({ singles: false, kinds: ['people', 'premises', 'lines'] });
    const dee = entityOf(report, 'dacre');
    expect(dee).toMatchObject({ rank: 1, pieces: 2 });
    // Eleven others hang together with Dee: Arlo, Ben, Cal, the line and an address; four and an address.
    expect(dee.pairs).toBe(45);
    expect(dee.through).toBe(25);
    expect(dee.words.join(' ')).toContain('Of the 45 shortest ways between two others');
    expect(dee.words.join(' ')).toContain('25 go through');
    expect(dee.words.join(' ')).toContain('Stands between 2 parts that have no other link');
    expect(report.keyPlayers[0]).toMatchObject({
      ref: refs.dacre,
      before: 36,
      after: 12,
      parted: 16,
      pieces: 2,
    });
    // A chart of it shows the phones between which the calls were.
    expect(report.keyPlayers[0]?.chart).toEqual(
      expect.arrayContaining([refs.dacre, await phoneOf('+447700900004', '')]),
    );
    for (const { refs: held } of report.keyPlayers) expect(held).not.toContain(refs.hird);
    const names = report.communities.map(({ name }) => name);
    expect(names.some((name) => name.includes('Marlo'))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it('never ranks a child or somebody exploited, and tells what they are exposed to', async () => {
    const report = await measure();
    expect(report.entities.filter(({ rank }) => rank === null).map(({ ref }) => ref)).toEqual(
      expect.arrayContaining([refs.hird, refs.ings]),
    );
    for (const { ref } of report.keyPlayers) expect([refs.hird, refs.ings]).not.toContain(ref);
    for (const { leading } of report.communities)
      for (const ref of leading) expect([refs.hird, refs.ings]).not.toContain(ref);
    const child = report.safeguarding.find(({ ref }) => ref === refs.hird);
    expect(child?.words[0]).toContain('under 18');
    // Eli is an enforcer at the same address.
    expect(child?.around[0]).toMatchObject({ ref: refs.eskrigg });
    expect(child?.around[0]?.words).toContain('Enforcer; both linked with');
    expect(entityOf(report, 'hird').words[0]).toContain('Safeguarding first');
    expect(report.safeguarding.find(({ ref }) => ref === refs.ings)?.words[0]).toContain('cuckooed tenant');
  });

  it('marks premises where somebody may be exploited', async () => {
    const [home] = (await bench.client.grids.page({ grid: 'premises', limit: 1 })).rows;
    if (!home) throw new Error('no premises');
    await bench.client.records.set({ edits: [{ ref: home.ref, values: { cuckooed: 'suspected' } }] });
    const place = (await measure()).entities.find(({ ref }) => ref === home.ref);
    expect(place).toMatchObject({ isProtectedPlace: true });
    expect(place?.words[0]).toContain('the home may have been taken over');
  });

  it('a child between two groups may be used as a runner, and is no key player', async () => {
    await bench.client.records.set({
      edits: [{ ref: refs.dacre ?? '', values: { dob: '2011-05-05', role: null } }],
    });
    const report = await measure();
    expect(entityOf(report, 'dacre').rank).toBeNull();
    expect(report.keyPlayers.map(({ ref }) => ref)).not.toContain(refs.dacre);
    const dee = report.safeguarding.find(({ ref }) => ref === refs.dacre);
    expect(dee?.words.join(' ')).toContain('may be used as a runner between them. Safeguarding first.');
    const measures = await measuresOf(sessionOf(bench), momentOf(sessionOf(bench)));
    expect(measures.of(refs.dacre ?? '')).toMatchObject({ keyPlayer: null, protection: ['child'] });
    const seq = (await bench.client.workspace.status()).undo.undo?.seq;
    await bench.client.history.undo(seq === undefined ? {} : { seq });
    expect(entityOf(await measure(), 'dacre').rank).toBe(1);
  });

  it('shows the links of one with what they rest on', async () => {
    const links = await bench.client.network.links({ ref: refs.dacre ?? '' });
    expect(links.standsFor).toHaveLength(1);
    const arlo = links.others.find(({ ref }) => ref === refs.aske);
    expect(arlo?.links).toEqual([
      expect.objectContaining({
        kind: 'calls',
        count: 3,
        words: '3 calls and texts, 01/10/2026 to 03/10/2026',
      }),
    ]);
    const home = await bench.client.network.links({ ref: refs.coupe ?? '' });
    expect(home.others[0]?.links[0]).toMatchObject({
      kind: 'evidence',
      words: expect.stringContaining('not graded'),
    });
    expect(home.others[0]?.links[0]?.sources[0]).toMatchObject({ file: 'nominals.csv', row: 4 });
    const line = await bench.client.network.links({ ref: refs.line ?? '' });
    expect(line.others.find(({ ref }) => ref === refs.aske)?.links[0]).toMatchObject({
      kind: 'plan',
      words: 'holder of the line',
      record: refs.line,
    });
    // A phone that stands for a person is that person.
    const phone = await phoneOf('+447700900004', '');
    expect((await bench.client.network.links({ ref: phone })).entity.ref).toBe(refs.dacre);
    expect((await refusal(bench.client.network.links({ ref: 'NOM-999' }))).code).toBe('not-found');
  });

  it('tells what is left without some: parts, lines, heirs, and who has to be looked after', async () => {
    const without = await compare([refs.dacre ?? '', 'NOM-999']);
    expect(without.without).toEqual([refs.dacre]);
    expect(without.notLinked).toEqual(['NOM-999']);
    expect(without.after.entities).toBe(without.before.entities - 1);
    expect(without.lines).toEqual([
      expect.objectContaining({ ref: refs.line, state: 'linked', left: [refs.aske] }),
    ]);
    const both = await compare([refs.dacre ?? '', refs.aske ?? '', refs.eskrigg ?? '']);
    expect(both.lines[0]).toMatchObject({ state: 'alone', left: [] });
    expect(both.parts.length).toBeGreaterThan(1);
    expect(both.safeguarding.map(({ ref }) => ref)).toContain(refs.hird);
    expect(both.safeguarding[0]?.words.join(' ')).toContain('Plan who looks after');
    expect(both.lines[0]?.words).toContain('Its recorded holder is taken out.');
    // A child who calls the line is not said to be able to work it.
    const child = await compare([refs.aske ?? '', refs.hird ?? '']);
    expect(child.words[0]).toContain('Hal Hird is looked after, not taken out');
    const lineOut = await compare([refs.line ?? '']);
    expect(lineOut.lines[0]).toMatchObject({ state: 'out', left: [refs.aske, refs.dacre].sort() });
    for (const { by } of both.heirs) for (const { ref } of by) expect(ref).not.toBe(refs.hird);
  });

  it('takes every target of the plan, but nobody who is protected', async () => {
    expect((await refusal(compare([], true))).message).toContain('no targets yet');
    expect((await refusal(compare([]))).code).toBe('invalid');
    expect((await refusal(compare(['nonsense']))).message).toContain('no reference');
    await bench.client.records.makeTargets({ refs: [refs.aske ?? '', refs.hird ?? ''] });
    const report = await measure();
    expect(entityOf(report, 'aske').targets).toHaveLength(1);
    const plan = await compare([], true);
    expect(plan.without).toEqual([refs.aske]);
  });

  it('is measured once for each state of the journal: looking changes nothing, an edit does', async () => {
    const session = sessionOf(bench);
    const moment = momentOf(session);
    const first = await measuresOf(session, moment);
    await measure();
    expect((await measuresOf(session, moment)).refs).toBe(first.refs);
    await bench.client.records.set({ edits: [{ ref: refs.garth ?? '', values: { note: 'seen' } }] });
    expect((await measuresOf(session, moment)).refs).not.toBe(first.refs);
  });

  it('stops when it is asked to, and begins anew afterwards', async () => {
    await bench.client.records.set({ edits: [{ ref: refs.garth ?? '', values: { note: 'seen again' } }] });
    const session = sessionOf(bench);
    const abort = new AbortController();
    const stopped = measuresOf(session, momentOf(session), { signal: abort.signal });
    abort.abort();
    expect((await refusal(stopped)).code).toBe('cancelled');
    const [one, two] = await Promise.all([
      measuresOf(session, momentOf(session)),
      measuresOf(session, momentOf(session)),
    ]);
    expect(one.refs).toBe(two.refs);
  });

  it('writes down who looked', async () => {
    const { entries } = await bench.client.history.list({ operations: ['consultation'], limit: 100 });
    const methods = entries.map(({ method }) => method);
    for (const method of ['network.measure', 'network.links', 'network.compare'])
      expect(methods).toContain(method);
  });
});

it('a workspace without links has an empty network', async () => {
  const empty = await makeWorkspace('Operation Blank');
  try {
    for await (const event of await empty.client.network.measure({}))
      if (event.type === 'done')
        expect(event.report).toMatchObject({
          counts: { entities: 0, links: 0 },
          keyPlayers: [],
          communities: [],
        });
  } finally {
    await empty.engine.close();
  }
}, 60_000);
