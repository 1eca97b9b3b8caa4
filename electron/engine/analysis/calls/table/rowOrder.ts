/** Rows in the order of time, and the rows of each phone in that order, by counting: a million in milliseconds. Pure. */
import { rowsAtOnce, type Steps } from '../slices.ts';

const digitBits = 11;

/** Rows that have a time, the earliest first: sorted by parts of the time, the least first. */
export function* orderByTime(start: Float64Array): Steps<Uint32Array> {
  let order: Uint32Array = new Uint32Array(start.length);
  let [used, first, last, isSorted] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let row = 0; row < start.length; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const at = start[row] ?? Number.NaN;
    if (Number.isNaN(at)) continue;
    if (at < last) isSorted = false;
    if (at < first) first = at;
    if (at > last) last = at;
    order[used] = row;
    used += 1;
  }
  order = order.subarray(0, used);
  if (isSorted) return order;
  let other: Uint32Array = new Uint32Array(used);
  for (let unit = 1; unit <= last - first; unit *= 1 << digitBits) {
    const ends = new Uint32Array((1 << digitBits) + 1);
    const digitOf = (row: number) => Math.floor(((start[row] ?? 0) - first) / unit) % (1 << digitBits);
    for (let place = 0; place < used; place += 1) {
      if (place % rowsAtOnce === 0) yield;
      const digit = digitOf(order[place] ?? 0);
      ends[digit + 1] = (ends[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < 1 << digitBits; digit += 1)
      ends[digit + 1] = (ends[digit + 1] ?? 0) + (ends[digit] ?? 0);
    for (let place = 0; place < used; place += 1) {
      if (place % rowsAtOnce === 0) yield;
      const row = order[place] ?? 0;
      const digit = digitOf(row);
      const at = ends[digit] ?? 0;
      other[at] = row;
      ends[digit] = at + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}

/**
 * Rows of each phone in the order given, found without looking at any other row: those that have it in one of two
 * columns. Rows that are marked in `left` are in none.
 */
export function* indexRows(
  order: Uint32Array,
  phones: number,
  left: Uint8Array | null,
  one: Int32Array,
  other: Int32Array,
): Steps<(phone: number) => Uint32Array> {
  const ends = new Uint32Array(phones + 1);
  for (let place = 0; place < order.length; place += 1) {
    if (place % rowsAtOnce === 0) yield;
    const row = order[place] ?? 0;
    if (left !== null && left[row] === 1) continue;
    const x = one[row] ?? -1;
    const y = other[row] ?? -1;
    if (x >= 0) ends[x + 1] = (ends[x + 1] ?? 0) + 1;
    if (y >= 0 && y !== x) ends[y + 1] = (ends[y + 1] ?? 0) + 1;
  }
  for (let phone = 0; phone < phones; phone += 1)
    ends[phone + 1] = (ends[phone + 1] ?? 0) + (ends[phone] ?? 0);
  const rows = new Uint32Array(ends[phones] ?? 0);
  const next = ends.slice(0, phones);
  for (let place = 0; place < order.length; place += 1) {
    if (place % rowsAtOnce === 0) yield;
    const row = order[place] ?? 0;
    if (left !== null && left[row] === 1) continue;
    const x = one[row] ?? -1;
    const y = other[row] ?? -1;
    if (x >= 0) {
      const at = next[x] ?? 0;
      rows[at] = row;
      next[x] = at + 1;
    }
    if (y >= 0 && y !== x) {
      const at = next[y] ?? 0;
      rows[at] = row;
      next[y] = at + 1;
    }
  }
  return (phone) => rows.subarray(ends[phone] ?? 0, ends[phone + 1] ?? 0);
}
