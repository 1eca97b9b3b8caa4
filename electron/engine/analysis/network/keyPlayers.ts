/**
 * Whom to take out so that the network falls apart most (Borgatti's key player problem, by the greedy way): one after
 * the other the one without whom most pairs of others no longer hang together. Among equals the one through whom more of the
 * shortest ways go.
 */
import { type Cuts, findCuts } from './cuts.ts';
import type { Graph } from './graph.ts';

export interface KeyPlayer {
  node: number;
  /** Pairs that hang together before and after this one is taken out too. */
  before: number;
  after: number;
  /** Pairs of others who hang together no longer; the rest that is lost are the player's own. */
  parted: number;
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
    first = Math.max(first, cuts.pairs);
    let best = -1;
    let bestParted = 0;
    for (let node = 0; node < graph.size; node += 1) {
      if (candidates[node] !== 1 || gone[node] === 1) continue;
      const parted = partedBy(cuts, node, counts);
      const isEqual = parted === bestParted && best >= 0;
      if (parted > bestParted || (isEqual && (through[node] ?? 0) > (through[best] ?? 0))) {
        best = node;
        bestParted = parted;
      }
    }
    if (best < 0 || bestParted < leastShare * first) break;
    gone[best] = 1;
    const lost = (cuts.pairsOfPart[best] ?? 0) - (cuts.pairsLeft[best] ?? 0);
    found.push({
      node: best,
      before: cuts.pairs,
      after: cuts.pairs - lost,
      parted: bestParted,
      pieces: cuts.pieces[best] ?? 0,
    });
  }
  return found;
}

/** Pairs of others who hang together with the node and not without it. */
function partedBy(cuts: Cuts, node: number, counts: Uint8Array): number {
  const whole = cuts.pairsOfPart[node] ?? 0;
  // Of n who hang together there are n(n - 1)/2 pairs, of which n - 1 are the node's own.
  const own = counts[node] === 1 ? (Math.sqrt(8 * whole + 1) - 1) / 2 : 0;
  return whole - Math.round(own) - (cuts.pairsLeft[node] ?? 0);
}
