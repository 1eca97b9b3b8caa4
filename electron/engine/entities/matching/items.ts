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
  readonly names: NameForm[];
  /** Street names and other names, each as one word. */
  readonly aliases: number[];
  /** Dates of birth as 19900403. */
  readonly born: number[];
  /** Where only an age or a year is known: first and last year of birth that it leaves room for. */
  readonly years: [from: number, to: number][];
  readonly sex: string | null;
  /** Rows of other grids that evidence links with this one: numbers of `Things`. */
  readonly phones: number[];
  readonly premises: number[];
  readonly vehicles: number[];
  readonly associates: number[];
  /** Words of each address. */
  readonly addresses: number[][];
  readonly postcodes: number[];
  /** Identifiers by the name of their field: numbers of `Words.values`. */
  readonly identifiers: Map<string, number[]>;
  /** Columns without a field: number of the column and of the value, in turn. */
  readonly extras: number[];
}

export const emptyItem = (id: number): Item => ({
  id,
  names: [],
  aliases: [],
  born: [],
  years: [],
  sex: null,
  phones: [],
  premises: [],
  vehicles: [],
  associates: [],
  addresses: [],
  postcodes: [],
  identifiers: new Map(),
  extras: [],
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

export const addOnce = (list: number[], value: number): void => {
  if (!list.includes(value)) list.push(value);
};

/** Puts what one item says into another. */
export function addTo(item: Item, other: Item): void {
  for (const name of other.names)
    if (
      !item.names.some(
        (own) =>
          own.surname === name.surname &&
          own.forenames.length === name.forenames.length &&
          own.forenames.every((word, index) => word === name.forenames[index]),
      )
    )
      item.names.push(name);
  for (const field of [
    'aliases',
    'born',
    'phones',
    'premises',
    'vehicles',
    'associates',
    'postcodes',
  ] as const)
    for (const value of other[field]) addOnce(item[field], value);
  for (const [from, to] of other.years)
    if (!item.years.some((own) => own[0] === from && own[1] === to)) item.years.push([from, to]);
  if (other.sex !== null) (item as { sex: string | null }).sex ??= other.sex;
  for (const address of other.addresses)
    if (!item.addresses.some((own) => own.join() === address.join())) item.addresses.push(address);
  for (const [field, values] of other.identifiers) {
    const own = item.identifiers.get(field);
    if (own) for (const value of values) addOnce(own, value);
    else item.identifiers.set(field, [...values]);
  }
  for (let at = 0; at < other.extras.length; at += 2) {
    const column = other.extras[at] ?? 0;
    const value = other.extras[at + 1] ?? 0;
    let known = false;
    for (let own = 0; own < item.extras.length; own += 2)
      if (item.extras[own] === column && item.extras[own + 1] === value) known = true;
    if (!known) item.extras.push(column, value);
  }
}
