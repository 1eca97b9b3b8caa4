/**
 * Letters that people type for digits and the other way round. An exchange is made only where one
 * reading fits the shape (or the check letter) of the identifier with fewer changes than any other; with
 * two such readings nothing is certain.
 */

/** What a character may have been meant as. L stands for the small l, which looks like a one. */
const exchanges: Readonly<Record<string, string>> = { O: '0', '0': 'O', I: '1', '1': 'I', L: '1' };

/** More doubtful places than this are no slip of the finger. */
const mostPlaces = 6;

/**
 * The reading of an upper-case text that fits with the fewest exchanges of O and 0, I and 1 (and L for 1);
 * null when none fits, or when two need equally few. A text that fits as it stands comes back itself.
 */
export function onlyReading(upper: string, fits: (reading: string) => boolean): string | null {
  if (fits(upper)) return upper;
  const places = [...upper].flatMap((letter, index) => (letter in exchanges ? [index] : []));
  if (places.length === 0 || places.length > mostPlaces) return null;
  let fewest = Number.POSITIVE_INFINITY;
  let found: string | null = null;
  for (let choice = 1; choice < 2 ** places.length; choice += 1) {
    const changed = places.filter((_, bit) => Math.floor(choice / 2 ** bit) % 2 === 1);
    if (changed.length > fewest) continue;
    const letters = [...upper];
    for (const place of changed) letters[place] = exchanges[letters[place] ?? ''] ?? '';
    const reading = letters.join('');
    if (!fits(reading)) continue;
    found = changed.length < fewest ? reading : null;
    fewest = changed.length;
  }
  return found;
}

/** O, I and l as the digits they look like, for a text in which only digits can stand. */
export function lettersAsDigits(text: string): string {
  return text.replace(/[Oo]/g, '0').replace(/[Il|]/g, '1');
}
