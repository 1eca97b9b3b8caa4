import { CFB, utils, type WorkBook, write } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { type OpenOptions, openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import type { SheetReader, SheetRow } from '../../electron/engine/intake/readers/types.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { codeOfReading, collectCells, readAll } from './support/readCells.ts';
import { writeZip } from './support/writeZip.ts';

type Format = 'xlsx' | 'xls' | 'xlsb';

function makeWorkbook(date1904 = false): WorkBook {
  const sheet = utils.aoa_to_sheet([
    ['Name', 'Phone', 'Seen', 'At', 'Cost', 'Share', 'Certain'],
    ['Ada Fell', '07700900123', 45_658, 0.5, 12.5, 0.25, true],
    ['Zoë Ŵyn', 447_700_900_456, 45_700.75, 0.75, -3, 1, false],
    [],
    [' two  spaces ', 'line\nbreak', 1, null, 0, 1 / 3, null],
  ]);
  const formats = { C: 'dd/mm/yyyy', D: 'hh:mm', E: '"£"#,##0.00', F: '0.0%' };
  for (const [column, format] of Object.entries(formats)) {
    for (const row of [2, 3, 5]) if (sheet[`${column}${row}`]) sheet[`${column}${row}`].z = format;
  }
  sheet.C3.z = 'm/d/yy h:mm';
  sheet['!merges'] = [utils.decode_range('A7:B8')];
  const other = utils.aoa_to_sheet([['hidden']]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'People');
  utils.book_append_sheet(book, other, 'Aside');
  book.Workbook = { ...book.Workbook, Sheets: [{ Hidden: 0 }, { Hidden: 2 }], WBProps: { date1904 } };
  return book;
}

const bytesOf = (format: Format, book = makeWorkbook()): Buffer =>
  write(book, { type: 'buffer', bookType: format, compression: true }) as Buffer;

async function inspect(bytes: Buffer, options: OpenOptions = {}) {
  const opened = await openSpreadsheet(bufferSource('test', bytes), options);
  try {
    return await collectCells(opened);
  } finally {
    await opened.close();
  }
}

async function readRows(sheet: SheetReader | undefined): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of sheet?.rows() ?? []) rows.push(...batch);
  return rows;
}

