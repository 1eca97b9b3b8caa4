/**
 * What concerns safeguarding never adds to suspicion: whoever turns out to be a child, a victim, missing, at risk or the
 * tenant of a cuckooed home gains no point of enforcement, and nobody else does by it; and no such fact moves the one
 * it is about further down the list of safeguarding.
 */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { PriorityReport } from '../../shared/contract/areas/priorities.ts';
import { ageKnownOn } from '../../shared/domain/priorities/age.ts';
import { enforcementOf } from '../../shared/domain/priorities/enforcement.ts';
import type {
  Frame,
  LineFacts,
  PersonFacts,
  PlaceFacts,
  Report,
} from '../../shared/domain/priorities/facts.ts';
import { bySafeguarding, safeguardingOf } from '../../shared/domain/priorities/safeguarding.ts';
import { defaultWeights } from '../../shared/reference/priorityWeights.ts';
import { prioritiesOf } from './prioritiesOf.ts';
import type { Client } from './support.ts';
import { cleanUp, makeWorkspace } from './support.ts';

afterAll(cleanUp);

const frame: Frame = {
  day: '2026-12-03',
  isStrike: true,
  today: '2026-11-24',
  weights: defaultWeights,
  matrix: { riskScale: 5, riskHighFrom: 15, riskMediumFrom: 8 },
};

const roles = [
  '',
  'LINE_HOLDER',
  'TOP_UP',
  'ENFORCER',
  'STREET',
  'WORKER_RUNNER',
  'USER',
  'ASSOC',
  'CUCKOOED',
];
const grades = [null, '1AP', '2BP', '2CP', '3DP', '1EP'];

const report = fc.record({
  refs: fc.constantFrom(['INT-1'], ['INT-2', 'INT-3']),
  grade: fc.constantFrom(...grades),
  date: fc.constantFrom(null, '2026-11-20', '2026-01-02'),
  sheets: fc.constantFrom([1], [1, 2]),
  isOfMissing: fc.boolean(),
  isOfExploitation: fc.boolean(),
  isOfChild: fc.boolean(),
});

const person = fc
  .record({
    dob: fc.constantFrom(null, '1985-04-01', '2011-02-03'),
    dobText: fc.constantFrom(null, 'c.1990', 'age 16', 'about 30'),
    role: fc.constantFrom(...roles),
    category: fc.constantFrom(null, 'suspect', 'witness', 'convicted', 'suspect,witness'),
    victimStatus: fc.constantFrom(null, 'not-identified', 'to-be-assessed'),
    markers: fc.constantFrom(null, 'Violent', 'Weapons (knife); Violent', 'Dog at address'),
    adultAtRisk: fc.constantFrom(null, 'no'),
  })
  .chain((row) =>
    fc.record({
      row: fc.constant(row),
      grade: fc.constantFrom(...grades),
      reports: fc.array(report, { maxLength: 4 }),
      calls: fc.array(
        fc.record({
          kind: fc.constant('broadcast' as const),
          score: fc.nat(100),
          phone: fc.constant('PHN-1'),
        }),
        { maxLength: 2 },
      ),
      objective: fc.constantFrom(null, 'arrest', 'safeguard'),
      isHolder: fc.boolean(),
      atWarrant: fc.boolean(),
    }),
  );
type Given = typeof person extends fc.Arbitrary<infer T> ? T : never;

interface Extra {
  row?: Partial<Record<string, string>>;
  referral?: boolean;
  report?: Report;
}

const none = { calls: [], hasSharedName: false, judgement: null, plans: [], targets: [] };

