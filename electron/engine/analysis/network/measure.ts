/** Every measure of a network, one after the other. Runs in a thread of its own. */
import { findBetweenness } from './betweenness.ts';
import { findCommunities } from './communities.ts';
import { findCuts } from './cuts.ts';
import { buildGraph, findParts, type Pairs } from './graph.ts';
import { findKeyPlayers, type KeyPlayer } from './keyPlayers.ts';

export interface MeasureTask {
  size: number;
  pairs: Pairs;
  /** 1 for people and lines: whom the network is about. */
  counts: Uint8Array;
  /** 1 for those who may be named as key players. */
  candidates: Uint8Array;
}

export interface Measured {
  /** Pairs of others whose shortest way leads through the node. */
  through: Float64Array;
  drawn: { from: number; of: number } | null;
  /** Number of the part of each node, and the nodes of each part. */
  part: Int32Array;
  partSizes: number[];
  community: Int32Array;
  communities: number;
  modularity: number;
  /** Parts with people or lines into which the node's part falls without it. */
  pieces: Int32Array;
  /** Pairs of people and lines that hang together. */
  pairs: number;
  keyPlayers: KeyPlayer[];
}

const mostKeyPlayers = 12;

export function measure(task: MeasureTask, progress: (share: number) => void = () => undefined): Measured {
  const graph = buildGraph(task.size, task.pairs);
  const parts = findParts(graph);
  const { through, drawn } = findBetweenness(graph, { progress });
  progress(1);
  const communities = findCommunities(graph);
  const cuts = findCuts(graph, task.counts);
  return {
    through,
    drawn,
    part: parts.of,
    partSizes: parts.sizes,
    community: communities.of,
    communities: communities.count,
    modularity: communities.modularity,
    pieces: cuts.pieces,
    pairs: cuts.pairs,
    keyPlayers: findKeyPlayers(graph, {
      counts: task.counts,
      candidates: task.candidates,
      through,
      most: mostKeyPlayers,
    }),
  };
}
