/** Markings against what the readers may hold, and what a preview says of items that stay out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectPack } from '../../electron/engine/packs/collect.ts';
import { issuePack } from '../../electron/engine/packs/issue.ts';
import type { PackSpec } from '../../shared/packs/packSpec.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { type Bench, cleanUp, makeWorkspace, refusal, sessionOf } from '../engine/support.ts';

let bench: Bench;

const open: PackSpec = {
  ...packSpecs.safeguarding,
  id: 'own-open',
  ceiling: 'OFFICIAL',
  sections: [{ id: 'briefing' }, { id: 'risk' }, { id: 'intelligence' }],
  redactions: {},
};

const collect = (spec: PackSpec) =>
  collectPack(sessionOf(bench).reader, {
    spec,
    formats: [],
    recipient: 'Housing',
    reason: 'Visit',
    copy: 1,
    version: 1,
    now: '2026-11-24T09:00:00Z',
    user: 'A Analyst',
  });

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  await client.records.set({ edits: [{ ref: 'OP-1', values: { marking: 'OFFICIAL' } }] });
  for (const values of [
    { text: 'Noise at night.', grade: '2BP', marking: 'OFFICIAL' },
    { text: 'Cash in the loft.', grade: '2BP', marking: 'OFFICIAL-SENSITIVE' },
    { text: 'Dog in the yard.', grade: '2BC', conditions: 'A3 overt use' },
    { text: 'Back door wedged.', grade: '2BC', conditions: 'Refer to originator' },
    { text: 'A van comes.', grade: '', conditions: '' },
  ])
    await client.records.add({ grid: 'intelligence', values });
  await client.briefing.save({
    model: 'IIMARCH',
    version: 0,
    sections: {
      information: { text: 'The Tarn line.', marking: null },
      riskAssessment: { text: 'Blades in the hall.', marking: 'OFFICIAL-SENSITIVE' },
    },
  });
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('under a ceiling of OFFICIAL', () => {
  it('items and sections marked above it stay out, and are counted', () => {
    const { data } = collect(open);
    expect(data.intelligence.map(({ text }) => text)).toEqual(['Noise at night.']);
    expect(data.briefing.map(({ text }) => text)).toEqual(['The Tarn line.']);
    expect(JSON.stringify(data)).not.toMatch(/Cash in|Blades/);
    expect(data.header.marking).toBe('OFFICIAL');
    expect(data.withheld).toContainEqual({ reason: 'marking', count: 2 });
  });

  it('an operation marked above it is refused by name, and nothing is issued', async () => {
    const { client } = bench;
    await client.packs.saveSpec({ spec: open });
    await client.records.set({ edits: [{ ref: 'OP-1', values: { marking: 'OFFICIAL-SENSITIVE' } }] });
    const preview = await refusal(client.packs.preview({ pack: 'own-open' }));
    const issue = await refusal(
      issuePack(
        sessionOf(bench),
        { pack: 'own-open', formats: ['xlsx'], recipient: 'Housing', reason: 'Visit' },
        { folder: bench.folder },
      ),
    );
    expect([preview.code, issue.code]).toEqual(['pack.marking', 'pack.marking']);
    expect(issue.message).toMatch(/OFFICIAL at most/);
    expect((await client.packs.register()).packs).toEqual([]);
    await client.records.set({ edits: [{ ref: 'OP-1', values: { marking: 'OFFICIAL' } }] });
  });

  it('a pack whose readers may hold more bears the marking of its most sensitive part', () => {
    const quiet: PackSpec = { ...open, ceiling: 'OFFICIAL-SENSITIVE', sections: [{ id: 'briefing' }] };
    expect(collect(quiet).data.header.marking).toBe('OFFICIAL-SENSITIVE');
  });
});

describe('the preview', () => {
  it('names what stays out, why, and where a person may decide', async () => {
    const { blocked } = await bench.client.packs.preview({ pack: 'command' });
    expect(blocked.map(({ ref, overridable }) => [ref, overridable])).toEqual([
      ['INT-3', true],
      ['INT-4', false],
      ['INT-5', false],
    ]);
    expect(blocked.map(({ why }) => why)).toEqual([
      expect.stringMatching(/say why/),
      expect.stringMatching(/originator/),
      expect.stringMatching(/no grade/),
    ]);
    expect(JSON.stringify(blocked)).not.toMatch(/Dog|wedged|van/);
    const decided = await bench.client.packs.preview({
      pack: 'command',
      releases: [{ ref: 'INT-3', reason: 'the team meets the dog' }],
    });
    expect(decided.blocked.map(({ ref }) => ref)).toEqual(['INT-4', 'INT-5']);
  });

  it('prints the decision beside the item, with who decided', async () => {
    const { data } = collectPack(sessionOf(bench).reader, {
      spec: packSpecs.command,
      formats: [],
      recipient: 'Silver',
      reason: 'Warrant day',
      copy: 1,
      version: 1,
      now: '2026-11-24T09:00:00Z',
      user: 'A Analyst',
      decisions: { items: [{ ref: 'INT-3', decidedBy: 'A Analyst', reason: 'the team meets the dog' }] },
    });
    expect(data.intelligence.find(({ ref }) => ref === 'INT-3')?.released).toBe(
      'Released by A Analyst: the team meets the dog',
    );
  });
});
