/**
 * How many of the shortest ways between others go through a node (Freeman's betweenness, by Brandes' algorithm, every
 * link one step). Where two others are linked by several ways of the same length, each counts for its share.
 */
import { findParts, type Graph, seeded } from './graph.ts';

/** Links that are walked at the most, a second or two of work; above it starting points are drawn. */
const mostSteps = 60_000_000;
const seed = 7;

export interface Betweenness {
  /** Pairs of others whose shortest way leads through the node. */
  through: Float64Array;
  /** How many starting points were drawn from the largest part, and of how many; null where all were taken. */
  drawn: { from: number; of: number } | null;
}

export interface BetweennessOptions {
  /** Instead of the usual limit, for tests. */
  mostSteps?: number;
  /** Share of the work that is done, 0 to 1. */
  progress?: (share: number) => void;
}

export function findBetweenness(graph: Graph, options: BetweennessOptions = {}): Betweenness {
  const through = new Float64Array(graph.size);
  const walk = createWalk(graph);
  const parts = findParts(graph);
  const members: number[][] = parts.sizes.map(() => []);
  for (let node = 0; node < graph.size; node += 1) members[parts.of[node] ?? 0]?.push(node);
  const links = members.map((nodes) =>
    nodes.reduce((sum, node) => sum + (graph.starts[node + 1] ?? 0) - (graph.starts[node] ?? 0), 0),
  );
  const limit = options.mostSteps ?? mostSteps;
  const random = seeded(seed);
  let drawn: Betweenness['drawn'] = null;
  // The small parts first, each in whole as far as the limit reaches.
  const order = members.map((_, part) => part).sort((x, y) => (parts.sizes[x] ?? 0) - (parts.sizes[y] ?? 0));
  let left = limit;
  let done = 0;
  for (const part of order) {
    const nodes = members[part] ?? [];
    if (nodes.length < 3) continue;
    const cost = nodes.length + (links[part] ?? 0);
    const affordable = Math.max(100, Math.floor(left / cost));
    const isWhole = affordable >= nodes.length;
    const starts = isWhole ? nodes : draw(nodes, affordable, random);
    const sums = new Float64Array(nodes.length);
    starts.forEach((start, index) => {
      walk(start, nodes, sums);
      if (index % 64 === 63) options.progress?.(Math.min(1, (done + (index + 1) * cost) / limit));
    });
    done += starts.length * cost;
    left -= starts.length * cost;
    const isStart = isWhole ? null : new Set(starts);
    nodes.forEach((node, index) => {
      // A start says nothing of itself: of the others, as many as were taken stand for all.
      const taken = starts.length - (isStart === null || isStart.has(node) ? 1 : 0);
      through[node] = ((sums[index] ?? 0) * (nodes.length - 1)) / Math.max(1, taken) / 2;
    });
    if (!isWhole && nodes.length > (drawn?.of ?? 0)) drawn = { from: starts.length, of: nodes.length };
  }
  return { through, drawn };
}

function draw(nodes: readonly number[], count: number, random: () => number): number[] {
  const rest = [...nodes];
  for (let place = 0; place < count; place += 1) {
    const other = place + Math.floor(random() * (rest.length - place));
    [rest[place], rest[other]] = [rest[other] ?? 0, rest[place] ?? 0];
  }
  return rest.slice(0, count);
}

/** One start of Brandes' algorithm; adds to `sums` (in the order of `nodes`, the part of the start) what it depends on. */
function createWalk(graph: Graph) {
  const { starts, ends } = graph;
  const distance = new Int32Array(graph.size).fill(-1);
  const ways = new Float64Array(graph.size);
  const depends = new Float64Array(graph.size);
  const order = new Int32Array(graph.size);
  return (start: number, nodes: readonly number[], sums: Float64Array): void => {
    let [read, end] = [0, 1];
    order[0] = start;
    distance[start] = 0;
    ways[start] = 1;
    while (read < end) {
      const node = order[read] ?? 0;
      read += 1;
      const [next, own] = [(distance[node] ?? 0) + 1, ways[node] ?? 0];
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
        const other = ends[at] ?? 0;
        if (distance[other] === -1) {
          distance[other] = next;
          order[end] = other;
          end += 1;
        }
        if (distance[other] === next) ways[other] = (ways[other] ?? 0) + own;
      }
    }
    for (let place = end - 1; place > 0; place -= 1) {
      const node = order[place] ?? 0;
      const before = (distance[node] ?? 0) - 1;
      const share = (1 + (depends[node] ?? 0)) / (ways[node] ?? 1);
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
        const other = ends[at] ?? 0;
        if (distance[other] === before) depends[other] = (depends[other] ?? 0) + (ways[other] ?? 0) * share;
      }
    }
    nodes.forEach((node, index) => {
      if (node !== start) sums[index] = (sums[index] ?? 0) + (depends[node] ?? 0);
      distance[node] = -1;
      ways[node] = 0;
      depends[node] = 0;
    });
  };
}
