import type { RecallList } from '../../../../shared/contract/packSchemas.ts';
import { showMoment } from '../../../ui/dates.ts';

/** The recall list as plain text: to be printed, or sent to who fetches the copies. */
export function writeRecallText(list: RecallList, operation: string, marking: string): string {
  const line = (pack: RecallList['copies'][number]) =>
    `[  ] ${pack.ref}  ${pack.title}${pack.team === null ? '' : `, ${pack.team}`}, version ${pack.version}, copy ${pack.copy}: ${pack.recipient}`;
  return [
    marking,
    '',
    `Recall of packs, ${operation}`,
    `${showMoment(list.at)} by ${list.by}`,
    `Reason: ${list.reason}`,
    '',
    `To be fetched back or destroyed: ${list.copies.length}`,
    ...list.copies.map(line),
    ...(list.lost.length === 0
      ? []
      : ['', `Lost, cannot be fetched back: ${list.lost.length}`, ...list.lost.map(line)]),
    '',
    marking,
    '',
  ].join('\n');
}
