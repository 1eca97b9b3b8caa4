/**
 * What falls apart when one node goes, for every node at once: the parts that hang together through it alone (Tarjan's
 * cut vertices, with how many of those that count are in each part).
 */
import type { Graph } from './graph.ts';

export interface Cuts {
  /**
   * Parts with somebody who counts into which the node's own part falls without it: 0 where nobody is left, 1 where
   * nobody is parted from anybody.
   */
  pieces: Int32Array;
  /** Pairs of nodes that count and still hang together, in the node's own part, without it. */
  pairsLeft: Float64Array;
  /** Pairs of nodes that count and hang together, of all parts. */
  pairs: number;
  /** Those of the part in which a node is. */
  pairsOfPart: Float64Array;
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/**
 * @param counts 1 for nodes that count when pairs are counted.
 * @param gone 1 for nodes that are not there any more.
 */
export function findCuts(graph: Graph, counts: Uint8Array, gone?: Uint8Array): Cuts {
  const { size, starts, ends } = graph;
  const cuts: Cuts = {
    pieces: new Int32Array(size),
    pairsLeft: new Float64Array(size),
    pairs: 0,
    pairsOfPart: new Float64Array(size),
  };
  const found = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const above = new Int32Array(size).fill(-1);
  const next = starts.slice(0, size);
  // Nodes that count in the tree under a node; of those the ones that hang on through it alone.
  const under = new Float64Array(size);
  const cutOff = new Float64Array(size);
  const stack = new Int32Array(size);
  let time = 0;
  for (let root = 0; root < size; root += 1) {
    if (found[root] !== -1 || gone?.[root] === 1) continue;
    const visited: number[] = [];
    let depth = 1;
    stack[0] = root;
    while (depth > 0) {
      const node = stack[depth - 1] ?? 0;
      if (found[node] === -1) {
        found[node] = time;
        lowest[node] = time;
        time += 1;
        under[node] = counts[node] ?? 0;
        visited.push(node);
      }
      const at = next[node] ?? 0;
      if (at < (starts[node + 1] ?? 0)) {
        next[node] = at + 1;
        const other = ends[at] ?? 0;
        if (gone?.[other] === 1 || other === above[node]) continue;
        if (found[other] === -1) {
          above[other] = node;
          stack[depth] = other;
          depth += 1;
        } else lowest[node] = Math.min(lowest[node] ?? 0, found[other] ?? 0);
        continue;
      }
      depth -= 1;
      const parent = above[node] ?? -1;
      if (parent === -1) continue;
      under[parent] = (under[parent] ?? 0) + (under[node] ?? 0);
      lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
      if ((lowest[node] ?? 0) >= (found[parent] ?? 0)) {
        if ((under[node] ?? 0) > 0) cuts.pieces[parent] = (cuts.pieces[parent] ?? 0) + 1;
        cuts.pairsLeft[parent] = (cuts.pairsLeft[parent] ?? 0) + pairsOf(under[node] ?? 0);
        cutOff[parent] = (cutOff[parent] ?? 0) + (under[node] ?? 0);
      }
    }
    const all = under[root] ?? 0;
    cuts.pairs += pairsOf(all);
    for (const node of visited) {
      cuts.pairsOfPart[node] = pairsOf(all);
      if (node === root) continue;
      // What is above hangs together without the node, with everything under it that has another way there.
      const rest = all - (counts[node] ?? 0) - (cutOff[node] ?? 0);
      if (rest > 0) cuts.pieces[node] = (cuts.pieces[node] ?? 0) + 1;
      cuts.pairsLeft[node] = (cuts.pairsLeft[node] ?? 0) + pairsOf(rest);
    }
  }
  return cuts;
}
