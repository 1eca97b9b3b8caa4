import type { RecordDraft } from '../reading.ts';

/** What the import knows of a row before it looks for its things: it is a later saying of a row that is there. */
export interface KnownRow {
  /** The row's own record: the same as of the earlier row, whatever its keys say now. */
  readonly own: number;
  /** The thing that the earlier row spoke of in this place, when it is the same. */
  linked(draft: RecordDraft): number | null;
  /** Called once the row is filed, with what each of its records was taken to be. */
  placed(places: readonly { draft: RecordDraft; id: number }[]): void;
}

/** Why a record was taken to be about the same thing. */
export const sameRowBasis = 'same row of an earlier issue';
