/** The measures of a network in the shape of the contract, each with what it means. */
import { setImmediate } from 'node:timers/promises';
import type {
  NetworkEntity,
  NetworkKeyPlayer,
  NetworkOptions,
  NetworkReport,
} from '../../../../shared/contract/areas/network.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import type { Session } from '../../session.ts';
import { type ChosenOptions, chooseOptions, type Tie } from './buildNetwork.ts';
import { findProtected, tellExposure, tellExposures } from './exposure.ts';
import { degreeOf, neighboursOf } from './graph.ts';
import { findGroups, type Group, tellGroups } from './groups.ts';
import { stopped } from './measureApart.ts';
import { networkOf, type Work } from './networkOf.ts';
import type { Piece, Teller } from './tell.ts';
import {
  chartOf,
  count,
  countKinds,
  createTeller,
  listed,
  percent,
  piecesWithout,
  some,
  supportOf,
  tellKinds,
  tellPieces,
  tellSupport,
} from './tell.ts';

const usualLimit = 500;
/** Of whom the measures are put into words; further ones when they are looked at. */
const mostInWords = 100;
const mostGroups = 60;
const mostExposures = 500;

export const caveats: readonly string[] = [
  'The network shows what was recorded, not all that there is.',
  'Whoever is watched looks central. Attention of the police is not importance.',
  'A link is a link in records. It does not say what passed between two people, and a phone does not say who used it.',
];

/** @throws AppError `cancelled` by the signal, `invalid` where there is more than can be measured together. */
export async function reportNetwork(
  session: Session,
  moment: Moment,
  request: { options?: NetworkOptions | undefined; limit?: number | undefined },
  work: Work = {},
): Promise<NetworkReport> {
  const options = chooseOptions(request.options);
  const teller = createTeller(session.reader, await networkOf(session, moment, options, work));
  const { network, measured } = teller;
  const groups = findGroups(teller);
  const entities: NetworkEntity[] = [];
  for (const [place, node] of orderNodes(teller)
    .slice(0, request.limit ?? usualLimit)
    .entries()) {
    entities.push(tellEntity(teller, groups, node, place < mostInWords));
    if (place % 5 === 4) {
      await setImmediate();
      if (work.signal?.aborted) throw stopped();
    }
  }
  let rank = 0;
  for (const entity of entities) {
    teller.labelOf(entity.ref);
    if (entity.protection.length > 0) continue;
    rank += 1;
    entity.rank = rank;
  }
  const keyPlayers = tellKeyPlayers(teller);
  const protectedPeople = findProtected(teller);
  const safeguarding = await tellExposures(teller, protectedPeople.slice(0, mostExposures), work.signal);
  const named = [...entities, ...keyPlayers].flatMap(({ refs, targets }) => [...refs, ...targets]);
  for (const { ref, around } of safeguarding) named.push(ref, ...around.map((each) => each.ref));
  for (const ref of named) teller.labelOf(ref);
  return {
    counts: countNetwork(teller),
    basis: tellBasis(teller, options),
    caveats: [...caveats],
    drawn: measured.drawn,
    modularity: measured.modularity,
    entities,
    total: network.refs.length,
    communities: tellGroups(teller, groups, mostGroups),
    communityTotal: groups.length,
    keyPlayers,
    safeguarding,
    safeguardingTotal: protectedPeople.length,
    labels: teller.labels,
  };
}

export function countNetwork(teller: Teller): NetworkReport['counts'] {
  const { network, measured } = teller;
  return {
    entities: network.refs.length,
    kinds: countKinds(teller, network.refs.keys()),
    links: network.pairs.from.length,
    parts: measured.partSizes.length,
    largest: measured.partSizes.reduce((most, size) => Math.max(most, size), 0),
    pairs: measured.pairs,
  };
}

/** Who is not protected by how much goes through them, then who is. */
function orderNodes({ network, measured }: Teller): number[] {
  const isProtected = (node: number) => (network.protection.has(node) ? 1 : 0);
  return [...network.refs.keys()].sort(
    (x, y) =>
      isProtected(x) - isProtected(y) ||
      (measured.through[y] ?? 0) - (measured.through[x] ?? 0) ||
      degreeOf(network.graph, y) - degreeOf(network.graph, x) ||
      x - y,
  );
}

