/** What a text or a marker speaks of, by the words of `priorityWords`. Pure. */
import { priorityWords } from '../../reference/priorityWords.ts';
import { foldText } from '../names.ts';

export type SpokenOf = keyof typeof priorityWords;

const plain = (text: string) =>
  foldText(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const patterns = new Map<SpokenOf, RegExp>(
  (Object.keys(priorityWords) as SpokenOf[]).map((group) => [
    group,
    new RegExp(`\\b(?:${priorityWords[group].words.join('|')})`),
  ]),
);

/** `14 year old`, `aged 15`, `age 9`. */
const youngAge = /\b(?:(?:[1-9]|1[0-7]) (?:years? old|yrs? old|yo)|aged? (?:about )?(?:[1-9]|1[0-7]))\b/;
/** Names of services and offices, which say nothing of a child who is there. */
const services =
  /\bchildren ?s (?:services|social care|social services|centre)|\bchild (?:protection|support|benefit)\b/g;
/** `no missing episodes`, `not been reported missing`: nothing between but words that go with it. */
const denied =
  /\b(?:no|not|never|nil|without)(?: (?:been|longer|known|recent|any|previous|further|reported|history|of))* (?:missing|child|children|exploited|cuckooed|groomed|misper)\w*(?: \w+)?/g;

/** Whether a text speaks of somebody missing, exploited or vulnerable, or of a child. A denial is no mention. */
export function speaksOf(text: string, group: SpokenOf): boolean {
  return text.split(/[.;!?\n]/).some((sentence) => {
    const words = plain(sentence).replace(services, ' ').replace(denied, ' ');
    return speaks(words, group) || (group === 'child' && youngAge.test(words));
  });
}

const speaks = (words: string, group: SpokenOf) => patterns.get(group)?.test(words) === true;

/** A marker that denies, or that tells of what was done to the person and not by them. */
const aboutVictim = /\b(?:victim|against (?:him|her|them)|at risk|risk of|fear|suffer)/;
const denial =
  /^(?:no|nil|none|not|n a|negative|clear|unknown|never)\b|\bno (?:trace|intel|intelligence|weapons?)\b/;

/** The parts of a list of markers or hazards that speak of violence or weapons: neither a denial nor what a victim suffered. */
export function markersOf(text: string, group: 'violence' | 'weapons'): string[] {
  return partsOf(text).filter((part) => {
    const words = plain(part);
    return !denial.test(words) && !aboutVictim.test(words) && speaks(words, group);
  });
}

/** The parts of a list of markers that speak of a child, a missing episode, exploitation or vulnerability. */
export function careMarkersOf(
  text: string,
  group: 'missing' | 'exploited' | 'child' | 'vulnerable',
): string[] {
  return partsOf(text).filter((part) => {
    const words = plain(part);
    if (denial.test(words)) return false;
    return group === 'missing' ? /\bmissing\b|\bmisper/.test(words) : speaksOf(part, group);
  });
}

const partsOf = (text: string) =>
  text
    .split(/[;,|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A text as it is compared: said twice in other punctuation it is the same. */
export const sameWords = plain;
