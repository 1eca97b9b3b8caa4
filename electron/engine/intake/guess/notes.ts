/** What a person should know about a sheet before it is read. Hidden rows, columns and sheets are read like others. */
import type { z } from 'zod';
import type { SheetNote } from '../../../../shared/contract/schemas.ts';
import type { SheetReader, SheetRow } from '../readers/types.ts';
import { columnLetter, normaliseHeading } from './headings.ts';

type Note = z.infer<typeof SheetNote>;

/** 'rows 3, 5 to 7 and others' from numbers in order. */
function listRuns(numbers: readonly number[], show: (value: number) => string): string {
  const runs: [number, number][] = [];
  for (const value of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === value - 1) last[1] = value;
    else runs.push([value, value]);
  }
  const shown = runs
    .slice(0, 8)
    .map(([first, last]) => (first === last ? show(first) : `${show(first)} to ${show(last)}`));
  return runs.length > 8 ? `${shown.join(', ')} and others` : shown.join(', ');
}

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

/** Notes on what the sheet hides, as far as the rows that were looked at. */
export function hiddenNotes(sheet: SheetReader, rows: readonly SheetRow[], complete: boolean): Note[] {
  const notes: Note[] = [];
  if (sheet.visibility !== 'visible') {
    notes.push({
      code: 'sheet.hidden',
      message: 'The workbook hides this sheet. It is read like the others.',
    });
  }
  const hidden = rows.flatMap((row) => (row.hidden ? [row.row] : []));
  if (hidden.length > 0) {
    const least = complete ? '' : ' at least';
    notes.push({
      code: 'rows.hidden',
      message: `The sheet hides${least} ${count(hidden.length, 'row', 'rows')} (${listRuns(hidden, String)}). Hidden rows are read like the others.`,
    });
  }
  const width = Math.max(0, ...rows.map((row) => row.text.length));
  const columns = (sheet.hiddenColumns?.() ?? []).flatMap(({ first, last }) =>
    Array.from({ length: Math.max(0, Math.min(last, width - 1) - first + 1) }, (_, index) => first + index),
  );
  if (columns.length > 0) {
    columns.sort((a, b) => a - b);
    notes.push({
      code: 'columns.hidden',
      message: `The sheet hides ${count(columns.length, 'column', 'columns')} (${listRuns(columns, columnLetter)}). Hidden columns are read like the others.`,
    });
  }
  return notes;
}

/** A card or a sheet that is turned: headings down the first column, a thing in each further column. */
export function turnedNote(rows: readonly SheetRow[], isKnown: (heading: string) => boolean): Note | null {
  const filled = rows.filter((row) => row.text.some((cell) => cell.trim() !== '')).slice(0, 40);
  const labels = filled.filter((row) => isKnown(normaliseHeading((row.text[0] ?? '').replace(/:\s*$/, ''))));
  if (labels.length < 3 || labels.length * 2 < filled.length) return null;
  const across = (filled[0]?.text ?? []).slice(1).filter((cell) => isKnown(normaliseHeading(cell)));
  if (across.length > 1) return null;
  const cells = labels.map((row) => (row.text[0] ?? '').trim()).slice(0, 4);
  return {
    code: 'layout.turned',
    message: `The headings stand in the first column (${cells.join(', ')}). Such a sheet is not read: swap its rows and columns in a spreadsheet program (copy, paste special, transpose) and add it again.`,
  };
}
