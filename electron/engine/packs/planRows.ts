import { saysPresent } from '../../../shared/domain/readiness/facts.ts';
import { formatMoment, formatPhone } from '../../../shared/packs/format.ts';
import type {
  OfficerRow,
  PersonRow,
  PremisesRow,
  SafeguardingRow,
  TargetRow,
  TeamRow,
  WarrantRow,
} from '../../../shared/packs/packData.ts';
import { entries, label, linked, nameOf, type Snapshot, type SnapshotRow, text } from './snapshot.ts';

/** The newest photograph of a record, and when it was taken. */
export interface RowPhotograph {
  readonly id: string;
  readonly takenOn: string | null;
}

export type PhotographsByRef = ReadonlyMap<string, readonly RowPhotograph[]>;

/** The person of a target, or null when the target is an address or a line. */
export function personOf(target: SnapshotRow): string | null {
  const subject = text(target, 'subject');
  return subject?.startsWith('NOM-') === true ? subject : null;
}

/** Where a target is to be found: the premises given, else the target's subject when it is an address. */
export function premisesOf(target: SnapshotRow): string | null {
  const subject = text(target, 'subject');
  return text(target, 'premises') ?? (subject?.startsWith('PRM-') === true ? subject : null);
}

export function targetRow(snapshot: Snapshot, row: SnapshotRow, photographs: PhotographsByRef): TargetRow {
  const personRef = personOf(row);
  const person = personRef === null ? undefined : snapshot.byRef.get(personRef);
  const photograph = personRef === null ? undefined : photographs.get(personRef)?.[0];
  const premisesRef = premisesOf(row);
  return {
    ref: row.ref,
    personRef,
    name: nameOf(snapshot, text(row, 'subject')) ?? row.ref,
    photograph: photograph?.id ?? null,
    photographDate: photograph?.takenOn ?? null,
    dateOfBirth: text(person, 'dob'),
    age: numberOf(person, 'age'),
    role: label(row, 'role', 'role') ?? label(person, 'role', 'role'),
    victimStatus: label(person, 'victimStatus', 'victimStatus'),
    warnings: entries(person, 'markers', ';'),
    priority: label(row, 'priority', 'priority'),
    premisesRef,
    address: addressOf(snapshot, premisesRef),
    team: nameOf(snapshot, text(row, 'team')),
    objective: label(row, 'objective', 'objective'),
    grounds: text(row, 'grounds'),
    necessity: text(row, 'necessity'),
    risk: text(row, 'risk'),
    status: label(row, 'status', 'targetStatus'),
    notes: text(row, 'note'),
  };
}

export function warrantRow(snapshot: Snapshot, row: SnapshotRow): WarrantRow {
  const premisesRef = text(row, 'premises');
  const person = text(row, 'person');
  const team = (snapshot.rows.get('teams') ?? []).find(
    (each) => premisesRef !== null && text(each, 'premises') === premisesRef,
  );
  return {
    ref: row.ref,
    power: label(row, 'power', 'power') ?? 'Not recorded',
    number: text(row, 'number'),
    court: text(row, 'court'),
    issued: text(row, 'issued'),
    expires: text(row, 'expires') ?? text(row, 'validUntil'),
    entries: label(row, 'entries', 'entries'),
    premisesRef,
    address: addressOf(snapshot, premisesRef) ?? text(row, 'premisesText'),
    subject: nameOf(snapshot, person) ?? text(row, 'personText'),
    team: team === undefined ? null : (text(team, 'name') ?? team.ref),
    authority: text(row, 'authority'),
    status: label(row, 'status', 'warrantStatus'),
    notes: text(row, 'note'),
  };
}

