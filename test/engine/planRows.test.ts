/** The check after a change says what a check from nothing says: kept rows are never behind the plan. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { momentOf } from '../../electron/engine/context.ts';
import { readLabels } from '../../electron/engine/database/queries/rows.ts';
import { checkReadiness } from '../../electron/engine/plan/readiness.ts';
import type { Bench } from './support.ts';
import { cleanUp, demoFolder, importPaths, makeWorkspace, onlyRef, sessionOf, writeCsv } from './support.ts';

let bench: Bench;
const people: string[] = [];
const premises: string[] = [];
/** The last entry of the setting. */
let settingSeq = 0;
let officer = '';
/** People whom no sheet of the setting knows, and intelligence about one of them and about a place of the plan. */
const sheets: string[] = [];

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  for (const [index, dob] of ['2011-02-01', '1990-02-01', null].entries())
    people.push(
      onlyRef(await client.records.add({ grid: 'people', values: { name: `Person ${index}`, dob } })),
    );
  for (const children of ['yes', 'no'])
    premises.push(
      onlyRef(
        await client.records.add({ grid: 'premises', values: { address: `${children} Lane`, children } }),
      ),
    );
  officer = onlyRef(await client.records.add({ grid: 'officers', values: { name: 'Sergeant Fell' } }));
  sheets.push(
    writeCsv(bench, 'nominals.csv', [
      ['Nominal ref', 'Surname', 'Forename', 'DOB', 'Address'],
      ['N1', 'Birkett', 'Tam', '06/05/2011', 'yes Lane'],
      ['N2', 'Ellery', 'Maud', '03/04/1990', 'no Lane'],
    ]),
    writeCsv(bench, 'later.csv', [
      ['Nominal ref', 'Surname', 'Forename', 'DOB', 'Address'],
      ['N1', 'Birkett', 'Tam', '06/05/2001', 'no Lane'],
    ]),
    writeCsv(bench, 'intelligence.csv', [
      ['URN', 'Date of report', 'Grade', 'Subjects', 'Text'],
      ['I1', '01/02/2026', '3E3C', 'Person 0', 'Seen at the lane'],
      ['I2', '01/10/2026', '', 'Person 1', 'Seen again'],
    ]),
  );
  settingSeq = (await client.workspace.status()).undo.undo?.seq ?? 0;
});

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

type Step =
  | { kind: 'target'; person: number; place: number }
  | { kind: 'warrant'; place: number; issued: string }
  | { kind: 'dob'; person: number; dob: string | null }
  | { kind: 'children'; place: number; value: string }
  | { kind: 'strike'; value: string }
  | { kind: 'team'; place: number; leader: boolean }
  | { kind: 'safeguarding'; person: number; adult: string | null }
  | { kind: 'note'; person: number; text: string }
  | { kind: 'photograph'; person: number }
  | { kind: 'accept'; nth: number }
  | { kind: 'import'; sheet: number }
  | { kind: 'remove' }
  | { kind: 'undo' }
  | { kind: 'redo' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('target' as const), person: fc.nat(2), place: fc.nat(1) }),
  fc.record({
    kind: fc.constant('warrant' as const),
    place: fc.nat(1),
    issued: fc.constantFrom('2026-06-01', '2026-11-01', '2026-12-24'),
  }),
  fc.record({
    kind: fc.constant('dob' as const),
    person: fc.nat(2),
    dob: fc.constantFrom('2010-01-01', '1980-01-01', null),
  }),
  fc.record({
    kind: fc.constant('children' as const),
    place: fc.nat(1),
    value: fc.constantFrom('yes', 'no'),
  }),
  fc.record({
    kind: fc.constant('strike' as const),
    value: fc.constantFrom('2026-12-03T05:30:00', '2029-12-03T05:30:00'),
  }),
  fc.record({ kind: fc.constant('team' as const), place: fc.nat(1), leader: fc.boolean() }),
  fc.record({
    kind: fc.constant('safeguarding' as const),
    person: fc.nat(2),
    adult: fc.constantFrom('Ada Wren', null),
  }),
  fc.record({ kind: fc.constant('note' as const), person: fc.nat(2), text: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('photograph' as const), person: fc.nat(2) }),
  fc.record({ kind: fc.constant('accept' as const), nth: fc.nat(20) }),
  fc.record({ kind: fc.constant('import' as const), sheet: fc.nat(2) }),
  fc.constant({ kind: 'remove' as const }),
  fc.constant({ kind: 'undo' as const }),
  fc.constant({ kind: 'redo' as const }),
);

