import type {
  ImportKind,
  InspectedFile,
  SheetGuess,
  SheetMapping,
} from '../../../shared/contract/schemas.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { kinds } from '../../../shared/intake/kinds.ts';
import type { Granted } from '../../app/native.ts';

/** One chosen file: being looked into, refused, or looked into with the user's choices per sheet. */
export interface ChosenFile extends Granted {
  inspected: InspectedFile | null;
  error: string | null;
  /** The file opens with a password of its own, and none or a wrong one was given. */
  locked: boolean;
  /** Password of a protected workbook: held while the import is open, and nowhere else. */
  password: string | null;
  sheets: SheetMapping[];
}

/** The mapping that a guess stands for: what is imported when nobody changes anything. */
export function mappingOf(guess: SheetGuess): SheetMapping {
  const width = guess.columns.reduce((most, column) => Math.max(most, column.index + 1), 0);
  const columns: (string | null)[] = Array.from({ length: width }, () => null);
  for (const column of guess.columns) columns[column.index] = column.field;
  return {
    sheet: guess.sheet,
    kind: guess.kind,
    headerRow: guess.headerRow,
    ...(guess.headerRows > 1 ? { headerRows: guess.headerRows } : {}),
    columns,
    // No order of dates: each column decides for itself until somebody chooses one for the whole sheet.
  };
}

/** True when the dates of the sheet could be read in two ways and nobody has said which. */
export function asksDateOrder(guess: SheetGuess, mapping: SheetMapping): boolean {
  return mapping.kind !== null && guess.dateOrderReason === 'ambiguous' && !mapping.dateOrder;
}

/** True for a sheet whose guess a person should look at before it is imported. */
export function needsLook(guess: SheetGuess): boolean {
  if (guess.kind === null) return false;
  return guess.confidence < 0.6 || guess.dateOrderReason === 'mixed' || guess.dateOrderReason === 'ambiguous';
}

/** Files as `imports.preview` and `imports.commit` take them. Refused files are left out. */
export function toImportFiles(
  files: readonly ChosenFile[],
): { grant: string; sheets: SheetMapping[]; password?: string }[] {
  return files
    .filter(({ inspected }) => inspected !== null)
    .map(({ grant, sheets, password }) => ({ grant, sheets, ...(password ? { password } : {}) }));
}

/** Changes one sheet of one file; the same list otherwise. */
export function changeSheet(
  files: readonly ChosenFile[],
  grant: string,
  sheet: string,
  change: (mapping: SheetMapping) => SheetMapping,
): ChosenFile[] {
  return files.map((file) =>
    file.grant === grant
      ? { ...file, sheets: file.sheets.map((entry) => (entry.sheet === sheet ? change(entry) : entry)) }
      : file,
  );
}

/** Fields that a column of a sheet of this kind may be read as. */
export function fieldChoices(kind: ImportKind): { field: string; title: string }[] {
  return kinds[kind].fields.map(({ field, title }) => {
    const other = kinds[kind].linked[field.split('.')[0] ?? ''];
    return { field, title: other ? `${title} (${grids[other.grid].noun})` : title };
  });
}
