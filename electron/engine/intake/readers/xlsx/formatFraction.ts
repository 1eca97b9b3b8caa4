import type { FormatToken } from './formatCode.ts';
import { countDigits, fillWhole, readCommas, showLiteral } from './formatPlaces.ts';

/** The parts of a format such as `# ??/??` or `0" "#/8`, in their order. */
interface FractionParts {
  /** Words before everything, when there is no whole number. */
  prefix: readonly FormatToken[];
  /** From the first to the last place of the whole number; empty when the fraction stands alone. */
  whole: readonly FormatToken[];
  /** Between the whole number and the numerator. */
  separator: readonly FormatToken[];
  numerator: readonly FormatToken[];
  /** From the numerator to the denominator, the slash included. */
  bar: string;
  /** Places of the denominator; empty when it is a fixed number. */
  denominator: readonly FormatToken[];
  fixed: string;
  tail: string;
}

/**
 * Shows a magnitude (no sign) as a fraction as Excel does: what is not shown leaves as much space as it
 * would take where a `?` is about, so that fractions line up, and nothing otherwise.
 *
 * @returns undefined when the format has a slash but no fraction
 */
export function formatFraction(tokens: readonly FormatToken[], magnitude: number): string | undefined {
  const parts = splitFraction(tokens);
  if (!parts) return undefined;
  const hasWhole = parts.whole.length > 0;
  let whole = hasWhole ? Math.floor(magnitude) : 0;
  const rest = magnitude - whole;
  const limit = 10 ** Math.min(countDigits(parts.denominator), 9) - 1;
  const fixed = Number(parts.fixed);
  let [numerator, denominator] =
    fixed > 0 ? [Math.round(rest * fixed), fixed] : approximateFraction(rest, limit);
  if (hasWhole && numerator === denominator) {
    whole += 1;
    numerator = 0;
  }
  const leaning = hasPlace(parts.whole, '?') || hasPlace(parts.numerator, '?');
  const aligned = leaning || hasPlace(parts.denominator, '?');
  const separator = parts.separator.map(showLiteral).join('');
  const shown = numerator !== 0 || !hasWhole || hasPlace(parts.numerator, '0');
  let text = parts.prefix.map(showLiteral).join('');
  if (hasWhole) {
    // A nought of its own stands where nothing else would, or where its place keeps it.
    const nought = numerator === 0 && (!shown || hasPlace(parts.whole, '?'));
    const digits = whole > 0 ? String(whole) : nought ? '0' : '';
    text += fillWhole(parts.whole, digits, readCommas(parts.whole, []).thousands);
    if (digits !== '' || hasPlace(parts.whole, '0')) text += shown ? separator : '';
    else if (leaning) text += ' '.repeat(separator.length);
  }
  const width = parts.fixed.length + parts.denominator.length;
  if (shown) {
    text += fillWhole(parts.numerator, String(numerator), false) + parts.bar;
    text += fixed > 0 ? parts.fixed : fillDenominator(parts.denominator, String(denominator));
  } else if (aligned) {
    text += ' '.repeat(separator.length + parts.numerator.length + parts.bar.length + width);
  }
  return text + parts.tail;
}

function splitFraction(tokens: readonly FormatToken[]): FractionParts | undefined {
  const slashAt = tokens.findIndex((token) => token.type === 'slash');
  const isPlace = (at: number) => tokens[at]?.type === 'digit';
  let numeratorEnd = slashAt;
  while (numeratorEnd > 0 && !isPlace(numeratorEnd - 1)) numeratorEnd--;
  let numeratorStart = numeratorEnd;
  while (numeratorStart > 0 && isPlace(numeratorStart - 1)) numeratorStart--;
  if (numeratorStart === numeratorEnd) return undefined;
  let wholeEnd = numeratorStart;
  while (wholeEnd > 0 && !isPlace(wholeEnd - 1)) wholeEnd--;
  let bar = tokens
    .slice(numeratorEnd, slashAt + 1)
    .map(showLiteral)
    .join('');

  let at = slashAt + 1;
  let fixed = '';
  let tail = '';
  for (; at < tokens.length && !isPlace(at); at++) {
    const text = showLiteral(tokens[at] as FormatToken);
    const match = /^(\D*)([1-9]\d*)(.*)$/s.exec(text);
    bar += match ? match[1] : text;
    if (!match) continue;
    fixed = match[2] ?? '';
    tail = match[3] ?? '';
    at++;
    break;
  }
  const denominatorStart = at;
  // The zeros of a fixed `100` look like places.
  if (tail === '') while (isPlace(at)) at++;
  const places = tokens.slice(denominatorStart, at);
  if (fixed !== '') fixed += places.map(() => '0').join('');
  else if (places.length === 0) return undefined;
  return {
    prefix: wholeEnd === 0 ? tokens.slice(0, numeratorStart) : [],
    whole: tokens.slice(0, wholeEnd),
    separator: wholeEnd === 0 ? [] : tokens.slice(wholeEnd, numeratorStart),
    numerator: tokens.slice(numeratorStart, numeratorEnd),
    bar,
    denominator: fixed === '' ? places : [],
    fixed,
    tail: tail + tokens.slice(at).map(showLiteral).join(''),
  };
}

/** Denominators stand to the left, so that slashes line up. */
function fillDenominator(places: readonly FormatToken[], digits: string): string {
  const firstZero = places.findIndex((token) => token.type === 'digit' && token.text === '0');
  const zeros = firstZero < 0 ? digits : digits.padStart(places.length - firstZero, '0');
  return hasPlace(places, '?') ? zeros.padEnd(places.length, ' ') : zeros;
}

function hasPlace(tokens: readonly FormatToken[], place: '0' | '?'): boolean {
  return tokens.some((token) => token.type === 'digit' && token.text === place);
}

/**
 * The last convergent of the value's continued fraction whose denominator is within the limit. That is
 * what Excel shows, though a nearer fraction may exist: 0.94 under `?/?` is 1/1, not 8/9. The divisions are
 * not rounded, which is seen as well: 0.3 is 2/7, because 1/0.3 leaves a little less than a third.
 */
function approximateFraction(value: number, limit: number): [number, number] {
  let before: [number, number] = [1, 0];
  let last: [number, number] = [Math.floor(value), 1];
  let rest = value - Math.floor(value);
  while (rest > 1e-9 && 1 / rest < Number.MAX_SAFE_INTEGER) {
    const step = Math.floor(1 / rest);
    rest = 1 / rest - step;
    const next: [number, number] = [step * last[0] + before[0], step * last[1] + before[1]];
    if (next[1] > limit) break;
    before = last;
    last = next;
  }
  return last;
}
