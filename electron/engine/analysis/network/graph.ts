/** A network as arrays of numbers: who is linked with whom. Pure; what the numbers stand for is known outside. */

/** Undirected, without loops, each pair once. Neighbours of node n: `ends[starts[n]]` up to `ends[starts[n + 1] - 1]`. */
export interface Graph {
  size: number;
  starts: Int32Array;
  ends: Int32Array;
  /** How much a link weighs, in the order of `ends`. */
  weights: Float64Array;
  /** Which pair a link is, in the order of `ends`. */
  pairs: Int32Array;
}

/** Pairs of nodes as columns: `from[i]` is linked with `to[i]`. */
export interface Pairs {
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
}

export function buildGraph(size: number, { from, to, weight }: Pairs): Graph {
  const starts = new Int32Array(size + 1);
  for (let pair = 0; pair < from.length; pair += 1) {
    for (const node of [from[pair] ?? 0, to[pair] ?? 0]) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
  }
  for (let node = 0; node < size; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const next = starts.slice(0, size);
  const ends = new Int32Array(from.length * 2);
  const weights = new Float64Array(from.length * 2);
  const pairs = new Int32Array(from.length * 2);
  const put = (node: number, other: number, pair: number) => {
    const place = next[node] ?? 0;
    ends[place] = other;
    weights[place] = weight[pair] ?? 1;
    pairs[place] = pair;
    next[node] = place + 1;
  };
  for (let pair = 0; pair < from.length; pair += 1) {
    put(from[pair] ?? 0, to[pair] ?? 0, pair);
    put(to[pair] ?? 0, from[pair] ?? 0, pair);
  }
  return { size, starts, ends, weights, pairs };
}

export const neighboursOf = (graph: Graph, node: number): Int32Array =>
  graph.ends.subarray(graph.starts[node] ?? 0, graph.starts[node + 1] ?? 0);

export const degreeOf = (graph: Graph, node: number): number =>
  (graph.starts[node + 1] ?? 0) - (graph.starts[node] ?? 0);

/** Which nodes hang together. A node that is gone has part -1. */
export interface Parts {
  of: Int32Array;
  /** Nodes of each part. */
  sizes: number[];
}

/** @param gone 1 for nodes that are taken out; none where it is left out. */
export function findParts(graph: Graph, gone?: Uint8Array): Parts {
  const of = new Int32Array(graph.size).fill(-1);
  const sizes: number[] = [];
  const queue = new Int32Array(graph.size);
  for (let first = 0; first < graph.size; first += 1) {
    if (of[first] !== -1 || gone?.[first] === 1) continue;
    const part = sizes.length;
    let [read, end] = [0, 1];
    queue[0] = first;
    of[first] = part;
    while (read < end) {
      const node = queue[read] ?? 0;
      read += 1;
      for (let at = graph.starts[node] ?? 0; at < (graph.starts[node + 1] ?? 0); at += 1) {
        const other = graph.ends[at] ?? 0;
        if (of[other] !== -1 || gone?.[other] === 1) continue;
        of[other] = part;
        queue[end] = other;
        end += 1;
      }
    }
    sizes.push(end);
  }
  return { of, sizes };
}

/** The same numbers for the same seed, on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
