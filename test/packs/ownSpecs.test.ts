/** Packs of the force's own: kept, refused by name, undone, and used like the shipped ones. */
import { afterEach, describe, expect, it } from 'vitest';
import { checkOwnSpec } from '../../shared/packs/checkSpec.ts';
import { PackSpec } from '../../shared/packs/packSpec.ts';
import { packSpecs, shippedSpecs } from '../../shared/packs/packSpecs.ts';
import { cleanUp, makeWorkspace, refusal } from '../engine/support.ts';

afterEach(cleanUp);

const own = (change: Partial<PackSpec> = {}): PackSpec => ({
  ...packSpecs.safeguarding,
  id: 'own-housing',
  title: 'Housing pack',
  audience: 'housing officers',
  sections: [{ id: 'premises', columns: ['ref', 'address'] }],
  redactions: {},
  ...change,
});

describe('a pack of the force', () => {
  it('is kept, listed, replaced, removed, and each of it undone and redone', async () => {
    const { client, engine } = await makeWorkspace();
    await client.packs.saveSpec({ spec: own() });
    await client.packs.saveSpec({ spec: own({ title: 'Housing pack, short' }) });
    expect((await client.packs.specs()).own.map(({ title }) => title)).toEqual(['Housing pack, short']);
    await client.history.undo({});
    expect((await client.packs.specs()).own.map(({ title }) => title)).toEqual(['Housing pack']);
    await client.history.redo();
    await client.packs.removeSpec({ id: 'own-housing' });
    expect((await client.packs.specs()).own).toEqual([]);
    await client.history.undo({});
    const { shipped, own: kept } = await client.packs.specs();
    expect(kept).toEqual([own({ title: 'Housing pack, short' })]);
    expect(shipped).toEqual(shippedSpecs);
    const preview = await client.packs.preview({ pack: 'own-housing' });
    expect(preview.sections.map(({ title }) => title)).toEqual(['Premises']);
    await engine.close();
  });

  it('that is gone is refused with the names that there are, and a shipped one stays', async () => {
    const { client, engine } = await makeWorkspace();
    const unknown = await refusal(client.packs.preview({ pack: 'own-gone' }));
    expect([unknown.code, unknown.message]).toEqual(['pack.unknown', expect.stringMatching(/command, team/)]);
    expect((await refusal(client.packs.removeSpec({ id: 'own-gone' }))).code).toBe('pack.unknown');
    expect((await refusal(client.packs.removeSpec({ id: 'command' }))).code).toBe('invalid');
    await engine.close();
  });

  it('may not undo a save that a later one has replaced', async () => {
    const { client, engine } = await makeWorkspace();
    await client.packs.saveSpec({ spec: own() });
    const first = (await client.history.list({ limit: 1 })).entries[0]?.seq ?? 0;
    await client.packs.saveSpec({ spec: own({ title: 'Other' }) });
    expect((await refusal(client.history.undo({ seq: first }))).code).toBe('journal.blocked');
    await engine.close();
  });

  it.each([
    ['a name of a shipped pack', own({ id: 'command' }), /own-/],
    ['the prefix alone', own({ id: 'own-' }), /own-/],
    ['an unknown column', own({ sections: [{ id: 'premises', columns: ['colour'] }] }), /"colour"/],
    ['an unknown hidden field', own({ redactions: { people: ['shoeSize'] } }), /"shoeSize"/],
    [
      'a restricted field',
      own({ sections: [{ id: 'premises', columns: ['sourceRef'] }] }),
      /"sourceRef".*never/,
    ],
    ['a section twice', own({ sections: [{ id: 'premises' }, { id: 'premises' }] }), /twice/],
    ['a column twice', own({ sections: [{ id: 'premises', columns: ['ref', 'ref'] }] }), /twice/],
    ['all columns hidden', own({ redactions: { premises: ['ref', 'address'] } }), /hides all/],
    ['links for partners', own({ sections: [{ id: 'links' }] }), /"Links"/],
    ['officers for a court', own({ readers: 'court', sections: [{ id: 'officers' }] }), /"Officers".*court/],
    ['the source index for partners', own({ sourceIndex: true }), /source index/],
    ['findings for partners', own({ findings: true }), /findings/],
    ['forms for partners', own({ forms: ['results'] }), /forms/],
  ])('%s is refused by name', (_, spec, words) => {
    expect(() => checkOwnSpec(spec)).toThrow(words);
  });

  it.each(shippedSpecs.map((spec) => [spec.id, spec] as const))(
    'a copy of the %s pack may be kept',
    (id, spec) => {
      expect(() => checkOwnSpec(PackSpec.parse({ ...spec, id: `own-${id}` }))).not.toThrow();
    },
  );

  it('with an unknown section does not pass the contract', () => {
    const spec = { ...own(), sections: [{ id: 'horoscopes' }] };
    expect(PackSpec.safeParse(spec).error?.issues[0]?.path).toEqual(['sections', 0, 'id']);
  });
});
