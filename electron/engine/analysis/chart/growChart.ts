/**
 * The link chart. It keeps nothing: the page says which records it shows, and gets them with their links, the
 * neighbours that an expansion brings, and how many others stand behind each.
 */
import type {
  ChartFilter,
  ChartKind,
  ChartNode,
  ChartPicture,
} from '../../../../shared/contract/areas/chart.ts';
import { chartKinds, mostChartNodes } from '../../../../shared/contract/areas/chart.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readLabels } from '../../database/queries/rows.ts';
import { rootOf } from '../../entities/groups.ts';
import type { Session } from '../../session.ts';
import type { Work } from '../calls/callStudy.ts';
import type { CallTable } from '../calls/callTable.ts';
import { readCalls } from '../calls/readCalls.ts';
import { readPlanLinks, readRecordLinks } from '../links/planLinks.ts';
import { describeNodes } from './nodes.ts';
import { readTies, type Tie } from './ties.ts';

export interface ChartRequest {
  refs: readonly string[];
  expand?: readonly string[] | undefined;
  kinds?: readonly ChartKind[] | undefined;
  filter?: ChartFilter | undefined;
  limit?: number | undefined;
}

const usualLimit = 25;

/** @throws AppError `cancelled` by the signal. */
export async function growChart(
  session: Session,
  moment: Moment,
  request: ChartRequest,
  work: Work = {},
): Promise<ChartPicture> {
  const calls = await readCalls(session.reader, {
    signal: work.signal,
    progress: (share) =>
      work.progress?.({
        type: 'progress',
        stage: 'Reading the calls',
        done: Math.round(share * 100),
        total: 100,
        unit: 'steps',
      }),
  });
  return session.reader.transaction(() => drawChart(session.reader, calls, moment, request))();
}

export function drawChart(
  database: ReadDatabase,
  calls: CallTable,
  moment: Moment,
  request: ChartRequest,
): ChartPicture {
  const filter = request.filter ?? {};
  const asked = new Map(request.refs.map((ref) => [ref, currentRef(database, ref)]));
  const wanted = new Set([...asked.values()].filter((ref) => ref !== null));
  const found = describeNodes(database, wanted, moment);
  const shown = new Set([...wanted].filter((ref) => found.has(ref)));
  const gone = [...asked].flatMap(([ref, now]) => (now === null || !shown.has(now) ? [ref] : []));
  const opened = (request.expand ?? []).flatMap((ref) => {
    const now = currentRef(database, ref);
    return now !== null && shown.has(now) ? [now] : [];
  });
  const kinds = new Set<string>(request.kinds ?? chartKinds);
  const brought = strongest(
    opened,
    opened.length === 0 ? [] : readTies(database, calls, opened, filter),
    (ref) => !shown.has(ref) && kinds.has(parseRef(ref)?.grid.name ?? ''),
    request.limit ?? usualLimit,
    calls,
  );
  const room = mostChartNodes - shown.size;
  const coming = brought.slice(0, room);
  for (const [ref, node] of describeNodes(database, coming, moment)) found.set(ref, node);
  const added = coming.filter((ref) => found.has(ref));
  for (const ref of added) shown.add(ref);

  const ties = readTies(database, calls, [...shown], filter);
  const inner = ties.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const hidden = countHidden(ties, shown);
  const belonging = readBelonging(database, shown);
  const targets = new Set(
    readRecordLinks(database).flatMap(({ to, relation }) => (relation === 'target' ? [to] : [])),
  );
  const nodes = [...shown].flatMap((ref): ChartNode[] => {
    const node = found.get(ref);
    if (!node) return [];
    return [
      {
        ...node,
        sub: node.sub ?? (isService(calls, ref) ? 'service number' : null),
        isService: isService(calls, ref),
        isTarget: targets.has(ref),
        lines: belonging.lines.get(ref) ?? [],
        groups: belonging.groups.get(ref) ?? [],
        hidden: hidden.get(ref) ?? {},
      },
    ];
  });
  return {
    nodes,
    links: inner.map(({ id, from, to, kind, relation, rows, inside, grades, first, last, isPlanned }) => ({
      id,
      from,
      to,
      kind,
      relation,
      rows,
      inside,
      grades: [...grades].sort(),
      first,
      last,
      isPlanned,
    })),
    added,
    gone,
    isFull: brought.length > room,
    grades: [...new Set(ties.flatMap((tie) => [...tie.grades]))].sort(),
    labels: readLabels(database, new Set(nodes.flatMap(({ lines, groups }) => [...lines, ...groups]))),
  };
}