export function premisesRow(
  snapshot: Snapshot,
  row: SnapshotRow,
  photographs: PhotographsByRef,
): PremisesRow {
  const team = (snapshot.rows.get('teams') ?? []).find((each) => text(each, 'premises') === row.ref);
  return {
    ref: row.ref,
    address: text(row, 'address') ?? 'Address not known',
    postcode: text(row, 'postcode'),
    uprn: text(row, 'uprn'),
    gridReference: text(row, 'gridReference'),
    kind: text(row, 'type'),
    access: text(row, 'access'),
    dogs: text(row, 'dogs'),
    hazards: text(row, 'hazards'),
    occupants: joinLines([
      text(row, 'occupants'),
      ...linked(snapshot, row.ref, 'NOM-').map((ref) => personInShort(snapshot, ref)),
    ]),
    children: text(row, 'children'),
    vulnerableAdults: text(row, 'vulnerableAdults'),
    cuckooed: label(row, 'cuckooed', 'cuckooed'),
    riskAssessment: text(row, 'riskAssessment'),
    entryMethod: text(team, 'methodOfEntry'),
    rendezvous: text(team, 'rendezvous'),
    team: team === undefined ? null : (text(team, 'name') ?? team.ref),
    photographs: (photographs.get(row.ref) ?? []).map(({ id }) => id),
    notes: text(row, 'note'),
  };
}

export function personRow(snapshot: Snapshot, row: SnapshotRow, photographs: PhotographsByRef): PersonRow {
  const photograph = photographs.get(row.ref)?.[0];
  return {
    ref: row.ref,
    name: text(row, 'name') ?? 'Not named',
    aliases: entries(row, 'aliases', ';'),
    photograph: photograph?.id ?? null,
    photographDate: photograph?.takenOn ?? null,
    dateOfBirth: text(row, 'dob'),
    age: numberOf(row, 'age'),
    role: label(row, 'role', 'role'),
    victimStatus: label(row, 'victimStatus', 'victimStatus'),
    categories: entries(row, 'category', ',').map(
      (code) => label({ ref: row.ref, code }, 'code', 'dataSubjectCategory') ?? code,
    ),
    warnings: entries(row, 'markers', ';'),
    description: text(row, 'description'),
    addresses: linked(snapshot, row.ref, 'PRM-').map((ref) => addressOf(snapshot, ref) ?? ref),
    phones: linked(snapshot, row.ref, 'PHN-').map((ref) => text(snapshot.byRef.get(ref), 'number') ?? ref),
    vehicles: linked(snapshot, row.ref, 'VEH-').map((ref) => text(snapshot.byRef.get(ref), 'vrm') ?? ref),
    associates: linked(snapshot, row.ref, 'NOM-').map((ref) => nameOf(snapshot, ref) ?? ref),
    pncId: text(row, 'pncId'),
    cro: text(row, 'croNumber'),
    notes: text(row, 'note'),
  };
}

export function teamRow(snapshot: Snapshot, row: SnapshotRow): TeamRow {
  const targets = (snapshot.rows.get('targets') ?? []).filter((target) => text(target, 'team') === row.ref);
  const brief = text(row, 'briefAt');
  const strike = text(row, 'strikeAt');
  return {
    ref: row.ref,
    name: text(row, 'name') ?? row.ref,
    callSign: text(row, 'callSign'),
    leader: officerName(snapshot, text(row, 'leader')),
    members: entries(row, 'members', ',').map((ref) => officerName(snapshot, ref) ?? ref),
    vehicles: entries(row, 'vehicle', ';'),
    briefing: brief === null ? null : formatMoment(brief),
    rendezvous: text(row, 'rendezvous'),
    strike: strike === null ? null : formatMoment(strike),
    premises: entries(row, 'premises', ',').map((ref) => addressOf(snapshot, ref) ?? ref),
    targets: targets.map((target) =>
      `${target.ref} ${nameOf(snapshot, text(target, 'subject')) ?? ''}`.trim(),
    ),
    notes: text(row, 'note'),
  };
}

export function officerRow(snapshot: Snapshot, row: SnapshotRow): OfficerRow {
  const teams = (snapshot.rows.get('teams') ?? []).filter(
    (team) => text(team, 'leader') === row.ref || entries(team, 'members', ',').includes(row.ref),
  );
  return {
    ref: row.ref,
    collar: text(row, 'collar'),
    rank: label(row, 'rank', 'rank'),
    name: text(row, 'name') ?? 'Not named',
    team:
      teams.length === 0 ? text(row, 'team') : teams.map((team) => text(team, 'name') ?? team.ref).join(', '),
    callSign: text(row, 'callSign'),
    duty: joinLines([text(row, 'role'), text(row, 'duty')]),
    skills: entries(row, 'skills', ';'),
    phone: text(row, 'phone'),
    notes: text(row, 'note'),
  };
}

