import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatValue } from '../../renderer/grid/format.ts';
import { readEdit } from '../../renderer/grid/readEdit.ts';
import { readDate, readDateTime } from '../../renderer/ui/dates.ts';
import { formatDate, formatDateTime } from '../../shared/domain/dates.ts';
import { findColumn, grids } from '../../shared/grid/grids.ts';
import type { Column, GridName } from '../../shared/grid/types.ts';
import { codeLists } from '../../shared/reference/codeLists.ts';

function columnOf(grid: GridName, field: string): Column {
  const column = findColumn(grids[grid], field);
  if (!column) throw new Error(`no column ${field}`);
  return column;
}

describe('typed dates', () => {
  test.each([
    ['3/12/2026', '2026-12-03'],
    ['03.12.26', '2026-12-03'],
    ['3-12-2026', '2026-12-03'],
    ['2026-12-03', '2026-12-03'],
    ['29/02/2028', '2028-02-29'],
  ])('%s is read day first', (typed, iso) => expect(readDate(typed)).toBe(iso));

  test.each([
    '29/02/2027',
    '31/04/2026',
    '12/31/2026',
    '0/1/2026',
    '3/12',
    'tomorrow',
    '3/12/202',
    '1/1/1500',
  ])('%s is refused', (typed) => expect(readDate(typed)).toBeNull());

  test.each([
    ['3/12/2026 5:30', '2026-12-03T05:30:00'],
    ['3/12/2026 0530', '2026-12-03T05:30:00'],
    ['03/12/2026', '2026-12-03T00:00:00'],
    ['2026-12-03T05:30:09', '2026-12-03T05:30:09'],
  ])('%s is read as a moment', (typed, iso) => expect(readDateTime(typed)).toBe(iso));

  test.each(['3/12/2026 25:00', '3/12/2026 5:61', '5:30'])('%s is no moment', (typed) =>
    expect(readDateTime(typed)).toBeNull(),
  );

  test('what is shown can be typed again, for every day', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        expect(readDate(formatDate(iso))).toBe(iso);
        const moment = `${iso}T05:30:00`;
        expect(readDateTime(formatDateTime(moment))).toBe(moment);
      }),
    );
  });
});

describe('a typed cell', () => {
  test('blank is null, but not where a value is needed', () => {
    expect(readEdit(columnOf('warrants', 'expires'), '  ')).toEqual({ ok: true, value: null });
    expect(readEdit(columnOf('people', 'name'), ' ').ok).toBe(false);
  });

  test('a code is read by its label or its code, anything else is refused and kept', () => {
    const power = columnOf('warrants', 'power');
    for (const { code, label } of codeLists.power ?? []) {
      expect(formatValue(power, code)).toBe(label);
      expect(readEdit(power, label.toUpperCase())).toEqual({ ok: true, value: code });
      expect(readEdit(power, code)).toEqual({ ok: true, value: code });
    }
    const refused = readEdit(power, 'nonsense');
    expect(refused).toMatchObject({ ok: false, text: 'nonsense' });
  });

  test('a phone, a reference number and a postcode stay text, with their zeros', () => {
    expect(readEdit(columnOf('phones', 'number'), '07700 900123')).toEqual({
      ok: true,
      value: '07700 900123',
    });
    expect(readEdit(columnOf('people', 'localRef'), '00042')).toEqual({ ok: true, value: '00042' });
  });

  test('a number with thousands is a number, words are not', () => {
    expect(readEdit(columnOf('seizures', 'cash'), '1,250.50')).toEqual({ ok: true, value: 1250.5 });
    expect(readEdit(columnOf('seizures', 'cash'), 'lots').ok).toBe(false);
  });

  test('a reference cannot be typed freely', () => {
    expect(readEdit(columnOf('warrants', 'premises'), '14 Tenter Row').ok).toBe(false);
  });

  test('no text makes any column throw', () => {
    const columns = Object.values(grids).flatMap((grid) => [...grid.columns]);
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.string(), (column, text) => {
        const draft = readEdit(column, text);
        if (!draft.ok) expect(draft.text).toBe(text);
      }),
    );
  });
});
