/**
 * All calls of a workspace as columns of numbers, read once per change and looked at by every analysis. Worked out
 * here: who called whom, whose phone the row is about (whose handset, SIM and cell it gives), which rows tell of the
 * same call a second time, and in which area the phone was. Pure over what `readCalls` read.
 *
 *     for (const row of table.rowsOf(phone)) if (table.from[row] === phone) …   // its calls, in order of time
 */
import type { CallKind } from '../../../../shared/domain/calls/words.ts';
import { callKinds, directionOfWords, kindOfWords } from '../../../../shared/domain/calls/words.ts';
import { phoneKind } from '../../../../shared/domain/phone.ts';
import { rowsAtOnce, type Steps } from './slices.ts';
import type { Areas } from './table/areas.ts';
import { type CallColumns, sheetAt } from './table/callColumns.ts';
import { NumberPlaces } from './table/numberPlaces.ts';
import { findOwners } from './table/owners.ts';
import { placeRows } from './table/placeRows.ts';
import { indexRows, orderByTime } from './table/rowOrder.ts';

export interface CallPhone {
  id: number;
  number: string;
  /** A short code, a service number or a voicemail box: kept, but no contact and no customer. */
  isService: boolean;
}

export interface CallTable {
  count: number;
  /** Rows without a time: in no analysis, but counted. */
  withoutTime: number;
  /** Numbers of the rows in `communication` and in the evidence. */
  id: Float64Array;
  evidence: Float64Array;
  /** Seconds since 1970 of the UK clock; NaN for none. */
  start: Float64Array;
  /** Places in `phones`; -1 for none or withheld. */
  from: Int32Array;
  to: Int32Array;
  /** Whose handset, SIM and cell the row gives. */
  owner: Int32Array;
  /** Place in `callKinds`. */
  kind: Uint8Array;
  /** Seconds; -1 for none. */
  duration: Int32Array;
  /** First fourteen digits of the IMEI and the IMSI as numbers; 0 for none. */
  imei: Float64Array;
  imsi: Float64Array;
  /** Places in `areas.names`; -1 for none. */
  area: Int32Array;
  areaEnd: Int32Array;
  /** Number of the message's wording, alike wordings alike; -1 for none. */
  wording: Int32Array;
  /** 1 where the row tells of a call that another row tells of too. */
  repeat: Uint8Array;
  repeats: number;
  /** Rows that have a time, the earliest first. */
  order: Uint32Array;
  phones: CallPhone[];
  placeOf: Map<number, number>;
  areas: Areas;
  /** Names of cells that stand in the rows of an area, the most frequent first. */
  cellsOf: string[][];
  wordings: string[];
  /** First and last time of all rows; NaN where there are none. */
  first: number;
  last: number;
  /** Time of the last row of the sheet in which a row stands: as far as is known, the end of that return. */
  endOfReturn(row: number): number;
  /** Calls from or to a phone, each once, in order of time. */
  rowsOf(phone: number): Uint32Array;
  /** Rows about a phone, repeats too, in order of time. */
  ownRowsOf(phone: number): Uint32Array;
}

export const kindCode = Object.fromEntries(callKinds.map((kind, code) => [kind, code])) as Record<
  CallKind,
  number
>;

/** The same call by the records of two networks: their clocks differ by seconds. */
const sameCallSeconds = 10;

export function* buildCallTable(
  columns: CallColumns,
  numbers: ReadonlyMap<number, string>,
): Steps<CallTable> {
  const { count } = columns;
  const places = new NumberPlaces();
  const phones: CallPhone[] = [];
  const placeAt = (id: number): number => {
    if (id === 0) return -1;
    const place = places.placeOf(id);
    if (place === phones.length) {
      const number = numbers.get(id) ?? '';
      phones.push({ id, number, isService: isServiceNumber(number) });
    }
    return place;
  };
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    a[row] = placeAt(columns.a[row] ?? 0);
    b[row] = placeAt(columns.b[row] ?? 0);
  }
  const order = yield* orderByTime(columns.start.subarray(0, count));
  const { kind, direction } = yield* readWords(columns);
  const owner = yield* findOwners({ columns, order, a, b, direction, phones: phones.length });
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const own = owner[row] ?? -1;
    const first = a[row] ?? -1;
    const second = b[row] ?? -1;
    const other = own === first ? second : first;
    const way = direction[row];
    // Without a direction the A number is taken for the one who called.
    from[row] = way === 0 ? first : way === 1 ? own : other;
    to[row] = way === 0 ? second : way === 1 ? other : own;
  }
  const { repeat, repeats } = yield* markRepeats(order, columns, from, to, kind, owner, phones.length);
  const { areas, area, areaEnd, cellsOf } = yield* placeRows(columns, {
    order,
    owner,
    phones: phones.length,
  });
  const byPhone = yield* indexRows(order, phones.length, repeat, from, to);
  const byOwner = yield* indexRows(order, phones.length, null, owner, owner);
  const endOfReturn = yield* endsOfReturns(columns);
  const placeOf = new Map<number, number>();
  for (const [place, { id }] of phones.entries()) placeOf.set(id, place);
  const firstRow = order[0];
  const lastRow = order.at(-1);
  return {
    count,
    withoutTime: count - order.length,
    id: columns.id.subarray(0, count),
    evidence: columns.evidence.subarray(0, count),
    start: columns.start.subarray(0, count),
    from,
    to,
    owner,
    kind,
    duration: columns.duration.subarray(0, count),
    imei: columns.imei.subarray(0, count),
    imsi: columns.imsi.subarray(0, count),
    area,
    areaEnd,
    wording: columns.wording.subarray(0, count),
    repeat,
    repeats,
    order,
    phones,
    placeOf,
    areas,
    cellsOf,
    wordings: columns.wordings,
    first: firstRow === undefined ? Number.NaN : (columns.start[firstRow] ?? Number.NaN),
    last: lastRow === undefined ? Number.NaN : (columns.start[lastRow] ?? Number.NaN),
    endOfReturn,
    rowsOf: byPhone,
    ownRowsOf: byOwner,
  };
}

