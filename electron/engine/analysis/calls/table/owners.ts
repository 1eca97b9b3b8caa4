/**
 * Whose phone a row of call data is about: whose handset, SIM and cell it gives. Providers do not say so alike. A SIM
 * or handset is that of the number which stands in all of its rows; without either, the direction tells, and a sheet
 * in which the A number is always the subject is known by it.
 */

import { rowsAtOnce, type Steps } from '../slices.ts';
import { type PartyRows, sheetAt } from './callColumns.ts';
import { NumberPlaces } from './numberPlaces.ts';
import { subjectsOfSheets } from './subjects.ts';

/** Place of the phone that each row is about, or -1. Stops after every so many rows. */
export function* findOwners(rows: PartyRows): Steps<Int32Array> {
  const { columns, a, b } = rows;
  const owner = new Int32Array(columns.count).fill(-1);
  const isDecided = yield* byIdentity(rows, owner);
  let isOpen = false;
  for (let row = 0; row < columns.count && !isOpen; row += 1)
    isOpen = isDecided[row] === 0 && rows.direction[row] === 2;
  const subjectFirst = isOpen ? yield* sheetsWithSubjectFirst(rows) : new Set<number>();
  const subjects = yield* subjectsOfSheets(rows, isDecided, owner);
  let sheet = 0;
  // Rows of one sheet stand together in the evidence.
  for (let row = 0; row < columns.count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    if (isDecided[row] === 1) continue;
    const first = a[row] ?? -1;
    const second = b[row] ?? -1;
    sheet = sheetAt(columns, row, sheet);
    const ofSheet = subjects.get(sheet);
    if (ofSheet !== undefined && rows.direction[row] === 0) {
      const [isFirst, isSecond] = [ofSheet.has(first), ofSheet.has(second)];
      // Of two who both have returns here nothing tells whose row it is.
      owner[row] = isFirst === isSecond ? -1 : isFirst ? first : second;
      continue;
    }
    const isIncoming = rows.direction[row] === 2 && !subjectFirst.has(sheet);
    owner[row] = isIncoming ? (second >= 0 ? second : first) : first >= 0 ? first : second;
  }
  return owner;
}

/**
 * Decides the rows that name a SIM or a handset. The rows of one are taken in order of time; those between which one
 * number is in all are one run, so that a handset in which the SIM is changed has a run for each number.
 */
function* byIdentity(
  { columns, order, a, b, direction, phones }: PartyRows,
  owner: Int32Array,
): Steps<Uint8Array> {
  const isDecided = new Uint8Array(columns.count);
  const runOf = new Int32Array(columns.count).fill(-1);
  const identities = new NumberPlaces();
  // Most rows have the SIM that the last row of one of their numbers had: it need not be looked up.
  const lastIdentity = new Float64Array(phones);
  const lastPlace = new Int32Array(phones);
  /** Place of the run that is open, of each identity. */
  const open: number[] = [];
  // Of each run the two numbers with which it began, in how many rows each is, and whether the first is A in all.
  const first: number[] = [];
  const second: number[] = [];
  const firstCount: number[] = [];
  const secondCount: number[] = [];
  const isOneWay: boolean[] = [];
  for (let at = 0; at < order.length; at += 1) {
    if (at % rowsAtOnce === 0) yield;
    const row = order[at] ?? 0;
    const identity = columns.imsi[row] || -(columns.imei[row] ?? 0);
    if (identity === 0) continue;
    const x = a[row] ?? -1;
    const y = b[row] ?? -1;
    let of: number;
    if (x >= 0 && lastIdentity[x] === identity) of = lastPlace[x] ?? 0;
    else if (y >= 0 && lastIdentity[y] === identity) of = lastPlace[y] ?? 0;
    else {
      of = identities.placeOf(identity);
      const phone = x >= 0 ? x : y;
      if (phone >= 0) {
        lastIdentity[phone] = identity;
        lastPlace[phone] = of;
      }
    }
    let run = open[of] ?? -1;
    const one = first[run] ?? -1;
    const other = second[run] ?? -1;
    const hasFirst = one >= 0 && (x === one || y === one);
    const hasSecond = other >= 0 && (x === other || y === other);
    if (hasFirst || hasSecond) {
      if (x !== one) isOneWay[run] = false;
      if (hasFirst) firstCount[run] = (firstCount[run] ?? 0) + 1;
      if (hasSecond) secondCount[run] = (secondCount[run] ?? 0) + 1;
    } else {
      run = first.length;
      open[of] = run;
      first.push(x);
      second.push(y);
      firstCount.push(Number(x >= 0));
      secondCount.push(Number(y >= 0 && y !== x));
      isOneWay.push(true);
    }
    runOf[row] = run;
  }
  const isKnown = new Uint8Array(phones);
  const owners = first.map((one, run) => {
    const [of, against] = [firstCount[run] ?? 0, secondCount[run] ?? 0];
    if (of === against) return -1;
    const found = of > against ? one : (second[run] ?? -1);
    isKnown[found] = 1;
    return found;
  });
  for (let at = 0; at < order.length; at += 1) {
    if (at % rowsAtOnce === 0) yield;
    const row = order[at] ?? 0;
    const run = runOf[row] ?? -1;
    if (run < 0) continue;
    const x = a[row] ?? -1;
    const y = b[row] ?? -1;
    let found = owners[run] ?? -1;
    // Two numbers alone, both equally likely. Always the same way: the handset of the caller, as far as anybody can
    // tell. Else the one that is known to be the subject of other rows.
    if (found < 0 && direction[row] === 0 && !isOneWay[run] && isKnown[x] !== isKnown[y])
      found = isKnown[x] === 1 ? x : y;
    if (found < 0 || (found !== x && found !== y)) continue;
    owner[row] = found;
    isDecided[row] = 1;
  }
  return isDecided;
}

