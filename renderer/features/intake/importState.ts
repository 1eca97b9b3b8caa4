import type {
  ImportFile,
  ImportKind,
  InspectedFile,
  SheetGuess,
  SheetMapping,
} from '../../../shared/contract/schemas.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { isForm, kinds } from '../../../shared/intake/kinds.ts';
import { packSheet } from '../../../shared/packs/forms.ts';
import type { Granted } from '../../app/native.ts';

/** One chosen file: being looked into, refused, or looked into with the user's choices per sheet or table. */
export interface ChosenFile extends Granted {
  inspected: InspectedFile | null;
  error: string | null;
  /** The file opens with a password of its own, and none or a wrong one was given. */
  locked: boolean;
  /** Password of a protected workbook: held while the import is open, and nowhere else. */
  password: string | null;
  /** In the order of `inspected.sheets`: one for each sheet, or for each table of a sheet. */
  sheets: SheetMapping[];
}

/** A file of a folder or an archive that cannot be imported, and why. */
export interface RefusedFile {
  name: string;
  message: string;
}

/** The mapping that a guess stands for: what is imported when nobody changes anything. */
export function mappingOf(guess: SheetGuess): SheetMapping {
  const width = guess.columns.reduce((most, column) => Math.max(most, column.index + 1), 0);
  const columns: (string | null)[] = Array.from({ length: width }, () => null);
  for (const column of guess.columns) columns[column.index] = column.field;
  return {
    sheet: guess.sheet,
    ...(guess.table ? { table: guess.table } : {}),
    kind: guess.kind,
    ...(guess.layout === 'matrix' ? { layout: guess.layout } : {}),
    headerRow: guess.headerRow,
    ...(guess.headerRows > 1 ? { headerRows: guess.headerRows } : {}),
    columns,
    // No order of dates: each column decides for itself until somebody chooses one for the whole sheet.
    ...(guess.timeZone ? { timeZone: guess.timeZone } : {}),
    ...(guess.sameWhile ? { sameWhile: guess.sameWhile } : {}),
  };
}

/** True when the dates of the sheet could be read in two ways and nobody has said which. */
export function asksDateOrder(guess: SheetGuess, mapping: SheetMapping): boolean {
  return mapping.kind !== null && guess.dateOrderReason === 'ambiguous' && !mapping.dateOrder;
}

/** Why a person should look at a sheet before it is imported, in a few words; null when nothing asks for it. */
export function whyLook(guess: SheetGuess, mapping: SheetMapping): string | null {
  if (asksDateOrder(guess, mapping)) return 'order of dates';
  if (guess.earlier.length > 0 && mapping.kind !== null && !mapping.refresh) return 'later issue?';
  if (mapping.kind === null) {
    if (guess.notes.some(({ code }) => code === packSheet)) return null;
    return guess.kind === null && guess.rowsSeen > 1 ? 'not recognised' : null;
  }
  if (guess.dateOrderReason === 'mixed' && !mapping.dateOrder) return 'mixed dates';
  if (guess.kind === mapping.kind && guess.confidence < 0.6) return 'unsure';
  return null;
}

/** The first file before this one with the same bytes, or undefined. */
export function findTwin(files: readonly ChosenFile[], file: ChosenFile): ChosenFile | undefined {
  const hash = file.inspected?.sha256;
  if (hash === undefined) return undefined;
  const first = files.find(({ inspected }) => inspected?.sha256 === hash);
  return first?.grant === file.grant ? undefined : first;
}

/** Files as `imports.preview` and `imports.commit` take them. Refused files and second copies are left out. */
export function toImportFiles(files: readonly ChosenFile[]): ImportFile[] {
  return files
    .filter((file) => file.inspected !== null && findTwin(files, file) === undefined)
    .map(({ grant, sheets, password }) => ({ grant, sheets, ...(password ? { password } : {}) }));
}

