import type { Cleaned } from './cleaned.ts';
import { asRejected, flagEmptyWords, longestIdentifier, tidyText, tooLong, withWarning } from './tidy.ts';

export interface PersonName {
  /** Forenames, then surname, without title or aliases: 'John Paul Smith'. */
  full: string;
  /** As written, tidied ('Mr', 'DC'); '' when there is none. */
  title: string;
  forenames: string;
  surname: string;
  /** Street names and other names, as written, without quotes. */
  aliases: string[];
}

/** Forms of address and police ranks that stand before or after a name. */
const titles = new Set(
  'mr mrs ms miss mx master dr prof professor rev reverend sir dame pc dc ps ds sgt sergeant insp inspector di dci ch insp supt superintendent det dsu cso pcso'.split(
    ' ',
  ),
);
/** Words that belong to the surname after them, although written apart. */
const particles = new Set(
  'van von de der den del della di da das dos du la le el al bin bint ibn ap ab mac st ter ten abu'.split(
    ' ',
  ),
);
const aliasMark =
  /(?:^|[\s,;(/-]+)(?:a\.?\s?k\.?\s?a\.?|a\/k\/a|alias(?:es)?|also known as|known as|nick ?named?|street ?names?|formerly|n[ée]e)(?=$|[\s:;,."'(])[\s:;,.]*/i;
const unknownPerson =
  /^(?:an?\s+)?(?:unknown|unidentified|u\/k|unk)\s+(?:male|female|person|man|woman|subject|suspect|ic\d).*$/i;

/** 'SMITH' → 'Smith', "O'NEILL" → "O'Neill", 'MCDONALD' → 'McDonald', 'SMITH-JONES' → 'Smith-Jones'. */
function capitaliseWord(word: string): string {
  const lower = word.toLowerCase();
  return lower
    .replace(/(^|[-'.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/'S$/, "'s")
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);
}

function isCapitals(word: string): boolean {
  return word === word.toUpperCase() && /\p{Lu}/u.test(word);
}

function countLetters(word: string): number {
  return (word.match(/\p{L}/gu) ?? []).length;
}

/** Gives capitals and small letters their usual form; what mixes both already is left as it is. */
function capitalise(text: string, whole: string): string {
  const allCapitals = isCapitals(whole);
  const allSmall = whole === whole.toLowerCase();
  return text
    .split(' ')
    .map((word) => {
      if (allSmall && particles.has(word)) return word;
      if (allSmall || (isCapitals(word) && (allCapitals ? countLetters(word) > 1 : countLetters(word) > 2))) {
        return capitaliseWord(word);
      }
      return /^Mc\p{Lu}+$/u.test(word) ? capitaliseWord(word) : word;
    })
    .join(' ');
}

function isTitle(word: string): boolean {
  return titles.has(word.toLowerCase().replace(/\./g, ''));
}

/** Takes titles off the front, and off the end where `atEnd` is set, as long as a word is left. */
function takeTitles(words: string[], atEnd: boolean, least: number): { rest: string[]; taken: string[] } {
  const rest = [...words];
  const taken: string[] = [];
  while (rest.length > least && isTitle(rest[0] ?? '')) taken.push(rest.shift() ?? '');
  while (atEnd && rest.length > least && isTitle(rest.at(-1) ?? '')) taken.push(rest.pop() ?? '');
  return { rest, taken };
}

function splitAliases(text: string): string[] {
  return text
    .split(/\s*(?:[,/;&]|\band\b|\bor\b)\s*/i)
    .map((alias) => alias.replace(/^[\s"'(:.-]+|[\s"')-]+$/g, ''))
    .filter((alias) => /[\p{L}\d]/u.test(alias));
}

/** Takes quoted, bracketed and announced aliases out of a name. */
function takeAliases(text: string): { rest: string; aliases: string[] } {
  const aliases: string[] = [];
  let rest = text
    .replace(/"([^"]*)"/g, (_, inside: string) => {
      aliases.push(...splitAliases(inside));
      return ' ';
    })
    .replace(/[([{]([^)\]}]*)[)\]}]/g, (_, inside: string) => {
      const bare = inside.replace(aliasMark, ' ');
      if (!/\d{2}/.test(bare)) aliases.push(...splitAliases(bare));
      return ' ';
    })
    .replace(/(^|\s)'([^']+)'(?=\s|,|$)/g, (_, before: string, inside: string) => {
      aliases.push(...splitAliases(inside));
      return before;
    });
  const marked = aliasMark.exec(rest);
  if (marked) {
    const after = rest.slice(marked.index + marked[0].length);
    rest = rest.slice(0, marked.index);
    let mark = aliasMark.exec(after);
    let remaining = after;
    while (mark) {
      aliases.push(...splitAliases(remaining.slice(0, mark.index)));
      remaining = remaining.slice(mark.index + mark[0].length);
      mark = aliasMark.exec(remaining);
    }
    aliases.push(...splitAliases(remaining));
  }
  return {
    rest: rest
      .replace(/["()[\]{}]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    aliases: [...new Set(aliases)],
  };
}

/** Splits words of a name without comma into forenames and surname. */
function splitWords(words: string[]): { forenames: string[]; surname: string[] } {
  if (words.length < 2) return { forenames: [], surname: words };
  const capital = words.map((word) => isCapitals(word) && countLetters(word) > 1);
  if (capital.some(Boolean) && !words.every((word, index) => capital[index] || countLetters(word) < 2)) {
    const run = capital.indexOf(false);
    if (capital[0] && run > 0 && capital.slice(run).every((flag) => !flag)) {
      return { surname: words.slice(0, run), forenames: words.slice(run) };
    }
    const start = capital.lastIndexOf(false) + 1;
    if (start > 0 && start < words.length) {
      return { forenames: words.slice(0, start), surname: words.slice(start) };
    }
  }
  let start = words.length - 1;
  while (start > 1 && particles.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  return { forenames: words.slice(0, start), surname: words.slice(start) };
}

/**
 * A person's name taken apart: 'SMITH, John Paul', 'John Smith', 'Mr J SMITH', 'SMITH John', with
 * aliases in quotes or brackets or after AKA or alias. Names all in capitals or all in small letters get
 * the usual form; a name that mixes both keeps its spelling.
 *
 * Warnings: `name.alias-only` (the value is the alias), `name.unknown` ('Unknown male'), `name.digits`.
 * Refused: `name.format` (no letter).
 */
export function cleanName(text: string): Cleaned<PersonName> {
  const tidy = tidyText(text)
    .replace(/^'(?=[^']*$)\s*/, '')
    .trim();
  if (tidy === '') return { value: null };
  if (tidy.length > longestIdentifier) return tooLong();
  const flag = flagEmptyWords(tidy);
  if (flag) return { value: null, flag };
  if (!/\p{L}/u.test(tidy)) return asRejected('name.format', 'There is no name in this cell.');
  if (unknownPerson.test(tidy)) {
    const value = { full: tidy, title: '', forenames: '', surname: tidy, aliases: [] };
    return withWarning(value, 'name.unknown', 'This describes a person without a name.');
  }
  const { rest, aliases } = takeAliases(tidy);
  const parts = rest
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  let title: string[] = [];
  let forenames: string[];
  let surname: string[];
  if (parts.length > 1) {
    const first = takeTitles((parts[0] ?? '').split(' '), false, 1);
    const second = takeTitles(parts.slice(1).join(' ').split(' '), true, 0);
    title = [...first.taken, ...second.taken];
    surname = first.rest;
    forenames = second.rest;
  } else {
    const words = takeTitles((parts[0] ?? '').split(' '), false, 1);
    title = words.taken;
    ({ forenames, surname } = splitWords(words.rest.filter((word) => word !== '')));
  }
  const whole = [...forenames, ...surname].join(' ');
  const name: PersonName = {
    full: '',
    title: title.join(' '),
    forenames: capitalise(forenames.join(' '), whole),
    surname: capitalise(surname.join(' '), whole),
    aliases,
  };
  name.full = `${name.forenames} ${name.surname}`.trim();
  if (!/\p{L}/u.test(name.full)) {
    const [alias] = aliases;
    if (alias === undefined) return asRejected('name.format', 'There is no name in this cell.');
    const value = { full: alias, title: name.title, forenames: '', surname: '', aliases };
    return withWarning(value, 'name.alias-only', 'Only an alias or street name is given.');
  }
  if (/\d/.test(name.full)) return withWarning(name, 'name.digits', 'There are digits in this name.');
  return { value: name };
}

const foldings: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
};

/** Small letters without accents; letters that do not decompose (ł, ø, ß …) get their usual spelling. */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøđðþæœßıħŋ]/g, (letter) => foldings[letter] ?? letter);
}

/**
 * Key under which two ways of writing the same full name are equal: case, accents, punctuation and the
 * order of the words do not count. It joins nothing that is spelt differently.
 */
export function nameKey(full: string): string {
  const words = foldText(tidyText(full))
    .replace(/['.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.sort().join(' ');
}