/** Sheets in which incoming calls too have the subject as A number. Rows of one sheet stand together. */
function* sheetsWithSubjectFirst(rows: PartyRows): Steps<Set<number>> {
  const found = new Set<number>();
  const { columns } = rows;
  // Who calls out in the sheet that is looked at, and who stands in its incoming rows: the sheet's place, plus one.
  const seen: Seen = {
    caller: new Int32Array(rows.phones),
    a: new Int32Array(rows.phones),
    b: new Int32Array(rows.phones),
  };
  let [sheet, from] = [0, 0];
  for (let row = 0; row < columns.count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const place = sheetAt(columns, row, sheet);
    if (place === sheet) continue;
    if (yield* hasSubjectFirst(rows, seen, sheet, from, row)) found.add(sheet);
    [sheet, from] = [place, row];
  }
  if (yield* hasSubjectFirst(rows, seen, sheet, from, columns.count)) found.add(sheet);
  return found;
}

type Seen = Record<'caller' | 'a' | 'b', Int32Array>;

function* hasSubjectFirst(
  rows: PartyRows,
  seen: Seen,
  sheet: number,
  from: number,
  end: number,
): Steps<boolean> {
  const { a, b, direction } = rows;
  const mark = sheet + 1;
  let callers = 0;
  for (let row = from; row < end; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    if (direction[row] !== 1) continue;
    callers += 1;
    const x = a[row] ?? -1;
    if (x >= 0) seen.caller[x] = mark;
  }
  let [incoming, asA, asB, differentA, differentB] = [0, 0, 0, 0, 0];
  for (let row = from; row < end; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    if (direction[row] !== 2) continue;
    const x = a[row] ?? -1;
    const y = b[row] ?? -1;
    incoming += 1;
    if (x >= 0 && seen.a[x] !== mark) {
      seen.a[x] = mark;
      differentA += 1;
    }
    if (y >= 0 && seen.b[y] !== mark) {
      seen.b[y] = mark;
      differentB += 1;
    }
    const [isA, isB] = [x >= 0 && seen.caller[x] === mark, y >= 0 && seen.caller[y] === mark];
    if (isA && !isB) asA += 1;
    if (isB && !isA) asB += 1;
  }
  if (incoming === 0) return false;
  const isFirst = asA + asB > 0 ? asA > 2 * asB : callers === 0 && differentA * 4 <= differentB;
  return isFirst && !tellsTwice(rows, from, end);
}

/** So many rows of a sheet show its form. */
const rowsLookedAt = 20_000;

/**
 * Whether incoming rows of a range tell of outgoing calls of the same two numbers, the same way, within seconds: the
 * records of those who were called. Where the subject stood first, the two would be the other way round.
 */
function tellsTwice({ columns, a, b, direction }: PartyRows, from: number, end: number): boolean {
  const until = Math.min(end, from + rowsLookedAt);
  const made = new Set<string>();
  const slice = (row: number) => Math.floor((columns.start[row] ?? 0) / 10);
  for (let row = from; row < until; row += 1)
    if (direction[row] === 1) made.add(`${a[row]} ${b[row]} ${slice(row)}`);
  let told = 0;
  let incoming = 0;
  for (let row = from; row < until; row += 1) {
    if (direction[row] !== 2) continue;
    incoming += 1;
    const near = [slice(row) - 1, slice(row)];
    told += Number(near.some((each) => made.has(`${a[row]} ${b[row]} ${each}`)));
  }
  return told * 5 >= incoming && told > 0;
}
