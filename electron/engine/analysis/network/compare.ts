/** What is left of a network without some of it: what falls apart, which lines somebody still works, who inherits. */
import type { NetworkComparison, NetworkOptions } from '../../../../shared/contract/areas/network.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import type { Session } from '../../session.ts';
import { chooseOptions } from './buildNetwork.ts';
import { findProtected, isNear, tellExposures } from './exposure.ts';
import { neighboursOf } from './graph.ts';
import { tellLines } from './linesLeft.ts';
import { measureApart } from './measureApart.ts';
import { networkOf, taskOf, type Work } from './networkOf.ts';
import { numberIn } from './readNetwork.ts';
import { countNetwork, pairsAround } from './report.ts';
import type { Piece, Teller } from './tell.ts';
import {
  count,
  createTeller,
  leadersOf,
  listed,
  namePart,
  percent,
  piecesWithout,
  some,
  tellPair,
} from './tell.ts';

const mostParts = 20;
const mostHeirs = 3;
/** With one contact in common anybody could inherit. */
const leastShared = 2;
const mostRises = 10;
/** In a smaller part everybody is in the middle. */
const leastPart = 10;
const mostNamed = 60;

export interface CompareRequest {
  without: readonly string[];
  targets?: boolean | undefined;
  options?: NetworkOptions | undefined;
}

/**
 * @throws AppError `cancelled` by the signal; `invalid` for what is no reference, where nobody is named, or where there
 *   is more than can be measured together.
 */
export async function compareNetwork(
  session: Session,
  moment: Moment,
  request: CompareRequest,
  work: Work = {},
): Promise<NetworkComparison> {
  const given = request.without.map((ref) => {
    const parsed = parseRef(ref);
    if (!parsed) throw new AppError('invalid', `${ref} is no reference. Name a record such as NOM-3.`);
    return makeRef(parsed.grid.name, parsed.id);
  });
  const teller = createTeller(
    session.reader,
    await networkOf(session, moment, chooseOptions(request.options), work),
  );
  const { network } = teller;
  // A target who is protected is looked after on the day; nobody counts on the person being gone.
  const targets = [...network.targets.keys()].filter(
    (ref) => !network.protection.has(numberIn(network, ref) ?? -1),
  );
  const asked = [...new Set([...given, ...(request.targets ? targets : [])])];
  if (asked.length === 0)
    throw new AppError(
      'invalid',
      request.targets
        ? 'The plan has no targets yet. Choose people or lines to take out.'
        : 'Choose at least one person, line or other record to take out.',
    );
  const without = new Set(asked.flatMap((ref) => numberIn(network, ref) ?? []));
  const after = createTeller(session.reader, {
    network,
    measured: await measureApart(taskOf(network, without), {
      signal: work.signal,
      progress: (share) =>
        work.progress?.({
          type: 'progress',
          stage: 'Measuring what is left',
          done: Math.round(share * 100),
          total: 100,
          unit: 'steps',
        }),
    }),
  });
  return tell(teller, after, asked, without, work.signal);
}

async function tell(
  teller: Teller,
  after: Teller,
  asked: readonly string[],
  without: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): Promise<NetworkComparison> {
  const { network } = teller;
  const refOf = (node: number) => network.refs[node] ?? '';
  const pieces = piecesWithout(teller, [...without]);
  const lines = tellLines(teller, without);
  const [before, left] = [countNetwork(teller), countLeft(after, without)];
  const comparison: NetworkComparison = {
    without: [...without].map(refOf),
    notLinked: asked.filter((ref) => numberIn(network, ref) === undefined),
    before,
    after: left,
    words: [...tellCare(teller, without), ...tellWords(pieces, lines, before, left)],
    parts: pieces.slice(0, mostParts).map((piece) => tellPart(teller, piece)),
    partTotal: pieces.length,
    lines,
    heirs: [...without]
      .filter((node) => network.kinds[node] === 'people')
      .flatMap((node) => tellHeirs(teller, node, without)),
    rises: tellRises(teller, after, without),
    safeguarding: await tellLeftBehind(teller, without, signal),
    labels: teller.labels,
  };
  for (const ref of namedIn(comparison)) teller.labelOf(ref);
  return comparison;
}

