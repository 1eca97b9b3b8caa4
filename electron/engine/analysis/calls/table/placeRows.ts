/** In which area each row was, by the texts that name its cells. Pure. */

import type { CallTable } from '../callTable.ts';
import { rowsAtOnce, type Steps } from '../slices.ts';
import { learnAreas } from './areas.ts';
import type { CallColumns } from './callColumns.ts';

/** How often each text names a cell. */
function* countCells({ cellStart, cellEnd, cellName, count, texts }: CallColumns): Steps<Uint32Array> {
  let most = 0;
  for (const text of texts.keys()) if (text > most) most = text;
  const used = new Uint32Array(most + 1);
  for (const column of [cellStart, cellEnd, cellName])
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

export function* placeRows(
  columns: CallColumns,
): Steps<Pick<CallTable, 'areas' | 'area' | 'areaEnd' | 'cellsOf'>> {
  const { count, texts, cellStart, cellEnd, cellName } = columns;
  const used = yield* countCells(columns);
  const named = [...texts].filter(([text]) => (used[text] ?? 0) > 0);
  const areas = yield* learnAreas(named.map(([, value]) => value));
  const areaOf = new Int32Array(used.length).fill(-1);
  for (const [place, [text, value]] of named.entries()) {
    if (place % textsAtOnce === 0) yield;
    areaOf[text] = areas.areaOf(value);
  }
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
  for (let row = 0; row < count; row += 1) {
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