/** Pairs of others in the part of a node. */
export function pairsAround({ measured }: Teller, node: number): number {
  const others = (measured.partSizes[measured.part[node] ?? -1] ?? 1) - 1;
  return (others * (others - 1)) / 2;
}

export function tellEntity(
  teller: Teller,
  groups: readonly Group[],
  node: number,
  inWords: boolean,
): NetworkEntity {
  const { network, measured } = teller;
  const { graph } = network;
  const [begin, end] = [graph.starts[node] ?? 0, graph.starts[node + 1] ?? 0];
  const others = [...graph.ends.subarray(begin, end)];
  const ties: Tie[] = [...graph.pairs.subarray(begin, end)].flatMap((pair) => network.ties[pair] ?? []);
  const ref = network.refs[node] ?? '';
  const pairs = pairsAround(teller, node);
  const through = measured.through[node] ?? 0;
  const community = measured.community[node] ?? -1;
  const outside = others.filter((other) => measured.community[other] !== community);
  const protection = network.protection.get(node) ?? [];
  const entity: NetworkEntity = {
    ref,
    kind: network.kinds[node] ?? 'people',
    rank: null,
    degree: others.length,
    support: supportOf(ties),
    through,
    pairs,
    share: pairs === 0 ? 0 : through / pairs,
    pieces: measured.pieces[node] ?? 0,
    community: groups[community]?.id ?? null,
    outside: outside.length,
    protection,
    isProtectedPlace: network.protectedPlaces.has(ref),
    targets: network.targets.get(ref) ?? [],
    words: [],
    refs: [],
    chart: chartOf(teller, [node, ...others.slice(0, 12)]),
  };
  if (!inWords) return entity;
  if (protection.length > 0 && entity.kind === 'people') {
    const { words, around, chart } = tellExposure(teller, node);
    return {
      ...entity,
      words: [`Safeguarding first. ${words[0] ?? ''}`, ...words.slice(1)],
      refs: around.map((each) => each.ref),
      chart,
    };
  }
  const words = [
    ...(protection.length > 0
      ? ['Safeguarding first. Somebody who is or may be a child, a victim or at risk is linked with it.']
      : entity.isProtectedPlace
        ? [
            'Safeguarding first. Children or vulnerable adults are or may be there, or the home may have been taken over.',
          ]
        : []),
    `Linked with ${some(others.length, 'other')}, ${tellKinds(countKinds(teller, others))}, by ${tellSupport(entity.support)}.`,
  ];
  const refs: string[] = [];
  if (through >= 0.5) words.push(tellThrough(teller, node));
  if (entity.pieces > 1) {
    const pieces = piecesWithout(teller, [node]);
    words.push(
      `Stands between ${count(entity.pieces)} parts that have no other link in the records: ${tellPieces(teller, pieces)}.`,
    );
    const held = heldBy(teller, node, pieces);
    refs.push(...held.refs);
    entity.chart = held.chart;
  }
  if (outside.length > 0) {
    const names = [...new Set(outside.map((other) => groups[measured.community[other] ?? -1]?.name ?? ''))];
    words.push(
      `${some(outside.length, 'of these links leads', 'of these links lead')} into other groups: ${listed(names.slice(0, 4))}${names.length > 4 ? ` and ${names.length - 4} more` : ''}.`,
    );
  }
  return { ...entity, words, refs: [...new Set(refs)] };
}

/** Of the 120 shortest ways between others 84 go through NOM-4 (70 %). */
function tellThrough(teller: Teller, node: number): string {
  const { network, measured } = teller;
  const about = measured.drawn === null ? '' : 'about ';
  const pairs = pairsAround(teller, node);
  const through = measured.through[node] ?? 0;
  return `Of the ${count(pairs)} shortest ways between two others of its part of the network, ${about}${count(through)} go through ${network.refs[node]} (${percent(through / Math.max(1, pairs))}).`;
}

