/** Names, addresses and references taken out of a pack: in every field, in every spelling, each counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySections } from '../../shared/packs/emptySections.ts';
import { listNameForms } from '../../shared/packs/nameForms.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import type { PackSpec } from '../../shared/packs/packSpec.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { type PackSecrets, redactPack } from '../../shared/packs/redact.ts';
import { findNamesOfMinors, findWrittenNames } from '../../shared/packs/writtenNames.ts';
import { buildPackData } from './fixtures/buildPackData.ts';

type Naming = PackSpec['naming']['children'];

const none: PackSecrets = {
  people: [],
  openNames: [],
  openAddresses: [],
  openPhrases: [],
  otherTeams: { addresses: [], names: [] },
  sourceReferences: [],
  reporters: [],
  provenance: [],
};

const child = (...names: string[]) => ({ ref: `NOM-${names[0]}`, names, child: true, victim: false });
const victim = (...names: string[]) => ({ ref: `NOM-${names[0]}`, names, child: false, victim: true });

function packOf(
  texts: readonly string[],
  change: Partial<PackSpec> = {},
  naming: Naming = 'withheld',
): PackData {
  return {
    ...emptySections,
    spec: { ...packSpecs.command, naming: { children: naming, victims: naming }, ...change },
    header: {
      operation: 'Operation Tarn',
      reference: null,
      force: null,
      marking: 'OFFICIAL-SENSITIVE',
      version: 1,
      copy: 1,
      recipient: 'Silver',
      reason: 'Warrant day',
      preparedBy: 'M. Lorton',
      preparedAt: '2026-11-20T16:45:00.000Z',
      dataAsAt: '2026-11-20T16:45:00.000Z',
      strikeDate: '2026-11-26',
      strikeTime: '05:30',
      destroyBy: null,
      team: null,
    },
    briefing: texts.map((text, index) => ({ ref: `text-${index}`, heading: 'Method', text })),
    forms: [],
    changes: null,
    sources: [],
    findings: [],
    withheld: [],
    photographs: [],
  };
}

/** What one text becomes, and how often something was taken out of it. */
function redact(
  text: string,
  secrets: Partial<PackSecrets>,
  change: Partial<PackSpec> = {},
  naming: Naming = 'withheld',
) {
  const { data, withheld } = redactPack(packOf([text], change, naming), { ...none, ...secrets });
  return {
    text: data.briefing[0]?.text,
    count: withheld.reduce((sum, each) => sum + each.count, 0),
    withheld,
  };
}