/** Changes one sheet (by its place) of one file; the same list otherwise. */
export function changeSheet(
  files: readonly ChosenFile[],
  grant: string,
  place: number,
  change: (mapping: SheetMapping) => SheetMapping,
): ChosenFile[] {
  return files.map((file) =>
    file.grant === grant
      ? { ...file, sheets: file.sheets.map((entry, index) => (index === place ? change(entry) : entry)) }
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

/** The grid column that a field ends up in: how its values are shown. */
export function columnOf(kind: ImportKind, field: string): Column | undefined {
  const [prefix = '', rest] = field.split('.');
  const linked = rest === undefined ? undefined : kinds[kind].linked[prefix];
  return linked ? findColumn(grids[linked.grid], rest ?? '') : findColumn(grids[kinds[kind].grid], field);
}

function plainHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Fields of the columns by their headings alone, for a kind or a heading row that a person chose against the
 * guess. A field that takes one value is given once, to the first column.
 */
export function fieldsByHeading(kind: ImportKind, headings: readonly string[]): (string | null)[] {
  const given = new Set<string>();
  return headings.map((heading) => {
    const plain = plainHeading(heading);
    if (plain === '') return null;
    const field = kinds[kind].fields.find(
      (entry) => entry.headings.includes(plain) && (entry.many !== undefined || !given.has(entry.field)),
    );
    if (!field) return null;
    given.add(field.field);
    return field.field;
  });
}

/** Headings of the columns in the heading row that is chosen now; lines of one heading are joined. */
export function headingsOf(guess: SheetGuess, mapping: SheetMapping): string[] {
  if (mapping.headerRow === guess.headerRow && (mapping.headerRows ?? 1) === guess.headerRows) {
    const guessed = guess.columns.map(() => '');
    for (const { index, header } of guess.columns) guessed[index] = header;
    return Array.from({ length: mapping.columns.length }, (_, index) => guessed[index] ?? '');
  }
  const lines = guess.sample.filter(
    ({ row }) => row > mapping.headerRow - (mapping.headerRows ?? 1) && row <= mapping.headerRow,
  );
  return Array.from({ length: mapping.columns.length }, (_, index) =>
    lines
      .map(({ cells }) => cells[index] ?? '')
      .filter((text) => text !== '')
      .join(' '),
  );
}

/** The mapping with another kind: the guess's fields where that was its kind, else fields by their headings. */
export function withKind(guess: SheetGuess, mapping: SheetMapping, kind: ImportKind | null): SheetMapping {
  const { refresh: _, conflicts, ...others } = mapping;
  const rest = isForm(kind) && conflicts ? { ...others, conflicts } : others;
  if (kind === null || kind === mapping.kind) return { ...rest, kind };
  const guessed = kind === guess.kind && mapping.headerRow === guess.headerRow;
  const columns = guessed ? mappingOf(guess).columns : fieldsByHeading(kind, headingsOf(guess, mapping));
  return { ...rest, kind, columns };
}

/** The mapping with another heading row; columns are taken from the headings there. */
export function withHeading(
  guess: SheetGuess,
  mapping: SheetMapping,
  headerRow: number,
  headerRows: number,
): SheetMapping {
  const { headerRows: _, refresh: __, ...rest } = mapping;
  const moved: SheetMapping = { ...rest, headerRow, ...(headerRows > 1 ? { headerRows } : {}) };
  if (mapping.kind === null) return moved;
  const back =
    headerRow === guess.headerRow && headerRows === guess.headerRows && mapping.kind === guess.kind;
  return {
    ...moved,
    columns: back ? mappingOf(guess).columns : fieldsByHeading(mapping.kind, headingsOf(guess, moved)),
  };
}

/** `A` for 0, `AA` for 26. */
export function columnLetter(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** `A12:F40` for a table of a sheet, or its rows alone where it spans every column. */
export function describeArea(table: NonNullable<SheetGuess['table']>): string {
  if (table.firstColumn === 0 && table.lastColumn === null) {
    return table.lastRow === null
      ? `from row ${table.firstRow}`
      : `rows ${table.firstRow} to ${table.lastRow}`;
  }
  const first = columnLetter(table.firstColumn);
  const last = table.lastColumn === null ? '' : columnLetter(table.lastColumn);
  return table.lastRow === null
    ? `${first}${table.firstRow} down${last ? ` to column ${last}` : ''}`
    : `${first}${table.firstRow}:${last}${table.lastRow}`;
}
