/**
 * Identifiers in the one form in which the index compares them: phones as their digits with the zero in front,
 * marks under the key that makes lookalikes equal, postcodes and references as their letters and digits.
 */
import { findPostcodes } from '../../../shared/domain/postcode.ts';
import { confusableKey } from '../../../shared/domain/vehicleMark.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { Column, GridName } from '../../../shared/grid/types.ts';
import { compact } from './words.ts';

export type IdentifierKind = 'reference' | 'phone' | 'vehicle' | 'postcode' | 'identifier';

export interface Identifier {
  kind: IdentifierKind;
  /** The compared form. */
  key: string;
  /** What stands there, and where it stands in the value of its field. */
  text: string;
  from: number;
}

/** Columns of type text whose values identify something. */
const identifying: ReadonlySet<string> = new Set([
  'pncId',
  'croNumber',
  'nino',
  'localRef',
  'imei',
  'imsi',
  'iccid',
  'urn',
  'crimeId',
  'custodyNumber',
  'reference',
  'number',
  'collar',
  'callSign',
  'uprn',
  'gridReference',
  'exhibit',
  'sealNumber',
  'what3words',
  'sourceRef',
]);

/** Shortest identifier worth comparing by a part of it. */
const shortest = 2;
/** A text full of numbers is searched for the first of them. */
const mostInText = 200;

/** Digits of a phone in the compared form: '+44 7700 900123', '0044…' and '07700-900123' are '07700900123'. */
export function phoneKey(text: string): string {
  const digits = text.replace(/\D/g, '');
  const national = /^(?:00)?44(?:0)?(\d{6,10})$/.exec(digits)?.[1];
  // Without a plus or 00 only as many digits as a whole number has are read as 44 and a number.
  if (national !== undefined && (/^\s*(?:\+|00)/.test(text) || digits.length >= 11)) return `0${national}`;
  return /^\s*00/.test(text) ? digits.slice(2) : digits;
}

const phoneInText = /(?<![\p{L}\d])\+?\d(?:[\s().-]{0,2}\d){8,14}(?![\p{L}\d])/gu;
const markInText = /(?<![A-Z0-9])[A-Z]{2}\d{2} ?[A-Z]{3}(?![A-Z0-9])/g;

/** Phones, current marks and postcodes inside a longer text. */
export function identifiersInText(text: string): Identifier[] {
  if (!/\d/.test(text)) return [];
  const found: Identifier[] = [];
  for (const match of text.matchAll(phoneInText)) {
    const key = phoneKey(match[0]);
    if (/^0\d{9,10}$/.test(key) || (match[0].startsWith('+') && key.length >= 8))
      found.push({ kind: 'phone', key, text: match[0], from: match.index });
    if (found.length >= mostInText) break;
  }
  const upper = text.toUpperCase();
  // Capitals of some letters are longer than they are: then nothing is known about places.
  if (upper.length !== text.length) return found;
  for (const match of upper.matchAll(markInText)) {
    const shown = text.slice(match.index, match.index + match[0].length);
    found.push({ kind: 'vehicle', key: markKey(shown), text: shown, from: match.index });
    if (found.length >= mostInText) break;
  }
  for (const postcode of findPostcodes(upper).slice(0, mostInText)) {
    const [outward = '', inward = ''] = postcode.split(' ');
    const at = [`${outward} ${inward}`, `${outward}${inward}`]
      .map((each) => upper.indexOf(each))
      .find((each) => each >= 0);
    if (at === undefined) continue;
    const length = upper.startsWith(postcode, at) ? postcode.length : postcode.length - 1;
    found.push({
      kind: 'postcode',
      key: compact(postcode),
      text: text.slice(at, at + length),
      from: at,
    });
  }
  return found;
}

/** The key of a mark or of a part of one, under which 0 and O, 1 and I, 5 and S, 8 and B are equal. */
export function markKey(text: string): string {
  return confusableKey(text).toLowerCase();
}

function splitValues(text: string): { text: string; from: number }[] {
  return [...text.matchAll(/[^;,\n]+/g)].map((match) => ({ text: match[0], from: match.index }));
}

/** The identifiers that a value of a column holds. */
export function identifiersOf(column: Column, value: string): Identifier[] {
  const whole = (kind: IdentifierKind, key: string): Identifier[] =>
    key.length >= shortest ? [{ kind, key, text: value, from: 0 }] : [];
  switch (column.type) {
    case 'phone':
      return value === 'withheld' ? [] : whole('phone', phoneKey(value));
    case 'vrm':
      return whole('vehicle', markKey(value));
    case 'postcode':
      return whole('postcode', compact(value));
    case 'ref':
    case 'refs':
    case 'date':
    case 'datetime':
    case 'number':
    case 'code':
    case 'codes':
    case 'yesNo':
      return [];
    default:
      if (identifying.has(column.field))
        return splitValues(value).flatMap((part) => {
          const key = compact(part.text);
          return key.length >= shortest
            ? [{ kind: 'identifier' as const, key, text: part.text, from: part.from }]
            : [];
        });
      return identifiersInText(value);
  }
}

/** The key of a reference: that of NOM-12 is 'nom12'. */
export function referenceKey(grid: GridName, id: number): string {
  return compact(makeRef(grid, id));
}
