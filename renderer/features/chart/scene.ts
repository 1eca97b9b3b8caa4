/** What is drawn: the records in their places, their links put together by pair, and what is faint or left out. Pure. */
import type {
  ChartKind,
  ChartLink,
  ChartNode,
  ChartPicture,
  ChartState,
} from '../../../shared/contract/areas/chart.ts';
import { countWords } from '../../copy/chart.ts';
import { showLabel } from '../../grid/format.ts';

export interface SceneNode {
  ref: string;
  kind: ChartKind;
  /** Where it is, in pixels at full size. Moved while it is dragged or glides into its place. */
  x: number;
  y: number;
  label: string;
  node: ChartNode;
  pinned: boolean;
  /** Neighbours that are not shown, of every kind. */
  hidden: number;
  faint: boolean;
  /** How many it is linked with. */
  degree: number;
}

/** All links of two records, drawn as one line. */
export interface SceneBond {
  a: SceneNode;
  b: SceneNode;
  links: ChartLink[];
  width: number;
  style: 'evidence' | 'calls' | 'plan';
  /** Which ends somebody called. */
  callsToA: boolean;
  callsToB: boolean;
  words: string;
  faint: boolean;
}

export interface SceneFrame {
  title: string;
  nodes: SceneNode[];
}

export interface Scene {
  nodes: SceneNode[];
  byRef: ReadonlyMap<string, SceneNode>;
  bonds: SceneBond[];
  frames: SceneFrame[];
  /** Links that the filter keeps out, and records that are left out with them. */
  outside: { links: number; nodes: number };
}

export const emptyScene: Scene = {
  nodes: [],
  byRef: new Map(),
  bonds: [],
  frames: [],
  outside: { links: 0, nodes: 0 },
};

/** @param within the records that the filter of all views lets through; null where there is none. */
export function buildScene(
  picture: ChartPicture,
  { nodes: places, leaveOut, groupBy }: ChartState,
  within: ReadonlySet<string> | null,
): Scene {
  const known = new Map(picture.nodes.map((node) => [node.ref, node]));
  const byRef = new Map<string, SceneNode>();
  for (const { ref, x, y, pinned } of places) {
    const node = known.get(ref);
    if (!node) continue;
    byRef.set(ref, {
      ref,
      kind: node.kind,
      x,
      y,
      label: showLabel(ref, { [ref]: node.label }),
      node,
      pinned,
      hidden: Object.values(node.hidden).reduce((sum, count) => sum + count, 0),
      faint: within !== null && !within.has(ref),
      degree: 0,
    });
  }
  const bonds = bondsOf(picture.links, byRef);
  const outsideLinks = picture.links.filter(
    ({ from, to, inside }) => inside === 0 && byRef.has(from) && byRef.has(to),
  ).length;
  if (outsideLinks === 0 || !leaveOut) {
    const nodes = [...byRef.values()];
    return {
      nodes,
      byRef,
      bonds,
      frames: framesOf(nodes, groupBy, picture.labels),
      outside: { links: outsideLinks, nodes: 0 },
    };
  }
  // Left out: links that do not fit, and records that have links and none that fits.
  const linked = new Set(bonds.flatMap(({ a, b }) => [a.ref, b.ref]));
  const kept = bonds.filter(({ links }) => links.some(({ inside }) => inside > 0));
  const fitting = new Set(kept.flatMap(({ a, b }) => [a.ref, b.ref]));
  const nodes = [...byRef.values()].filter(({ ref }) => !linked.has(ref) || fitting.has(ref));
  return {
    nodes,
    byRef: new Map(nodes.map((node) => [node.ref, node])),
    bonds: kept,
    frames: framesOf(nodes, groupBy, picture.labels),
    outside: { links: outsideLinks, nodes: byRef.size - nodes.length },
  };
}

function bondsOf(links: readonly ChartLink[], byRef: ReadonlyMap<string, SceneNode>): SceneBond[] {
  const bonds = new Map<string, SceneBond>();
  for (const link of links) {
    const [from, to] = [byRef.get(link.from), byRef.get(link.to)];
    if (!from || !to) continue;
    const key = from.ref < to.ref ? `${from.ref} ${to.ref}` : `${to.ref} ${from.ref}`;
    let bond = bonds.get(key);
    if (!bond) {
      bond = {
        a: from,
        b: to,
        links: [],
        width: 1,
        style: 'plan',
        callsToA: false,
        callsToB: false,
        words: '',
        faint: false,
      };
      bonds.set(key, bond);
      from.degree += 1;
      to.degree += 1;
    }
    bond.links.push(link);
  }
  for (const bond of bonds.values()) finish(bond);
  return [...bonds.values()];
}

function finish(bond: SceneBond): void {
  const { links, a } = bond;
  const inside = links.filter((link) => link.inside > 0);
  const told = inside.length > 0 ? inside : links;
  const of = (kind: ChartLink['kind']) => told.filter((link) => link.kind === kind);
  bond.style = of('evidence').length > 0 ? 'evidence' : of('calls').length > 0 ? 'calls' : 'plan';
  const count = told.reduce(
    (sum, link) => sum + (link.kind === 'plan' ? 0 : inside.length > 0 ? link.inside : link.rows),
    0,
  );
  bond.width = Math.min(6, 1 + Math.log2(1 + count) * 0.55);
  for (const link of of('calls')) {
    if (link.to === a.ref) bond.callsToA = true;
    else bond.callsToB = true;
  }
  bond.faint = inside.length === 0 || bond.a.faint || bond.b.faint;
  const calls = of('calls').reduce((sum, link) => sum + (inside.length > 0 ? link.inside : link.rows), 0);
  const words = new Set(told.flatMap((link) => (link.kind === 'calls' ? [] : [link.relation])));
  bond.words = [
    ...words,
    ...(calls > 0
      ? [calls === 1 ? '1 call or text' : `${calls.toLocaleString('en-GB')} calls and texts`]
      : []),
  ].join(', ');
}

/** Frames round the records of a kind, a line or a group; one record alone has none. */
function framesOf(
  nodes: readonly SceneNode[],
  groupBy: ChartState['groupBy'],
  labels: Readonly<Record<string, string>>,
): SceneFrame[] {
  if (groupBy === null) return [];
  const frames = new Map<string, SceneNode[]>();
  for (const node of nodes) {
    const key = groupKey(node.node, groupBy);
    if (key !== null) frames.set(key, [...(frames.get(key) ?? []), node]);
  }
  return [...frames]
    .filter(([, own]) => own.length > 1)
    .map(([key, own]) => ({
      title: groupBy === 'kind' ? countWords(key as ChartKind, own.length) : showLabel(key, labels),
      nodes: own,
    }));
}

/** What a record is grouped under; the first of several lines. */
export function groupKey(node: ChartNode, groupBy: ChartState['groupBy']): string | null {
  if (groupBy === 'kind') return node.kind;
  if (groupBy === 'line') return node.lines[0] ?? null;
  if (groupBy === 'group') return node.groups[0] ?? null;
  return null;
}
