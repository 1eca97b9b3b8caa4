/** Pairs of rows that may be the same, with reasons, groups and what was decided before: what the page and the command line show. */
import type {
  MatchKind,
  MatchPair,
  MatchReason,
  MatchReport,
} from '../../../../shared/contract/areas/matching.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { isChildOn } from '../../../../shared/domain/readiness/protection.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import { labelOf as labelOfCode } from '../../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readLabels, readRow } from '../../database/queries/rows.ts';
import type { Session } from '../../session.ts';
import { clusterPairs } from './cluster.ts';
import { Decided } from './decisions.ts';
import type { Item } from './items.ts';
import { pauseWith } from './learn.ts';
import type { Matched } from './matchPeople.ts';
import { matchPeople } from './matchPeople.ts';
import { matchThings } from './matchThings.ts';
import type { ScoredPairs } from './score.ts';

/** Pairs below this are not worth a look. */
const leastPossible = 0.2;
/** More pairs than this are not listed: nobody looks at so many. Those that are together come first. */
const mostPossible = 20_000;
const mostTogether = 60_000;

export interface FindOptions {
  kind: MatchKind;
  threshold: number;
  moment: Moment;
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
}

/** @throws AppError `cancelled` by way of the signal. */
export async function findMatches(session: Session, options: FindOptions): Promise<MatchReport> {
  const { kind, threshold, moment, signal, progress } = options;
  const database = session.reader;
  const matched = await matchKind(
    database,
    kind,
    Number(moment.today.slice(0, 4)),
    pauseWith(signal),
    (stage, done, total) => progress?.({ type: 'progress', stage, done, total, unit: 'steps' }),
  );
  return reportOf(database, kind, threshold, moment, matched);
}

function matchKind(
  database: ReadDatabase,
  kind: MatchKind,
  thisYear: number,
  pause: ReturnType<typeof pauseWith>,
  progress: (stage: string, done: number, total: number | null) => void,
): Promise<Matched> {
  return kind === 'people'
    ? matchPeople(database, thisYear, pause, progress)
    : matchThings(database, kind, pause, progress);
}

/** The pairs but those that somebody said are different. */
function withoutDifferent(matched: Matched, decided: Decided): { pairs: ScoredPairs; unsure: Set<number> } {
  const { items, pairs } = matched;
  const kept: number[] = [];
  const unsure = new Set<number>();
  for (let at = 0; at < pairs.a.length; at++) {
    const said = decided.of(items[pairs.a[at] ?? 0]?.id ?? 0, items[pairs.b[at] ?? 0]?.id ?? 0)?.said;
    if (said === 'different') continue;
    if (said === 'unsure') unsure.add(kept.length);
    kept.push(at);
  }
  return {
    pairs: {
      a: Uint32Array.from(kept, (at) => pairs.a[at] ?? 0),
      b: Uint32Array.from(kept, (at) => pairs.b[at] ?? 0),
      bits: Float32Array.from(kept, (at) => pairs.bits[at] ?? 0),
    },
    unsure,
  };
}

