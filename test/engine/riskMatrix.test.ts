/** The risk matrix: what it takes, what it makes of it, and that changed bands hold for every target at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRiskMatrix, riskBandOf } from '../../shared/domain/riskMatrix.ts';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, onlyRef, refusal } from './support.ts';

let bench: Bench;
let target: string;

beforeAll(async () => {
  bench = await makeWorkspace();
  const person = onlyRef(await bench.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
  target = onlyRef(await bench.client.records.makeTargets({ refs: [person] }));
});

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const set = (ref: string, values: Record<string, string | number | null>) =>
  bench.client.records.set({ edits: [{ ref, values }] });
const shown = async () =>
  (await bench.client.grids.page({ grid: 'targets', offset: 0, limit: 1 })).rows[0] ?? {};

describe('the risk matrix', () => {
  it('bands a score by the placeholder from the start', async () => {
    await set(target, { harm: 5 });
    expect(await shown()).toMatchObject({ riskScore: null, riskBand: null });
    await set(target, { likelihood: '3' });
    expect(await shown()).toMatchObject({ riskScore: 15, riskBand: 'high' });
    await set(target, { likelihood: 0 });
    expect(await shown()).toMatchObject({ riskScore: 0, riskBand: 'low' });
  });

  it.each([6, -1, 2.5])(
    'refuses %s outside its scale, in words, and a pasted one in its cell',
    async (score) => {
      const error = await refusal(set(target, { harm: score }));
      expect(error.code).toBe('invalid');
      expect(error.message).toContain('whole numbers from 0 to 5');
      const { report } = await bench.client.records.paste({
        grid: 'targets',
        fields: ['likelihood'],
        rows: [{ ref: target, cells: [String(score)] }],
        blanks: 'keep',
        apply: 'preview',
      });
      expect(report.rows[0]?.cells[0]).toMatchObject({ state: 'refused' });
    },
  );

  it('takes other bands and another scale for every target at once', async () => {
    await set(target, { harm: 4, likelihood: 2 });
    expect(await shown()).toMatchObject({ riskBand: 'medium' });
    await set('OP-1', { riskScale: 10, riskHighFrom: 8, riskMediumFrom: 4 });
    expect(await shown()).toMatchObject({ riskScore: 8, riskBand: 'high' });
    await set(target, { harm: 10 });
    expect(await shown()).toMatchObject({ riskScore: 20 });
  });

  it.each([0, -3, 1.5, 101])('refuses a scale of %s', async (scale) => {
    expect((await refusal(set('OP-1', { riskScale: scale }))).code).toBe('invalid');
  });
});

describe('settings together', () => {
  it('say which of them cannot be', () => {
    const matrix = { riskScale: 5, riskHighFrom: 15, riskMediumFrom: 8 };
    expect(checkRiskMatrix(matrix)).toEqual({});
    expect(Object.keys(checkRiskMatrix({ ...matrix, riskHighFrom: 26 }))).toEqual(['riskHighFrom']);
    expect(Object.keys(checkRiskMatrix({ ...matrix, riskMediumFrom: 15 }))).toEqual(['riskMediumFrom']);
    expect(Object.keys(checkRiskMatrix({ ...matrix, riskScale: 0 }))).toEqual(['riskScale']);
    expect(checkRiskMatrix({ riskScale: null, riskHighFrom: null, riskMediumFrom: null })).toEqual({});
  });

  it('give the bands that the grid gives', () => {
    const matrix = { riskScale: 5, riskHighFrom: 15, riskMediumFrom: 8 };
    expect([7, 8, 14, 15, null].map((score) => riskBandOf(score, matrix))).toEqual([
      'low',
      'medium',
      'medium',
      'high',
      null,
    ]);
    expect(riskBandOf(20, { ...matrix, riskHighFrom: null, riskMediumFrom: null })).toBeNull();
  });
});