function tellKeyPlayers(teller: Teller): NetworkKeyPlayer[] {
  const { network, measured } = teller;
  const all = measured.pairs;
  const out: number[] = [];
  return measured.keyPlayers.map(({ node, before, after, parted, pieces }, place) => {
    const ref = network.refs[node] ?? '';
    out.push(node);
    const own = new Set(neighboursOf(network.graph, node));
    const cut = piecesWithout(teller, out).filter(({ by }) => by.some((other) => own.has(other)));
    const share = percent(parted / Math.max(1, all));
    const words = [
      place === 0
        ? `${count(all)} pairs of people and lines hang together, directly or through others. Without ${teller.nameOf(ref)}, ${count(parted)} pairs of others (${share}) no longer do.`
        : `Taken out as well, ${teller.nameOf(ref)} parts ${count(parted)} more pairs of others (${share}).`,
      `What is left falls apart there: ${tellPieces(teller, cut)}.`,
    ];
    const targets = network.targets.get(ref) ?? [];
    teller.labelOf(ref);
    return { ref, before, after, parted, pieces, targets, words, ...heldBy(teller, node, cut) };
  });
}

/** By way of whom parts hang together, and a chart that shows it; nobody who is protected is named for it. */
function heldBy(teller: Teller, node: number, pieces: readonly Piece[]): { refs: string[]; chart: string[] } {
  const { network } = teller;
  const others = pieces
    .slice(0, 4)
    .flatMap(({ by }) => by.filter((other) => !network.protection.has(other)).slice(0, 3));
  const nodes = [...new Set(others)];
  return { refs: nodes.map((other) => network.refs[other] ?? ''), chart: chartOf(teller, [node, ...nodes]) };
}

/** How the network was made and what was left out. */
function tellBasis(teller: Teller, options: ChosenOptions): string[] {
  const { network, measured } = teller;
  const { left } = network;
  const say = (holds: unknown, words: string) => (holds ? [words] : []);
  return [
    ...say(
      left.foldedPeople,
      `${some(left.foldedPeople, 'phone that is linked with one person stands for the person', 'phones that are linked with one person each stand for the person')}.`,
    ),
    ...say(
      left.foldedLines,
      `${some(left.foldedLines, 'number of a deal line stands for the line', 'numbers of deal lines stand for the line')}.`,
    ),
    ...say(
      left.shared,
      `${some(left.shared, 'phone is linked with several people or lines and stays a phone', 'phones are linked with several people or lines and stay phones')}.`,
    ),
    ...say(
      left.services,
      `${some(left.services, 'short code, service number or withheld number is left out', 'short codes, service numbers and withheld numbers are left out')}: whoever calls them has nothing in common.`,
    ),
    ...say(
      left.singles,
      `${some(left.singles, 'phone is left out of which nothing is known but calls with one number', 'phones are left out of which nothing is known but calls with one number')}.`,
    ),
    ...say(
      left.ungraded,
      `${some(left.ungraded, 'link is left out that no report graded A or B holds', 'links are left out that no report graded A or B holds')}.`,
    ),
    ...say(
      left.fewCalls,
      `${some(left.fewCalls, 'link by calls is left out', 'links by calls are left out')}: the two numbers have fewer than ${options.leastCalls}.`,
    ),
    ...say(options.leastCalls === 0, 'Call data is left out.'),
    ...say(
      left.alone,
      `${some(left.alone, 'record has no link and is', 'records have no link and are')} not in the network.`,
    ),
    'Targets and warrants make no link: they say what the police mean to do.',
    'Key players are people without whom at least one in a hundred pairs of others no longer hangs together. Nobody who may be a child, a victim or at risk is among them.',
    ...say(
      measured.drawn,
      `The shortest ways are worked out from ${count(measured.drawn?.from ?? 0)} of ${count(measured.drawn?.of ?? 0)} starting points, drawn in a fixed way: the numbers are about right, and the same each time.`,
    ),
    ...say(
      measured.communities > 1,
      measured.modularity >= 0.3
        ? `The groups stand out (modularity ${measured.modularity.toFixed(2)}; from about 0.3 groups are more than chance).`
        : `The groups do not stand out much (modularity ${measured.modularity.toFixed(2)}; from about 0.3 groups are more than chance): read them with care.`,
    ),
  ];
}
