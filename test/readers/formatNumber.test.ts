import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrangeFormats, numberCell } from '../../electron/engine/intake/readers/xlsx/cellValues.ts';
import { roundDecimals } from '../../electron/engine/intake/readers/xlsx/decimalDigits.ts';
import {
  compileFormat,
  formatGeneral,
  formatNumber,
} from '../../electron/engine/intake/readers/xlsx/formatNumber.ts';
import { storeSerial } from '../../electron/engine/intake/readers/xlsx/serialDate.ts';
import { findCode } from '../../electron/engine/intake/readers/xlsx/styles.ts';

/** 15 March 2023, a Wednesday. */
const day = 45_000;
const noon = day + 0.5;
const clock = day + (13 * 3600 + 5 * 60 + 9) / 86_400;

describe('General', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [42, '42'],
    [-42.5, '-42.5'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.333333333'],
    [-1 / 3, '-0.333333333'],
    [100 / 3, '33.33333333'],
    [12345678.12345, '12345678.12'],
    [123456789.12345, '123456789.1'],
    [1234567890.12345, '1234567890'],
    [12345678901, '12345678901'],
    [99999999999, '99999999999'],
    [99999999999.9, '1E+11'],
    [100000000000, '1E+11'],
    [447700900123, '4.47701E+11'],
    [7700900123, '7700900123'],
    [1234567890123456, '1.23457E+15'],
    [0.0001234567, '0.000123457'],
    [0.00001, '0.00001'],
    [0.000010000000000166668, '0.00001'],
    [0.00009999999999999588, '0.0001'],
    [0.0000100004, '1.00004E-05'],
    [1e-9, '0.000000001'],
    [0.00001234567, '1.23457E-05'],
    [1e-10, '1E-10'],
    [1.5e300, '1.5E+300'],
  ])('%d shows as %s', (value, shown) => {
    expect(formatGeneral(value)).toBe(shown);
    expect(formatNumber(value, 'General').text).toBe(shown);
  });
});

test('General rounds in decimal, by either of its two ways', () => {
  const byDigits = (value: number) => {
    const wholeDigits = Math.max(1, Math.floor(Math.log10(value)) + 1);
    const { whole, fraction } = roundDecimals(value, 10 - wholeDigits);
    return `${whole || '0'}.${fraction}`.replace(/\.?0+$/, '');
  };
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 999_999_999, noNaN: true }),
      fc.integer({ min: 0, max: 12 }),
      (value, places) => {
        for (const one of [value, Number(value.toFixed(places))]) {
          if (one >= 0.1) expect(formatGeneral(one)).toBe(byDigits(one));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

describe('numbers', () => {
  test.each([
    [1234.5, '0', '1235'],
    [447700900123, '0', '447700900123'],
    [7700900123, '00000000000', '07700900123'],
    [7700900123, '00000 000000', '07700 900123'],
    [1234567.891, '#,##0.00', '1,234,567.89'],
    [0.5, '#,##0', '1'],
    [0, '#', ''],
    [0.5, '#.##', '.5'],
    [1.005, '0.00', '1.01'],
    [2.675, '0.00', '2.68'],
    [-1234.5, '#,##0.0', '-1,234.5'],
    [-5, '0;(0)', '(5)'],
    [0, '0;-0;"nil"', 'nil'],
    [0.256, '0%', '26%'],
    [0.255, '0.0%', '25.5%'],
    [1.1, '0%', '110%'],
    [1234567, '0.00E+00', '1.23E+06'],
    [0.00012, '0.0E-0', '1.2E-4'],
    [12345, '##0.0E+0', '12.3E+3'],
    [12345678, '0.0,,"m"', '12.3m'],
    [1500, '#,##0,"k"', '2k'],
    [2.5, '# ?/?', '2 1/2'],
    [0.3333, '# ??/??', '  1/3 '],
    [3, '# ?/?', '3    '],
    [0, '# ?/?', '0    '],
    [3, '#" "#/#', '3'],
    [0.75, '# ?/?', ' 3/4'],
    [0.94, '# ?/?', '1    '],
    [0.7, '# ?/?', ' 2/3'],
    [0.3, '# ?/?', ' 2/7'],
    [4051 / 8750153, '# ??/?????????', ' 4051/8750153  '],
    [1e-300, '?/?', '0/1'],
    [-2, '[<0]"";0', ''],
    [-2, '[<0]0;0', '2'],
    [-2, '[<5]0;0.0', '-2'],
    [0.75, '#" "#/#', '3/4'],
    [-2.5, '# ?/?', '-2 1/2'],
    [7.25, '"("0" and "0/00")"', '(7 and 1/04)'],
    [0, '0" and "0/00', '0 and 0/01'],
    [2.4, '?/?', '12/5'],
    [1.25, '# ?/100', '1 25/100'],
    [1, '# ?/100"th"', '1      th'],
    [1234.5, '#,##0 0/0', '1,234 1/2'],
    [12, ',#', ',12'],
    [12, '#"/"#', '1/2'],
    [12, '#/', '12/'],
    [1.25, '# ?/8', '1 2/8'],
    [12.5, '[$£-809]#,##0.00', '£12.50'],
    [12.5, '[$€-2] 0.00', '€ 12.50'],
    [12.5, '"£"0.00', '£12.50'],
    [5, '[Red]0;[Blue]-0', '5'],
    [15, '[>=10]"high";"low"', 'high'],
    [5, '[>=10]"high";"low"', 'low'],
    [5, '[>=10]0.00', '5'],
    [5.5, '[<5]0.00', '5.5'],
    [7, '[<5]0;[>8]0.0', '########'],
    [31_400, '0.0e+00', '3.1e+04'],
    [7700900123, '[<=9999999]###-####;(###) ###-####', '(770) 090-0123'],
    [5, '0" days"', '5 days'],
    [5, '0\\ \\x', '5 x'],
    [5, 'General" units"', '5 units'],
    [12, '@', '12'],
    [5, ';;;', ''],
    [1.5, '0.0?', '1.5 '],
    [1234.5, '_-* #,##0.00_-', ' 1,234.50 '],
  ])('%d under %s shows as %s', (value, code, shown) => {
    expect(formatNumber(value, code).text).toBe(shown);
  });

  test('any number under any text of a code gives a string and never throws', () => {
    const piece = fc.constantFrom(
      ...[
        '0',
        '#',
        '?',
        '.',
        ',',
        '%',
        'E+',
        '/',
        ';',
        '"a"',
        '\\',
        '[h]',
        '[>1]',
        '[',
        '"',
        'y',
        'm',
        'd',
        'h',
        's',
      ],
      ...['AM/PM', '@', 'General', '_', '*', ' ', '[$-809]', '.00', 'é'],
    );
    fc.assert(
      fc.property(fc.double(), fc.array(piece, { maxLength: 12 }), (value, pieces) => {
        expect(typeof formatNumber(value, pieces.join('')).text).toBe('string');
      }),
    );
  });

  test('a whole number under #,##0 keeps every digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (value) => {
        expect(formatNumber(value, '#,##0').text.replaceAll(',', '')).toBe(String(value));
      }),
    );
  });
});

