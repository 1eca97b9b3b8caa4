/**
 * Whom to take out so that the network falls apart most (Borgatti's key player problem, by the greedy way): one after
 * the other the one without whom the fewest pairs still hang together. Among equals the one through whom more of the
 * shortest ways go.
 */
import { findCuts } from './cuts.ts';
import type { Graph } from './graph.ts';

export interface KeyPlayer {
  node: number;
  /** Pairs that hang together before and after this one is taken out too. */
  before: number;
  after: number;
  /** Parts into which its own part falls. */
  pieces: number;
}

const leastShare = 0.01;

export interface KeyPlayerOptions {
  /** 1 for nodes that count when pairs are counted. */
  counts: Uint8Array;
  /** 1 for nodes that may be named. */
  candidates: Uint8Array;
  /** By which equals are told apart. */
  through: Float64Array;
  most: number;
}

/** The best first. It ends where one more would part less than a hundredth of the pairs that there were at first. */
export function findKeyPlayers(
  graph: Graph,
  { counts, candidates, through, most }: KeyPlayerOptions,
): KeyPlayer[] {
  const gone = new Uint8Array(graph.size);
  const found: KeyPlayer[] = [];
  let first = 0;
  while (found.length < most) {
    const cuts = findCuts(graph, counts, gone);
    let best = -1;
    let bestLost = 0;
    for (let node = 0; node < graph.size; node += 1) {
      if (candidates[node] !== 1 || gone[node] === 1) continue;
      const lost = (cuts.pairsOfPart[node] ?? 0) - (cuts.pairsLeft[node] ?? 0);
      if (
        lost > bestLost ||
        (lost === bestLost && best >= 0 && (through[node] ?? 0) > (through[best] ?? 0))
      ) {
        best = node;
        bestLost = lost;
      }
    }
    first = Math.max(first, cuts.pairs);
    if (best < 0 || bestLost < leastShare * first) break;
    gone[best] = 1;
    found.push({
      node: best,
      before: cuts.pairs,
      after: cuts.pairs - bestLost,
      pieces: cuts.pieces[best] ?? 0,
    });
  }
  return found;
}