function factsOf(given: Given, extras: readonly Extra[], number = 1): PersonFacts {
  const ref = `NOM-${number}`;
  const row: PersonFacts['row'] = { ref, ...given.row };
  for (const extra of extras)
    for (const [field, value] of Object.entries(extra.row ?? {}))
      row[field] =
        field === 'markers' || field === 'category'
          ? [row[field], value].filter(Boolean).join(field === 'markers' ? '; ' : ',')
          : value;
  const referrals = extras.flatMap(({ referral }) =>
    referral
      ? [{ ref: 'RFL-1', category: 'Adult', concern: 'Afraid', nrm: 'Submitted', agency: 'Social care' }]
      : [],
  );
  return {
    ...none,
    kind: 'people',
    ref,
    label: `Person ${number}`,
    row,
    sayings: new Map([
      ['role', [{ value: given.row.role, grade: given.grade, sheet: 1 }]],
      ['markers', [{ value: given.row.markers ?? '', grade: given.grade, sheet: 1 }]],
    ]),
    reports: [...given.reports, ...extras.flatMap((extra) => extra.report ?? [])],
    calls: given.calls,
    targets: given.objective === null ? [] : [{ ref: 'TGT-1', subject: ref, objective: given.objective }],
    referrals,
    age: ageKnownOn(row, frame.day),
    atWarrants: given.atWarrant ? [{ premises: 'Premises', warrant: 'WAR-1' }] : [],
    holderOf: given.isHolder ? ['LINE-1'] : [],
  };
}

const ofMissing: Report = {
  refs: ['INT-9'],
  grade: '1AP',
  date: '2026-11-23',
  sheets: [9],
  isOfMissing: true,
  isOfExploitation: false,
  isOfChild: false,
};

const extra: fc.Arbitrary<Extra> = fc.oneof(
  fc.constantFrom(
    { row: { dob: '2010-05-05' } },
    { row: { victimStatus: 'potential-victim' } },
    { row: { victimStatus: 'confirmed-victim' } },
    { row: { category: 'victim' } },
    { row: { adultAtRisk: 'yes' } },
    { row: { markers: 'Missing episodes' } },
    { row: { markers: 'Victim of violence' } },
    { row: { markers: 'Child' } },
    { row: { markers: 'Vulnerable' } },
    { row: { role: 'EXPLOITED_CHILD' } },
  ),
  fc.constant({ referral: true }),
  fc.constantFrom(
    { report: ofMissing },
    { report: { ...ofMissing, isOfMissing: false, isOfExploitation: true } },
  ),
);

const place = (people: readonly PersonFacts[], cuckooed: string | null): PlaceFacts => ({
  ...none,
  kind: 'premises',
  ref: 'PRM-1',
  label: 'Premises',
  row: { ref: 'PRM-1', cuckooed, hazards: 'Weapons intel' },
  sayings: new Map(),
  reports: [],
  people,
  warrants: [],
  cuckooedBy: [],
});

const line = (people: readonly PersonFacts[]): LineFacts => ({
  ...none,
  kind: 'lines',
  ref: 'LINE-1',
  label: 'Line',
  row: { ref: 'LINE-1', violence: 'yes' },
  sayings: new Map(),
  reports: [],
  people,
});

it('no fact of safeguarding adds to a score, and none moves anybody down', () => {
  fc.assert(
    fc.property(
      fc.array(person, { minLength: 2, maxLength: 5 }),
      fc.array(extra, { minLength: 1, maxLength: 3 }),
      extra,
      (given, earlier, fact) => {
        const build = (extras: readonly Extra[], cuckooed: string | null) => {
          const people = given.map((each, at) => factsOf(each, at === 0 ? extras : [], at + 1));
          return [...people, place(people, cuckooed), line(people)];
        };
        const points = (subjects: ReturnType<typeof build>) =>
          subjects.map((subject) => enforcementOf(subject, frame)?.points ?? 0);
        const rank = (subjects: ReturnType<typeof build>) => {
          const found = subjects
            .flatMap((subject) => safeguardingOf(subject, frame) ?? [])
            .sort(bySafeguarding);
          const at = found.findIndex(({ ref }) => ref === 'NOM-1');
          return at < 0 ? Number.POSITIVE_INFINITY : at;
        };
        const before = build(earlier, null);
        const after = build([...earlier, fact], 'yes');
        const [was, is] = [points(before), points(after)];
        for (const [at, value] of is.entries()) expect(value).toBeLessThanOrEqual(was[at] ?? 0);
        // The cuckooed premises come into the list and are not what the person is compared with.
        expect(rank(build([...earlier, fact], null))).toBeLessThanOrEqual(rank(before));
      },
    ),
    { numRuns: 800 },
  );
});

