/**
 * Which rows hang together at a threshold. Closure alone is dangerous: A like B and B like C joins A and C however
 * unlike they are. So groups grow from the best pair down, and two groups become one only if on the whole their members
 * are like each other: pairs that were not looked at count as unlike.
 */
import type { ScoredPairs } from './score.ts';

/**
 * Groups of places, two or more each, in order. `threshold`: probability from which a pair holds. `joins`: whether
 * a pair may put two groups together. `apart`: said to be different, so that they are never in one group.
 */
export function clusterPairs(
  count: number,
  pairs: ScoredPairs,
  probability: (bits: number) => number,
  threshold: number,
  joins: (at: number) => boolean = () => true,
  apart: (a: number, b: number) => boolean = () => false,
): number[][] {
  const order: number[] = [];
  const known = new Map<number, number>();
  for (let at = 0; at < pairs.a.length; at++) {
    const p = probability(pairs.bits[at] ?? 0);
    known.set((pairs.a[at] ?? 0) * count + (pairs.b[at] ?? 0), p);
    if (p >= threshold && joins(at)) order.push(at);
  }
  order.sort((x, y) => (pairs.bits[y] ?? 0) - (pairs.bits[x] ?? 0) || x - y);
  const groupOf = new Map<number, number[]>();
  const group = (place: number): number[] => {
    let own = groupOf.get(place);
    if (!own) {
      own = [place];
      groupOf.set(place, own);
    }
    return own;
  };
  for (const at of order) {
    const one = group(pairs.a[at] ?? 0);
    const other = group(pairs.b[at] ?? 0);
    if (one === other) continue;
    if (one.some((a) => other.some((b) => apart(a, b)))) continue;
    let sum = 0;
    for (const a of one) for (const b of other) sum += known.get(a < b ? a * count + b : b * count + a) ?? 0;
    if (sum / (one.length * other.length) < cohesion) continue;
    const [large, small] = one.length >= other.length ? [one, other] : [other, one];
    for (const place of small) {
      large.push(place);
      groupOf.set(place, large);
    }
  }
  return [...new Set(groupOf.values())]
    .filter((members) => members.length > 1)
    .map((members) => members.sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** Mean probability between two groups from which they are one. */
const cohesion = 0.5;
