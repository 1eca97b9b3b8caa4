/** When the result of a premises can be closed. Pure. */
import type { Row } from './readiness/facts.ts';
import { textOf } from './readiness/facts.ts';

/** One thing that is not entered yet. `ref` is the record that it belongs to. */
export interface OpenPoint {
  ref: string;
  field: string;
  words: string;
}

/**
 * What is still blank on a result and on the warrant it was entered under: whether there was an entry, whether
 * what was sought was found, whether something else was seized, and when the warrant went back to the court
 * (endorsement and return: PACE 1984 s.16(9) and (10); domain facts 4.2). A note on the result explains blanks:
 * the points stay listed, and the result can be closed. Nobody in and no entry leaves nothing to find.
 */
export function openPointsOf(result: Row, warrant: Row | undefined): OpenPoint[] {
  const points: OpenPoint[] = [];
  const need = (row: Row, field: string, words: string) => {
    if (textOf(row, field) === '') points.push({ ref: row.ref, field, words });
  };
  const entered = textOf(result, 'enteredAt') !== '';
  if (!entered && textOf(result, 'nobodyIn') !== 'yes') need(result, 'enteredAt', 'when it was entered');
  if (entered || textOf(result, 'nobodyIn') !== 'yes')
    need(result, 'found', 'whether what was sought was found');
  if (warrant) {
    need(warrant, 'seizedOther', 'whether something else was seized');
    need(warrant, 'returnedAt', 'when the warrant was returned to the court');
  }
  return points;
}

/** True where nothing is open, or a note on the result says why. */
export function canClose(result: Row, warrant: Row | undefined): boolean {
  return openPointsOf(result, warrant).length === 0 || textOf(result, 'note') !== '';
}
