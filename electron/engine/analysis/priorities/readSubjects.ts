/** People, premises and lines with everything that priorities are worked out from. */
import { ageKnownOn } from '../../../../shared/domain/priorities/age.ts';
import type {
  CallFact,
  Frame,
  Judgement,
  LineFacts,
  PersonFacts,
  PlaceFacts,
  Saying,
} from '../../../../shared/domain/priorities/facts.ts';
import { isOfChild } from '../../../../shared/domain/priorities/safeguarding.ts';
import { careMarkersOf } from '../../../../shared/domain/priorities/words.ts';
import { isPlanned, type Row, refsOf, textOf } from '../../../../shared/domain/readiness/facts.ts';
import { riskScaleOf } from '../../../../shared/domain/riskMatrix.ts';
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { labelOf } from '../../database/queries/rows.ts';
import { all, columnName, identifier } from '../../database/sql.ts';
import { readPlanLinks } from '../links/planLinks.ts';
import { type EvidenceLink, readEvidenceLinks } from '../links/readLinks.ts';
import { readReports } from './readReports.ts';
import { readSayings } from './sayings.ts';

export interface Subjects {
  people: readonly PersonFacts[];
  premises: readonly PlaceFacts[];
  lines: readonly LineFacts[];
  /** Numbers of phones with the people and lines that they are linked with: findings of calls go to these. */
  phones: ReadonlyMap<string, readonly string[]>;
}

/** What the calls say, by the phone that each finding is chiefly about. */
export type CallsOfPhone = ReadonlyMap<string, readonly CallFact[]>;

const fields = {
  people: [
    'name',
    'dob',
    'dobText',
    'role',
    'category',
    'victimStatus',
    'markers',
    'status',
    'adultAtRisk',
    'vulnerability',
    'note',
  ],
  premises: [
    'address',
    'postcode',
    'children',
    'vulnerableAdults',
    'cuckooed',
    'hazards',
    'firearms',
    'tenantPlan',
  ],
  lines: ['name', 'aliases', 'status', 'violence', 'children'],
  targets: ['subject', 'objective', 'status', 'role', 'harm', 'likelihood', 'riskConfidence'],
  safeguarding: ['subject', 'plan', 'agency', 'appropriateAdult', 'referral', 'referredOn', 'notifiedOn'],
  referrals: ['reference', 'person', 'dob', 'category', 'concern', 'agency', 'nrm', 'status'],
  warrants: ['number', 'premises', 'person', 'status', 'executedAt'],
} as const satisfies Partial<Record<GridName, readonly string[]>>;

function readRowsOf(database: ReadDatabase, grid: keyof typeof fields): Row[] {
  const columns = fields[grid].map((field) => `${identifier(columnName(field))} AS "${field}"`);
  const conflicts = grid === 'people' ? ', conflicts' : '';
  return all<{ id: number }>(
    database,
    `SELECT id, ${columns.join(', ')}${conflicts} FROM ${identifier(grids[grid].table)} ORDER BY id`,
  ).map(({ id, ...row }) => ({ ...row, ref: makeRef(grid, id) }));
}

function groupedBy(rows: readonly Row[], field: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows)
    for (const ref of refsOf(row, field)) {
      const group = groups.get(ref);
      if (group) group.push(row);
      else groups.set(ref, [row]);
    }
  return groups;
}

/** Neighbours of each record, by grid. */
class Neighbours {
  readonly #of = new Map<string, Set<string>>();

  put(one: string, two: string): void {
    for (const [from, to] of [
      [one, two],
      [two, one],
    ] as const) {
      const own = this.#of.get(from);
      if (own) own.add(to);
      else this.#of.set(from, new Set([to]));
    }
  }