function reportOf(
  database: ReadDatabase,
  kind: MatchKind,
  threshold: number,
  moment: Moment,
  matched: Matched,
): MatchReport {
  const { items, scorer } = matched;
  const decided = new Decided(database, kind);
  const { pairs, unsure } = withoutDifferent(matched, decided);
  // What somebody left open, or a caution speaks against, is for people to join.
  const cautions = cautionsOf(matched, pairs, threshold);
  const clash = clashOf(matched);
  for (const [at, words] of rivalsOf(matched, pairs, threshold, clash))
    if (!cautions.has(at)) cautions.set(at, words);
  const clusters = clusterPairs(
    items.length,
    pairs,
    scorer.probability,
    threshold,
    (at) => !unsure.has(at) && !cautions.has(at),
    (a, b) => clash(a, b) || decided.of(items[a]?.id ?? 0, items[b]?.id ?? 0)?.said === 'different',
  );
  const clusterOf = new Map<number, number>();
  clusters.forEach((members, index) => {
    for (const place of members) clusterOf.set(place, index);
  });
  const refOf = (place: number) => makeRef(kind, items[place]?.id ?? 0);
  const found: {
    a: number;
    b: number;
    bits: number;
    unsure: boolean;
    isMatch: boolean;
    caution: string | undefined;
  }[] = [];
  const listed = new Set<number>();
  for (let at = 0; at < pairs.a.length; at++) {
    const a = pairs.a[at] ?? 0;
    const b = pairs.b[at] ?? 0;
    const bits = pairs.bits[at] ?? 0;
    const together = clusterOf.get(a);
    const isMatch = together !== undefined && together === clusterOf.get(b) && !unsure.has(at);
    if (!isMatch && scorer.probability(bits) < leastPossible) continue;
    listed.add(a * items.length + b);
    found.push({ a, b, bits, unsure: unsure.has(at), isMatch, caution: cautions.get(at) });
  }
  // Two of a group that were not looked at as a pair belong together all the same.
  for (const members of clusters)
    for (const [index, b] of members.entries())
      for (const a of members.slice(0, index))
        if (!listed.has(a * items.length + b))
          found.push({
            a,
            b,
            bits: scorer.bits(items[a] as Item, items[b] as Item),
            unsure: false,
            isMatch: true,
            caution: undefined,
          });
  found.sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  let together = 0;
  let possible = 0;
  const shown = found.filter(({ isMatch }) =>
    isMatch ? ++together <= mostTogether : ++possible <= mostPossible,
  );
  const refs = new Set(shown.flatMap(({ a, b }) => [refOf(a), refOf(b)]));
  return {
    kind,
    threshold,
    pairs: shown.map((pair): MatchPair => {
      const score = scorer.probability(pair.bits);
      return {
        a: refOf(pair.a),
        b: refOf(pair.b),
        // Nothing of this kind is certain.
        score: Math.min(0.999_999, Math.round(score * 1e6) / 1e6),
        decision: pair.unsure ? 'unsure' : pair.isMatch ? 'match' : 'possible',
        reasons: reasonsOf(matched, pair.a, pair.b, {
          loose: !pair.isMatch && !pair.unsure && pair.caution === undefined && score >= threshold,
          caution: pair.isMatch ? undefined : pair.caution,
          byOthers: pair.isMatch && score < threshold,
        }),
      };
    }),
    clusters: clusters.map((members) => members.map(refOf)),
    labels: readLabels(database, refs),
    alerts: kind === 'people' ? alertsOf(database, refs, moment) : {},
    decided: decided.listed(),
    records: items.length,
    compared: matched.candidates,
    left: found.length - shown.length,
  };
}

/** Pairs from the threshold on that nobody should take for one without a look, by their place. */
function cautionsOf(matched: Matched, pairs: ScoredPairs, threshold: number): Map<number, string> {
  const { items, scorer, caution } = matched;
  const found = new Map<number, string>();
  for (let at = 0; at < pairs.a.length; at++) {
    if (scorer.probability(pairs.bits[at] ?? 0) < threshold) continue;
    const a = items[pairs.a[at] ?? 0] as Item;
    const b = items[pairs.b[at] ?? 0] as Item;
    const words = caution((field) => scorer.levelOf(field, a, b), scorer.beyondHome(a, b));
    if (words !== null) found.set(at, words);
  }
  return found;
}

/** Bits from which a difference is a contradiction: where a field is often mistyped, it weighs less and is none. */
const clashing = -3;

/** Whether two rows contradict each other and nothing speaks for them all the same, each pair worked out once. */
function clashOf({ items, scorer, own, caution }: Matched): (a: number, b: number) => boolean {
  const known = new Map<number, boolean>();
  return (a, b) => {
    const key = a < b ? a * items.length + b : b * items.length + a;
    let is = known.get(key);
    if (is === undefined) {
      const [one, other] = [items[a] as Item, items[b] as Item];
      is =
        scorer.against(own, one, other) <= clashing &&
        (scorer.probability(scorer.bits(one, other)) < leastPossible ||
          caution((field) => scorer.levelOf(field, one, other), scorer.beyondHome(one, other)) !== null);
      known.set(key, is);
    }
    return is;
  };
}

/** So many that a row may be are looked at. */
const mostRivals = 12;

/**
 * Pairs of which one may as well be somebody else: it is like two who are not one. Its chance is shared between them,
 * and where neither has enough of it, nobody should join it without a look.
 */
