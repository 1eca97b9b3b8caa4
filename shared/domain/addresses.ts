import type { Cleaned, Flag } from './cleaned.ts';
import { foldText } from './names.ts';
import { findPostcodes } from './postcode.ts';
import { asRejected, flagEmptyWords, tidyText, tooLong, withWarning } from './tidy.ts';

export interface CleanAddress {
  /** One line, parts separated by ', ', without the postcode when that stood at the end. */
  address: string;
  /** The only postcode found inside, as 'CA1 1AA', or null. The caller keeps it: it is no longer in `address`. */
  postcode: string | null;
}

const postcodeAtEnd = /[\s,.]*\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\.?$/i;
const longestAddress = 1000;
const noAbode =
  /^(?:nfa|n\.f\.a\.?|(?:of )?no fixed (?:abode|address)|homeless|rough sleep(?:er|ing))(?![\p{L}\d])/iu;
const prison = /\b(?:hmp|hmyoi|hmp\/yoi|yoi)\b|^(?:in )?(?:prison|custody)\b/i;
const careOf = /^(?:c\/o|care of)\b/i;
/** A house number with a street behind it. */
const houseOnStreet =
  /^(?:(?:flat|apt|apartment|unit|room)\s+\w+[,\s]+)?\d+[a-z]?\s+(?:[\p{L}'.-]+\s+)+(?:street|st|road|rd|avenue|ave|lane|ln|close|cl|drive|dr|way|terrace|place|crescent|court|grove|gardens|walk|row|hill|square)\b/iu;
const smallWords = new Set(['of', 'the', 'and', 'on', 'in', 'by', 'upon', 'under', 'at', 'le', 'with']);

/** Usual capitals for an address written all in capitals or all in small letters. */
function capitaliseAddress(text: string): string {
  if (text !== text.toUpperCase() && text !== text.toLowerCase()) return text;
  return text
    .toLowerCase()
    .split(' ')
    .map((word, index) => {
      if (index > 0 && smallWords.has(word)) return word;
      if (/^\d+[a-z]?[,.]?$/.test(word) || /^(?:hmp|hmyoi|yoi|raf|bfpo)[,.]?$/.test(word))
        return word.toUpperCase();
      return word
        .replace(
          /(^o'|^|[-(/])(\p{L})/gu,
          (_, before: string, letter: string) => before.toUpperCase() + letter.toUpperCase(),
        )
        .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);
    })
    .join(' ');
}

/** What a reader of the address has to know before a team is sent there. */
function flagAddress(line: string, text: string, postcodes: number): Flag | undefined {
  const warn = (code: string, message: string): Flag => ({ code, message, severity: 'warning' });
  const parts = text.split(/[\r\n;|]+|\s+(?:and|or|&|\/)\s+/i).map((part) => part.trim());
  if (postcodes > 1)
    return warn('address.several-postcodes', 'There is more than one postcode in this address.');
  if (parts.filter((part) => houseOnStreet.test(part)).length > 1)
    return warn('address.several', 'The cell holds more than one address.');
  if (noAbode.test(line)) return warn('address.none', 'No fixed abode, with a place where the person was.');
  if (prison.test(line)) return warn('address.prison', 'A prison or custody, not a home.');
  if (careOf.test(line)) return warn('address.care-of', 'Care of somebody: the person may not live there.');
  return undefined;
}

/**
 * An address on one line, and the postcode found inside it. A postcode at the end is taken off the line.
 * Nothing is added or corrected. Warnings: `address.none` (no fixed abode: no value, unless a place with a
 * number or postcode is given), `address.several`, `address.several-postcodes`, `address.prison`,
 * `address.care-of`. Refused: `address.format` (no letter or digit).
 */
export function cleanAddress(text: string): Cleaned<CleanAddress> {
  const line = tidyText(text.replace(/[\r\n\v\f\u0085\u2028\u2029;|]+/g, ', '))
    .replace(/^'/, '')
    .replace(/\s*,[\s,]*/g, ', ')
    .replace(/^[\s,.]+|[\s,]+$/g, '');
  if (tidyText(text).replace(/^'/, '') === '') return { value: null };
  if (line.length > longestAddress) return tooLong();
  const flag = flagEmptyWords(tidyText(text));
  if (flag) return { value: null, flag };
  if (!/[\p{L}\p{N}]/u.test(line)) return asRejected('address.format', 'There is no address in this cell.');
  if (noAbode.test(line) && !/\d/.test(line)) {
    return withWarning<CleanAddress>(null, 'address.none', 'No fixed abode: there is no address.');
  }
  const found = [...new Set(findPostcodes(line))];
  const postcode = found.length === 1 ? (found[0] ?? null) : null;
  let address = line;
  if (postcode !== null && findPostcodes(postcodeAtEnd.exec(line)?.[0] ?? '').length === 1) {
    address = line.replace(postcodeAtEnd, '').replace(/[\s,.]+$/, '');
  }
  if (address === '') return { value: { address: line, postcode } };
  const value = { address: capitaliseAddress(address), postcode };
  const doubt = flagAddress(line, text, found.length);
  return doubt === undefined ? { value } : { value, flag: doubt };
}

/** Words of addresses that are written short, with what they stand for; 'st' is a street or a saint by its place. */
export const shortAddressWords: Readonly<Record<string, string>> = {
  rd: 'road',
  ave: 'avenue',
  av: 'avenue',
  cl: 'close',
  cres: 'crescent',
  crs: 'crescent',
  ct: 'court',
  crt: 'court',
  dr: 'drive',
  drv: 'drive',
  gdns: 'gardens',
  gdn: 'gardens',
  gr: 'grove',
  grv: 'grove',
  la: 'lane',
  ln: 'lane',
  pl: 'place',
  sq: 'square',
  ter: 'terrace',
  terr: 'terrace',
  pk: 'park',
  bldg: 'building',
  bldgs: 'buildings',
  hse: 'house',
  apt: 'flat',
  apartment: 'flat',
  flt: 'flat',
  str: 'street',
  mt: 'mount',
  fl: 'floor',
  gnd: 'ground',
  grd: 'ground',
};
const streetTypes = new Set(
  'street road avenue close crescent court drive gardens grove lane place square terrace park way row walk hill mews rise view parade wharf quay green'.split(
    ' ',
  ),
);

function expandWord(word: string, index: number, all: readonly string[]): string {
  if (word === 'st') {
    const before = all[index - 1];
    const isStreet = before !== undefined && !/\d/.test(before) && before !== 'flat';
    return isStreet ? 'street' : 'saint';
  }
  return shortAddressWords[word] ?? word;
}

/**
 * Key under which two ways of writing the same address are equal: case, punctuation and the usual short
 * forms (Rd, Ave, Flt) do not count. With a full postcode, whatever follows the street (town, county)
 * does not count either; without one, everything does.
 */
export function addressKey(address: string, postcode?: string): string {
  const line = tidyText(address).slice(0, longestAddress);
  const found = [...new Set(findPostcodes(line))];
  const code = (postcode ?? found[0] ?? '').toUpperCase().replace(/\s/g, '');
  const withoutCode = found.reduce(
    (rest, each) => rest.replace(new RegExp(each.replace(' ', '\\s?'), 'gi'), ' '),
    line,
  );
  const parts = foldText(withoutCode)
    .replace(/['.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'no' && word !== 'number')
    .map(expandWord);
  let kept = parts;
  if (/^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(code)) {
    const street = parts.findLastIndex((word) => streetTypes.has(word));
    const hasNumber = parts.slice(0, street + 1).some((word) => /\d/.test(word));
    if (street > 0 && hasNumber && !parts.slice(street + 1).some((word) => /\d/.test(word))) {
      kept = parts.slice(0, street + 1);
    }
  }
  return code === '' ? kept.join(' ') : `${kept.join(' ')}|${code}`;
}
