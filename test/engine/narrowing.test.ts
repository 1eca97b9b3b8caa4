import { afterAll, beforeAll, expect, test } from 'vitest';
import { gridList, grids } from '../../shared/grid/grids.ts';
import {
  canNarrowByPeriod,
  canNarrowByRecords,
  dayFields,
  narrowWhere,
  periodField,
  recordsField,
} from '../../shared/grid/narrowing.ts';
import type { Where } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { type Bench, cleanUp, importDemo, makeWorkspace, sessionOf } from './support.ts';

/*
 * What narrows every grid: the records of a picture or a grid, a period, or both. A grid of which records are among them
 * shows those; another shows what names them, what they name, and what evidence links with them.
 */

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
  await importDemo(bench);
}, 120_000);

afterAll(cleanUp);

const page = (grid: GridName, where: Where, limit = 2000) => bench.client.grids.page({ grid, where, limit });

const refsOf = async (grid: GridName, where: Where) =>
  (await page(grid, where)).rows.map(({ ref }) => ref).sort();

const of = (...refs: string[]): Where => ({ [recordsField]: { in: refs } });

async function someone(): Promise<{ ref: string; phones: string[]; premises: string[] }> {
  const people = await page('people', {});
  const found = people.rows.find(({ phones, premises }) => phones && premises);
  if (!found) throw new Error('the demonstration has nobody with a phone and an address');
  const split = (value: unknown) =>
    String(value)
      .split(',')
      .map((ref) => ref.trim())
      .sort();
  return { ref: found.ref, phones: split(found.phones), premises: split(found.premises) };
}

test('a grid of which records are chosen shows those and no others', async () => {
  const { ref } = await someone();
  expect(await refsOf('people', of(ref))).toEqual([ref]);
  const { phones } = await someone();
  expect(await refsOf('people', of(ref, ...phones))).toEqual([ref]);
});

test('another grid shows what evidence links with them', async () => {
  const { ref, phones, premises } = await someone();
  expect(await refsOf('phones', of(ref))).toEqual(phones);
  expect(await refsOf('premises', of(ref))).toEqual(premises);
  for (const phone of phones) expect(await refsOf('people', of(phone))).toContain(ref);
});

test('rows that name a record, and rows that it names, are shown', async () => {
  const { ref, premises } = await someone();
  await bench.client.records.makeTargets({ refs: [ref] });
  const targets = await page('targets', { subject: { eq: ref } });
  const target = targets.rows[0]?.ref ?? '';
  expect(await refsOf('targets', of(ref))).toEqual([target]);
  expect(await refsOf('people', of(target))).toEqual([ref]);
  const place = premises[0] ?? '';
  const { rows } = await bench.client.records.add({
    grid: 'teams',
    values: { name: 'Blencathra', premises: place },
  });
  const team = rows[0]?.ref ?? '';
  expect(await refsOf('teams', of(place))).toContain(team);
  expect(await refsOf('premises', of(team))).toEqual([place]);
});

test('several references in one cell are each found, and none by a part of its number', async () => {
  const officers = (await page('officers', {})).rows.map(({ ref }) => ref);
  const [first = '', second = ''] = officers.filter((ref) => /^OFF-\d$/.test(ref));
  const { rows } = await bench.client.records.add({
    grid: 'teams',
    values: { name: 'Skiddaw', members: `${first}, ${second}` },
  });
  const team = rows[0]?.ref ?? '';
  expect(await refsOf('teams', of(second))).toContain(team);
  expect(await refsOf('teams', of(`${first}0`))).not.toContain(team);
  const members = await refsOf('officers', of(team));
  expect(members).toEqual([first, second].sort());
});

test('calls follow their phones, and phones their calls', async () => {
  const busiest = await bench.client.grids.page({
    grid: 'phones',
    sort: [{ field: 'events', direction: 'desc' }],
    limit: 1,
  });
  const phone = busiest.rows[0]?.ref ?? '';
  const calls = await page('communications', of(phone));
  expect(calls.total).toBe(busiest.rows[0]?.events);
  const call = calls.rows[0]?.ref ?? '';
  expect(await refsOf('phones', of(call))).toContain(phone);
  const groups = await bench.client.grids.groups({
    grid: 'communications',
    field: 'type',
    where: of(phone),
  });
  expect(groups.all.count).toBe(calls.total);
});

test('calls follow the people and the lines whose phones they are of', async () => {
  const { ref, phones } = await someone();
  const byPhones = await page('communications', of(...phones));
  expect(byPhones.total).toBeGreaterThan(0);
  expect((await page('communications', of(ref))).total).toBe(byPhones.total);
  const added = await bench.client.records.add({
    grid: 'lines',
    values: { name: 'Marlo', phone: phones[0] ?? null },
  });
  const line = added.rows[0]?.ref ?? '';
  const before = await refsOf('phones', of(line));
  expect(before).toEqual([phones[0]]);
  const other = (await page('phones', {})).rows.find((row) => !before.includes(row.ref))?.ref ?? '';
  await bench.client.records.add({ grid: 'lineNumbers', values: { line, phone: other } });
  expect(await refsOf('phones', of(line))).toEqual([...before, other].sort());
  expect(await refsOf('lines', of(other))).toContain(line);
});

