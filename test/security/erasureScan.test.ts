/** What is left after an erasure is told whole: the places beyond those that are named are counted, sure ones first of all. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeMarks } from '../../electron/engine/closing/erasure/marks.ts';
import { scanWorkspace } from '../../electron/engine/closing/erasure/scan.ts';
import type { Bench } from '../engine/support.ts';
import { cleanUp, makeWorkspace, onlyRef, sessionOf } from '../engine/support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

it('a place that is sure is told though hundreds that are not come before it', async () => {
  const { client } = bench;
  const session = sessionOf(bench);
  // The record stands before the people in the order of the tables.
  for (let number = 1; number <= 510; number += 1)
    await client.records.add({ grid: 'groups', values: { name: `Vextrass lot ${number}` } });
  const other = onlyRef(
    await client.records.add({ grid: 'vehicles', values: { vrm: 'AB12 CDE', note: 'Of Quillon Vextrass' } }),
  );
  const left = await scanWorkspace(
    session.writer,
    makeMarks(['Quillon Vextrass'], [], ['Vextrass']),
    () => undefined,
  );
  expect(left.some(({ ref, sure }) => ref === other && sure)).toBe(true);
  expect(left.length).toBeLessThan(520);
  const { total } = await client.grids.page({ grid: 'groups', limit: 1 });
  const lots = left.filter(({ sure }) => !sure).reduce((sum, { count }) => sum + count, 0);
  expect(lots).toBeGreaterThanOrEqual(2 * total);
}, 120_000);
