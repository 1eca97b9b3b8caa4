/** What narrows a grid by records, against the same said in memory: over any choice of records of any grids. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gridList, grids, parseRef } from '../../shared/grid/grids.ts';
import {
  canNarrowByPeriod,
  canNarrowByRecords,
  dayFields,
  narrowWhere,
} from '../../shared/grid/narrowing.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { Grid, GridName } from '../../shared/grid/types.ts';
import { type Bench, cleanUp, importDemo, makeWorkspace, sessionOf } from './support.ts';

let bench: Bench;
/** Every row of every grid, and who is linked with whom. */
const rows = new Map<GridName, GridRow[]>();
const links = new Map<string, Set<string>>();
let refs: string[] = [];

beforeAll(async () => {
  bench = await makeWorkspace();
  await importDemo(bench);
  const { client } = bench;
  const people = (await client.grids.page({ grid: 'people', limit: 6 })).rows.map(({ ref }) => ref);
  await client.records.makeTargets({ refs: people });
  const premises = (await client.grids.page({ grid: 'premises', limit: 3 })).rows.map(({ ref }) => ref);
  for (const [place, premisesRef] of premises.entries())
    await client.records.add({ grid: 'teams', values: { name: `Team ${place}`, premises: premisesRef } });
  await client.records.add({ grid: 'groups', values: { name: 'Kelby', members: people.join(', ') } });
  await client.records.add({
    grid: 'lines',
    values: { name: 'Max', holder: people[0] ?? null, holders: `${people[1]}, ${people[2]}` },
  });
  const phones = (await client.grids.page({ grid: 'phones', limit: 4 })).rows.map(({ ref }) => ref);
  for (const phone of phones)
    await client.records.add({ grid: 'lineNumbers', values: { line: 'LINE-1', phone } });
  for (const { name } of gridList)
    rows.set(name, (await client.grids.page({ grid: name, limit: 100_000 })).rows);
  const stored = sessionOf(bench)
    .reader.prepare('SELECT ref_of(a_grid, a_id) AS a, ref_of(b_grid, b_id) AS b FROM link')
    .all() as { a: string; b: string }[];
  for (const { a, b } of stored)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      links.set(from, (links.get(from) ?? new Set()).add(to));
  refs = gridList.flatMap(({ name }) => (rows.get(name) ?? []).slice(0, 60).map(({ ref }) => ref));
}, 120_000);

afterAll(cleanUp);

/** Every reference that a row names in a column of its own; call data names its phones by number. */
function namedBy(grid: Grid, row: GridRow): string[] {
  const named = grid.columns
    .filter(({ type, derived }) => (type === 'ref' || type === 'refs') && !derived)
    .flatMap(({ field }) => String(row[field] ?? '').split(','))
    .map((ref) => ref.trim())
    .filter((ref) => ref !== '');
  if (grid.name !== 'communications') return named;
  const numbers = new Set([row.aNumber, row.bNumber]);
  return [
    ...named,
    ...(rows.get('phones') ?? []).filter(({ number }) => numbers.has(number)).map(({ ref }) => ref),
  ];
}

function expected(grid: Grid, chosen: readonly string[]): string[] {
  const all = rows.get(grid.name) ?? [];
  if (grid.name === 'communications' && !chosen.some((ref) => parseRef(ref)?.grid === grid)) {
    const phones = new Set(expected(grids.phones, chosen));
    return all.filter((row) => namedBy(grid, row).some((ref) => phones.has(ref))).map(({ ref }) => ref);
  }
  const among = new Set(chosen);
  const own = all.filter(({ ref }) => among.has(ref));
  if (chosen.some((ref) => parseRef(ref)?.grid === grid)) return own.map(({ ref }) => ref);
  const lineNumbers = rows.get('lineNumbers') ?? [];
  // A line has numbers of other days, which are named by rows of their own.
  const numbers =
    grid.name === 'phones'
      ? lineNumbers.filter(({ line }) => among.has(String(line))).map(({ phone }) => String(phone))
      : grid.name === 'lines'
        ? lineNumbers.filter(({ phone }) => among.has(String(phone))).map(({ line }) => String(line))
        : [];
  const named = new Set(
    chosen.flatMap((ref) => {
      const other = parseRef(ref)?.grid;
      const row = other && rows.get(other.name)?.find((each) => each.ref === ref);
      return other && row ? namedBy(other, row) : [];
    }),
  );
  return all
    .filter(
      (row) =>
        named.has(row.ref) ||
        numbers.includes(row.ref) ||
        chosen.some((ref) => links.get(ref)?.has(row.ref)) ||
        namedBy(grid, row).some((ref) => among.has(ref)),
    )
    .map(({ ref }) => ref);
}

test('any choice of records shows in each grid what has to do with it, and nothing else', async () => {
  const small = gridList.filter((grid) => canNarrowByRecords(grid) && grid.name !== 'communications');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...small),
      async (picks, grid) => {
        const chosen = [...new Set(picks.map((pick) => refs[pick % refs.length] ?? ''))];
        const where = narrowWhere(grid, { refs: chosen, from: null, to: null });
        const page = await bench.client.grids.page({ grid: grid.name, where, limit: 100_000 });
        expect(page.rows.map(({ ref }) => ref).sort()).toEqual(expected(grid, chosen).sort());
        expect(page.total).toBe(page.rows.length);
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);

test('calls are those of the phones that are left', async () => {
  const some = (['phones', 'people', 'lines', 'premises'] as const).flatMap((name) =>
    (rows.get(name) ?? []).slice(0, 12).map(({ ref }) => ref),
  );
  await fc.assert(
    fc.asyncProperty(fc.subarray(some, { minLength: 1, maxLength: 4 }), async (chosen) => {
      const where = narrowWhere(grids.communications, { refs: chosen, from: null, to: null });
      const page = await bench.client.grids.page({ grid: 'communications', where, limit: 100_000 });
      expect(page.rows.map(({ ref }) => ref).sort()).toEqual(expected(grids.communications, chosen).sort());
    }),
    { numRuns: 8 },
  );
}, 120_000);

test('any period shows the rows whose day is inside, in every grid that has one', async () => {
  const dated = gridList.filter((grid) => canNarrowByPeriod(grid) && grid.name !== 'communications');
  const time = fc
    .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) })
    .chain((at) => fc.constantFrom(10, 16, 19).map((length) => new Date(at).toISOString().slice(0, length)));
  await fc.assert(
    fc.asyncProperty(time, time, fc.constantFrom(...dated), async (one, other, grid) => {
      const [from, to] = [one, other].sort() as [string, string];
      const where = narrowWhere(grid, { refs: null, from, to });
      const page = await bench.client.grids.page({ grid: grid.name, where, limit: 100_000 });
      const field = dayFields[grid.name] ?? '';
      // A day without a time is inside where any of it is; a time where its day, minute or second is.
      const inside = (rows.get(grid.name) ?? []).filter((row) => {
        const value = String(row[field] ?? '');
        if (value === '') return false;
        const [first, last] = value.length === 10 ? [from.slice(0, 10), to.slice(0, 10)] : [from, to];
        return value >= first && value.slice(0, last.length) <= last;
      });
      expect(page.rows.map(({ ref }) => ref).sort()).toEqual(inside.map(({ ref }) => ref).sort());
    }),
    { numRuns: 200 },
  );
}, 120_000);
