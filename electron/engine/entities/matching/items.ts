/**
 * What is compared: of every row its names, dates, numbers, addresses, and whatever its sheets said of it in columns
 * that have no field of their own. Plain data; texts are numbers of `Words`.
 */
import { LikenessMemory, NameWords, Texts } from './texts.ts';

/** One way in which a person is named. */
export interface NameForm {
  /** Words of the forenames, first one first. */
  readonly forenames: readonly number[];
  /** The surname as one word; -1 where none is known. */
  readonly surname: number;
}

export interface Item {
  /** Number of the row. */
  readonly id: number;
  names: readonly NameForm[];
  /** Street names and other names, each as one word. */
  aliases: readonly number[];
  /** Dates of birth as 19900403. */
  born: readonly number[];
  /** Where only an age or a year is known: first and last year of birth that it leaves room for. */
  years: readonly (readonly [from: number, to: number])[];
  sex: string | null;
  /** Junior, senior or the number behind a name that parent and child share: `jr`, `sr`, `ii`, … */
  generation: string | null;
  /** Rows of other grids that evidence links with this one: numbers of `Things`. */
  phones: readonly number[];
  premises: readonly number[];
  vehicles: readonly number[];
  associates: readonly number[];
  /** Words of each address. */
  addresses: readonly (readonly number[])[];
  /** Identifiers by the name of their field: numbers of `Words.values`. */
  identifiers: ReadonlyMap<string, readonly number[]>;
  /** Columns without a field: number of the column and of the value, in turn. */
  extras: readonly number[];
}

/** Most lists of most items are empty: they share these, and are replaced when something is added. */
const nothing: readonly never[] = Object.freeze([]);
const noIdentifiers: ReadonlyMap<string, readonly number[]> = new Map();

export const emptyItem = (id: number): Item => ({
  id,
  names: nothing,
  aliases: nothing,
  born: nothing,
  years: nothing,
  sex: null,
  generation: null,
  phones: nothing,
  premises: nothing,
  vehicles: nothing,
  associates: nothing,
  addresses: nothing,
  identifiers: noIdentifiers,
  extras: nothing,
});

/** The texts behind the numbers. */
export class Words {
  readonly names = new NameWords();
  readonly address = new Texts();
  readonly values = new Texts();
  readonly columns = new Texts();
  readonly addressLikeness = new LikenessMemory();
  readonly valueLikeness = new LikenessMemory();
}

type NumberLists = 'aliases' | 'born' | 'phones' | 'premises' | 'vehicles' | 'associates';

export function addOnce(item: Item, field: NumberLists, value: number): void {
  if (!item[field].includes(value)) item[field] = [...item[field], value];
}

const isSameName = (one: NameForm, other: NameForm) =>
  one.surname === other.surname &&
  one.forenames.length === other.forenames.length &&
  one.forenames.every((word, index) => word === other.forenames[index]);

/** Puts what one item says into another. */
export function addTo(item: Item, other: Item): void {
  for (const name of other.names)
    if (!item.names.some((own) => isSameName(own, name))) item.names = [...item.names, name];
  for (const field of ['aliases', 'born', 'phones', 'premises', 'vehicles', 'associates'] as const)
    for (const value of other[field]) addOnce(item, field, value);
  for (const years of other.years)
    if (!item.years.some((own) => own[0] === years[0] && own[1] === years[1]))
      item.years = [...item.years, years];
  item.sex ??= other.sex;
  item.generation ??= other.generation;
  for (const address of other.addresses)
    if (!item.addresses.some((own) => own.join() === address.join()))
      item.addresses = [...item.addresses, address];
  if (other.identifiers.size > 0) {
    const identifiers = new Map(item.identifiers);
    for (const [field, values] of other.identifiers)
      identifiers.set(field, [...new Set([...(identifiers.get(field) ?? []), ...values])]);
    item.identifiers = identifiers;
  }
  for (let at = 0; at < other.extras.length; at += 2) {
    const column = other.extras[at] ?? 0;
    const value = other.extras[at + 1] ?? 0;
    let known = false;
    for (let own = 0; own < item.extras.length; own += 2)
      if (item.extras[own] === column && item.extras[own + 1] === value) known = true;
    if (!known) item.extras = [...item.extras, column, value];
  }
}
