import { afterAll, expect, it } from 'vitest';
import { cleanUp, dumpGrids, importPaths, onlyRef, writeCsv } from '../engine/support.ts';
import { makeCopies, makeFor, take } from './support.ts';

afterAll(cleanUp);

it('carries edits, additions and imports from one copy to another', async () => {
  const [a, b] = await makeCopies(1);
  if (!a || !b) throw new Error('two copies');
  const person = onlyRef(
    await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery', dob: '1990-04-03' } }),
  );
  await importPaths(b, [
    writeCsv(b, 'people.csv', [
      ['Name', 'DOB', 'Mobile'],
      ['Alec Thorne', '05/06/1988', '07700900002'],
    ]),
  ]);
  const toB = await makeFor(a);
  const report = await take(b, toB.path);
  expect(report.values.map(({ ref }) => ref)).toContain(person);
  const toA = await makeFor(b);
  await take(a, toA.path);
  expect(await dumpGrids(a.client)).toEqual(await dumpGrids(b.client));
  expect((await dumpGrids(a.client)).people).toHaveLength(2);
  expect(await a.client.history.verify()).toMatchObject({ ok: true });
  expect(await b.client.history.verify()).toMatchObject({ ok: true });
  await a.engine.close();
  await b.engine.close();
}, 60_000);
