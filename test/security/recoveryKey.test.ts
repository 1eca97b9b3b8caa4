/** The recovery key as it is typed: every single mistake is found and its group named. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeRecoveryKey,
  readRecoveryKey,
  writeRecoveryKey,
} from '../../electron/engine/people/recoveryKey.ts';
import { AppError } from '../../shared/contract/errors.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes));

function problem(text: string): AppError {
  try {
    readRecoveryKey(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a recovery key', () => {
  it('reads as it was written, however it is typed', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.constantFrom('-', ' ', '\n', ' – ', ''),
        fc.boolean(),
        (secret, between, small) => {
          const text = writeRecoveryKey(secret).join(between);
          expect(readRecoveryKey(small ? text.toLowerCase() : text).equals(secret)).toBe(true);
          // What people write for a nought and a one.
          expect(readRecoveryKey(text.replaceAll('0', 'O').replaceAll('1', 'l')).equals(secret)).toBe(true);
        },
      ),
    );
  });

  it('with one wrong character names its group', () => {
    const place = fc.record({ at: fc.nat(39), by: fc.integer({ min: 1, max: 31 }) });
    fc.assert(
      fc.property(secrets, place, (secret, { at, by }) => {
        const characters = [...writeRecoveryKey(secret).join('')];
        const value = alphabet.indexOf(characters[at] ?? '');
        characters[at] = alphabet[(value + by) % 32] ?? '';
        expect(problem(characters.join('')).details).toEqual({ groups: [Math.floor(at / 5) + 1] });
      }),
    );
  });

  it('with two groups that changed places names both', () => {
    const places = fc.tuple(fc.nat(7), fc.nat(7)).filter(([one, other]) => one < other);
    fc.assert(
      fc.property(secrets, places, (secret, [one, other]) => {
        const groups = writeRecoveryKey(secret);
        const moved = groups.map((group, place) =>
          place === one ? groups[other] : place === other ? groups[one] : group,
        );
        expect(problem(moved.join('-')).details).toEqual({ groups: [one + 1, other + 1] });
      }),
    );
  });

  it('that is cut or has too much says so, and where', () => {
    const { groups } = makeRecoveryKey();
    expect(problem('').message).toContain('8 groups of 5');
    expect(problem(groups.slice(1).join('-')).message).toContain('35 characters');
    const short = groups.map((group, place) => (place === 4 ? group.slice(1) : group));
    expect(problem(short.join('-')).message).toContain('group 5');
    expect(problem(`${groups.join('-')}X`).code).toBe('users.recovery');
  });

  it('is of 160 random bits, never the same', () => {
    const keys = new Set(Array.from({ length: 50 }, () => makeRecoveryKey().groups.join('')));
    expect(keys.size).toBe(50);
    expect(makeRecoveryKey().secret).toHaveLength(20);
  });
});
