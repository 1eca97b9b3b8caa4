import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../seed.ts';
import { identifiersInText, markKey, phoneKey } from '../../electron/engine/search/identifiers.ts';
import { understand } from '../../electron/engine/search/query.ts';
import { slips, soundOf, Vocabulary } from '../../electron/engine/search/vocabulary.ts';
import { foldWord, wordsOf } from '../../electron/engine/search/words.ts';

const readings = (text: string) => understand(text, 2026).whole.map(({ kind, key }) => `${kind} ${key}`);
const terms = (text: string) => understand(text, 2026).terms;

describe('words', () => {
  it('fold case, accents and letters that do not come apart', () => {
    expect(wordsOf('Łukasz O’Neill, SMITH-JONES (né Süß)').map(({ word }) => word)).toEqual([
      'lukasz',
      'oneill',
      'smith',
      'jones',
      'ne',
      'suss',
    ]);
    expect(foldWord('ＦＵＬＬ')).toBe('full');
  });

  it('are the same in plain English letters and beside others', () => {
    const letters = fc.string({ unit: fc.constantFrom(..."abcXYZ019 '-._/,"), maxLength: 40 });
    fc.assert(
      fc.property(letters, (text) => {
        const beside = wordsOf(`${text} é`);
        expect(wordsOf(text)).toEqual(beside.slice(0, -1));
      }),
      { numRuns: 1000 },
    );
  });

  it('know where they stand', () => {
    const text = 'A “Zoë-Ann” 12';
    for (const { word, from, to } of wordsOf(text)) expect(foldWord(text.slice(from, to))).toBe(word);
  });
});

describe('what is typed', () => {
  it('reads phones, marks, postcodes, references and days', () => {
    expect(readings('+44 (0)7700 900 123')).toContain('phone 07700900123');
    expect(readings('0044 7700 900123')).toContain('phone 07700900123');
    expect(readings('07700-900123')).toContain('phone 07700900123');
    expect(readings('447700900123')).toContain('phone 07700900123');
    expect(readings('7700900123')).toContain('phone 7700900123');
    expect(readings('0900 12')).toContain('phone 090012');
    expect(readings('+33 1 23 45 67 89')).toContain('phone 33123456789');
    expect(readings('ab12 cde')).toContain('vehicle a812cde');
    expect(readings('ca1 1aa')).toContain('postcode ca11aa');
    expect(readings('nom-0012')).toContain('reference nom12');
    expect(readings('2003/0062845E')).toContain('identifier 20030062845e');
    expect(terms('12/03/2011')[0]?.keys).toEqual(['d20110312']);
    expect(terms('2011-03-12')[0]?.keys).toEqual(['d20110312']);
    expect(terms('12 March 2011')[0]?.keys).toEqual(['d20110312']);
    expect(terms('mar 2011')[0]?.keys).toEqual(['d201103']);
    expect(terms('31/02/2011')[0]?.readings.map(({ kind }) => kind)).not.toContain('date');
  });

  it('reads a PNC ID without its zeros, and an IMEI without its check digit', () => {
    expect(readings('03/62845E')).toContain('identifier 20030062845e');
    expect(readings('2003/62845')).toContain('identifier 20030062845');
    expect(readings('356900000012345')).toContain('identifier 35690000001234');
    expect(readings('234150000000001')).toEqual(['phone 234150000000001']);
  });

  it('takes a word and a number for what they are', () => {
    expect(readings('danquah 900')).toEqual([]);
    expect(readings('tu6 8rv')).toContain('vehicle tu68rv');
  });

  it('keeps phrases together and leaves out what has a minus', () => {
    const question = understand('"cash in hand" smith -jones -"blue car"', 2026);
    expect(question.terms.map(({ words, isPhrase }) => [words, isPhrase])).toEqual([
      [['cash', 'in', 'hand'], true],
      [['smith'], false],
    ]);
    expect(question.excluded.map(({ words }) => words)).toEqual([['jones'], ['blue', 'car']]);
  });

  it('is never too much: any text is taken apart, and nothing of it reaches the query as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const question = understand(text, 2026);
        for (const term of [...question.terms, ...question.excluded])
          for (const word of [...term.words, ...term.keys]) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
        for (const { key } of question.whole) expect(key).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('identifiers inside a text', () => {
  it('are found with their place', () => {
    const text = 'Calls from 07700 900123 and +44 7700 900456; grey van AB12 CDE at CA1 1AA.';
    const found = identifiersInText(text);
    expect(found.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'phone 07700900123',
      'phone 07700900456',
      'vehicle a812cde',
      'postcode ca11aa',
    ]);
    for (const each of found) expect(text.slice(each.from, each.from + each.text.length)).toBe(each.text);
  });

  it('compare the same however they are written', () => {
    expect(phoneKey('+447700900123')).toBe(phoneKey('07700 900 123'));
    expect(markKey('OIS8')).toBe(markKey('015B'));
  });
});

/** The plain definition: the shortest way by letters added, left out, changed and neighbours swapped. */
function plainSlips(a: string, b: string): number {
  const table: number[][] = [];
  for (let i = 0; i <= a.length; i += 1) {
    table.push([]);
    for (let j = 0; j <= b.length; j += 1) {
      const row = table[i] as number[];
      if (i === 0 || j === 0) row[j] = i + j;
      else {
        const at = (x: number, y: number) => table[x]?.[y] ?? 0;
        row[j] = Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        );
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          row[j] = Math.min(row[j] ?? 0, at(i - 2, j - 2) + 1);
      }
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}

describe('slips of the finger', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdé'), minLength: 1, maxLength: 8 });

  it('are counted like the plain definition', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
        expect(slips(a, b, most)).toBe(Math.min(plainSlips(a, b), most + 1));
      }),
      { numRuns: 3000 },
    );
  });

  it('never hide a word that is near', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), word, (words, typed) => {
        const vocabulary = new Vocabulary();
        vocabulary.take(words);
        const near = new Set(vocabulary.near(typed, 1000).map((variant) => variant.word));
        const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
        const wanted = new Set(
          words.filter(
            (each) => each.length >= 3 && each !== typed && plainSlips(each, typed) <= most && most > 0,
          ),
        );
        expect(near).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it('and sounds: Kathryn is heard in Catherine', () => {
    expect(soundOf('kathryn')).toBe(soundOf('catherine'));
    expect(soundOf('stephen')).toBe(soundOf('steven'));
    expect(soundOf('lee')).toBeNull();
    expect(soundOf('łucja')).toBeNull();
  });
});
