import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Audience,
  checkForSources,
  dropRestrictedFields,
  type ReleaseCandidate,
  releaseItems,
  restrictedFields,
  ruleOnRelease,
  splitAtCrimestoppers,
} from '../../shared/packs/release.ts';

const none = { items: [] };
const police: Audience = { readers: 'police', conditional: 'decided', ceiling: 'OFFICIAL-SENSITIVE' };
const item = (change: Partial<ReleaseCandidate> = {}): ReleaseCandidate => ({
  ref: 'INT-1',
  grade: '2BP',
  handling: null,
  conditions: 'A3 overt use',
  marking: null,
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
    const ruling = ruleOnRelease(candidate, none, police);
    expect(ruling.released ? true : ruling.reason).toBe(expected);
  });

  it('lets C go only by a decision that names the item, a person and a reason', () => {
    const decide = (ref: string, decidedBy: string, reason: string) =>
      ruleOnRelease(item({ grade: '2BC' }), { items: [{ ref, decidedBy, reason }] }, police).released;
    expect(decide('INT-1', 'DI Keld', 'needed for the entry')).toBe(true);
    expect(decide('INT-2', 'DI Keld', 'needed for the entry')).toBe(false);
    expect(decide('INT-1', ' ', 'needed for the entry')).toBe(false);
    expect(decide('INT-1', 'DI Keld', '')).toBe(false);
  });

  it('never lets a decision free what is ungraded or restricted', () => {
    const decisions = { items: [{ ref: 'INT-1', decidedBy: 'DI Keld', reason: 'x' }] };
    expect(ruleOnRelease(item({ grade: null }), decisions, police).released).toBe(false);
    expect(ruleOnRelease(item({ restricted: true }), decisions, police).released).toBe(false);
    expect(ruleOnRelease(item({ grade: '2BC', needsRegrade: true }), decisions, police).released).toBe(false);
  });

  it('accounts for every item, whatever the grades', () => {
    const candidates = fc.array(
      fc.record({
        ref: fc.string(),
        grade: fc.option(fc.stringMatching(/^[0-4]?[A-F]?[PCX]?$/)),
        handling: fc.option(fc.constantFrom('P', 'C', '')),
        conditions: fc.option(fc.string()),
        marking: fc.option(fc.constantFrom('OFFICIAL', 'OFFICIAL-SENSITIVE', 'RESTRICTED')),
        needsRegrade: fc.boolean(),
        restricted: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(candidates, (items) => {
        const { released, blocked, withheld } = releaseItems(items, none, police);
        const left = withheld.reduce((sum, { count }) => sum + count, 0);
        expect(blocked.length).toBe(left);
        expect(released.length + left).toBe(items.length);
        for (const { item: gone } of released) expect(gone.grade).toMatch(/^[123][A-E]P$/);
      }),
    );
  });

  it.each<[string, Audience['readers'], boolean]>([
    ['A3', 'police', true],
    ['A3 overt use', 'court', true],
    ['A3 overt use', 'partner', false],
    ['A1 covert development', 'police', true],
    ['A2 covert use', 'court', false],
    ['S2', 'police', true],
    ['S2, A3', 'court', false],
    ['Consult the originator before sharing', 'police', true],
    ['Consult the originator; court use permitted', 'court', false],
    ['Originating agency only', 'police', false],
    ["For the originator's use and records only", 'police', false],
    ['originating  force  ONLY', 'police', false],
    ['Refer to originator', 'police', false],
    ['No further dissemination', 'police', false],
    ['Not to be disseminated', 'police', false],
    ['Do not share', 'police', false],
    ['Must not be disclosed', 'court', false],
    ['Sharing is prohibited', 'police', false],
    ['Not for disclosure to partners', 'police', true],
    ['Not for disclosure to partners', 'partner', false],
    ['Do not share outside the force; A3', 'court', false],
    ['May be used in court', 'court', true],
    ['Authorisation and record for non-prosecuting party', 'partner', true],
    ['May be shared with safeguarding partners', 'partner', true],
    ['May be shared with safeguarding partners', 'court', false],
    ['Named recipients: DI Keld', 'police', true],
    ['Named recipients: DI Keld', 'partner', false],
    ['', 'police', false],
    ['   ', 'police', false],
  ])('conditions "%s" leave room for a decision for %s readers: %s', (conditions, readers, open) => {
    const candidate = item({ grade: '2BC', conditions });
    const undecided = ruleOnRelease(candidate, none, { ...police, readers });
    expect(undecided).toMatchObject({ released: false, overridable: open });
    const decisions = { items: [{ ref: 'INT-1', decidedBy: 'DI Keld', reason: 'needed' }] };
    expect(ruleOnRelease(candidate, decisions, { ...police, readers }).released).toBe(open);
    expect(ruleOnRelease(candidate, decisions, { ...police, readers, conditional: 'never' }).released).toBe(
      false,
    );
  });

  it.each([
    ['OFFICIAL', true],
    [null, true],
    ['OFFICIAL-SENSITIVE', 'marking'],
    ['O-S', 'marking'],
    ['RESTRICTED', 'marking'],
    ['no such marking', 'marking'],
  ])('an item marked %s under a ceiling of OFFICIAL: %s', (marking, expected) => {
    const ruling = ruleOnRelease(item({ marking }), none, { ...police, ceiling: 'OFFICIAL' });
    expect(ruling.released ? true : ruling.reason).toBe(expected);
    expect(ruleOnRelease(item({ marking }), none, police).released).toBe(true);
  });

  it('takes restricted fields off what goes', () => {
    const secrets = Object.fromEntries(restrictedFields.map((field) => [field, 'secret']));
    const { released } = releaseItems([{ ...item(), ...secrets }], none, police);
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

describe('references of Crimestoppers reports', () => {
  it.each([
    'Crimestoppers ref 12345678.',
    'CRIMESTOPPERS REPORT NO: AB-4471/26',
    'crime stoppers log number 00448',
    'See Crime-Stoppers (ref. 2026/0448-C).',
    'CS/2026/04481',
    'CS-30441',
    'CSUK ref: 90441',
  ])('%s loses its number', (text) => {
    const pieces = splitAtCrimestoppers(text);
    expect(pieces).toHaveLength(2);
    expect(pieces.join()).not.toMatch(/\d{3}/);
  });

  it.each(['Crimestoppers were told of 3 men.', 'CS gas', 'Call Crimestoppers.', 'DOCS 12345'])(
    '%s stays as it is',
    (text) => {
      expect(splitAtCrimestoppers(text)).toEqual([text]);
    },
  );

  it('are warned of by the word alone', () => {
    const none = { sourceReferences: [], reporterSurnames: [] };
    expect(checkForSources('INT-1', 'text', 'From Crime Stoppers', none).map(({ rule }) => rule)).toEqual([
      'Crimestoppers',
    ]);
  });
});
