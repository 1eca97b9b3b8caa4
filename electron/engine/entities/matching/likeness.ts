/** How alike two short texts are. Pure; texts are folded to small letters without accents before. */

/**
 * Jaro-Winkler likeness, 0 to 1: letters in common, in nearly the same place, a common beginning counting more.
 * Winkler (1990), with the usual 0.1 for up to four letters.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const m = a.length;
  const n = b.length;
  if (m === 0 || n === 0) return 0;
  const reach = Math.max(0, (Math.max(m, n) >> 1) - 1);
  let common = 0;
  const wide = n > 30;
  const usedWide = wide ? new Uint8Array(n) : null;
  let mask = 0;
  let matched = '';
  for (let i = 0; i < m; i++) {
    const letter = a.charCodeAt(i);
    const end = Math.min(n, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (usedWide ? usedWide[j] === 1 : (mask >> j) & 1) continue;
      if (b.charCodeAt(j) !== letter) continue;
      if (usedWide) usedWide[j] = 1;
      else mask |= 1 << j;
      matched += a[i];
      common += 1;
      break;
    }
  }
  if (common === 0) return 0;
  let swaps = 0;
  let at = 0;
  for (let j = 0; j < n; j++) {
    if (usedWide ? usedWide[j] !== 1 : !((mask >> j) & 1)) continue;
    if (matched.charCodeAt(at) !== b.charCodeAt(j)) swaps += 1;
    at += 1;
  }
  const jaro = (common / m + common / n + (common - swaps / 2) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < m && prefix < n && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/**
 * Whether one slip makes one text of the other: a letter too many, too few, another one, or two that changed places.
 */
export function oneSlip(a: string, b: string): boolean {
  if (a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  const rest = (text: string, from: number) => text.slice(start + from);
  if (short.length < long.length) return rest(short, 0) === rest(long, 1);
  if (rest(short, 1) === rest(long, 1)) return true;
  return (
    short[start] === long[start + 1] && short[start + 1] === long[start] && rest(short, 2) === rest(long, 2)
  );
}

/** Words of a text, folded already: letters and digits. */
export const wordsOf = (text: string): string[] =>
  text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
