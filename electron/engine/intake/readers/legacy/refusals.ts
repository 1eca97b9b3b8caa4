import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ReaderCaps } from '../types.ts';

/** The error for a cell that is longer than any program writes. */
export function refuseCell(fileName: string, row: number, caps: ReaderCaps): AppError {
  return new AppError(
    'file.hostile',
    `“${fileName}” was refused: row ${row} of a sheet holds a cell of more than ${caps.maxCellCharacters} characters, far beyond what Excel allows.`,
    { file: fileName, row },
  );
}

/** The error for a sheet with more rows than are read. */
export function refuseRows(fileName: string, caps: ReaderCaps): AppError {
  return new AppError(
    'file.too-many-rows',
    `A sheet of “${fileName}” has more than ${caps.maxRows} rows. Split it into smaller files and import each.`,
    { file: fileName, maxRows: caps.maxRows },
  );
}
