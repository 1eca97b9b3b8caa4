/** Journeys as people make them who go to work or come home for the week end: what a courier's must be told from. Pure. */
import type { Leg } from './movement.ts';
import { day, hour } from './study.ts';

const dayOf = (seconds: number) => Math.floor(seconds / day);
const hourOf = (seconds: number) => (seconds % day) / hour;
/** Monday is 0: 1 January 1970 was a Thursday. */
const weekdayOf = (seconds: number) => (dayOf(seconds) + 3) % 7;

function put<Key>(lists: Map<Key, number[]>, key: Key, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** A time in one town between two journeys of one phone. */
interface Away {
  from: number;
  to: number;
}

/** The times in each of the towns between which the journeys are. */
function timesBetween(legs: readonly Leg[]): Away[][] {
  const times = new Map<number, Away[]>();
  for (const [place, leg] of legs.entries()) {
    const next = legs[place + 1];
    if (!next || next.from !== leg.to) continue;
    const own = times.get(leg.to) ?? [];
    own.push({ from: leg.arrived, to: next.left });
    times.set(leg.to, own);
  }
  return [...times.values()];
}

const shareOf = (times: readonly Away[], is: (time: Away) => boolean) =>
  times.filter(is).length / Math.max(1, times.length);

/** Whether journeys are those of somebody who goes to work: on most working days, there and back within the day. */
export function isCommute(legs: readonly Leg[]): boolean {
  if (legs.length < 8) return false;
  const span = (legs.at(-1)?.arrived ?? 0) - (legs[0]?.left ?? 0);
  const workingDays = Math.max(5, (span / day) * (5 / 7));
  const isWork = timesBetween(legs).some(
    (times) =>
      new Set(times.map((time) => dayOf(time.from))).size >= 0.4 * workingDays &&
      shareOf(times, (time) => dayOf(time.from) === dayOf(time.to) && weekdayOf(time.from) < 5) >= 0.85,
  );
  return isWork || isByTheHour(legs) || isByTheClock(legs);
}

const isWeekday = (at: number) => weekdayOf(at) < 5;

/**
 * Whether the hour of the week tells in which of the towns the phone is: in the one on working days alone, in the other
 * hardly ever then. That is seen where a phone is used too seldom for its days to be counted.
 */
function isByTheHour(legs: readonly Leg[]): boolean {
  const seen = new Map<number, number[]>();
  for (const leg of legs) {
    put(seen, leg.from, leg.left);
    put(seen, leg.to, leg.arrived);
  }
  const shareAt = (times: readonly number[], first: number, last: number) =>
    times.filter((at) => isWeekday(at) && hourOf(at) >= first && hourOf(at) < last).length / times.length;
  const towns = [...seen.values()].sort((x, y) => shareAt(y, 9, 17) - shareAt(x, 9, 17));
  const [work = [], home = []] = towns;
  return towns.length === 2 && shareAt(work, 7, 19) >= 0.95 && shareAt(home, 9, 17) <= 0.08;
}

/** On most days of the week, at the same hours. */
function isByTheClock(legs: readonly Leg[]): boolean {
  const days = new Set(legs.map((leg) => dayOf(leg.arrived)));
  const weeks = Math.max(1, ((legs.at(-1)?.arrived ?? 0) - (legs[0]?.arrived ?? 0)) / (7 * day));
  if (days.size / weeks < 3.2) return false;
  const ways = new Map<string, number[]>();
  for (const leg of legs) put(ways, `${leg.from} ${leg.to}`, hourOf(leg.arrived));
  return [...ways.values()].every((hours) => {
    const sorted = [...hours].sort((x, y) => x - y);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return hours.filter((at) => Math.abs(at - middle) <= 2).length / hours.length >= 0.7;
  });
}

/** Whether nearly all times in one of the towns are week ends or parts of them: somebody who comes home, or visits. */
export function isForWeekEnds(legs: readonly Leg[]): boolean {
  const isWeekEnd = ({ from, to }: Away) =>
    to - from <= 4 * day && weekdayOf(from) >= 4 && (weekdayOf(to) >= 4 || weekdayOf(to) === 0);
  return timesBetween(legs).some((times) => times.length >= 3 && shareOf(times, isWeekEnd) >= 0.8);
}
