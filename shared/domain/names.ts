import type { Cleaned } from './cleaned.ts';
import { asRejected, flagEmptyWords, longestIdentifier, tidyText, tooLong, withWarning } from './tidy.ts';

export interface PersonName {
  /** Forenames, then surname, without title or aliases: 'John Paul Smith'. */
  full: string;
  /** As written, tidied ('Mr', 'DC'); '' when there is none. */
  title: string;
  forenames: string;
  surname: string;
  /** 'Jr', 'III', 'OBE': part of `full`, of neither forenames nor surname; '' when there is none. */
  suffix: string;
  /** Street names and other names, as written, without quotes. */
  aliases: string[];
}

/** Forms of address and police ranks that stand before or after a name. */
const titles = new Set(
  'mr mrs ms miss mx master dr prof professor rev reverend sir dame pc dc ps ds sgt sergeant insp inspector di dci ch insp supt superintendent det dsu cso pcso'.split(
    ' ',
  ),
);
/** Ranks that are also given names or words: only in capitals. */
const capitalTitles = new Set(['di', 'ci', 'ch', 'master', 'dame']);
/** What stands behind a surname and is no part of it. */
const suffixes = new Set(
  'jr jnr junior sr snr senior ii iii iv esq obe mbe cbe bem kbe qpm kpm qc kc phd md ba bsc msc'.split(' '),
);
const numerals = /^(?:ii|iii|iv)$/;
/** Remarks in brackets that are no alias. */
const remark =
  /^(?:deceased|dec'?d|dead|rip|juvenile|juv|minor|child|adult|male|female|m|f|suspect|victim|witness|offender|nominal|subject|target|wanted|missing|misper|mispers?|in custody|custody|prison|remanded|released|bailed|unconfirmed|confirmed|tbc|unverified|poss(?:ible|ibly)?|believed|not known|unknown|same|see .*|id .*|ic ?\d|(?:his|her|the)? ?(?:mother|father|brother|sister|son|daughter|partner|girlfriend|boyfriend|wife|husband|cousin|mum|dad|ex)|d\.?o\.?b\.?.*|age[d:]? .*|.*\d{2}.*)$/i;
/** Words that belong to the surname after them, although written apart. */
const particles = new Set(
  'van von de der den del della di da das dos du la le el al bin bint ibn ap ab mac st ter ten abu'.split(
    ' ',
  ),
);
const aliasMark =
  /(?:^|[\s,;(/-]+)(?:a\.?\s?k\.?\s?a\.?|a\/k\/a|alias(?:es)?|also known as|known as|nick ?named?|street ?names?|formerly|n[ée]e)(?=$|[\s:;,."'(])[\s:;,.]*/i;
const relative =
  /^(?:the )?(?:child|children|son|daughter|mother|father|brother|sister|partner|girlfriend|boyfriend|wife|husband|associate|friend|cousin|tenant|occupier|owner|keeper) of\b/i;
const unknownPerson =
  /^(?:an?\s+)?(?:unknown|unidentified|u\/k|unk)\s+(?:male|female|person|man|woman|subject|suspect|ic\d).*$/i;

/** 'SMITH' → 'Smith', "O'NEILL" → "O'Neill", 'MCDONALD' → 'McDonald', 'SMITH-JONES' → 'Smith-Jones'. */
function capitaliseWord(word: string): string {
  const lower = word.toLowerCase();
  return lower
    .replace(/(^|[-'.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/'S$/, "'s")
    .replace(/(^|-)Mc(\p{L})/gu, (_, before: string, letter: string) => `${before}Mc${letter.toUpperCase()}`);
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
      const isWord =
        allCapitals || particles.has(word.toLowerCase()) ? countLetters(word) > 1 : countLetters(word) > 2;
      if (allSmall || (isCapitals(word) && isWord)) return capitaliseWord(word);
      if (/^Mc\p{Lu}+$/u.test(word)) return capitaliseWord(word);
      const mac = /^Mac(\p{Lu}{2,})$/u.exec(word)?.[1];
      return mac === undefined ? word : `Mac${capitaliseWord(mac)}`;
    })
    .join(' ');
}

function isTitle(word: string): boolean {
  const bare = word.toLowerCase().replace(/\./g, '');
  return titles.has(bare) && (!capitalTitles.has(bare) || isCapitals(word));
}

/** Takes suffixes off the end, as long as two words are left ('Leroy Junior' is a name). */
function takeSuffixes(words: readonly string[], least: number): { rest: string[]; suffix: string } {
  const rest = [...words];
  const taken: string[] = [];
  while (rest.length > least) {
    const bare = (rest.at(-1) ?? '').toLowerCase().replace(/[.,]/g, '');
    if (!suffixes.has(bare)) break;
    const word = (rest.pop() ?? '').replace(/[.,]/g, '');
    const isShort = /^[js](?:n)?r$|^junior$|^senior$|^esq$/.test(bare);
    taken.unshift(numerals.test(bare) ? word.toUpperCase() : isShort ? capitaliseWord(word) : word);
  }
  return { rest, suffix: taken.join(' ') };
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

/** Takes quoted, bracketed and announced aliases out of a name, and drops remarks in brackets. */
function takeAliases(text: string): { rest: string; aliases: string[]; hasRemark: boolean } {
  const aliases: string[] = [];
  let hasRemark = false;
  let rest = text
    .replace(/"([^"]*)"/g, (_, inside: string) => {
      aliases.push(...splitAliases(inside));
      return ' ';
    })
    .replace(/[([{]([^)\]}]*)[)\]}]/g, (_, inside: string) => {
      const bare = inside.replace(aliasMark, ' ').trim();
      if (suffixes.has(bare.toLowerCase().replace(/\./g, ''))) return ` ${bare} `;
      if (remark.test(bare)) hasRemark = true;
      else aliases.push(...splitAliases(bare));
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
      .replace(aliases.length > 0 ? /(?:\s*(?:[&/;,]|\b(?:and|or)\b)\s*)+(?=$|\p{Lu}\p{Lu})/giu : /$^/, ' ')
      .trim(),
    aliases: [...new Set(aliases)],
    hasRemark,
  };
}

