/** The difference of two texts by words: whole in both directions, and no longer than it has to be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefingFacts, fillFacts } from '../../shared/domain/briefingFacts.ts';
import { compareWords } from '../../shared/domain/wordDifference.ts';
import { iimarch, safcorm } from '../../shared/reference/briefing.ts';
import { briefingTemplates } from '../../shared/reference/briefingTemplates.ts';

const joined = (parts: ReturnType<typeof compareWords>, kinds: readonly string[]) =>
  parts
    .filter((part) => kinds.includes(part.kind))
    .map((part) => part.text)
    .join('');

describe('the difference by words', () => {
  it('names what went and what came', () => {
    expect(compareWords('Teams enter at five.', 'Teams enter together at six.')).toEqual([
      { kind: 'same', text: 'Teams enter ' },
      { kind: 'added', text: 'together ' },
      { kind: 'same', text: 'at ' },
      { kind: 'removed', text: 'five' },
      { kind: 'added', text: 'six' },
      { kind: 'same', text: '.' },
    ]);
    expect(compareWords('', '')).toEqual([]);
    expect(compareWords('a', '')).toEqual([{ kind: 'removed', text: 'a' }]);
  });

  it('keeps both texts whole, for any two of them', () => {
    const text = fc.array(fc.constantFrom('alpha', 'beta', ' ', '\n', '.', 'é', '{{strike}}', '😀'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const parts = compareWords(one.join(''), other.join(''));
        expect(joined(parts, ['same', 'removed'])).toBe(one.join(''));
        expect(joined(parts, ['same', 'added'])).toBe(other.join(''));
        for (const [index, part] of parts.entries()) {
          expect(part.text).not.toBe('');
          expect(part.kind).not.toBe(parts[index + 1]?.kind);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds as much in common as there is', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    const longestCommon = (one: string[], other: string[]): number => {
      const row = new Array<number>(other.length + 1).fill(0);
      for (const word of one) {
        let diagonal = 0;
        other.forEach((each, index) => {
          const above = row[index + 1] ?? 0;
          row[index + 1] = each === word ? diagonal + 1 : Math.max(above, row[index] ?? 0);
          diagonal = above;
        });
      }
      return row[other.length] ?? 0;
    };
    fc.assert(
      fc.property(words, words, (one, other) => {
        const parts = compareWords(one.join(';'), other.join(';'));
        const tokens = (list: string[]) => list.join(';').match(/[abc;]/g) ?? [];
        expect(joined(parts, ['same']).length).toBe(longestCommon(tokens(one), tokens(other)));
      }),
      { numRuns: 300 },
    );
  });

  it('of two long texts with nothing in common is one text for the other', () => {
    const one = Array.from({ length: 20_000 }, (_, index) => `one${index}`).join('\n');
    const other = Array.from({ length: 20_000 }, (_, index) => `other${index}`).join('\t');
    expect(compareWords(one, other).map((part) => part.kind)).toEqual(['removed', 'added']);
  });
});

describe('templates', () => {
  const sections = new Set([...iimarch.codes, ...safcorm.codes].map((section) => section.code));
  const known = briefingFacts({
    today: '2026-11-24',
    now: '2026-11-24T09:00:00',
    operation: { ref: 'OP-1' },
    people: [],
    premises: [],
    warrants: [],
    targets: [],
    teams: [],
    officers: [],
    safeguarding: [],
    referrals: [],
    intelligence: [],
    lines: [],
    seizures: [],
    results: [],
    arrests: [],
    actions: [],
  }).map((fact) => ({ ...fact, value: fact.value === '' ? 'set' : fact.value }));

  it('are there for every section, and name only facts that there are', () => {
    expect(new Set(Object.keys(briefingTemplates))).toEqual(sections);
    for (const [section, text] of Object.entries(briefingTemplates))
      expect({ section, unknown: fillFacts(text, known).unknown }).toEqual({ section, unknown: [] });
  });
});