function rivalsOf(
  { items, scorer }: Matched,
  pairs: ScoredPairs,
  threshold: number,
  clash: (a: number, b: number) => boolean,
): Map<number, string> {
  const likely = new Map<number, { place: number; bits: number }[]>();
  const add = (place: number, other: number, bits: number) => {
    const list = likely.get(place);
    if (list) list.push({ place: other, bits });
    else likely.set(place, [{ place: other, bits }]);
  };
  for (let at = 0; at < pairs.a.length; at++) {
    const bits = pairs.bits[at] ?? 0;
    if (scorer.probability(bits) < leastPossible) continue;
    add(pairs.a[at] ?? 0, pairs.b[at] ?? 0, bits);
    add(pairs.b[at] ?? 0, pairs.a[at] ?? 0, bits);
  }
  const found = new Map<number, string>();
  for (let at = 0; at < pairs.a.length; at++) {
    const bits = pairs.bits[at] ?? 0;
    if (scorer.probability(bits) < threshold) continue;
    const [a, b] = [pairs.a[at] ?? 0, pairs.b[at] ?? 0];
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = (likely.get(one) ?? [])
        .filter((each) => each.place !== other && each.bits > bits - 12)
        .slice(0, mostRivals)
        .filter((each) => clash(each.place, other));
      const share = others.reduce((sum, each) => sum + 2 ** (each.bits - bits), 0);
      if (1 / (1 + share + 2 ** -(bits + scorer.prior)) >= threshold) continue;
      const names = others.map((each) => makeRef('people', items[each.place]?.id ?? 0)).slice(0, 3);
      found.set(
        at,
        `${makeRef('people', items[one]?.id ?? 0)} may as well be ${names.join(' or ')}, who is somebody else`,
      );
    }
  }
  return found;
}

/** Weighs less than this: not worth a line. */
const leastWeight = 0.15;
const round = (bits: number) => Math.round(bits * 10) / 10;

function reasonsOf(
  { items, scorer }: Matched,
  placeA: number,
  placeB: number,
  group: { loose: boolean; byOthers: boolean; caution: string | undefined },
): MatchReason[] {
  const a = items[placeA] as Item;
  const b = items[placeB] as Item;
  const { reasons, home } = scorer.weighed(a, b);
  const list = reasons.flatMap(({ field, title, level, bits }): MatchReason[] => {
    if (Math.abs(bits) < leastWeight) return [];
    const comparison = scorer.comparisons.find((each) => each.field === field);
    const words = comparison?.levels[level - 1] ?? '';
    return [
      {
        field,
        title,
        for: bits > 0,
        weight: round(bits),
        text: `${title} ${words}: ${comparison?.show(a, b) ?? ''}`,
      },
    ];
  });
  if (home >= leastWeight)
    list.push({
      field: 'home',
      title: 'One home',
      for: false,
      weight: round(-home),
      text: 'People of one home share surname, address and phone: that much they would agree anyway',
    });
  list.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight));
  if (group.caution !== undefined)
    list.unshift({ field: 'caution', title: 'Caution', for: false, weight: 0, text: group.caution });
  if (group.loose)
    list.push({
      field: 'group',
      title: 'Group',
      for: false,
      weight: 0,
      text: 'One of the two is like others that the second is not like: they do not hang together as one',
    });
  if (group.byOthers)
    list.push({
      field: 'group',
      title: 'Group',
      for: true,
      weight: 0,
      text: 'Both are like others of the same group',
    });
  return list;
}

/** What has to be seen beside a name before anything is decided. */
function alertsOf(
  database: ReadDatabase,
  refs: ReadonlySet<string>,
  moment: Moment,
): Record<string, string[]> {
  const day = (moment.strike ?? moment.today).slice(0, 10);
  const alerts: Record<string, string[]> = {};
  for (const ref of refs) {
    const row = readRow(database, 'people', parseRef(ref)?.id ?? 0, moment);
    const said: string[] = [];
    if (typeof row.age === 'number' && row.age < 18) said.push(`Child: ${row.age} on the day`);
    else if (isChildOn(row, day)) said.push('May be a child');
    const status = String(row.victimStatus ?? '');
    if (['potential-victim', 'reasonable-grounds', 'confirmed-victim'].includes(status))
      said.push(`${labelOfCode('victimStatus', status)}: a victim first`);
    else if (
      String(row.category ?? '')
        .split(',')
        .includes('victim')
    )
      said.push('Recorded as a victim');
    const risk = String(row.adultAtRisk ?? '');
    if (risk === 'yes') said.push('Adult at risk');
    else if (risk === 'suspected') said.push('Adult at risk suspected');
    if (said.length > 0) alerts[ref] = said;
  }
  return alerts;
}
