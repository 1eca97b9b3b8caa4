/** Random sequences of changes, undo and redo against a model: a pile of earlier states. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, dumpGrids, importPaths, makeFolder, makeWorkspace, reopen } from './support.ts';

afterAll(cleanUp);

const names = ['Maud Ellery', 'Alec Thorne', 'Bram Ostler'];
const folder = makeFolder();

/** Small files that speak of the same few people, numbers and addresses, so that imports overlap. */
const files = [
  [
    'people.csv',
    'Name,DOB,Mobile,Home address,Postcode\nMaud Ellery,03/04/1990,07700900001,4 Kiln Row,FE1 2HJ\nAlec Thorne,05/06/1988,07700900002,9 Mill Lane,FE1 3AB\n',
  ],
  [
    'more.csv',
    'Name,DOB,Mobile,Home address,Postcode,Sex\nBram Ostler,09/09/1999,07700900003,4 Kiln Row,FE1 2HJ,M\nMaud Ellery,03/04/1990,07700900004,1 Tenter Bank,FE1 4AA,F\n',
  ],
  [
    'subs.csv',
    'Telephone Number,Subscriber,Attributed to,Network\n07700900001,M Ellery,Maud,Example\n07700900005,A Thorne,Alec,Example\n',
  ],
  [
    'calls.csv',
    'A Number,B Number,Call Type,Start Date,Start Time,Duration (s)\n07700900001,07700900005,Voice,14/09/2026,08:14:09,12\n07700900006,07700900001,SMS,15/09/2026,09:00:00,0\n',
  ],
].map(([name = '', text = '']) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
});

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), pick: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), pick: fc.nat(9), value: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('phone' as const), pick: fc.nat(9), value: fc.nat(2) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), pick: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('targets' as const), pick: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), pick: fc.nat(3) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function refAt(bench: Bench, grid: 'people' | 'phones', pick: number): Promise<string | null> {
  const rows = await allRows(bench.client, grid);
  return rows[pick % Math.max(rows.length, 1)]?.ref ?? null;
}

/** Does a change and says whether there was one. A refusal changes nothing. */
async function change(bench: Bench, wanted: Step): Promise<boolean> {
  const { client } = bench;
  try {
    switch (wanted.do) {
      case 'add':
        await client.records.add({
          grid: 'people',
          values: { name: names[wanted.pick] ?? '', dob: '1990-04-03' },
        });
        return true;
      case 'set': {
        const ref = await refAt(bench, 'people', wanted.pick);
        if (!ref) return false;
        const note = wanted.value === 2 ? null : `note ${wanted.value}`;
        return (await client.records.set({ edits: [{ ref, values: { note, status: note } }] })).seq !== null;
      }
      case 'phone': {
        const ref = await refAt(bench, 'phones', wanted.pick);
        if (!ref) return false;
        const status = `status ${wanted.value}`;
        return (await client.records.set({ edits: [{ ref, values: { status } }] })).seq !== null;
      }
      case 'remove': {
        const ref = await refAt(bench, 'people', wanted.pick);
        if (!ref) return false;
        await client.records.remove({ refs: [ref] });
        return true;
      }
      case 'targets': {
        const ref = await refAt(bench, 'people', wanted.pick);
        return ref !== null && (await client.records.makeTargets({ refs: [ref] })).seq !== null;
      }
      case 'import':
        return (await importPaths(bench, [files[wanted.pick] ?? ''])).ref !== null;
      default:
        return false;
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return false;
    throw error;
  }
}

it('undo and redo always give back exactly the state there was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 22 }), async (steps) => {
      const bench = await makeWorkspace();
      try {
        const undone: unknown[] = [];
        const done: unknown[] = [];
        let now: unknown = await dumpGrids(bench.client);
        for (const wanted of steps) {
          if (wanted.do === 'reopen') await reopen(bench);
          else if (wanted.do === 'undo' || wanted.do === 'redo') {
            const from = wanted.do === 'undo' ? done : undone;
            const to = wanted.do === 'undo' ? undone : done;
            const expected = from.pop();
            const work = wanted.do === 'undo' ? bench.client.history.undo({}) : bench.client.history.redo();
            if (expected === undefined) {
              await expect(work).rejects.toMatchObject({ code: 'journal.nothing' });
              continue;
            }
            await work;
            to.push(now);
            now = expected;
          } else {
            const before = now;
            if (await change(bench, wanted)) {
              done.push(before);
              undone.length = 0;
              now = await dumpGrids(bench.client);
              continue;
            }
          }
          expect(await dumpGrids(bench.client)).toEqual(now);
        }
        expect(await bench.client.history.verify()).toMatchObject({ ok: true });
      } finally {
        await bench.engine.close();
      }
    }),
    { numRuns: 8, seed: 20_261_203, endOnFailure: false },
  );
}, 120_000);
