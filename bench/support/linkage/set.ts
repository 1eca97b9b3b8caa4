/** A set of rows with who each is, and what the kinds of sets have in common. */
import type { Chance } from './words.ts';

export interface LinkageSet {
  name: string;
  /** Files in the order in which they are imported: heading and rows. */
  files: { name: string; rows: string[][] }[];
  /** Who each row is, over all files in order. */
  truth: number[];
}

export type Row = Record<string, string>;

/** Rows of one or more files in a steady shuffled order. `ids`: how the column of the row's own number is written. */
export function toSet(
  name: string,
  chance: Chance,
  told: readonly { who: number; row: Row; file?: number }[],
  ids?: { heading: string; text: (who: number, row: number) => string },
): LinkageSet {
  const shuffled = told
    .map((each) => ({ ...each, order: chance.number() }))
    .sort((a, b) => (a.file ?? 0) - (b.file ?? 0) || a.order - b.order);
  const heading = Object.keys(told[0]?.row ?? {});
  const files = [...new Set(shuffled.map((each) => each.file ?? 0))].map((file) => ({
    name: `${name.replace(/\W+/g, '-')}-${file}.csv`,
    rows: [
      [...(ids ? [ids.heading] : []), ...heading],
      ...shuffled
        .filter((each) => (each.file ?? 0) === file)
        .map(({ who, row }, at) => [
          ...(ids ? [ids.text(who, at)] : []),
          ...heading.map((column) => row[column] ?? ''),
        ]),
    ],
  }));
  return { name, files, truth: shuffled.map((each) => each.who) };
}

export const capital = (text: string) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

export function postcode(chance: Chance): string {
  return `FE${1 + chance.below(9)} ${1 + chance.below(9)}${chance.pick([...'ABDEFGHJLN'])}${chance.pick([...'ABDEFGHJLN'])}`;
}

export const dateOf = (chance: Chance, from: number, span: number) =>
  [from + chance.below(span), 1 + chance.below(12), 1 + chance.below(28)] as const;
