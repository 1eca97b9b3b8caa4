/** Makes a network of what a workspace holds: what stands for what, what is left out, who is protected. */
import { setImmediate } from 'node:timers/promises';
import {
  type NetworkKind,
  type NetworkOptions,
  networkKinds,
} from '../../../../shared/contract/areas/network.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { phoneKind } from '../../../../shared/domain/phone.ts';
import type { Row } from '../../../../shared/domain/readiness/facts.ts';
import { type ProtectionReason, whyProtected } from '../../../../shared/domain/readiness/protection.ts';
import type { PlanLink } from '../links/planLinks.ts';
import type { CallLink, EvidenceLink } from '../links/readLinks.ts';
import { isConfirmed } from '../links/support.ts';
import { buildGraph, type Graph, type Pairs } from './graph.ts';
import type { NetworkParts, PhoneRow } from './readParts.ts';

/** More than this is no network that anybody reads. */
const mostEntities = 200_000;
const mostPairs = 1_000_000;
/** Links that are taken before others are answered. */
const linksAtOnce = 10_000;

/** One thing that links two entities. */
export type Tie =
  | { kind: 'evidence'; link: EvidenceLink }
  | { kind: 'calls'; link: CallLink }
  | { kind: 'plan'; link: PlanLink };

export interface Network {
  /** Entities with a link, by their number in the graph. */
  refs: string[];
  kinds: NetworkKind[];
  numberOf: ReadonlyMap<string, number>;
  /** The entity that a reference stands for: a folded phone is its person or line. */
  folded: ReadonlyMap<string, string>;
  /** The references that stand for an entity, by its own. */
  standsFor: ReadonlyMap<string, string[]>;
  graph: Graph;
  pairs: Pairs;
  /** What links each pair. */
  ties: Tie[][];
  /** Reasons by number; nobody else is protected. */
  protection: ReadonlyMap<number, ProtectionReason[]>;
  people: ReadonlyMap<string, Row>;
  /** Premises where children or vulnerable adults are or may be, or that may have been taken over. */
  protectedPlaces: ReadonlySet<string>;
  /** Targets of the plan by the reference that they are about. */
  targets: ReadonlyMap<string, string[]>;
  left: {
    foldedPeople: number;
    foldedLines: number;
    /** Phones that are linked with several people or lines, and stay phones. */
    shared: number;
    services: number;
    singles: number;
    /** Links of evidence without a report of A or B; pairs of numbers with too few calls. */
    ungraded: number;
    fewCalls: number;
    /** Entities of the chosen kinds that have no link. */
    alone: number;
  };
}

export type ChosenOptions = { [Name in keyof NetworkOptions]-?: NonNullable<NetworkOptions[Name]> };

export const chooseOptions = (options: NetworkOptions = {}): ChosenOptions => ({
  kinds: networkKinds.filter((kind) => kind === 'people' || (options.kinds?.includes(kind) ?? true)),
  fold: options.fold ?? true,
  ungraded: options.ungraded ?? true,
  leastCalls: options.leastCalls ?? 1,
  singles: options.singles ?? false,
});

const isService = (number: string | null): boolean =>
  number !== null && ['short-code', 'uk-service', 'withheld'].includes(phoneKind(number));

/** Whom each phone stands for; by reference the people and lines that it is linked with. */
function findOwners({ evidence, plan }: NetworkParts) {
  const people = new Map<string, Set<string>>();
  const lines = new Map<string, Set<string>>();
  const note = (map: Map<string, Set<string>>, phone: string, owner: string) => {
    const own = map.get(phone) ?? new Set();
    map.set(phone, own.add(owner));
  };
  for (const { from, to } of [...evidence, ...plan]) {
    for (const [one, two] of [
      [from, to],
      [to, from],
    ] as const) {
      if (!one.startsWith('PHN-')) continue;
      if (two.startsWith('NOM-')) note(people, one, two);
      if (two.startsWith('LINE-')) note(lines, one, two);
    }
  }
  return { people, lines };
}

