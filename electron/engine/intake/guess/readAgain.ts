/** A workbook of rejected rows that comes back says itself as what its rows are to be read. */
import { ImportKind } from '../../../../shared/contract/schemas.ts';
import { kindOfRejectedTitle } from '../../../../shared/intake/rejected.ts';
import type { SheetRow } from '../readers/types.ts';

const titleRows = 4;

/** The kind that a title line of the sheet names; undefined when it is no workbook of rejected rows. */
export function kindToReadAgain(rows: readonly SheetRow[]): ImportKind | undefined {
  for (const row of rows.slice(0, titleRows)) {
    const kind = ImportKind.safeParse(kindOfRejectedTitle(row.text[0] ?? ''));
    if (kind.success) return kind.data;
  }
  return undefined;
}
