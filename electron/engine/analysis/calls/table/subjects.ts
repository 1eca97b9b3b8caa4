/**
 * Whose returns a sheet holds where its rows do not say so: neither a direction nor, in some rows, a SIM or handset. A
 * sheet in which every row is the caller's is left to that; in one that holds returns, a row is about the one of its two
 * numbers that has a return. Pure.
 */
import { rowsAtOnce, type Steps } from '../slices.ts';
import { type PartyRows, sheetAt } from './callColumns.ts';

/** In so many of the rows stands a number whose return the sheet is. */
const subjectShare = 0.98;
const leastRows = 20;
/** Calls are told by both ends within so many seconds. */
const sameCallSeconds = 10;
/** So many of the rows tell of a call again where returns of several stand together. */
const toldShare = 0.01;
/** So many of the rows that are decided are about the one who is called, where it is no list of callers. */
const calledShare = 0.1;

/** Numbers that have a return in a sheet, by place of the sheet. Sheets in which A is always the subject are not there. */
export function* subjectsOfSheets(
  rows: PartyRows,
  isDecided: Uint8Array,
  owner: Int32Array,
): Steps<Map<number, ReadonlySet<number>>> {
  const { columns, direction } = rows;
  const found = new Map<number, ReadonlySet<number>>();
  let [sheet, from, open] = [0, 0, 0];
  const close = function* (end: number): Steps<void> {
    if (open === 0) return;
    const subjects = yield* subjectsOf(rows, isDecided, owner, from, end);
    if (subjects) found.set(sheet, subjects);
  };
  for (let row = 0; row < columns.count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const place = sheetAt(columns, row, sheet);
    if (place !== sheet) {
      yield* close(row);
      [sheet, from, open] = [place, row, 0];
    }
    if (isDecided[row] === 0 && direction[row] === 0) open += 1;
  }
  yield* close(columns.count);
  return found;
}

/** Whether a number stands first in some of its rows and second in some. */
function callsBothWays(
  a: Int32Array,
  [phone, rows]: readonly [number, number],
  from: number,
  end: number,
): boolean {
  let first = 0;
  for (let row = from; row < end; row += 1) first += Number(a[row] === phone);
  return first >= calledShare * rows && rows - first >= calledShare * rows;
}

/** A second row of one call in another cell. A text in parts stands twice too, but in the cell of its sender. */
function tellsOfOtherEnd(
  { start, cellStart, cellName }: PartyRows['columns'],
  one: number,
  other: number,
): boolean {
  const isNear = Math.abs((start[one] ?? Number.NaN) - (start[other] ?? Number.NaN)) <= sameCallSeconds;
  const differ = (cells: Int32Array) => cells[one] !== 0 && cells[other] !== 0 && cells[one] !== cells[other];
  return isNear && (differ(cellStart) || differ(cellName));
}

function* subjectsOf(
  { columns, a, b, direction }: PartyRows,
  isDecided: Uint8Array,
  owner: Int32Array,
  from: number,
  end: number,
): Steps<ReadonlySet<number> | null> {
  const known = new Set<number>();
  const counts = new Map<number, number>();
  // The latest row of each pair, to see calls that are told twice.
  const latest = new Map<number, number>();
  let [decided, called, open, told, directed] = [0, 0, 0, 0, 0];
  for (let row = from; row < end; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const x = a[row] ?? -1;
    const y = b[row] ?? -1;
    if (isDecided[row] === 1) {
      decided += 1;
      called += Number(owner[row] === y);
      known.add(owner[row] ?? -1);
      continue;
    }
    directed += Number(direction[row] !== 0);
    if (direction[row] !== 0 || x < 0 || y < 0) continue;
    open += 1;
    counts.set(x, (counts.get(x) ?? 0) + 1);
    if (y !== x) counts.set(y, (counts.get(y) ?? 0) + 1);
    const pair = x * 2 ** 26 + y;
    const before = latest.get(pair);
    if (before !== undefined && tellsOfOtherEnd(columns, before, row)) told += 1;
    latest.set(pair, row);
  }
  if (decided >= leastRows) return called >= calledShare * decided ? known : null;
  // Where most rows say which way they went, those that do not are a voicemail's or data: the caller's.
  if (open < leastRows || directed > open) return null;
  const ranked = [...counts].sort((one, other) => other[1] - one[1]);
  const [most] = ranked;
  // Whoever is called in every row and never calls may have no return here: others' calls to a number are listed so.
  if (most && most[1] >= subjectShare * open && callsBothWays(a, most, from, end)) return new Set([most[0]]);
  if (told < 3 || told < toldShare * open) return null;
  // Every row is about somebody who has a return: the fewest numbers that stand in nearly all of them.
  const subjects = new Set<number>();
  let [next, covered] = [0, 0];
  while (covered < subjectShare * open && next < ranked.length) {
    const enough = Math.max(1, Math.ceil(ranked.length / 50));
    for (const [phone] of ranked.slice(next, next + enough)) subjects.add(phone);
    next += enough;
    covered = 0;
    for (let row = from; row < end; row += 1) {
      if (row % rowsAtOnce === 0) yield;
      if (isDecided[row] === 0 && direction[row] === 0)
        covered += Number(subjects.has(a[row] ?? -1) || subjects.has(b[row] ?? -1));
    }
  }
  return subjects;
}
