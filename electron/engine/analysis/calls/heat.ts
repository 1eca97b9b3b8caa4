/** Calls by hour and weekday. Pure. */

import type { CallTable } from './callTable.ts';
import { day, hour, isContact, startOf } from './study.ts';

/** 7 rows of 24, Monday first. */
export function heatOf(table: CallTable, phone: number): number[][] {
  const heat = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const row of table.rowsOf(phone)) {
    if (!isContact(table, row)) continue;
    const at = startOf(table, row);
    // 1 January 1970 was a Thursday.
    const weekday = (((Math.floor(at / day) + 3) % 7) + 7) % 7;
    const line = heat[weekday];
    const of = Math.floor((((at % day) + day) % day) / hour);
    if (line) line[of] = (line[of] ?? 0) + 1;
  }
  return heat;
}
