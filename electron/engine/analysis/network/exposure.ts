/**
 * People who are protected: never somebody to take out, but somebody to look after. Their place in the network is told
 * as what they are exposed to, with who is around them.
 */
import { setImmediate } from 'node:timers/promises';
import type { NetworkExposure } from '../../../../shared/contract/areas/network.ts';
import type { ProtectionReason } from '../../../../shared/domain/readiness/protection.ts';
import { labelOf as labelOfCode } from '../../../../shared/reference/codeLists.ts';
import type { Network } from './buildNetwork.ts';
import { neighboursOf } from './graph.ts';
import { stopped } from './measureApart.ts';
import { roleOf } from './readNetwork.ts';
import type { Teller } from './tell.ts';
import { chartOf, listed, namePart, piecesWithout, some, tellPair, tellPieces } from './tell.ts';

/** Roles of those who run a line or make others work for it (domain facts 5.2), the first to be looked at first. */
const runningRoles = ['LINE_HOLDER', 'OWNER', 'TOP_UP', 'ENFORCER'];
const mostAround = 20;
const othersNamed = 3;

const reasonWords: Readonly<Record<ProtectionReason, string>> = {
  child: 'is or may be under 18',
  victim: 'is recorded as a victim or possible victim',
  exploited: 'is recorded as exploited',
  'at-risk': 'is or may be an adult at risk',
  referred: 'was referred by a partner',
};

/** `Is or may be under 18 and was referred by a partner.` */
function tellReasons(network: Network, node: number): string {
  const role = roleOf(network, network.refs[node] ?? '');
  const words = (network.protection.get(node) ?? []).map((reason) =>
    reason === 'exploited' && role !== ''
      ? `is recorded as ${labelOfCode('role', role).toLowerCase()}`
      : reasonWords[reason],
  );
  const sentence = listed(words);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** Everybody who is protected and in the network, those between several parts or groups first. */
export function findProtected({ network, measured }: Teller): number[] {
  return [...network.protection.keys()]
    .filter((node) => network.kinds[node] === 'people')
    .sort((x, y) => (measured.through[y] ?? 0) - (measured.through[x] ?? 0) || x - y);
}

/** Stops after every few, so that others are answered meanwhile. @throws AppError `cancelled` by the signal. */
export async function tellExposures(
  teller: Teller,
  nodes: readonly number[],
  signal: AbortSignal | undefined,
): Promise<NetworkExposure[]> {
  const exposures: NetworkExposure[] = [];
  for (const node of nodes) {
    exposures.push(tellExposure(teller, node));
    if (exposures.length % 5 > 0) continue;
    await setImmediate();
    if (signal?.aborted) throw stopped();
  }
  return exposures;
}

export function tellExposure(teller: Teller, node: number): NetworkExposure {
  const { network } = teller;
  const around = findAround(teller, node);
  return {
    ref: network.refs[node] ?? '',
    protection: network.protection.get(node) ?? [],
    words: [tellReasons(network, node), tellPlace(teller, node)],
    chart: chartOf(teller, [node, ...around.slice(0, mostAround).map(({ other }) => other)]),
    around: around
      .slice(0, mostAround)
      .map(({ other, words }) => ({ ref: network.refs[other] ?? '', words })),
  };
}

/** Where the person stands, as exposure: who is between others is one who may be used between them. */
function tellPlace(teller: Teller, node: number): string {
  const { network, measured } = teller;
  const use =
    roleOf(network, network.refs[node] ?? '') === 'CUCKOOED'
      ? 'the home may be used by them'
      : 'may be used as a runner between them';
  if ((measured.pieces[node] ?? 0) > 1)
    return `Stands between ${tellPieces(teller, piecesWithout(teller, [node]))}, which have no other link in the records: ${use}. Safeguarding first.`;
  const groups = new Map<number, number[]>();
  for (const other of neighboursOf(network.graph, node)) {
    const group = measured.community[other] ?? -1;
    groups.set(group, [...(groups.get(group) ?? []), other]);
  }
  if (groups.size > 1) {
    const named = [...groups.values()].map((nodes) => namePart(teller, nodes));
    return `Has links into ${some(groups.size, 'group')}, with ${listed([...new Set(named)].slice(0, 4))}: ${use}. Safeguarding first.`;
  }
  const others = [...neighboursOf(network.graph, node)];
  const names = others.slice(0, othersNamed).map((other) => teller.nameOf(network.refs[other] ?? ''));
  const more = others.length - names.length;
  return `Linked with ${listed([...names, ...(more > 0 ? [`${more} more`] : [])])}.`;
}

interface Around {
  other: number;
  words: string;
  rank: number;
}

/** Whether somebody of these is linked with the person, directly or by way of one premises, vehicle, phone or group. */
export function isNear(teller: Teller, node: number, others: ReadonlySet<number>): boolean {
  const { network } = teller;
  return (
    neighboursOf(network.graph, node).some((other) => others.has(other)) ||
    findAround(teller, node).some(({ other }) => others.has(other))
  );
}

/** People who are not protected and lines: linked directly, or by way of one premises, vehicle, phone or group. */
function findAround(teller: Teller, node: number): Around[] {
  const { network } = teller;
  const { graph } = network;
  const found = new Map<number, Around>();
  const note = (other: number, words: string) => {
    const kind = network.kinds[other];
    if (other === node || found.has(other) || network.protection.has(other)) return;
    if (kind !== 'people' && kind !== 'lines') return;
    const role = roleOf(network, network.refs[other] ?? '');
    const place = runningRoles.indexOf(role);
    const said = role === '' ? words : `${labelOfCode('role', role)}; ${words}`;
    found.set(other, {
      other,
      words: said,
      rank: kind === 'lines' ? 0 : place >= 0 ? place + 1 : runningRoles.length + 1,
    });
  };
  const each = (of: number, visit: (other: number, pair: number) => void) => {
    for (let at = graph.starts[of] ?? 0; at < (graph.starts[of + 1] ?? 0); at += 1)
      visit(graph.ends[at] ?? 0, graph.pairs[at] ?? 0);
  };
  each(node, (other, pair) => note(other, tellPair(network.ties[pair] ?? [])));
  each(node, (between) => {
    const kind = network.kinds[between];
    if (kind === 'people' || kind === 'lines') return;
    each(between, (other) => note(other, `both linked with ${teller.nameOf(network.refs[between] ?? '')}`));
  });
  return [...found.values()].sort((x, y) => x.rank - y.rank);
}
