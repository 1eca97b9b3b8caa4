/** Measures of networks against networks that were worked out by hand, and against counting every way. */
import fc from 'fast-check';
import { UndirectedGraph } from 'graphology';
import library from 'graphology-metrics/centrality/betweenness.js';
import { describe, expect, it } from 'vitest';
import { findBetweenness } from '../../electron/engine/analysis/network/betweenness.ts';
import { findCuts } from '../../electron/engine/analysis/network/cuts.ts';
import { buildGraph, findParts, type Graph, seeded } from '../../electron/engine/analysis/network/graph.ts';
import { findKeyPlayers } from '../../electron/engine/analysis/network/keyPlayers.ts';
import { measure } from '../../electron/engine/analysis/network/measure.ts';

// Its types speak of an ES module, but it is a CommonJS one: what is imported is the function itself.
const betweenness = library as unknown as typeof library.default;

type Pair = readonly [number, number];

const pairsOf = (pairs: readonly Pair[]) => ({
  from: Int32Array.from(pairs, ([a]) => a),
  to: Int32Array.from(pairs, ([, b]) => b),
  weight: new Float64Array(pairs.length).fill(1),
});
const graphOf = (size: number, pairs: readonly Pair[]): Graph => buildGraph(size, pairsOf(pairs));
const everybody = (size: number) => new Uint8Array(size).fill(1);
const measureAll = (size: number, pairs: readonly Pair[]) =>
  measure({ size, pairs: pairsOf(pairs), counts: everybody(size), candidates: everybody(size) });

const clique = (first: number, size: number): Pair[] => {
  const pairs: Pair[] = [];
  for (let a = first; a < first + size; a += 1)
    for (let b = a + 1; b < first + size; b += 1) pairs.push([a, b]);
  return pairs;
};

describe('networks worked out by hand', () => {
  it('a path of five: the middle has four of six pairs, and going it leaves two pairs', () => {
    const path: Pair[] = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ];
    const measured = measureAll(5, path);
    expect([...measured.through]).toEqual([0, 3, 4, 3, 0]);
    expect([...measured.pieces]).toEqual([1, 2, 2, 2, 1]);
    expect(measured.pairs).toBe(10);
    expect(measured.keyPlayers[0]).toEqual({ node: 2, before: 10, after: 2, parted: 4, pieces: 2 });
    expect(measured.drawn).toBeNull();
  });

  it('a star of six: every way goes through the middle, and nothing is left without it', () => {
    const star: Pair[] = [1, 2, 3, 4, 5].map((leaf) => [0, leaf]);
    const measured = measureAll(6, star);
    expect([...measured.through]).toEqual([10, 0, 0, 0, 0, 0]);
    expect([...measured.pieces]).toEqual([5, 1, 1, 1, 1, 1]);
    expect(measured.keyPlayers).toEqual([{ node: 0, before: 15, after: 0, parted: 10, pieces: 5 }]);
  });

  it('a ring of four: two ways of the same length count half each', () => {
    const ring: Pair[] = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ];
    const measured = measureAll(4, ring);
    expect([...measured.through]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect([...measured.pieces]).toEqual([1, 1, 1, 1]);
    expect(measured.keyPlayers).toEqual([]);
  });

  it('a barbell: the one on the bar has every pair across, 3 × 3, and the ends of it 2 × 4', () => {
    const barbell = [...clique(0, 3), ...clique(4, 3), [2, 3] as Pair, [3, 4] as Pair];
    const measured = measureAll(7, barbell);
    expect([...measured.through]).toEqual([0, 0, 8, 9, 8, 0, 0]);
    expect([...measured.pieces]).toEqual([1, 1, 2, 2, 2, 1, 1]);
    // Without the bar 3 + 3 pairs, without an end of it 1 + 6.
    expect(measured.keyPlayers[0]).toEqual({ node: 3, before: 21, after: 6, parted: 9, pieces: 2 });
  });

  it('two cliques with one link are two groups, and two apart are two parts', () => {
    const joined = measureAll(8, [...clique(0, 4), ...clique(4, 4), [3, 4]]);
    expect([...joined.community]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    // Twelve of thirteen links within; each group has half of the ends.
    expect(joined.modularity).toBeCloseTo(12 / 13 - 0.5, 10);
    const apart = measureAll(9, [...clique(0, 4), ...clique(4, 4)]);
    expect([...apart.part]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2]);
    expect(apart.partSizes).toEqual([4, 4, 1]);
    expect(apart.community[8]).toBe(-1);
    expect(apart.pairs).toBe(12);
  });

  it('only those who count make pairs, and only those who may be named are named', () => {
    const path: Pair[] = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ];
    const found = findKeyPlayers(graphOf(5, path), {
      counts: Uint8Array.from([1, 0, 0, 0, 1]),
      candidates: Uint8Array.from([0, 1, 0, 1, 0]),
      through: Float64Array.from([0, 3, 4, 3, 0]),
      most: 5,
    });
    expect(found).toEqual([{ node: 1, before: 1, after: 0, parted: 1, pieces: 2 }]);
  });

  it('nothing and nobody alone', () => {
    expect(measureAll(0, [])).toMatchObject({ pairs: 0, keyPlayers: [], communities: 0 });
    expect(measureAll(2, [])).toMatchObject({ pairs: 0, keyPlayers: [], partSizes: [1, 1] });
    expect(measureAll(2, [[0, 1]])).toMatchObject({ pairs: 1, partSizes: [2] });
  });
});