function* namedIn(comparison: NetworkComparison): Generator<string> {
  yield* comparison.without;
  yield* comparison.notLinked;
  for (const { lines, members } of comparison.parts) yield* [...lines, ...members.slice(0, 12)];
  for (const { ref, left } of comparison.lines) yield* [ref, ...left];
  for (const { of, by, safeguarding } of comparison.heirs)
    yield* [of, ...by.map(({ ref }) => ref), ...safeguarding.map(({ ref }) => ref)];
  for (const { ref } of comparison.rises) yield ref;
  for (const { ref, around } of comparison.safeguarding) yield* [ref, ...around.map((each) => each.ref)];
}

/** Those who are taken out are still numbered, as parts of one: they do not count. */
function countLeft(after: Teller, without: ReadonlySet<number>): NetworkComparison['after'] {
  const counts = countNetwork(after);
  const { network, measured } = after;
  const kinds = { ...counts.kinds };
  for (const node of without) {
    const kind = network.kinds[node] ?? 'people';
    kinds[kind] = (kinds[kind] ?? 1) - 1;
  }
  const gone = new Set([...without].map((node) => measured.part[node] ?? -1));
  const sizes = measured.partSizes.filter((_, part) => !gone.has(part));
  return {
    ...counts,
    kinds,
    entities: counts.entities - without.size,
    links: taskOf(network, without).pairs.from.length,
    parts: sizes.length,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
  };
}

/** Somebody who is protected was named to be taken out: what the answer is good for. */
function tellCare(teller: Teller, without: ReadonlySet<number>): string[] {
  const { network } = teller;
  const named = [...without].filter(
    (node) => network.protection.has(node) && network.kinds[node] === 'people',
  );
  if (named.length === 0) return [];
  const names = listed(named.map((node) => teller.nameOf(network.refs[node] ?? '')));
  return [
    `Safeguarding first: ${names} ${named.length === 1 ? 'is' : 'are'} looked after, not taken out. This says what would press on others if ${named.length === 1 ? 'the person were' : 'these people were'} out of reach.`,
  ];
}

function tellWords(
  pieces: readonly Piece[],
  lines: NetworkComparison['lines'],
  before: NetworkComparison['before'],
  after: NetworkComparison['after'],
): string[] {
  const on = lines.filter(({ state }) => state === 'linked').length;
  return [
    `Before, ${count(before.pairs)} pairs of people and lines hang together, directly or through others; afterwards ${count(after.pairs)} (${percent(after.pairs / Math.max(1, before.pairs))}).`,
    pieces.length > 1
      ? `What they held together falls into ${count(pieces.length)} parts with people or lines; the largest has ${count(pieces[0]?.nodes.length ?? 0)}.`
      : pieces.length === 1
        ? 'Everybody who was linked with them still hangs together in another way.'
        : 'Nobody else was linked with them.',
    ...(lines.length > 0
      ? [
          `Of ${some(lines.length, 'line')} in the network, ${count(on)} still ${on === 1 ? 'has' : 'have'} somebody linked with it who could work it.`,
        ]
      : []),
  ];
}

function tellPart(teller: Teller, { nodes }: Piece): NetworkComparison['parts'][number] {
  const { network } = teller;
  const of = (kind: string) => nodes.filter((node) => network.kinds[node] === kind);
  return {
    name: namePart(teller, nodes),
    size: nodes.length,
    people: of('people').length,
    lines: of('lines').map((node) => network.refs[node] ?? ''),
    members: leadersOf(teller, nodes, mostNamed).map((node) => network.refs[node] ?? ''),
  };
}