describe('a name that an audience may not have', () => {
  const people = [child('Bram John Corrie', 'Tiny')];
  it.each([
    ['Bram Corrie was seen.', '[child A] was seen.'],
    ['BRAM CORRIE', '[child A]'],
    ['bram  corrie', '[child A]'],
    ['Bram\nCorrie', '[child A]'],
    ['CORRIE, Bram John', '[child A]'],
    ['CORRIE Bram', '[child A]'],
    ['Corrie/Bram', '[child A]'],
    ['bram.corrie@example.test', '[child A]@example.test'],
    ['bram_corrie', '[child A]'],
    ['BramCorrie', '[child A]'],
    ['B. Corrie and B Corrie', '[child A] and [child A]'],
    ['Corrie B', '[child A]'],
    ["Corrie's flat", "[child A]'s flat"],
    ['the Corrie boy', 'the [child A] boy'],
    ['Bram said so', '[child A] said so'],
    ['with John, known', 'with [child A], known'],
    ['Brám Córrïe', '[child A]'],
    ['Br\u00adam Cor\u200brie', '[child A]'],
    ['Вram Соrriе', '[child A]'],
    ['Ｂｒａｍ Ｃｏｒｒｉｅ', '[child A]'],
    ['a tiny kitchen, Tiny was there', 'a tiny kitchen, [child A] was there'],
    ['Brambles by the Corriedale road', 'Brambles by the Corriedale road'],
    ['Corrie16', '[child A]16'],
  ])('%j becomes %j', (text, expected) => {
    const printed = redact(text, { people });
    expect(printed.text).toBe(expected);
    expect(printed.count).toBe(expected.split('[child A]').length - 1);
  });

  it.each<[string[], string, string]>([
    [
      ["Siobhán O'Neill"],
      "O'NEILL Siobhan, ONeill, O’Neill, o neill",
      '[child A], [child A], [child A], [child A]',
    ],
    [['Ana van der Berg'], 'van der Berg and Ana Van Der Berg', '[child A] and [child A]'],
    [['Lil Smith-Jones'], 'SMITH JONES, Smith-Jones, SmithJones', '[child A], [child A], [child A]'],
    [['Łukasz Żółty'], 'Lukasz ZOLTY', '[child A]'],
    [['Müller Straße'], 'MULLER STRASSE', '[child A]'],
    [['Bram Corrie & Ada Wick'], 'Ada Wick. Corrie.', '[child A]. [child A].'],
  ])('%j is found in %j', (names, text, expected) => {
    expect(redact(text, { people: [child(...names)] }).text).toBe(expected);
  });

  it('gives each person the same sign everywhere, and initials where the spec says so', () => {
    const both = [child('Bram Corrie'), child('Ada Wick')];
    expect(redact('Wick met Bram Corrie; Ada left.', { people: both }).text).toBe(
      '[child B] met [child A]; [child B] left.',
    );
    expect(redact('Wick met Bram Corrie.', { people: both }, {}, 'initials').text).toBe('[A.W.] met [B.C.].');
    expect(redact('Wick met Bram Corrie.', { people: both }, {}, 'named').text).toBe('Wick met Bram Corrie.');
  });

  it('is ruled by the stricter of child and victim', () => {
    const naming = { children: 'initials', victims: 'withheld' } as const;
    const twice = [{ ...child('Bram Corrie'), victim: true }, victim('Ada Wick'), child('Cy Dent')];
    const printed = redact('Bram Corrie, Ada Wick, Cy Dent', { people: twice }, { naming });
    expect(printed.text).toBe('[child A], [victim A], [C.D.]');
    expect(printed.withheld).toEqual([
      { reason: 'child', count: 2 },
      { reason: 'victim', count: 1 },
    ]);
  });

  it('leaves the names that may stand, and words that are theirs too', () => {
    const secrets = { people: [child('Bram Corrie')], openNames: ['Dale Corrie', 'Bram Wray'] };
    expect(redact('Dale Corrie and CORRIE Dale met Bram Corrie.', secrets).text).toBe(
      'Dale Corrie and CORRIE Dale met [child A].',
    );
    expect(redact('Bram Wray saw Corrie.', secrets).text).toBe('Bram Wray saw Corrie.');
  });

  it('leaves addresses of the pack whose street is called like a child', () => {
    const secrets = { people: [child('Jo Mill')], openAddresses: ['2 Mill Bank, Fellside, FE1 2AB'] };
    expect(redact('Mill is at 2 Mill Bank.', secrets).text).toBe('[child A] is at 2 Mill Bank.');
  });

  it('finds no shelter in an address or a phrase that may stand', () => {
    const secrets = {
      people: [child('Bram Corrie')],
      openAddresses: ['c/o Bram Corrie, 2 Mill Bank, Fellside'],
      openPhrases: ['The Bram Corrie line'],
    };
    expect(redact('c/o Bram Corrie, 2 Mill Bank, Fellside', secrets).text).toBe(
      'c/o [child A], 2 Mill Bank, Fellside',
    );
    expect(redact('the Bram Corrie line', secrets).text).toBe('the [child A] line');
  });

  it('takes photograph, date of birth and identifiers with it', () => {
    const [drawn] = buildPackData({ targets: 1, warrants: 0, photographs: 0 }).data.people;
    if (drawn === undefined) throw new Error('nobody was drawn');
    const person = {
      ...drawn,
      ref: 'NOM-1',
      name: 'Bram Corrie',
      aliases: ['Tiny'],
      photograph: 'photograph-1',
      photographDate: '2026-01-02',
      dateOfBirth: '2010-01-02',
      age: 16,
      description: 'Corrie limps',
      associates: ['Ada Wick'],
      pncId: '10/1A',
      cro: null,
      notes: null,
    };
    const pack = {
      ...packOf([]),
      people: [person, { ...person, ref: 'NOM-2', name: 'Ada Wick', photograph: 'photograph-2' }],
      photographs: [
        { id: 'photograph-1', alt: 'Photograph: Bram Corrie', takenOn: null },
        { id: 'photograph-2', alt: 'Photograph: Ada Wick', takenOn: null },
      ],
    };
    const { data, withheld } = redactPack(pack, { ...none, people: [child('Bram Corrie', 'Tiny')] });
    expect(data.people[0]).toMatchObject({
      name: '[child A]',
      aliases: ['[child A]'],
      photograph: null,
      photographDate: null,
      dateOfBirth: '[withheld]',
      age: 16,
      pncId: '[withheld]',
      cro: null,
      description: '[child A] limps',
    });
    expect(data.people[1]).toMatchObject({ photograph: 'photograph-2', dateOfBirth: '2010-01-02' });
    expect(data.photographs.map(({ id }) => id)).toEqual(['photograph-2']);
    // Name, alias and description; date, PNC ID and photograph. Of the other person alias and description.
    expect(withheld).toEqual([{ reason: 'child', count: 6 + 2 }]);
  });

  it('does not survive in any casing, spacing or order, and each place is counted', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{3,9}$/);
    const gap = fc.constantFrom(' ', '  ', ', ', '-', '.', '\n', '_', ' / ', '\t', '\u00a0');
    const casing = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) =>
        [...text].map((letter, at) => (at % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join(''),
    );
    fc.assert(
      fc.property(
        word,
        word,
        gap,
        casing,
        fc.boolean(),
        fc.constantFrom('', '+', '!!', '(', '£'),
        (forename, surname, between, change, turned, around) => {
          const name = change(turned ? `${surname}${between}${forename}` : `${forename}${between}${surname}`);
          const { forms, text, count } = {
            forms: listNameForms([`${forename} ${surname}`]),
            ...redact(`Q ${around}${name}${around} Q`, { people: [child(`${forename} ${surname}`)] }),
          };
          expect(forms.lone.length).toBeGreaterThan(0);
          const left = (text ?? '').replaceAll('[child A]', '').toLowerCase();
          // Common words stand where they are written small; together with the other name they never do.
          expect(left.includes(forename.toLowerCase()) && left.includes(surname.toLowerCase())).toBe(false);
          expect(count).toBe((text ?? '').split('[child A]').length - 1);
          expect(count).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('never changes a text in which it does not stand', () => {
    const secrets = { people: [child('Zzyzx Qwertzui')], sourceReferences: ['ISR-9917/26'] };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        fc.pre(!/isr|zzyzx|qwertzui|crime.?stopper|\bCS/i.test(text));
        expect(redact(text, secrets)).toMatchObject({ text, count: 0 });
      }),
    );
  });
});

