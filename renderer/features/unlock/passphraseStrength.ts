/** How a passphrase would fare; the words are in `copy/unlock.ts`. */
export type PassphraseStrength = 'none' | 'short' | 'plain' | 'fair' | 'strong';

function hasLittleVariety(text: string): boolean {
  const distinct = new Set(text.toLowerCase()).size;
  if (distinct < 6) return true;
  let steps = 0;
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (step === 0 || step === 1 || step === -1) steps += 1;
  }
  return steps > text.length / 2;
}

/**
 * A cautious, honest reading of a passphrase by length, variety and number of words. It knows no word lists:
 * it never claims more than "strong, as long as it is not a quotation".
 */
export function judgePassphrase(passphrase: string): PassphraseStrength {
  const text = passphrase.trim();
  if (text === '') return 'none';
  if (text.length < 12) return 'short';
  if (hasLittleVariety(text)) return 'plain';
  const words = new Set(
    text
      .toLowerCase()
      .split(/[\s\-_.,]+/)
      .filter((word) => word.length >= 3),
  );
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}\s]/u].filter((kind) =>
    kind.test(text),
  ).length;
  if (words.size >= 4 || (text.length >= 16 && classes >= 3)) return 'strong';
  if (words.size >= 3 || classes >= 3 || text.length >= 20) return 'fair';
  return 'plain';
}
