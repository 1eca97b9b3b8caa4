/** What reading a row gives: its records, its issues, and the fate of each cell. */
import type { RowIssue } from '../../../shared/contract/schemas.ts';
import type { Flag } from '../../../shared/domain/cleaned.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { Field } from '../../../shared/intake/kinds.ts';
import type { CellReader } from './cells.ts';

export type Fields = Record<string, CellValue>;

export interface RecordDraft {
  grid: GridName;
  /** '' for the row's own record, else the name under which the kind links it: 'phone', 'premises', … */
  prefix: string;
  part: number;
  fields: Fields;
  repairs: Record<string, string>;
  /** Within one sheet, drafts of a grid with the same key are about the same thing, whatever else is known. */
  localKey?: string;
  /** Words of the link, where the row itself says them. */
  relation?: string;
  /** Fields that were taken from a whole name: a column of their own takes their place. */
  parted?: Set<string>;
}

export interface Reading {
  outcome: 'import' | 'skip' | 'reject';
  /** Reason in words, for skipped and rejected rows. */
  reason?: string;
  issues: Omit<RowIssue, 'row'>[];
  records: RecordDraft[];
  grade: string | null;
  /** The row goes on with the thing that the row above is about. */
  goesOn?: boolean;
}

/** What became of one mapped cell. */
export interface TracedCell {
  field: string;
  /** Cleaned value; null when nothing usable came of the cell. */
  value: CellValue;
  /** Code of a repair that cleaning made. */
  repaired?: string | undefined;
  flag?: Flag | undefined;
}

/**
 * Told of every filled cell of a mapped column (0-based) while a row is read. Columns that feed one value
 * together are each told that value; a cell of several values is told them joined by '; '.
 */
export type CellTrace = (column: number, cell: TracedCell) => void;

export interface MappedColumn {
  index: number;
  /** Further columns whose text is part of the same value. */
  also?: readonly number[];
  field: Field;
  read: CellReader;
  heading: string;
}

/** Raw text as an issue shows it: cut where it is long. */
export const shownAs = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text);
