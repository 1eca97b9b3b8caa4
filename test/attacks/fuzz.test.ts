/** Every method of the contract, called with what nobody expects. A run of ten minutes: `npm run fuzz`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { cleanUp, makeFolder } from '../engine/support.ts';
import { fuzz } from './support/fuzz.ts';
import { unknownTypes } from './support/hostileValues.ts';

const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);

beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => {
  process.off('unhandledRejection', note);
  cleanUp();
});

describe('hostile calls', () => {
  it('can be made of every input of the contract', () => {
    const strange = Object.values(contract).flatMap((list) =>
      Object.values(list).flatMap((procedure) =>
        unknownTypes((procedure as never as { '~orpc': { inputSchema?: never } })['~orpc'].inputSchema),
      ),
    );
    expect([...new Set(strange)]).toEqual([]);
  });

  it('are answered in words, every one', { timeout: 240_000 }, async () => {
    // A number of calls and not a time: the same run on a slow machine, within a minute on any.
    const until = Date.now() + 60_000;
    const report = await fuzz({
      folder: makeFolder(),
      seed: Number(process.env.FELLSIDE_SEED ?? 20_261_124),
      done: (calls) => calls >= 900 || Date.now() > until,
    });
    expect(report.faults).toEqual([]);
    expect(report.answered).toBeGreaterThan(report.calls / 20);
    expect(unhandled).toEqual([]);
  });
});
