/**
 * A sum of money as recorded, with its separators: `£1,234.50`. Nothing is rounded; more decimals than pence
 * stay as they are.
 */
export function formatPounds(amount: number): string {
  const { sign, whole, decimals } = parts(amount);
  const pence = decimals === '' ? '' : `.${decimals.padEnd(2, '0')}`;
  return `${sign}£${whole}${pence}`;
}

/** A weight as recorded, in grams: `1,250.5 g`. Nothing is rounded. */
export function formatGrams(amount: number): string {
  const { sign, whole, decimals } = parts(amount);
  return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`} g`;
}

function parts(amount: number): { sign: string; whole: string; decimals: string } {
  const [digits = '0', decimals = ''] = String(Math.abs(amount)).split('.');
  const whole = digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return { sign: amount < 0 ? '-' : '', whole, decimals };
}
