/** The measures of single entities, for what rests on them: priorities and pictures. */
import type { ProtectionReason } from '../../../../shared/domain/readiness/protection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import type { Session } from '../../session.ts';
import { chooseOptions } from './buildNetwork.ts';
import { degreeOf } from './graph.ts';
import { networkOf, type Work } from './networkOf.ts';
import { numberIn } from './readNetwork.ts';

export interface EntityMeasures {
  /** The entity that was measured: of a phone that stands for a person or a line, that. */
  ref: string;
  /** Others with whom it is linked. */
  degree: number;
  /** Share of the shortest ways between others of its part of the network that go through it, 0 to 1. */
  share: number;
  /** Parts into which its part falls without it; 1 where nothing falls apart. */
  pieces: number;
  /** Number of its group, the largest 0. */
  community: number;
  /** Why the person is protected: never a key player, always safeguarding. Empty for others. */
  protection: readonly ProtectionReason[];
  /** Place among the key players, 1 for the first; null for everybody else. */
  keyPlayer: number | null;
}

export interface NetworkMeasures {
  /** Undefined for what has no link. */
  of(ref: string): EntityMeasures | undefined;
  /** Everything that has a link. */
  refs: readonly string[];
  /** Whether the shortest ways are worked out from some starting points only. */
  isApproximate: boolean;
}

/**
 * Measures of the network with the usual settings, kept for each state of the journal.
 * @throws AppError `cancelled` by the signal, `invalid` where there is more than can be measured together.
 */
export async function measuresOf(
  session: Pick<Session, 'reader'>,
  moment: Moment,
  work: Work = {},
): Promise<NetworkMeasures> {
  const { network, measured } = await networkOf(session, moment, chooseOptions(), work);
  const players = new Map(measured.keyPlayers.map(({ node }, place) => [node, place + 1]));
  return {
    refs: network.refs,
    isApproximate: measured.drawn !== null,
    of(ref) {
      const node = numberIn(network, ref);
      if (node === undefined) return undefined;
      const others = (measured.partSizes[measured.part[node] ?? -1] ?? 1) - 1;
      const pairs = (others * (others - 1)) / 2;
      return {
        ref: network.refs[node] ?? '',
        degree: degreeOf(network.graph, node),
        share: pairs === 0 ? 0 : (measured.through[node] ?? 0) / pairs,
        pieces: measured.pieces[node] ?? 0,
        community: measured.community[node] ?? -1,
        protection: network.protection.get(node) ?? [],
        keyPlayer: players.get(node) ?? null,
      };
    },
  };
}
