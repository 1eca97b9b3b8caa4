import type { GridName } from '../../../../shared/grid/types.ts';

/** A record of which a later issue says otherwise, or that it no longer has. */
interface ChangedRecord {
  grid: GridName;
  id: number;
  /** Entry that brought the earlier row. */
  since: number;
  /** Fields, as the grid names them; empty for a row that was withdrawn. */
  fields: string[];
}

/** What one sheet's refresh did, for the journal entry and the report. */
export interface RefreshDone {
  against: string;
  withdrawn: number;
  overruled: { grid: GridName; id: number; field: string; entry: number }[];
  /** The first hundred thousand. */
  changed: ChangedRecord[];
}
