/** One reader per column of a mapping: text and stored value in, cleaned value out. */
import type { DateOrder } from '../../../shared/contract/schemas.ts';
import type { Cleaned } from '../../../shared/domain/cleaned.ts';
import {
  cleanDate,
  cleanDateTime,
  cleanDuration,
  cleanTime,
  withoutAssumedTime,
} from '../../../shared/domain/dates.ts';
import { cleanIccid, cleanImei, cleanImsi } from '../../../shared/domain/deviceIdentifiers.ts';
import { cleanGridReference } from '../../../shared/domain/gridReference.ts';
import { cleanNationalInsurance } from '../../../shared/domain/nationalInsurance.ts';
import { cleanUprn } from '../../../shared/domain/placeIdentifiers.ts';
import { cleanCro, cleanPncId } from '../../../shared/domain/policeIdentifiers.ts';
import { cleanPostcode } from '../../../shared/domain/postcode.ts';
import { tidyText } from '../../../shared/domain/tidy.ts';
import { cleanNumber, cleanSex } from '../../../shared/domain/values.ts';
import { cleanVehicleMark } from '../../../shared/domain/vehicleMark.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Cleaner } from '../../../shared/intake/kinds.ts';
import { findCode } from '../../../shared/reference/codeLists.ts';
import { createMemory } from './clean/memory.ts';
import { cleanPhone } from './clean/phone.ts';
import type { StoredValue } from './readers/types.ts';

export type CellReader = (text: string, stored: StoredValue | undefined) => Readonly<Cleaned<CellValue>>;

export interface CellContext {
  order: DateOrder;
  /** The column mixes date orders: only unambiguous values are read. */
  mixed: boolean;
  thisYear: number;
  field: string;
}

const plainText: CellReader = (text) => {
  const tidy = tidyText(text);
  return { value: tidy === '' ? null : tidy };
};

/** Line breaks are part of a longer text; only the ends are trimmed. */
const longText: CellReader = (text) => {
  const tidy = text.replace(/\r\n?/g, '\n').trim();
  return { value: tidy === '' ? null : tidy };
};

/** A code where the text is a known way of writing one; otherwise the text as it stands, flagged. */
function codeReader(list: string): CellReader {
  return (text) => {
    const tidy = tidyText(text);
    if (tidy === '') return { value: null };
    const code = findCode(list, tidy);
    if (code) return code === tidy ? { value: code } : { value: code, repaired: 'code.recognised' };
    return {
      value: tidy,
      flag: {
        code: 'code.unknown',
        message: 'The value is none of the list and was kept as written.',
        severity: 'warning',
      },
    };
  };
}

const yesNo: CellReader = (text) => {
  const tidy = tidyText(text);
  if (tidy === '') return { value: null };
  if (/^(y|yes|true|1)$/i.test(tidy)) return { value: 'yes' };
  if (/^(n|no|false|0)$/i.test(tidy)) return { value: 'no' };
  return {
    value: null,
    flag: { code: 'yes-no.unclear', message: 'The cell has to say yes or no.', severity: 'reject' },
  };
};

const coordinate =
  (limit: number): CellReader =>
  (text, stored) => {
    const cleaned = cleanNumber(text, stored);
    if (cleaned.value !== null && Math.abs(cleaned.value) > limit) {
      return {
        value: null,
        flag: {
          code: 'coordinate.range',
          message: 'The coordinate lies outside the globe.',
          severity: 'reject',
        },
      };
    }
    return cleaned;
  };

/** Values of a column repeat; cleaning is pure, so each text is cleaned once. Cells with stored values are not remembered. */
function remembered(reader: CellReader): CellReader {
  const memory = createMemory<Readonly<Cleaned<CellValue>>>(20_000);
  return (text, stored) => {
    if (stored) return reader(text, stored);
    const known = memory.get(text);
    if (known) return known;
    const cleaned = reader(text, undefined);
    memory.set(text, cleaned);
    return cleaned;
  };
}

/** The reader of a column. */
export function cellReader(cleaner: Cleaner, context: CellContext): CellReader {
  const options = {
    order: context.order,
    mixed: context.mixed,
    thisYear: context.thisYear,
    ...(context.field === 'dob' ? { birth: true } : {}),
  };
  switch (cleaner) {
    case 'phone':
      return (text, stored) => cleanPhone(text, stored);
    case 'postcode':
      return remembered((text) => cleanPostcode(text));
    case 'vehicleMark':
      return (text) => cleanVehicleMark(text);
    case 'date':
      return remembered((text, stored) => cleanDate(text, stored, options));
    case 'dateTime':
      return (text, stored) => withoutAssumedTime(cleanDateTime(text, stored, options));
    case 'time':
      return remembered((text, stored) => cleanTime(text, stored));
    case 'duration':
      return remembered((text, stored) => cleanDuration(text, stored));
    case 'number':
      return (text, stored) => cleanNumber(text, stored);
    case 'latitude':
      return coordinate(90);
    case 'longitude':
      return coordinate(180);
    case 'pncId':
      return (text) => cleanPncId(text, { thisYear: context.thisYear });
    case 'croNumber':
      return (text) => cleanCro(text);
    case 'nino':
      return (text) => cleanNationalInsurance(text);
    case 'imei':
      return remembered((text, stored) => cleanImei(text, stored));
    case 'imsi':
      return remembered((text, stored) => cleanImsi(text, stored));
    case 'iccid':
      return (text, stored) => cleanIccid(text, stored);
    case 'uprn':
      return (text, stored) => cleanUprn(text, stored);
    case 'gridReference':
      return (text) => {
        const { value, ...rest } = cleanGridReference(text);
        return { value: value?.reference ?? null, ...rest };
      };
    case 'sex':
      return (text) => cleanSex(text);
    case 'power':
      return remembered(codeReader('power'));
    case 'entries':
      return codeReader('entries');
    case 'role':
      return codeReader('role');
    case 'cuckooed':
      return codeReader('cuckooed');
    case 'warrantStatus':
      return codeReader('warrantStatus');
    case 'yesNo':
      return yesNo;
    case 'entryMethod':
      return codeReader('entryMethod');
    case 'seizureType':
      return codeReader('seizureType');
    case 'longText':
      return longText;
    default:
      // Names, addresses, grades and markings are read with their neighbours, in `readRow`.
      return plainText;
  }
}
