/** British spelling of a text, by a dictionary that ships with the product: nothing leaves the machine. */
import nspell from 'nspell';

export interface Misspelling {
  /** Where the word begins, in UTF-16 units. */
  at: number;
  word: string;
  suggestions: string[];
}

/** Words of the trade that a general dictionary lacks. */
const trade = [
  'cuckooed',
  'cuckooing',
  'nominal',
  'nominals',
  'IIMARCH',
  'SAFCORM',
  'NRM',
  'PACE',
  'DDTRO',
  'POCA',
  'MASH',
  'naloxone',
  'rendezvous',
  'subscriber',
  'postcode',
  'shotter',
  'comms',
  'Taser',
];
const maximumWords = 200;
const suggestedWords = 20;

type Spell = ReturnType<typeof nspell>;
let checker: Spell | undefined;

/** Read when it is first asked for: the dictionary takes half a second, and most sessions never need it. */
async function openChecker(): Promise<Spell> {
  if (!checker) {
    const { default: dictionary } = await import('dictionary-en-gb');
    checker = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));
    for (const word of trade) checker.add(word);
  }
  return checker;
}

/** Words of letters only: references, numbers, `{{facts}}` and words in capitals are not spelt. */
const wordPattern = /\{\{[^{}]*\}\}|[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;

/** The misspelt words in order, at most two hundred; suggestions for the first twenty. */
export async function findMisspellings(text: string): Promise<Misspelling[]> {
  const spell = await openChecker();
  const found: Misspelling[] = [];
  const known = new Map<string, boolean>();
  const suggested = new Map<string, string[]>();
  for (const match of text.matchAll(wordPattern)) {
    const word = match[0].replace(/’/g, "'").replace(/'s$|['-]+$/u, '');
    if (word.length < 3 || /[\p{N}{]/u.test(word) || word === word.toUpperCase()) continue;
    let right = known.get(word);
    if (right === undefined) {
      right = spell.correct(word) || word.split('-').every((part) => part.length < 3 || spell.correct(part));
      known.set(word, right);
    }
    if (right) continue;
    if (!suggested.has(word))
      suggested.set(word, suggested.size < suggestedWords ? spell.suggest(word).slice(0, 5) : []);
    found.push({ at: match.index, word, suggestions: suggested.get(word) ?? [] });
    if (found.length >= maximumWords) break;
  }
  return found;
}
