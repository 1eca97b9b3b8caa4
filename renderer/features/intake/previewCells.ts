import type { PreviewCell, PreviewRow } from '../../../shared/contract/intakeSchemas.ts';
import type { ImportKind } from '../../../shared/contract/schemas.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { kinds } from '../../../shared/intake/kinds.ts';
import { repairWords } from '../../copy/repairs.ts';
import { formatValue } from '../../grid/format.ts';
import { columnOf } from './importState.ts';

/** The cleaned value of a cell as people read it; blank when nothing came of the cell. */
export function showCleaned(kind: ImportKind | null, cell: PreviewCell): string {
  if (cell.value === null || cell.field === null || kind === null) return '';
  const column = columnOf(kind, cell.field);
  if (column) return formatValue(column, cell.value);
  // A part of a column (the date of a moment) has no column of its own: its cleaner says what it is.
  const cleaner = kinds[kind].fields.find(({ field }) => field === cell.field)?.cleaner;
  return cleaner === 'date' ? formatDate(String(cell.value)) : String(cell.value);
}

export type CellTone = 'problem' | 'repaired' | 'aside' | 'plain';

/** How a cell is marked: a problem before a repair; columns that are left aside are quiet. */
export function toneOfCell(cell: PreviewCell): CellTone {
  if (cell.issue) return 'problem';
  if (cell.repaired) return 'repaired';
  return cell.field === null ? 'aside' : 'plain';
}

/** Everything there is to say about a cell, a line for each. */
export function describeCell(kind: ImportKind | null, cell: PreviewCell): string[] {
  const cleaned = showCleaned(kind, cell);
  return [
    `The sheet shows: ${cell.raw === '' ? '(blank)' : cell.raw}`,
    ...(cell.stored === null ? [] : [`Stored in the cell: ${String(cell.stored)}`]),
    ...(cell.field === null
      ? ['The column is left aside.']
      : [`Read as: ${cleaned === '' ? '(blank)' : cleaned}`]),
    ...(cell.repaired ? [repairWords(cell.repaired)] : []),
    ...(cell.issue ? [cell.issue.message] : []),
  ];
}

export const outcomeWords: Readonly<Record<PreviewRow['outcome'], string>> = {
  import: 'Imported',
  skip: 'Skipped',
  reject: 'Rejected',
};
