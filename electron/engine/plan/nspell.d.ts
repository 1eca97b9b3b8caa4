/** The part of nspell that is used; the package has no types. */
declare module 'nspell' {
  interface Spell {
    correct(word: string): boolean;
    suggest(word: string): string[];
    add(word: string): Spell;
  }
  export default function nspell(aff: Uint8Array, dic: Uint8Array): Spell;
}