describe('dates and times', () => {
  test.each([
    [day, 'dd/mm/yyyy', '15/03/2023', 'date'],
    [day, 'd-mmm-yy', '15-Mar-23', 'date'],
    [day, 'dddd d mmmm yyyy', 'Wednesday 15 March 2023', 'date'],
    [day, 'ddd', 'Wed', 'date'],
    [day, 'mmmmm', 'M', 'date'],
    [day, '[$-809]dd mmmm yyyy;@', '15 March 2023', 'date'],
    [day, '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '15 March 2023', 'date'],
    [noon, 'dd/mm/yyyy hh:mm', '15/03/2023 12:00', 'datetime'],
    [clock, 'h:mm AM/PM', '1:05 PM', 'time'],
    [clock, 'h:mm:ss A/P', '1:05:09 P', 'time'],
    [clock, 'h:mm:ss a/p', '1:05:09 p', 'time'],
    [clock, 'h:mm:ss am/pm', '1:05:09 PM', 'time'],
    [clock, 's:m', '9:5', 'time'],
    [clock, 'h:mm:ss d/m', '13:05:09 15/3', 'datetime'],
    [1.5, '[h]" ("h" hours) "mm', '36 (36 hours) 00', 'duration'],
    [clock, 'mm:ss', '05:09', 'time'],
    [clock, 'hh:mm:ss.00', '13:05:09.00', 'time'],
    [clock, 'yyyy-mm-dd"T"hh:mm:ss', '2023-03-15T13:05:09', 'datetime'],
    [0.25, 'hh:mm', '06:00', 'time'],
    [1.5, '[h]:mm', '36:00', 'duration'],
    [1.5, '[hh]:mm:ss', '36:00:00', 'duration'],
    [1.5, '[mm]:ss', '2160:00', 'duration'],
    [0.5, '[ss]', '43200', 'duration'],
    [0, 'dd/mm/yyyy', '00/01/1900', 'date'],
    [1, 'dd/mm/yyyy', '01/01/1900', 'date'],
    [59, 'dd/mm/yyyy', '28/02/1900', 'date'],
    [60, 'dd/mm/yyyy', '29/02/1900', 'date'],
    [61, 'dd/mm/yyyy', '01/03/1900', 'date'],
    [-1, 'dd/mm/yyyy', '########', 'date'],
    [2958465, 'dd/mm/yyyy', '31/12/9999', 'date'],
    [day + 86_399.7 / 86_400, 'dd/mm/yyyy hh:mm:ss', '16/03/2023 00:00:00', 'datetime'],
    [day + 59.9 / 86_400, 'hh:mm', '00:00', 'time'],
    [day, '0.0"dm"', '45000.0dm', 'number'],
    [day, '[Red]0', '45000', 'number'],
    [day, '"Day" 0', 'Day 45000', 'number'],
  ])('%d under %s shows as %s, a %s', (value, code, text, kind) => {
    expect(formatNumber(value, code)).toEqual({ text, kind });
  });

  test('a 1904 workbook counts from four years later', () => {
    expect(formatNumber(day - 1462, 'dd/mm/yyyy', { date1904: true }).text).toBe('15/03/2023');
    expect(formatNumber(0.25, 'hh:mm', { date1904: true }).text).toBe('06:00');
  });

  test('only a workbook that counts from 1904 shows what lies before its beginning', () => {
    const formats = [compileFormat('[h]:mm'), compileFormat('dd/mm/yyyy')];
    const shown = (style: number, date1904: boolean) =>
      numberCell(arrangeFormats(formats, date1904), style, -1.5);
    expect(shown(0, true)).toEqual({ text: '-36:00', stored: { type: 'number', value: -1.5 } });
    expect(shown(1, true).text).toBe('-02/01/1904');
    expect(shown(0, false).text).toBe('########');
    expect(shown(1, false).text).toBe('########');
  });

  test('built-in formats are those of an English (United Kingdom) Excel', () => {
    const shown = (id: number) => formatNumber(clock, findCode(id, new Map())).text;
    expect([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47].map(shown)).toEqual([
      '15/03/2023',
      '15-Mar-23',
      '15-Mar',
      'Mar-23',
      '1:05 PM',
      '1:05:09 PM',
      '13:05',
      '13:05:09',
      '15/03/2023 13:05',
      '05:09',
      '05:09.0',
    ]);
    expect(formatNumber(1.5, findCode(46, new Map())).text).toBe('36:00:00');
    expect(findCode(14, new Map([[14, 'mm-dd-yy']]))).toBe('dd/mm/yyyy');
    expect(findCode(164, new Map([[164, '0.0']]))).toBe('0.0');
  });

  test('every day of two centuries shows as the calendar has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 73_000 }), (serial) => {
        const expected = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
        expect(formatNumber(serial, 'yyyy-mm-dd').text).toBe(expected);
        expect(storeSerial(serial, 'date')).toEqual({ type: 'date', value: expected });
      }),
    );
  });
});

