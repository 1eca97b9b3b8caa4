/** The rows of one table of a sheet, as import and preview take them. */
import type { SheetMapping, TableArea } from '../../../shared/contract/schemas.ts';
import type { SheetReader, SheetRow } from './readers/types.ts';

/** The cells of a row that lie inside the area; those of other tables are blank. */
export function withinColumns(row: SheetRow, area: TableArea): SheetRow {
  const last = area.lastColumn ?? Number.POSITIVE_INFINITY;
  if (area.firstColumn === 0 && row.text.length - 1 <= last && (row.stored?.length ?? 0) - 1 <= last)
    return row;
  const isInside = (column: number) => column >= area.firstColumn && column <= last;
  const text = row.text.slice(0, Math.min(row.text.length, last + 1));
  for (let column = 0; column < Math.min(area.firstColumn, text.length); column += 1) text[column] = '';
  const { stored, ...rest } = row;
  const kept = stored?.map((value, column) => (isInside(column) ? value : undefined));
  return { ...rest, text, ...(kept?.some((value) => value !== undefined) ? { stored: kept } : {}) };
}

/** Whether a cell (row from 1, column from 0) is one of a table's. */
export const isInside = (area: TableArea, row: number, column: number): boolean =>
  row >= area.firstRow &&
  row <= (area.lastRow ?? Number.POSITIVE_INFINITY) &&
  column >= area.firstColumn &&
  column <= (area.lastColumn ?? Number.POSITIVE_INFINITY);

/** Whether every row of the table but those above the first heading of the sheet is in its ledger. */
const isLowerTable = (mapping: SheetMapping) => (mapping.table?.firstRow ?? 1) > 1;

/**
 * Rows of a mapping's table in batches, cells outside the table blanked. The blank rows between them are counted
 * once a later row is seen. Rows above the heading are left out when the table is the first of its sheet, and are
 * part of the ledger (titles, headings) when it is a lower one; a table that is left out has all its rows.
 */
export async function* tableRows(
  sheet: SheetReader,
  mapping: SheetMapping,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ rows: SheetRow[]; blanks: number }> {
  const { table } = mapping;
  const whole = mapping.kind === null || isLowerTable(mapping);
  let last = whole ? (table?.firstRow ?? 1) - 1 : mapping.headerRow;
  const end = table?.lastRow ?? Number.POSITIVE_INFINITY;
  for await (const batch of sheet.rows(signal)) {
    const rows: SheetRow[] = [];
    let blanks = 0;
    let ended = false;
    for (const each of batch) {
      if (each.row <= last) continue;
      if (each.row > end) {
        // The sheet goes on below: the table reaches to its last row, blank or not.
        blanks += Math.max(0, end - last);
        ended = true;
        break;
      }
      const row = table ? withinColumns(each, table) : each;
      if (row.text.every((cell) => cell.trim() === '')) continue;
      blanks += row.row - last - 1;
      last = row.row;
      rows.push(row);
    }
    yield { rows, blanks };
    if (ended) return;
  }
}