describe('a pack of one team', () => {
  const team = { scope: 'team' } as const;
  const otherTeams = {
    addresses: ['2 Mill Bank, Fellside, FE1 2AB', 'Flat 3, Alder Court, Fellside'],
    names: ['Ada Wick'],
  };
  it.each([
    ['Then to 2 Mill Bank.', "Then to [another team's address]."],
    ['2 MILL BANK, FELLSIDE, FE1 2AB', "[another team's address]"],
    ['at fe12ab or FE1 2AB', "at [another team's address] or [another team's address]"],
    ['flat 3 alder ct', "[another team's address]"],
    ['Flat 3 here', 'Flat 3 here'],
    ['Ada WICK and Wick', "[another team's target] and [another team's target]"],
    ['12 Mill Bank', '12 Mill Bank'],
  ])('%j becomes %j', (text, expected) => {
    const printed = redact(text, { otherTeams }, team, 'named');
    expect(printed.text).toBe(expected);
    expect(printed.count).toBe(expected.split('[').length - 1);
  });

  it("names no other team's target who is a child, although the team may name children", () => {
    const secrets = { otherTeams, people: [child('Ada Wick'), child('Cy Dent')] };
    expect(redact('Ada Wick, Cy Dent', secrets, team, 'named').text).toBe("[another team's target], Cy Dent");
  });

  it('keeps what is its own as well, and a whole operation keeps all', () => {
    const shared = { otherTeams, openAddresses: ['2 Mill Bank, Fellside, FE1 2AB'], openNames: ['Bo Wick'] };
    expect(redact('Bo Wick of 2 Mill Bank, FE1 2AB; Wick; Ada Wick', shared, team, 'named').text).toBe(
      "Bo Wick of 2 Mill Bank, FE1 2AB; Wick; [another team's target]",
    );
    expect(redact('Ada Wick of 2 Mill Bank', { otherTeams }, {}, 'named').count).toBe(0);
  });
});

