import type { OpenedFile, SheetRow, StoredType } from './types.ts';

interface InspectedCell {
  /** What the sheet shows. */
  text: string;
  /** What is stored; the text where nothing else is, null for a blank. */
  value: string | number | boolean | null;
  type: 'blank' | 'text' | StoredType;
}

type InspectedPart =
  | { type: 'sheet'; name: string; hidden: boolean }
  /** Rows that follow those before: the first is row 1, and a row that the file leaves out is empty. */
  | { type: 'rows'; rows: InspectedCell[][] };

/** Most empty rows that are handed on at once: a file may leave out a million. */
const rowsAtOnce = 10_000;

/**
 * Every cell as the readers see it, as `fellside inspect FILE --cells` prints it, sheet by sheet and never a whole
 * sheet at once.
 *
 * @param options.maxRows stop after this row number in each sheet
 */
export async function* inspectCells(
  opened: OpenedFile,
  options: { maxRows?: number | undefined; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<InspectedPart> {
  const maxRows = options.maxRows ?? Number.POSITIVE_INFINITY;
  for (const sheet of opened.sheets) {
    yield { type: 'sheet', name: sheet.name, hidden: sheet.visibility !== 'visible' };
    let next = 1;
    for await (const batch of sheet.rows(options.signal)) {
      let rows: InspectedCell[][] = [];
      for (const row of batch) {
        if (row.row > maxRows) break;
        for (; next < row.row; next += 1) {
          rows.push([]);
          if (rows.length < rowsAtOnce) continue;
          yield { type: 'rows', rows };
          rows = [];
        }
        rows.push(inspectRow(row));
        next = row.row + 1;
      }
      if (rows.length > 0) yield { type: 'rows', rows };
      if ((batch.at(-1)?.row ?? 0) > maxRows) break;
    }
  }
}

function inspectRow({ text, stored }: SheetRow): InspectedCell[] {
  return text.map((shown, column) => {
    const value = stored?.[column];
    if (value) return { text: shown, value: value.value, type: value.type };
    if (shown === '') return { text: '', value: null, type: 'blank' };
    return { text: shown, value: shown, type: 'text' };
  });
}
