/** What was typed of a phone number, as it would stand inside an E.164 number. */
export function phoneNeedle(typed: string): string {
  const digits = typed.replace(/[^\d+]/g, '');
  if (digits === '') return typed.trim();
  if (digits.startsWith('+')) return digits;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  return digits.startsWith('0') ? digits.slice(1) : digits;
}
