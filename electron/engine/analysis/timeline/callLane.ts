/** Calls and texts along a period, counted by pieces of it. Pure over the table of calls. */
import type { TimelineBin } from '../../../../shared/contract/areas/timeline.ts';
import { isoOfSeconds } from '../../../../shared/domain/timeGrain.ts';
import type { CallTable } from '../calls/callTable.ts';
import { kindCode } from '../calls/callTable.ts';
import { day, hour, isText, startOf } from '../calls/study.ts';

/** The pieces of a period, with a quick way from a moment to its piece. */
export interface Pieces {
  /** Begins, and the end of the last. */
  cuts: readonly number[];
  /** Place of the piece; the moment must lie within the cuts. */
  pieceOf(seconds: number): number;
}

export function piecesOf(cuts: readonly number[]): Pieces {
  const base = cuts[0] ?? 0;
  const end = cuts.at(-1) ?? base;
  const unit = (cuts[1] ?? end) - base < day ? hour : day;
  const places = new Int32Array(Math.ceil((end - base) / unit));
  for (const [place, cut] of cuts.slice(0, -1).entries())
    places.fill(place, (cut - base) / unit, ((cuts[place + 1] ?? end) - base) / unit);
  return { cuts, pieceOf: (seconds) => places[Math.floor((seconds - base) / unit)] ?? 0 };
}

/** Counts of a lane, piece by piece, those with none left out. */
export class Counts {
  private readonly pieces: Pieces;
  private readonly count: Float64Array;
  private readonly texts: Float64Array;
  private readonly other: Float64Array;

  constructor(pieces: Pieces) {
    this.pieces = pieces;
    const length = Math.max(1, pieces.cuts.length - 1);
    this.count = new Float64Array(length);
    this.texts = new Float64Array(length);
    this.other = new Float64Array(length);
  }

  add(seconds: number, kind: 'call' | 'text' | 'other' = 'call'): void {
    const place = this.pieces.pieceOf(seconds);
    this.count[place] = (this.count[place] ?? 0) + 1;
    if (kind === 'text') this.texts[place] = (this.texts[place] ?? 0) + 1;
    else if (kind === 'other') this.other[place] = (this.other[place] ?? 0) + 1;
  }

  at(place: number): number {
    return this.count[place] ?? 0;
  }

  bins(): TimelineBin[] {
    const { cuts } = this.pieces;
    return [...this.count].flatMap((count, place) =>
      count === 0
        ? []
        : [
            {
              from: isoOfSeconds(cuts[place] ?? 0),
              to: isoOfSeconds(cuts[place + 1] ?? 0),
              count,
              texts: this.texts[place] ?? 0,
              other: this.other[place] ?? 0,
            },
          ],
    );
  }
}

export interface CallsInView {
  total: number;
  before: number;
  after: number;
  inView: number;
  /** Rows in view in order of time, as long as there are no more than `most`. */
  rows: number[];
}

/** Places in the table of the rows to look at, in order of time: of some phones, or null for every row. */
export type CallRows = Uint32Array | null;

/** Rows of any of these phones, each once, in order of time; only those with one of `among` at the other end or this. */
export function rowsOfPhones(
  table: CallTable,
  phones: readonly number[],
  among: ReadonlySet<number> | null,
): Uint32Array {
  const [only] = phones;
  if (phones.length === 1 && only !== undefined && among === null) return table.rowsOf(only);
  const seen = new Set<number>();
  for (const phone of phones)
    for (const row of table.rowsOf(phone)) {
      const isAmong = among === null || among.has(table.from[row] ?? -1) || among.has(table.to[row] ?? -1);
      if (isAmong) seen.add(row);
    }
  return Uint32Array.from(seen).sort((x, y) => startOf(table, x) - startOf(table, y) || x - y);
}

/** Walks once over the rows: counts those in view into `counts`, and tells what lies outside. Repeats count once. */
export function countCalls(
  table: CallTable,
  rows: CallRows,
  view: { from: number; to: number },
  counts: Counts | null,
  most: number,
): CallsInView {
  const found: CallsInView = {
    total: 0,
    before: 0,
    after: 0,
    inView: 0,
    rows: [],
  };
  const length = rows === null ? table.count : rows.length;
  for (let place = 0; place < length; place += 1) {
    const row = rows === null ? place : (rows[place] ?? 0);
    const at = table.start[row] ?? Number.NaN;
    if (Number.isNaN(at) || table.repeat[row] === 1) continue;
    found.total += 1;
    if (at < view.from) found.before += 1;
    else if (at >= view.to) found.after += 1;
    else {
      found.inView += 1;
      if (found.inView <= most) found.rows.push(row);
      counts?.add(at, kindOfRow(table, row));
    }
  }
  if (found.inView > most) found.rows = [];
  else if (rows === null) found.rows.sort((x, y) => startOf(table, x) - startOf(table, y) || x - y);
  return found;
}

function kindOfRow(table: CallTable, row: number): 'call' | 'text' | 'other' {
  if (isText(table, row)) return 'text';
  return table.kind[row] === kindCode.voice ? 'call' : 'other';
}
