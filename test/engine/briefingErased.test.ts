/** Versions of a briefing after a person who stood in one of them was erased. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, onlyRef } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

it('are still read, without the person and with all else that they said', async () => {
  const { client } = bench;
  const ref = onlyRef(await client.records.add({ grid: 'people', values: { name: 'Quillon Vextrass' } }));
  const save = (text: string, method: string, version: number) =>
    client.briefing.save({
      model: 'IIMARCH',
      sections: { information: { text, marking: null }, method: { text: method, marking: null } },
      version,
    });
  await save('Quillon Vextrass holds the line.', 'Enter together.', 0);
  await save('Rewritten.', 'Enter together.', 1);
  await client.closing.saveCase({
    state: {
      proceedings: 'none',
      concludedOn: null,
      convictedOn: null,
      releasedOn: null,
      custody: false,
      appeal: 'none',
      appealDecidedOn: null,
    },
    reason: 'No charges',
  });
  for await (const _ of await client.closing.erasePerson({
    ref,
    confirm: ref,
    texts: true,
    reason: 'Request',
  }))
    void _;
  const textOf = async (version: number, key: string) =>
    (await client.briefing.read({ version })).sections.find((each) => each.key === key)?.text;
  expect(await textOf(1, 'information')).toBe('[erased] holds the line.');
  expect(await textOf(1, 'method')).toBe('Enter together.');
  expect(await textOf(2, 'information')).toBe('Rewritten.');
  expect(await textOf(2, 'method')).toBe('Enter together.');
  expect((await client.briefing.versions()).versions.map((each) => each.version)).toEqual([2, 1]);
}, 60_000);
