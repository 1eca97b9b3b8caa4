/**
 * Forenames and surnames, looked at together: in either order, any of the ways in which each person is named, pet forms
 * and spellings by likeness and by sound.
 */
import type { Comparison } from './comparison.ts';
import type { Item, NameForm, Words } from './items.ts';
import { oneSlip } from './likeness.ts';

interface NameLevels {
  forename: number;
  surname: number;
  /** Words that were found equal, for their rarity; -1 where none. */
  sharedForename: number;
  sharedSurname: number;
  /** The forms that were compared in the end. */
  a: NameForm | undefined;
  b: NameForm | undefined;
  swapped: boolean;
}

const forenameWorth = [0.35, 1, 0.85, 0.75, 0.45, 0];
const surnameWorth = [0.35, 1, 0.75, 0.45, 0];
const exact = 1;

/** Compares names and remembers the pair looked at last: forename and surname are two comparisons of one look. */
export class NameComparer {
  private readonly words: Words['names'];
  private last: { a: Item; b: Item; levels: NameLevels } | null = null;

  constructor(words: Words) {
    this.words = words.names;
  }

  levels(a: Item, b: Item): NameLevels {
    if (this.last?.a === a && this.last.b === b) return this.last.levels;
    let best: NameLevels = {
      forename: 0,
      surname: 0,
      sharedForename: -1,
      sharedSurname: -1,
      a: a.names[0],
      b: b.names[0],
      swapped: false,
    };
    let worth = -1;
    for (const one of a.names)
      for (const other of b.names) {
        const levels = this.compareForms(one, other);
        const own = (forenameWorth[levels.forename] ?? 0) + (surnameWorth[levels.surname] ?? 0);
        if (own > worth) {
          worth = own;
          best = levels;
        }
      }
    this.last = { a, b, levels: best };
    return best;
  }

  /** The names between the first and the surname, of the forms that were compared. */
  middle(a: Item, b: Item): { level: number; shared: number } {
    const levels = this.levels(a, b);
    const own = levels.a?.forenames ?? [];
    const others = levels.b?.forenames ?? [];
    // Where the first names differ, one of the middle names may be what the person goes by.
    if (
      own.length < 2 ||
      others.length < 2 ||
      levels.swapped ||
      (own[0] !== others[0] && levels.forename > 3)
    )
      return { level: 0, shared: -1 };
    const { words } = this;
    let level = 3;
    for (const one of own.slice(1))
      for (const other of others.slice(1)) {
        const [left, right] = [words.text(one), words.text(other)];
        const initial = left.length === 1 || right.length === 1;
        if (one === other) return initial ? { level: 2, shared: -1 } : { level: 1, shared: one };
        if (initial ? left[0] === right[0] : words.isVariant(one, other) || words.alike(one, other) >= 0.9)
          level = 2;
      }
    return { level, shared: -1 };
  }

  private compareForms(a: NameForm, b: NameForm): NameLevels {
    const forename = this.forenames(a.forenames, b.forenames);
    const surname = this.surnames(a.surname, b.surname);
    const straight: NameLevels = {
      forename,
      surname,
      sharedForename: forename === exact ? (a.forenames[0] ?? -1) : -1,
      sharedSurname: surname === exact ? a.surname : -1,
      a,
      b,
      swapped: false,
    };
    if (forename <= 3 && surname <= 2 && forename > 0 && surname > 0) return straight;
    const first = a.forenames[0];
    const second = b.forenames[0];
    const { words } = this;
    // Surname first in one of the sheets.
    if (first !== undefined && second !== undefined && a.surname >= 0 && b.surname >= 0) {
      const crossed = words.alike(first, b.surname);
      const back = words.alike(a.surname, second);
      if (crossed >= 0.88 && back >= 0.88 && Math.max(crossed, back) >= 0.94)
        return { ...straight, forename: crossed === 1 ? 2 : 3, surname: 2, swapped: true };
      return straight;
    }
    // Only one name is known of one of them, and it may be either.
    const only = first === undefined ? a.surname : a.surname < 0 ? first : -1;
    if (only >= 0 && surname !== exact && forename !== exact) {
      if (first === undefined && second !== undefined && words.alike(only, second) >= 0.9)
        return { ...straight, forename: only === second ? 2 : 3, surname: 0, swapped: true };
      if (a.surname < 0 && b.surname >= 0 && words.alike(only, b.surname) >= 0.9)
        return { ...straight, forename: 0, surname: 2, swapped: true };
    }
    const otherOnly = second === undefined ? b.surname : b.surname < 0 ? second : -1;
    if (otherOnly >= 0 && surname !== exact && forename !== exact) {
      if (second === undefined && first !== undefined && words.alike(otherOnly, first) >= 0.9)
        return { ...straight, forename: otherOnly === first ? 2 : 3, surname: 0, swapped: true };
      if (b.surname < 0 && a.surname >= 0 && words.alike(otherOnly, a.surname) >= 0.9)
        return { ...straight, forename: 0, surname: 2, swapped: true };
    }
    return straight;
  }