async function take(step: Step, added: string[]): Promise<void> {
  const { client } = bench;
  const set = (ref: string, values: Record<string, string | null>) =>
    client.records.set({ edits: [{ ref, values }] });
  if (step.kind === 'target')
    added.push(
      onlyRef(
        await client.records.add({
          grid: 'targets',
          values: { subject: people[step.person] ?? '', premises: premises[step.place] ?? '' },
        }),
      ),
    );
  else if (step.kind === 'warrant')
    added.push(
      onlyRef(
        await client.records.add({
          grid: 'warrants',
          values: { premises: premises[step.place] ?? '', issued: step.issued, power: 'PACE s.8' },
        }),
      ),
    );
  else if (step.kind === 'dob') await set(people[step.person] ?? '', { dob: step.dob });
  else if (step.kind === 'children') await set(premises[step.place] ?? '', { children: step.value });
  else if (step.kind === 'strike') await set('OP-1', { strike: step.value });
  else if (step.kind === 'team')
    added.push(
      onlyRef(
        await client.records.add({
          grid: 'teams',
          values: {
            name: 'Team',
            premises: premises[step.place] ?? '',
            leader: step.leader ? officer : null,
          },
        }),
      ),
    );
  else if (step.kind === 'safeguarding')
    added.push(
      onlyRef(
        await client.records.add({
          grid: 'safeguarding',
          values: { subject: people[step.person] ?? '', kind: 'child', appropriateAdult: step.adult },
        }),
      ),
    );
  else if (step.kind === 'note') await set(people[step.person] ?? '', { note: step.text });
  else if (step.kind === 'photograph') {
    const grant = bench.engine.grants.add(join(demoFolder, 'photographs', 'N-001.png'), 'file');
    await client.records.attachPhotograph({ ref: people[step.person] ?? '', grant, takenOn: '2026-08-01' });
  } else if (step.kind === 'accept') {
    const { findings } = await client.readiness.check();
    const finding = findings[step.nth % Math.max(1, findings.length)];
    // Refused where a child is concerned: nothing has changed then either.
    if (finding && !finding.accepted)
      await client.readiness
        .accept({ rule: finding.rule, refs: finding.refs, reason: 'known' })
        .catch(() => undefined);
  } else if (step.kind === 'import') {
    const { files } = await importPaths(bench, [sheets[step.sheet] ?? '']);
    for (const file of files) expect(file.status).not.toBe('refused');
  } else if (step.kind === 'remove') {
    const ref = added.pop();
    // Undone before: there is nothing left to take out.
    if (ref) await client.records.remove({ refs: [ref] }).catch(() => undefined);
  } else if (step.kind === 'undo') {
    // The people and premises of the setting stay: later steps are about them.
    const { undo } = (await client.workspace.status()).undo;
    if (undo && undo.seq > settingSeq) await client.history.undo({}).catch(() => undefined);
  } else await client.history.redo().catch(() => undefined);
}

describe('kept rows', () => {
  it('give the findings of the plan as it stands after any changes, undone and redone ones too', async () => {
    const session = sessionOf(bench);
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 14 }), async (taken) => {
        const added: string[] = [];
        for (const step of taken) {
          await take(step, added);
          const report = await bench.client.readiness.check();
          expect(report).toEqual(checkReadiness(session.reader, momentOf(session)));
          expect(report.labels).toMatchObject(
            readLabels(
              session.reader,
              report.findings.flatMap((finding) => finding.refs),
            ),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('give as many findings of each severity as the window asks for, and count all of them', async () => {
    const { client } = bench;
    const whole = await client.readiness.check();
    const most = { blocker: 1, warning: 2, note: 0, accepted: 0 };
    const page = await client.readiness.check({ most });
    expect(page.counts).toEqual(whole.counts);
    const first = (severity: string, count: number) =>
      whole.findings.filter((each) => each.severity === severity && !each.accepted).slice(0, count);
    expect(first('blocker', 1)).toHaveLength(1);
    expect(page.findings).toEqual([...first('blocker', 1), ...first('warning', 2)]);
    for (const ref of page.findings.flatMap((finding) => finding.refs))
      expect(page.labels[ref]).toBe(whole.labels[ref]);
  });

  it('tell an edit only what it causes itself', async () => {
    const { client } = bench;
    const person = onlyRef(
      await client.records.add({ grid: 'people', values: { name: 'Ned Rowan', dob: '2012-05-05' } }),
    );
    const { findings } = await client.records.set({ edits: [{ ref: person, values: { role: 'RUNNER' } }] });
    expect(findings.map((finding) => finding.rule)).toContain('person.child-without-referral');
    for (const finding of findings) expect(finding.refs).toContain(person);
    expect(findings.find((finding) => finding.rule === 'person.child-without-referral')?.acceptable).toBe(
      false,
    );
  });
});