const facts = [
  { do: 'set', values: { dob: '2011-01-01' } },
  { do: 'set', values: { victimStatus: 'potential-victim' } },
  { do: 'set', values: { adultAtRisk: 'suspected' } },
  { do: 'set', values: { markers: 'Violent; Missing episodes' } },
  { do: 'set', values: { role: 'EXPLOITED_CHILD' } },
  { do: 'set', values: { vulnerability: 'Reported missing twice since May' } },
  { do: 'report', text: 'was reported missing and found out of area.' },
  { do: 'report', text: 'is being exploited; a child of 13 is with them.' },
  { do: 'referral' },
  { do: 'cuckooed' },
  { do: 'children' },
] as const;

const names = ['Maud Ellery', 'Alec Thorne', 'Bram Ostler'];

async function addFact(client: Client, fact: (typeof facts)[number], who: number): Promise<string> {
  const person = `NOM-${who + 1}`;
  if (fact.do === 'set') await client.records.set({ edits: [{ ref: person, values: fact.values }] });
  else if (fact.do === 'report')
    await client.records.add({
      grid: 'intelligence',
      values: {
        text: `${names[who]} ${fact.text}`,
        subjects: names[who] ?? '',
        grade: '1AP',
        reportDate: '2026-11-23',
      },
    });
  else if (fact.do === 'referral')
    await client.records.add({
      grid: 'referrals',
      values: {
        name: names[who] ?? '',
        person,
        category: 'Child',
        concern: 'Missing overnight',
        nrm: 'Submitted',
      },
    });
  else
    await client.records.set({
      edits: [
        { ref: 'PRM-1', values: fact.do === 'cuckooed' ? { cuckooed: 'yes' } : { children: '2 (4, 9)' } },
      ],
    });
  return fact.do === 'cuckooed' || fact.do === 'children' ? 'PRM-1' : person;
}

it('the same through the workspace, fact by fact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ fact: fc.constantFrom(...facts), who: fc.nat(2) }), {
        minLength: 6,
        maxLength: 10,
      }),
      async (steps) => {
        const { client } = await makeWorkspace();
        for (const [at, name] of names.entries())
          await client.records.add({
            grid: 'people',
            values: {
              name,
              role: ['LINE_HOLDER', 'STREET', 'WORKER_RUNNER'][at] ?? '',
              markers: 'Violent',
              category: 'suspect',
            },
          });
        await client.records.add({
          grid: 'premises',
          values: { address: '4 Kiln Row, Hollinbeck', hazards: 'Knives' },
        });
        await client.records.add({
          grid: 'intelligence',
          values: {
            text: 'Deals by the bridge.',
            subjects: 'Alec Thorne',
            grade: '2BP',
            reportDate: '2026-11-20',
          },
        });
        await client.records.makeTargets({ refs: ['NOM-1', 'PRM-1'], values: { harm: 3, likelihood: 3 } });
        let before = await prioritiesOf(client);
        const pointsOf = (report: PriorityReport, ref: string) =>
          report.enforcement.find((each) => each.ref === ref)?.points ?? 0;
        const rankOf = (report: PriorityReport, ref: string) => {
          const at = report.safeguarding.findIndex((each) => each.ref === ref);
          return at < 0 ? Number.POSITIVE_INFINITY : at;
        };
        for (const { fact, who } of steps) {
          const about = await addFact(client, fact, who);
          const after = await prioritiesOf(client);
          for (const { ref, points } of after.enforcement)
            expect(points).toBeLessThanOrEqual(pointsOf(before, ref));
          expect(rankOf(after, about)).toBeLessThanOrEqual(rankOf(before, about));
          before = after;
        }
        await client.workspace.close();
      },
    ),
    { numRuns: 6 },
  );
}, 120_000);
