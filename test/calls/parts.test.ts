/** The parts on their own: words of providers, areas from names of cells, whose row it is, calls told twice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../seed.ts';
import { buildCallTable, type CallTable } from '../../electron/engine/analysis/calls/callTable.ts';
import { findCommon } from '../../electron/engine/analysis/calls/common.ts';
import { contactSets } from '../../electron/engine/analysis/calls/contacts.ts';
import { devicesOf } from '../../electron/engine/analysis/calls/devices.ts';
import { heatOf } from '../../electron/engine/analysis/calls/heat.ts';
import { atOnce, rowsAtOnce } from '../../electron/engine/analysis/calls/slices.ts';
import { learnAreas } from '../../electron/engine/analysis/calls/table/areas.ts';
import { CallColumns } from '../../electron/engine/analysis/calls/table/callColumns.ts';
import { NumberPlaces } from '../../electron/engine/analysis/calls/table/numberPlaces.ts';
import { orderByTime } from '../../electron/engine/analysis/calls/table/rowOrder.ts';
import { nameRows } from '../../electron/engine/analysis/calls/useFinding.ts';
import { directionOfWords, kindOfWords } from '../../shared/domain/calls/words.ts';
import { defaultThresholds } from '../../shared/reference/callThresholds.ts';

test('words of providers', () => {
  expect(
    [
      'SMS MO',
      'Voice MT',
      'GPRS',
      'MOC',
      'Text message',
      'MMS',
      'Voicemail',
      'Call forward',
      '4G data',
      'x',
    ].map(kindOfWords),
  ).toEqual(['text', 'voice', 'data', 'voice', 'text', 'text', 'voicemail', 'divert', 'data', 'unknown']);
  expect(
    [
      'Out',
      'IN',
      'MO',
      'SMS MT',
      'Outgoing',
      'incoming',
      'Originating',
      'Terminating',
      'M',
      'R',
      'Voice',
      '',
    ].map(directionOfWords),
  ).toEqual(['out', 'in', 'out', 'in', 'out', 'in', 'out', 'in', 'out', 'in', 'unknown', 'unknown']);
});

function areasOf(texts: string[]): (string | null)[] {
  const areas = atOnce(learnAreas(texts));
  return texts.map((text) => areas.names[areas.areaOf(text)] ?? null);
}

test.each([
  [
    'town first',
    ['Thornrigg Station 1', 'Thornrigg Market', 'Stangarth Mill', 'Stangarth Mill 2'],
    ['Thornrigg', 'Thornrigg', 'Stangarth Mill', 'Stangarth Mill'],
  ],
  [
    'town last',
    [
      '1 High St, Thornrigg, TH1 2AB',
      'Mill Lane, Thornrigg',
      'High St, Stangarth',
      'Quay, Stangarth, ST4 1AA',
    ],
    ['Thornrigg', 'Thornrigg', 'Stangarth', 'Stangarth'],
  ],
  [
    'county last',
    [
      'High St, Thornrigg, Fellshire',
      'Mill, Thornrigg, Fellshire',
      'High St, Stangarth, Fellshire',
      'Quay, Stangarth, Fellshire',
    ],
    ['Thornrigg', 'Thornrigg', 'Stangarth', 'Stangarth'],
  ],
  ['codes', ['THO101', 'THO102', 'STA001', 'STA-002'], ['THO', 'THO', 'STA', 'STA']],
  [
    'codes tell more than names that share nothing',
    ['THO101', 'THO102', 'STA001', 'STA002', 'Foundry Cres', 'Vetch Rd'],
    ['THO', 'THO', 'STA', 'STA', null, null],
  ],
  [
    'global identities',
    ['234-15-1001-10234', '234-15-1001-10235', '234-15-1044-99'],
    ['Location area 1001', 'Location area 1001', 'Location area 1044'],
  ],
  [
    'underscores',
    ['THORNRIGG_STATION_1', 'THORNRIGG_MARKET_2', 'STANGARTH_1'],
    ['Thornrigg', 'Thornrigg', 'Stangarth'],
  ],
  ['bare numbers say nothing', ['10234', '10235'], [null, null]],
])('areas from cells: %s', (_, texts, expected) => {
  expect(areasOf(texts)).toEqual(expected);
});

const numbers = ['', '+447700900001', '+447700900002', '+447700900003', '+447700900004', '60777'];
type Row = [
  start: number | null,
  a: number,
  b: number,
  type?: string | undefined,
  direction?: string | undefined,
  duration?: number,
  imei?: number | string | null,
  imsi?: number | null,
];

function tableOf(rows: Row[]) {
  const columns = new CallColumns(0);
  const texts = new Map<string, number>();
  const codeOf = (text: string | undefined) => {
    if (text === undefined) return null;
    if (!texts.has(text)) texts.set(text, texts.size + 1);
    return texts.get(text) ?? null;
  };
  rows.forEach(([start, a, b, type, direction, duration = 30, imei = null, imsi = null], place) => {
    columns.add([
      place + 1,
      place + 1,
      start,
      a || null,
      b || null,
      codeOf(type),
      codeOf(direction),
      duration,
      imei,
      imsi,
      null,
      null,
      null,
      null,
    ]);
  });
  for (const [text, code] of texts) columns.texts.set(code, text);
  columns.sheetEnds = [rows.length];
  return tableOfColumns(columns, new Map(numbers.map((number, id) => [id, number])));
}

function tableOfColumns(columns: CallColumns, known: ReadonlyMap<number, string>): CallTable {
  return atOnce(buildCallTable(columns, known));
}

const ids = (table: ReturnType<typeof tableOf>, column: Int32Array) =>
  [...column].map((phone) => table.phones[phone]?.id ?? 0);

test('caller first: an incoming row is about the one who is called', () => {
  const table = tableOf([
    [10, 1, 2, 'Voice', 'Out'],
    [20, 3, 1, 'Voice', 'In'],
    [30, 4, 1, 'SMS', 'In'],
  ]);
  expect([ids(table, table.from), ids(table, table.to), ids(table, table.owner)]).toEqual([
    [1, 3, 4],
    [2, 1, 1],
    [1, 1, 1],
  ]);
});

test('subject first: the same, though the subject is the A number of every row', () => {
  const table = tableOf([
    [10, 1, 2, 'Voice', 'Out'],
    [20, 1, 3, 'Voice', 'In'],
    [30, 1, 4, 'SMS', 'In'],
  ]);
  expect([ids(table, table.from), ids(table, table.to), ids(table, table.owner)]).toEqual([
    [1, 3, 4],
    [2, 1, 1],
    [1, 1, 1],
  ]);
});

test('without a direction the SIM tells whose row it is', () => {
  const sim = 234150000000001;
  const table = tableOf([
    [10, 1, 2, undefined, undefined, 30, null, sim],
    [20, 3, 1, undefined, undefined, 30, null, sim],
    [30, 4, 1, undefined, undefined, 30, null, sim],
  ]);
  expect([ids(table, table.from), ids(table, table.owner)]).toEqual([
    [1, 3, 4],
    [1, 1, 1],
  ]);
});

test('texts in parts make no returns of a list of callers', () => {
  const rows: Row[] = [];
  for (let at = 0; at < 200; at += 1) rows.push([at * 60, 1 + (at % 3), 4], [at * 60 + 2, 1 + (at % 3), 4]);
  const table = tableOf(rows);
  expect(new Set(ids(table, table.owner))).toEqual(new Set([1, 2, 3]));
});

test('a sheet whose rows all name one number is its return', () => {
  const rows: Row[] = [];
  for (let at = 0; at < 60; at += 1)
    rows.push(at % 2 === 0 ? [at * 60, 1, 2 + (at % 3)] : [at * 60, 2 + (at % 3), 1]);
  const table = tableOf(rows);
  expect(new Set(ids(table, table.owner))).toEqual(new Set([1]));
});

test('a call in the records of both networks counts once, a second call does not vanish', () => {
  const table = tableOf([
    [100, 1, 2, 'Voice', 'Out', 60],
    [103, 1, 2, 'Voice', 'In', 59],
    [300, 1, 2, 'Voice', 'Out', 60],
    [301, 1, 2, 'SMS', 'Out', 0],
    [301, 1, 2, 'SMS', 'Out', 0],
    [null, 1, 2, 'SMS', 'Out', 0],
  ]);
  expect([...table.repeat]).toEqual([0, 1, 0, 0, 1, 0]);
  expect(table).toMatchObject({ repeats: 2, withoutTime: 1 });
  const phone = table.placeOf.get(1) ?? -1;
  expect(table.rowsOf(phone)).toHaveLength(3);
  expect(table.ownRowsOf(table.placeOf.get(2) ?? -1)).toHaveLength(1);
});

test('an IMEI counts by its first fourteen digits, a filler by none', () => {
  const table = tableOf([
    [10, 1, 2, 'Voice', 'Out', 30, 356900000012345],
    [20, 1, 2, 'Voice', 'Out', 30, 356900000012340],
    [30, 1, 2, 'Voice', 'Out', 30, '35690000001234'],
    [40, 1, 2, 'Voice', 'Out', 30, '3569000000123499'],
    [50, 1, 2, 'Voice', 'Out', 30, 0],
    [60, 1, 2, 'Voice', 'Out', 30, '99999999999999'],
  ]);
  expect(devicesOf(table, table.placeOf.get(1) ?? -1).map((use) => [use.imei, use.rows.length])).toEqual([
    [35690000001234, 4],
  ]);
});

test('hours and weekdays on the clock of the calls', () => {
  const at = Date.parse('2026-11-23T09:30:00Z') / 1000; // a Monday
  const table = tableOf([
    [at, 1, 2],
    [at + 6 * 86_400 + 14 * 3600, 1, 2],
  ]);
  const heat = heatOf(table, 0);
  expect([heat[0]?.[9], heat[6]?.[23], heat.flat().reduce((sum, count) => sum + count, 0)]).toEqual([
    1, 1, 2,
  ]);
});

test('rows are put in the order of time, rows of one time as they stood, rows without a time left out', () => {
  const times = fc.oneof(
    fc.constant(Number.NaN),
    fc.integer({ min: -3_000_000_000, max: 6_000_000_000 }),
    fc.integer({ min: 1_700_000_000, max: 1_700_000_020 }),
  );
  fc.assert(
    fc.property(fc.array(times, { maxLength: 200 }), (start) => {
      const plain = start
        .map((at, row) => ({ at, row }))
        .filter(({ at }) => !Number.isNaN(at))
        .sort((x, y) => x.at - y.at || x.row - y.row)
        .map(({ row }) => row);
      expect([...atOnce(orderByTime(Float64Array.from(start)))]).toEqual(plain);
    }),
    { numRuns: 500 },
  );
});

test('numbers have places in the order in which they come', () => {
  const numbers = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
  );
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 3000 }), (list) => {
      const places = new NumberPlaces();
      const plain = new Map<number, number>();
      for (const number of list) {
        if (!plain.has(number)) plain.set(number, plain.size);
        expect(places.placeOf(number)).toBe(plain.get(number));
      }
      expect([...plain.keys()].map((_, place) => places.numberAt(place))).toEqual([...plain.keys()]);
    }),
    { numRuns: 100 },
  );
});

test('others are answered while a table is put together: it stops after every few thousand rows', () => {
  const columns = new CallColumns(0);
  const rows = 20 * rowsAtOnce;
  for (let row = 1; row <= rows; row += 1)
    columns.add([
      row,
      row,
      rows - row,
      1 + (row % 50),
      51 + (row % 7),
      null,
      null,
      60,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  columns.sheetEnds = [rows];
  const steps = buildCallTable(columns, new Map());
  let stops = 0;
  while (!steps.next().done) stops += 1;
  // Ten passes over all rows at the least.
  expect(stops).toBeGreaterThan(10 * 20);
});

test('rows are named in runs', () => {
  const place = (row: number, ref = 'SRC-2') => ({ ref, file: 'calls.csv', sheet: '', row });
  expect(nameRows([place(3), place(4), place(5), place(9), place(2, 'SRC-3')], 7)).toBe(
    'SRC-2 (calls.csv) rows 3–5, 9; SRC-3 (calls.csv) row 2; and 2 rows more',
  );
});

test('under a threshold at which any two phones have enough in common the strongest are kept, and it is said', () => {
  const columns = new CallColumns(0);
  const day = 86_400;
  let phones = 0;
  const next = () => {
    phones += 1;
    return phones;
  };
  const call = (at: number, a: number, b: number) => {
    const row = columns.count + 1;
    columns.add([row, row, at, a, b, null, null, 60, null, null, null, null, null, null]);
  };
  // Two shops in each of two towns, and the three hundred who call both; and a region that calls one another.
  for (let town = 0; town < 2; town += 1) {
    const shops = [next(), next()];
    for (let each = 0; each < 300; each += 1) {
      const caller = next();
      for (const shop of shops) for (const at of [0, 5 * day]) call(at + each, caller, shop);
    }
  }
  for (let pair = 0; pair < 12_000; pair += 1) call(pair, next(), next());
  const known = new Map(Array.from({ length: phones }, (_, id) => [id + 1, `+447700900${100 + (id % 900)}`]));
  const table = tableOfColumns(columns, known);
  const facts = { phones: new Map(), lines: [], people: new Map(), events: [], seizures: [] };
  const search = (commonNumbers: number) => {
    const thresholds = { ...defaultThresholds, commonNumbers };
    const sets = atOnce(contactSets(table));
    return atOnce(findCommon({ table, thresholds, facts }, sets, new Set(), new Set()));
  };
  const low = search(2);
  expect(low.found).toHaveLength(20_000);
  expect(low.cut).toMatch(
    /^Common numbers: with 2 in common the 20,000 strongest pairs are here, [\d,]+ weaker are not\. Raise the threshold “Common numbers”\.$/,
  );
  // The two shops of each town, which all their customers have in common.
  expect(search(3)).toMatchObject({ found: { length: 2 }, cut: null });
});
