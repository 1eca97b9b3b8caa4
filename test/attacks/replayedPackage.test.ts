/**
 * The attack: an old package is brought again, so that what it says would stand over what was entered since; or one is
 * left out, so that what it took away never went. A package is taken once, and what it rests on has to be here.
 */
import { afterAll, expect, it } from 'vitest';
import type { Bench } from '../engine/support.ts';
import { allRows, cleanUp, onlyRef, refusal } from '../engine/support.ts';
import { makeCopies, makeFor, take } from '../exchange/support.ts';

afterAll(cleanUp);

const notesOf = async ({ client }: Bench) => (await allRows(client, 'people')).map(({ note }) => note);

it('a package is taken once, and never by the copy that made it', async () => {
  const [a, b] = await makeCopies(1);
  if (!a || !b) throw new Error('two copies');
  const ref = onlyRef(
    await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery', note: 'old' } }),
  );
  const made = await makeFor(a);
  await take(b, made.path);
  await b.client.records.set({ edits: [{ ref, values: { note: 'new' } }] });
  expect((await refusal(take(b, made.path))).code).toBe('exchange.replayed');
  expect(await notesOf(b)).toEqual(['new']);
  expect((await refusal(take(a, made.path))).code).toBe('exchange.replayed');
  // Also through a preview.
  const preview = async () => {
    for await (const _ of await b.client.exchange.preview({ file: b.engine.grants.add(made.path, 'file') }));
  };
  expect((await refusal(preview())).code).toBe('exchange.replayed');
  await a.engine.close();
  await b.engine.close();
}, 120_000);

it('an older package that was not taken yet brings nothing back', async () => {
  const [a, b] = await makeCopies(1);
  if (!a || !b) throw new Error('two copies');
  const ref = onlyRef(
    await a.client.records.add({ grid: 'people', values: { name: 'Maud Ellery', note: 'old' } }),
  );
  const older = await makeFor(a);
  await a.client.records.set({ edits: [{ ref, values: { note: 'new' } }] });
  const newer = await makeFor(a);
  await take(b, newer.path);
  await take(b, older.path);
  expect(await notesOf(b)).toEqual(['new']);
  await a.engine.close();
  await b.engine.close();
}, 120_000);

it('a package that rests on what has not come is refused, and names what is missing', async () => {
  const [a, b, c] = await makeCopies(2);
  if (!a || !b || !c) throw new Error('three copies');
  await b.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
  // The original has what B said, and is known to B to have it: the next package for it leaves that out.
  await take(a, (await makeFor(b)).path);
  await take(b, (await makeFor(a)).path);
  await b.client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
  const narrow = await makeFor(b, '0');
  const refused = await refusal(take(c, narrow.path));
  expect(refused.code).toBe('exchange.gap');
  expect(refused.message).toContain('copy A');
  expect(await allRows(c.client, 'people')).toEqual([]);
  // One for this copy has everything.
  await take(c, (await makeFor(b, 'C')).path);
  expect(await allRows(c.client, 'people')).toHaveLength(2);
  for (const bench of [a, b, c]) await bench.engine.close();
}, 120_000);
