import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsOf } from '../../electron/engine/database/queries/expressions.ts';
import { callReader, emptyCall } from '../../electron/engine/intake/callReader.ts';
import { digitsKey, PhoneTable } from '../../electron/engine/intake/phoneTable.ts';
import { rowReader } from '../../electron/engine/intake/readRow.ts';

const headings = ['From', 'To', 'Type', 'Date', 'Time', 'Duration', 'IMEI', 'IMSI', 'Cell', 'Message'];
const columns = [
  'aNumber',
  'bNumber',
  'type',
  'start.date',
  'start.time',
  'durationS',
  'imei',
  'imsi',
  'cellStart',
  'text',
];
const plan = {
  mapping: { sheet: 'Calls', kind: 'communication' as const, headerRow: 1, columns },
  headings,
  orders: new Map([[3, { order: 'dmy' as const, mixed: false }]]),
  thisYear: 2026,
};

const phone = fc.constantFrom(
  '07700900123',
  '+447700900123',
  '447700900123',
  '7700900123',
  '07700 900123',
  '07012345678',
  'withheld',
  '60999',
  '0999',
  '+33123456789',
  'EE',
  '4.47E+11',
  ' ',
  '',
);
const row = fc.tuple(
  phone,
  phone,
  fc.constantFrom('Voice', ' SMS', 'a  b', 'Totals', 'From', "'x", ''),
  fc.constantFrom(
    '03/04/2026',
    '31/02/2026',
    '2026-04-03',
    '3 April 2026',
    '01/01/26',
    '13/13/2026',
    ' ',
    '',
  ),
  fc.constantFrom('10:20:30', '10:20', '24:00', '2.30pm', '25:00', '1430', ''),
  fc.constantFrom('0', '45', '1:20', '45s', '1,234', '12.6', 'x', ''),
  fc.constantFrom(
    '356938035643809',
    '356938035643801',
    '356938035643800',
    '000000000000000',
    '35',
    'n/a',
    '',
  ),
  fc.constantFrom('234150000000001', '23415', '000000000000000', ''),
  fc.constantFrom('234-15-1-2', 'Cell', 'Site “A”', ''),
  fc.constantFrom('hello', 'two  words', 'line\r\nbreak', ' lead', ''),
);

describe('callReader', () => {
  it('agrees with rowReader on every row that it reads', () => {
    const quick = callReader(plan);
    const full = rowReader(plan);
    if (!quick) throw new Error('this mapping has a short way');
    const call = emptyCall();
    let read = 0;
    fc.assert(
      fc.property(row, (text) => {
        if (!quick({ row: 7, text }, call)) return;
        read += 1;
        const reading = full({ row: 7, text });
        expect(reading.outcome).toBe('import');
        expect(reading.issues).toEqual([]);
        const own = reading.records[0];
        const number = (key: number, odd: string) => (key >= 0 ? `+${key}` : odd === '' ? undefined : odd);
        const given = {
          aNumber: number(call.a, call.aText),
          bNumber: number(call.b, call.bText),
          start: call.start,
          type: call.type ?? undefined,
          durationS: call.durationS ?? undefined,
          imei: call.imei === null ? undefined : String(call.imei).padStart(15, '0'),
          imsi: call.imsi === null ? undefined : String(call.imsi).padStart(15, '0'),
          cellStart: call.cellStart ?? undefined,
          text: call.text ?? undefined,
        };
        expect({ ...given }).toEqual({ ...own?.fields, start: secondsOf(String(own?.fields.start)) });
        expect([...call.repairs].sort()).toEqual(Object.values(own?.repairs ?? {}).sort());
      }),
      { numRuns: 20_000, seed: 3 },
    );
    expect(read).toBeGreaterThan(100);
  }, 120_000);

  it('reads the plain row at all', () => {
    const text = ['07700900123', '+447700900456', 'Voice', '03/04/2026', '10:20:30', '45', '', '', 'c1', ''];
    const call = emptyCall();
    expect(callReader(plan)?.({ row: 2, text }, call)).toBe(true);
    expect(call.a).toBe(447700900123);
    expect(call.start).toBe(Date.UTC(2026, 3, 3, 10, 20, 30) / 1000);
  });

  it('leaves a repeated heading and a total row to the long way', () => {
    const call = emptyCall();
    const quick = callReader(plan);
    expect(quick?.({ row: 2, text: headings }, call)).toBe(false);
    expect(quick?.({ row: 2, text: ['Total', '07700900123', '', '03/04/2026', '10:20'] }, call)).toBe(false);
  });

  it('has no short way for a mapping with a date alone, or a field twice', () => {
    const withColumns = (changed: string[]) =>
      callReader({ ...plan, mapping: { ...plan.mapping, columns: changed } });
    expect(withColumns(['aNumber', 'start.date'])).toBeNull();
    expect(withColumns(['aNumber', 'start', 'start'])).toBeNull();
  });
});

describe('PhoneTable', () => {
  it('finds every number again, however many there are', () => {
    const table = new PhoneTable();
    for (let place = 0; place < 200_000; place += 1) table.add(447700900000 + place, place + 5, true);
    for (let place = 0; place < 200_000; place += 1) {
      if (table.find(447700900000 + place) !== place) throw new Error(`lost ${place}`);
    }
    expect(table.find(447700900000 + 200_000)).toBe(-1);
    expect(table.numberAt(199_999)).toBe('+447701099999');
    expect(table.idAt(199_999)).toBe(200_004);
  });

  it('keeps short codes with their zeros apart from numbers', () => {
    const table = new PhoneTable();
    expect(digitsKey('0999')).toBe(-1);
    expect(digitsKey('+0447700900123')).toBe(-1);
    table.addOdd('0999', 1, true);
    table.addOdd('999', 2, true);
    expect(table.findNumber('999')).toBe(1);
    expect(table.numberAt(table.findNumber('0999'))).toBe('0999');
  });

  it('counts events with the first and the last time', () => {
    const table = new PhoneTable();
    const place = table.add(447700900001, 9, false);
    for (const at of [50, 10, 90]) table.count(place, at);
    const seen: number[][] = [];
    table.forEachSeen((...event) => seen.push(event));
    expect(seen).toEqual([[place, 3, 10, 90]]);
  });
});
