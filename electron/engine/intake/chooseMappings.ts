/** How the sheets of a file are read: as the user said, or as guessed. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { SheetMapping, TableArea } from '../../../shared/contract/schemas.ts';
import { findField, isForm, kinds } from '../../../shared/intake/kinds.ts';
import { guessRows } from './guess.ts';
import { guessFile, proposedMapping, readHead } from './inspect.ts';
import type { FileToImport } from './job.ts';
import type { OpenedFile, SheetReader } from './readers/types.ts';

/** The user's mappings, or the guesses; a mapping that does not fit the file is refused in words. */
export async function chooseMappings(
  file: FileToImport,
  opened: OpenedFile,
  signal: AbortSignal | undefined,
): Promise<SheetMapping[]> {
  if (file.sheets) {
    for (const mapping of file.sheets) await checkFit(file.name, opened, mapping, signal);
    checkApart(file.name, file.sheets);
    const left = opened.sheets.filter(
      (sheet) => !file.sheets?.some((mapping) => mapping.sheet === sheet.name),
    );
    return [
      ...file.sheets,
      ...gapsBetween(file.sheets),
      ...left.map((sheet) => ({ sheet: sheet.name, kind: null, headerRow: 0, columns: [] })),
    ];
  }
  if (file.sheet !== undefined && !opened.sheets.some((sheet) => sheet.name === file.sheet)) {
    throw new AppError(
      'sheet.missing',
      `${file.name} has no sheet "${file.sheet}". Its sheets: ${opened.sheets.map((sheet) => sheet.name).join(', ')}.`,
    );
  }
  const guesses = await guessFile(opened, file.name, file.kind, signal);
  const mappings = guesses.map((guess) => ({
    ...proposedMapping(guess),
    ...(file.sheet !== undefined && guess.sheet !== file.sheet ? { kind: null } : {}),
    ...(file.dateOrder ? { dateOrder: file.dateOrder } : {}),
    ...(file.conflicts && isForm(guess.kind) ? { conflicts: file.conflicts } : {}),
  }));
  if (!mappings.some((mapping) => mapping.kind !== null)) {
    throw new AppError(
      'mapping.misfit',
      file.kind
        ? `No sheet of ${file.name} has a heading that ${kinds[file.kind].title} are known by. Map its columns in the window, or with a mapping file.`
        : `No sheet of ${file.name} looks like a kind that can be imported. Name the kind (for instance --kind person) or map the columns in the window.`,
    );
  }
  return mappings;
}

const wholeSheet: TableArea = { firstRow: 1, lastRow: null, firstColumn: 0, lastColumn: null };

/** No cell may be read by two mappings: its row would be counted, and filed, twice. */
function checkApart(fileName: string, mappings: readonly SheetMapping[]): void {
  mappings.forEach((mapping, index) => {
    const a = mapping.table ?? wholeSheet;
    for (const other of mappings.slice(0, index)) {
      const b = other.table ?? wholeSheet;
      if (other.sheet !== mapping.sheet || !meet(a, b)) continue;
      throw new AppError(
        'mapping.misfit',
        `Two tables of sheet "${mapping.sheet}" of ${fileName} share cells. Give each its own rows or columns.`,
      );
    }
  });
}

function meet(a: TableArea, b: TableArea): boolean {
  const isApart = (aFirst: number, aLast: number | null, bFirst: number, bLast: number | null) =>
    aFirst > (bLast ?? Infinity) || bFirst > (aLast ?? Infinity);
  return (
    !isApart(a.firstRow, a.lastRow, b.firstRow, b.lastRow) &&
    !isApart(a.firstColumn, a.lastColumn, b.firstColumn, b.lastColumn)
  );
}

/** Rows of a sheet that no table of it has are left out, but counted. */
function gapsBetween(mappings: readonly SheetMapping[]): SheetMapping[] {
  return [...new Set(mappings.map((mapping) => mapping.sheet))].flatMap((sheet) => {
    const tables = mappings
      .flatMap((mapping) => (mapping.sheet === sheet ? [mapping.table ?? wholeSheet] : []))
      .sort((a, b) => a.firstRow - b.firstRow);
    const gaps: SheetMapping[] = [];
    let next: number | null = 1;
    for (const { firstRow, lastRow } of tables) {
      if (next === null) break;
      if (firstRow > next) gaps.push(leftOut(sheet, next, firstRow - 1));
      next = lastRow === null ? null : Math.max(next, lastRow + 1);
    }
    if (next !== null) gaps.push(leftOut(sheet, next, null));
    return gaps;
  });
}

const leftOut = (sheet: string, firstRow: number, lastRow: number | null): SheetMapping => ({
  sheet,
  kind: null,
  headerRow: 0,
  columns: [],
  table: { ...wholeSheet, firstRow, lastRow },
});

/** The sheet that a mapping is for. @throws AppError `mapping.misfit` when it does not fit. */
export async function checkFit(
  fileName: string,
  opened: OpenedFile,
  mapping: SheetMapping,
  signal: AbortSignal | undefined,
): Promise<SheetReader> {
  const sheet = opened.sheets.find((each) => each.name === mapping.sheet);
  if (!sheet)
    throw new AppError(
      'mapping.misfit',
      `The mapping is for a sheet "${mapping.sheet}", which ${fileName} does not have.`,
    );
  if (mapping.kind === null) return sheet;
  const kind = kinds[mapping.kind];
  for (const field of mapping.columns) {
    if (field !== null && !findField(kind, field)) {
      throw new AppError(
        'mapping.misfit',
        `The mapping names a field "${field}", which ${kind.title} do not have.`,
      );
    }
  }
  const { table } = mapping;
  if (table && (mapping.headerRow < table.firstRow || mapping.headerRow > (table.lastRow ?? Infinity))) {
    throw new AppError(
      'mapping.misfit',
      `The heading of a table of sheet "${mapping.sheet}" stands in row ${mapping.headerRow}, outside the table.`,
    );
  }
  const head = await readHead(sheet, guessRows + (table ? mapping.headerRow : 0), signal);
  const width = Math.max(0, ...head.rows.map((row) => row.text.length));
  const beyond = mapping.columns.findIndex((field, index) => field !== null && index >= width);
  if (beyond >= 0) {
    throw new AppError(
      'mapping.misfit',
      `The mapping expects at least ${beyond + 1} columns; sheet "${mapping.sheet}" of ${fileName} has ${width}.`,
    );
  }
  return sheet;
}
