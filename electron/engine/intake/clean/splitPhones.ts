import { tidyIdentifier } from '../../../../shared/domain/tidy.ts';

const thousands = /^\d{1,3}(?:,\d{3})+(?:\.0+)?$/;
const ukNumber = /(?:\+44\s?(?:\(0\)\s?)?|0044\s?|\b44\s?|\b0)[1-37](?:[\s-]?\d){8,9}(?!\d)/g;

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** Splits at a slash, 'or', 'and' or '&' only where both sides are long enough to be numbers. */
function splitLoosely(text: string): string[] {
  const parts = text.split(/\s*(?:\/|\\|\||&|\bor\b|\band\b)\s*/i).filter((part) => part !== '');
  if (parts.length < 2 || parts.some((part) => countDigits(part) < 7)) return [text];
  return parts;
}

/** Splits two or more complete UK numbers that have only blanks between them. */
function splitRun(text: string): string[] {
  if (countDigits(text) < 20) return [text];
  const found = text.match(ukNumber) ?? [];
  const rest = text.replace(ukNumber, '').trim();
  return found.length > 1 && rest === '' ? found.map((number) => number.trim()) : [text];
}

/**
 * The phone numbers of one cell, each still as written: '07700 900123 / 07700 900456' → two texts.
 *
 * Semicolons, line breaks and commas always separate (but '7,700,900,123' is one number with thousands
 * separators); '/', 'or', 'and' and '&' separate only between texts of seven or more digits, so that
 * '07700/900123' stays whole. A blank cell gives no numbers.
 */
export function splitPhones(text: string): string[] {
  const tidy = tidyIdentifier(text.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ';'));
  if (thousands.test(tidy)) return [tidy];
  return tidy
    .replace(/;(?:ext|phone-context|isub)=[^;]*/gi, '')
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(splitLoosely)
    .flatMap(splitRun)
    .filter((part) => part.trim() !== '');
}
