import { saysPresent } from '../../../../shared/domain/readiness/facts.ts';
import type { PersonRow, PremisesRow, SafeguardingRow } from '../../../../shared/packs/packData.ts';
import { entries, label, linked, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import type { PhotographsByRef } from './pictures.ts';
import { addressOf, joinLines, numberOf, personInShort } from './words.ts';

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