/**
 * Stops after every so many links, so that others are answered meanwhile.
 * @throws AppError `invalid` where there is more than can be measured together.
 */
export async function buildNetwork(
  parts: NetworkParts,
  calls: readonly CallLink[],
  options: ChosenOptions,
): Promise<Network> {
  const kinds = new Set(options.kinds);
  const services = new Set(parts.phones.filter(({ number }) => isService(number)).map(({ ref }) => ref));
  const owners = findOwners(parts);
  const folded = new Map<string, string>();
  const left: Network['left'] = {
    foldedPeople: 0,
    foldedLines: 0,
    shared: 0,
    services: 0,
    singles: 0,
    ungraded: 0,
    fewCalls: 0,
    alone: 0,
  };
  for (const { ref } of parts.phones) {
    const lines = kinds.has('lines') ? [...(owners.lines.get(ref) ?? [])] : [];
    const people = [...(owners.people.get(ref) ?? [])];
    const [line, person] = [lines[0], people[0]];
    if (services.has(ref)) left.services += 1;
    else if (!options.fold || lines.length + people.length === 0) continue;
    else if (line !== undefined && lines.length === 1) {
      folded.set(ref, line);
      left.foldedLines += 1;
    } else if (person !== undefined && lines.length === 0 && people.length === 1) {
      folded.set(ref, person);
      left.foldedPeople += 1;
    } else left.shared += 1;
  }
  const known = new Map(
    parts.entities
      .filter(({ ref, kind }) => kinds.has(kind) && !services.has(ref) && !folded.has(ref))
      .map(({ ref, kind }, index) => [ref, { kind, index }] as const),
  );
  const all = [...known.keys()];
  const found = new Map<number, Tie[]>();
  const take = (tie: Tie) => {
    const a = known.get(folded.get(tie.link.from) ?? tie.link.from)?.index;
    const b = known.get(folded.get(tie.link.to) ?? tie.link.to)?.index;
    if (a === undefined || b === undefined || a === b) return;
    const key = Math.min(a, b) * all.length + Math.max(a, b);
    const own = found.get(key);
    if (own) own.push(tie);
    else found.set(key, [tie]);
  };
  for (const [at, link] of parts.evidence.entries()) {
    if (at % linksAtOnce === linksAtOnce - 1) await setImmediate();
    if (options.ungraded || isConfirmed(link.support)) take({ kind: 'evidence', link });
    else left.ungraded += 1;
  }
  for (const link of parts.plan) take({ kind: 'plan', link });
  const enough = enoughCalls(calls, options.leastCalls);
  for (const [at, link] of calls.entries()) {
    if (at % linksAtOnce === 0) await setImmediate();
    if (enough(link)) take({ kind: 'calls', link });
    else left.fewCalls += 1;
  }
  await setImmediate();
  if (!options.singles) left.singles = leaveSinglesOut(found, all, parts.phones);
  await setImmediate();
  return compact(parts, { all, found, folded, known, left, owners, kinds });
}

/** Whether two numbers have as many calls in both directions together. */
function enoughCalls(calls: readonly CallLink[], least: number): (link: CallLink) => boolean {
  if (least <= 1) return () => true;
  const key = ({ from, to }: CallLink) => (from < to ? `${from} ${to}` : `${to} ${from}`);
  const counts = new Map<string, number>();
  for (const link of calls) counts.set(key(link), (counts.get(key(link)) ?? 0) + link.count);
  return (link) => (counts.get(key(link)) ?? 0) >= least;
}

