import type { Cleaned } from './cleaned.ts';
import { lettersAsDigits } from './lookalikes.ts';
import { asRejected, openCell, passesLuhn, readDigits, type StoredCell, withWarning } from './tidy.ts';

type Read = { digits: string; repaired: { repaired?: string }; done?: undefined } | { done: Cleaned<never> };

/** Two identifiers in one cell, with anything but digits between them. */
const severalLong = /\d{14,20}\D+\d{14,20}/;

/** Fifteen digits that are not all zero: what nearly every cell of call data holds. */
function isPlainFifteen(text: string): boolean {
  return text.length === 15 && /^\d*[1-9]\d*$/.test(text);
}

/** Reads the digits of a labelled identifier, or says why there are none. */
function readIdentifier(text: string, stored: StoredCell | undefined, kind: string, label: RegExp): Read {
  if (stored === undefined && isPlainFifteen(text)) return { digits: text, repaired: {} };
  const cell = openCell(text, stored);
  if (cell.done) return { done: cell.done };
  const bare = cell.text.replace(label, '');
  const name = kind.toUpperCase();
  if (severalLong.test(bare)) {
    return { done: asRejected(`${kind}.several`, `The cell holds more than one ${name}.`) };
  }
  let read = readDigits(bare, stored);
  let repaired: { repaired?: string } = {};
  if ('problem' in read && read.problem === 'other') {
    // Only digits can stand here, so a letter that looks like one is one.
    const digits = readDigits(lettersAsDigits(bare));
    if ('digits' in digits && digits.digits.length >= 14) {
      read = digits;
      repaired = { repaired: 'identifier.letters' };
    }
  }
  if ('problem' in read) {
    return {
      done:
        read.problem === 'rounded'
          ? asRejected(
              `${kind}.rounded`,
              `A spreadsheet kept this ${name} as a number and its last digits are lost. Get the original text.`,
            )
          : asRejected(`${kind}.format`, `There is something other than digits in this ${name}.`),
    };
  }
  if (/^0+$/.test(read.digits)) {
    return {
      done: withWarning<never>(null, 'value.placeholder', 'The cell only says that nothing is known.'),
    };
  }
  return {
    digits: read.digits,
    repaired: read.fromStored ? { repaired: 'identifier.from-stored' } : repaired,
  };
}

/** True when everything after the 15th digit is zero, as a spreadsheet leaves it. */
function looksRounded(digits: string, least: number): boolean {
  return digits.length >= least && /^0+$/.test(digits.slice(15));
}

/** First 14 digits: the handset, whatever stands in the check digit or software version. For comparing. */
export function imeiKey(imei: string): string {
  return imei.slice(0, 14);
}

/**
 * IMEI as 14 digits (check digit left out, usual in call data), 15 or 16 (with software version).
 * O and l between digits are read as 0 and 1 where the check digit then fits (`identifier.letters`). A last digit of 0 that is no check digit is normal in
 * call data and not flagged; any other wrong check digit is the warning `imei.check`. Compare by `imeiKey`.
 * Refused: `imei.rounded`, `imei.length`, `imei.several`, `imei.format`. Source: domain facts 7.4.
 */
export function cleanImei(text: string, stored?: StoredCell): Cleaned {
  const read = readIdentifier(
    text,
    stored,
    'imei',
    /^IMEI(?:SV)?\s*(?:\d\s*(?=[:#])|(?:NO|NUMBER)\b\.?)?\s*[:#]?\s*/i,
  );
  if (read.done) return read.done;
  const { digits } = read;
  const { repaired } = read;
  if (digits.length < 14 || digits.length > 16) {
    return asRejected('imei.length', 'An IMEI has 14, 15 or 16 digits.');
  }
  if (digits.length === 15 && repaired.repaired === 'identifier.letters' && !passesLuhn(digits)) {
    return asRejected('imei.format', 'There is something other than digits in this IMEI.');
  }
  if (digits.length === 15 && !digits.endsWith('0') && !passesLuhn(digits)) {
    return {
      ...withWarning(digits, 'imei.check', 'The check digit does not fit this IMEI; a digit may be wrong.'),
      ...repaired,
    };
  }
  return { value: digits, ...repaired };
}

/**
 * IMSI: 15 digits. 14 digits (some foreign networks) are kept with the warning `imsi.length`.
 * Refused: `imsi.rounded`, `imsi.length`, `imsi.format`. Source: domain facts 7.4.
 */
export function cleanImsi(text: string, stored?: StoredCell): Cleaned {
  const read = readIdentifier(text, stored, 'imsi', /^IMSI\s*[:#]?\s*/i);
  if (read.done) return read.done;
  const { digits } = read;
  const { repaired } = read;
  if (digits.length === 14) {
    return {
      ...withWarning(digits, 'imsi.length', 'An IMSI usually has 15 digits; this one has 14.'),
      ...repaired,
    };
  }
  if (digits.length !== 15) return asRejected('imsi.length', 'An IMSI has 15 digits.');
  return { value: digits, ...repaired };
}

/** True for an IMSI of a UK network (country codes 234 and 235). */
export function isUkImsi(imsi: string): boolean {
  return imsi.startsWith('234') || imsi.startsWith('235');
}

/**
 * ICCID (SIM number): 18 to 20 digits starting 89. A filler F at the end is dropped. Warnings:
 * `iccid.check` (check digit does not fit), `iccid.prefix` (does not start 89). Refused:
 * `iccid.rounded` (everything after the 15th digit is zero), `iccid.length`, `iccid.format`.
 * Source: domain facts 7.4.
 */
export function cleanIccid(text: string, stored?: StoredCell): Cleaned {
  const bare = text.replace(/(?<=\d)F\s*$/i, '');
  const read = readIdentifier(
    bare,
    stored,
    'iccid',
    /^(?:ICCID|SIM)(?:\s*(?:NO|NUMBER|CARD)\b\.?)?\s*[:#]?\s*/i,
  );
  if (read.done) return read.done;
  const { digits, repaired } = read;
  if (looksRounded(digits, 19)) {
    return asRejected(
      'iccid.rounded',
      'A spreadsheet kept this ICCID as a number and its last digits are lost. Get the original text.',
    );
  }
  if (digits.length < 18 || digits.length > 20) {
    return asRejected('iccid.length', 'An ICCID has 19 or 20 digits.');
  }
  if (!digits.startsWith('89')) {
    return {
      ...withWarning(digits, 'iccid.prefix', 'An ICCID starts with 89; this one does not.'),
      ...repaired,
    };
  }
  if (digits.length >= 19 && !passesLuhn(digits)) {
    return {
      ...withWarning(digits, 'iccid.check', 'The check digit does not fit this ICCID; a digit may be wrong.'),
      ...repaired,
    };
  }
  return { value: digits, ...repaired };
}
