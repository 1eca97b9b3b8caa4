import { findCode } from '../reference/codeLists.ts';
import type { Cleaned } from './cleaned.ts';
import { asRejected, openCell } from './tidy.ts';

/**
 * The power that a text names, as a key of `shared/reference/powers.ts`: 's.23(3) M.D.A.', 'Sec 8 PACE
 * 1984', 'MDA s23', 'PACE s8 (all premises)'. s.23 alone means the warrant of s.23(3). Refused:
 * `power.unknown`.
 */
export function parsePower(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const code = findCode('power', cell.text);
  return code === undefined
    ? asRejected('power.unknown', 'This names no power of the list.')
    : { value: code };
}