const graphs = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc
    .uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), {
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
      maxLength: 20,
    })
    .map((pairs) => ({ size, pairs: pairs.filter(([a, b]) => a !== b) })),
);

/** Every shortest way between two nodes, by trying all of them. */
function shortestWays(graph: Graph, from: number, to: number): number[][] {
  let ways: number[][] = [[from]];
  for (let length = 1; length < graph.size; length += 1) {
    ways = ways.flatMap((way) => {
      const last = way.at(-1) ?? 0;
      return [...graph.ends.slice(graph.starts[last], graph.starts[last + 1])]
        .filter((next) => !way.includes(next))
        .map((next) => [...way, next]);
    });
    const arrived = ways.filter((way) => way.at(-1) === to);
    if (arrived.length > 0) return arrived;
  }
  return [];
}

describe('any small network', () => {
  it('has as many ways through each as counting them gives', () => {
    fc.assert(
      fc.property(graphs, ({ size, pairs }) => {
        const graph = graphOf(size, pairs);
        const counted = new Array<number>(size).fill(0);
        for (let a = 0; a < size; a += 1)
          for (let b = a + 1; b < size; b += 1) {
            const ways = shortestWays(graph, a, b);
            for (const way of ways)
              for (const node of way.slice(1, -1)) counted[node] = (counted[node] ?? 0) + 1 / ways.length;
          }
        const { through } = findBetweenness(graph);
        for (let node = 0; node < size; node += 1) expect(through[node]).toBeCloseTo(counted[node] ?? 0, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('falls apart as it does when the node is truly taken out', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.boolean()), ({ size, pairs }, draws) => {
        const graph = graphOf(size, pairs);
        const counts = Uint8Array.from({ length: size }, () => (draws.next().value ? 1 : 0));
        const cuts = findCuts(graph, counts);
        const whole = findParts(graph);
        const pairsIn = (of: Int32Array, part: number) => {
          const count = [...of].filter((each, node) => each === part && counts[node] === 1).length;
          return (count * (count - 1)) / 2;
        };
        for (let node = 0; node < size; node += 1) {
          const gone = new Uint8Array(size);
          gone[node] = 1;
          const { of } = findParts(graph, gone);
          const own = new Set(
            [...of].filter((_, other) => other !== node && whole.of[other] === whole.of[node]),
          );
          const people = [...own].filter((part) =>
            [...of].some((each, other) => each === part && counts[other] === 1),
          );
          expect(cuts.pieces[node]).toBe(people.length);
          expect(cuts.pairsLeft[node]).toBe([...own].reduce((sum, part) => sum + pairsIn(of, part), 0));
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Many small groups with some links between them. */
function drawNetwork(size: number, links: number): Pair[] {
  const random = seeded(3);
  const pairs = new Map<number, Pair>();
  while (pairs.size < links) {
    const a = Math.floor(random() ** 2 * size);
    const near = Math.floor(a / 40) * 40 + Math.floor(random() * 40);
    const b = random() < 0.8 ? Math.min(size - 1, near) : Math.floor(random() * size);
    if (a !== b) pairs.set(Math.min(a, b) * size + Math.max(a, b), [a, b]);
  }
  return [...pairs.values()];
}

describe('large networks', () => {
  it('agree with another library where every start is taken', () => {
    const pairs = drawNetwork(400, 1200);
    const other = new UndirectedGraph();
    for (let node = 0; node < 400; node += 1) other.addNode(node);
    for (const [a, b] of pairs) other.addEdge(a, b);
    const theirs = betweenness(other, { normalized: false, getEdgeWeight: null });
    const { through, drawn } = findBetweenness(graphOf(400, pairs));
    expect(drawn).toBeNull();
    for (let node = 0; node < 400; node += 1) expect(through[node]).toBeCloseTo(theirs[node] ?? 0, 6);
  });

  it('are drawn from above a size, the same each time, and the first are found all the same', () => {
    const graph = graphOf(2000, drawNetwork(2000, 6000));
    const exact = findBetweenness(graph);
    const about = findBetweenness(graph, { mostSteps: 4_000_000 });
    expect(exact.drawn).toBeNull();
    expect(about.drawn?.from).toBeLessThan(400);
    expect(findBetweenness(graph, { mostSteps: 4_000_000 }).through).toEqual(about.through);
    const first = (through: Float64Array, count: number) =>
      [...through.keys()].sort((x, y) => (through[y] ?? 0) - (through[x] ?? 0)).slice(0, count);
    const top = new Set(first(about.through, 20));
    expect(first(exact.through, 10).filter((node) => top.has(node)).length).toBeGreaterThanOrEqual(9);
  });

  it('of 20,000 with 60,000 links are measured', () => {
    const measured = measureAll(20_000, drawNetwork(20_000, 60_000));
    expect(measured.drawn).not.toBeNull();
    expect(measured.communities).toBeGreaterThan(10);
    measured.keyPlayers.forEach(({ before, after }, place) => {
      expect(after).toBeLessThan(before);
      if (place > 0) expect(before).toBe(measured.keyPlayers[place - 1]?.after);
    });
  }, 120_000);
});
