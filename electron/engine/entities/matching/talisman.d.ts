declare module 'talisman/phonetics/double-metaphone.js' {
  /** The two codes of how a word may sound. */
  export default function doubleMetaphone(word: string): [string, string];
}