  of(ref: string, prefix: string): string[] {
    return [...(this.#of.get(ref) ?? [])].filter((other) => other.startsWith(prefix));
  }
}

function readNeighbours(database: ReadDatabase, links: readonly EvidenceLink[]): Neighbours {
  const neighbours = new Neighbours();
  for (const { from, to } of links) neighbours.put(from, to);
  for (const { from, to, isPlanned: isMeant, relation } of readPlanLinks(database))
    if (!isMeant && relation !== 'cuckooed by the line') neighbours.put(from, to);
  return neighbours;
}

/** Who scored each target, and when: of the newest entry of harm or likelihood that counts. */
function readScorers(database: ReadDatabase): ReadonlyMap<string, { by: string; at: string }> {
  return new Map(
    all<{ id: number; by: string; at: string }>(
      database,
      `SELECT m.row_id AS id, coalesce(e.user, j.user) AS by, coalesce(e.at, j.at) AS at
       FROM manual_value m JOIN journal j ON j.seq = m.seq
         LEFT JOIN exchange_origin e
           ON e.grid = m.grid AND e.row_id = m.row_id AND e.field = m.field AND e.seq = m.seq
       WHERE m.grid = 'targets' AND m.field IN ('harm', 'likelihood') AND m.value IS NOT NULL ORDER BY m.seq`,
    ).map(({ id, ...scorer }) => [makeRef('targets', id), scorer]),
  );
}

function judgementOf(
  targets: readonly Row[],
  scorers: ReturnType<typeof readScorers>,
  frame: Frame,
): Judgement | null {
  const highest = riskScaleOf(frame.matrix) ** 2;
  const judged = targets.flatMap((target): Judgement[] => {
    if (typeof target.harm !== 'number' || typeof target.likelihood !== 'number') return [];
    const { harm, likelihood } = target;
    return [
      {
        target: target.ref,
        harm,
        likelihood,
        share: Math.min(1, (harm * likelihood) / highest),
        confidence: textOf(target, 'riskConfidence') || null,
        by: scorers.get(target.ref)?.by ?? null,
        at: scorers.get(target.ref)?.at ?? null,
      },
    ];
  });
  return judged.reduce<Judgement | null>(
    (best, each) => (best === null || each.share > best.share ? each : best),
    null,
  );
}

const idOf = (ref: string) => parseRef(ref)?.id ?? 0;
const noSayings: ReadonlyMap<string, readonly Saying[]> = new Map();

/** By yields, so that others are answered: whoever pauses looks afterwards whether something changed. */
export function* readSubjects(database: ReadDatabase, frame: Frame): Generator<undefined, Subjects> {
  const rows = Object.fromEntries(
    (Object.keys(fields) as (keyof typeof fields)[]).map((grid) => [grid, readRowsOf(database, grid)]),
  ) as Record<keyof typeof fields, Row[]>;
  yield;
  const links = readEvidenceLinks(database);
  const neighbours = readNeighbours(database, links);
  yield;
  const planLinks = readPlanLinks(database);
  yield;
  const ofPeople = readSayings(database, 'people');
  yield;
  const said = {
    people: ofPeople,
    premises: readSayings(database, 'premises'),
    lines: readSayings(database, 'lines'),
  };
  yield;
  const numbers = new Map(
    all<{ id: number; number: string | null }>(
      database,
      'SELECT id, number FROM phone WHERE number IS NOT NULL',
    ).map(({ id, number }) => [makeRef('phones', id), number ?? '']),
  );
  const phonesOfLine = (ref: string) => neighbours.of(ref, 'PHN-');
  const reports = yield* readReports(database, links, {
    people: rows.people.map((row) => ({ ref: row.ref, name: textOf(row, 'name') })),
    places: rows.premises.map((row) => ({ ref: row.ref, address: textOf(row, 'address') })),
    lines: rows.lines.map((row) => ({
      ref: row.ref,
      names: [textOf(row, 'name'), ...textOf(row, 'aliases').split(/[;,]/)],
      numbers: phonesOfLine(row.ref).flatMap((phone) => numbers.get(phone) ?? []),
    })),
  });
  const targetsOf = groupedBy(rows.targets.filter(isPlanned), 'subject');
  const plansOf = groupedBy(rows.safeguarding, 'subject');
  const scorers = readScorers(database);
  const referralsOf = referralsByPerson(rows.referrals, neighbours);
  const warrants = groupedBy(
    rows.warrants.filter((warrant) => isPlanned(warrant) && textOf(warrant, 'executedAt') === ''),
    'premises',
  );
  const pairs = (relation: string) => planLinks.filter((link) => link.relation === relation);
  const holderOf = new Map<string, string[]>();
  for (const { from, to } of pairs('holder of the line'))
    holderOf.set(to, [...(holderOf.get(to) ?? []), from]);
  const cuckooedBy = new Map<string, string[]>();
  for (const { from, to } of pairs('cuckooed by the line'))
    cuckooedBy.set(to, [...(cuckooedBy.get(to) ?? []), from]);
  const common = (row: Row, grid: 'people' | 'premises' | 'lines') => {
    const targets = targetsOf.get(row.ref) ?? [];
    return {
      ref: row.ref,
      label: labelOf(grids[grid], row),
      row,
      sayings: said[grid].get(idOf(row.ref)) ?? noSayings,
      reports: reports.of.get(row.ref) ?? [],
      calls: [],
      targets,
      judgement: judgementOf(targets, scorers, frame),
      plans: plansOf.get(row.ref) ?? [],
      hasSharedName: reports.sharedNames.has(row.ref),
    };
  };
  const placeLabels = new Map(rows.premises.map((row) => [row.ref, labelOf(grids.premises, row)]));
  const lineLabels = new Map(rows.lines.map((row) => [row.ref, labelOf(grids.lines, row)]));
  const people: PersonFacts[] = [];
  for (const [at, row] of rows.people.entries()) {
    if (at % 1000 === 0) yield;
    const own = common(row, 'people');
    const referrals = referralsOf.get(row.ref) ?? [];
    people.push({
      ...own,
      kind: 'people',
      referrals,
      age: ageKnownOn(
        row,
        frame.day,
        otherBirths(row, own.sayings, referrals),
        referrals.some(isOfChild) || careMarkersOf(textOf(row, 'markers'), 'child').length > 0,
      ),
      atWarrants: neighbours.of(row.ref, 'PRM-').flatMap((place) =>
        (warrants.get(place) ?? []).map(({ ref }) => ({
          premises: placeLabels.get(place) ?? place,
          warrant: ref,
        })),
      ),
      holderOf: [...new Set(holderOf.get(row.ref) ?? [])],
    });
  }
  const byRef = new Map(people.map((person) => [person.ref, person]));
  const peopleOf = (ref: string) => neighbours.of(ref, 'NOM-').flatMap((person) => byRef.get(person) ?? []);
  const phones = new Map<string, string[]>();
  const putPhone = (phone: string, ref: string) => phones.set(phone, [...(phones.get(phone) ?? []), ref]);
  for (const { ref } of people) for (const phone of neighbours.of(ref, 'PHN-')) putPhone(phone, ref);
  for (const { ref } of rows.lines) for (const phone of phonesOfLine(ref)) putPhone(phone, ref);
  return {
    people,
    premises: rows.premises.map((row) => ({
      ...common(row, 'premises'),
      kind: 'premises',
      people: peopleOf(row.ref),
      warrants: (warrants.get(row.ref) ?? []).map((warrant) => ({
        ref: warrant.ref,
        label: textOf(warrant, 'number') || warrant.ref,
      })),
      cuckooedBy: [...new Set(cuckooedBy.get(row.ref) ?? [])].map((ref) => ({
        ref,
        label: lineLabels.get(ref) ?? ref,
      })),
    })),
    lines: rows.lines.map((row) => ({ ...common(row, 'lines'), kind: 'lines', people: peopleOf(row.ref) })),
    phones,
  };
}

function referralsByPerson(
  referrals: readonly Row[],
  neighbours: Neighbours,
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const referral of referrals)
    for (const person of new Set([...refsOf(referral, 'person'), ...neighbours.of(referral.ref, 'NOM-')]))
      found.set(person, [...(found.get(person) ?? []), referral]);
  return found;
}

/** Dates of birth that others say: where sources disagree, one of them may be right. */
function otherBirths(
  row: Row,
  sayings: ReadonlyMap<string, readonly Saying[]>,
  referrals: readonly Row[],
): string[] {
  const said = refsOf(row, 'conflicts').includes('dob') ? (sayings.get('dob') ?? []) : [];
  return [...said.map(({ value }) => value), ...referrals.map((referral) => textOf(referral, 'dob'))].filter(
    (dob) => /^\d{4}-\d{2}-\d{2}$/.test(dob),
  );
}

/** The same with what the calls show of their phones. */
export function withCalls(subjects: Subjects, calls: CallsOfPhone): Subjects {
  const of = new Map<string, CallFact[]>();
  for (const [phone, facts] of calls)
    for (const ref of subjects.phones.get(phone) ?? []) of.set(ref, [...(of.get(ref) ?? []), ...facts]);
  if (of.size === 0) return subjects;
  const put = <Each extends { ref: string; calls: readonly CallFact[] }>(each: Each): Each =>
    of.has(each.ref) ? { ...each, calls: of.get(each.ref) ?? [] } : each;
  return { ...subjects, people: subjects.people.map(put), lines: subjects.lines.map(put) };
}
