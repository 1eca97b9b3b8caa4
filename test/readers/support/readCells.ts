import { bufferSource } from '../../../electron/engine/intake/readers/byteSource.ts';
import { inspectCells } from '../../../electron/engine/intake/readers/inspectCells.ts';
import {
  type OpenOptions,
  openSpreadsheet,
} from '../../../electron/engine/intake/readers/openSpreadsheet.ts';
import type { FileNote, OpenedFile, SheetRow } from '../../../electron/engine/intake/readers/types.ts';
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

export interface InspectedSheet {
  name: string;
  hidden: boolean;
  rows: { text: string; value: unknown; type: string }[][];
}

/** Every sheet with every cell, as `inspect --cells` prints them. */
export async function collectCells(opened: OpenedFile): Promise<InspectedSheet[]> {
  const sheets: InspectedSheet[] = [];
  for await (const part of inspectCells(opened)) {
    if (part.type === 'sheet') sheets.push({ name: part.name, hidden: part.hidden, rows: [] });
    else sheets.at(-1)?.rows.push(...part.rows);
  }
  return sheets;
}

/** The first sheet as `text|value|type`, blanks as an empty string. */
export async function readInspected(bytes: Buffer, options: OpenOptions = {}): Promise<string[][]> {
  const opened = await openSpreadsheet(bufferSource('test.xlsx', bytes), options);
  const sheets = await collectCells(opened);
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
