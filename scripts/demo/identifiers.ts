/**
 * Identifiers of the invented operation. Each is right in form and cannot belong to anyone: phones
 * from Ofcom's range for drama, IMSI with an unassigned network code, vehicle marks with a first letter
 * that is not issued, postcode areas that do not exist.
 */
const checkLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

function letterFor(number: number): string {
  return checkLetters.charAt(number % 23);
}

/** PNC ID in the long form `YYYY/NNNNNNNL`, with its right check letter. */
export function makePncId(year: number, serial: number): string {
  const letter = letterFor((year % 100) * 10_000_000 + serial);
  return `${year}/${String(serial).padStart(7, '0')}${letter}`;
}

/** The short form that custody systems print: `2009/0034567X` becomes `09/34567X`. */
export function shortenPncId(pncId: string): string {
  const [year = '', rest = ''] = pncId.split('/');
  return `${year.slice(2)}/${rest.replace(/^0+/, '')}`;
}

/** The same PNC ID with a check letter that is wrong. */
export function spoilPncId(pncId: string): string {
  const position = checkLetters.indexOf(pncId.slice(-1));
  return pncId.slice(0, -1) + checkLetters.charAt((position + 7) % 23);
}

/** CRO number in the standard form `NNNNNN/YYL`. */
export function makeCroNumber(year: number, serial: number): string {
  const shortYear = year % 100;
  return `${serial}/${String(shortYear).padStart(2, '0')}${letterFor(shortYear * 1_000_000 + serial)}`;
}

function luhnDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    let digit = Number(digits.charAt(digits.length - 1 - index));
    if (index % 2 === 0) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return String((10 - (sum % 10)) % 10);
}

/** IMEI of 15 digits with its Luhn digit. */
export function makeImei(serial: number): string {
  const body = `99001${String(serial).padStart(9, '0')}`;
  return body + luhnDigit(body);
}

/** IMSI of 15 digits: UK country code, network code 99 (not assigned). */
export function makeImsi(serial: number): string {
  return `23499${String(serial).padStart(10, '0')}`;
}

/** ICCID of 19 digits with its Luhn digit. */
export function makeIccid(serial: number): string {
  const body = `894499${String(serial).padStart(12, '0')}`;
  return body + luhnDigit(body);
}

/** The eleven digits of a phone in Ofcom's range for drama, 07700 900000 to 900999. */
export function makePhone(last3: number): string {
  return `07700900${String(last3).padStart(3, '0')}`;
}

/** E.164 of an eleven-digit UK number. */
export function toE164(phone: string): string {
  return `+44${phone.slice(1)}`;
}

/** `07700 900123`, as people write it. */
export function spacePhone(phone: string): string {
  return `${phone.slice(0, 5)} ${phone.slice(5)}`;
}
