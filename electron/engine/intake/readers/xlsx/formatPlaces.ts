import { roundDecimals, significantDigits } from './decimalDigits.ts';
import type { FormatToken } from './formatCode.ts';

/** Shows a magnitude (no sign) through digit places: `#,##0.00`, `0%`, `0.0E+00`, `00000 000000`. */
export function formatPlaces(tokens: readonly FormatToken[], magnitude: number): string {
  const exponentAt = tokens.findIndex((token) => token.type === 'exponent');
  const mantissa = exponentAt < 0 ? tokens : tokens.slice(0, exponentAt);
  const pointAt = mantissa.findIndex((token) => token.type === 'point');
  const wholeTokens = pointAt < 0 ? mantissa : mantissa.slice(0, pointAt);
  const fractionTokens = pointAt < 0 ? [] : mantissa.slice(pointAt + 1);
  const decimals = countDigits(fractionTokens);
  const percents = tokens.filter((token) => token.type === 'percent').length;
  if (exponentAt >= 0) return formatExponent(tokens, exponentAt, wholeTokens, fractionTokens, magnitude);

  const { thousands, scale } = readCommas(wholeTokens, fractionTokens);
  // Powers of ten are moved in decimal: 1.1 * 100 is not 110.00000000000001 on screen.
  const shifted = shiftDecimal(magnitude, percents * 2 - scale * 3);
  if (countDigits(wholeTokens) + decimals === 0) return tokens.map(showLiteral).join('');
  const { whole, fraction } = roundDecimals(shifted, decimals);
  const left = fillWhole(wholeTokens, whole, thousands);
  if (pointAt < 0) return left;
  return `${left}.${fillFraction(fractionTokens, fraction)}`;
}

function formatExponent(
  tokens: readonly FormatToken[],
  exponentAt: number,
  wholeTokens: readonly FormatToken[],
  fractionTokens: readonly FormatToken[],
  magnitude: number,
): string {
  const step = Math.max(1, countDigits(wholeTokens));
  const decimals = countDigits(fractionTokens);
  const raw = magnitude === 0 ? 0 : significantDigits(magnitude, 15).exponent;
  let power = Math.floor(raw / step) * step;
  let rounded = roundDecimals(shiftDecimal(magnitude, -power), decimals);
  if (rounded.whole.length > step) {
    power += step;
    rounded = roundDecimals(shiftDecimal(magnitude, -power), decimals);
  }
  const token = tokens[exponentAt];
  const letter = token?.type === 'exponent' ? token.letter : 'E';
  const width = countDigits(tokens.slice(exponentAt + 1));
  const sign = power < 0 ? '-' : token?.type === 'exponent' && token.plus ? '+' : '';
  const left = fillWhole(step > 1 ? wholeTokens.slice(-1) : wholeTokens, rounded.whole, false);
  const right = fractionTokens.length > 0 ? `.${fillFraction(fractionTokens, rounded.fraction)}` : '';
  const tail = tokens.slice(exponentAt + 1).map((one) => (one.type === 'digit' ? '' : showLiteral(one)));
  return `${left}${right}${letter}${sign}${String(Math.abs(power)).padStart(width, '0')}${tail.join('')}`;
}

/** Digits from the right into the places; what is left over stands before the first place. */
export function fillWhole(tokens: readonly FormatToken[], digits: string, thousands: boolean): string {
  const firstPlace = tokens.findIndex((token) => token.type === 'digit');
  let text = '';
  let next = digits.length - 1;
  let placed = 0;
  const place = (digit: string) => {
    if (thousands && placed > 0 && placed % 3 === 0) text = digit === ' ' ? ` ${text}` : `,${text}`;
    text = digit + text;
    placed++;
  };
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as FormatToken;
    if (token.type !== 'digit') {
      // A comma before every place is a comma.
      text = (token.type === 'comma' && at < firstPlace ? ',' : showLiteral(token)) + text;
      continue;
    }
    if (next >= 0) place(digits[next--] as string);
    else if (token.text === '0') place('0');
    else if (token.text === '?') place(' ');
    if (at === firstPlace) while (next >= 0) place(digits[next--] as string);
  }
  // A format without places before the point (`.00`) still shows what is there.
  if (firstPlace < 0 && digits !== '') text += digits;
  return text;
}

function fillFraction(tokens: readonly FormatToken[], digits: string): string {
  let lastShown = digits.length;
  while (lastShown > 0 && digits[lastShown - 1] === '0') lastShown--;
  let text = '';
  let at = 0;
  for (const token of tokens) {
    if (token.type !== 'digit') {
      text += showLiteral(token);
      continue;
    }
    const digit = digits[at] ?? '0';
    if (at < lastShown || token.text === '0') text += digit;
    else if (token.text === '?') text += ' ';
    at++;
  }
  return text;
}

/** Commas between digits group thousands; commas after the last digit divide by a thousand each. */
export function readCommas(
  wholeTokens: readonly FormatToken[],
  fractionTokens: readonly FormatToken[],
): { thousands: boolean; scale: number } {
  let thousands = false;
  let scale = 0;
  let pending = 0;
  let seen = false;
  for (const token of wholeTokens) {
    if (token.type === 'digit') {
      if (pending > 0 && seen) thousands = true;
      pending = 0;
      seen = true;
    } else if (token.type === 'comma') pending++;
  }
  if (seen) scale += pending;
  for (let at = fractionTokens.length - 1; at >= 0; at--) {
    const type = fractionTokens[at]?.type;
    if (type === 'comma') scale++;
    else if (type === 'digit') break;
  }
  return { thousands, scale };
}

export function countDigits(tokens: readonly FormatToken[]): number {
  return tokens.filter((token) => token.type === 'digit').length;
}

export function showLiteral(token: FormatToken): string {
  if (token.type === 'literal') return token.text;
  return token.type === 'percent' ? '%' : token.type === 'slash' ? '/' : '';
}

function shiftDecimal(value: number, power: number): number {
  return power === 0 || value === 0
    ? value
    : Number(`${value.toExponential(14).replace(/e.*/, '')}e${exponentOf(value) + power}`);
}

function exponentOf(value: number): number {
  return Number(value.toExponential(14).split('e')[1]);
}
