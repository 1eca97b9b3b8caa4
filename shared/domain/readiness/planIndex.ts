/** What several rules ask of a plan, worked out once per plan. */
import type { PlanFacts, Row } from './facts.ts';
import { refsOf, textOf } from './facts.ts';
import { isChildOn } from './protection.ts';

/**
 * Each answer is kept with the lists that it was worked out from: lists that have not changed since the last plan are
 * not gone through again, and whoever asks is seen to read exactly those lists (`watchedPlan.ts`).
 */
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

interface Node<T> {
  next: WeakMap<object, Node<T>>;
  answer?: { value: T };
}

/** A function of lists of rows that answers for the same lists only once. Lists are never changed in place. */
export function remember<L extends readonly (readonly Row[])[], T>(
  work: (...lists: L) => T,
): (...lists: L) => T {
  const root: Node<T> = { next: new WeakMap() };
  return (...lists) => {
    let node = root;
    for (const list of lists) {
      let next = node.next.get(list);
      if (!next) {
        next = { next: new WeakMap() };
        node.next.set(list, next);
      }
      node = next;
    }
    node.answer ??= { value: work(...lists) };
    return node.answer.value;
  };
}

const groupedBy = (field: string) =>
  remember((rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> => {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = textOf(row, field);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    return groups;
  });

const bySubject = groupedBy('subject');
const byPremises = groupedBy('premises');
const byTeam = groupedBy('team');

const withoutDropped = remember((targets: readonly Row[]): readonly Row[] =>
  targets.filter((target) => {
    const status = textOf(target, 'status');
    return status !== 'dropped' && status !== 'deferred';
  }),
);

/** Targets that stand for a person, with the person. */
export const withPerson = remember(
  (targets: readonly Row[], people: readonly Row[]): readonly { target: Row; person: Row }[] => {
    const known = mapOf(people);
    return targets.flatMap((target) => {
      const subject = textOf(target, 'subject');
      const person = subject.startsWith('NOM-') ? known.get(subject) : undefined;
      return person && textOf(target, 'status') !== 'dropped' ? [{ target, person }] : [];
    });
  },
);

const planned = remember(
  (
    premises: readonly Row[],
    targets: readonly Row[],
    teams: readonly Row[],
    warrants: readonly Row[],
  ): readonly Row[] => {
    const refs = new Set<string>();
    for (const target of targets) {
      if (textOf(target, 'status') === 'dropped') continue;
      refs.add(textOf(target, 'premises'));
      refs.add(textOf(target, 'subject'));
    }
    for (const team of teams) refs.add(textOf(team, 'premises'));
    for (const warrant of warrants) {
      if (!['refused', 'cancelled'].includes(textOf(warrant, 'status')))
        refs.add(textOf(warrant, 'premises'));
    }
    return premises.filter((place) => refs.has(place.ref));
  },
);

/** The person, premises, warrant, team or officer of a reference. */
export function rowOf(plan: PlanFacts, ref: string): Row | undefined {
  if (ref.startsWith('NOM-')) return mapOf(plan.people).get(ref);
  if (ref.startsWith('PRM-')) return mapOf(plan.premises).get(ref);
  if (ref.startsWith('WAR-')) return mapOf(plan.warrants).get(ref);
  if (ref.startsWith('TEAM-')) return mapOf(plan.teams).get(ref);
  return ref.startsWith('OFF-') ? mapOf(plan.officers).get(ref) : undefined;
}

export function safeguardingFor(plan: PlanFacts, ref: string): readonly Row[] {
  return bySubject(plan.safeguarding).get(ref) ?? [];
}

export function warrantsFor(plan: PlanFacts, premises: string): readonly Row[] {
  const warrants = byPremises(plan.warrants);
  return premises === '' ? [] : (warrants.get(premises) ?? []);
}

export function targetsFor(plan: PlanFacts, subject: string): readonly Row[] {
  return bySubject(plan.targets).get(subject) ?? [];
}

/** Active targets that a team has. */
export function targetsOfTeam(plan: PlanFacts, team: string): readonly Row[] {
  return byTeam(activeTargets(plan)).get(team) ?? [];
}

/** Targets that the day is planned for. */
export function activeTargets(plan: PlanFacts): readonly Row[] {
  return withoutDropped(plan.targets);
}

/** Targets that stand for a person, with the person. */
export function personTargets(plan: PlanFacts): readonly { target: Row; person: Row }[] {
  return withPerson(plan.targets, plan.people);
}

/** Premises where the day takes a team: named by a target, a team or a warrant. */
export function plannedPremises(plan: PlanFacts): readonly Row[] {
  return planned(plan.premises, plan.targets, plan.teams, plan.warrants);
}

/** Officers of a team, leader included. */
export function crewOf(team: Row): Set<string> {
  return new Set([...refsOf(team, 'members'), ...refsOf(team, 'leader')]);
}

/** The day for which ages and photographs count. */
export function strikeDay(plan: PlanFacts): string {
  return textOf(plan.operation, 'strike').slice(0, 10) || plan.today;
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
