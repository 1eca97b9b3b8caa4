/**
 * A number as Excel sees it: at most 15 significant decimal digits, rounded half away from zero.
 * Binary fractions are never rounded directly, so 1.005 to two places is 1.01 as on screen.
 */

export interface DecimalDigits {
  /** Digits before the point; '' for zero. */
  whole: string;
  /** Exactly as many digits after the point as were asked for. */
  fraction: string;
}

/** The digits of |value| rounded to a number of decimals. */
export function roundDecimals(value: number, decimals: number): DecimalDigits {
  const quick = roundOrdinary(Math.abs(value), decimals);
  if (quick) return quick;
  const { digits, exponent } = significantDigits(value, 15);
  // The digit at index i stands for 10^(exponent - i).
  const keep = exponent + 1 + decimals;
  let kept: string;
  if (keep < 0) kept = '';
  else if (keep >= digits.length) kept = digits.padEnd(keep, '0');
  else kept = roundUpAt(digits, keep);
  // Rounding up may have added a digit in front.
  const carried = keep >= 0 && keep < digits.length && kept.length > keep ? 1 : 0;
  const wholeLength = Math.max(0, exponent + 1 + carried);
  const padded =
    exponent + 1 + carried < 0 ? kept.padStart(kept.length - (exponent + 1 + carried), '0') : kept;
  const whole = padded.slice(0, wholeLength).replace(/^0+/, '');
  const fraction = padded.slice(wholeLength).padStart(decimals, '0').slice(0, decimals);
  return { whole, fraction };
}

/**
 * The usual case without taking digits apart; undefined where binary rounding might not be decimal
 * rounding. Below 10^11 the scaled number is right to 0.00001, so only what is near a half is in doubt.
 */
function roundOrdinary(magnitude: number, decimals: number): DecimalDigits | undefined {
  const power = powersOfTen[decimals];
  if (power === undefined) return undefined;
  const scaled = magnitude * power;
  const below = Math.floor(scaled);
  const part = scaled - below;
  if (!(scaled < 1e11) || (part > 0.4998 && part < 0.5002)) return undefined;
  const rounded = part < 0.5 ? below : below + 1;
  const whole = Math.floor(rounded / power);
  return {
    whole: whole === 0 ? '' : String(whole),
    fraction: decimals === 0 ? '' : String(rounded - whole * power).padStart(decimals, '0'),
  };
}

const powersOfTen: readonly number[] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** The first `count` significant digits of |value| and the power of ten of the first one. */
export function significantDigits(value: number, count: number): { digits: string; exponent: number } {
  const [mantissa = '0', power = '0'] = Math.abs(value).toExponential(14).split('e');
  const digits = mantissa.replace('.', '');
  let exponent = Number(power);
  if (count >= digits.length) return { digits, exponent };
  const rounded = roundUpAt(digits, count);
  if (rounded.length > count) exponent += 1;
  return { digits: rounded.slice(0, count), exponent };
}

/** Rounds a string of digits to its first `keep`, half up; one longer when it carries. */
function roundUpAt(digits: string, keep: number): string {
  if ((digits.charCodeAt(keep) || 48) < 53) return digits.slice(0, keep);
  let at = keep - 1;
  while (at >= 0 && digits[at] === '9') at--;
  if (at < 0) return `1${'0'.repeat(keep)}`;
  return digits.slice(0, at) + String(Number(digits[at]) + 1) + '0'.repeat(keep - 1 - at);
}
