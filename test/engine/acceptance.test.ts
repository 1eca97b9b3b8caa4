/** Findings set aside with a reason: on record, undone like any change, and never where a child is concerned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/contract/schemas.ts';
import { grids } from '../../shared/grid/grids.ts';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, onlyRef, refusal } from './support.ts';

let bench: Bench;
let adult = '';
let child = '';

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  await client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:30' } }] });
  const of = async (name: string, dob: string) => {
    const person = onlyRef(await client.records.add({ grid: 'people', values: { name, dob } }));
    return onlyRef(
      await client.records.add({ grid: 'targets', values: { subject: person, objective: 'arrest' } }),
    );
  };
  adult = await of('Maud Ellery', '1990-04-03');
  child = await of('Tam Birkett', '2011-05-06');
});

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const findingOf = async (rule: string, ref: string): Promise<Finding | undefined> =>
  (await bench.client.readiness.check()).findings.find(
    (finding) => finding.rule === rule && finding.refs.includes(ref),
  );

const counts = async () => (await bench.client.operation.overview()).findings;

describe('accepting a finding', () => {
  it('takes it out of the counts, keeps it in the list with who and why, and is undone and redone', async () => {
    const { client } = bench;
    const finding = await findingOf('target.no-photograph', adult);
    expect(finding?.acceptable).toBe(true);
    const before = await counts();
    const { id } = await client.readiness.accept({
      rule: 'target.no-photograph',
      refs: finding?.refs ?? [],
      reason: 'known to every officer of the team',
    });
    const accepted = await findingOf('target.no-photograph', adult);
    expect(accepted?.accepted).toMatchObject({ id, reason: 'known to every officer of the team' });
    const severity = finding?.severity ?? 'note';
    expect((await counts())[severity]).toBe(before[severity] - 1);
    await client.history.undo({});
    expect((await findingOf('target.no-photograph', adult))?.accepted).toBeUndefined();
    expect(await counts()).toEqual(before);
    await client.history.redo();
    expect((await findingOf('target.no-photograph', adult))?.accepted?.id).toBe(id);
    expect(
      (await client.history.list({ limit: 20 })).entries.find((entry) => entry.method === 'readiness.accept'),
    ).toMatchObject({
      reason: 'known to every officer of the team',
    });
    expect(await client.readiness.withdraw({ id })).toEqual({ withdrawn: true });
    expect(await client.readiness.withdraw({ id })).toEqual({ withdrawn: false });
    expect(await counts()).toEqual(before);
    expect((await client.history.verify()).ok).toBe(true);
  });

  it('is refused for a child, whatever the rule', async () => {
    const { findings } = await bench.client.readiness.check();
    const about = findings.filter((finding) => finding.refs.includes(child));
    expect(about.length).toBeGreaterThan(1);
    for (const finding of about) {
      expect(finding.acceptable, finding.rule).toBe(false);
      const error = await refusal(
        bench.client.readiness.accept({ rule: finding.rule, refs: finding.refs, reason: 'not now' }),
      );
      expect(error.code).toBe('invalid');
    }
    expect((await bench.client.readiness.check()).findings.filter((finding) => finding.accepted)).toEqual([]);
  });

  it('lapses when the plan changes what the finding says, or makes the person a child', async () => {
    const { client } = bench;
    const finding = await findingOf('target.no-photograph', adult);
    await client.readiness.accept({
      rule: 'target.no-photograph',
      refs: finding?.refs ?? [],
      reason: 'known to all',
    });
    const subject = String((await client.records.show({ ref: adult })).row.subject);
    await client.records.set({ edits: [{ ref: subject, values: { dob: '2012-01-01' } }] });
    expect((await findingOf('target.no-photograph', adult))?.accepted).toBeUndefined();
    await client.history.undo({});
    expect((await findingOf('target.no-photograph', adult))?.accepted).toBeDefined();
  });

  it('is refused for a finding that the plan does not have', async () => {
    const error = await refusal(
      bench.client.readiness.accept({ rule: 'target.no-photograph', refs: ['TGT-99'], reason: 'none such' }),
    );
    expect(error.code).toBe('not-found');
  });
});

describe('the mend of a finding', () => {
  it('opens a record that is there, at a field it has, or adds a plan for a person or a place', async () => {
    const { client } = bench;
    const premises = onlyRef(
      await client.records.add({ grid: 'premises', values: { address: '4 Slate Row', children: '2' } }),
    );
    await client.records.makeTargets({ refs: [premises] });
    const { findings } = await client.readiness.check();
    expect(findings.length).toBeGreaterThan(5);
    for (const { rule, action } of findings) {
      if (action?.kind === 'open') {
        const { grid, row } = await client.records.show({ ref: String(action.ref) });
        if (action.field)
          expect(
            grids[grid].columns.some((column) => column.field === action.field),
            rule,
          ).toBe(true);
        expect(row.ref).toBe(action.ref);
      } else if (action) {
        const added = await client.records.add({
          grid: action.grid ?? 'actions',
          values: action.values ?? {},
        });
        expect(added.rows, rule).toHaveLength(1);
        await client.history.undo({});
      }
    }
    const missing = findings.find((finding) => finding.rule === 'premises.child-without-plan');
    expect(missing?.action).toEqual({
      kind: 'add',
      grid: 'safeguarding',
      values: { subject: premises, kind: 'child' },
    });
  });
});