describe('stored values of day numbers', () => {
  test.each([
    [noon, 'date', { type: 'datetime', value: '2023-03-15T12:00:00' }],
    [day, 'datetime', { type: 'datetime', value: '2023-03-15T00:00:00' }],
    [clock, 'time', { type: 'datetime', value: '2023-03-15T13:05:09' }],
    [0.25, 'time', { type: 'time', value: '06:00:00' }],
    [1.5, 'time', { type: 'duration', value: 'PT36H' }],
    [1.5 + 61 / 86_400, 'duration', { type: 'duration', value: 'PT36H1M1S' }],
    [0, 'duration', { type: 'duration', value: 'PT0S' }],
    [0, 'date', { type: 'number', value: 0 }],
    [60, 'date', { type: 'number', value: 60 }],
    [-3, 'date', { type: 'number', value: -3 }],
    [59, 'date', { type: 'date', value: '1900-02-28' }],
    [day + 36_000.0029 / 86_400, 'datetime', { type: 'datetime', value: '2023-03-15T10:00:00' }],
    [day + 36_000.25 / 86_400, 'datetime', { type: 'datetime', value: '2023-03-15T10:00:00.250' }],
  ] as const)('%d as a %s', (serial, kind, stored) => {
    expect(storeSerial(serial, kind)).toEqual(stored);
  });
});

describe('text under a format', () => {
  test('a text section adds its words; hiding sections hide nothing', () => {
    expect(compileFormat('@" (alias)"').showText('Kez')).toBe('Kez (alias)');
    expect(compileFormat('0;0;0;"ref "@').showText('A1')).toBe('ref A1');
    expect(compileFormat(';;;').showText('Kez')).toBe('Kez');
    expect(compileFormat('0.00').showText('Kez')).toBe('Kez');
  });
});
