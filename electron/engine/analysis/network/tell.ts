/** A measured network in words: names, kinds, what links two, and what a part of it is called. */
import type { NetworkKind } from '../../../../shared/contract/areas/network.ts';
import { formatDate } from '../../../../shared/domain/dates.ts';
import { formatPhone } from '../../../../shared/domain/phone.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readLabels } from '../../database/queries/rows.ts';
import { rowsOf, type Tie } from './buildNetwork.ts';
import { degreeOf, findParts, neighboursOf } from './graph.ts';
import type { MeasuredNetwork } from './networkOf.ts';

/** What every sentence is made from. Labels are read as they are needed. */
export interface Teller extends MeasuredNetwork {
  /** Label of a reference as people read it. */
  labelOf(ref: string): string;
  /** `NOM-4 Tam Fenwick`. */
  nameOf(ref: string): string;
  /** Every label that was read, for the page. */
  labels: Record<string, string>;
}

export function createTeller(database: ReadDatabase, measured: MeasuredNetwork): Teller {
  const labels: Record<string, string> = {};
  const labelOf = (ref: string): string => {
    if (labels[ref] === undefined) labels[ref] = readLabels(database, [ref])[ref] ?? ref;
    const label = labels[ref] ?? ref;
    return label.startsWith('+') ? formatPhone(label) : label;
  };
  return {
    ...measured,
    labels,
    labelOf,
    nameOf: (ref) => (labelOf(ref) === ref ? ref : `${ref} ${labelOf(ref)}`),
  };
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-GB');
export const some = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${Math.round(value) === 1 ? one : many}`;
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** a, b and c. */
export const listed = (parts: readonly string[]): string =>
  parts.length <= 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const kindWords: Readonly<Record<NetworkKind, readonly [string, string]>> = {
  people: ['person', 'people'],
  lines: ['deal line', 'deal lines'],
  groups: ['crime group', 'crime groups'],
  phones: ['phone', 'phones'],
  premises: ['premises', 'premises'],
  vehicles: ['vehicle', 'vehicles'],
};

/** 3 people, 1 deal line. */
export function tellKinds(kinds: Partial<Record<NetworkKind, number>>): string {
  return listed(
    (Object.keys(kindWords) as NetworkKind[]).flatMap((kind) =>
      kinds[kind] ? [some(kinds[kind], ...kindWords[kind])] : [],
    ),
  );
}

export function countKinds(
  { network }: Teller,
  nodes: Iterable<number>,
): Partial<Record<NetworkKind, number>> {
  const counts: Partial<Record<NetworkKind, number>> = {};
  for (const node of nodes) {
    const kind = network.kinds[node] ?? 'people';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export interface Support {
  rows: number;
  calls: number;
  records: number;
}

export function supportOf(ties: Iterable<Tie>): Support {
  const support = { rows: 0, calls: 0, records: 0 };
  for (const tie of ties)
    support[tie.kind === 'calls' ? 'calls' : tie.kind === 'evidence' ? 'rows' : 'records'] += rowsOf(tie);
  return support;
}

/** 3 rows of evidence, 214 calls and texts and 1 record of the plan. */
export const tellSupport = ({ rows, calls, records }: Support): string =>
  listed([
    ...(rows > 0 ? [some(rows, 'row of evidence', 'rows of evidence')] : []),
    ...(calls > 0 ? [some(calls, 'call or text', 'calls and texts')] : []),
    ...(records > 0 ? [some(records, 'record of the plan', 'records of the plan')] : []),
  ]);

/** What one tie says, without its ends. */
export function tellTie(tie: Tie): string {
  if (tie.kind === 'plan') {
    const { first, last } = tie.link;
    const since = first === null ? '' : `, from ${formatDate(first)}`;
    return `${tie.link.relation}${since}${last === null ? '' : `, to ${formatDate(last)}`}`;
  }
  if (tie.kind === 'calls') {
    const { count: calls, first, last } = tie.link;
    const days = [first, last].flatMap((each) => (each === null ? [] : [formatDate(each.slice(0, 10))]));
    const span = days.length < 2 || days[0] === days[1] ? days[0] : `${days[0]} to ${days[1]}`;
    return `${some(calls, 'call or text', 'calls and texts')}${span === undefined ? '' : `, ${span}`}`;
  }
  const { relation, support } = tie.link;
  const grades =
    support.grades.size > 0 ? `, graded ${[...support.grades].sort().join(', ')}` : ', not graded';
  const what = relation === '' ? 'in one row' : relation;
  return `${what}, ${some(support.rows, 'row of evidence', 'rows of evidence')}${grades}`;
}

/** What links two, in short: `address; 12 calls and texts`. */
export function tellPair(ties: readonly Tie[]): string {
  const { calls } = supportOf(ties);
  const said = ties.flatMap((tie) =>
    tie.kind === 'calls' ? [] : [tie.link.relation === '' ? 'in one row of evidence' : tie.link.relation],
  );
  return [...new Set(said), ...(calls > 0 ? [some(calls, 'call or text', 'calls and texts')] : [])].join(
    '; ',
  );
}

const mostCharted = 60;

/** With what a link chart of these begins: they, and the phones that stand for them, between which calls are drawn. */
export function chartOf({ network }: Teller, nodes: readonly number[]): string[] {
  const refs = nodes.flatMap((node) => {
    const ref = network.refs[node] ?? '';
    return [ref, ...(network.standsFor.get(ref) ?? []).slice(0, 4)];
  });
  return [...new Set(refs)].slice(0, mostCharted);
}

const kindOrder: readonly NetworkKind[] = ['lines', 'groups', 'people', 'premises', 'phones', 'vehicles'];

/** The lines, groups and people by which a part is known, the best linked first; nobody who is protected. */
export function leadersOf({ network }: Teller, nodes: readonly number[], most: number): number[] {
  return nodes
    .filter((node) => !network.protection.has(node))
    .sort(
      (x, y) =>
        kindOrder.indexOf(network.kinds[x] ?? 'people') - kindOrder.indexOf(network.kinds[y] ?? 'people') ||
        degreeOf(network.graph, y) - degreeOf(network.graph, x) ||
        x - y,
    )
    .slice(0, most);
}

/** What a part is called: by its lines, else by its best linked people, else by what there is. */
export function namePart(teller: Teller, nodes: readonly number[]): string {
  const leaders = leadersOf(teller, nodes, 2);
  const kindOf = (node: number) => teller.network.kinds[node] ?? 'people';
  const [first] = leaders;
  if (first === undefined) return `${some(nodes.length, 'person', 'people')} under safeguarding`;
  const named = leaders.filter((node) => kindOf(node) === kindOf(first));
  return listed(named.map((node) => teller.labelOf(teller.network.refs[node] ?? '')));
}

export interface Piece {
  nodes: number[];
  /** Neighbours of those who were taken out through whom they were linked with it. */
  by: number[];
}

/**
 * Parts with people or lines, the largest first, into which what hung together with these nodes falls without them. A
 * car or an address that is left alone is no part.
 */
export function piecesWithout({ network }: Teller, without: readonly number[]): Piece[] {
  const { graph } = network;
  const gone = new Uint8Array(graph.size);
  for (const node of without) gone[node] = 1;
  const { of } = findParts(graph, gone);
  const pieces = new Map<number, { nodes: number[]; by: Set<number> }>();
  for (const node of without) {
    for (const other of neighboursOf(graph, node)) {
      const part = of[other] ?? -1;
      if (part === -1) continue;
      const piece = pieces.get(part) ?? { nodes: [], by: new Set() };
      piece.by.add(other);
      pieces.set(part, piece);
    }
  }
  for (let node = 0; node < graph.size; node += 1) pieces.get(of[node] ?? -1)?.nodes.push(node);
  return [...pieces.values()]
    .filter(({ nodes }) =>
      nodes.some((node) => network.kinds[node] === 'people' || network.kinds[node] === 'lines'),
    )
    .map(({ nodes, by }) => ({ nodes, by: [...by] }))
    .sort((x, y) => y.nodes.length - x.nodes.length);
}

const piecesNamed = 3;

/** `52 with Marlo line, 6 with Femi Adeyemi-Cole and 4 smaller parts of 9 altogether`. */
export function tellPieces(teller: Teller, pieces: readonly Piece[]): string {
  const named = pieces
    .slice(0, piecesNamed)
    .map(({ nodes }) =>
      nodes.length === 1 && nodes[0] !== undefined
        ? `${teller.nameOf(teller.network.refs[nodes[0]] ?? '')} alone`
        : `${count(nodes.length)} with ${namePart(teller, nodes)}`,
    );
  const rest = pieces.slice(piecesNamed);
  const held = rest.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return listed([
    ...named,
    ...(rest.length > 0 ? [`${some(rest.length, 'smaller part')} of ${count(held)} altogether`] : []),
  ]);
}
