import { isPlanned, type Row } from '../../../../shared/domain/readiness/facts.ts';
import { exploitedRoles, isAtRisk, isChildOn } from '../../../../shared/domain/readiness/protection.ts';
import type { BriefingRow, CustodyRow, RiskRow, SearchRow } from '../../../../shared/packs/packData.ts';
import { entries, label, linked, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { numbersOfLine } from './networkRows.ts';
import { personOf, premisesOf, rowsOf, type Scope } from './scope.ts';
import {
  addressOf,
  bornOn,
  childrenAt,
  dayOf,
  joinLines,
  numberOf,
  riskBand,
  teamName,
  teamNames,
} from './words.ts';

/** One row for each address that is to be searched: by a warrant, or as the objective or plan of a target. */
export function searchRows(scope: Scope): SearchRow[] {
  const { snapshot } = scope;
  const warrants = rowsOf(snapshot, 'warrants').filter(isStillPlanned);
  const targets = rowsOf(snapshot, 'targets').filter(isStillPlanned);
  const rows = scope.premises.flatMap((premises): SearchRow[] => {
    const own = warrants.filter((row) => text(row, 'premises') === premises.ref);
    const there = targets.filter((row) => premisesOf(row) === premises.ref);
    const plans = there.flatMap((row) => text(row, 'searchPlan') ?? []);
    const wanted = there.some((row) => text(row, 'objective') === 'search');
    if (own.length === 0 && plans.length === 0 && !wanted) return [];
    return [
      {
        ref: premises.ref,
        address: addressOf(snapshot, premises.ref) ?? premises.ref,
        warrant: joinLines(own.map(warrantTitle)),
        team: teamNames(snapshot, premises.ref),
        plan: joinLines([...new Set(plans)]),
        // Who is there to be safeguarded is nobody's target of a search, and the address is named already.
        targets: there
          .filter((row) => text(row, 'objective') !== 'safeguard' && personOf(row) !== null)
          .map((row) => titleOfTarget(snapshot, row)),
        hazards: text(premises, 'hazards'),
        dogs: text(premises, 'dogs'),
        children: childrenAt(snapshot, premises),
      },
    ];
  });
  // A warrant whose address is in no grid is searched all the same.
  const unplaced = warrants.filter((row) => text(row, 'premises') === null && text(row, 'premisesText'));
  return [
    ...rows,
    ...unplaced.map((row) => ({
      ref: row.ref,
      address: text(row, 'premisesText') ?? row.ref,
      warrant: warrantTitle(row),
      team: null,
      plan: null,
      targets: [],
      hazards: null,
      dogs: null,
      children: null,
    })),
  ];
}

/**
 * One row for each person who may come into custody: targets to be arrested. Victims stand first, then
 * children and adults at risk, then the others (domain facts 3.4 and 5: a victim first).
 */
export function custodyRows(scope: Scope): CustodyRow[] {
  const { snapshot } = scope;
  const targets = rowsOf(snapshot, 'targets').filter(
    (row) =>
      personOf(row) !== null && isStillPlanned(row) && ['arrest', null].includes(text(row, 'objective')),
  );
  const byPerson = new Map<string, SnapshotRow[]>();
  for (const target of targets) {
    const person = personOf(target) ?? '';
    byPerson.set(person, [...(byPerson.get(person) ?? []), target]);
  }
  const apart = findCompany(snapshot, targets);
  return [...byPerson]
    .map(([ref, own], place) => {
      const person = snapshot.byRef.get(ref);
      return { row: custodyRow(scope, ref, own, apart), turn: turnOf(person, scope), place };
    })
    .sort((first, second) => first.turn - second.turn || first.place - second.place)
    .map(({ row }) => row);
}

function custodyRow(
  scope: Scope,
  personRef: string,
  targets: readonly SnapshotRow[],
  apart: (target: SnapshotRow) => readonly SnapshotRow[],
): CustodyRow {
  const { snapshot } = scope;
  const person = snapshot.byRef.get(personRef);
  const company = new Map(
    targets.flatMap(apart).flatMap((other) => {
      const ref = personOf(other);
      return ref === null || ref === personRef ? [] : [[ref, titleOfTarget(snapshot, other)] as const];
    }),
  );
  const joined = (field: string) => joinLines([...new Set(targets.flatMap((row) => text(row, field) ?? []))]);
  const teams = targets.flatMap((row) => teamName(snapshot, text(row, 'team')) ?? []);
  return {
    ref: targets[0]?.ref ?? personRef,
    name: nameOf(snapshot, personRef) ?? personRef,
    dateOfBirth: bornOn(person),
    age: numberOf(person, 'age'),
    victimStatus: label(person, 'victimStatus', 'victimStatus'),
    suite: joined('custodySuite'),
    appropriateAdult: appropriateAdultOf(scope, personRef),
    vulnerability: joinLines([
      text(person, 'adultAtRisk') === 'yes'
        ? 'Adult at risk'
        : text(person, 'adultAtRisk') === 'suspected'
          ? 'Adult at risk: suspected'
          : null,
      text(person, 'vulnerability'),
    ]),
    warnings: entries(person, 'markers', ';'),
    grounds: joined('grounds'),
    necessity: joined('necessity'),
    team: [...new Set(teams)].join(', ') || null,
    keepApart: [...company.values()],
  };
}

/** Who is named in the safeguarding plan; else that one is needed (PACE Code C: under 18, or vulnerable). */
function appropriateAdultOf(scope: Scope, personRef: string): string | null {
  const named = rowsOf(scope.snapshot, 'safeguarding').flatMap((row) =>
    text(row, 'subject') === personRef ? (text(row, 'appropriateAdult') ?? []) : [],
  );
  if (named.length > 0) return joinLines([...new Set(named)]);
  const person = scope.snapshot.byRef.get(personRef);
  if (person === undefined) return null;
  if (isChildOn(person as Row, dayOf(scope.snapshot))) return 'Needed: may be under 18';
  const vulnerable =
    ['yes', 'suspected'].includes(text(person, 'adultAtRisk') ?? '') ||
    text(person, 'vulnerability') !== null;
  return vulnerable ? 'Needed: vulnerable' : null;
}

/** 0 for victims, 1 for children and adults at risk, 2 for the others. */
function turnOf(person: SnapshotRow | undefined, scope: Scope): number {
  if (person === undefined) return 2;
  const status = text(person, 'victimStatus') ?? '';
  const role = text(person, 'role') ?? '';
  if (
    ['potential-victim', 'reasonable-grounds', 'confirmed-victim'].includes(status) ||
    exploitedRoles.includes(role)
  )
    return 0;
  const row = person as Row;
  return isChildOn(row, dayOf(scope.snapshot)) || isAtRisk(row) || text(person, 'vulnerability') !== null
    ? 1
    : 2;
}

/**
 * For a target the other targets with whom it shares an address, a deal line or a group: co-suspects who
 * are kept apart in custody.
 */
function findCompany(
  snapshot: Snapshot,
  targets: readonly SnapshotRow[],
): (target: SnapshotRow) => readonly SnapshotRow[] {
  const ties = new Map<string, SnapshotRow[]>();
  const tiesOf = new Map<string, readonly string[]>();
  const lines = rowsOf(snapshot, 'lines').map((line) => ({
    ref: line.ref,
    people: new Set([
      ...entries(line, 'holder', ','),
      ...entries(line, 'holders', ','),
      ...numbersOfLine(snapshot, line).flatMap((phone) => linked(snapshot, phone, 'NOM-')),
    ]),
  }));
  const groups = rowsOf(snapshot, 'groups').map((group) => ({
    ref: group.ref,
    people: new Set(entries(group, 'members', ',')),
  }));
  for (const target of targets) {
    const person = personOf(target) ?? '';
    const places = [premisesOf(target) ?? '', ...linked(snapshot, person, 'PRM-')];
    const own = [
      ...places.filter((place) => place !== ''),
      ...[...lines, ...groups].flatMap(({ ref, people }) => (people.has(person) ? [ref] : [])),
    ];
    tiesOf.set(target.ref, [...new Set(own)]);
    for (const tie of new Set(own)) {
      const known = ties.get(tie);
      if (known === undefined) ties.set(tie, [target]);
      else known.push(target);
    }
  }
  return (target) => {
    const company = new Set((tiesOf.get(target.ref) ?? []).flatMap((tie) => ties.get(tie) ?? []));
    company.delete(target);
    return targets.filter((other) => company.has(other));
  };
}

/** Risks as written: of the operation, of each address, team and target of the pack. */
export function riskRows(scope: Scope, briefing: readonly BriefingRow[]): RiskRow[] {
  const { snapshot } = scope;
  const operation = rowsOf(snapshot, 'operation')[0];
  const rows: RiskRow[] = [];
  const add = (
    ref: string,
    kind: string,
    about: string | null,
    words: string | null,
    band: string | null,
  ) => {
    if (words !== null || band !== null)
      rows.push({ ref, about: about ?? ref, kind, band, text: words ?? 'No assessment is written.' });
  };
  const written = briefing.find(({ ref }) => ref === 'riskAssessment')?.text ?? null;
  add('OP-1', 'Operation', text(operation, 'name'), written, null);
  for (const row of scope.premises)
    add(row.ref, 'Address', addressOf(snapshot, row.ref), text(row, 'riskAssessment'), null);
  for (const row of rowsOf(snapshot, 'teams'))
    add(row.ref, 'Team', teamName(snapshot, row.ref), text(row, 'riskAssessment'), null);
  for (const row of rowsOf(snapshot, 'targets')) {
    add(row.ref, 'Target', nameOf(snapshot, text(row, 'subject')), text(row, 'risk'), riskBand(row));
  }
  return rows;
}

function isStillPlanned(row: SnapshotRow): boolean {
  return isPlanned(row as Row);
}

function warrantTitle(row: SnapshotRow): string {
  const number = text(row, 'number');
  const power = label(row, 'power', 'power') ?? 'Power not recorded';
  return number === null ? `${row.ref}, ${power}` : `${number}, ${power}`;
}

function titleOfTarget(snapshot: Snapshot, row: SnapshotRow): string {
  return `${row.ref} ${nameOf(snapshot, text(row, 'subject')) ?? ''}`.trim();
}
