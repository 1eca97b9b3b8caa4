/**
 * Finds names, addresses and references in text, however they are spaced, cased, accented or joined, and
 * puts a bracketed word in their place. Pure; time grows with the text, not with the number of names.
 */

/** Words to be found one after the other, and what is printed instead. */
export interface WordPattern<Reason extends string> {
  /** Folded words, as `foldWords` gives them. */
  readonly words: readonly string[];
  /** Printed instead, in brackets; null for words that may stand: they are passed over whole. */
  readonly token: string | null;
  readonly reason: Reason | null;
  /** Only where it is written with a capital: the name is also a common word. */
  readonly capitalOnly?: boolean;
}

export interface Replaced<Reason extends string> {
  readonly text: string;
  readonly reasons: readonly Reason[];
}

/** Runs of letters or of digits; marks and invisible joiners inside a run do not end it. */
const wordRuns = /(?:\p{L}[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]*)+|\p{N}+/gu;
const invisible = /[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu;
/** At most this much may stand between two words of one name: blanks, commas, hyphens, brackets, line ends. */
const widestGap = 16;

/** Letters without accent that no normal form takes apart, and letters of other scripts that look the same. */
const lookalikes: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  а: 'a',
  в: 'b',
  е: 'e',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  α: 'a',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
};

/** Words of addresses that are often shortened. */
const shortWords: Readonly<Record<string, string>> = {
  rd: 'road',
  st: 'street',
  ave: 'avenue',
  av: 'avenue',
  ln: 'lane',
  cl: 'close',
  dr: 'drive',
  gdns: 'gardens',
  ct: 'court',
  cres: 'crescent',
  tce: 'terrace',
  terr: 'terrace',
  pl: 'place',
  sq: 'square',
  hse: 'house',
  bldg: 'building',
};

/** One word without case, accents and invisible marks; look-alike letters as Latin ones. */
function foldWord(word: string): string {
  const plain = word
    .normalize('NFKD')
    .replace(invisible, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, (letter) => lookalikes[letter] ?? letter);
  return shortWords[plain] ?? plain;
}

/** True where what stands between two words may stand within one name: little, and no sign that parts entries. */
function joins(text: string, from: number, to: number): boolean {
  return to - from <= widestGap && !/[;|•!?]/.test(text.slice(from, to));
}

/** The words of a text as patterns hold them. */
export function foldWords(text: string): string[] {
  return [...text.matchAll(wordRuns)].map(([word]) => foldWord(word)).filter((word) => word !== '');
}

/**
 * A function that replaces every pattern in a text: at each word the longest pattern that fits; of two
 * equally long ones the one with a token.
 */
export function makeReplacer<Reason extends string>(
  patterns: readonly WordPattern<Reason>[],
): (text: string) => Replaced<Reason> {
  const byFirst = new Map<string, WordPattern<Reason>[]>();
  for (const pattern of patterns) {
    const [first] = pattern.words;
    if (first === undefined) continue;
    const known = byFirst.get(first);
    if (known === undefined) byFirst.set(first, [pattern]);
    else known.push(pattern);
  }
  for (const list of byFirst.values())
    list.sort(
      (one, other) =>
        other.words.length - one.words.length || Number(one.token === null) - Number(other.token === null),
    );
  if (byFirst.size === 0) return (text) => ({ text, reasons: [] });
  return (text) => {
    const words = [...text.matchAll(wordRuns)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      word: foldWord(match[0]),
      capital: /^\p{Lu}/u.test(match[0]),
    }));
    const parts: string[] = [];
    const reasons: Reason[] = [];
    let from = 0;
    for (let index = 0; index < words.length; ) {
      const first = words[index];
      const found = byFirst.get(first?.word ?? '')?.find(
        (pattern) =>
          (pattern.capitalOnly !== true || first?.capital === true) &&
          pattern.words.every((word, place) => {
            const here = words[index + place];
            const before = words[index + place - 1];
            return here?.word === word && (place === 0 || joins(text, before?.end ?? 0, here.start));
          }),
      );
      if (found === undefined) {
        index += 1;
        continue;
      }
      if (found.token !== null) {
        const last = words[index + found.words.length - 1];
        parts.push(text.slice(from, first?.start), found.token);
        from = last?.end ?? from;
        if (found.reason !== null) reasons.push(found.reason);
      }
      index += found.words.length;
    }
    return reasons.length === 0 ? { text, reasons } : { text: parts.join('') + text.slice(from), reasons };
  };
}
