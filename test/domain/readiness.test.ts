/** A plan that is clean, built the way an analyst builds it, and what is found when one thing in it is broken. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readinessRules } from '../../shared/domain/readiness/checkPlan.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from '../engine/support.ts';
import { cleanUp, demoFolder, makeWorkspace, onlyRef } from '../engine/support.ts';

type Values = Record<string, CellValue>;

let bench: Bench;
/** How many changes a case made, to be undone after it. */
let changes = 0;
const ref: Record<string, string> = {};

const add = async (grid: GridName, values: Values) => {
  const made = onlyRef(await bench.client.records.add({ grid, values }));
  changes += 1;
  return made;
};
const set = async (row: string | undefined, values: Values) => {
  await bench.client.records.set({ edits: [{ ref: row ?? '', values }] });
  changes += 1;
};
const attach = async (row: string, takenOn: string | null) => {
  const grant = bench.engine.grants.add(join(demoFolder, 'photographs', 'N-001.png'), 'file');
  await bench.client.records.attachPhotograph({ ref: row, grant, takenOn });
  changes += 1;
};
const found = async () => [
  ...new Set((await bench.client.readiness.check()).findings.map((finding) => finding.rule)),
];

const strike = '2026-12-03T05:30';

beforeAll(async () => {
  bench = await makeWorkspace();
  await set('OP-1', {
    strike,
    intelligenceMonths: 6,
    photographMonths: 12,
    information: 'i',
    intention: 'i',
    method: 'm',
    administration: 'a',
    riskAssessment: 'r',
    communications: 'c',
    humanRights: 'h',
  });
  ref.house = await add('premises', { address: '4 Slate Row', children: 'none known' });
  ref.flat = await add('premises', { address: 'Flat 2, Tarn House' });
  ref.man = await add('people', { name: 'Maud Ellery', dob: '1990-04-03', category: 'suspect' });
  ref.child = await add('people', {
    name: 'Tam Birkett',
    dob: '2011-05-06',
    category: 'victim',
    role: 'WORKER_RUNNER',
  });
  await attach(ref.man, '2026-09-01');
  await attach(ref.child, '2026-10-01');
  ref.leader = await add('officers', { name: 'Ada Leader', skills: 'MOE; first aid' });
  ref.second = await add('officers', { name: 'Bo Second', skills: 'search' });
  ref.alpha = await add('teams', {
    name: 'Alpha',
    leader: ref.leader,
    briefAt: '2026-12-03T04:00',
    strikeAt: strike,
  });
  ref.bravo = await add('teams', {
    name: 'Bravo',
    leader: ref.second,
    briefAt: '2026-12-03T04:00',
    strikeAt: strike,
  });
  ref.warrant = await add('warrants', {
    number: 'W1',
    power: 'mda-s23-3',
    authority: 'JP',
    premises: ref.house,
    issued: '2026-11-20',
    expires: '2026-12-20',
    entries: 'single',
    status: 'issued',
  });
  ref.target = await add('targets', {
    subject: ref.man,
    objective: 'search',
    premises: ref.house,
    warrant: ref.warrant,
    team: ref.alpha,
  });
  ref.plan = await add('safeguarding', {
    subject: ref.child,
    kind: 'child',
    plan: 'p',
    appropriateAdult: 'Volunteer scheme',
    referral: 'nrm-referred',
    referredOn: '2026-11-23',
  });
  ref.childTarget = await add('targets', { subject: ref.child, objective: 'safeguard', team: ref.bravo });
  for (const [urn, grade] of [
    ['I1', '1AP'],
    ['I2', '2BP'],
  ] as const) {
    await add('intelligence', { urn, text: 't', grade, reportDate: '2026-11-01', subjects: 'Maud Ellery' });
  }
  ref.line = await add('lines', { name: 'Slate', status: 'active', holder: ref.man });
  ref.item = await add('intelligence', {
    urn: 'I3',
    text: 't',
    grade: '1BC',
    conditions: 'A1',
    reportDate: '2026-11-01',
  });
  changes = 0;
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

/** The rule, and what breaks the plan so that it alone is found. */
const cases: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['operation.no-strike', () => set('OP-1', { strike: null })],
  ['warrant.expired', () => set(ref.warrant, { issued: '2026-10-20', expires: '2026-11-20' })],
  [
    'warrant.expires-within-48-hours',
    () => set(ref.warrant, { issued: '2026-11-04', expires: '2026-12-04' }),
  ],
  ['warrant.expires-within-7-days', () => set(ref.warrant, { issued: '2026-11-09', expires: '2026-12-09' })],
  ['warrant.second-entry', () => set(ref.warrant, { entryNumber: 2 })],
  [
    'warrant.entry-authority',
    () => set(ref.warrant, { entries: 'multiple', entryNumber: 2, entryAuthority: 'PS Hill' }),
  ],
  ['warrant.too-long', () => set(ref.warrant, { expires: '2027-02-20' })],
  ['warrant.no-issued', () => set(ref.warrant, { issued: null })],
  ['warrant.no-expiry', () => set(ref.warrant, { expires: null })],
  ['warrant.authority', () => set(ref.warrant, { authority: 'PS 12 Hill' })],
  ['warrant.issued-after-strike', () => set(ref.warrant, { issued: '2026-12-04', expires: '2027-01-04' })],
  ['warrant.issued-in-future', () => set(ref.warrant, { issued: '2026-11-30', expires: '2026-12-30' })],
  ['warrant.unspecified-premises', () => set(ref.warrant, { power: 'pace-s8-all' })],
  ['warrant.no-premises', () => set(ref.warrant, { premises: null })],
  [
    'warrant.number-twice',
    () =>
      add('warrants', {
        number: 'w1',
        power: 'pace-s8',
        premises: ref.flat ?? '',
        issued: '2026-11-20',
        expires: '2027-02-20',
      }),
  ],
  [
    'warrant.not-endorsed',
    () => set(ref.warrant, { status: 'executed', executedAt: '2026-11-23T05:30', returnedAt: '2026-11-24' }),
  ],
  [
    'warrant.not-returned',
    () => set(ref.warrant, { status: 'executed', executedAt: '2026-11-23T05:30', endorsedAt: '2026-11-24' }),
  ],
  [
    'warrant.executed-before-issued',
    () =>
      set(ref.warrant, {
        status: 'returned',
        executedAt: '2026-11-19T05:30',
        endorsedAt: '2026-11-20',
        returnedAt: '2026-11-20',
      }),
  ],
  [
    'warrant.returned-before-executed',
    () =>
      set(ref.warrant, {
        status: 'returned',
        executedAt: '2026-11-23T05:30',
        endorsedAt: '2026-11-23',
        returnedAt: '2026-11-22',
      }),
  ],
  ['target.search-without-warrant', () => add('targets', { subject: ref.flat ?? '', objective: 'search' })],
  ['target.person-twice', () => add('targets', { subject: ref.man ?? '', objective: 'arrest' })],
  ['target.warrant-elsewhere', () => set(ref.target, { premises: ref.flat ?? '' })],
  ['team.no-leader', () => set(ref.bravo, { leader: null })],
  [
    'team.double-booked',
    () =>
      add('targets', {
        subject: ref.flat ?? '',
        objective: 'safeguard',
        premises: ref.flat ?? '',
        team: ref.alpha ?? '',
      }),
  ],
  ['officer.in-two-teams', () => set(ref.bravo, { members: ref.leader ?? '' })],
  ['team.entry-without-training', () => set(ref.bravo, { methodOfEntry: 'Forced, enforcer' })],
  ['team.briefing-after-strike', () => set(ref.alpha, { briefAt: '2026-12-03T06:00' })],
  ['team.finish-before-strike', () => set(ref.alpha, { finishAt: '2026-12-03T05:00' })],
  ['premises.child-without-plan', () => set(ref.house, { children: '2 (4 and 7)' })],
  ['premises.vulnerable-without-plan', () => set(ref.house, { cuckooed: 'suspected' })],
  ['premises.hazard-without-assessment', () => set(ref.house, { hazards: 'needles on the stairs' })],
  ['premises.hazard-without-assessment', () => set(ref.house, { dogs: 'two, loose' })],
  [
    'premises.closure-notice-over',
    () => set(ref.flat, { closureNoticeAt: '2026-11-20T10:00', closureNoticeBy: 'inspector' }),
  ],
  ['premises.closure-order-over', () => set(ref.flat, { closureOrderUntil: '2026-11-20' })],
  ['person.child-without-referral', () => set(ref.plan, { referral: 'to-be-assessed', referredOn: null })],
  [
    'person.child-without-referral',
    () => add('people', { name: 'Kit Moss', dob: '2009-12-04', role: 'STREET', category: 'victim' }),
  ],
  [
    'person.child-without-referral',
    () => add('people', { name: 'Kit Moss', dobText: 'age 16', role: 'STREET', category: 'victim' }),
  ],
  ['target.child-without-appropriate-adult', () => set(ref.plan, { appropriateAdult: null })],
  [
    'referral.declined-without-duty-to-notify',
    () => add('safeguarding', { subject: ref.man ?? '', kind: 'adult', plan: 'p', referral: 'declined' }),
  ],
  [
    'referral.declined-without-duty-to-notify',
    () =>
      add('referrals', {
        name: 'Maud Ellery',
        person: ref.man ?? '',
        dob: '1990-04-03',
        consent: 'declined',
      }),
  ],
  [
    'referral.child-without-plan',
    () => add('referrals', { name: 'Ivo Carr', dob: '2012-01-01', nrm: 'referred' }),
  ],
  ['person.category-unset', () => set(ref.man, { category: null })],
  [
    'target.no-photograph',
    async () => {
      const person = await add('people', { name: 'Jo Larch', dob: '1980-01-01', category: 'suspect' });
      await add('targets', { subject: person, objective: 'arrest' });
    },
  ],
  ['target.photograph-old', () => set('OP-1', { photographMonths: 2 })],
  [
    'target.conflicting-addresses',
    () => add('targets', { subject: ref.man ?? '', objective: 'arrest', premises: ref.flat ?? '' }),
  ],
  [
    'target.victim-to-be-arrested',
    () => set(ref.childTarget, { objective: 'arrest', role: 'EXPLOITED_CHILD' }),
  ],
  [
    'target.single-weak-source',
    async () => {
      const person = await add('people', { name: 'Jo Larch', dob: '1980-01-01', category: 'suspect' });
      await attach(person, '2026-10-01');
      await add('targets', { subject: person, objective: 'arrest' });
      await add('intelligence', {
        urn: 'I9',
        text: 't',
        grade: '2DP',
        reportDate: '2026-11-01',
        subjects: 'Jo Larch',
      });
    },
  ],
  [
    'target.single-weak-source',
    async () => {
      const person = await add('people', { name: 'Jo Larch', dob: '1980-01-01', category: 'suspect' });
      await attach(person, '2026-10-01');
      await add('targets', { subject: person, objective: 'arrest' });
      for (const urn of ['I9', 'I10'])
        await add('intelligence', {
          urn,
          text: 't',
          grade: '1EP',
          reportDate: '2026-11-01',
          subjects: `${person}; other`,
        });
    },
  ],
  ['intelligence.old', () => set(ref.item, { reportDate: '2026-06-02' })],
  ['intelligence.ungraded', () => set(ref.item, { grade: null })],
  ['intelligence.handling-without-conditions', () => set(ref.item, { conditions: null })],
  ['briefing.section-empty', () => set('OP-1', { humanRights: null })],
  ['briefing.section-empty', () => set('OP-1', { briefingModel: 'SAFCORM' })],
  [
    'seizure.cash-without-hearing',
    () => add('seizures', { what: 'Cash', cash: 4200, seizedAt: '2026-11-20T10:00' }),
  ],
  [
    'seizure.cash-without-hearing',
    () =>
      add('seizures', {
        what: 'Cash',
        cash: 4200,
        seizedAt: '2026-11-20T10:00',
        cashHearingOn: '2026-11-25',
      }),
  ],
  ['line.ddtro-overdue', () => set(ref.line, { ddtroMadeOn: '2026-11-10' })],
  ['line.closed-without-charge', () => set(ref.line, { status: 'closed-type-1' })],
  ['safeguarding.grounds-overdue', () => set(ref.plan, { referredOn: '2026-11-02' })],
  [
    'arrest.detention-over',
    () => add('arrests', { person: ref.man ?? '', detentionFrom: '2026-11-22T10:00' }),
  ],
  [
    'arrest.charged-before-arrest',
    () =>
      add('arrests', {
        person: ref.man ?? '',
        arrestedAt: '2026-11-22T10:00',
        chargedAt: '2026-11-22T09:00',
        disposal: 'charged',
      }),
  ],
  [
    'result.entry-outside-warrant',
    () =>
      add('results', {
        warrant: ref.warrant ?? '',
        premises: ref.house ?? '',
        enteredAt: '2026-11-19T05:30',
      }),
  ],
  [
    'result.other-premises',
    () =>
      add('results', { warrant: ref.warrant ?? '', premises: ref.flat ?? '', enteredAt: '2026-11-22T05:30' }),
  ],
  [
    'action.overdue',
    () => add('actions', { title: 'Visit the school', strand: 'prevent', due: '2026-11-20' }),
  ],
];

describe('readiness', () => {
  it('finds nothing in a clean plan', async () => {
    expect((await bench.client.readiness.check()).findings).toEqual([]);
  });

  test.each(cases)('%s', async (rule, breakPlan) => {
    changes = 0;
    await breakPlan();
    const rules = await found();
    const made = changes;
    for (let count = 0; count < made; count += 1) await bench.client.history.undo({});
    expect(rules).toEqual([rule]);
    expect(await found()).toEqual([]);
  });

  it('does not ask for what is not due', async () => {
    changes = 0;
    await add('seizures', { what: 'Cash', cash: 400, seizedAt: '2026-11-20T10:00' });
    await add('seizures', {
      what: 'Cash',
      cash: 4200,
      seizedAt: '2026-11-20T10:00',
      cashHearingOn: '2026-11-24',
    });
    await add('arrests', { person: ref.man ?? '', detentionFrom: '2026-11-24T01:00' });
    await set(ref.flat, { closureNoticeAt: '2026-11-23T10:30', closureNoticeBy: 'superintendent' });
    await set(ref.line, { ddtroMadeOn: '2026-11-18' });
    await add('safeguarding', {
      subject: ref.man ?? '',
      kind: 'adult',
      plan: 'p',
      referral: 'declined',
      notifiedOn: '2026-11-24',
    });
    await add('warrants', { number: 'W9', power: 'pace-s8', status: 'cancelled', premises: ref.flat ?? '' });
    await add('targets', { subject: ref.man ?? '', premises: ref.flat ?? '', status: 'dropped' });
    expect(await found()).toEqual([]);
    const made = changes;
    for (let count = 0; count < made; count += 1) await bench.client.history.undo({});
  });

  it('lists every rule once, with why and source', () => {
    const names = readinessRules.map(({ rule }) => rule);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(40);
    for (const { rule, why, source } of readinessRules) {
      expect(why.length, rule).toBeGreaterThan(10);
      expect(source.length, rule).toBeGreaterThan(10);
    }
    for (const [rule] of cases) expect(names).toContain(rule);
  });
});
