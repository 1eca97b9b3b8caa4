import { expect, test } from 'vitest';
import { mayBeUnder18 } from '../../shared/domain/writtenAges.ts';

test.each([
  ['age 17', true],
  ['17', true],
  ['17 yrs', true],
  ['abt 17', true],
  ['16/17', true],
  ['17 or 18', true],
  ['u/18', true],
  ['under 18', true],
  ['c.2010', true],
  ['2008', true],
  ['born 2008', true],
  ['Mar 2008', true],
  ['mid teens', true],
  ['c.1998', false],
  ['2007', false],
  ['age 18', false],
  ['early 20s', false],
  ['25-30', false],
  ['1990s', false],
  ['12 March', false],
  ['', false],
])('%j in 2026: %s', (written, expected) => {
  expect(mayBeUnder18(written, 2026)).toBe(expected);
});
