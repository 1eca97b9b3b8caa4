/** By which columns the rows of two issues of a sheet are told apart, and what they hold in a row of either. */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SheetMapping } from '../../../../shared/contract/schemas.ts';
import { originColumns } from '../../../../shared/intake/kinds.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readPlace, shownText } from '../../database/queries/evidence.ts';
import { columnLetter, normaliseHeading } from '../guess.ts';
import type { EarlierSheet } from './earlierRows.ts';
import type { RowValues } from './rowValues.ts';
import { shownKey, shownValue } from './rowValues.ts';

/** A part of the key: a field, or the raw text of a column that is left aside. */
type KeyPart = { field: string } | { column: number; columnBefore: number };

export interface RowKey {
  /** Key of a row of the new sheet as people read it; '' when it is blank. */
  ofNew(values: RowValues, cells: readonly string[]): string;
  /** Key of a row of the earlier issue. */
  ofEarlier(values: RowValues, evidenceId: number): string;
}

/**
 * The key that columns (0-based) of the new sheet give.
 * @throws AppError `mapping.misfit` when the earlier issue has nothing to compare a column with.
 */
export function rowKey(
  database: ReadDatabase,
  earlier: EarlierSheet,
  mapping: SheetMapping,
  headings: readonly string[],
  columns: readonly number[],
): RowKey {
  const parts: KeyPart[] = [];
  for (const column of columns) {
    const field = mapping.columns[column] ?? null;
    const named = headings[column] || `column ${columnLetter(column)}`;
    if (field !== null) {
      if (parts.some((part) => 'field' in part && part.field === field)) continue;
      const dot = field.indexOf('.');
      const before = originColumns(field.slice(0, Math.max(dot, 0)), field.slice(dot + 1), earlier.columns);
      if (before.length === 0) throw nothingToCompare(earlier, named);
      parts.push({ field });
    } else {
      const heading = normaliseHeading(headings[column] ?? '');
      const columnBefore = earlier.headings.findIndex((each) => normaliseHeading(each) === heading);
      if (heading === '' || columnBefore < 0) throw nothingToCompare(earlier, named);
      parts.push({ column, columnBefore });
    }
  }
  const readsCells = parts.some((part) => 'column' in part);
  return {
    ofNew: (values, cells) =>
      shownKey(
        parts.map((part) => ('field' in part ? shownValue(values, part.field) : (cells[part.column] ?? ''))),
      ),
    ofEarlier(values, evidenceId) {
      const place = readsCells ? readPlace(database, evidenceId) : undefined;
      return shownKey(
        parts.map((part) => {
          if ('field' in part) return shownValue(values, part.field);
          return earlierColumn(place, part.columnBefore, earlier);
        }),
      );
    },
  };
}

/** An earlier row may stand in an older sheet still, whose columns stood otherwise. */
function earlierColumn(place: ReturnType<typeof readPlace>, column: number, earlier: EarlierSheet): string {
  if (!place) return '';
  if (place.sheetId === earlier.id) return shownText(place.cells, column);
  const heading = normaliseHeading(earlier.headings[column] ?? '');
  const there = place.headers.findIndex((each) => normaliseHeading(each) === heading);
  return there < 0 ? '' : shownText(place.cells, there);
}

function nothingToCompare(earlier: EarlierSheet, column: string): AppError {
  return new AppError(
    'mapping.misfit',
    `${earlier.ref} has nothing to compare "${column}" with. Choose columns that both issues have.`,
  );
}
