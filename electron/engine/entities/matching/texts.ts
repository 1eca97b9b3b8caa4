/** Texts that many rows share, each once, under a number, with what is worked out of it once. */
import doubleMetaphone from 'talisman/phonetics/double-metaphone.js';
import { foldText } from '../../../../shared/domain/names.ts';
import { nameVariants } from '../../../../shared/reference/nameVariants.ts';
import { jaroWinkler } from './likeness.ts';

/** Numbers texts from 0. */
export class Texts {
  readonly list: string[] = [];
  private readonly numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.list.length;
    this.list.push(text);
    this.numbers.set(text, number);
    return number;
  }

  text = (number: number): string => this.list[number] ?? '';
}

/** Letters of other alphabets as English usually writes them: enough to compare, not to print. */
const latin: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:h ґ:g д:d е:e є:ye ё:e ж:zh з:z и:y і:i ї:yi й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Small letters without accents, other alphabets written in ours. */
export const fold = (text: string): string =>
  foldText(text)
    .replace(/[’'`.]/g, '')
    .replace(/[Ѐ-ӿͰ-Ͽ]/g, (letter) => latin[letter] ?? letter);

const groups = new Map<string, number[]>();
for (const [index, line] of nameVariants.entries())
  for (const name of line.split(' ')) groups.set(name, [...(groups.get(name) ?? []), index]);

/** Words of names: how they sound, which names they are a form of. */
export class NameWords extends Texts {
  private readonly sounds: string[] = [];
  private readonly forms: (readonly number[])[] = [];
  private readonly likeness = new LikenessMemory();

  sound(number: number): string {
    let sound = this.sounds[number];
    if (sound === undefined) {
      const text = this.text(number);
      sound = /^[a-z ]{2,}$/.test(text) ? doubleMetaphone(text)[0] : text;
      this.sounds[number] = sound;
    }
    return sound;
  }

  /** Groups of names that are one name; the same name may be in two (Alex, Sandra). */
  groups(number: number): readonly number[] {
    let known = this.forms[number];
    if (known === undefined) {
      known = groups.get(this.text(number)) ?? [];
      this.forms[number] = known;
    }
    return known;
  }

  isVariant(a: number, b: number): boolean {
    const own = this.groups(a);
    return own.length > 0 && own.some((group) => this.groups(b).includes(group));
  }

  alike = (a: number, b: number): number =>
    a === b ? 1 : this.likeness.get(a, b, () => jaroWinkler(this.text(a), this.text(b)));
}

const slots = 1 << 20;

/** Remembers the likeness of pairs of numbers in a fixed room; a later pair takes the place of an earlier one. */
export class LikenessMemory {
  private readonly keys = new Float64Array(slots).fill(-1);
  private readonly values = new Float32Array(slots);

  get(a: number, b: number, work: () => number): number {
    const key = a < b ? a * 4_194_304 + b : b * 4_194_304 + a;
    const slot =
      (Math.imul(Math.min(a, b), 0x9e37_79b1) ^ Math.imul(Math.max(a, b), 0x85eb_ca6b)) & (slots - 1);
    if (this.keys[slot] === key) return this.values[slot] ?? 0;
    const value = work();
    this.keys[slot] = key;
    this.values[slot] = value;
    return value;
  }
}
