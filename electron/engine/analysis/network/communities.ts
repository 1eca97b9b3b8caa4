/** Groups within which there are more links than between them: the Louvain method, the same each time for one network. */
import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { degreeOf, type Graph, seeded } from './graph.ts';

const seed = 11;

// It is a CommonJS module whose types speak of an ES one: what is imported is the function itself, with this beside it.
const { detailed } = louvain as unknown as {
  detailed(
    graph: UndirectedGraph,
    options: { rng: () => number },
  ): { communities: Readonly<Record<string, number>>; modularity: number };
};

export interface Communities {
  /** Number of the group of each node, the largest group 0; -1 for a node without a link. */
  of: Int32Array;
  count: number;
  /** From 0 (no more links within than chance gives) to 1. */
  modularity: number;
}

export function findCommunities(graph: Graph): Communities {
  const of = new Int32Array(graph.size).fill(-1);
  const network = new UndirectedGraph({ allowSelfLoops: false });
  for (let node = 0; node < graph.size; node += 1) if (degreeOf(graph, node) > 0) network.addNode(node);
  if (network.order === 0) return { of, count: 0, modularity: 0 };
  for (let node = 0; node < graph.size; node += 1) {
    for (let at = graph.starts[node] ?? 0; at < (graph.starts[node + 1] ?? 0); at += 1) {
      const other = graph.ends[at] ?? 0;
      if (node < other) network.addEdge(node, other, { weight: graph.weights[at] ?? 1 });
    }
  }
  const { communities, modularity } = detailed(network, { rng: seeded(seed) });
  const sizes = new Map<number, { size: number; first: number }>();
  for (let node = 0; node < graph.size; node += 1) {
    const group = communities[node];
    if (group === undefined) continue;
    const known = sizes.get(group);
    if (known) known.size += 1;
    else sizes.set(group, { size: 1, first: node });
  }
  // The largest first, equals by their first node: numbers do not depend on how the method went about.
  const order = [...sizes].sort(([, x], [, y]) => y.size - x.size || x.first - y.first);
  const numbers = new Map(order.map(([group], number) => [group, number]));
  for (let node = 0; node < graph.size; node += 1) {
    const group = communities[node];
    if (group !== undefined) of[node] = numbers.get(group) ?? -1;
  }
  return { of, count: order.length, modularity };
}
