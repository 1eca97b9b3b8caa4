/** Several columns that feed one field: joined, or the first kept and the other told; never overwritten unseen. */
import { describe, expect, test } from 'vitest';
import type { TracedCell } from '../../electron/engine/intake/reading.ts';
import { rowReader } from '../../electron/engine/intake/readRow.ts';
import type { ImportKind } from '../../shared/contract/schemas.ts';
import { originColumns } from '../../shared/intake/kinds.ts';

function read(kind: ImportKind, mapping: (string | null)[], text: string[], stored?: number[]) {
  const cells = new Map<number, TracedCell>();
  const reader = rowReader(
    {
      mapping: { sheet: 'S', kind, headerRow: 1, columns: mapping },
      headings: mapping.map((_, index) => `Column ${index + 1}`),
      orders: new Map(),
      thisYear: 2026,
    },
    (column, cell) => cells.set(column, cell),
  );
  const reading = reader({
    row: 2,
    text,
    ...(stored ? { stored: stored.map((value) => ({ type: 'number' as const, value })) } : {}),
  });
  const own = reading.records.find((draft) => draft.prefix === '');
  return { reading, cells, fields: own?.fields ?? {} };
}

describe('several columns of one field', () => {
  test('day, month and year become a date, each column of which knows it', () => {
    const { fields, cells } = read(
      'person',
      ['name', 'dob', 'dob', 'dob'],
      ['Jo SMITHSON', '3', '4', '1998'],
    );
    expect(fields.dob).toBe('1998-04-03');
    expect([1, 2, 3].map((column) => cells.get(column)?.value)).toEqual(Array(3).fill('1998-04-03'));
  });

  test('a day, month and year that the sheet stores as numbers are parts too', () => {
    const { fields } = read(
      'person',
      ['dob', 'dob', 'dob', 'localRef'],
      ['3', '4', '1998', '7'],
      [3, 4, 1998, 7],
    );
    expect(fields.dob).toBe('1998-04-03');
  });

  test('two whole dates that differ: the first is kept, the other is listed with its text', () => {
    const { fields, reading, cells } = read(
      'person',
      ['name', 'dob', 'dob'],
      ['Jo SMITHSON', '03/04/1998', '13/04/1998'],
    );
    expect(fields.dob).toBe('1998-04-03');
    expect(reading.issues).toMatchObject([
      { code: 'field.second-value', raw: '13/04/1998', column: 'Column 3', outcome: 'kept' },
    ]);
    expect(cells.get(2)?.flag?.code).toBe('field.second-value');
  });

  test('the same identifier twice is no disagreement', () => {
    const { fields, reading } = read(
      'person',
      ['name', 'croNumber', 'croNumber'],
      ['Jo SMITHSON', '1234/98A', ' 1234/98A '],
    );
    expect(fields.croNumber).toBeDefined();
    expect(reading.issues.filter((issue) => issue.code === 'field.second-value')).toEqual([]);
  });

  test('halves of a postcode, a name and a grade are joined before they are read', () => {
    expect(
      read('premises', ['address', 'postcode', 'postcode'], ['1 Mill Lane', 'CA1', '1AA']).fields.postcode,
    ).toBe('CA1 1AA');
    expect(read('person', ['name', 'name'], ['Jo', 'SMITHSON']).fields.name).toBe('Jo Smithson');
    expect(
      read('intelligence', ['text', 'grade', 'grade', 'grade'], ['Seen.', '2', 'C', 'P']).fields.grade,
    ).toBe('2CP');
  });

  test('texts stand in the order of the columns, and a blank one adds nothing', () => {
    const { fields } = read(
      'person',
      ['name', 'status', 'status', 'status'],
      ['Jo SMITHSON', 'wanted', '', 'bail'],
    );
    expect(fields.status).toBe('wanted bail');
  });

  test('provenance names every column', () => {
    expect(originColumns('', 'dob', ['name', 'dob', 'dob', 'dob'])).toEqual([1, 2, 3]);
  });
});
