/** Words as the index keeps them: small letters without accents, whatever the alphabet. */
import { foldText } from '../../../shared/domain/names.ts';

/** A folded word and where it stands in its text. */
export interface Word {
  word: string;
  from: number;
  to: number;
}

/** Letters and digits; an apostrophe inside a word belongs to it: O'Neill is one word. */
const run = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;
const outside = /[^\p{L}\p{N}]/gu;
const longestWord = 64;
/** Longer texts are searched to here. */
const longestText = 200_000;
const plain = /^[a-z0-9]*$/;

/** Folds a word: 'O’Neill' is 'oneill', 'Łódź' is 'lodz'. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return plain.test(lower) ? lower : foldText(word).replace(outside, '');
}

/** The same for texts of plain English letters, which most are, in a fraction of the time. */
const plainRun = /[a-z0-9]+(?:'[a-z]+)*/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/;

/** The words of a text in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  if (ascii.test(text)) {
    for (const match of text.slice(0, longestText).toLowerCase().matchAll(plainRun)) {
      const [found] = match;
      const word = (found.includes("'") ? found.replaceAll("'", '') : found).slice(0, longestWord);
      words.push({ word, from: match.index, to: match.index + found.length });
    }
    return words;
  }
  for (const match of text.slice(0, longestText).matchAll(run)) {
    const word = foldWord(match[0]).slice(0, longestWord);
    if (word !== '') words.push({ word, from: match.index, to: match.index + match[0].length });
  }
  return words;
}

/** Letters and digits of an identifier, folded: '2003/0062845E' is '20030062845e'. */
export function compact(text: string): string {
  return foldWord(text.replace(outside, ''));
}