/** Last time in the sheet of a row. */
function* endsOfReturns(columns: CallColumns): Steps<(row: number) => number> {
  const ends: number[] = [];
  let sheet = 0;
  for (let row = 0; row < columns.count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    sheet = sheetAt(columns, row, sheet);
    const at = columns.start[row] ?? Number.NaN;
    if (!(at <= (ends[sheet] ?? Number.NEGATIVE_INFINITY)))
      ends[sheet] = Number.isNaN(at) ? (ends[sheet] ?? at) : at;
  }
  return (row) => ends[sheetAt(columns, row, 0)] ?? Number.NaN;
}

/** What the words of a provider say of each row: its kind as a code, and 0 for no direction, 1 for out, 2 for in. */
function* readWords(columns: CallColumns): Steps<{ kind: Uint8Array; direction: Uint8Array }> {
  const { count, texts } = columns;
  const words = new Map<number, { kind: number; direction: number }>();
  const wordsOf = (text: number) => {
    let found = words.get(text);
    if (!found) {
      const value = texts.get(text) ?? '';
      const way = directionOfWords(value);
      found = {
        kind: kindCode[kindOfWords(value)],
        direction: way === 'out' ? 1 : way === 'in' ? 2 : 0,
      };
      words.set(text, found);
    }
    return found;
  };
  const kind = new Uint8Array(count);
  const direction = new Uint8Array(count);
  const nothing = { kind: 0, direction: 0 };
  for (let row = 0; row < count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const type = columns.type[row] ?? 0;
    const way = columns.direction[row] ?? 0;
    const ofWay = way === 0 ? nothing : wordsOf(way);
    const ofType = type === 0 ? nothing : wordsOf(type);
    kind[row] = ofType.kind || ofWay.kind || guessKind(columns, row);
    direction[row] = ofWay.direction || ofType.direction;
  }
  return { kind, direction };
}

function isServiceNumber(number: string): boolean {
  const kind = phoneKind(number);
  return kind === 'short-code' || kind === 'uk-service' || kind === 'withheld';
}

function guessKind(columns: CallColumns, row: number): number {
  if ((columns.wording[row] ?? -1) >= 0) return kindCode.text;
  return (columns.duration[row] ?? -1) > 0 ? kindCode.voice : kindCode.unknown;
}

/**
 * Rows that tell of a call again: the same two numbers the same way within seconds, with durations that agree. The
 * first stays; what the second says of its own phone (handset, SIM, cell) still counts for that phone.
 */
function* markRepeats(
  order: Uint32Array,
  columns: CallColumns,
  from: Int32Array,
  to: Int32Array,
  kind: Uint8Array,
  owner: Int32Array,
  phones: number,
): Steps<{ repeat: Uint8Array; repeats: number }> {
  const repeat = new Uint8Array(from.length);
  // The calls of each caller, the latest first: only those of the last seconds can be the same one.
  const latest = new Int32Array(phones).fill(-1);
  const before = new Int32Array(from.length);
  let repeats = 0;
  for (let place = 0; place < order.length; place += 1) {
    if (place % rowsAtOnce === 0) yield;
    const row = order[place] ?? 0;
    const x = from[row] ?? -1;
    const y = to[row] ?? -1;
    if (x < 0 || y < 0) continue;
    const at = columns.start[row] ?? 0;
    let known = latest[x] ?? -1;
    while (known >= 0 && at - (columns.start[known] ?? 0) <= sameCallSeconds && to[known] !== y)
      known = before[known] ?? -1;
    if (known >= 0 && to[known] === y) {
      const gap = at - (columns.start[known] ?? 0);
      const lengths = Math.abs((columns.duration[row] ?? 0) - (columns.duration[known] ?? 0));
      const isOne = owner[row] === owner[known] && owner[row] !== -1;
      const isNear = gap <= (isOne ? 0 : sameCallSeconds);
      if (isNear && kind[row] === kind[known] && lengths <= sameCallSeconds) {
        repeat[row] = 1;
        repeats += 1;
        continue;
      }
    }
    before[row] = latest[x] ?? -1;
    latest[x] = row;
  }
  return { repeat, repeats };
}
