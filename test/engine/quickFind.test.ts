/** Quick find in the grids of the plan: by what stands in the row, and by the names it leads to. */
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, makeWorkspace, onlyRef } from './support.ts';

const bench = await makeWorkspace();
const { client } = bench;

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const find = async (text: string) =>
  (await client.grids.page({ grid: 'targets', where: { '*': { contains: text } } })).rows.map(
    ({ ref }) => ref,
  );

describe('quick find in targets', () => {
  it('finds by the name of the person and by the address, and takes no sign for a pattern', async () => {
    const person = onlyRef(await client.records.add({ grid: 'people', values: { name: 'Ada 100% Fell' } }));
    const other = onlyRef(await client.records.add({ grid: 'people', values: { name: 'Ben Ghyll' } }));
    const premises = onlyRef(
      await client.records.add({
        grid: 'premises',
        values: { address: '4 Scree Lane', postcode: 'CA1 1AA' },
      }),
    );
    const first = onlyRef(await client.records.add({ grid: 'targets', values: { subject: person } }));
    const second = onlyRef(
      await client.records.add({
        grid: 'targets',
        values: { subject: other, premises, grounds: 'Seen at Fell End' },
      }),
    );
    expect(await find('ada')).toEqual([first]);
    expect(await find('fell')).toEqual([first, second]);
    expect(await find('scree')).toEqual([second]);
    expect(await find('100%')).toEqual([first]);
    expect(await find('1%0')).toEqual([]);
    expect(await find("'; --")).toEqual([]);
  });

  it('is found by what it is called when a reference is chosen, and by the letters of its references', async () => {
    const person = onlyRef(await client.records.add({ grid: 'people', values: { name: 'Max Ouzel' } }));
    const target = onlyRef(await client.records.add({ grid: 'targets', values: { subject: person } }));
    const found = async (text: string) =>
      (await client.records.find({ text, grids: ['targets'] })).matches.map(({ ref }) => ref);
    expect(await found('Max')).toEqual([target]);
    expect(await found('ouzel')).toEqual([target]);
    expect(await found('TGT')).toContain(target);
    expect(await found('tgt-')).toContain(target);
    expect(await found('Quill')).toEqual([]);
  });
});