  private forenames(a: readonly number[], b: readonly number[]): number {
    const [first] = a;
    const [second] = b;
    if (first === undefined || second === undefined) return 0;
    const { words } = this;
    const one = words.text(first);
    const other = words.text(second);
    if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 4 : 5;
    if (first === second) return exact;
    if (words.isVariant(first, second)) return 2;
    // A middle name is used instead.
    for (const word of a) if (words.text(word).length > 1 && b.includes(word)) return 2;
    const alike = words.alike(first, second);
    if (alike >= 0.9 || (Math.min(one.length, other.length) >= 4 && oneSlip(one, other))) return 3;
    // Cut off, or a pet form that nobody listed.
    if (Math.min(one.length, other.length) >= 3 && (one.startsWith(other) || other.startsWith(one))) return 3;
    if (alike >= 0.8 || words.sound(first) === words.sound(second)) return 4;
    return 5;
  }

  private surnames(a: number, b: number): number {
    if (a < 0 || b < 0) return 0;
    if (a === b) return exact;
    const { words } = this;
    const one = words.text(a);
    const other = words.text(b);
    if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 3 : 4;
    const alike = words.alike(a, b);
    if (alike >= 0.92 || (Math.min(one.length, other.length) >= 4 && oneSlip(one, other))) return 2;
    // Smith and Smith-Jones.
    const parts = one.split(' ');
    if (other.split(' ').some((part) => part.length > 3 && parts.includes(part))) return 2;
    if (alike >= 0.82 || words.sound(a) === words.sound(b)) return 3;
    return 4;
  }
}

/** Forename, surname and street names of people. */
export function nameComparisons(words: Words): Comparison[] {
  const comparer = new NameComparer(words);
  const text = (word: number | undefined) =>
    word === undefined || word < 0
      ? 'none'
      : words.names.text(word).replace(/(^|[ -])(\p{L})/gu, (start) => start.toUpperCase());
  const forenamesOf = (name: NameForm | undefined) => (name?.forenames ?? []).map(text).join(' ') || 'none';
  const both = (a: string, b: string) => (a === b ? a : `${a} and ${b}`);
  return [
    {
      field: 'forenames',
      title: 'Forename',
      levels: ['the same', 'a form of the same name', 'spelt nearly the same', 'a little alike', 'different'],
      same: [0.7, 0.09, 0.1, 0.06, 0.05],
      other: [0.006, 0.004, 0.008, 0.05, 0.932],
      compare: (a, b) => comparer.levels(a, b).forename,
      valuesOf: (item) => [...new Set(item.names.flatMap((name) => name.forenames.slice(0, 1)))],
      shared: (a, b) => comparer.levels(a, b).sharedForename,
      show: (a, b) => {
        const levels = comparer.levels(a, b);
        return `${both(forenamesOf(levels.a), forenamesOf(levels.b))}${levels.swapped ? ', with the surname in its place' : ''}`;
      },
    },
    {
      field: 'surname',
      title: 'Surname',
      levels: ['the same', 'spelt nearly the same', 'a little alike', 'different'],
      same: [0.78, 0.12, 0.05, 0.05],
      other: [0.003, 0.004, 0.03, 0.963],
      compare: (a, b) => comparer.levels(a, b).surname,
      valuesOf: (item) => [
        ...new Set(item.names.flatMap((name) => (name.surname >= 0 ? [name.surname] : []))),
      ],
      shared: (a, b) => comparer.levels(a, b).sharedSurname,
      show: (a, b) => {
        const levels = comparer.levels(a, b);
        return both(text(levels.a?.surname), text(levels.b?.surname));
      },
    },
    {
      field: 'middle',
      title: 'Middle name',
      levels: ['the same', 'the initial fits, or nearly the same', 'different'],
      same: [0.75, 0.2, 0.05],
      other: [0.02, 0.08, 0.9],
      compare: (a, b) => comparer.middle(a, b).level,
      valuesOf: (item) => [...new Set(item.names.flatMap((name) => name.forenames.slice(1)))],
      shared: (a, b) => comparer.middle(a, b).shared,
      show: (a, b) => {
        const { a: one, b: other } = comparer.levels(a, b);
        const rest = (name: NameForm | undefined) => (name?.forenames ?? []).slice(1).map(text).join(' ');
        return both(rest(one), rest(other));
      },
    },
    {
      field: 'aliases',
      title: 'Street name',
      levels: ['the same', 'spelt nearly the same', 'different'],
      same: [0.55, 0.1, 0.35],
      other: [0.002, 0.004, 0.994],
      compare: (a, b) => {
        if (a.aliases.length === 0 || b.aliases.length === 0) return 0;
        let best = 3;
        for (const one of a.aliases)
          for (const other of b.aliases) {
            if (one === other) return 1;
            if (words.names.alike(one, other) >= 0.92) best = 2;
          }
        return best;
      },
      valuesOf: (item) => item.aliases,
      shared: (a, b) => a.aliases.find((alias) => b.aliases.includes(alias)) ?? -1,
      show: (a, b) => {
        const shared = a.aliases.find((alias) => b.aliases.includes(alias));
        return shared !== undefined
          ? text(shared)
          : both(a.aliases.map(text).join(', '), b.aliases.map(text).join(', '));
      },
    },
  ];
}