/** Two words or more on one side of a sign that joins people: 'John Smith & Jane Smith'. */
function namesSeveral(lines: string, rest: string): boolean {
  const isName = (part: string) => (part.match(/\p{L}{2,}/gu) ?? []).length >= 2;
  const byLine = lines.split(/[\r\n\v\f\u0085\u2028\u2029]+/).filter(isName);
  const bySign = rest.split(/\s*[&;/+|]\s*|\s+and\s+/i).filter((part) => part !== '');
  if (byLine.length > 1) return true;
  return (
    bySign.length > 1 &&
    (bySign.every(isName) ||
      (isName(bySign.at(-1) ?? '') && bySign.every((part) => /^[\p{L}'.-]+(?: [\p{L}'.-]+)*$/u.test(part))))
  );
}

/** 'John Smith, Jane Brown': neither half is a surname written in capitals, so it may be two people. */
function mayBeTwo(parts: readonly string[]): boolean {
  const [first = '', second = '', ...more] = parts;
  const counts = [first, second].map(
    (part) => part.split(' ').filter((word) => countLetters(word) > 1).length,
  );
  const particle = first.split(' ').some((word) => particles.has(word.toLowerCase()));
  return (
    more.length === 0 &&
    counts.every((count) => count >= 2) &&
    !particle &&
    isCapitals(first) === isCapitals(second) &&
    !/-/.test(first)
  );
}

/** Splits words of a name without comma into forenames and surname. */
function splitWords(words: string[]): { forenames: string[]; surname: string[] } {
  if (words.length < 2) return { forenames: [], surname: words };
  const initials = words.findIndex((word) => /^\p{Lu}\.?$/u.test(word));
  if (
    initials === 1 &&
    words.slice(1).every((word) => /^\p{Lu}\.?$/u.test(word)) &&
    countLetters(words[0] ?? '') > 1
  ) {
    return { surname: words.slice(0, 1), forenames: words.slice(1) };
  }
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
 * Repaired: `name.remark-removed` (a remark in brackets: 'deceased', a date of birth).
 *
 * Warnings: `name.several` (more than one person, kept as written), `name.title-only`, `name.alias-only` (the value is the alias), `name.unknown` ('Unknown male'), `name.digits`.
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
    const value = { full: tidy, title: '', forenames: '', surname: tidy, suffix: '', aliases: [] };
    return withWarning(value, 'name.unknown', 'This describes a person without a name.');
  }
  const { rest, aliases, hasRemark } = takeAliases(tidy);
  const parts = rest
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const asWritten = (code: string, message: string) =>
    withWarning(
      { full: tidy, title: '', forenames: '', surname: tidy, suffix: '', aliases: [] as string[] },
      code,
      message,
    );
  if (relative.test(tidy)) return asWritten('name.unknown', 'This describes a person without a name.');
  if (namesSeveral(text, rest)) return asWritten('name.several', 'The cell names more than one person.');
  if (parts.length === 2 && mayBeTwo(parts)) {
    return asWritten('name.several', 'The cell may name two people, or one with surname first.');
  }
  let title: string[] = [];
  let suffix = '';
  let forenames: string[];
  let surname: string[];
  if (parts.length > 1) {
    const first = takeTitles((parts[0] ?? '').split(' '), false, 1);
    const second = takeTitles(parts.slice(1).join(' ').split(' '), true, 0);
    const before = takeSuffixes(first.rest, 1);
    const behind = takeSuffixes(second.rest, 0);
    title = [...first.taken, ...second.taken];
    suffix = `${before.suffix} ${behind.suffix}`.trim();
    ({ forenames, surname } =
      behind.rest.length === 0 && before.rest.length > 1
        ? splitWords(before.rest)
        : { forenames: behind.rest, surname: before.rest });
  } else {
    const words = takeTitles((parts[0] ?? '').split(' '), true, 1);
    const ended = takeSuffixes(
      words.rest.filter((word) => word !== ''),
      2,
    );
    title = words.taken;
    suffix = ended.suffix;
    ({ forenames, surname } = splitWords(ended.rest));
    // 'SMITH John Jr': the suffix stands behind the forenames.
    const inner = takeSuffixes(forenames, 1);
    forenames = inner.rest;
    suffix = `${inner.suffix} ${suffix}`.trim();
  }
  const whole = [...forenames, ...surname].join(' ');
  const name: PersonName = {
    full: '',
    title: title.join(' '),
    forenames: capitalise(forenames.join(' '), whole),
    surname: capitalise(surname.join(' '), whole),
    suffix,
    aliases,
  };
  name.full = `${name.forenames} ${name.surname} ${suffix}`.trim();
  if (!/\p{L}/u.test(name.full)) {
    const [alias] = aliases;
    if (alias === undefined) return asRejected('name.format', 'There is no name in this cell.');
    const value = { full: alias, title: name.title, forenames: '', surname: '', suffix: '', aliases };
    return withWarning(value, 'name.alias-only', 'Only an alias or street name is given.');
  }
  if (/\d/.test(name.full)) return withWarning(name, 'name.digits', 'There are digits in this name.');
  if (forenames.length === 0 && isTitle(surname.join(' '))) {
    return withWarning(name, 'name.title-only', 'There is only a title here.');
  }
  return hasRemark ? { value: name, repaired: 'name.remark-removed' } : { value: name };
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
