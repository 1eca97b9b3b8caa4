/** The groups of a network: who is in them, what they are called, and what links them with each other. */
import type { Community } from '../../../../shared/contract/areas/network.ts';
import { degreeOf } from './graph.ts';
import type { Measured } from './measure.ts';
import type { Teller } from './tell.ts';
import { chartOf, count, countKinds, leadersOf, listed, namePart, some, tellKinds } from './tell.ts';

const mostLeading = 8;
const mostMembers = 200;
const mostBridges = 6;
const bridgersNamed = 5;

export interface Group {
  id: string;
  name: string;
  nodes: number[];
}

const found = new WeakMap<Measured, Group[]>();

/** Every group, the largest first; numbered in that order, called by its lines or best linked people. */
export function findGroups(teller: Teller): readonly Group[] {
  const { measured } = teller;
  const known = found.get(measured);
  if (known) return known;
  const members: number[][] = Array.from({ length: measured.communities }, () => []);
  measured.community.forEach((group, node) => {
    if (group >= 0) members[group]?.push(node);
  });
  const groups = members.map((nodes, group) => ({
    id: `G${group + 1}`,
    name: namePart(teller, nodes),
    nodes,
  }));
  found.set(measured, groups);
  return groups;
}

export function tellGroups(teller: Teller, groups: readonly Group[], most: number): Community[] {
  const links = countLinks(teller);
  return groups.slice(0, most).map((group, place) => tellGroup(teller, groups, group, links[place]));
}

interface Links {
  inside: number;
  /** By the number of the other group: links, and how many of them each member holds. */
  outside: Map<number, { links: number; by: Map<number, number> }>;
}

function countLinks({ network, measured }: Teller): Links[] {
  const links: Links[] = Array.from({ length: measured.communities }, () => ({
    inside: 0,
    outside: new Map(),
  }));
  for (let pair = 0; pair < network.pairs.from.length; pair += 1) {
    const ends = [network.pairs.from[pair] ?? 0, network.pairs.to[pair] ?? 0] as const;
    const [a, b] = [measured.community[ends[0]] ?? -1, measured.community[ends[1]] ?? -1];
    const own = links[a];
    if (a === b) {
      if (own) own.inside += 1;
      continue;
    }
    for (const [group, other, node] of [
      [a, b, ends[0]],
      [b, a, ends[1]],
    ] as const) {
      const outside = links[group]?.outside;
      const known = outside?.get(other) ?? { links: 0, by: new Map<number, number>() };
      known.links += 1;
      known.by.set(node, (known.by.get(node) ?? 0) + 1);
      outside?.set(other, known);
    }
  }
  return links;
}

/** `Marlo line, by way of NOM-5`; of several groups the one to which more of the links lead than to any other. */
function tellBridge(
  teller: Teller,
  groups: readonly Group[],
  others: number,
  first: Community['bridges'][number] | undefined,
): string {
  const name = groups.find(({ id }) => id === first?.to)?.name ?? '';
  const by = `by way of ${listed((first?.by ?? []).slice(0, 3).map(teller.nameOf))}`;
  return others === 1
    ? `${name}, ${by}`
    : `${some(others, 'other group')}, ${count(first?.links ?? 0)} of them to ${name}, ${by}`;
}

function tellGroup(
  teller: Teller,
  groups: readonly Group[],
  group: Group,
  links: Links = { inside: 0, outside: new Map() },
): Community {
  const { network } = teller;
  const refOf = (node: number) => network.refs[node] ?? '';
  const byDegree = [...group.nodes].sort(
    (x, y) => degreeOf(network.graph, y) - degreeOf(network.graph, x) || x - y,
  );
  const outside = [...links.outside].sort(([, x], [, y]) => y.links - x.links);
  const bridges = outside.slice(0, mostBridges).map(([other, { links: many, by }]) => ({
    to: groups[other]?.id ?? '',
    links: many,
    by: [...by]
      .sort(([, x], [, y]) => y - x)
      .slice(0, bridgersNamed)
      .map(([node]) => refOf(node)),
  }));
  const kinds = countKinds(teller, group.nodes);
  const leading = leadersOf(teller, group.nodes, mostLeading);
  const safeguarding = group.nodes.filter(
    (node) => network.protection.has(node) && network.kinds[node] === 'people',
  );
  const total = outside.reduce((sum, [, { links: many }]) => sum + many, 0);
  const words = [
    `${tellKinds(kinds)}, with ${some(links.inside, 'link')} among them.`,
    total === 0
      ? 'No link leads to another group.'
      : `${some(total, 'link leads', 'links lead')} to ${tellBridge(teller, groups, outside.length, bridges[0])}.`,
    ...(safeguarding.length > 0
      ? [
          `Safeguarding first: ${some(safeguarding.length, 'member is or may be a child, a victim or at risk', 'members are or may be children, victims or at risk')}.`,
        ]
      : []),
  ];
  for (const node of [...leading, ...safeguarding]) teller.labelOf(refOf(node));
  return {
    id: group.id,
    name: group.name,
    size: group.nodes.length,
    kinds,
    leading: leading.map(refOf),
    safeguarding: safeguarding.slice(0, mostMembers).map(refOf),
    inside: links.inside,
    outside: total,
    bridges,
    members: byDegree.slice(0, mostMembers).map(refOf),
    chart: chartOf(teller, byDegree),
    words,
  };
}
