/**
 * The recovery key as people read, print and type it: eight groups of five characters.
 *
 *   7K2QM-0XG4W-…   four characters of 5 bits, then one that checks the four and the place of the group
 *
 * Eight groups hold 160 random bits. A mistyped group is found and named by its number: one wrong character is always
 * found, two that changed places nearly always, and groups that changed places as well.
 */
import { randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';

/** Digits and letters that are not mistaken for each other (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 8;
const bytesInKey = 20;

/**
 * The check character: a sum with odd weights, modulo 32. An odd weight has an inverse modulo 32, so that no single
 * wrong character leaves the sum as it was.
 */
const weights = [1, 3, 5, 7];
const checkOf = (values: readonly number[], group: number) =>
  alphabet.charAt(
    values.reduce((sum, value, place) => sum + value * (weights[place] ?? 1), 11 * (group + 1)) % 32,
  );

/** A fresh secret and its groups. */
export function makeRecoveryKey(): { secret: Buffer; groups: string[] } {
  const secret = randomBytes(bytesInKey);
  return { secret, groups: writeRecoveryKey(secret) };
}

export function writeRecoveryKey(secret: Buffer): string[] {
  let bits = BigInt(`0x${secret.toString('hex')}`);
  const values: number[] = [];
  for (let place = 0; place < groups * 4; place += 1) {
    values.unshift(Number(bits & 31n));
    bits >>= 5n;
  }
  return Array.from({ length: groups }, (_, group) => {
    const part = values.slice(group * 4, group * 4 + 4);
    return part.map((value) => alphabet.charAt(value)).join('') + checkOf(part, group);
  });
}

/**
 * The secret of a typed key. Small letters, blanks and dashes do not matter; O is read as 0, I and L as 1.
 * @throws AppError `users.recovery` that names the groups with a mistake, by their numbers.
 */
export function readRecoveryKey(text: string): Buffer {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.,]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (plain.length !== groups * 5)
    throw new AppError(
      'users.recovery',
      `A recovery key has ${groups} groups of 5 characters; ${plain.length} characters were typed instead of ${groups * 5}. ${whereTo(plain.length, text)}`.trim(),
    );
  const wrong: number[] = [];
  let bits = 0n;
  for (let group = 0; group < groups; group += 1) {
    const part = plain.slice(group * 5, group * 5 + 5);
    const values = [...part.slice(0, 4)].map((character) => alphabet.indexOf(character));
    if (values.includes(-1) || checkOf(values, group) !== part[4]) wrong.push(group + 1);
    for (const value of values) bits = (bits << 5n) | BigInt(Math.max(0, value));
  }
  if (wrong.length > 0) throw new AppError('users.recovery', mistakeWords(wrong), { groups: wrong });
  return Buffer.from(bits.toString(16).padStart(bytesInKey * 2, '0'), 'hex');
}

function mistakeWords(wrong: readonly number[]): string {
  const which =
    wrong.length === 1 ? `group ${wrong[0]}` : `groups ${wrong.slice(0, -1).join(', ')} and ${wrong.at(-1)}`;
  return `There is a typing mistake in ${which} of the recovery key. Compare it with the print.`;
}

/** Where a character is missing or too many, as far as the groups that were typed apart tell. */
function whereTo(length: number, text: string): string {
  const parts = text.trim().split(/[\s\p{Pd}]+/u);
  if (length === groups * 5 || parts.length !== groups) return 'Compare it with the print.';
  const place = parts.findIndex((part) => part.length !== 5);
  return place < 0 ? 'Compare it with the print.' : `Look at group ${place + 1}.`;
}