export function safeguardingRow(snapshot: Snapshot, row: SnapshotRow): SafeguardingRow {
  const subject = text(row, 'subject');
  const record = subject === null ? undefined : snapshot.byRef.get(subject);
  const premisesRef =
    subject === null
      ? null
      : subject.startsWith('PRM-')
        ? subject
        : (linked(snapshot, subject, 'PRM-')[0] ?? null);
  const kind = label(row, 'kind', 'safeguardingKind') ?? 'Not recorded';
  return {
    ref: row.ref,
    name: nameOf(snapshot, subject) ?? row.ref,
    kind,
    dateOfBirth: text(record, 'dob'),
    age: numberOf(record, 'age'),
    premisesRef,
    address: addressOf(snapshot, premisesRef),
    concern: text(row, 'concern'),
    plan: text(row, 'plan'),
    lead: text(row, 'lead'),
    agencies: entries(row, 'agency', ';'),
    appropriateAdult: text(row, 'appropriateAdult'),
    referral: label(row, 'referral', 'nrmStatus'),
    gaps: [
      ...(text(row, 'plan') === null ? ['No plan'] : []),
      ...(text(row, 'lead') === null ? ['No lead named'] : []),
      ...(text(row, 'agency') === null ? ['No agency told'] : []),
    ],
  };
}

/** Premises of the pack where children or adults at risk are, and nobody has made a plan. */
export function unplannedRows(snapshot: Snapshot, premises: readonly SnapshotRow[]): SafeguardingRow[] {
  const planned = new Set(
    (snapshot.rows.get('safeguarding') ?? []).flatMap((row) => {
      const subject = text(row, 'subject');
      return subject === null ? [] : [subject, ...linked(snapshot, subject, 'PRM-')];
    }),
  );
  return premises.flatMap((row) => {
    if (planned.has(row.ref)) return [];
    const children = saysPresent(text(row, 'children') ?? '');
    const adults = saysPresent(text(row, 'vulnerableAdults') ?? '');
    if (!children && !adults) return [];
    return [
      {
        ref: row.ref,
        name: text(row, 'occupants') ?? 'Not named',
        kind: children ? 'Child' : 'Adult at risk',
        dateOfBirth: null,
        age: null,
        premisesRef: row.ref,
        address: addressOf(snapshot, row.ref),
        concern: joinLines([
          children ? `Children: ${text(row, 'children')}` : null,
          adults ? `Adults at risk: ${text(row, 'vulnerableAdults')}` : null,
        ]),
        plan: null,
        lead: null,
        agencies: [],
        appropriateAdult: null,
        referral: null,
        gaps: ['No safeguarding plan for this address'],
      },
    ];
  });
}

/** Address and postcode in one line. */
export function addressOf(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  const address = text(row, 'address');
  const postcode = text(row, 'postcode');
  if (address === null) return postcode;
  return postcode === null || address.toUpperCase().includes(postcode) ? address : `${address}, ${postcode}`;
}

function personInShort(snapshot: Snapshot, ref: string): string | null {
  const name = nameOf(snapshot, ref);
  const age = numberOf(snapshot.byRef.get(ref), 'age');
  return name === null || name === ref ? null : age === null ? name : `${name} (${age})`;
}

function officerName(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  if (row === undefined) return ref;
  const phone = text(row, 'phone');
  const words = [label(row, 'rank', 'rank'), text(row, 'collar'), text(row, 'name')].filter(
    (word) => word !== null,
  );
  return phone === null ? words.join(' ') : `${words.join(' ')}, ${formatPhone(phone)}`;
}

function numberOf(row: SnapshotRow | undefined, field: string): number | null {
  const value = row?.[field];
  return typeof value === 'number' ? value : null;
}

function joinLines(parts: readonly (string | null)[]): string | null {
  const lines = parts.filter((part) => part !== null);
  return lines.length === 0 ? null : lines.join('\n');
}
