/**
 * What tells of one person in a text: the name in every way it is written, and numbers that are nobody else's. A
 * forename, an alias or a date alone is no mark: others have it too.
 */
import { isCommonWord, listNameForms } from '../../../../shared/packs/nameForms.ts';
import { foldWords, makeReplacer } from '../../../../shared/packs/wordMatcher.ts';

/** What stands in the place of what was erased. */
export const erasedWord = '[erased]';

export interface Marks {
  /** Whether a text tells of the person. */
  tells(text: string): boolean;
  /** Whether it may do so by an alias alone, which somebody else may have too: for people to look at. */
  mayTell(text: string): boolean;
  /** The text without what tells of the person. */
  scrub(text: string): string;
  /** How many ways of writing are looked for. */
  count: number;
}

/** Numbers of less than this many characters are found by chance. */
const shortestNumber = 5;

/**
 * @param names as written: name, forenames with surname, aliases
 * @param numbers PNC, CRO, National Insurance, local references, and phone numbers where they are the person's alone
 */
export function makeMarks(
  names: readonly string[],
  numbers: readonly string[],
  aliases: readonly string[] = [],
): Marks {
  const lone = makeReplacer(
    aliases
      .map(foldWords)
      .filter((words) => words.join('').length >= shortestNumber && !isCommonWord(words))
      .map((words) => ({ words, token: erasedWord, reason: 'erased' as const, capitalOnly: true })),
  );
  const forms = listNameForms(names).full.filter((words) => !words.some((word) => word.length === 1));
  const written = numbers.flatMap((number) => {
    const words = foldWords(number);
    return words.join('').length >= shortestNumber ? [words, [words.join('')]] : [];
  });
  const all = new Map([...forms, ...written].map((words) => [words.join(' '), words]));
  const replace = makeReplacer(
    [...all.values()].map((words) => ({ words, token: erasedWord, reason: 'erased' as const })),
  );
  // Before words are looked at one by one: the rarest part of each form, as it stands in any text that holds it.
  const hints = [...all.values()].map((words) =>
    words.reduce((one, other) => (other.length > one.length ? other : one)),
  );
  const may = (text: string) => {
    const plain = fold(text);
    return hints.some((hint) => plain.includes(hint));
  };
  return {
    count: all.size,
    tells: (text) => may(text) && replace(text).reasons.length > 0,
    mayTell: (text) => lone(text).reasons.length > 0,
    scrub: (text) => (may(text) ? replace(text).text : text),
  };
}

const fold = (text: string) =>
  // Plain text is most of what there is.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
  /^[\x00-\x7f]*$/.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Every string in a JSON value, without what tells of the person. */
export function scrubJson(value: unknown, marks: Marks): unknown {
  if (typeof value === 'string') return marks.scrub(value);
  if (Array.isArray(value)) return value.map((each) => scrubJson(each, marks));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [marks.scrub(key), scrubJson(each, marks)]),
    );
  return value;
}
