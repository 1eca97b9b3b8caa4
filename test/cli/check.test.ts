/** A plan made by `add` and `set` alone: `check` finds nothing in it, and every defect that it is given, by rule name. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runJson } from './cliRun.ts';

const folder = makeFolder();
const workspace = 'op.fellside';
const photograph = join(import.meta.dirname, '..', '..', 'resources', 'demo', 'photographs', 'N-001.png');

/** A day so many days from today, ISO: the command line runs by the clock of the machine. */
const day = (distance: number) => new Date(Date.now() + distance * 86_400_000).toISOString().slice(0, 10);
const strike = `${day(9)}T05:30`;

const run = (command: string, ...rest: string[]) =>
  runJson<{ rows: { ref: string }[] }>(folder, [command, workspace, ...rest]);
const set = run.bind(null, 'set');
const add = async (grid: string, ...values: string[]) => {
  const { rows } = await run('add', grid, ...values);
  return rows[0]?.ref ?? '';
};

interface Report {
  ready: boolean;
  findings: { rule: string; refs: string[] }[];
}
const check = (status: number) => runJson<Report>(folder, ['check', workspace], status);

const refs: Record<string, string> = {};

beforeAll(async () => {
  await runJson(folder, ['new', workspace, '--name', 'Operation Fellgate', '--user', 'A Analyst']);
  await set(
    'OP-1',
    `strike=${strike}`,
    'intelligenceMonths=6',
    'photographMonths=12',
    ...['information', 'intention', 'method', 'administration', 'riskAssessment'].map((key) => `${key}=text`),
    'communications=text',
    'humanRights=text',
  );
  refs.house = await add('premises', 'address=4 Slate Row', 'children=none known');
  refs.flat = await add('premises', 'address=Flat 2, Tarn House');
  refs.man = await add('people', 'name=Maud Ellery', 'dob=1990-04-03', 'category=suspect');
  refs.child = await add(
    'people',
    'name=Tam Birkett',
    `dob=${day(-5000)}`,
    'category=victim',
    'role=WORKER_RUNNER',
  );
  await run('attach', refs.man, photograph, '--taken', day(-60));
  await run('attach', refs.child, photograph, '--taken', day(-60));
  refs.leader = await add('officers', 'name=Ada Leader', 'skills=MOE; first aid');
  refs.second = await add('officers', 'name=Bo Second', 'skills=search');
  const times = [`briefAt=${day(9)}T04:00`, `strikeAt=${strike}`];
  refs.alpha = await add('teams', 'name=Alpha', `leader=${refs.leader}`, ...times);
  refs.bravo = await add('teams', 'name=Bravo', `leader=${refs.second}`, ...times);
  refs.warrant = await add(
    'warrants',
    ...['number=W1', 'power=mda-s23-3', 'authority=JP', `premises=${refs.house}`, 'entries=single'],
    ...[`issued=${day(-4)}`, `expires=${day(24)}`, 'status=issued'],
  );
  refs.target = await add(
    'targets',
    ...[`subject=${refs.man}`, 'objective=search', `premises=${refs.house}`],
    ...[`warrant=${refs.warrant}`, `team=${refs.alpha}`],
  );
  refs.plan = await add(
    'safeguarding',
    ...[`subject=${refs.child}`, 'kind=child', 'plan=text', 'appropriateAdult=Volunteer scheme'],
    ...['referral=nrm-referred', `referredOn=${day(-1)}`],
  );
  await add('targets', `subject=${refs.child}`, 'objective=safeguard', `team=${refs.bravo}`);
  const item = ['text=text', `reportDate=${day(-20)}`];
  await add('intelligence', 'urn=I1', 'grade=1AP', 'subjects=Maud Ellery', ...item);
  await add('intelligence', 'urn=I2', 'grade=2BP', 'subjects=Maud Ellery', ...item);
  refs.item = await add('intelligence', 'urn=I3', 'grade=1BC', 'conditions=A1', ...item);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('check', () => {
  it('finds nothing in a clean plan, and each defect of a broken one by the name of its rule', async () => {
    expect(await check(0)).toEqual({ ready: true, findings: [] });

    const broken: [rule: string, breakPlan: () => Promise<unknown>][] = [];
    const breaks = (rule: string, breakPlan: () => Promise<unknown>) => broken.push([rule, breakPlan]);
    const warrant = (number: string, ...values: string[]) =>
      add(
        'warrants',
        `number=${number}`,
        'power=mda-s23-3',
        'authority=JP',
        `premises=${refs.house}`,
        ...values,
      );
    const issued = [`issued=${day(-4)}`, `expires=${day(24)}`];
    breaks('warrant.expired', () =>
      warrant('W2', `issued=${day(-40)}`, `expires=${day(-12)}`, 'status=issued'),
    );
    breaks('warrant.second-entry', () => warrant('W3', 'entries=single', 'entryNumber=2', ...issued));
    breaks('warrant.too-long', () => warrant('W4', `issued=${day(-4)}`, `expires=${day(86)}`));
    const executed = ['status=executed', `executedAt=${day(-2)}T05:30`];
    breaks('warrant.not-endorsed', () => warrant('W5', ...issued, ...executed, `returnedAt=${day(-1)}`));
    breaks('warrant.not-returned', () => warrant('W6', ...issued, ...executed, `endorsedAt=${day(-1)}`));
    breaks('target.search-without-warrant', () => add('targets', `subject=${refs.flat}`, 'objective=search'));
    breaks('team.double-booked', () =>
      add(
        'targets',
        `subject=${refs.flat}`,
        'objective=safeguard',
        `premises=${refs.flat}`,
        `team=${refs.alpha}`,
      ),
    );
    breaks('team.no-leader', () => add('teams', 'name=Charlie'));
    breaks('officer.in-two-teams', () => add('teams', 'name=Delta', `leader=${refs.second}`));
    breaks('team.entry-without-training', () => set(refs.bravo ?? '', 'methodOfEntry=Forced, enforcer'));
    breaks('team.briefing-after-strike', () => set(refs.alpha ?? '', `briefAt=${day(9)}T06:00`));
    breaks('premises.child-without-plan', () => set(refs.house ?? '', 'children=2 (4 and 7)'));
    breaks('premises.hazard-without-assessment', () =>
      set(refs.house ?? '', 'hazards=needles on the stairs'),
    );
    breaks('premises.closure-notice-over', () =>
      set(refs.flat ?? '', `closureNoticeAt=${day(-8)}T10:00`, 'closureNoticeBy=inspector'),
    );
    breaks('person.child-without-referral', () =>
      set(refs.plan ?? '', 'referral=to-be-assessed', 'referredOn=', 'appropriateAdult='),
    );
    breaks('target.child-without-appropriate-adult', async () => undefined);
    breaks('referral.declined-without-duty-to-notify', () =>
      add('safeguarding', `subject=${refs.man}`, 'kind=adult', 'plan=text', 'referral=declined'),
    );
    breaks('target.single-weak-source', async () => {
      const person = await add('people', 'name=Jo Larch', 'dob=1980-01-01', 'category=suspect');
      await add('targets', `subject=${person}`, 'objective=arrest');
      await add(
        'intelligence',
        'urn=I4',
        'text=text',
        'grade=2DP',
        `reportDate=${day(-20)}`,
        'subjects=Jo Larch',
      );
    });
    // Jo Larch has no photograph, and that of Maud Ellery is older than a month now.
    breaks('target.no-photograph', async () => undefined);
    breaks('target.photograph-old', () => set('OP-1', 'photographMonths=1', 'humanRights='));
    breaks('briefing.section-empty', async () => undefined);
    breaks('target.conflicting-addresses', () =>
      add('targets', `subject=${refs.man}`, 'objective=arrest', `premises=${refs.flat}`),
    );
    breaks('person.category-unset', () => set(refs.man ?? '', 'category='));
    breaks('intelligence.old', () => set(refs.item ?? '', `reportDate=${day(-400)}`));
    breaks('intelligence.ungraded', () =>
      add('intelligence', 'urn=I5', 'text=text', `reportDate=${day(-20)}`),
    );
    breaks('intelligence.handling-without-conditions', () => set(refs.item ?? '', 'conditions='));
    breaks('seizure.cash-without-hearing', () =>
      add('seizures', 'what=Cash', 'cash=4200', `seizedAt=${day(-8)}T10:00`),
    );
    for (const [, breakPlan] of broken) await breakPlan();

    const { ready, findings } = await check(1);
    expect(ready).toBe(false);
    const found = new Set(findings.map(({ rule }) => rule));
    for (const [rule] of broken) expect([...found], rule).toContain(rule);
    const { rules } = await runJson<{ rules: { rule: string }[] }>(folder, ['check', '--rules']);
    const names = new Set(rules.map(({ rule }) => rule));
    for (const rule of found) expect([...names]).toContain(rule);
  }, 240_000);
});
