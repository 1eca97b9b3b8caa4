/**
 * Movement between areas by the cells that served a phone. An area is where a cell serves, never a position. Areas
 * between which phones pass within minutes are one town; a journey is a change of town. Pure.
 */

import type { CallTable } from './callTable.ts';
import { rowsAtOnce, type Steps } from './slices.ts';
import { hour, startOf } from './study.ts';
import { NumberPlaces } from './table/numberPlaces.ts';

/** A stretch in which a phone was seen in one town. */
export interface Stay {
  town: number;
  from: number;
  to: number;
  rows: number;
  firstRow: number;
  lastRow: number;
}

/** From the last row in one town to the first in the next. */
export interface Leg {
  phone: number;
  from: number;
  to: number;
  left: number;
  arrived: number;
  leftRow: number;
  arrivedRow: number;
}

export interface Towns {
  /** Town of an area. */
  of: Int32Array;
  /** Areas of each town, the busiest first. */
  areas: number[][];
  names: string[];
}

/** More areas than this are no areas: every cell stands for itself. */
const mostAreas = 4000;

/** How often phones pass between two areas, and how often quicker than anybody travels between towns. */
class Passings {
  private readonly places = new NumberPlaces();
  private readonly total: number[] = [];
  private readonly quick: number[] = [];
  /** Rows of a phone after another of it, and those that follow so soon that nobody could have travelled. */
  private rows = 0;
  private soon = 0;

  private placeOf(one: number, other: number): number {
    return this.places.placeOf(one < other ? one * mostAreas + other : other * mostAreas + one);
  }

  /** A row in one area after a row in another or the same. */
  add(one: number, other: number, isQuick: boolean): void {
    this.rows += 1;
    this.soon += Number(isQuick);
    if (one === other) return;
    const place = this.placeOf(one, other);
    this.total[place] = (this.total[place] ?? 0) + 1;
    this.quick[place] = (this.quick[place] ?? 0) + Number(isQuick);
  }

  private isNear(place: number): boolean {
    const quick = this.quick[place] ?? 0;
    // Between neighbours phones pass as quickly as their rows follow one another; between towns hardly ever.
    const least = Math.max(0.1, (0.5 * this.soon) / Math.max(1, this.rows));
    const expected = least * (this.total[place] ?? 0);
    // Of few passings some are quick by chance.
    return quick >= 2 && quick >= expected + Math.sqrt(expected);
  }

  /** Pairs that are near, those between which most pass quickly first. */
  near(): [number, number][] {
    return this.quick
      .map((_, place) => place)
      .filter((place) => this.isNear(place))
      .sort((x, y) => (this.quick[y] ?? 0) - (this.quick[x] ?? 0))
      .map((place) => {
        const key = this.places.numberAt(place);
        return [Math.floor(key / mostAreas), key % mostAreas];
      });
  }

  /** Phones passed between the two, and were seen to need longer. */
  areApart(one: number, other: number): boolean {
    const place = this.placeOf(one, other);
    return (this.total[place] ?? 0) >= 2 && !this.isNear(place);
  }
}

