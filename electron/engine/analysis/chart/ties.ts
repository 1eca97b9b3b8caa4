/**
 * Links of a chart in one shape, whatever says so: rows of evidence, the call data, records of the plan. Read by
 * `../links`; here they are judged by a filter.
 */
import type { ChartFilter, TieKind } from '../../../../shared/contract/areas/chart.ts';
import { chartKinds, ungraded } from '../../../../shared/contract/areas/chart.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { CallTable } from '../calls/callTable.ts';
import { isoOf, secondsOfIso } from '../calls/study.ts';
import { readPlanLinks, readRecordLinks } from '../links/planLinks.ts';
import { readEvidenceLinks } from '../links/readLinks.ts';
import { readEvidenceFacts } from './evidenceFacts.ts';

export interface Tie {
  id: string;
  from: string;
  to: string;
  kind: TieKind;
  relation: string;
  rows: number;
  /** Of the rows, how many the filter lets through. */
  inside: number;
  grades: Set<string>;
  /** Of what the filter lets through. */
  first: string | null;
  last: string | null;
  isPlanned: boolean;
  /** Rows of evidence that the filter lets through, or records of the plan. Calls are found in their table. */
  evidence: number[];
  records: string[];
}

const shownKinds: ReadonlySet<string> = new Set(chartKinds);
const isShown = (ref: string): boolean => shownKinds.has(parseRef(ref)?.grid.name ?? '');

/** Every link with one of these records at an end, between records of the kinds that a chart shows. */
export function readTies(
  database: ReadDatabase,
  calls: CallTable,
  about: readonly string[],
  filter: ChartFilter = {},
): Tie[] {
  const lets = (kind: TieKind) => filter.ties === undefined || filter.ties.includes(kind);
  return [
    ...evidenceTies(database, about, filter, lets('evidence')),
    ...planTies(database, new Set(about), filter, lets('plan')),
    ...callTies(calls, about, filter, lets('calls')),
  ];
}

/** Whether a day or time is in the period. What has none is in every period. */
function isWithin({ from, to }: ChartFilter, first: string | null, last = first): boolean {
  const ended = (last ?? first)?.slice(0, 10);
  return (
    (from === undefined || ended === undefined || ended >= from) &&
    (to === undefined || first === null || first.slice(0, 10) <= to)
  );
}

function widen(tie: Tie, first: string | null, last: string | null): void {
  if (first !== null && (tie.first === null || first < tie.first)) tie.first = first;
  if (last !== null && (tie.last === null || last > tie.last)) tie.last = last;
}

function emptyTie(from: string, to: string, kind: TieKind, relation: string): Tie {
  return {
    id: `${kind} ${from} ${to} ${relation}`.slice(0, 300),
    from,
    to,
    kind,
    relation,
    rows: 0,
    inside: 0,
    grades: new Set(),
    first: null,
    last: null,
    isPlanned: false,
    evidence: [],
    records: [],
  };
}

function evidenceTies(
  database: ReadDatabase,
  about: readonly string[],
  filter: ChartFilter,
  lets: boolean,
): Tie[] {
  const links = readEvidenceLinks(database, undefined, about).filter(
    ({ from, to }) => isShown(from) && isShown(to),
  );
  const facts = readEvidenceFacts(
    database,
    links.flatMap(({ evidence }) => evidence),
  );
  const grades = filter.grades === undefined ? null : new Set(filter.grades);
  return links.map(({ from, to, relation, evidence }) => {
    const tie = emptyTie(from, to, 'evidence', relation === '' ? 'in one row' : relation);
    tie.rows = evidence.length;
    for (const row of evidence) {
      const { at, grade } = facts.get(row) ?? { at: null, grade: null };
      tie.grades.add(grade ?? ungraded);
      if (!lets || grades?.has(grade ?? ungraded) === false || !isWithin(filter, at)) continue;
      tie.inside += 1;
      tie.evidence.push(row);
      widen(tie, at, at);
    }
    return tie;
  });
}

function planTies(
  database: ReadDatabase,
  about: ReadonlySet<string>,
  filter: ChartFilter,
  lets: boolean,
): Tie[] {
  const found = new Map<string, Tie>();
  for (const link of [...readPlanLinks(database), ...readRecordLinks(database)]) {
    const { from, to, relation, record, first, last, isPlanned } = link;
    if (!about.has(from) && !about.has(to)) continue;
    if (!isShown(from) || !isShown(to)) continue;
    const key = `${from} ${to} ${relation}`;
    const tie = found.get(key) ?? emptyTie(from, to, 'plan', relation);
    found.set(key, tie);
    tie.isPlanned = isPlanned;
    tie.rows += 1;
    if (!lets || !isWithin(filter, first, last)) continue;
    tie.inside += 1;
    tie.records.push(record);
    widen(tie, first, last ?? first);
  }
  return [...found.values()];
}

interface Calls {
  rows: number;
  inside: number;
  first: number;
  last: number;
}

/** First and last second of the period; without one, everything. */
function secondsWithin({ from, to }: ChartFilter): (start: number) => boolean {
  const begin = from === undefined ? Number.NEGATIVE_INFINITY : secondsOfIso(from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : secondsOfIso(to) + 86_400;
  return (start) => Number.isNaN(start) || (start >= begin && start < end);
}

/** Calls and texts of these phones, each once: one link a direction. */
function callTies(calls: CallTable, about: readonly string[], filter: ChartFilter, lets: boolean): Tie[] {
  const places = new Set(
    about.flatMap((ref) => {
      const found = parseRef(ref);
      return found?.grid.name === 'phones' ? (calls.placeOf.get(found.id) ?? []) : [];
    }),
  );
  const isInside = secondsWithin(filter);
  const pairs = new Map<number, Calls>();
  const size = calls.phones.length;
  for (const place of places) {
    for (const row of calls.rowsOf(place)) {
      const from = calls.from[row] ?? -1;
      const to = calls.to[row] ?? -1;
      if (from < 0 || to < 0 || from === to) continue;
      // A call of two that are both asked for stands in the rows of both.
      if (from !== place && places.has(from)) continue;
      const key = from * size + to;
      const start = calls.start[row] ?? Number.NaN;
      let pair = pairs.get(key);
      if (pair === undefined) {
        pair = { rows: 0, inside: 0, first: Number.NaN, last: Number.NaN };
        pairs.set(key, pair);
      }
      pair.rows += 1;
      if (!lets || !isInside(start)) continue;
      pair.inside += 1;
      if (!(pair.first <= start)) pair.first = start;
      if (!(pair.last >= start)) pair.last = start;
    }
  }
  return [...pairs].map(([key, pair]) => {
    const tie = emptyTie(
      phoneRef(calls, Math.floor(key / size)),
      phoneRef(calls, key % size),
      'calls',
      'calls and texts',
    );
    const iso = (seconds: number) => (Number.isNaN(seconds) ? null : isoOf(seconds));
    return { ...tie, rows: pair.rows, inside: pair.inside, first: iso(pair.first), last: iso(pair.last) };
  });
}

const phoneRef = (calls: CallTable, place: number): string => makeRef('phones', calls.phones[place]?.id ?? 0);
