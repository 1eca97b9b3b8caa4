/** The day as teams against time and place: worked out from the plan, nothing of its own is kept. */
import type { Board } from '../../../shared/contract/planSchemas.ts';
import type { Finding } from '../../../shared/contract/schemas.ts';
import type { PlanFacts, Row } from '../../../shared/domain/readiness/facts.ts';
import { isPlanned, refsOf, textOf } from '../../../shared/domain/readiness/facts.ts';
import { isChild } from '../../../shared/domain/readiness/planIndex.ts';
import { isAtRisk, isProtectedPlace } from '../../../shared/domain/readiness/protection.ts';

type Task = Board['teams'][number]['tasks'][number];

/** From the best to the worst; a warrant that could not be checked for lack of a day says nothing. */
const warrantStates: readonly Task['warrantState'][] = ['none', 'ready', 'note', 'warning', 'blocker'];

/** Where a target is to be met: its premises, or itself when it is one. */
function placeOf(target: Row): string {
  const subject = textOf(target, 'subject');
  return textOf(target, 'premises') || (subject.startsWith('PRM-') ? subject : '');
}

/** A child or a vulnerable adult is known, suspected or planned for at the premises. */
function needsSafeguarding(plan: PlanFacts, premises: string, targets: readonly Row[]): boolean {
  const place = plan.premises.find((row) => row.ref === premises);
  if (place && isProtectedPlace(place)) return true;
  const people = new Set([
    ...targets.map((target) => textOf(target, 'subject')),
    ...plan.people.filter((person) => refsOf(person, 'premises').includes(premises)).map((row) => row.ref),
  ]);
  return (
    plan.safeguarding.some((row) => {
      const subject = textOf(row, 'subject');
      return subject === premises || people.has(subject);
    }) || plan.people.some((person) => people.has(person.ref) && (isChild(plan, person) || isAtRisk(person)))
  );
}

/** The planned warrants of a place, and the worst of their checks. */
function warrantsAt(plan: PlanFacts, premises: string): Pick<Task, 'warrants' | 'warrantState'> {
  const rows = plan.warrants.filter(
    (warrant) => premises !== '' && isPlanned(warrant) && textOf(warrant, 'premises') === premises,
  );
  const worst = rows.reduce((level, row) => {
    const state = warrantStates.indexOf(textOf(row, 'state') as Task['warrantState']);
    return Math.max(level, state);
  }, 0);
  return { warrants: rows.map((row) => row.ref), warrantState: warrantStates[worst] ?? 'none' };
}

/** The times of a team, which all its tasks share. */
function timesOf(plan: PlanFacts, team: Row): Pick<Task, 'briefAt' | 'strikeAt' | 'finishAt'> {
  return {
    briefAt: textOf(team, 'briefAt') || null,
    strikeAt: textOf(team, 'strikeAt') || textOf(plan.operation, 'strike') || null,
    finishAt: textOf(team, 'finishAt') || null,
  };
}

/** One task of a team for each place: its own premises, and those of its targets. */
function tasksOf(plan: PlanFacts, team: Row): Task[] {
  const targets = plan.targets.filter((target) => isPlanned(target) && textOf(target, 'team') === team.ref);
  const places = [...new Set([textOf(team, 'premises'), ...targets.map(placeOf)])];
  const withPlace = places.filter((place) => place !== '');
  // A target without a place is still the team's: it stands with the team's own premises, or alone.
  const used = withPlace.length > 0 ? withPlace : targets.length > 0 ? [''] : [];
  const first = used[0];
  return used.map((place): Task => {
    const here = targets.filter(
      (target) => placeOf(target) === place || (placeOf(target) === '' && place === first),
    );
    return {
      team: team.ref,
      premises: place || null,
      ...warrantsAt(plan, place),
      targets: here.map((target) => target.ref),
      ...timesOf(plan, team),
      safeguarding: needsSafeguarding(plan, place, here),
    };
  });
}

/** The board without its labels. `findings` are those of the plan as it stands. Pure. */
export function layOutBoard(plan: PlanFacts, findings: readonly Finding[]): Omit<Board, 'labels'> {
  const teams = plan.teams.map((team) => ({
    ref: team.ref,
    label: textOf(team, 'name') || team.ref,
    leader: textOf(team, 'leader') || null,
    members: refsOf(team, 'members'),
    premises: textOf(team, 'premises') || null,
    vehicle: textOf(team, 'vehicle') || null,
    rendezvous: textOf(team, 'rendezvous') || null,
    ...timesOf(plan, team),
    tasks: tasksOf(plan, team),
  }));
  const taken = new Set(teams.flatMap((team) => team.tasks.map((task) => task.premises)));
  const open = new Map<string, Row[]>();
  const at = (premises: string) => {
    const known = open.get(premises) ?? [];
    open.set(premises, known);
    return known;
  };
  for (const target of plan.targets.filter(isPlanned)) {
    const place = placeOf(target);
    if (place && !taken.has(place) && textOf(target, 'team') === '') at(place).push(target);
  }
  for (const warrant of plan.warrants.filter(isPlanned)) {
    const place = textOf(warrant, 'premises');
    if (place && !taken.has(place)) at(place);
  }
  return {
    strike: textOf(plan.operation, 'strike') || null,
    teams,
    unassigned: [...open].map(([premises, targets]) => ({
      premises,
      ...warrantsAt(plan, premises),
      targets: targets.map((target) => target.ref),
      safeguarding: needsSafeguarding(plan, premises, targets),
    })),
    clashes: findings.filter((finding) => finding.refs.some((ref) => /^(TEAM|OFF)-/.test(ref))),
  };
}

/** Every reference that a board names. */
export function refsOfBoard(board: Omit<Board, 'labels'>): string[] {
  return [
    ...board.teams.flatMap((team) => [
      team.ref,
      ...(team.leader ? [team.leader] : []),
      ...team.members,
      ...team.tasks.flatMap((task) => [
        ...(task.premises ? [task.premises] : []),
        ...task.warrants,
        ...task.targets,
      ]),
    ]),
    ...board.unassigned.flatMap((row) => [row.premises, ...row.warrants, ...row.targets]),
    ...board.clashes.flatMap((finding) => finding.refs),
  ];
}