/** Areas that belong together because phones pass between them quicker than anybody travels between towns. */
export function* learnTowns(table: CallTable, townMinutes: number): Steps<Towns> {
  const count = table.areas.names.length;
  const of = Int32Array.from({ length: count }, (_, area) => area);
  const seen = new Float64Array(count);
  const passings = new Passings();
  if (count > 1 && count <= mostAreas) {
    // In order of time for all phones at once: a million rows by phone would be read from all over the memory.
    const areaOf = new Int32Array(table.phones.length).fill(-1);
    const until = new Float64Array(table.phones.length);
    for (let place = 0; place < table.order.length; place += 1) {
      if (place % rowsAtOnce === 0) yield;
      const row = table.order[place] ?? 0;
      const phone = table.owner[row] ?? -1;
      const area = table.area[row] ?? -1;
      if (phone < 0 || area < 0) continue;
      seen[area] = (seen[area] ?? 0) + 1;
      const before = areaOf[phone] ?? -1;
      const at = table.start[row] ?? 0;
      if (before >= 0) passings.add(before, area, at - (until[phone] ?? 0) < townMinutes * 60);
      const end = table.areaEnd[row] ?? -1;
      areaOf[phone] = end >= 0 ? end : area;
      until[phone] = at + Math.max(0, table.duration[row] ?? 0);
    }
  }
  const members = new Map<number, number[]>(Array.from({ length: count }, (_, area) => [area, [area]]));
  for (const [x, y] of passings.near()) {
    const [one, other] = [of[x] ?? 0, of[y] ?? 0];
    if (one === other) continue;
    const [mine, theirs] = [members.get(one) ?? [], members.get(other) ?? []];
    // A chain of neighbours from one town to the next is no town: nobody may have been seen to need longer between any two.
    if (mine.some((each) => theirs.some((their) => passings.areApart(each, their)))) continue;
    for (const area of theirs) of[area] = one;
    members.set(one, [...mine, ...theirs]);
    members.delete(other);
  }
  const towns = [...members.values()];
  towns.forEach((areas, town) => {
    areas.sort((x, y) => (seen[y] ?? 0) - (seen[x] ?? 0));
    for (const area of areas) of[area] = town;
  });
  const name = (areas: number[]) => {
    const first = table.areas.names[areas[0] ?? 0] ?? '';
    return areas.length > 1 ? `${first} and ${areas.length - 1} near` : first;
  };
  return { of, areas: towns, names: towns.map(name) };
}

/** Stays of a phone in order of time. A single row of another town within minutes is the edge of a cell and no stay. */
export function staysOf(table: CallTable, towns: Towns, phone: number, townMinutes: number): Stay[] {
  const stays: Stay[] = [];
  const see = (area: number, at: number, row: number) => {
    if (area < 0) return;
    const town = towns.of[area] ?? area;
    const open = stays.at(-1);
    if (open?.town === town) {
      open.to = at;
      open.lastRow = row;
      open.rows += 1;
    } else stays.push({ town, from: at, to: at, rows: 1, firstRow: row, lastRow: row });
  };
  for (const row of table.ownRowsOf(phone)) {
    const at = startOf(table, row);
    see(table.area[row] ?? -1, at, row);
    const end = table.areaEnd[row] ?? -1;
    if (end >= 0 && end !== table.area[row]) see(end, at + Math.max(0, table.duration[row] ?? 0), row);
  }
  const kept: Stay[] = [];
  stays.forEach((stay, place) => {
    const [before, next] = [kept.at(-1), stays[place + 1]];
    if (before && next && before.town === next.town && next.from - before.to < 2 * townMinutes * 60) return;
    if (before?.town === stay.town) {
      before.to = stay.to;
      before.lastRow = stay.lastRow;
      before.rows += stay.rows;
    } else kept.push({ ...stay });
  });
  return kept;
}

export function legsOf(phone: number, stays: readonly Stay[]): Leg[] {
  return stays.slice(1).flatMap((stay, place) => {
    const before = stays[place];
    return before
      ? [
          {
            phone,
            from: before.town,
            to: stay.town,
            left: before.to,
            arrived: stay.from,
            leftRow: before.lastRow,
            arrivedRow: stay.firstRow,
          },
        ]
      : [];
  });
}

const dayOf = (seconds: number) => Math.floor(seconds / (24 * hour));
const hourOf = (seconds: number) => (seconds % (24 * hour)) / hour;

/** The night in which a time is, from ten in the evening to six, as a number; null for the day. */
export function nightOf(at: number): number | null {
  const clock = hourOf(at);
  return clock >= 6 && clock < 22 ? null : dayOf(at + 2 * hour);
}

/** Town in which a phone mostly is at night, or -1. */
export function nightTown(
  table: CallTable,
  towns: Towns,
  phone: number,
): { town: number; nights: number; of: number } {
  const nights = new Map<number, Set<number>>();
  const all = new Set<number>();
  for (const row of table.ownRowsOf(phone)) {
    const area = table.area[row] ?? -1;
    const night = nightOf(startOf(table, row));
    if (area < 0 || night === null) continue;
    const town = towns.of[area] ?? area;
    nights.set(town, (nights.get(town) ?? new Set()).add(night));
    all.add(night);
  }
  const [most] = [...nights].sort((x, y) => y[1].size - x[1].size);
  return most ? { town: most[0], nights: most[1].size, of: all.size } : { town: -1, nights: 0, of: 0 };
}