test('a period is inside at both ends, a day whole and a minute to its end', async () => {
  const all = await page('communications', {}, 5000);
  const times = all.rows.flatMap(({ start }) => (start ? [String(start)] : [])).sort();
  const middle = times[Math.floor(times.length / 2)] ?? '';
  const day = middle.slice(0, 10);
  const within = async (gte: string, lte: string) =>
    (await page('communications', { [periodField]: { gte, lte } })).total;
  expect(await within(day, day)).toBe(times.filter((time) => time.startsWith(day)).length);
  const minute = middle.slice(0, 16);
  expect(await within(minute, minute)).toBe(times.filter((time) => time.startsWith(minute)).length);
  const custody = await page('custody', {});
  const arrested = String(custody.rows.find(({ arrestedAt }) => arrestedAt)?.arrestedAt);
  const one = await page('custody', {
    [periodField]: { gte: arrested.slice(0, 10), lte: arrested.slice(0, 10) },
  });
  expect(one.total).toBe(
    custody.rows.filter(({ arrestedAt }) => String(arrestedAt).startsWith(arrested.slice(0, 10))).length,
  );
});

test('of a date without a time, the days on which a period begins and ends count', async () => {
  const items = await page('intelligence', {});
  const day = String(items.rows.find(({ reportDate }) => reportDate)?.reportDate);
  const found = await page('intelligence', {
    [periodField]: { gte: `${day}T18:00`, lte: `${day}T19:00` },
  });
  expect(found.total).toBe(items.rows.filter(({ reportDate }) => reportDate === day).length);
});

test('conditions of a column stand beside it, and page, values and sums agree', async () => {
  const { ref, phones } = await someone();
  const where = { ...of(ref), number: { blank: false } };
  const { total } = await page('phones', where);
  expect(total).toBe(phones.length);
  const values = await bench.client.grids.values({ grid: 'phones', field: 'number', where });
  expect(values.values.reduce((sum, { count }) => sum + count, 0)).toBe(total);
});

test('a record that was merged into another leads to the one that stands for it', async () => {
  const two = (await page('vehicles', {})).rows.slice(0, 2).map(({ ref }) => ref);
  const [kept = '', merged = ''] = two;
  const { ref } = await bench.client.matching.merge({ refs: [kept, merged] });
  const other = ref === kept ? merged : kept;
  expect(await refsOf('vehicles', of(other))).toEqual([ref]);
});

test('every grid is narrowed or says that it cannot be', async () => {
  const { ref } = await someone();
  for (const grid of gridList) {
    const where = narrowWhere(grid, { refs: [ref], from: '2026-01-01', to: '2026-12-31' });
    expect(Object.keys(where).sort()).toEqual(
      [
        ...(canNarrowByPeriod(grid) ? [periodField] : []),
        ...(canNarrowByRecords(grid) ? [recordsField] : []),
      ].sort(),
    );
    await page(grid.name, where);
  }
  expect(gridList.filter((grid) => !canNarrowByRecords(grid)).map(({ name }) => name)).toEqual([
    'sources',
    'imports',
    'operation',
    'packs',
  ]);
  for (const [name, field] of Object.entries(dayFields))
    expect(grids[name as GridName].columns.find((column) => column.field === field)?.type).toMatch(/^date/);
});

test('the record of a look names the first of many records, and how many there are', async () => {
  const refs = (await page('people', {})).rows.map(({ ref }) => ref);
  expect(refs.length).toBeGreaterThan(50);
  await page('people', of(...refs));
  const { entries } = await bench.client.history.list({ limit: 5 });
  const entry = entries.find(({ method }) => method === 'grids.page');
  const { after } = sessionOf(bench)
    .reader.prepare('SELECT after FROM journal WHERE seq = ?')
    .get(entry?.seq ?? 0) as { after: string };
  const told = (JSON.parse(after) as { where: Where }).where[recordsField];
  expect(told).toEqual({ in: refs.slice(0, 50), of: refs.length });
});

test('what cannot be meant is refused by name', async () => {
  const refused = [
    page('imports', of('NOM-1')),
    page('people', { [periodField]: { gte: '2026-01-01' } }),
    page('people', { [recordsField]: { eq: 'NOM-1' } }),
    page('people', of('nobody')),
    page('crimes', { [periodField]: { gte: 'yesterday' } }),
    page('crimes', { [periodField]: { contains: '2026' } }),
  ];
  for (const each of refused) await expect(each).rejects.toMatchObject({ code: 'usage' });
});
