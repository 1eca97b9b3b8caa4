/** The draft of a briefing beside what is saved, and what is offered while it is written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Changes, StoredTexts } from '../../renderer/features/briefing/changes.ts';
import {
  afterSave,
  findConflicts,
  keepMine,
  pickChanges,
  withChange,
  withoutIdle,
} from '../../renderer/features/briefing/changes.ts';
import {
  markText,
  nextMisspelling,
  offerFacts,
  offerSpelling,
} from '../../renderer/features/briefing/completion.ts';

const stored = (text: string, marking: string | null = null): StoredTexts => ({ method: { text, marking } });

describe('a draft', () => {
  const written = withChange({}, stored('Old.'), 'method', { text: 'Mine.' });

  it('is none when the text is again what it was', () => {
    expect(withChange(written, stored('Old.'), 'method', { text: 'Old.' })).toEqual({});
    expect(Object.keys(withChange({}, stored('Old.'), 'method', { marking: 'OFFICIAL' }))).toEqual([
      'method',
    ]);
  });

  it('conflicts with what somebody else saved, not with the same words or its own base', () => {
    expect(findConflicts(written, stored('Old.'))).toEqual([]);
    expect(findConflicts(written, stored('Theirs.'))).toEqual(['method']);
    expect(findConflicts(written, stored('Old.', 'OFFICIAL'))).toEqual(['method']);
    expect(findConflicts(written, stored('Mine.'))).toEqual([]);
  });

  it('rests on the newest text once it was decided to keep it, until that changes again', () => {
    const kept = keepMine(written, stored('Theirs.'), 'method');
    expect(findConflicts(kept, stored('Theirs.'))).toEqual([]);
    expect(kept.method?.text).toBe('Mine.');
    expect(findConflicts(kept, stored('Theirs again.'))).toEqual(['method']);
  });

  it('saves what differs and belongs to the model, and no blank space', () => {
    const all: Changes = {
      ...written,
      aim: { text: 'x', marking: null, base: { text: '', marking: null } },
    };
    expect(Object.keys(pickChanges(all, stored('Old.'), new Set(['method'])))).toEqual(['method']);
    const spaced = withChange({}, stored('Old.'), 'method', { text: 'Old. \n' });
    expect(pickChanges(spaced, stored('Old.'), new Set(['method']))).toEqual({});
    expect(withoutIdle(spaced, stored('Old.'))).toEqual({});
    expect(withoutIdle(all, stored('Old.'))).toEqual(all);
  });

  it('keeps what was written while it was being saved, without a conflict with itself', () => {
    const saved = pickChanges(written, stored('Old.'), new Set(['method']));
    expect(afterSave(written, saved)).toEqual({});
    const further = withChange(written, stored('Old.'), 'method', { text: 'Mine. And more.' });
    const left = afterSave(further, saved);
    expect(left.method?.text).toBe('Mine. And more.');
    expect(findConflicts(left, stored('Mine.'))).toEqual([]);
  });
});

const facts = [
  { name: 'targets', title: 'Targets', value: '4' },
  { name: 'arrest targets', title: 'Targets to arrest', value: '3' },
  { name: 'strike', title: 'Strike', value: '' },
];

describe('facts to choose from', () => {
  const names = (text: string, caret = text.length) =>
    offerFacts(text, caret, facts)?.choices.map((choice) => choice.id) ?? null;

  it('are those that fit what stands between the braces, best first', () => {
    expect(names('See {{')).toEqual(['targets', 'arrest targets', 'strike']);
    expect(names('See {{ARR')).toEqual(['arrest targets']);
    expect(names('See {{t')).toEqual(['targets', 'arrest targets', 'strike']);
    expect(names('See {{zzz')).toEqual([]);
  });

  it('are not offered outside of braces', () => {
    expect(names('See {targets')).toBeNull();
    expect(names('See {{targets}} now')).toBeNull();
    expect(names('{{one\ntwo')).toBeNull();
    expect(names('See {{targets', 3)).toBeNull();
  });

  it('replace the whole placeholder, closing braces too', () => {
    const text = 'See {{targ}} now';
    const offer = offerFacts(text, 'See {{targ'.length, facts);
    expect(text.slice(offer?.from, offer?.to)).toBe('{{targ}}');
    expect(offer?.choices[0]).toMatchObject({ insert: '{{targets}}', note: '4' });
  });
});

describe('words to look at', () => {
  const words = [
    { at: 4, word: 'wharehouse', suggestions: ['warehouse'] },
    { at: 18, word: 'adress', suggestions: [] },
  ];

  it('are gone through in order and begin again', () => {
    expect(nextMisspelling(words, 0)?.at).toBe(4);
    expect(nextMisspelling(words, 5)?.at).toBe(18);
    expect(nextMisspelling(words, 19)?.at).toBe(4);
    expect(nextMisspelling([], 0)).toBeNull();
  });

  it('can be left as they are where nothing else is offered', () => {
    expect(offerSpelling({ at: 18, word: 'adress', suggestions: [] }, 'Leave').choices).toEqual([
      { id: 'leave', label: 'Leave', note: '', insert: null },
    ]);
  });

  it('are marked only where they still stand', () => {
    const marks = (text: string) =>
      markText(text, facts, words)
        .filter((piece) => piece.mark !== 'plain')
        .map((piece) => [piece.mark, piece.text]);
    expect(marks('The wharehouse at adress {{strike}} {{Targets}} {{no}}')).toEqual([
      ['misspelt', 'wharehouse'],
      ['misspelt', 'adress'],
      ['unknown', '{{strike}}'],
      ['fact', '{{Targets}}'],
      ['unknown', '{{no}}'],
    ]);
    expect(marks('A wharehouse')).toEqual([]);
  });

  it('and facts never lose a character of the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{{', '}}', 'targets', ' ', 'wharehouse', '\n', '😀', 'ß'), {
          maxLength: 30,
        }),
        fc.array(fc.nat(60), { maxLength: 5 }),
        (parts, places) => {
          const text = parts.join('');
          const pieces = markText(
            text,
            facts,
            places.map((at) => ({ at, word: 'wharehouse', suggestions: [] })),
          );
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
          for (const piece of pieces) expect(text.startsWith(piece.text, piece.at)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
