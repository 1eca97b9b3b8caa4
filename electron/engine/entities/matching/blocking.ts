/**
 * Which pairs are looked at at all: those that share something, by several rules so that a slip in one field does not
 * hide a pair. Keys that many rows share are left to the other rules.
 */
import type { Item, Words } from './items.ts';

/** A key that more rows share than this says too little. */
const mostShared = 80;

export type BlockRule = (item: Item) => readonly (string | number)[];

/** Pairs as one number each: lower place × count of items + higher place. Grows as needed. */
export class Pairs {
  private keys = new Float64Array(1 << 16);
  private length = 0;
  private readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  add(a: number, b: number): void {
    if (this.length === this.keys.length) {
      this.tidy();
      if (this.length * 2 > this.keys.length) {
        const larger = new Float64Array(this.keys.length * 2);
        larger.set(this.keys);
        this.keys = larger;
      }
    }
    this.keys[this.length++] = a < b ? a * this.count + b : b * this.count + a;
  }

  /** Sorts, and leaves each pair once. */
  private tidy(): void {
    const sorted = this.keys.subarray(0, this.length).sort();
    let kept = 0;
    for (let at = 0; at < sorted.length; at++)
      if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] ?? 0;
    this.length = kept;
  }

  /** Every pair once, in order. */
  all(): Float64Array {
    this.tidy();
    return this.keys.slice(0, this.length);
  }

  first = (key: number): number => Math.floor(key / this.count);
  second = (key: number): number => key % this.count;
}

/** Adds the pairs that share a key of the rule; a key of more than `most` rows is passed over. */
export function addBlock(items: readonly Item[], rule: BlockRule, pairs: Pairs, most = mostShared): void {
  const blocks = new Map<string | number, number[]>();
  items.forEach((item, place) => {
    for (const key of new Set(rule(item))) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [place]);
      else if (block.length <= most) block.push(place);
    }
  });
  for (const block of blocks.values()) {
    if (block.length < 2 || block.length > most) continue;
    for (let i = 1; i < block.length; i++)
      for (let j = 0; j < i; j++) pairs.add(block[j] ?? 0, block[i] ?? 0);
  }
}

const yearOf = (born: number) => Math.floor(born / 10_000);

/** The rules for people. */
export function personRules(words: Words): BlockRule[] {
  const { names } = words;
  const surnameSound = (word: number) => names.sound(word);
  /** A forename as its group of forms, else as it sounds. */
  const forenameKeys = (word: number): string[] => {
    const groups = names.groups(word);
    return groups.length > 0 ? groups.map((group) => `g${group}`) : [names.sound(word)];
  };
  const initial = (word: number) => names.text(word)[0] ?? '';
  const nameKeys = (item: Item, key: (forename: number, surname: number) => string[]) =>
    item.names.flatMap((name) => {
      const [first] = name.forenames;
      return first === undefined || name.surname < 0 ? [] : key(first, name.surname);
    });
  return [
    // The same day of birth, or with day and month in the other order.
    (item) => item.born,
    (item) =>
      item.born.map((born) => {
        const [month, day] = [Math.floor(born / 100) % 100, born % 100];
        return yearOf(born) * 10_000 + Math.min(month, day) * 100 + Math.max(month, day);
      }),
    // The same name in any order, all of it.
    (item) =>
      item.names.map((name) =>
        [...name.forenames, name.surname]
          .map((word) => names.text(word))
          .sort()
          .join(' '),
      ),
    (item) =>
      nameKeys(item, (forename, surname) =>
        forenameKeys(forename).map((key) => `${key} ${surnameSound(surname)}`),
      ),
    (item) =>
      nameKeys(item, (forename, surname) => [
        [names.sound(forename), surnameSound(surname)].sort().join(' '),
      ]),
    (item) => nameKeys(item, (forename, surname) => [`${names.text(surname)} ${initial(forename)}`]),
    (item) =>
      item.born.flatMap((born) =>
        item.names.flatMap((name) => [
          ...(name.surname >= 0 ? [`s${surnameSound(name.surname)} ${yearOf(born)}`] : []),
          ...(name.surname >= 0 ? [`d${surnameSound(name.surname)} ${born % 10_000}`] : []),
          ...name.forenames
            .slice(0, 1)
            .flatMap((word) =>
              forenameKeys(word).map((key) => `f${key} ${yearOf(born)} ${Math.floor(born / 100) % 100}`),
            ),
          ...name.forenames
            .slice(0, 1)
            .flatMap((word) => forenameKeys(word).map((key) => `g${key} ${born % 10_000}`)),
        ]),
      ),
    // A surname alone where it is rare, a forename alone where it is.
    (item) => item.names.flatMap((name) => (name.surname >= 0 ? [name.surname] : [])),
    (item) => item.names.flatMap((name) => name.forenames.slice(0, 1)),
    (item) => item.aliases,
    // An alias that is another's name.
    (item) => [
      ...item.aliases.map((alias) => names.text(alias)),
      ...item.names.flatMap((name) => name.forenames.map((word) => names.text(word))),
    ],
    // Something in common.
    (item) => item.phones,
    (item) => item.premises,
    (item) => item.vehicles,
    (item) => [...item.identifiers].flatMap(([field, values]) => values.map((value) => `${field} ${value}`)),
    (item) => {
      const keys: string[] = [];
      for (let at = 0; at < item.extras.length; at += 2)
        keys.push(`${item.extras[at]} ${item.extras[at + 1]}`);
      return keys;
    },
    (item) =>
      item.associates.flatMap((associate) =>
        item.names.flatMap((name) => [
          ...name.forenames.slice(0, 1).map((word) => `${associate} ${initial(word)}`),
        ]),
      ),
    // A place together with the beginning of a name.
    (item) => {
      const beginnings = item.names.flatMap((name) => [
        ...(name.surname >= 0 ? [initial(name.surname)] : []),
        ...name.forenames.slice(0, 1).map(initial),
      ]);
      return item.addresses.flatMap((address) =>
        address.flatMap((word) => beginnings.map((letter) => `${word} ${letter}`)),
      );
    },
  ];
}
