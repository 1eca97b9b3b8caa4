import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundDecimals } from '../../electron/engine/intake/readers/xlsx/decimalDigits.ts';

/** Rounds the decimal text of a number by hand: half away from zero. */
function roundText(text: string, decimals: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const digits = String(kept + (fraction.charCodeAt(decimals) >= 53 ? 1n : 0n)).padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return `${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

test('rounding goes by the decimal digits of a number, never by its binary fraction', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_999_999_999 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 7 }),
      (digits, places, decimals) => {
        const padded = String(digits).padStart(places + 1, '0');
        const cut = padded.length - places;
        const text = `${padded.slice(0, cut)}.${padded.slice(cut)}`;
        const { whole, fraction } = roundDecimals(Number(text), decimals);
        expect(`${whole || '0'}.${fraction}`).toBe(roundText(text, decimals));
      },
    ),
    {
      numRuns: 3000,
      examples: [
        [1005, 3, 2],
        [2675, 3, 2],
        [9995, 3, 2],
        [5, 1, 0],
        [0, 0, 3],
        [99_999, 1, 0],
      ],
    },
  );
});
