import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Cleaned, Flag } from '../../../../shared/domain/cleaned.ts';
import { lettersAsDigits } from '../../../../shared/domain/lookalikes.ts';
import { withheldPhone } from '../../../../shared/domain/phone.ts';
import {
  asRejected,
  digitsOfScientific,
  digitsOfStored,
  flagEmptyWords,
  isScientific,
  tidyIdentifier,
  withWarning,
} from '../../../../shared/domain/tidy.ts';
import type { StoredValue } from '../readers/types.ts';
import { createMemory } from './memory.ts';
import { splitPhones } from './splitPhones.ts';

/** UK mobiles except personal (070) and pager (076) numbers, which take the long way. */
const commonNational = /^07[1-57-9]\d{8}$/;
const commonInternational = /^\+?447[1-57-9]\d{8}$/;
const remembered = createMemory<Readonly<Cleaned>>(200_000);

const withheldWords =
  /^(?:number |caller ?id |no |cli )?(?:withheld|private|unknown|anonymous|caller ?id|restricted|unavailable|blocked|hidden|not available)(?: ?(?:number|no\.?|caller|caller ?id|call|cli))?$/i;
const serviceWords =
  /^(?:voice ?mail(?: .*)?|vmail|divert(?:ed)?|internet|data|gprs|mms|sms|wap|sgsn|smsc|short ?code|emergency|operator|landline|mobile|switchboard|ee|o2|three|3|vodafone|orange|t-?mobile|bt|virgin(?: mobile)?|giff ?gaff|lebara|lycamobile|tesco(?: mobile)?|sky(?: mobile)?|voxi|smarty|id mobile)$/i;
