import type { OpenedFile, SheetRow, StoredType } from './types.ts';

export interface InspectedCell {
  /** What the sheet shows. */
  text: string;
  /** What is stored; the text where nothing else is, null for a blank. */
  value: string | number | boolean | null;
  type: 'blank' | 'text' | StoredType;
}

export interface InspectedSheet {
  name: string;
  hidden: boolean;
  /** By row number: the first is row 1, and a row that the file leaves out is empty. */
  rows: InspectedCell[][];
}

/**
 * Every cell as the readers see it, as `fellside inspect FILE --cells` prints it.
 *
 * @param options.maxRows stop after this row number in each sheet
 */
export async function inspectCells(
  opened: OpenedFile,
  options: { maxRows?: number } = {},
): Promise<{ sheets: InspectedSheet[] }> {
  const maxRows = options.maxRows ?? Number.POSITIVE_INFINITY;
  const sheets: InspectedSheet[] = [];
  for (const sheet of opened.sheets) {
    const rows: InspectedCell[][] = [];
    reading: for await (const batch of sheet.rows()) {
      for (const row of batch) {
        if (row.row > maxRows) break reading;
        while (rows.length < row.row) rows.push([]);
        rows[row.row - 1] = inspectRow(row);
      }
    }
    sheets.push({ name: sheet.name, hidden: sheet.visibility !== 'visible', rows });
  }
  return { sheets };
}

function inspectRow({ text, stored }: SheetRow): InspectedCell[] {
  return text.map((shown, column) => {
    const value = stored?.[column];
    if (value) return { text: shown, value: value.value, type: value.type };
    if (shown === '') return { text: '', value: null, type: 'blank' };
    return { text: shown, value: shown, type: 'text' };
  });
}
