/** The queue of the review: groups and pairs to decide, and what is left of it after each decision. Pure. */
import type { MatchPair, MatchReport } from '../../../shared/contract/areas/matching.ts';

/** One thing to decide: a pair, or a group that hangs together. */
export interface Case {
  key: string;
  /** References, best first; after a merge the first one stays. */
  refs: readonly string[];
  /** The pairs among them, best first. */
  pairs: readonly MatchPair[];
  score: number;
  kind: 'group' | 'pair' | 'unsure';
}

export const keyOf = (refs: readonly string[]): string => [...refs].sort().join(' ');

const numberOf = (ref: string) => Number(/\d+$/.exec(ref)?.[0] ?? 0);

/** Which reference stays: the one of most pairs, else the oldest. */
function inOrder(refs: readonly string[]): string[] {
  return [...refs].sort((a, b) => numberOf(a) - numberOf(b) || a.localeCompare(b));
}

/** Groups first as their best pair ranks them, then pairs that stand alone; what was left open before comes last. */
export function makeCases(pairs: readonly MatchPair[], clusters: readonly (readonly string[])[]): Case[] {
  const groupOf = new Map<string, number>();
  clusters.forEach((refs, index) => {
    for (const ref of refs) groupOf.set(ref, index);
  });
  const inGroup: MatchPair[][] = clusters.map(() => []);
  const alone: Case[] = [];
  for (const pair of pairs) {
    const group = groupOf.get(pair.a);
    if (group !== undefined && group === groupOf.get(pair.b) && pair.decision !== 'unsure')
      inGroup[group]?.push(pair);
    else
      alone.push({
        key: keyOf([pair.a, pair.b]),
        refs: inOrder([pair.a, pair.b]),
        pairs: [pair],
        score: pair.score,
        kind: pair.decision === 'unsure' ? 'unsure' : 'pair',
      });
  }
  const groups = clusters.map((refs, index): Case => {
    const own = inGroup[index] ?? [];
    return {
      key: keyOf(refs),
      refs: inOrder(refs),
      pairs: own,
      score: own.length === 0 ? 0 : own.reduce((sum, pair) => sum + pair.score, 0) / own.length,
      kind: refs.length > 2 ? 'group' : 'pair',
    };
  });
  return [...groups, ...alone].sort(
    (x, y) => Number(x.kind === 'unsure') - Number(y.kind === 'unsure') || y.score - x.score,
  );
}

/** The pairs after rows were merged: what named one of them names the first, and nothing stands twice. */
export function afterMerge(pairs: readonly MatchPair[], refs: readonly string[]): MatchPair[] {
  const [root = '', ...others] = refs;
  const gone = new Set(others);
  const seen = new Set<string>();
  return pairs.flatMap((pair) => {
    const a = gone.has(pair.a) ? root : pair.a;
    const b = gone.has(pair.b) ? root : pair.b;
    const key = keyOf([a, b]);
    if (a === b || seen.has(key)) return [];
    seen.add(key);
    return [{ ...pair, a, b }];
  });
}

export const withoutPair = (pairs: readonly MatchPair[], a: string, b: string): MatchPair[] => {
  const key = keyOf([a, b]);
  return pairs.filter((pair) => keyOf([pair.a, pair.b]) !== key);
};

/** Groups without rows that were merged, dropped or told apart; a group of one is none. */
export function clustersWithout(
  clusters: readonly (readonly string[])[],
  refs: readonly string[],
): string[][] {
  const gone = new Set(refs);
  return clusters.map((each) => each.filter((ref) => !gone.has(ref))).filter((each) => each.length > 1);
}

/** How many pairs a threshold takes. */
export const pairsFrom = (report: MatchReport, threshold: number): number =>
  report.pairs.filter((pair) => pair.score >= threshold && pair.decision !== 'unsure').length;