/** Like reading to the end, but an abort or a limit may come at any time. */
async function codeOf(bytes: Buffer, options: OpenOptions): Promise<string> {
  return inspect(bytes, options).then(
    () => 'read',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
}

describe('workbooks of Excel 97 to 2003 and binary ones', () => {
  test.each(['xls', 'xlsb'] as const)(
    'an .%s holds what the .xlsx of the same workbook holds',
    async (format) => {
      for (const date1904 of [false, true]) {
        const expected = await inspect(bytesOf('xlsx', makeWorkbook(date1904)));
        expect(expected[0]?.rows[1]?.map((cell) => cell.type)).toEqual([
          'text',
          'text',
          'date',
          'time',
          'number',
          'number',
          'boolean',
        ]);
        const found = await inspect(bytesOf(format, makeWorkbook(date1904)));
        expect(found).toEqual(expected);
      }
    },
  );

  test.each(['xls', 'xlsb'] as const)('.%s: sheets out of sight and merges are known', async (format) => {
    const opened = await openSpreadsheet(bufferSource('test', bytesOf(format)));
    expect(opened.format).toBe(format);
    expect(opened.sheets.map((sheet) => sheet.visibility)).toEqual(['visible', 'very-hidden']);
    expect(opened.sheets[0]?.merges()).toEqual([{ firstRow: 7, lastRow: 8, firstColumn: 0, lastColumn: 1 }]);
    // Twice, and both sheets side by side.
    const rows = opened.sheets.map(async (sheet) => (await readRows(sheet)).length);
    expect(await Promise.all(rows)).toEqual([4, 1]);
    expect(await readRows(opened.sheets[0])).toHaveLength(4);
    await opened.close();
  });

  test('a long sheet comes in order and whole, in several batches', async () => {
    const book = utils.book_new();
    const rows = Array.from({ length: 5000 }, (_unused, index) => [`row ${index}`, index]);
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Long');
    const { sheets } = await readAll(bytesOf('xlsb', book));
    expect(sheets[0]?.rows.map((row) => row.text)).toEqual(
      rows.map(([text, number]) => [text, String(number)]),
    );
    expect(sheets[0]?.rows.map((row) => row.row)).toEqual(rows.map((_row, index) => index + 1));
  });

  test.each(['biff2', 'biff5'] as const)('older still: %s', async (bookType) => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Kez', 12.5, true], [], ['Ivy', -3]]), 'Sheet1');
    const bytes = write(book, { type: 'buffer', bookType }) as Buffer;
    const cells = (await inspect(bytes))[0]?.rows.map((row) => row.map((cell) => cell.value));
    expect(cells).toEqual([['Kez', 12.5, true], [], ['Ivy', -3]]);
    const cut = await codeOfReading(bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    expect(cut).toMatch(/^file\./);
  });

  test('the names within the container may be in capitals', async () => {
    const container = CFB.read(bytesOf('xls'), { type: 'buffer' });
    const entry = container.FileIndex.find((each: { name: string }) => each.name === 'Workbook');
    entry.name = 'WORKBOOK';
    container.FullPaths = container.FullPaths.map((path: string) => path.replace('Workbook', 'WORKBOOK'));
    const bytes = Buffer.from(CFB.write(container, { type: 'buffer' }));
    expect(bytes.includes(Buffer.from('WORKBOOK', 'utf16le'))).toBe(true);
    expect(await inspect(bytes)).toEqual(await inspect(bytesOf('xls')));
  });

  test('a file cut short is refused wherever the cut is', async () => {
    for (const format of ['xls', 'xlsb'] as const) {
      const whole = bytesOf(format);
      for (let part = 1; part < 8; part++) {
        const code = await codeOfReading(whole.subarray(0, Math.floor((whole.length * part) / 8)));
        expect(code).toMatch(/^file\./);
      }
    }
  });

  test('a sheet that ends early within a whole file is refused', async () => {
    const bytes = bytesOf('xls');
    // The last record of the last sheet: its end (EOF, no data) becomes a record that means nothing.
    const at = bytes.lastIndexOf(Buffer.from([0x0a, 0, 0, 0]));
    bytes.writeUInt16LE(0x00ee, at);
    expect(await codeOfReading(bytes)).toBe('file.damaged');
  });

  test('bytes gone bad are an error of the file or other cells, never anything else', {
    timeout: 240_000,
  }, async () => {
    const whole = { xls: bytesOf('xls'), xlsb: bytesOf('xlsb') };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<'xls' | 'xlsb'>('xls', 'xlsb'),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        async (format, changes) => {
          const bytes = Buffer.from(whole[format]);
          for (const [at, value] of changes) bytes[512 + (at % (bytes.length - 512))] = value;
          expect(await codeOfReading(bytes)).toMatch(/^(?:file\.|read )/);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('limits of what is read whole', () => {
  const book = utils.book_new();
  const rows = Array.from({ length: 20_000 }, (_unused, index) => [
    `a text of its own ${index}`,
    index,
    `${index} b`,
  ]);
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Long');
  const bytes = bytesOf('xlsb', book);

  test('too much memory ends the thread and not the engine', async () => {
    expect(await codeOf(bytes, { limits: { heapMebibytes: 12 } })).toBe('file.too-large');
    expect((await inspect(bytesOf('xls'))).length).toBe(2);
  });

  test('too much time ends it', async () => {
    expect(await codeOf(bytes, { limits: { seconds: 0.001 } })).toBe('file.hostile');
  });

  test('more inflated than allowed is refused before it is read', async () => {
    expect(await codeOf(bytes, { caps: { maxInflatedBytes: 100_000 } })).toBe('file.hostile');
  });

  test('more rows or sheets than allowed', async () => {
    expect(await codeOf(bytes, { caps: { maxRows: 19_999 } })).toBe('file.too-many-rows');
    expect(await codeOf(bytesOf('xls'), { caps: { maxSheets: 1 } })).toBe('file.too-many-sheets');
  });

  test('an abort stops opening and reading', async () => {
    expect(await codeOf(bytes, { signal: AbortSignal.abort() })).toBe('cancelled');
    const opened = await openSpreadsheet(bufferSource('test', bytes));
    const aborting = new AbortController();
    const reading = async () => {
      for await (const _rows of opened.sheets[0]?.rows(aborting.signal) ?? []) aborting.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'cancelled' });
    await opened.close();
  });

  test('after closing nothing is read', async () => {
    const opened = await openSpreadsheet(bufferSource('test', bytes));
    await opened.close();
    await expect(readRows(opened.sheets[0])).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('an archive that lies about its parts is refused as an .xlsx would be', async () => {
    const lying = writeZip([
      { name: 'xl/workbook.bin', data: 'x'.repeat(1000), claims: { crc: 1 } },
      { name: '_rels/.rels', data: '<x/>' },
    ]);
    expect(await codeOfReading(lying)).toBe('file.damaged');
  });
});
