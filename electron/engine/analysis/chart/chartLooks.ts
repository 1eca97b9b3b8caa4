/** Whom a user has seen in the chart: each is named once in the journal while the chart is looked at. */
import { parseRef } from '../../../../shared/grid/grids.ts';
import { appendRead, recordRead } from '../../journal/journal.ts';
import { sameView } from '../../journal/looks.ts';
import type { Session } from '../../session.ts';

/** By session: the records that were named, and when. */
const seen = new WeakMap<Session, Map<string, number>>();

/** Journals the people, and what is about people, that this answer shows for the first time in a quarter of an hour. */
export function recordChart(session: Session, refs: readonly string[]): void {
  const at = Date.parse(session.clock());
  const before = seen.get(session) ?? new Map<string, number>();
  seen.set(session, before);
  const rows = refs.flatMap((ref) => {
    const found = parseRef(ref);
    const last = before.get(ref);
    if (!found?.grid.personal) return [];
    if (last !== undefined && at - last < sameView) return [];
    before.set(ref, at);
    return [{ grid: found.grid.name, id: found.id }];
  });
  if (rows.length === 0) return;
  // Not `recordRead`: two answers with as many others each are two looks.
  appendRead(session, {
    operation: 'consultation',
    method: 'chart.around',
    summary: `Looked at ${rows.length.toLocaleString('en-GB')} record${rows.length === 1 ? '' : 's'} in the link chart`,
    after: { shown: refs.length },
    rows,
  });
}

/** Journals that the rows behind the links of two records were shown. */
export function recordLinkRows(session: Session, a: string, b: string): void {
  recordRead(session, {
    operation: 'consultation',
    method: 'chart.rows',
    target: a,
    summary: `Looked at what links ${a} and ${b}`,
    rows: [a, b].flatMap((ref) => {
      const found = parseRef(ref);
      return found ? [{ grid: found.grid.name, id: found.id }] : [];
    }),
  });
}
