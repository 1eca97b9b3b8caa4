/**
 * A comparison looks at one thing of two rows and says how well it agrees, as a level from 1 (the same) up to the number
 * of its levels (different); 0 where one of the rows says nothing. What a level weighs is learned (`learn.ts`).
 */
import type { Item, Words } from './items.ts';

export interface Comparison {
  /** Name of the field or, for a column without a field, its heading. */
  readonly field: string;
  readonly title: string;
  /** Level by level: how it is told. `level[0]` is level 1. */
  readonly levels: readonly string[];
  /**
   * How often each level is seen in two records of one person, and in two of different people, before anything is
   * known of the workspace: a start that its own data outweighs.
   */
  readonly same: readonly number[];
  readonly other: readonly number[];
  /** Levels that say nothing, such as that two people do not know the same people. */
  readonly neutral?: readonly number[];
  /**
   * Whether it may say once more what a name or a date of birth says: a sex, an email made of the name, the whole name in
   * a column of its own. How often strangers agree in it is then learned among those of that name or date as well.
   */
  readonly dependent?: boolean;
  compare(a: Item, b: Item): number;
  /** For level 1: values of an item, so that a rare one weighs more. */
  valuesOf?(item: Item): readonly number[];
  /** The value that both have, for level 1. */
  shared?(a: Item, b: Item): number;
  /** The two values in words, for level 1 the one. */
  show(a: Item, b: Item): string;
}

export const sharedOf = (a: readonly number[], b: readonly number[]): number => {
  for (const value of a) if (b.includes(value)) return value;
  return -1;
};

/** What comparisons need besides the two rows. */
export interface Ground {
  readonly words: Words;
  /** The label of a linked thing: its number, address, mark or name. */
  thing(kind: 'phones' | 'premises' | 'vehicles' | 'people', id: number): string;
}
