/** What `cleanPhone` returns for a caller who hid the number. */
export const withheldPhone = 'withheld';

export type PhoneKind =
  | 'uk-mobile'
  | 'uk-landline'
  | 'uk-personal'
  | 'uk-service'
  | 'international'
  | 'short-code'
  | 'withheld';

/** Calling codes of one and two digits (ITU E.164); every other code has three. */
const shortCallingCodes = new Set(
  '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** UK area codes of five digits after the zero; all other 01 areas have four or fewer. */
const longAreas = /^(?:13873|15242|1539[456]|1697[347]|1768[347]|19467)/;

function callingCodeOf(digits: string): string {
  for (const length of [1, 2]) {
    const code = digits.slice(0, length);
    if (shortCallingCodes.has(code)) return code;
  }
  return digits.slice(0, 3);
}

/** Threes, with a last group of two to four. */
function groupDigits(digits: string): string {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  groups.push(rest);
  return groups.join(' ');
}

function formatUk(national: string): string {
  const split = (...sizes: number[]) => {
    const parts = ['0'];
    let from = 0;
    for (const [index, size] of sizes.entries()) {
      const part = national.slice(from, from + size);
      parts.push(index === 0 ? part : ` ${part}`);
      from += size;
    }
    return parts.join('') + national.slice(from);
  };
  if (national.length < 9) return national.startsWith('800') ? split(3, 6) : `0${national}`;
  if (national.startsWith('7')) return split(4, 6);
  if (national.startsWith('2')) return split(2, 4, 4);
  if (/^(?:3|9|8)/.test(national)) return national.length === 10 ? split(3, 3, 4) : split(3, 6);
  if (/^1(?:1|\d1)/.test(national)) return split(3, 3, 4);
  if (longAreas.test(national)) return split(5, 5);
  return split(4, 6);
}

/**
 * Phone as people write it: '+447700900123' → '07700 900123', '+33123456789' → '+33 1 23 45 67 89'.
 * Short codes, 'withheld' and anything else come back unchanged. `cleanPhone` reads every result back.
 */
export function formatPhone(e164: string): string {
  if (!/^\+\d{4,15}$/.test(e164)) return e164;
  const digits = e164.slice(1);
  if (digits.startsWith('44')) return formatUk(digits.slice(2));
  const code = callingCodeOf(digits);
  const rest = digits.slice(code.length);
  if (code === '33' && rest.length === 9) {
    return `+33 ${rest.replace(/^(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5')}`;
  }
  if (code === '1' && rest.length === 10)
    return `+1 ${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`;
  return `+${code} ${groupDigits(rest)}`;
}

/** What sort of number a cleaned phone is. Source of the UK ranges: domain facts 7.4. */
export function phoneKind(phone: string): PhoneKind {
  if (phone === withheldPhone) return 'withheld';
  if (!phone.startsWith('+')) return 'short-code';
  if (!phone.startsWith('+44')) return 'international';
  const national = phone.slice(3);
  if (national.startsWith('70') || (national.startsWith('76') && !national.startsWith('7624'))) {
    return 'uk-personal';
  }
  if (national.startsWith('7')) return 'uk-mobile';
  return /^[12]/.test(national) ? 'uk-landline' : 'uk-service';
}
