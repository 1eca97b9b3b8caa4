/// <reference path="../entities/matching/talisman.d.ts" />
/**
 * Every word of letters in the index, for what was typed wrongly: words within a slip or two of a typed one, and
 * words that sound like it. Kept in memory, because a look at each of a hundred thousand words must take a millisecond.
 */
import doubleMetaphone from 'talisman/phonetics/double-metaphone.js';
import { shortAddressWords } from '../../../shared/domain/addresses.ts';
import { foldText } from '../../../shared/domain/names.ts';
import { nameVariants } from '../../../shared/reference/nameVariants.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get } from '../database/sql.ts';

/** Words of this shape are kept. */
const kept = /^\p{L}{3,20}$/u;
/** More words than this are a file of nonsense: later ones are found when they are typed right. */
const mostWords = 1_500_000;
const mostVariants = 12;
const asForm = 2;
const farthest = 3;

export interface Variant {
  word: string;
  /** Slips between the two: letters added, left out, changed or swapped; what sounds alike is the farthest. */
  distance: number;
}

export const isKept = (word: string): boolean => kept.test(word);

/** How many slips a word of this length is forgiven. */
export function forgiven(length: number): 0 | 1 | 2 {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** One bit for each letter that a word has; letters of other alphabets share the bits. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 31);
  return bits;
}

function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Slips between two words, neighbours swapped counting as one; anything above `most` is `most` + 1. */
export function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? most + 1, most + 1);
}

const onlyLatin = /^[a-z]+$/;

const forms = new Map<string, Set<string>>();
for (const line of nameVariants) {
  const group = foldText(line).split(' ');
  for (const name of group) forms.set(name, new Set([...(forms.get(name) ?? []), ...group]));
}

const join = (one: string, other: string) => forms.set(one, new Set([...(forms.get(one) ?? []), other]));
for (const [short, whole] of [
  ...Object.entries(shortAddressWords),
  ['st', 'street'],
  ['st', 'saint'],
] as const) {
  join(short, whole);
  join(whole, short);
}

/** Other forms of a forename: Kate of Catherine, Tomasz of Thomas; and of a word of an address: Rd of Road. */
export function formsOf(word: string): Variant[] {
  return [...(forms.get(word) ?? [])]
    .filter((form) => form !== word)
    .map((form) => ({ word: form, distance: asForm }));
}

/** How a word of Latin letters sounds; null for one too short to go by: 'Lee' would be 'Leigh', but also 'Ali'. */
export function soundOf(word: string): string | null {
  if (word.length < 4 || !onlyLatin.test(word)) return null;
  const [sound] = doubleMetaphone(word);
  return sound.length < 2 ? null : sound;
}

/** Words of names that sound like a word and are not spelt all too differently. */
export function alike(database: ReadDatabase, word: string): Variant[] {
  const sound = soundOf(word);
  if (sound === null) return [];
  return all<{ word: string }>(database, 'SELECT word FROM search_term WHERE sound = ? LIMIT 500', sound)
    .map((row) => row.word)
    .filter((other) => {
      const half = Math.max(word.length, other.length) >> 1;
      return other !== word && slips(word, other, half) <= half;
    })
    .slice(0, mostVariants)
    .map((other) => ({ word: other, distance: farthest }));
}

export class Vocabulary {
  private readonly words: string[] = [];
  private letters = new Int32Array(1024);
  private readonly known = new Set<string>();
  private lastId = 0;
  /** Rises when words went. */
  private edition = '';

  get size(): number {
    return this.words.length;
  }

  has(word: string): boolean {
    return this.known.has(word);
  }

  /** Takes in the words that have come since the last time. */
  refresh(database: ReadDatabase): void {
    const edition = get<{ value: string }>(database, "SELECT value FROM search_state WHERE key = 'edition'");
    if ((edition?.value ?? '') !== this.edition) {
      this.forget();
      this.edition = edition?.value ?? '';
    }
    for (const row of all<{ id: number; word: string }>(
      database,
      'SELECT id, word FROM search_term WHERE id > ? ORDER BY id LIMIT ?',
      this.lastId,
      mostWords,
    )) {
      this.lastId = row.id;
      this.add(row.word);
    }
  }

  private forget(): void {
    this.words.length = 0;
    this.known.clear();
    this.lastId = 0;
  }

  /** Takes in words by themselves. */
  take(words: Iterable<string>): void {
    for (const word of words) if (isKept(word)) this.add(word);
  }

  private add(word: string): void {
    if (this.known.has(word) || this.words.length >= mostWords) return;
    if (this.words.length === this.letters.length) {
      const longer = new Int32Array(this.letters.length * 2);
      longer.set(this.letters);
      this.letters = longer;
    }
    this.letters[this.words.length] = lettersOf(word);
    this.known.add(word);
    this.words.push(word);
  }

  /** Words within the slips that a word of this length is forgiven, nearest first; the word itself is none. */
  near(word: string, limit = mostVariants): Variant[] {
    const most = forgiven(word.length);
    if (most === 0 || !isKept(word)) return [];
    const own = lettersOf(word);
    const found: Variant[] = [];
    for (let at = 0; at < this.words.length; at += 1) {
      // A slip changes at most two of the letters that a word has.
      if (countBits((this.letters[at] ?? 0) ^ own) > 2 * most) continue;
      const other = this.words[at] ?? '';
      if (other === word) continue;
      const distance = slips(word, other, most);
      if (distance <= most) found.push({ word: other, distance });
    }
    const begins = (other: string) => (other[0] === word[0] ? 0 : 1);
    return found
      .sort(
        (a, b) => a.distance - b.distance || begins(a.word) - begins(b.word) || (a.word < b.word ? -1 : 1),
      )
      .slice(0, limit);
  }
}
