/** What a free text is: kept for each text of a row, without losing that of the others. */
import { describe, expect, it } from 'vitest';
import { readTextBases, withTextBasis } from '../../shared/domain/textBasis.ts';

describe('fact, assessment or comment', () => {
  it('is set for one text and stays for the others', () => {
    const first = withTextBasis('', 'grounds', 'assessment');
    expect(first).toBe('grounds: assessment');
    const second = withTextBasis(first, 'note', 'fact');
    expect([...readTextBases(second)]).toEqual([
      ['grounds', 'assessment'],
      ['note', 'fact'],
    ]);
    expect(withTextBasis(second, 'grounds', 'comment')).toBe('note: fact, grounds: comment');
    expect(withTextBasis(second, 'grounds', null)).toBe('note: fact');
    expect(withTextBasis('note: fact', 'note', null)).toBe('');
  });

  it('is read as people write it, and nothing is made of what is none', () => {
    expect([...readTextBases('Note = FACT; grounds:comment,, risk: guess, : fact')]).toEqual([
      ['Note', 'fact'],
      ['grounds', 'comment'],
    ]);
  });
});
