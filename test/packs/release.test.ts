import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkForSources,
  dropRestrictedFields,
  type ReleaseCandidate,
  releaseItems,
  restrictedFields,
  ruleOnRelease,
} from '../../shared/packs/release.ts';

const none = { items: [] };
const item = (change: Partial<ReleaseCandidate> = {}): ReleaseCandidate => ({
  ref: 'INT-1',
  grade: '2BP',
  handling: null,
  needsRegrade: false,
  restricted: false,
  ...change,
});

describe('release of intelligence into a pack', () => {
  it.each([
    ['handling P goes', item(), true],
    ['a grade with signs between goes', item({ grade: '2 / b - p' }), true],
    ['handling C stays without a decision', item({ grade: '2BC' }), 'handling conditions'],
    ['no grade stays', item({ grade: null }), 'not graded'],
    ['a blank grade stays', item({ grade: '  ' }), 'not graded'],
    ['an old grade stays', item({ grade: 'B31' }), 'needs regrading'],
    ['a grade without handling stays', item({ grade: '2B' }), 'needs regrading'],
    ['one that waits for regrading stays', item({ needsRegrade: true }), 'needs regrading'],
    [
      'a handling column that says C wins over P in the grade',
      item({ handling: 'c' }),
      'handling conditions',
    ],
    ['handling P does not undo C in the grade', item({ grade: '2BC', handling: 'P' }), 'handling conditions'],
    ['restricted stays', item({ restricted: true }), 'restricted'],
  ])('%s', (_name, candidate, expected) => {
    const ruling = ruleOnRelease(candidate, none);
    expect(ruling.released ? true : ruling.reason).toBe(expected);
  });

  it('lets C go only by a decision that names the item, a person and a reason', () => {
    const decide = (ref: string, decidedBy: string, reason: string) =>
      ruleOnRelease(item({ grade: '2BC' }), { items: [{ ref, decidedBy, reason }] }).released;
    expect(decide('INT-1', 'DI Keld', 'needed for the entry')).toBe(true);
    expect(decide('INT-2', 'DI Keld', 'needed for the entry')).toBe(false);
    expect(decide('INT-1', ' ', 'needed for the entry')).toBe(false);
    expect(decide('INT-1', 'DI Keld', '')).toBe(false);
  });

  it('never lets a decision free what is ungraded or restricted', () => {
    const decisions = { items: [{ ref: 'INT-1', decidedBy: 'DI Keld', reason: 'x' }] };
    expect(ruleOnRelease(item({ grade: null }), decisions).released).toBe(false);
    expect(ruleOnRelease(item({ restricted: true }), decisions).released).toBe(false);
    expect(ruleOnRelease(item({ grade: '2BC', needsRegrade: true }), decisions).released).toBe(false);
  });

  it('accounts for every item, whatever the grades', () => {
    const candidates = fc.array(
      fc.record({
        ref: fc.string(),
        grade: fc.option(fc.stringMatching(/^[0-4]?[A-F]?[PCX]?$/)),
        handling: fc.option(fc.constantFrom('P', 'C', '')),
        needsRegrade: fc.boolean(),
        restricted: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(candidates, (items) => {
        const { released, withheld } = releaseItems(items, none);
        const left = withheld.reduce((sum, { count }) => sum + count, 0);
        expect(released.length + left).toBe(items.length);
        for (const { item: gone } of released) expect(gone.grade).toMatch(/^[123][A-E]P$/);
      }),
    );
  });

  it('takes restricted fields off what goes', () => {
    const secrets = Object.fromEntries(restrictedFields.map((field) => [field, 'secret']));
    const { released } = releaseItems([{ ...item(), ...secrets }], none);
    expect(JSON.stringify(released)).not.toContain('secret');
    expect(dropRestrictedFields({ ref: 'x', provenance: 'secret' })).toEqual({ ref: 'x' });
  });
});

describe('words that may show a source', () => {
  const secrets = { sourceReferences: ['ISR 4471'], reporterSurnames: ['Mardale', 'X'] };
  const rules = (text: string) => checkForSources('INT-1', 'text', text, secrets).map(({ rule }) => rule);

  it('finds telling words, references and surnames, and only as whole words', () => {
    expect(rules('The caller said that the door is wedged.')).toEqual(['source words']);
    expect(rules('He told me of a wedge.')).toEqual(['source words']);
    expect(rules('See isr 4471.')).toEqual(['source reference']);
    expect(rules('Seen by MARDALE.')).toEqual(['reporter name']);
    expect(rules('Resources were moved to Mardaleside, ISR 44712.')).toEqual([]);
  });

  it('does not repeat what it warns of', () => {
    const warnings = checkForSources('INT-1', 'text', 'ISR 4471, caller, Mardale', secrets);
    expect(warnings).toHaveLength(3);
    expect(JSON.stringify(warnings)).not.toMatch(/4471|Mardale|caller/);
  });
});
