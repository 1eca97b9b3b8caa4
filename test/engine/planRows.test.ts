/** The check after a change says what a check from nothing says: kept rows are never behind the plan. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { momentOf } from '../../electron/engine/context.ts';
import { checkReadiness } from '../../electron/engine/plan/readiness.ts';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, onlyRef, sessionOf } from './support.ts';

let bench: Bench;
const people: string[] = [];
const premises: string[] = [];
/** The last entry of the setting. */
let settingSeq = 0;

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
  else if (step.kind === 'remove') {
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
          const { findings } = await bench.client.readiness.check();
          expect(findings).toEqual(checkReadiness(session.reader, momentOf(session)).findings);
        }
      }),
      { numRuns: 25 },
    );
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
