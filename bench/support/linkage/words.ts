/** Words that invented people are made of, the frequent ones first, and a steady source of chance. */
import { steadyRandom } from '../../../electron/engine/entities/matching/learn.ts';

export const forenames = {
  F: 'olivia emily sophie jessica amy charlotte lauren sarah rebecca emma laura rachel hannah chloe jade megan katie georgia bethany natasha amber leah zoe molly abigail lucy ella grace lily mia isabella ruby freya alice maya layla aisha fatima zara nadia priya anjali mei ling agnieszka katarzyna oksana ioana elena chantelle kayleigh shannon tamara rosie poppy imogen harriet phoebe bronwyn siobhan niamh caitlin morag eilidh'.split(
    ' ',
  ),
  M: 'jack thomas james daniel joshua matthew joseph ryan luke samuel benjamin jordan liam adam connor lewis nathan callum kieran alexander jake michael david robert william john oliver harry george charlie mohammed ali ahmed omar hassan ibrahim tariq imran yusuf pawel tomasz piotr andrei mihai oleh dmytro tyrone jermaine kwame darnell leon curtis aaron reece declan sean patrick rhys owen gareth hamish angus finlay'.split(
    ' ',
  ),
} as const;

const stems =
  'ash bar cal dun ell far gar hol ing ket lan mar nor oak pen rad sel thor ull wen brock hart win'.split(
    ' ',
  );
const ends =
  'ley ton by thwaite dale ford ham well worth field son man wick more shaw croft bury stead'.split(' ');
export const surnames = [
  ...'smith jones khan patel taylor brown williams wilson johnson davies evans hussain ali white thomas walker roberts green hall wood jackson clarke singh begum wright turner cooper hill ward morris moore clark lee king baker harrison morgan allen james scott phillips watson davis parker price bennett young griffiths mitchell kelly cook carter richardson bailey shaw campbell'.split(
    ' ',
  ),
  ...stems.flatMap((stem) => ends.map((end) => `${stem}${end}`)),
];
const places = ['', 'west ', 'east ', 'lower ', 'upper '];
export const towns = stems.flatMap((stem) =>
  places.flatMap((place) => ['port', 'mouth', 'gate'].map((end) => `${place}${stem}${end}`)),
);
export const streets = stems.flatMap((stem) =>
  'street road close court place crescent'.split(' ').map((kind) => `${stem}er ${kind}`),
);
export const trades =
  'politician writer farmer soldier painter merchant lawyer cleric actor musician engineer teacher physician'.split(
    ' ',
  );

export interface Chance {
  number: () => number;
  below: (count: number) => number;
  pick: <T>(list: readonly T[]) => T;
  /** The first of a list often, the last seldom, as names and places are. */
  skewed: <T>(list: readonly T[]) => T;
  is: (often: number) => boolean;
  digits: (count: number) => string;
}

/** Chance that comes out the same for the same seed. */
export function chanceOf(seed: number): Chance {
  const number = steadyRandom(seed);
  const below = (count: number) => Math.floor(number() * count);
  return {
    number,
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    skewed: <T>(list: readonly T[]) => list[Math.floor(list.length * number() ** 1.6)] as T,
    is: (often) => number() < often,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

export const two = (value: number) => String(value).padStart(2, '0');

/** One slip of the hand: a letter left out, put in, changed, or two that changed places. */
export function slip(chance: Chance, text: string): string {
  if (text.length < 2) return text;
  const at = chance.below(text.length);
  const letter = /\d/.test(text[at] ?? '') ? chance.digits(1) : chance.pick([...'abcdeghiklmnoprstuy']);
  return chance.pick([
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
  ]);
}
