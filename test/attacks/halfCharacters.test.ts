/** Half a character, sent or cut so, can be stored by no database: it must not make the journal look altered. */
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, makeWorkspace } from '../engine/support.ts';

afterAll(cleanUp);

describe('half a character', () => {
  it('in a name, a reason, a file’s mapping or a draft leaves the journal whole', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    const half = 'Maud \ud83d Ellery \ude00';
    await client.records.add({ grid: 'people', values: { name: half }, reason: half });
    await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: half } }], reason: half });
    // A summary is cut to its length: the cut may fall into a character.
    for (let length = 30; length < 70; length += 1)
      await client.records.add({
        grid: 'people',
        values: { name: `${'x'.repeat(length)}\u{1f600}`.repeat(3) },
      });
    await client.drafts.keep({ drafts: [{ key: 'briefing', value: half }] });
    await client.history.undo({});
    expect(await client.history.verify()).toMatchObject({ ok: true });
    await bench.engine.close();
  });
});
