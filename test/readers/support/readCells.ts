import { bufferSource } from '../../../electron/engine/intake/readers/byteSource.ts';
import { inspectCells } from '../../../electron/engine/intake/readers/inspectCells.ts';
import {
  type OpenOptions,
  openSpreadsheet,
} from '../../../electron/engine/intake/readers/openSpreadsheet.ts';
import type { FileNote, SheetRow } from '../../../electron/engine/intake/readers/types.ts';
import { AppError } from '../../../shared/contract/errors.ts';

export interface ReadSheet {
  name: string;
  rows: SheetRow[];
}

/** Every row of every sheet, and the notes once all is read. */
export async function readAll(
  bytes: Buffer | string,
  options: OpenOptions = {},
  name = 'test.xlsx',
): Promise<{ sheets: ReadSheet[]; notes: FileNote[] }> {
  const opened = await openSpreadsheet(bufferSource(name, Buffer.from(bytes)), options);
  const sheets: ReadSheet[] = [];
  for (const sheet of opened.sheets) {
    const rows: SheetRow[] = [];
    for await (const batch of sheet.rows()) rows.push(...batch);
    sheets.push({ name: sheet.name, rows });
  }
  await opened.close();
  return { sheets, notes: opened.notes };
}

/** The shown text of the first sheet. */
export async function readText(
  bytes: Buffer | string,
  options: OpenOptions = {},
  name = 'test.xlsx',
): Promise<string[][]> {
  const { sheets } = await readAll(bytes, options, name);
  return (sheets[0]?.rows ?? []).map((row) => row.text);
}

/** The first sheet as `text|value|type`, blanks as an empty string. */
export async function readInspected(bytes: Buffer, options: OpenOptions = {}): Promise<string[][]> {
  const opened = await openSpreadsheet(bufferSource('test.xlsx', bytes), options);
  const { sheets } = await inspectCells(opened);
  await opened.close();
  return (sheets[0]?.rows ?? []).map((row) =>
    row.map((cell) => (cell.type === 'blank' ? '' : `${cell.text}|${cell.value}|${cell.type}`)),
  );
}

/** The code of the error that reading everything ends with; the names of the sheets when it does not. */
export async function codeOfReading(
  bytes: Buffer | string,
  options: OpenOptions = {},
  name = 'test.xlsx',
): Promise<string> {
  try {
    const { sheets } = await readAll(bytes, options, name);
    return `read ${sheets.map((sheet) => sheet.name).join(', ')}`;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
