/** One row of a form that came back: what was filled in, and under which sign. */
import { signHeading } from '../../../shared/packs/forms.ts';
import { normaliseHeading } from './guess.ts';
import type { SheetRow, StoredValue } from './readers/types.ts';
import type { MappedColumn } from './reading.ts';

/** Columns that the pack printed and nobody fills in. */
const printed: ReadonlySet<string> = new Set(['sign', 'about', 'address', 'team']);

export interface FormCell {
  column: MappedColumn;
  text: string;
  stored: StoredValue | undefined;
}

export interface FilledRow {
  sign: string;
  cells: FormCell[];
}

/** The sign and the cells that somebody may have filled in. */
export function readFormRow(row: SheetRow, columns: readonly MappedColumn[]): FilledRow {
  const textOf = (column: MappedColumn) => (row.text[column.index] ?? '').trim();
  const sign = columns.find(({ field }) => field.field === 'sign');
  return {
    sign: sign === undefined ? '' : textOf(sign),
    cells: columns
      .filter((column) => !printed.has(column.field.field) && textOf(column) !== '')
      .map((column) => ({
        column,
        text: row.text[column.index] ?? '',
        stored: row.stored?.[column.index],
      })),
  };
}

/** Why a row of a form has nothing to land, in words; null when it has. */
export function skipOfForm({ sign, cells }: FilledRow): string | null {
  if (normaliseHeading(sign) === normaliseHeading(signHeading)) return 'repeated heading';
  return cells.length === 0 ? 'nothing filled in' : null;
}
