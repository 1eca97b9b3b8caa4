/** In which area each row was, by the texts that name its cells. Pure. */

import { rowsAtOnce, type Steps } from '../slices.ts';
import { type Areas, learnAreas } from './areas.ts';
import type { CallColumns } from './callColumns.ts';

/** How often each text names a cell. */
function* countCells({
  cellStart,
  cellEnd,
  cellName,
  count,
  texts,
  hasEnds,
  hasNames,
}: CallColumns): Steps<Uint32Array> {
  let most = 0;
  for (const text of texts.keys()) if (text > most) most = text;
  const used = new Uint32Array(most + 1);
  for (const column of [cellStart, ...(hasEnds ? [cellEnd] : []), ...(hasNames ? [cellName] : [])])
    for (let row = 0; row < count; row += 1) {
      if (row % rowsAtOnce === 0) yield;
      const text = column[row] ?? 0;
      used[text] = (used[text] ?? 0) + 1;
    }
  used[0] = 0;
  return used;
}

/** Texts between two stops. */
const textsAtOnce = 2048;
const cellsShown = 6;
/** More rows than any cell has: a name comes before every code. */
const mostRowsOfCell = 2 ** 32;

/**
 * How far phones stay in one area from row to row, against what chance gives: 1 for never a change, 0 for chance. Areas
 * that are none (the second part of a name, say) change with every row.
 */
function* steadinessOf(
  { cellStart, cellName }: CallColumns,
  { order, owner, phones }: Owned,
  areaOf: Int32Array,
  areas: number,
): Steps<number> {
  const last = new Int32Array(phones).fill(-1);
  const seen = new Float64Array(areas);
  let [steps, same, rows] = [0, 0, 0];
  for (let place = 0; place < order.length; place += 1) {
    if (place % rowsAtOnce === 0) yield;
    const row = order[place] ?? 0;
    const phone = owner[row] ?? -1;
    const byName = areaOf[cellName[row] ?? 0] ?? -1;
    const area = byName >= 0 ? byName : (areaOf[cellStart[row] ?? 0] ?? -1);
    if (phone < 0 || area < 0) continue;
    rows += 1;
    seen[area] = (seen[area] ?? 0) + 1;
    const before = last[phone] ?? -1;
    last[phone] = area;
    if (before < 0) continue;
    steps += 1;
    if (before === area) same += 1;
  }
  const chance = seen.reduce((sum, count) => sum + (count / Math.max(1, rows)) ** 2, 0);
  return steps === 0 || chance >= 1 ? 0 : (same / steps - chance) / (1 - chance);
}

export interface PlacedRows {
  areas: Areas;
  /** Places in `areas.names`; -1 for none. */
  area: Int32Array;
  areaEnd: Int32Array;
  /** Names of cells that stand in the rows of an area, the most frequent first. */
  cellsOf: string[][];
}

export interface Owned {
  order: Uint32Array;
  owner: Int32Array;
  phones: number;
}

function* chooseAreas(
  columns: CallColumns,
  owned: Owned,
  named: readonly [number, string][],
  size: number,
): Steps<{ areas: Areas; areaOf: Int32Array }> {
  const values = named.map(([, value]) => value);
  const read = function* (wanted?: 'first' | 'last') {
    const areas = yield* learnAreas(values, wanted);
    const areaOf = new Int32Array(size).fill(-1);
    for (const [place, [text, value]] of named.entries()) {
      if (place % textsAtOnce === 0) yield;
      areaOf[text] = areas.areaOf(value);
    }
    return { areas, areaOf };
  };
  const guessed = yield* read();
  if (guessed.areas.town === null) return guessed;
  // Which part of a name is the town, the phones tell: they stay in a town and not in a street.
  const other = yield* read(guessed.areas.town === 'last' ? 'first' : 'last');
  const steadiness = function* ({ areas, areaOf }: typeof guessed) {
    return yield* steadinessOf(columns, owned, areaOf, areas.names.length);
  };
  return (yield* steadiness(other)) > (yield* steadiness(guessed)) + 0.1 ? other : guessed;
}

export function* placeRows(columns: CallColumns, owned: Owned): Steps<PlacedRows> {
  const { count, texts, cellStart, cellEnd, cellName, hasEnds } = columns;
  const used = yield* countCells(columns);
  const named = [...texts].filter(([text]) => (used[text] ?? 0) > 0);
  const { areas, areaOf } = yield* chooseAreas(columns, owned, named, used.length);
  const area = new Int32Array(count);
  const areaEnd = new Int32Array(count);
  // Where names tell the areas, a code is in the area of the name beside it; where codes do, the other way round.
  const beside = Int32Array.from(areaOf);
  for (let row = 0; row < count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const code = cellStart[row] ?? 0;
    const name = cellName[row] ?? 0;
    const byName = areaOf[name] ?? -1;
    const found = byName >= 0 ? byName : (areaOf[code] ?? -1);
    area[row] = found;
    if (found < 0) continue;
    if (byName >= 0 && code > 0) beside[code] = found;
    else if (name > 0) beside[name] = found;
  }
  if (!hasEnds) areaEnd.fill(-1);
  for (let row = 0; hasEnds && row < count; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const end = cellEnd[row] ?? 0;
    areaEnd[row] = end === 0 ? -1 : (beside[end] ?? -1);
  }
  const cellsOf = yield* cellsOfAreas(named, used, beside, areas.names.length);
  return { areas, area, areaEnd, cellsOf };
}

/** The cells of each area that say most to who reads them: names before codes, the most frequent first. */
function* cellsOfAreas(
  named: readonly [number, string][],
  used: Uint32Array,
  areaOf: Int32Array,
  areas: number,
): Steps<string[][]> {
  const cells: { value: string; weight: number }[][] = Array.from({ length: areas }, () => []);
  for (const [place, [text, value]] of named.entries()) {
    if (place % textsAtOnce === 0) yield;
    const own = cells[areaOf[text] ?? -1];
    if (!own) continue;
    const weight = (used[text] ?? 0) + (/[a-z ]/.test(value) ? mostRowsOfCell : 0);
    if (own.length === cellsShown && weight <= (own.at(-1)?.weight ?? 0)) continue;
    const at = own.findIndex((each) => each.weight < weight);
    own.splice(at < 0 ? own.length : at, 0, { value, weight });
    own.length = Math.min(own.length, cellsShown);
  }
  return cells.map((own) => own.map(({ value }) => value));
}