/** Those who are left and linked with most of those with whom one taken out was. */
function tellHeirs(teller: Teller, node: number, without: ReadonlySet<number>): NetworkComparison['heirs'] {
  const { network } = teller;
  const { graph } = network;
  const own = [...neighboursOf(graph, node)].filter((other) => !without.has(other));
  const shared = new Map<number, number>();
  for (const other of own) {
    for (const next of neighboursOf(graph, other)) {
      if (next === node || without.has(next) || network.kinds[next] !== 'people') continue;
      shared.set(next, (shared.get(next) ?? 0) + 1);
    }
  }
  const order = [...shared]
    .filter(([, many]) => many >= leastShared)
    .sort(
      ([x, many], [y, more]) =>
        more - many || (teller.measured.through[y] ?? 0) - (teller.measured.through[x] ?? 0) || x - y,
    );
  const say = ([other, many]: [number, number]) => {
    const place = neighboursOf(graph, node).indexOf(other);
    const pair = place < 0 ? undefined : graph.pairs[(graph.starts[node] ?? 0) + place];
    const direct = pair === undefined ? '' : ` The two are linked: ${tellPair(network.ties[pair] ?? [])}.`;
    return {
      ref: network.refs[other] ?? '',
      shared: many,
      words: `Linked with ${count(many)} of the ${count(own.length)} who are left of those around ${network.refs[node]}.${direct}`,
    };
  };
  const by = order
    .filter(([other]) => !network.protection.has(other))
    .slice(0, mostHeirs)
    .map(say);
  const safeguarding = order
    .filter(([other]) => network.protection.has(other))
    .slice(0, mostHeirs)
    .map(([other, many]) => ({
      ...say([other, many]),
      words: `Linked with ${count(many)} of the ${count(own.length)} who are left: may be pressed to take the place. Safeguarding first.`,
    }));
  return by.length + safeguarding.length === 0
    ? []
    : [{ of: network.refs[node] ?? '', degree: neighboursOf(graph, node).length, by, safeguarding }];
}

function tellRises(teller: Teller, after: Teller, without: ReadonlySet<number>): NetworkComparison['rises'] {
  const { network } = teller;
  const shareOf = (one: Teller, node: number) => {
    const pairs = pairsAround(one, node);
    return pairs === 0 ? 0 : (one.measured.through[node] ?? 0) / pairs;
  };
  return [...network.refs.keys()]
    .filter((node) => network.kinds[node] === 'people' && !network.protection.has(node) && !without.has(node))
    .map((node) => ({ node, before: shareOf(teller, node), after: shareOf(after, node) }))
    .filter(
      (each) =>
        each.after - each.before >= 0.01 &&
        (after.measured.partSizes[after.measured.part[each.node] ?? -1] ?? 0) >= leastPart,
    )
    .sort((x, y) => y.after - y.before - (x.after - x.before) || x.node - y.node)
    .slice(0, mostRises)
    .map(({ node, ...shares }) => ({
      ref: network.refs[node] ?? '',
      ...shares,
      words: `Before, ${percent(shares.before)} of the shortest ways of that part of the network went through ${network.refs[node]}; afterwards ${percent(shares.after)}.`,
    }));
}

/** Everybody who is protected and has somebody of those taken out around: what is left, and that somebody has to look. */
async function tellLeftBehind(
  teller: Teller,
  without: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): Promise<NetworkComparison['safeguarding']> {
  const { network } = teller;
  const near = findProtected(teller).filter((node) => !without.has(node) && isNear(teller, node, without));
  return (await tellExposures(teller, near.slice(0, mostNamed), signal)).flatMap((exposure) => {
    const node = network.numberOf.get(exposure.ref) ?? -1;
    const others = [...neighboursOf(network.graph, node)];
    const isGone = (ref: string) => without.has(network.numberOf.get(ref) ?? -1);
    const direct = others.filter((other) => without.has(other)).map((other) => network.refs[other] ?? '');
    const gone = [...new Set([...direct, ...exposure.around.map(({ ref }) => ref).filter(isGone)])];
    if (gone.length === 0) return [];
    const left = others.length - direct.length;
    return [
      {
        ...exposure,
        words: [
          exposure.words[0] ?? '',
          `${listed(gone.map(teller.nameOf))} ${gone.length === 1 ? 'is' : 'are'} taken out; ${left === 0 ? 'no other link of the person is recorded' : `${some(left, 'other link')} of the person ${left === 1 ? 'is' : 'are'} left`}. Plan who looks after the person on the day: debts and threats need not end with an arrest.`,
        ],
        around: exposure.around.filter(({ ref }) => !isGone(ref)),
      },
    ];
  });
}
