/** How the sheets of a file are read: as the user said, or as guessed. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { SheetMapping } from '../../../shared/contract/schemas.ts';
import { findField, kinds } from '../../../shared/intake/kinds.ts';
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
    const left = opened.sheets.filter(
      (sheet) => !file.sheets?.some((mapping) => mapping.sheet === sheet.name),
    );
    return [
      ...file.sheets,
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
  }));
  if (!mappings.some((mapping) => mapping.kind !== null)) {
    throw new AppError(
      'mapping.misfit',
      `No sheet of ${file.name} looks like a kind that can be imported. Name the kind (for instance --kind person) or map the columns in the window.`,
    );
  }
  return mappings;
}

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
  const head = await readHead(sheet, guessRows, signal);
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
