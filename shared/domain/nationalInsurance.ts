import type { Cleaned } from './cleaned.ts';
import { onlyReading } from './lookalikes.ts';
import { asRejected, openCell, withWarning } from './tidy.ts';

const complete = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/;
const withoutSuffix = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}$/;

/**
 * National Insurance number as 'AB123456C', without spaces. There is no check digit, so only the shape
 * is tested; O for 0 and I for 1 are repaired where only one reading has the shape (`nino.letters`). Without its last letter it is kept with the warning `nino.no-suffix`; any other shape is
 * refused (`nino.format`). Source: domain facts 7.4 (unconfirmed, high confidence).
 */
export function cleanNationalInsurance(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const compact = cell.text
    .toUpperCase()
    .replace(
      /^(?:NI(?:NO)?|NAT(?:IONAL)? INS(?:URANCE)?)(?: ?(?:NO|NUMBER))?\.? ?[:#=]? ?(?=[A-Z]{2} ?\d)/,
      '',
    )
    .replace(/[^A-Z0-9]/g, '');
  if (complete.test(compact)) return { value: compact };
  if (withoutSuffix.test(compact)) {
    return withWarning(
      compact,
      'nino.no-suffix',
      'The last letter of the National Insurance number is missing.',
    );
  }
  const reading =
    compact.length === 9 && /\d{3}/.test(compact)
      ? onlyReading(compact, (each) => complete.test(each))
      : null;
  if (reading !== null) return { value: reading, repaired: 'nino.letters' };
  return asRejected('nino.format', 'This is not the shape of a National Insurance number.');
}