const label =
  /^(?:(?:tel(?:ephone)?|phone|mob(?:ile)?|cell|callto|sms|home|work|office|whatsapp|no|number|t|m|h|w)(?:\s*(?:no|number))?\.?\s*(?:\((?:m|h|w)\))?\s*[:#=-]\s*)+/i;
const extension = /\s*(?:\b|(?<=\d))(?:ext(?:ension)?\.?|x)\s*:?\s*\d{1,6}$/i;
const phoneLike = /(?<![\p{L}\d])\+?\(?\d[\d\s().\-/]{5,}\d(?![\p{L}\d])/gu;
/** Dialled before a number to hide or show the caller; no part of the number. */
const callerPrefix = /^(?:141|1470|[#*]31#)[\s,-]*(?=(?:\+44|0)[1-9][\d\s-]{8,})/;

/** Numbers that Ofcom keeps for drama: never assigned, and so absent from the number plan. */
const dramaNumber = /^\+44(?:7700900\d{3}|1632960\d{3}|8081570\d{3}|3069990\d{3})$/;

function rejectLength(): Cleaned {
  return asRejected('phone.length', 'This has too few or too many digits for a phone number.');
}

/** Judges a number in international form. */
function judgeInternational(number: string): Cleaned {
  const parsed = parsePhoneNumberFromString(number, 'GB');
  if (!parsed?.isPossible()) return rejectLength();
  const value: string = parsed.number;
  if (value.startsWith('+447') && value.length !== 13) return rejectLength();
  if (commonInternational.test(value) || dramaNumber.test(value) || parsed.isValid()) return { value };
  if (value.startsWith('+44') && !/^\+44[1-9]\d{8,9}$/.test(value)) return rejectLength();
  return withWarning(value, 'phone.unassigned', 'No such number is assigned; a digit may be wrong.');
}

/** Judges digits that start neither with 0 nor with a plus. */
function judgeBareDigits(digits: string, isStoredNumber: boolean): Cleaned {
  if (/^7\d{9}$/.test(digits)) {
    return { ...judgeInternational(`+44${digits}`), repaired: 'phone.zero-restored' };
  }
  if (/^440?\d{9,10}$/.test(digits)) {
    const result = judgeInternational(`+44${digits.slice(2).replace(/^0/, '')}`);
    if (result.value !== null) return result;
  }
  if (digits.length >= 3 && digits.length <= 6) return { value: digits };
  if (digits.length === 9 || digits.length === 10) {
    const restored = parsePhoneNumberFromString(`0${digits}`, 'GB');
    if (restored && (restored.isValid() || dramaNumber.test(restored.number))) {
      const result: Cleaned = { value: restored.number, repaired: 'phone.zero-restored' };
      if (isStoredNumber) return result;
      return {
        ...result,
        flag: {
          code: 'phone.zero-assumed',
          message: 'Read as a UK number that has lost its leading zero.',
          severity: 'warning',
        },
      };
    }
  }
  const foreign = digits.length >= 9 ? parsePhoneNumberFromString(`+${digits}`) : undefined;
  if (foreign?.isValid()) {
    return withWarning(
      foreign.number as string,
      'phone.country-assumed',
      'Read as an international number written without its plus sign.',
    );
  }
  return rejectLength();
}

/** Judges a text of digits with an optional plus. */
function judgeDigits(text: string, isStoredNumber: boolean): Cleaned {
  let number = text.replace(/^00(?=[1-9])/, '+');
  if (/^\+0[1-9]/.test(number)) number = number.slice(1);
  number = number.replace(/^\+440(?=\d)/, '+44');
  if (number.startsWith('+')) return judgeInternational(number);
  if (/^0\d{3,5}$/.test(number)) return { value: number };
  if (number.startsWith('0')) return judgeInternational(number);
  return judgeBareDigits(number, isStoredNumber);
}

/** Reads a tidy, non-blank text that is one number, possibly with words around it. */
function readWritten(tidy: string, isStoredNumber: boolean): Cleaned {
  let text = tidy.replace(label, '').replace(/@(?:s\.whatsapp\.net|c\.us)$/i, '');
  text = text.replace(/;(?:ext|phone-context|isub)=.*$/i, '');
  let repaired: string | undefined;
  let doubt: Flag | undefined;
  const dialled = text.replace(callerPrefix, '');
  if (dialled !== text) {
    text = dialled;
    repaired = 'phone.prefix-removed';
  }
  // Question marks in place of digits ('07700 9????') leave no number; one beside a whole number is a doubt.
  if (/^[?]+[^?]*$|^[^?]*[?]+$/.test(text) && text.replace(/\D/g, '').length >= 10) {
    text = text.replaceAll('?', '').trim();
    doubt = {
      code: 'phone.doubtful',
      message: 'A question mark stands beside this number.',
      severity: 'warning',
    };
  }
  const withoutExtension = text.replace(extension, '');
  if (withoutExtension !== text && withoutExtension.replace(/\D/g, '').length >= 9) {
    text = withoutExtension;
    repaired = 'phone.extension-removed';
  }
  if (/^[+\dOIl|\s().\-/]+$/i.test(text) && (text.match(/\d/g)?.length ?? 0) > 5 && /[OIl|]/i.test(text)) {
    text = lettersAsDigits(text);
    repaired = 'phone.letters';
  }
  if (!/^[+\d\s().,\-/\\]*$/.test(text)) {
    const found = text.match(phoneLike) ?? [];
    if (found.length !== 1 || !found[0] || /\dx|x\d|[*#?]/i.test(text)) {
      return asRejected('phone.format', 'There is no phone number in this text.');
    }
    if (/\d/.test(text.replace(found[0], ''))) {
      doubt = {
        code: 'phone.more-digits',
        message: 'Other digits stand beside this number; they may belong to a second one.',
        severity: 'warning',
      };
    }
    text = found[0];
    repaired = 'phone.words-removed';
  }
  const digits = text
    .replace(/^(\d+)\.0+$/, '$1')
    .replace(/(?<=^\s*(?:\+|00)?\s*\d{1,3}\s*)\(\s*0\s*\)/, '')
    .replace(/[^\d+]/g, '');
  if (!/^\+?\d+$/.test(digits)) return asRejected('phone.format', 'There is no phone number in this text.');
  const result = judgeDigits(digits, isStoredNumber);
  if (result.value === null) return result;
  return {
    ...(repaired === undefined ? {} : { repaired }),
    ...(doubt === undefined ? {} : { flag: doubt }),
    ...result,
  };
}

function readPhone(text: string, stored: StoredValue | undefined): Cleaned {
  const tidy = tidyIdentifier(text);
  if (tidy === '') return { value: null };
  if (withheldWords.test(tidy)) return { value: withheldPhone };
  const storedDigits = digitsOfStored(stored) ?? digitsOfScientific(tidy);
  if (isScientific(tidy.replace(',', '.')) || /^#+$/.test(tidy)) {
    if (storedDigits) return { ...judgeDigits(storedDigits, true), repaired: 'phone.from-stored' };
    return asRejected(
      'phone.rounded',
      'A spreadsheet shortened this number and its last digits are lost. Get the original text.',
    );
  }
  const flag = flagEmptyWords(stored?.type === 'error' ? '#VALUE!' : tidy);
  if (flag) return { value: null, flag };
  if (serviceWords.test(tidy)) {
    return withWarning<string>(null, 'phone.service', 'This names a network or service, not a number.');
  }
  if (/^[*#]+\d+(?:[*#]\d*)*$/.test(tidy) && !callerPrefix.test(tidy)) {
    return withWarning<string>(null, 'phone.service', 'This is a handset or network code, not a number.');
  }
  if (/^[\p{L}][\p{L}\d &.'_-]{1,10}$/u.test(tidy) && !/\d{3}/.test(tidy)) {
    return withWarning<string>(null, 'phone.name', 'A sender name stands in place of a number.');
  }
  const pieces = splitPhones(tidy);
  if (pieces.length > 1) return asRejected('phone.several', 'The cell holds more than one number.');
  return readWritten(tidy, stored?.type === 'number');
}

/**
 * A phone number in E.164 ('+447700900123'), from any of the ways in which it is written in the UK or
 * abroad. One number only: pass a cell through `splitPhones` first.
 *
 * Other values: a short code or service number of 3 to 6 digits is kept as its digits ('60999'), and a
 * hidden number is 'withheld'.
 *
 * Repaired: `phone.zero-restored`, `phone.from-stored`, `phone.letters`, `phone.words-removed`,
 * `phone.extension-removed`, `phone.prefix-removed` (141 and the like). Warnings with a value:
 * `phone.zero-assumed`, `phone.country-assumed`, `phone.unassigned`, `phone.doubtful` (a question mark),
 * `phone.more-digits`; without: `phone.service`, `phone.name`, `value.placeholder`. Refused:
 * `phone.rounded`, `phone.several`, `phone.length`, `phone.format`. Source of the UK shapes: domain
 * facts 7.4. The result is shared and frozen.
 */
export function cleanPhone(text: string, stored?: StoredValue): Readonly<Cleaned> {
  if (text.length === 11 && commonNational.test(text)) return { value: `+44${text.slice(1)}` };
  if (text.length === 13 && text.charCodeAt(0) === 43 && commonInternational.test(text))
    return { value: text };
  if (text.length === 12 && commonInternational.test(text)) return { value: `+${text}` };
  const key = stored === undefined ? text : `${text}\u0000${stored.type}\u0000${stored.value}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const result = Object.freeze(readPhone(text, stored));
  if (key.length <= 64) remembered.set(key, result);
  return result;
}
