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
  /** Whether it may do so by a surname or an alias alone, which somebody else may have too: for people to look at. */
  mayTell(text: string): boolean;
  /** The text without what tells of the person. */
  scrub(text: string): string;
}

/** Numbers of less than this many characters are found by chance. */
const shortestNumber = 5;

/**
 * @param names as written: name, forenames with surname, aliases
 * @param lonely surnames and aliases that are names by themselves
 * @param numbers PNC, CRO, National Insurance, local references, and phone numbers where they are the person's alone
 */
export function makeMarks(
  names: readonly string[],
  numbers: readonly string[],
  lonely: readonly string[] = [],
): Marks {
  const forms = listNameForms(names).full.filter((words) => !words.some((word) => word.length === 1));
  const written = numbers.flatMap((number) => {
    const words = foldWords(number);
    return words.join('').length >= shortestNumber ? [words, [words.join('')]] : [];
  });
  const all = new Map([...forms, ...written].map((words) => [words.join(' '), words]));
  const sure = makeFinder([...all.values()]);
  const lone = makeFinder(
    lonely.map(foldWords).filter((words) => words.join('').length >= shortestNumber && !isCommonWord(words)),
  );
  return {
    tells: (text) => sure(text) !== text,
    mayTell: (text) => lone(text) !== text,
    scrub: sure,
  };
}

/** Words of addresses that are folded into longer ones: a text that holds the short form does not hold these. */
const expanded = new Set(
  'road street avenue lane close drive gardens court crescent terrace place square house building'.split(' '),
);

/**
 * Takes words out of a text. Most texts hold none of them, which a look for the longest word of each form tells at
 * once; texts with other letters than those of ASCII are read word by word.
 */
function makeFinder(forms: readonly (readonly string[])[]): (text: string) => string {
  const replace = makeReplacer(
    forms.map((words) => ({ words, token: erasedWord, reason: 'erased' as const })),
  );
  const hints = forms.map(
    (words) =>
      words.filter((word) => !expanded.has(word)).sort((one, other) => other.length - one.length)[0] ?? '',
  );
  return (text) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
    if (/^[\x00-\x7f]*$/.test(text)) {
      const plain = text.toLowerCase();
      if (!hints.some((hint) => plain.includes(hint))) return text;
    }
    return replace(text).text;
  };
}

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
