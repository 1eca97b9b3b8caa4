/** A form of a pack that came back: known by the heading of its signs, whatever the sheet is called. */
import type { SheetGuess } from '../../../../shared/contract/schemas.ts';
import { formKinds } from '../../../../shared/intake/formKinds.ts';
import type { Field, Kind } from '../../../../shared/intake/kinds.ts';
import { isForm } from '../../../../shared/intake/kinds.ts';
import { packSheet, signHeading } from '../../../../shared/packs/forms.ts';
import type { SheetRow } from '../readers/types.ts';
import { normaliseHeading } from './headings.ts';

const packSheetWords =
  'Another sheet of the pack that came back: what a workspace printed is not read as intelligence.';

const searchRows = 60;
const signWords = normaliseHeading(signHeading);

export interface FoundForm {
  kind: Kind;
  headerRow: number;
  headings: string[];
  /** Field of each column, null for columns that somebody added. */
  columns: (Field | null)[];
}

/** The form that these first rows of a sheet begin, or null. */
export function findForm(rows: readonly SheetRow[]): FoundForm | null {
  for (const row of rows.slice(0, searchRows)) {
    const words = row.text.map(normaliseHeading);
    if (!words.includes(signWords)) continue;
    const [best] = Object.values(formKinds)
      .map((kind) => ({ kind, columns: columnsOf(kind, words) }))
      .sort((one, other) => countOf(other.columns) - countOf(one.columns));
    if (!best || countOf(best.columns) < 2) continue;
    const headings = row.text.map((heading) => heading.replace(/\s+/g, ' ').trim());
    return { ...best, headerRow: row.row, headings };
  }
  return null;
}

/** The first column of each heading; a heading that stands twice is somebody's copy of the column. */
function columnsOf(kind: Kind, words: readonly string[]): (Field | null)[] {
  return words.map((heading, column) =>
    heading === '' || words.indexOf(heading) < column
      ? null
      : (kind.fields.find((field) => field.headings.includes(heading)) ?? null),
  );
}

const countOf = (columns: readonly (Field | null)[]) => columns.filter((field) => field !== null).length;

/**
 * The guesses of a file in which a form came back: its other sheets are what the pack printed, and are not read as
 * new intelligence.
 */
export function leaveOutPack(guesses: readonly SheetGuess[]): SheetGuess[] {
  if (!guesses.some((guess) => isForm(guess.kind))) return [...guesses];
  return guesses.map((guess) =>
    isForm(guess.kind)
      ? guess
      : {
          ...guess,
          kind: null,
          confidence: 0,
          dateOrderReason: null,
          reasons: [],
          notes: [...guess.notes, { code: packSheet, message: packSheetWords }],
          columns: guess.columns.map((column) => ({ ...column, field: null })),
        },
  );
}
