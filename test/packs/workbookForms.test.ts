import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeXlsx } from '../../electron/engine/packs/xlsx/writeXlsx.ts';
import { widestSheet } from '../../shared/packs/columns.ts';
import { forms } from '../../shared/packs/forms.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { codeLists } from '../../shared/reference/codeLists.ts';
import { buildPackData } from './fixtures/buildPackData.ts';

let workbook: ExcelJS.Workbook;

beforeAll(async () => {
  const { data, photographs } = buildPackData({ targets: 3, warrants: 3, photographs: 0 });
  workbook = new ExcelJS.Workbook();
  const { bytes } = await writeXlsx(data, photographs);
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
});

function sheetOf(name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

function headingsOf(sheet: string): unknown[] {
  return (sheetOf(sheet).getRow(4).values as unknown[]).slice(1);
}

function cellOf(sheet: string, heading: string, row: number): ExcelJS.Cell {
  const place = headingsOf(sheet).indexOf(heading);
  if (place < 0) throw new Error(`no column ${heading} on ${sheet}`);
  return sheetOf(sheet)
    .getRow(row)
    .getCell(place + 1);
}

describe('the forms of a workbook', () => {
  it('have every column of the table, and what the plan knows as values of the right kind', () => {
    for (const form of Object.values(forms)) {
      expect(headingsOf(form.title)).toEqual(form.columns.map(({ heading }) => heading));
      const width = form.columns.reduce((sum, column) => sum + column.width, 0);
      expect(width, form.title).toBeLessThanOrEqual(widestSheet);
    }
    expect(cellOf('Results form', 'Form reference', 5).value).toBe('RF-WAR1-1C7K4M-K7QX-2M9D-H3T00');
    expect(cellOf('Results form', 'Entered', 5).value).toEqual(new Date('2026-11-26T05:31:00Z'));
    expect(cellOf('Results form', 'Method used', 5).value).toBe('Forced entry');
    expect(cellOf('Results form', 'Found what was sought', 5).value).toBe('Yes');
    expect(cellOf('Results form', 'Arrests', 5).value).toBe(2);
    expect(cellOf('Results form', 'Arrests', 6).value).toBeNull();
    expect(cellOf('Exhibits form', 'Weight (g)', 5).value).toBe(1.25);
    expect(workbook.getWorksheet('Exhibits form')?.rowCount).toBe(4 + 3 * 9);
  });

  it('check what is typed, also in rows that are added below, and explain themselves', () => {
    const list = cellOf('Results form', 'Method used', 6).dataValidation;
    expect(list).toMatchObject({ type: 'list', showInputMessage: true, showErrorMessage: true });
    expect(resolveList(String(list.formulae[0]))).toEqual(codeLists.entryMethod?.map(({ label }) => label));
    const category = cellOf('Exhibits form', 'Category', 200).dataValidation;
    expect(resolveList(String(category.formulae[0]))).toEqual(
      codeLists.seizureType?.map(({ label }) => label),
    );
    expect(resolveList(String(cellOf('Results form', 'Nobody in', 5).dataValidation.formulae[0]))).toEqual([
      'Yes',
      'No',
    ]);
    expect(cellOf('Results form', 'Entered', 6).dataValidation).toMatchObject({ type: 'date' });
    expect(cellOf('Results form', 'Arrests', 6).dataValidation).toMatchObject({
      type: 'whole',
      formulae: [0],
    });
    expect(cellOf('Exhibits form', 'Cash (GBP)', 6).dataValidation).toMatchObject({ type: 'decimal' });
    for (const sheet of workbook.worksheets) {
      sheet.eachRow((row) =>
        row.eachCell({ includeEmpty: true }, ({ dataValidation }) => {
          if (dataValidation === undefined) return;
          // Excel offers to repair a workbook with longer ones.
          expect(dataValidation.promptTitle?.length ?? 0).toBeLessThanOrEqual(32);
          expect(dataValidation.errorTitle?.length ?? 0).toBeLessThanOrEqual(32);
          expect(dataValidation.prompt?.length ?? 0).toBeLessThanOrEqual(255);
          expect(dataValidation.error?.length ?? 0).toBeLessThanOrEqual(225);
        }),
      );
    }
  });

  it('can be sorted: nothing is locked, and what a row is about refuses to be typed over', () => {
    for (const title of ['Results form', 'Exhibits form']) {
      const sheet = workbook.getWorksheet(title);
      expect((sheet as unknown as { sheetProtection?: unknown }).sheetProtection ?? null).toBeNull();
      for (const heading of ['Form reference', 'Warrant or premises', 'Address', 'Team']) {
        expect(cellOf(title, heading, 5).dataValidation).toMatchObject({
          type: 'custom',
          formulae: ['FALSE'],
          showErrorMessage: true,
        });
      }
    }
    expect(workbook.getWorksheet('Results form')?.autoFilter).toBe('A4:Q7');
  });

  it('keep their lists on a sheet that can be seen, and hide nothing', () => {
    expect(workbook.worksheets.every(({ state }) => state === 'visible')).toBe(true);
    const names = workbook.worksheets.map(({ name }) => name);
    expect(names.slice(-4)).toEqual(['Results form', 'Exhibits form', 'Lists', 'Source index']);
  });

  it('are named in the contents as nothing recorded when they have no rows', async () => {
    const { data, photographs } = buildPackData({ targets: 1, warrants: 0, photographs: 0 });
    const other = new ExcelJS.Workbook();
    const { bytes } = await writeXlsx({ ...data, spec: packSpecs.team }, photographs);
    await other.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    expect(other.worksheets.map(({ name }) => name)).not.toContain('Lists');
    const texts: string[] = [];
    other.getWorksheet('Contents')?.eachRow((row) => texts.push(row.getCell(2).text));
    expect(texts.at(-1)).toContain('Results form, Exhibits form');
  });
});

/** The entries that an address such as `'Lists'!$A$5:$A$7` names. */
function resolveList(address: string): unknown[] {
  const parts = /^'(.+)'!\$([A-Z]+)\$(\d+):\$\2\$(\d+)$/.exec(address);
  if (parts === null) throw new Error(`not an address: ${address}`);
  const sheet = workbook.getWorksheet(parts[1]);
  const [from, to] = [Number(parts[3]), Number(parts[4])];
  return Array.from(
    { length: to - from + 1 },
    (_unused, index) => sheet?.getCell(`${parts[2]}${from + index}`).value,
  );
}
