import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAll, readInspected } from './support/readCells.ts';
import { wrapSheet, writeWorkbook } from './support/writeWorkbook.ts';

type Written =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'date'; value: number }
  | { kind: 'blank' };

const letters = fc.constantFrom(
  'a',
  'Z',
  '0',
  ' ',
  '&',
  '<',
  '>',
  '"',
  "'",
  'é',
  '€',
  '😀',
  '\n',
  '_',
  'x',
  '\t',
  '東',
);
const text = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
const cell: fc.Arbitrary<Written> = fc.oneof(
  text.map((value) => ({ kind: 'text' as const, value })),
  fc
    .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map((value) => ({ kind: 'number' as const, value })),
  fc.boolean().map((value) => ({ kind: 'boolean' as const, value })),
  fc.integer({ min: 61, max: 80_000 }).map((value) => ({ kind: 'date' as const, value })),
  fc.constant({ kind: 'blank' as const }),
);
const table = fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

/** ISO date of a day number after February 1900. */
const isoOf = (serial: number) =>
  new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);

async function writeByExcelJs(rows: Written[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Sheet');
  rows.forEach((row, rowIndex) => {
    row.forEach((one, column) => {
      const target = sheet.getCell(rowIndex + 1, column + 1);
      if (one.kind === 'date') {
        target.value = new Date(`${isoOf(one.value)}T00:00:00Z`);
        target.numFmt = 'dd/mm/yyyy';
      } else if (one.kind !== 'blank') target.value = one.value;
    });
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

test('what exceljs writes reads back cell for cell', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const { sheets } = await readAll(await writeByExcelJs(rows));
      const read = new Map(sheets[0]?.rows.map((row) => [row.row, row]));
      rows.forEach((row, rowIndex) => {
        row.forEach((one, column) => {
          const got = read.get(rowIndex + 1);
          const shown = got?.text[column] ?? '';
          const stored = got?.stored?.[column];
          switch (one.kind) {
            case 'blank':
              expect(shown).toBe('');
              break;
            case 'text':
              expect(shown).toBe(one.value);
              expect(stored).toBeUndefined();
              break;
            case 'number':
              // A workbook has no negative zero.
              expect(stored).toEqual({ type: 'number', value: one.value === 0 ? 0 : one.value });
              break;
            case 'boolean':
              expect(stored).toEqual({ type: 'boolean', value: one.value });
              break;
            case 'date':
              expect(stored).toEqual({ type: 'date', value: isoOf(one.value) });
              expect(shown).toBe(isoOf(one.value).split('-').reverse().join('/'));
          }
        });
      });
    }),
    { numRuns: 100 },
  );
}, 60_000);

const piece = fc.constantFrom(
  '<c r="A1"><v>42</v></c>',
  '<c><v>0.1234567890123456</v></c>',
  '<c s="1"><v>45000.5</v></c>',
  '<c t="s"><v>1</v></c>',
  '<c t="s" ><v>0</v></c>',
  "<c t='str'><f>A1</f><v>£ é 😀</v></c>",
  '<c t="inlineStr"><is><r><t xml:space="preserve"> é&amp;</t></r><rPh><t>x</t></rPh><r><t>€</t></r></is></c>',
  '<c t="b"><v>1</v></c>',
  '<c t="e"><v>#REF!</v></c>',
  '<!-- <c><v>1</v></c> --><c/>',
  '<x:c xmlns:x="a>b"><x:v>7</x:v></x:c>',
  '<c t="inlineStr"><is><t><![CDATA[<row>]]></t></is></c>',
);
const strings =
  '<si><t>one 😀</t></si><si><r><t xml:space="preserve">two &lt; </t></r><r><t>three</t></r><rPh sb="0"><t>no</t></rPh></si>';

test('a sheet reads the same whole and in chunks of any size', async () => {
  const pieces = fc.array(fc.array(piece, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 64 }), async (rows, chunkBytes) => {
      const xml = rows
        .map((row, index) => `<row r="${index * 2 + 1}">${row.join('').replaceAll('r="A1"', '')}</row>`)
        .join('\n');
      const stored = [
        { name: 'xl/worksheets/sheet1.xml', data: wrapSheet(`<sheetData>${xml}</sheetData>`), stored: true },
        { name: 'xl/sharedStrings.xml', data: `<sst>${strings}</sst>`, stored: true },
      ];
      const bytes = writeWorkbook({ sheets: [{ name: 'S', xml: '' }], formatIds: [22], parts: stored });
      const whole = await readInspected(bytes);
      expect(await readInspected(bytes, { chunkBytes })).toEqual(whole);
      expect(whole.flat().length).toBeLessThanOrEqual(rows.flat().length);
    }),
    { numRuns: 100 },
  );
}, 60_000);