describe('names of lines and of the operation', () => {
  it('stand, although somebody is called so', () => {
    const secrets = { people: [child('Ada Wick', 'Marlo')], openPhrases: ['Marlo line'] };
    expect(redact('The Marlo line; Marlo holds it.', secrets).text).toBe(
      'The Marlo line; [child A] holds it.',
    );
    const others = {
      otherTeams: { addresses: [], names: ['Marlo', 'Ada Wick'] },
      openPhrases: ['Marlo line'],
    };
    expect(redact('Marlo line, Wick', others, { scope: 'team' }, 'named').text).toBe(
      "Marlo line, [another team's target]",
    );
  });
});

describe('what never leaves', () => {
  it.each([
    ['See ISR-4471/26 and isr 4471 26.', 'See [source reference] and [source reference].'],
    ['Report of PC 9 Quillfeather.', 'Report of [reporting officer].'],
    ['It was overheard in the shop by the till, so.', 'It was [provenance], so.'],
    ['Crimestoppers ref 12345678', '[Crimestoppers reference]'],
  ])('%j becomes %j in every pack', (text, expected) => {
    const printed = redact(
      text,
      {
        sourceReferences: ['ISR-4471/26', 'Patrol'],
        reporters: ['PC 9 Quillfeather'],
        provenance: ['overheard in the shop, by the till'],
      },
      {},
      'named',
    );
    expect(printed.text).toBe(expected);
    expect(printed.withheld).toEqual([{ reason: 'restricted', count: expected.split('[').length - 1 }]);
  });

  it('takes the raw cell whole where the printed value was changed and the cell reads otherwise', () => {
    const pack = {
      ...packOf(['Bram Corrie waits.']),
      sources: [
        {
          section: 'briefing',
          ref: 'text-0',
          field: 'text',
          value: null,
          file: 'Corrie.xlsx',
          sheet: 'Corrie B',
          row: 3,
          column: 'Text',
          raw: 'B*am Corr1e waits.',
        },
        {
          section: 'briefing',
          ref: 'text-0',
          field: 'heading',
          value: null,
          file: 'a.xlsx',
          sheet: null,
          row: 3,
          column: null,
          raw: 'CORRIE, Bram',
        },
      ] as const,
    };
    const { data, withheld } = redactPack(pack, { ...none, people: [child('Bram Corrie')] });
    expect(withheld).toEqual([{ reason: 'child', count: 1 + 1 + 1 + 1 + 1 }]);
    expect(data.sources.map(({ raw, file, sheet }) => [raw, file, sheet])).toEqual([
      ['[cell withheld]', '[child A].xlsx', '[child A]'],
      ['[child A]', 'a.xlsx', null],
    ]);
  });
});

describe('names in what is written of children', () => {
  it.each([
    ['2 children (Poppy 4, Jake 9)', ['Poppy', 'Jake']],
    ['Yes. Two girls, believed 3 and 5', []],
    ['Poppy-Mae Corrie (4); see Social Services', ['Poppy-Mae Corrie']],
    ['none', []],
    ['Two at Hawthorn Primary School, one of them Poppy', ['Poppy']],
  ])('%j holds %j', (text, names) => {
    expect(findWrittenNames(text)).toEqual(names);
  });

  it.each([
    ['Sarah Holt (34), Jake (9), Mia aged 4', ['Jake', 'Mia']],
    ['Poppy-Mae Corrie (aged 12)', ['Poppy-Mae Corrie']],
    ['Flat 3, Team 4, Jake 9', []],
    ['Seen on Monday (3/11)', []],
  ])('%j names the minors %j', (text, names) => {
    expect(findNamesOfMinors(text)).toEqual(names);
  });
});
