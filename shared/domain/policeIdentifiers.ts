import type { Cleaned } from './cleaned.ts';
import { onlyReading } from './lookalikes.ts';
import { asRejected, openCell, toCapitals, withWarning } from './tidy.ts';

/** Check letters: the alphabet without I, O and S, starting at Z (domain facts 7.4). */
const checkLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

const pncShape = /^(\d{4}|\d{2})\/0*(\d{1,7})([A-Z])?$/;
const pncCompact = /^(\d{4}|\d{2})(\d{7})([A-Z])$/;
const croShape = /^0*(\d{1,6})\/(\d{4}|\d{2})([A-Z])?$/;
const croSfShape = /^SF(\d{4}|\d{2})\/(\d{1,7})([A-Z])?$/;
const asnShape = /^(\d{2}|\d{4})\/([A-Z0-9]{2})([A-Z0-9]{2})\/([A-Z0-9]{2})\/(\d{1,11})\/?([A-Z])?$/;
const asnCompact = /^(\d{2})([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{11})([A-Z])$/;

/** Check letter of a PNC ID or standard CRO number: year and padded serial as one number, modulo 23. */
function checkLetter(value: bigint): string {
  return checkLetters.charAt(Number(value % 23n));
}

function pncCheck(year: string, serial: string): string {
  return checkLetter(BigInt(year.slice(-2) + serial.padStart(7, '0')));
}

function croCheck(year: string, serial: string): string {
  return checkLetter(BigInt(year.slice(-2) + serial.padStart(6, '0')));
}

/** SF numbers are checked over the serial without leading zeros. */
function croSfCheck(year: string, serial: string): string {
  return checkLetter(BigInt(year.slice(-2) + serial));
}

/** A force or system code takes part in the check only when it is all digits. */
function numericOnly(code: string): string {
  return /^\d+$/.test(code) ? code : '';
}

function asnCheck(year: string, force: string, system: string, sequence: string): string {
  return checkLetter(
    BigInt(numericOnly(force) + numericOnly(system) + year.slice(-2) + sequence.padStart(11, '0')),
  );
}

/** Upper case, one kind of slash, no blanks, dots or apostrophes, no label in front or behind. */
function tidyReference(text: string, label: RegExp): string {
  return toCapitals(text)
    .replace(/[\\|]/g, '/')
    .replace(/[\s.']/g, '')
    .replace(label, '')
    .replace(/\((?:PNC|CRO)\)$/, '')
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=\d)-(?=\d)/g, '/');
}

/** The text with its only blank between digits as a slash ('81 34U'), or null when there is no such blank. */
function slashForBlank(text: string): string | null {
  return /^\D*\d+ \d+ ?[A-Z]?$/i.test(text) ? text.replace(/(?<=\d) (?=\d)/, '/') : null;
}

/** The way in which a reference was mistyped, where the check letter says that it is so: certain. */
function repairReference(
  text: string,
  reference: string,
  label: RegExp,
  isRight: (reading: string) => boolean,
): { reading: string; repaired: string } | null {
  const blank = slashForBlank(text);
  const spaced = blank === null ? null : tidyReference(blank, label);
  if (spaced !== null && isRight(spaced)) return { reading: spaced, repaired: 'identifier.slash' };
  const reading = reference.length > 20 ? null : onlyReading(reference, isRight);
  return reading === null || reading === reference ? null : { reading, repaired: 'identifier.letters' };
}

function withoutZeros(serial: string): string {
  return serial.replace(/^0+(?=\d)/, '');
}

/** Keeps what cannot be read as it stands, unless there is no digit in it. */
function keepUnread(text: string, reference: string, kind: string, words: string): Cleaned {
  if ((reference.match(/\d[A-Z]?(?=\d*\/|$)/g) ?? []).length > 2 && /[\s,;&]/.test(text)) {
    return withWarning(text, `${kind}.several`, `The cell holds more than one ${words}.`);
  }
  if (!/\d/.test(reference)) return asRejected(`${kind}.format`, `There is no ${words} in the cell.`);
  return withWarning(
    reference,
    `${kind}.format`,
    `This is not the shape of a ${words}; it is kept as it stands.`,
  );
}

/** Four-digit year of a two-digit one: the latest century that is not after `thisYear` (design). */
export function completePncYear(twoDigits: number, thisYear: number): number {
  const century = Math.floor(thisYear / 100) * 100;
  return century + twoDigits <= thisYear ? century + twoDigits : century - 100 + twoDigits;
}

/** True for a canonical PNC ID whose check letter is right. */
export function isValidPncId(value: string): boolean {
  const match = /^(\d{4})\/(\d{7})([A-Z])$/.exec(value);
  return match !== null && pncCheck(match[1] ?? '', match[2] ?? '') === match[3];
}

/** True for a CRO number of either shape with the check letter that belongs to it. */
function isRightCro(reading: string): boolean {
  const standard = croShape.exec(reading);
  const special = croSfShape.exec(reading);
  if (standard?.[3]) return croCheck(standard[2] ?? '', withoutZeros(standard[1] ?? '')) === standard[3];
  return (
    special?.[3] !== undefined &&
    croSfCheck((special[1] ?? '').slice(-2), withoutZeros(special[2] ?? '')) === special[3]
  );
}

/** True for a canonical CRO number whose check letter is right. */
export function isValidCro(value: string): boolean {
  return cleanCro(value).flag === undefined && /\d[A-Z]$/.test(value);
}

/**
 * PNC ID as `YYYY/NNNNNNNC`. Accepts two-digit years, leading zeros left out, no slash (when all seven
 * digits are there), other slashes, lower case.
 *
 * Repaired where the check letter then fits: `identifier.letters` (O for 0, I for 1), `identifier.slash` (a
 * blank for the slash). Nothing is refused for its check letter: `pnc.check` (wrong), `pnc.no-check` (absent), `pnc.year`
 * (after `thisYear`) and `pnc.format` (kept as it stands) are warnings. Before joining records on a PNC
 * ID, ask `isValidPncId`. Source: domain facts 7.4 [79][80].
 */
export function cleanPncId(text: string, options: { thisYear: number }): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const label = /^(?:PNC\/?(?:ID|NO|NUMBER)?[:#]?)+/;
  const reference = tidyReference(cell.text, label);
  const match = pncShape.exec(reference) ?? pncCompact.exec(reference);
  if (!match) {
    const certain = repairReference(cell.text, reference, label, (reading) => {
      const parts = pncShape.exec(reading);
      return parts?.[3] !== undefined && pncCheck(parts[1] ?? '', parts[2] ?? '') === parts[3];
    });
    if (certain !== null) return { ...cleanPncId(certain.reading, options), repaired: certain.repaired };
    return keepUnread(cell.text, reference, 'pnc', 'PNC ID');
  }
  const [, year = '', serial = '', letter] = match;
  const fullYear = year.length === 4 ? year : String(completePncYear(Number(year), options.thisYear));
  const value = `${fullYear}/${serial.padStart(7, '0')}${letter ?? ''}`;
  if (letter === undefined) {
    return withWarning(value, 'pnc.no-check', 'The check letter of the PNC ID is missing.');
  }
  if (pncCheck(year, serial) !== letter) {
    return withWarning(
      value,
      'pnc.check',
      'The check letter does not fit this PNC ID; a digit may be wrong.',
    );
  }
  if (Number(fullYear) > options.thisYear) {
    return withWarning(value, 'pnc.year', 'The year of the PNC ID lies in the future.');
  }
  return { value };
}

/**
 * CRO number as `NNNNNN/YYC` (serial without leading zeros) or `SFYY/NNNNC`. Warnings only:
 * `cro.check`, `cro.no-check`, `cro.format`. Source: domain facts 7.4 [80]; the check rule was derived
 * from valid values.
 */
export function cleanCro(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const label = /^(?:CRO\/?(?:NO|NUMBER)?[:#]?)+/;
  const reference = tidyReference(cell.text, label);
  const standard = croShape.exec(reference);
  const special = standard ? null : croSfShape.exec(reference);
  let value: string;
  let letter: string | undefined;
  let expected: string;
  if (standard) {
    const serial = withoutZeros(standard[1] ?? '');
    const year = (standard[2] ?? '').slice(-2);
    letter = standard[3];
    value = `${serial}/${year}${letter ?? ''}`;
    expected = croCheck(year, serial);
  } else if (special) {
    const year = (special[1] ?? '').slice(-2);
    const serial = withoutZeros(special[2] ?? '');
    letter = special[3];
    value = `SF${year}/${serial}${letter ?? ''}`;
    expected = croSfCheck(year, serial);
  } else {
    const certain = repairReference(cell.text, reference, label, isRightCro);
    if (certain !== null) return { ...cleanCro(certain.reading), repaired: certain.repaired };
    return keepUnread(cell.text, reference, 'cro', 'CRO number');
  }
  if (letter === undefined) {
    return withWarning(value, 'cro.no-check', 'The check letter of the CRO number is missing.');
  }
  if (letter !== expected) {
    return withWarning(
      value,
      'cro.check',
      'The check letter does not fit this CRO number; a digit may be wrong.',
    );
  }
  return { value };
}

/**
 * Arrest summons number as `YY/FFUU/SS/NNNNNNNNNNNC`, the sequence padded to 11 digits. Also accepts the
 * form without slashes and a slash before the check letter. Warnings only: `asn.check`, `asn.no-check`,
 * `asn.format`. Source: domain facts 7.4 [81].
 */
export function cleanAsn(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const reference = tidyReference(cell.text, /^(?:(?:ASN|ASNO|ARRESTSUMMONS(?:NUMBER|NO)?)[:#]?)+/);
  const match = asnShape.exec(reference) ?? asnCompact.exec(reference);
  if (!match) return keepUnread(cell.text, reference, 'asn', 'arrest summons number');
  const [, year = '', force = '', unit = '', system = '', sequence = '', letter] = match;
  const value = `${year.slice(-2)}/${force}${unit}/${system}/${sequence.padStart(11, '0')}${letter ?? ''}`;
  if (letter === undefined) {
    return withWarning(value, 'asn.no-check', 'The check letter of the arrest summons number is missing.');
  }
  if (asnCheck(year, force, system, sequence) !== letter) {
    return withWarning(value, 'asn.check', 'The check letter does not fit this arrest summons number.');
  }
  return { value };
}
