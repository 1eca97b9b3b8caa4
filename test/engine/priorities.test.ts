/** Priorities through the contract: what counts and what does not, where it comes from, weights and undo. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PriorityReport } from '../../shared/contract/areas/priorities.ts';
import { prioritiesOf } from './prioritiesOf.ts';
import { cleanUp, demoFiles, demoFolder, importPaths, makeWorkspace, writeCsv } from './support.ts';

afterAll(cleanUp);

const people = [
  ['Nominal Ref', 'Name', 'DOB', 'Role', 'Warning markers', 'Home address', 'Postcode'],
  [
    'N-1',
    'Maud Ellery',
    '03/04/1990',
    'Line holder',
    'Violent; Weapons (knife)',
    '4 Kiln Row, Hollinbeck',
    'FE1 2HJ',
  ],
  ['N-2', 'Alec Thorne', '05/06/2011', 'Runner', 'Missing episodes', '9 Mill Lane, Hollinbeck', 'FE1 3AB'],
  ['N-3', 'Bram Ostler', '', 'Street dealer', 'Victim of violence', '', ''],
  ['N-4', 'Hester Fell', '01/02/1960', 'Cuckooed tenant', '', '9 Mill Lane, Hollinbeck', 'FE1 3AB'],
  ['N-5', 'Piers Lund', '01/02/1991', '', '', '', ''],
];
const reports = [
  ['URN', 'Date of report', 'Grading', 'Subject(s)', 'Intelligence'],
  ['I-1', '20/11/2026', '1AP', 'Maud Ellery', 'Maud Ellery drops cash at the station.'],
  ['I-2', '20/11/2026', '3DP', 'Bram Ostler', 'Bram Ostler sells from a bench.'],
  ['I-3', '20/11/2026', '', 'Bram Ostler', 'Bram Ostler has a second phone.'],
  ['I-4', '20/11/2026', '1EP', 'Bram Ostler', 'Bram Ostler owns a boat.'],
  [
    'I-5',
    '21/11/2026',
    '2BP',
    'Maud Ellery; Piers Lund',
    'A boy of 14, aged 14, was kept at 4 Kiln Row, Hollinbeck.',
  ],
  ['I-6', '21/11/2026', '2BP', 'Piers Lund', 'Piers Lund was reported missing by his mother.'],
];

async function makeCase() {
  const bench = await makeWorkspace();
  await importPaths(bench, [writeCsv(bench, 'nominals.csv', people), writeCsv(bench, 'log.csv', reports)]);
  const rows = (await bench.client.grids.page({ grid: 'people', limit: 50 })).rows;
  const refOf = (name: string) => rows.find((row) => row.name === name)?.ref ?? '';
  return { bench, client: bench.client, refOf };
}

const force = (report: PriorityReport, ref: string) => report.enforcement.find((each) => each.ref === ref);
const care = (report: PriorityReport, ref: string) => report.safeguarding.find((each) => each.ref === ref);
const factor = (report: PriorityReport, ref: string, name: string) =>
  force(report, ref)?.factors.find((each) => each.factor === name);

describe('priorities', () => {
  it('count evidence by its grade, each factor with its source', async () => {
    const { client, refOf } = await makeCase();
    const report = await prioritiesOf(client, { sources: 5 });
    const maud = refOf('Maud Ellery');
    expect(report.enforcement[0]?.ref).toBe(maud);
    // A role on a list without a grade counts 40 % of 20 points.
    expect(factor(report, maud, 'role')).toMatchObject({
      points: 8,
      most: 20,
      value: 'Line holder',
      sources: [{ ref: maud, field: 'role', file: 'nominals.csv', row: 2, value: 'LINE_HOLDER' }],
    });
    expect(factor(report, maud, 'weapons')).toMatchObject({ points: 3.2, value: 'Weapons (knife)' });
    // One full report of five, four days old; the one about a boy of 14 is for safeguarding alone.
    expect(factor(report, maud, 'intelligence')?.points).toBeCloseTo(20 * (0.5 ** (4 / 90) / 5), 1);
    expect(factor(report, maud, 'intelligence')?.reasons.join(' ')).toContain('1 report of a child');
    // Low graded and ungraded ones count less, one suspected to be false nothing; all is said.
    const bram = refOf('Bram Ostler');
    expect(factor(report, bram, 'intelligence')?.points).toBeCloseTo(
      20 * (((0.25 + 0.4) * 0.5 ** (4 / 90)) / 5),
      1,
    );
    expect(factor(report, bram, 'intelligence')?.reasons.join(' ')).toMatch(
      /Low graded: counts 25 %.*No grade: counts 40 %.*Suspected to be false: counts nothing/,
    );
    // What was done to a person is no marker of violence.
    expect(factor(report, bram, 'violence')).toBeUndefined();
    expect(force(report, bram)).toMatchObject({ confidence: 'low', band: null });
    expect(force(report, bram)?.lacks).toEqual(
      expect.arrayContaining(['judgement', 'age', 'grade', 'target']),
    );
  }, 60_000);

  it('see to whoever is exploited first, and say what is missing', async () => {
    const { client, refOf } = await makeCase();
    const report = await prioritiesOf(client);
    const alec = refOf('Alec Thorne');
    expect(report.safeguarding[0]?.ref).toBe(alec);
    expect(care(report, alec)).toMatchObject({
      urgency: 'first',
      newPlan: { subject: alec, kind: 'child' },
      plans: [],
    });
    expect(care(report, alec)?.concerns.map(({ concern }) => concern)).toEqual(['under-18', 'missing']);
    expect(care(report, alec)?.gaps.map(({ gap }) => gap)).toEqual(['plan', 'referral', 'agency']);
    // A runner who is a child is on both lists, with the words that go before everything.
    expect(force(report, alec)).toMatchObject({ isExploited: true, isChild: true });
    // A cuckooed tenant is a victim and no matter of enforcement; nor do the premises gain by the tenant or the child.
    const hester = refOf('Hester Fell');
    expect(force(report, hester)).toBeUndefined();
    expect(care(report, hester)?.concerns.map(({ concern }) => concern)).toEqual(['victim']);
    const mill = report.safeguarding.find(({ label }) => label.startsWith('9 Mill Lane'));
    expect(mill?.concerns.map(({ concern }) => concern)).toEqual(['children-there', 'cuckooed']);
    expect(report.enforcement.find(({ label }) => label.startsWith('9 Mill Lane'))).toBeUndefined();
    // Nobody without a date of birth is taken for an adult.
    expect(care(report, refOf('Bram Ostler'))?.concerns.map(({ concern }) => concern)).toContain(
      'age-not-known',
    );
    // A report of somebody missing who is named alone; and one of a boy at an address, which is no concern of the man named.
    expect(care(report, refOf('Piers Lund'))?.concerns.map(({ concern }) => concern)).toEqual(['missing']);
    expect(force(report, refOf('Piers Lund'))).toBeUndefined();
    const kiln = report.safeguarding.find(({ label }) => label.startsWith('4 Kiln Row'));
    expect(kiln?.concerns.map(({ concern }) => concern)).toEqual(['children-there']);
    // A warrant there brings it to the top.
    await client.records.add({ grid: 'warrants', values: { power: 'pace-s8', premises: kiln?.ref ?? '' } });
    const after = await prioritiesOf(client);
    expect(care(after, kiln?.ref ?? '')).toMatchObject({ urgency: 'first' });
    expect(care(after, kiln?.ref ?? '')?.concerns[0]?.concern).toBe('child-at-warrant');
    // A child who is linked with it would come with it: here the other premises, where Alec is known.
    const warrant = (
      await client.records.add({
        grid: 'warrants',
        values: { number: 'FE/26/1', power: 'pace-s8', premises: mill?.ref ?? '' },
      })
    ).rows[0]?.ref;
    const withWarrant = care(await prioritiesOf(client), alec)?.concerns;
    expect(withWarrant?.find(({ concern }) => concern === 'child-at-warrant')).toMatchObject({
      words: 'Linked with premises for which there is a warrant: 9 Mill Lane, Hollinbeck.',
      origins: [{ ref: warrant, field: 'premises' }],
    });
    // A blank plan is one, and says nothing; a written one fills the gap.
    const blank = await client.records.add({
      grid: 'safeguarding',
      values: { subject: alec, kind: 'child' },
    });
    expect(care(await prioritiesOf(client), alec)?.gaps.map(({ gap }) => gap)).toEqual([
      'plan-blank',
      'referral',
      'agency',
    ]);
    await client.records.remove({ refs: [blank.rows[0]?.ref ?? ''] });
    await client.records.add({
      grid: 'safeguarding',
      values: {
        plan: 'Social worker attends.',
        subject: alec,
        kind: 'child',
        agency: 'Children’s Services',
        referral: 'referred',
      },
    });
    expect(care(await prioritiesOf(client), alec)?.gaps).toEqual([]);
  }, 60_000);

  it('find who a report names, and nobody else', async () => {
    const { client, refOf } = await makeCase();
    const before = await prioritiesOf(client);
    const add = (subjects: string, text: string) =>
      client.records.add({
        grid: 'intelligence',
        values: { subjects, text, grade: '1AP', reportDate: '2026-11-24' },
      });
    const points = (report: PriorityReport, ref: string) => factor(report, ref, 'intelligence')?.points ?? 0;
    const maud = refOf('Maud Ellery');
    await add('ELLERY, Maud (line holder)', 'Seen with a bag.');
    const named = await prioritiesOf(client);
    expect(points(named, maud)).toBeGreaterThan(points(before, maud));
    // Neither a longer number nor a longer name of a street is the premises.
    const kiln =
      (await client.grids.page({ grid: 'premises', where: { postcode: 'FE1 2HJ' }, limit: 1 })).rows[0]
        ?.ref ?? '';
    await add('', 'Cars at 14 Kiln Row, Hollinbeck and at 4 Kiln Row, Hollinbeckside.');
    expect(points(await prioritiesOf(client), kiln)).toBe(0);
    await add('', 'Cars at 4 Kiln Row, Hollinbeck all night.');
    expect(points(await prioritiesOf(client), kiln)).toBe(4);
    // Two of one name: nobody knows which is meant, and that is said.
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery', role: 'STREET' } });
    const shared = await prioritiesOf(client);
    expect(points(shared, maud)).toBe(0);
    expect(force(shared, maud)?.lacks).toContain('shared-name');
  }, 60_000);

  it('count the same evidence once, however often it was imported', async () => {
    const { bench, client, refOf } = await makeCase();
    const before = await prioritiesOf(client);
    const again = reports.map(([urn, ...rest], row) => [row === 0 ? 'URN' : `${urn}-copy`, ...rest]);
    await importPaths(bench, [writeCsv(bench, 'copy.csv', again)]);
    expect((await client.grids.page({ grid: 'intelligence', limit: 1 })).total).toBe(12);
    const after = await prioritiesOf(client);
    const points = (report: PriorityReport) => report.enforcement.map(({ ref, points: each }) => [ref, each]);
    expect(points(after)).toEqual(points(before));
    expect(factor(after, refOf('Maud Ellery'), 'intelligence')?.reasons.join(' ')).toContain(
      '1 more with the same words: counted once',
    );
  }, 60_000);

  it('take the judgement of an analyst with who and when, and its band', async () => {
    const { client, refOf } = await makeCase();
    const ref = refOf('Bram Ostler');
    const { rows } = await client.records.makeTargets({ refs: [ref] });
    await client.records.set({
      edits: [{ ref: rows[0]?.ref ?? '', values: { harm: 4, likelihood: 5, riskConfidence: 'high' } }],
    });
    const report = await prioritiesOf(client);
    expect(factor(report, ref, 'judgement')).toMatchObject({
      points: 24,
      most: 30,
      value: 'Harm 4 × likelihood 5',
      by: 'A Analyst',
      at: expect.stringMatching(/^2026-11-24T/),
    });
    expect(force(report, ref)).toMatchObject({ band: 'high', target: rows[0]?.ref });
    expect(force(report, ref)?.lacks).not.toContain('judgement');
    const detail = await client.priorities.about({ ref });
    expect(detail.enforcement?.factors.every(({ sources }) => (sources ?? []).length > 0)).toBe(true);
    await expect(client.priorities.about({ ref: 'INT-1' })).rejects.toMatchObject({
      message: expect.stringContaining('no person, premises or deal line'),
    });
  }, 60_000);

  it('go by the user’s weights, which are undone like any change', async () => {
    const { client, refOf } = await makeCase();
    const maud = refOf('Maud Ellery');
    const { weights, defaults } = await client.priorities.weights();
    expect(weights).toEqual(defaults);
    expect((await prioritiesOf(client)).isDefault).toBe(true);
    expect(
      await client.priorities.saveWeights({ weights: { ...weights, roleHolder: 50, gradeNone: 100 } }),
    ).toEqual({
      saved: true,
    });
    const report = await prioritiesOf(client);
    expect(report.isDefault).toBe(false);
    expect(factor(report, maud, 'role')?.points).toBe(50);
    expect(
      await client.priorities.saveWeights({ weights: { ...weights, roleHolder: 50, gradeNone: 100 } }),
    ).toEqual({ saved: false });
    const { summary } = await client.history.undo({});
    expect(summary).toContain('weights of priorities');
    expect(factor(await prioritiesOf(client), maud, 'role')?.points).toBe(8);
    await client.history.redo();
    expect(factor(await prioritiesOf(client), maud, 'role')?.points).toBe(50);
    expect((await client.history.verify()).ok).toBe(true);
    await expect(
      client.priorities.saveWeights({ weights: { ...weights, roleHolder: 101 } }),
    ).rejects.toThrow();
  }, 60_000);

  it('are a consultation, and can be narrowed', async () => {
    const { client, refOf } = await makeCase();
    const all = await prioritiesOf(client);
    const some = await prioritiesOf(client, { kind: 'people', text: 'thorne', limit: 5 });
    expect(some.safeguarding.map(({ ref }) => ref)).toEqual([refOf('Alec Thorne')]);
    expect(some.counts.safeguarding).toBe(all.counts.safeguarding);
    expect(some.counts.safeguardingShown).toBe(1);
    const unknown = await prioritiesOf(client, { concern: 'age-not-known' });
    expect(unknown.safeguarding.map(({ ref }) => ref)).toEqual([refOf('Bram Ostler')]);
    await client.priorities.about({ ref: refOf('Alec Thorne') });
    const { entries } = await client.history.list({ limit: 20 });
    expect(entries.map(({ method }) => method)).toEqual(
      expect.arrayContaining(['priorities.list', 'priorities.about']),
    );
  }, 60_000);

  it('follow merges, closed lines and the role of a target', async () => {
    const { client, refOf } = await makeCase();
    const maud = refOf('Maud Ellery');
    const twin =
      (await client.records.add({ grid: 'people', values: { name: 'Maud Elery', role: 'LINE_HOLDER' } }))
        .rows[0]?.ref ?? '';
    const apart = await prioritiesOf(client);
    expect(factor(apart, twin, 'role')?.points).toBe(20);
    await client.matching.merge({ refs: [maud, twin] });
    const merged = await prioritiesOf(client);
    // One person, with the better of both sayings: an analyst's entry counts in full.
    expect(merged.enforcement.filter(({ label }) => /El+ery/.test(label))).toHaveLength(1);
    const root = merged.enforcement.find(({ label }) => /El+ery/.test(label));
    expect(root?.factors.find((each) => each.factor === 'role')?.points).toBe(20);
    expect((await client.priorities.about({ ref: twin })).ref).toBe(root?.ref);
    // The role of a target counts where the person has none.
    const piers = refOf('Piers Lund');
    const targets = await client.records.makeTargets({ refs: [piers], values: { role: 'DRIVER' } });
    expect(factor(await prioritiesOf(client), piers, 'role')).toMatchObject({
      points: 8,
      origins: [{ ref: targets.rows[0]?.ref, field: 'role' }],
    });
    // A line that names its holder; a closed one says so.
    const line =
      (
        await client.records.add({
          grid: 'lines',
          values: { name: 'Max', holder: piers, violence: 'yes', status: 'closed-type-1' },
        })
      ).rows[0]?.ref ?? '';
    const withLine = await prioritiesOf(client);
    expect(factor(withLine, piers, 'role')).toMatchObject({
      points: 20,
      value: 'Named as a holder of a line',
    });
    // Spoken of as missing, the holder is protected: the people of the line count without them.
    expect(force(withLine, line)?.factors.map((each) => each.factor)).toEqual(['people', 'violence']);
    expect(force(withLine, line)?.lacks[0]).toBe('line-closed');
  }, 60_000);

  it('are narrowed to records and what has to do with them', async () => {
    const { client, refOf } = await makeCase();
    const mill = (await client.grids.page({ grid: 'premises', where: { postcode: 'FE1 3AB' }, limit: 1 }))
      .rows[0]?.ref;
    const report = await prioritiesOf(client, { refs: [mill ?? ''] });
    expect(report.safeguarding.map(({ ref }) => ref).sort()).toEqual(
      [mill, refOf('Alec Thorne'), refOf('Hester Fell')].sort(),
    );
    expect(report.enforcement.map(({ ref }) => ref)).toEqual([refOf('Alec Thorne')]);
    const missing = await prioritiesOf(client, { concern: 'missing' });
    expect(missing.enforcement.map(({ ref }) => ref)).toEqual([refOf('Alec Thorne')]);
  }, 60_000);

  it('stop when asked, and begin anew when something changes meanwhile', async () => {
    const { client, refOf } = await makeCase();
    const stop = new AbortController();
    stop.abort();
    await expect(
      (async () => {
        for await (const _ of await client.priorities.list({}, { signal: stop.signal }));
      })(),
    ).rejects.toThrow();
    const [first] = await Promise.all([
      prioritiesOf(client),
      client.records.set({
        edits: [{ ref: refOf('Bram Ostler'), values: { victimStatus: 'potential-victim' } }],
      }),
    ]);
    const second = await prioritiesOf(client);
    expect(care(second, refOf('Bram Ostler'))?.concerns.map(({ concern }) => concern)).toContain('victim');
    expect(first.counts.safeguarding).toBe(second.counts.safeguarding);
  }, 60_000);
});

it('tells the demonstration operation as its truth has it', async () => {
  const bench = await makeWorkspace();
  await importPaths(
    bench,
    demoFiles.filter((file) => file !== 'call data.csv').map((file) => join(demoFolder, file)),
  );
  await bench.client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:30' } }] });
  const report = await prioritiesOf(bench.client, { limit: 1000 });
  // The line holder and the owner lead the people; nobody of them is a child.
  const first = report.enforcement.filter(({ kind }) => kind === 'people').slice(0, 2);
  expect(first.map(({ label }) => label).sort()).toEqual(['Devon Marcus Harcastle', 'Tariq Okonjo-Reid']);
  expect(report.enforcement.filter(({ isChild }) => isChild)).toEqual([]);
  // All eight children are seen to first.
  const children = report.safeguarding.filter(({ concerns }) =>
    concerns.some(({ concern }) => concern === 'under-18'),
  );
  expect(children).toHaveLength(8);
  expect(children.every(({ urgency }) => urgency === 'first')).toBe(true);
}, 120_000);
