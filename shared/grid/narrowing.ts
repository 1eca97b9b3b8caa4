/**
 * One choice that narrows every grid: records, a period, or both. It travels as two fields of a filter, beside those of
 * columns, so that pages, counts, values and sums all follow it:
 *
 *   { "@records": { "in": ["NOM-3", "PHN-9"] }, "@period": { "gte": "2026-11-01", "lte": "2026-11-30" } }
 */
import type { Where } from './query.ts';
import type { Grid, GridName } from './types.ts';

export const recordsField = '@records';
export const periodField = '@period';

/** Most records that can narrow everything: as many as a filter takes. */
export const mostNarrowing = 2000;

/** Null where nothing narrows. Times are ISO on the UK clock, a day or a day and a time, both inside. */
export interface Narrowing {
  refs: readonly string[] | null;
  from: string | null;
  to: string | null;
}

/** The field with the day of a row, by grid: when it was, or when it was said. */
export const dayFields: Readonly<Partial<Record<GridName, string>>> = {
  intelligence: 'reportDate',
  crimes: 'date',
  custody: 'arrestedAt',
  referrals: 'date',
  communications: 'start',
  warrants: 'issued',
  results: 'enteredAt',
  seizures: 'seizedAt',
  arrests: 'arrestedAt',
  outcomes: 'hearingOn',
  decisions: 'decidedAt',
  packs: 'at',
};

/** Grids about files and copies, and the operation itself: nothing in them is about one record. */
const ofNoRecord: ReadonlySet<GridName> = new Set(['operation', 'sources', 'imports', 'packs']);

/** Whether records can narrow a grid: its rows are among them, name one of them, or are linked with one. */
export const canNarrowByRecords = (grid: Grid): boolean => !ofNoRecord.has(grid.name);

/** Whether a period can narrow a grid: its rows have a day. */
export const canNarrowByPeriod = (grid: Grid): boolean => dayFields[grid.name] !== undefined;

/** What a grid's filter gets beside its own conditions; nothing of what cannot narrow it. */
export function narrowWhere(grid: Grid, narrowing: Narrowing | null): Where {
  if (narrowing === null) return {};
  const { refs, from, to } = narrowing;
  const where: Where = {};
  if (refs !== null && canNarrowByRecords(grid)) where[recordsField] = { in: [...refs] };
  if ((from !== null || to !== null) && canNarrowByPeriod(grid))
    where[periodField] = { ...(from === null ? {} : { gte: from }), ...(to === null ? {} : { lte: to }) };
  return where;
}
