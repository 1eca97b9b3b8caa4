import { isPlanned, type Row } from '../../../../shared/domain/readiness/facts.ts';
import { isChildOn } from '../../../../shared/domain/readiness/protection.ts';
import { formatPhone } from '../../../../shared/packs/format.ts';
import { entries, label, linked, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { premisesOf } from './scope.ts';

/** Address and postcode in one line. */
export function addressOf(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  const address = text(row, 'address');
  const postcode = text(row, 'postcode');
  if (address === null) return postcode;
  return postcode === null || address.toUpperCase().includes(postcode) ? address : `${address}, ${postcode}`;
}

/** The day for which ages are told: that of the strike, else today. */
export function dayOf(snapshot: Snapshot): string {
  return (snapshot.moment.strike ?? snapshot.moment.today).slice(0, 10);
}

/** Date of birth; where the day is not known, what is written for it: `c.1998`, `age 17`. */
export function bornOn(person: SnapshotRow | undefined): string | null {
  return text(person, 'dob') ?? text(person, 'dobText');
}

/** Name and age, or what is written of the age; null for a person who was not read. */
export function personInShort(snapshot: Snapshot, ref: string): string | null {
  const name = nameOf(snapshot, ref);
  const person = snapshot.byRef.get(ref);
  const age = numberOf(person, 'age') ?? text(person, 'dobText');
  return name === null || name === ref ? null : age === null ? name : `${name} (${age})`;
}

/** Rank, collar number and name of an officer; the reference itself when it was not read. */
export function officerTitle(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  if (row === undefined) return ref;
  const before = [text(row, 'rank'), text(row, 'collar')].filter((word) => word !== null);
  // Some duty sheets write rank and collar number into the name as well.
  const name = (text(row, 'name') ?? '').split(/\s+/);
  while (name.length > 1 && before.some((word) => word.toLowerCase() === name[0]?.toLowerCase()))
    name.shift();
  return [...before, ...name].join(' ').trim();
}

/** Rank, collar number, name and phone of an officer; the reference itself when it was not read. */
export function officerName(snapshot: Snapshot, ref: string | null): string | null {
  const title = officerTitle(snapshot, ref);
  const phone = ref === null ? null : text(snapshot.byRef.get(ref), 'phone');
  return phone === null ? title : `${title}, ${formatPhone(phone)}`;
}

const officersByCollar = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** The officer whose collar number these words are, or null: sheets often name a lead by the number alone. */
export function officerByCollar(snapshot: Snapshot, words: string | null): string | null {
  let known = officersByCollar.get(snapshot);
  if (known === undefined) {
    const officers = [...snapshot.byRef].filter(([ref]) => ref.startsWith('OFF-'));
    known = new Map(
      officers.flatMap(([ref, row]) => (text(row, 'collar') ? [[text(row, 'collar') ?? '', ref]] : [])),
    );
    officersByCollar.set(snapshot, known);
  }
  return words === null ? null : (known.get(words) ?? null);
}

/** What a team is called; null when it is not in the pack. */
export function teamName(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  return row === undefined ? null : (text(row, 'name') ?? text(row, 'callSign') ?? row.ref);
}

/** Where a team goes: the premises that it was given, then those of its targets that are still planned. */
export function placesOfTeam(snapshot: Snapshot, team: SnapshotRow): string[] {
  const targets = (snapshot.rows.get('targets') ?? []).filter(
    (target) => text(target, 'team') === team.ref && isPlanned(target as Row),
  );
  return [
    ...new Set([...entries(team, 'premises', ','), ...targets.flatMap((target) => premisesOf(target) ?? [])]),
  ];
}

const teamsByPlace = new WeakMap<Snapshot, ReadonlyMap<string, readonly SnapshotRow[]>>();

/** The teams that go to the premises, in the order of the plan. */
export function teamsAt(snapshot: Snapshot, premisesRef: string | null): readonly SnapshotRow[] {
  let known = teamsByPlace.get(snapshot);
  if (known === undefined) {
    const places = new Map<string, SnapshotRow[]>();
    for (const team of snapshot.rows.get('teams') ?? []) {
      for (const place of placesOfTeam(snapshot, team))
        places.set(place, [...(places.get(place) ?? []), team]);
    }
    known = places;
    teamsByPlace.set(snapshot, known);
  }
  return premisesRef === null ? [] : (known.get(premisesRef) ?? []);
}

/** What the teams that go to the premises are called; null when none goes. */
export function teamNames(snapshot: Snapshot, premisesRef: string | null): string | null {
  return (
    teamsAt(snapshot, premisesRef)
      .map((team) => teamName(snapshot, team.ref))
      .join(', ') || null
  );
}

/** Band and score of a target by the operation's own matrix: `High (16)`. */
export function riskBand(target: SnapshotRow): string | null {
  const score = numberOf(target, 'riskScore');
  const band = label(target, 'riskBand', 'priority');
  return band === null || score === null ? band : `${band} (${score})`;
}

/** Names of the records that these references name, each once; those that may not be named are left out. */
export function namesOfRefs(snapshot: Snapshot, refs: readonly string[]): string[] {
  return [...new Set(refs)].flatMap((ref) => nameOf(snapshot, ref) ?? []);
}

/** `yes` and `no` of the grids as they are printed. */
export function yesNo(row: SnapshotRow | undefined, field: string): string | null {
  const value = text(row, field);
  return value === 'yes' ? 'Yes' : value === 'no' ? 'No' : value;
}

/**
 * Children at an address: those who are linked to it by name and age, then what is written in the grid. A
 * written `no` never stands before a child who is known to be there.
 */
export function childrenAt(snapshot: Snapshot, premises: SnapshotRow): string | null {
  const written = text(premises, 'children');
  const linkedChildren = linked(snapshot, premises.ref, 'NOM-').filter((ref) => {
    const person = snapshot.byRef.get(ref);
    return person !== undefined && isChildOn(person as Row, dayOf(snapshot));
  });
  if (linkedChildren.length === 0) return written;
  return joinLines([
    ...linkedChildren.map((ref) => personInShort(snapshot, ref)),
    written === null ? null : `Recorded: ${written}`,
  ]);
}

/** A number of a row; null for a blank. */
export function numberOf(row: SnapshotRow | undefined, field: string): number | null {
  const value = row?.[field];
  return typeof value === 'number' ? value : null;
}

/** The parts that are there, one a line; null when none is. */
export function joinLines(parts: readonly (string | null)[]): string | null {
  const lines = parts.filter((part) => part !== null);
  return lines.length === 0 ? null : lines.join('\n');
}
