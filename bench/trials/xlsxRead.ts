import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInflateRaw } from 'node:zlib';
import { openFileSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import { listParts, wrapSheet } from '../../test/readers/support/writeWorkbook.ts';
import { writeZip } from '../../test/readers/support/writeZip.ts';
import type { Trial, TrialContext } from '../trial.ts';

interface Shape {
  rows: number;
  columns: number;
  distinctStrings: number;
}

const wide: Shape = { rows: 100_000, columns: 20, distinctStrings: 60_000 };
const long: Shape = { rows: 1_000_000, columns: 12, distinctStrings: 200_000 };
const sheetPart = 'xl/worksheets/sheet1.xml';

/** Reading 100,000 rows × 20 columns against inflating the sheet alone. */
export const xlsxReadWide: Trial = createTrial('XLSX reading, 100,000 × 20', wide);

/** Reading 1,000,000 rows × 12 columns against inflating the sheet alone. */
export const xlsxReadLong: Trial = createTrial('XLSX reading, 1,000,000 × 12', long);

function createTrial(name: string, shape: Shape): Trial {
  const sizeOf = ({ quick }: TrialContext): Shape =>
    quick ? { ...shape, rows: shape.rows / 100, distinctStrings: shape.distinctStrings / 100 } : shape;
  const fileOf = ({ folder }: TrialContext) => join(folder, 'bench.xlsx');
  return {
    name,
    budget: 4,
    note: 'CPU of reading every cell from the file over CPU of inflating the sheet part alone; peak memory under 300 MB',
    async prepare(context) {
      const workbook = generateWorkbook(sizeOf(context));
      writeFileSync(fileOf(context), workbook);
      return { 'file bytes': workbook.length };
    },
    async baseline(context) {
      return { 'sheet bytes': await inflateSheet(fileOf(context)) };
    },
    async subject(context) {
      const opened = await openSpreadsheet(await openFileSource(fileOf(context)));
      let rows = 0;
      for (const sheet of opened.sheets) {
        for await (const batch of sheet.rows()) rows += batch.length;
      }
      await opened.close();
      if (rows !== sizeOf(context).rows) throw new Error(`read ${rows} rows of another number`);
      return { rows };
    },
  };
}

/** Shared strings, phone numbers, whole and broken numbers, dates and times, as a call log has them. */
function generateWorkbook({ rows, columns, distinctStrings }: Shape): Buffer {
  const next = createGenerator(11);
  const strings: string[] = [];
  for (let index = 0; index < distinctStrings; index++) {
    strings.push(
      `<si><t>${index % 3 === 0 ? `07700 900${100 + (index % 900)} note ${index}` : `Entry ${index} of the log`}</t></si>`,
    );
  }
  const letters = Array.from({ length: columns }, (_unused, column) => String.fromCharCode(65 + column));
  const sheet: Buffer[] = [];
  let piece = '';
  for (let row = 1; row <= rows; row++) {
    piece += `<row r="${row}" spans="1:${columns}">`;
    for (let column = 0; column < columns; column++) {
      const reference = `${letters[column]}${row}`;
      const kind = column % 5;
      if (kind === 0) piece += `<c r="${reference}"><v>${next(10_000_000)}</v></c>`;
      else if (kind === 1) piece += `<c r="${reference}" t="s"><v>${next(distinctStrings)}</v></c>`;
      else if (kind === 2)
        piece += `<c r="${reference}" s="1"><v>${45_000 + next(1000) + next(86_400) / 86_400}</v></c>`;
      else if (kind === 3) piece += `<c r="${reference}" t="s"><v>${next(40)}</v></c>`;
      else piece += `<c r="${reference}"><v>${next(1000)}.${1 + next(9)}</v></c>`;
    }
    piece += '</row>';
    if (piece.length > 1_000_000) {
      sheet.push(Buffer.from(piece));
      piece = '';
    }
  }
  sheet.push(Buffer.from(piece));
  const [head = '', tail = ''] = wrapSheet('<row/>').split('<row/>');
  const parts = listParts({
    sheets: [{ name: 'Calls', xml: '' }],
    strings: strings.join(''),
    formatIds: [22],
  });
  return writeZip(
    parts.map((part) =>
      part.name === sheetPart
        ? { ...part, data: Buffer.concat([Buffer.from(head), ...sheet, Buffer.from(tail)]) }
        : part,
    ),
  );
}

/** Inflates the sheet's part and throws it away: the least that any reader can do. */
async function inflateSheet(file: string): Promise<number> {
  const head = readFileSync(file);
  const name = Buffer.from(sheetPart);
  const at = head.indexOf(name) - 30;
  const start = at + 30 + name.length;
  const end = start + head.readUInt32LE(at + 18) - 1;
  let bytes = 0;
  const inflater = createInflateRaw({ chunkSize: 256 * 1024 });
  createReadStream(file, { start, end, highWaterMark: 256 * 1024 }).pipe(inflater);
  for await (const chunk of inflater) bytes += (chunk as Buffer).length;
  return bytes;
}

function createGenerator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
}