/** The record that a reference stands for now: a merged one is the one it was merged into. Null for no reference. */
function currentRef(database: ReadDatabase, ref: string): string | null {
  const found = parseRef(ref);
  return found && makeRef(found.grid.name, rootOf(database, found.grid.name, found.id));
}

function isService(calls: CallTable, ref: string): boolean {
  const found = parseRef(ref);
  const place = found?.grid.name === 'phones' ? calls.placeOf.get(found.id) : undefined;
  return place !== undefined && calls.phones[place]?.isService === true;
}

/** The other ends of the links of each record, the strongest of each first: at most so many of each. */
function strongest(
  opened: readonly string[],
  ties: readonly Tie[],
  isWanted: (ref: string) => boolean,
  limit: number,
  calls: CallTable,
): string[] {
  const strength = new Map<string, Map<string, number>>(opened.map((ref) => [ref, new Map()]));
  for (const tie of ties) {
    if (tie.inside === 0) continue;
    for (const [own, other] of [
      [tie.from, tie.to],
      [tie.to, tie.from],
    ] as const) {
      const of = strength.get(own);
      if (!of || !isWanted(other)) continue;
      // What an analyst decided and what a sheet says come before calls, and those by how many there are.
      const weight = tie.kind === 'plan' ? 1e9 : tie.kind === 'evidence' ? 1e6 + tie.inside : tie.inside;
      of.set(other, (of.get(other) ?? 0) + (isService(calls, other) ? tie.inside / 1e6 : weight));
    }
  }
  const found = new Set<string>();
  for (const of of strength.values()) {
    const inOrder = [...of].sort(([x, a], [y, b]) => b - a || x.localeCompare(y, 'en-GB', { numeric: true }));
    let taken = 0;
    for (const [ref] of inOrder) {
      if (taken === limit) break;
      if (found.has(ref)) continue;
      found.add(ref);
      taken += 1;
    }
  }
  return [...found];
}

type Counts = Partial<Record<ChartKind, number>>;

/** Neighbours of each record that are not shown, by kind, each once. */
function countHidden(ties: readonly Tie[], shown: ReadonlySet<string>): Map<string, Counts> {
  const seen = new Map<string, Set<string>>();
  const counts = new Map<string, Counts>();
  for (const { from, to, inside } of ties) {
    if (inside === 0) continue;
    for (const [own, other] of [
      [from, to],
      [to, from],
    ] as const) {
      if (!shown.has(own) || shown.has(other)) continue;
      let others = seen.get(own);
      if (!others) {
        others = new Set();
        seen.set(own, others);
      }
      if (others.has(other)) continue;
      others.add(other);
      const kind = parseRef(other)?.grid.name as ChartKind;
      const of = counts.get(own) ?? {};
      of[kind] = (of[kind] ?? 0) + 1;
      counts.set(own, of);
    }
  }
  return counts;
}

/** Lines and groups by the records that the plan says are theirs. A line stands in its own. */
function readBelonging(database: ReadDatabase, shown: ReadonlySet<string>) {
  const lines = new Map<string, string[]>();
  const groups = new Map<string, string[]>();
  const put = (of: Map<string, string[]>, ref: string, home: string) => {
    if (!shown.has(ref)) return;
    const known = of.get(ref) ?? [];
    if (!known.includes(home)) of.set(ref, [...known, home]);
  };
  for (const ref of shown) {
    const grid = parseRef(ref)?.grid.name;
    if (grid === 'lines') put(lines, ref, ref);
    if (grid === 'groups') put(groups, ref, ref);
  }
  for (const { from, to } of readPlanLinks(database)) {
    for (const [home, ref] of [
      [from, to],
      [to, from],
    ] as const) {
      const grid = parseRef(home)?.grid.name;
      if (grid === 'lines') put(lines, ref, home);
      if (grid === 'groups') put(groups, ref, home);
    }
  }
  return { lines, groups };
}