/** Takes out phones of which nothing is known but calls with one other; says how many. */
function leaveSinglesOut(
  found: Map<number, Tie[]>,
  all: readonly string[],
  phones: readonly PhoneRow[],
): number {
  const size = all.length;
  const nothingKnown = new Set(phones.filter(({ isKnown }) => !isKnown).map(({ ref }) => ref));
  const degree = new Int32Array(size);
  const ends = (key: number) => [Math.floor(key / size), key % size] as const;
  for (const key of found.keys()) for (const end of ends(key)) degree[end] = (degree[end] ?? 0) + 1;
  const single = new Set<number>();
  for (const [key, ties] of found) {
    if (ties.some(({ kind }) => kind !== 'calls')) continue;
    const loose = ends(key).filter((end) => degree[end] === 1 && nothingKnown.has(all[end] ?? ''));
    if (loose.length === 0) continue;
    for (const end of loose) single.add(end);
    found.delete(key);
  }
  return single.size;
}

function groupByOwner(folded: ReadonlyMap<string, string>): Map<string, string[]> {
  const owned = new Map<string, string[]>();
  for (const [ref, owner] of folded) {
    const own = owned.get(owner);
    if (own) own.push(ref);
    else owned.set(owner, [ref]);
  }
  return owned;
}

/** Each doubling of rows or calls adds one: the thousandth call says little more than the hundredth. */
const weightOf = (ties: readonly Tie[]): number =>
  ties.reduce((sum, tie) => sum + 1 + Math.log2(rowsOf(tie)), 0);

export const rowsOf = (tie: Tie): number =>
  tie.kind === 'calls' ? tie.link.count : tie.kind === 'evidence' ? tie.link.support.rows : 1;

/** Entities without a link leave; the rest are numbered anew. */
function compact(
  parts: NetworkParts,
  made: {
    all: string[];
    found: Map<number, Tie[]>;
    folded: Map<string, string>;
    known: ReadonlyMap<string, { kind: NetworkKind; index: number }>;
    left: Network['left'];
    owners: ReturnType<typeof findOwners>;
    kinds: ReadonlySet<NetworkKind>;
  },
): Network {
  const { all, found, folded, known, left, owners } = made;
  const isLinked = new Uint8Array(all.length);
  for (const key of found.keys()) {
    isLinked[Math.floor(key / all.length)] = 1;
    isLinked[key % all.length] = 1;
  }
  const refs = all.filter((_, index) => isLinked[index] === 1);
  left.alone = all.length - refs.length - left.singles;
  if (refs.length > mostEntities || found.size > mostPairs)
    throw new AppError(
      'invalid',
      `The network has ${refs.length.toLocaleString('en-GB')} entities and ${found.size.toLocaleString('en-GB')} links, more than can be measured together. Leave a kind out, or ask for more calls between two numbers.`,
    );
  const numberOf = new Map(refs.map((ref, number) => [ref, number]));
  const keys = [...found.keys()].sort((x, y) => x - y);
  const pairs: Pairs = {
    from: new Int32Array(keys.length),
    to: new Int32Array(keys.length),
    weight: new Float64Array(keys.length),
  };
  const ties = keys.map((key) => found.get(key) ?? []);
  keys.forEach((key, pair) => {
    pairs.from[pair] = numberOf.get(all[Math.floor(key / all.length)] ?? '') ?? 0;
    pairs.to[pair] = numberOf.get(all[key % all.length] ?? '') ?? 0;
    pairs.weight[pair] = weightOf(ties[pair] ?? []);
  });
  const reasonsOf = (person: string): ProtectionReason[] => {
    const row = parts.people.get(person);
    return row ? whyProtected(row, parts.day, parts.referred.has(person)) : [];
  };
  const protection = new Map<number, ProtectionReason[]>();
  refs.forEach((ref, number) => {
    const people = ref.startsWith('PHN-') ? [...(owners.people.get(ref) ?? [])] : [ref];
    const reasons = [...new Set(people.flatMap(reasonsOf))];
    if (reasons.length > 0) protection.set(number, reasons);
  });
  return {
    refs,
    kinds: refs.map((ref) => known.get(ref)?.kind ?? 'people'),
    numberOf,
    folded,
    standsFor: groupByOwner(folded),
    graph: buildGraph(refs.length, pairs),
    pairs,
    ties,
    protection,
    people: parts.people,
    protectedPlaces: parts.protectedPlaces,
    targets: parts.targets,
    left,
  };
}
