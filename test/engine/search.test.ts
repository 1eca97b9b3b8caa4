import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../seed.ts';
import type { SearchHit } from '../../shared/contract/areas/search.ts';
import type { Bench } from './support.ts';
import { cleanUp, importDemo, importPaths, makeWorkspace, onlyRef, sessionOf, writeCsv } from './support.ts';

const patience = 120_000;

/** The text of each match with what was found in square brackets. */
function marked(hit: SearchHit | undefined): string[] {
  return (hit?.matched ?? []).map(({ field, text, ranges }) => {
    const shown = [...ranges]
      .reverse()
      .reduce((all, [from, to]) => `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`, text);
    return `${field}: ${shown}`;
  });
}

describe('search', () => {
  let bench: Bench;
  const find = async (text: string, more: object = {}) => bench.client.search.find({ text, ...more });
  /** The first page, and the original rows that come on pages of their own. */
  const findAll = async (text: string, more: object = {}) => {
    const hits: SearchHit[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const page: Awaited<ReturnType<typeof find>> = await find(text, { ...more, offset });
      hits.push(...page.hits);
      offset = page.next;
    }
    return hits;
  };
  const refs = async (text: string, more: object = {}) => (await find(text, more)).hits.map(({ ref }) => ref);
  const first = async (text: string) => (await find(text)).hits[0];

  beforeAll(async () => {
    bench = await makeWorkspace();
    const people = writeCsv(bench, 'people.csv', [
      ['Surname', 'Forename', 'DOB', 'PNC ID', 'Alias', 'Mobile', 'Address', 'Postcode', 'Left aside'],
      [
        'SMITH',
        'John Paul',
        '12/03/2011',
        '',
        'Ghost',
        '07700 900123',
        '1 Example Street',
        'ZE1 1AA',
        'walks with a limp',
      ],
      ['Smith', 'Zoë', '01/02/1990', '2003/0062845E', '', '07700 900456', '2 Example Street', 'ZE1 1AB', ''],
      ['JONES', 'Catherine', '05/06/1985', '', 'Smith', '07700 900789', '3 Mill Lane', 'ZE10 2AA', ''],
      ['Łuczak', 'Paweł', '07/08/1979', '', '', '', '', '', ''],
    ]);
    const vehicles = writeCsv(bench, 'vehicles.csv', [
      ['VRM', 'Make', 'Colour', 'Keeper'],
      ['OB15 SIO', 'Ford', 'Blue', 'J Smith'],
      ['AB12 CDE', 'Vauxhall', 'Grey', ''],
    ]);
    const intelligence = writeCsv(bench, 'log.csv', [
      ['URN', 'Date', 'Intelligence', 'Grade', 'Subjects'],
      [
        'INT/1',
        '03/10/2026',
        'A grey Vauxhall was seen with cash in hand at the Example Street flats.',
        '2CP',
        'Ghost',
      ],
      [
        'INT/2',
        '04/11/2026',
        'In the evening the cash was counted by hand. Call 07700-900123 first.',
        '1AP',
        '',
      ],
      ['INT/3', '', 'A blue Ford, part of a mark 15 SI, was at the station.', '2CP', ''],
    ]);
    const calls = writeCsv(bench, 'calls.csv', [
      ['Calling Number', 'Called Number', 'Start Date', 'Start Time', 'Duration (s)', 'Call Type'],
      ['07700900123', '07700900987', '01/10/2026', '10:00:00', '10', 'Voice'],
      ['not a number', 'broken row 4711', 'never', '', '', ''],
    ]);
    await importPaths(bench, [people, vehicles]);
    await importPaths(bench, [intelligence]);
    await importPaths(bench, [calls]);
  }, patience);
  afterAll(async () => {
    await bench.engine.close();
    cleanUp();
  });

  it('finds people by words in any order, whatever accents and case', async () => {
    expect((await refs('smith john paul'))[0]).toBe('NOM-1');
    expect((await refs('ZOE SMITH'))[0]).toBe('NOM-2');
    expect((await refs('pawel luczak'))[0]).toBe('NOM-4');
    expect(marked(await first('zoe'))).toEqual(['name: [Zoë] Smith']);
  });

  it('takes one letter beside a word for an initial, and nothing else for one', async () => {
    for (const text of ['J Smith', 'smith j', 'smith, j.p.', 'john p smith'])
      expect(
        (await refs(text, { in: ['people', 'vehicles', 'intelligence', 'premises', 'phones'] }))[0],
        text,
      ).toBe('NOM-1');
    expect((await refs('Z Smith'))[0]).toBe('NOM-2');
    expect(await refs('q smith', { in: ['people'] })).toEqual([]);
  });

  it('knows words of an address that are written short', async () => {
    expect((await refs('1 example st'))[0]).toBe('PRM-1');
    expect((await refs('3 mill ln'))[0]).toBe('PRM-3');
  });

  it('puts the whole name before others with the same words, and what begins so after it', async () => {
    const found = await find('zoë smith');
    expect(found.hits[0]).toMatchObject({ ref: 'NOM-2', score: 900 });
    const begun = await refs('smi');
    expect(begun.slice(0, 3).sort()).toEqual(['NOM-1', 'NOM-2', 'NOM-3']);
  });

  it('forgives slips and hears names, and says what it took', async () => {
    const found = await find('cathrine jonse');
    expect(found.hits[0]?.ref).toBe('NOM-3');
    expect(found.instead).toContainEqual({ typed: 'jonse', words: ['jones'] });
    expect((await refs('kathryn'))[0]).toBe('NOM-3');
    expect((await refs('kate jones'))[0]).toBe('NOM-3');
    // A word that is there is not replaced.
    expect((await find('jones')).instead).toEqual([]);
    expect(await refs('xylophone')).toEqual([]);
  });

  it('finds phones by any part, and texts that name them', async () => {
    for (const text of [
      '+44 7700 900123',
      '07700-900123',
      '7700900123',
      '0044 (0)7700 900 123',
      '447700900123',
    ])
      expect((await refs(text)).slice(0, 2), text).toEqual(['PHN-1', 'INT-2']);
    expect((await refs('900123'))[0]).toBe('PHN-1');
    expect((await refs('0900 12'))[0]).toBe('PHN-1');
    expect(marked(await first('900123'))).toEqual(['number: +447700[900123]']);
    // Known from calls alone.
    expect((await first('900987'))?.grid).toBe('phones');
  });

  it('finds marks whole or in part, and by what a sign is mistaken for', async () => {
    for (const text of ['ob15sio', 'OB15 SIO', '0815 510', 'b15s', 'OBI5', 'AB12 CDE'])
      expect((await first(text))?.grid, text).toBe('vehicles');
    expect(marked(await first('I5 5IO'))).toEqual(['vrm: OB[15SIO]']);
    expect((await find('cde')).hits[0]?.grid).toBe('vehicles');
  });

  it('finds postcodes, the outward part alone, PNC IDs, days and references', async () => {
    expect((await refs('ze11aa', { in: ['premises'] }))[0]).toBe('PRM-1');
    expect((await refs('ZE1 1AA', { in: ['premises'] }))[0]).toBe('PRM-1');
    const outward = await refs('ZE1', { in: ['premises'] });
    expect(outward.slice(0, 2).sort()).toEqual(['PRM-1', 'PRM-2']);
    expect((await refs('2003/0062845e'))[0]).toBe('NOM-2');
    expect((await refs('0062845'))[0]).toBe('NOM-2');
    expect((await refs('03/62845E'))[0]).toBe('NOM-2');
    expect((await refs('12/03/2011'))[0]).toBe('NOM-1');
    expect((await refs('March 2011'))[0]).toBe('NOM-1');
    expect((await refs('october 2026'))[0]).toBe('INT-1');
    expect((await refs('nom-2'))[0]).toBe('NOM-2');
    expect((await refs('INT/2'))[0]).toBe('INT-2');
  });

  it('takes phrases word by word and leaves out what is excluded', async () => {
    expect(await refs('"cash in hand"', { in: ['intelligence'] })).toEqual(['INT-1']);
    expect((await refs('cash hand', { in: ['intelligence'] })).sort()).toEqual(['INT-1', 'INT-2']);
    expect(await refs('cash -grey', { in: ['intelligence'] })).toEqual(['INT-2']);
  });

  it('finds original cells that no field took, and rows that were rejected', async () => {
    const limp = await first('limp');
    expect(limp).toMatchObject({ ref: 'SRC-1', row: 2, records: expect.arrayContaining(['NOM-1']) });
    expect(marked(limp)).toEqual(['Left aside: walks with a [limp]']);
    expect((await first('4711'))?.label).toContain('calls.csv');
  });

  it('says who is a child, and what of the plan is about a hit', async () => {
    const target = onlyRef(await bench.client.records.makeTargets({ refs: ['NOM-1'] }));
    expect(await first('ghost')).toMatchObject({ ref: 'NOM-1', care: 'child', plan: [target] });
    expect((await first('pawel'))?.care).toBeUndefined();
  });

  it('narrows by kind, sheet, grade and days, and counts the same', async () => {
    const all = await bench.client.search.facets({ text: 'cash' });
    expect(all).toMatchObject({ total: 4, complete: true });
    expect(all.grids).toEqual([
      { grid: 'intelligence', count: 2 },
      { grid: 'sources', count: 2 },
    ]);
    expect(all.grades).toEqual([
      { grade: '1AP', count: 1 },
      { grade: '2CP', count: 1 },
    ]);
    expect(all.years).toEqual([{ year: '2026', count: 2 }]);
    const source = all.sources[0]?.ref ?? '';
    expect(await findAll('cash', { source })).toHaveLength(4);
    expect((await findAll('cash')).map(({ grid }) => grid)).toEqual([
      'intelligence',
      'intelligence',
      'sources',
      'sources',
    ]);
    expect(await refs('cash', { grade: '1AP' })).toEqual(['INT-2']);
    expect(await refs('cash', { from: '2026-11-01' })).toEqual(['INT-2']);
    expect(await refs('cash', { to: '2026-10-31' })).toEqual(['INT-1']);
    expect(await refs('cash', { in: ['people'] })).toEqual([]);
    await expect(find('cash', { source: 'NOM-1' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('finds what an edit has just said, and no longer what it took back', async () => {
    const { client } = bench;
    await client.records.set({ edits: [{ ref: 'NOM-4', values: { aliases: 'Quicksilver' } }] });
    expect(await refs('quicksilver')).toEqual(['NOM-4']);
    await client.history.undo({});
    expect(await refs('quicksilver')).toEqual([]);
  });

  it('finds a value that another source says, and marks it so', async () => {
    const { client } = bench;
    await client.records.set({
      edits: [{ ref: 'NOM-4', values: { surname: 'Lutchak', name: 'Pawel Lutchak' } }],
    });
    const hit = (await find('łuczak')).hits.find(({ ref }) => ref === 'NOM-4');
    expect(hit?.matched.some(({ other }) => other)).toBe(true);
    await client.history.undo({});
  });

  it(
    'finds a phone in whatever way it is written',
    async () => {
      const separator = fc.constantFrom('', ' ', '-', '.', ' ');
      const way = fc
        .tuple(
          fc.constantFrom('+44', '0044', '+44 (0)', '0', '44', ''),
          fc.array(separator, { minLength: 9, maxLength: 9 }),
          fc.constantFrom('7700900123', '7700900456', '7700900789', '7700900987'),
        )
        .map(([start, between, digits]) => ({
          digits,
          text: start + [...digits].map((digit, at) => digit + (between[at] ?? '')).join(''),
        }));
      await fc.assert(
        fc.asyncProperty(way, async ({ digits, text }) => {
          const hit = await first(text.trim());
          expect(hit?.label, text).toBe(`+44${digits}`);
        }),
        { numRuns: 60 },
      );
    },
    patience,
  );

  it(
    'finds a mark under any of its lookalikes',
    async () => {
      const likes: Record<string, string> = { O: 'O0', B: 'B8', '1': '1I', '5': '5S', S: 'S5', I: 'I1' };
      const mark = 'OB15SIO';
      const typed = fc
        .tuple(
          fc.tuple(...[...mark].map((sign) => fc.constantFrom(...(likes[sign] ?? sign)))),
          fc.integer({ min: 0, max: 3 }),
          fc.integer({ min: 4, max: 7 }),
        )
        .map(([signs, from, length]) => signs.join('').slice(from, from + length));
      await fc.assert(
        fc.asyncProperty(typed, async (text) => {
          expect(await refs(text, { in: ['vehicles'] }), text).toContain('VEH-1');
        }),
        { numRuns: 60 },
      );
    },
    patience,
  );

  it(
    'answers anything without failing',
    async () => {
      for (const text of [
        '',
        ' ',
        '"',
        '""',
        '-',
        '--',
        '*',
        'a*',
        'AND',
        'NOT NEAR(',
        '( OR )',
        "' OR 1=1 --",
        '^',
        '%',
        '\u0000',
        '🙂',
        'ﷺ'.repeat(50),
        'a '.repeat(190),
      ])
        await find(text);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
          const { hits } = await find(text);
          for (const { matched } of hits)
            for (const { text: shown, ranges } of matched)
              for (const [from, to] of ranges)
                expect(from >= 0 && to > from && to <= shown.length).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
    patience,
  );

  it('is one consultation when the text stands, with the words and who was shown', async () => {
    const { client } = bench;
    const before = (await client.history.list({ limit: 1 })).entries[0]?.seq ?? 0;
    for (const text of ['gho', 'ghos', 'ghost']) await find(text);
    await client.workspace.close();
    await client.workspace.open({
      grant: bench.engine.grants.add(bench.workspace, 'open-workspace'),
      passphrase: 'slow heron over slate',
    });
    const entries = (await client.history.list({ limit: 50 })).entries.filter(
      ({ seq, method }) => seq > before && method === 'search.find',
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ operation: 'consultation' });
    expect(entries[0]?.summary).toMatch(/^Searched everything: \d+ shown$/);
    const row = sessionOf(bench)
      .reader.prepare('SELECT after FROM journal WHERE seq = ?')
      .get(entries[0]?.seq) as { after: string };
    expect(JSON.parse(row.after)).toEqual({ text: 'ghost' });
    const own = await client.records.show({ ref: 'NOM-1' });
    expect(own.history.some(({ seq }) => seq === entries[0]?.seq)).toBe(true);
  });

  it(
    'answers from the demonstration',
    async () => {
      const demo = await makeWorkspace();
      await importDemo(demo);
      for await (const event of await demo.client.search.index())
        if (event.type === 'done') expect(event.report).toEqual({ ready: true, waiting: 0, share: 1 });
      const answer = await demo.client.search.find({ text: 'redfurn' });
      expect(answer.hits[0]?.label).toBe('Thomas Redfern-Lowe');
      expect(answer.index).toEqual({ ready: true, waiting: 0, share: 1 });
      await demo.engine.close();
    },
    patience,
  );
});

describe('page after page', () => {
  afterAll(cleanUp);

  it(
    'shows every row once, also where a later page knows of a better one',
    async () => {
      const bench = await makeWorkspace();
      const count = 420;
      const people = Array.from({ length: count }, (_, at) => [
        'Fenwick',
        String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26)),
        `0${1 + (at % 9)}/0${1 + (at % 8)}/${1950 + (at % 50)}`,
      ]);
      await importPaths(bench, [writeCsv(bench, 'people.csv', [['Surname', 'Forename', 'DOB'], ...people])]);
      const total = (await bench.client.grids.page({ grid: 'people', limit: 1 })).total;
      // The oldest rows come last in the index, and who is a target comes first of equals.
      for (let id = 1; id < total; id += 20)
        await bench.client.records.add({ grid: 'targets', values: { subject: `NOM-${id}` } });
      const shown: string[] = [];
      for (let offset: number | null = 0; offset !== null; ) {
        const page: Awaited<ReturnType<typeof bench.client.search.find>> = await bench.client.search.find({
          text: 'fenwick',
          in: ['people'],
          offset,
        });
        shown.push(...page.hits.map(({ ref }) => ref));
        offset = page.next;
      }
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown).toHaveLength(total);
      await bench.client.workspace.close();
    },
    patience,
  );

  it(
    'names file, sheet and row of an original row, whatever stands in the name of the file',
    async () => {
      const bench = await makeWorkspace();
      await importPaths(bench, [
        writeCsv(bench, 'nominals, May, final.csv', [
          ['Surname', 'Forename', 'Left aside'],
          ['Fenwick', 'Dale', 'whistling'],
        ]),
      ]);
      const { hits } = await bench.client.search.find({ text: 'whistling', sources: true });
      expect(hits).toMatchObject([
        { ref: 'SRC-1', row: 2, sources: [{ file: 'nominals, May, final.csv', row: 2 }] },
      ]);
      await bench.client.workspace.close();
    },
    patience,
  );
});
