/** What several rules ask of a plan, worked out once per plan. */
import type { PlanFacts, Row } from './facts.ts';
import { refsOf, textOf } from './facts.ts';
import { isChildOn } from './protection.ts';

interface PlanIndex {
  safeguarding: ReadonlyMap<string, readonly Row[]>;
  warrantsByPremises: ReadonlyMap<string, readonly Row[]>;
  targetsBySubject: ReadonlyMap<string, readonly Row[]>;
  targetsByTeam: ReadonlyMap<string, readonly Row[]>;
  /** What many rules ask for again, kept from the first time. */
  activeTargets: Row[] | null;
  personTargets: { target: Row; person: Row }[] | null;
  plannedPremises: Row[] | null;
  strikeDay: string;
}

/** Kept with the lists and rows themselves: those that have not changed since the last plan are not gone through again. */
const rowsByRef = new WeakMap<readonly Row[], ReadonlyMap<string, Row>>();
const children = new WeakMap<Row, { day: string; answer: boolean }>();

/** The rows of a list by their reference. */
export function mapOf(rows: readonly Row[]): ReadonlyMap<string, Row> {
  let map = rowsByRef.get(rows);
  if (!map) {
    map = new Map(rows.map((row) => [row.ref, row]));
    rowsByRef.set(rows, map);
  }
  return map;
}

const indexes = new WeakMap<PlanFacts, PlanIndex>();

function groupBy(rows: readonly Row[], field: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = textOf(row, field);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function indexOf(plan: PlanFacts): PlanIndex {
  const known = indexes.get(plan);
  if (known) return known;
  const index: PlanIndex = {
    safeguarding: groupBy(plan.safeguarding, 'subject'),
    warrantsByPremises: groupBy(plan.warrants, 'premises'),
    targetsBySubject: groupBy(plan.targets, 'subject'),
    targetsByTeam: groupBy(listActive(plan), 'team'),
    activeTargets: null,
    personTargets: null,
    plannedPremises: null,
    strikeDay: textOf(plan.operation, 'strike').slice(0, 10) || plan.today,
  };
  indexes.set(plan, index);
  return index;
}

/** The person, premises, warrant, team or officer of a reference. */
export function rowOf(plan: PlanFacts, ref: string): Row | undefined {
  if (ref.startsWith('NOM-')) return mapOf(plan.people).get(ref);
  if (ref.startsWith('PRM-')) return mapOf(plan.premises).get(ref);
  if (ref.startsWith('WAR-')) return mapOf(plan.warrants).get(ref);
  if (ref.startsWith('TEAM-')) return mapOf(plan.teams).get(ref);
  return ref.startsWith('OFF-') ? mapOf(plan.officers).get(ref) : undefined;
}

export function safeguardingFor(plan: PlanFacts, ref: string): readonly Row[] {
  return indexOf(plan).safeguarding.get(ref) ?? [];
}

export function warrantsFor(plan: PlanFacts, premises: string): readonly Row[] {
  return premises === '' ? [] : (indexOf(plan).warrantsByPremises.get(premises) ?? []);
}

export function targetsFor(plan: PlanFacts, subject: string): readonly Row[] {
  return indexOf(plan).targetsBySubject.get(subject) ?? [];
}

/** Active targets that a team has. */
export function targetsOfTeam(plan: PlanFacts, team: string): readonly Row[] {
  return indexOf(plan).targetsByTeam.get(team) ?? [];
}

function listActive(plan: PlanFacts): Row[] {
  return plan.targets.filter((target) => {
    const status = textOf(target, 'status');
    return status !== 'dropped' && status !== 'deferred';
  });
}

/** Targets that the day is planned for. */
export function activeTargets(plan: PlanFacts): readonly Row[] {
  const index = indexOf(plan);
  index.activeTargets ??= listActive(plan);
  return index.activeTargets;
}

/** Targets that stand for a person, with the person. */
export function personTargets(plan: PlanFacts): readonly { target: Row; person: Row }[] {
  const index = indexOf(plan);
  index.personTargets ??= plan.targets.flatMap((target) => {
    const subject = textOf(target, 'subject');
    const person = subject.startsWith('NOM-') ? rowOf(plan, subject) : undefined;
    return person && textOf(target, 'status') !== 'dropped' ? [{ target, person }] : [];
  });
  return index.personTargets;
}

/** Premises where the day takes a team: named by a target, a team or a warrant. */
export function plannedPremises(plan: PlanFacts): readonly Row[] {
  const index = indexOf(plan);
  index.plannedPremises ??= listPlanned(plan);
  return index.plannedPremises;
}

function listPlanned(plan: PlanFacts): Row[] {
  const refs = new Set<string>();
  for (const target of plan.targets) {
    if (textOf(target, 'status') === 'dropped') continue;
    refs.add(textOf(target, 'premises'));
    refs.add(textOf(target, 'subject'));
  }
  for (const team of plan.teams) refs.add(textOf(team, 'premises'));
  for (const warrant of plan.warrants) {
    if (!['refused', 'cancelled'].includes(textOf(warrant, 'status'))) refs.add(textOf(warrant, 'premises'));
  }
  return plan.premises.filter((premises) => refs.has(premises.ref));
}

/** Officers of a team, leader included. */
export function crewOf(team: Row): Set<string> {
  return new Set([...refsOf(team, 'members'), ...refsOf(team, 'leader')]);
}

/** The day for which ages and photographs count. */
export function strikeDay(plan: PlanFacts): string {
  return indexOf(plan).strikeDay;
}

/** Under 18 on the day; without a date of birth, where the role or what is written for it leaves room for it. */
export function isChild(plan: PlanFacts, person: Row | undefined): boolean {
  if (person === undefined) return false;
  const day = strikeDay(plan);
  const known = children.get(person);
  if (known?.day === day) return known.answer;
  const answer = isChildOn(person, day);
  children.set(person, { day, answer });
  return answer;
}
