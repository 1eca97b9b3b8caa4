import { saysPresent } from '../../../../shared/domain/readiness/facts.ts';
import type { PersonRow, PremisesRow, SafeguardingRow } from '../../../../shared/packs/packData.ts';
import { entries, label, linked, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import type { PhotographsByRef } from './photographs.ts';
import {
  addressOf,
  bornOn,
  childrenAt,
  joinLines,
  namesOfRefs,
  numberOf,
  officerByCollar,
  officerTitle,
  personInShort,
  teamNames,
  teamsAt,
  yesNo,
} from './words.ts';

/** Fields of the grid that are printed together, under what they are called there. */
const buildingFields = [
  ['floors', 'Floors'],
  ['doors', 'Doors and windows'],
  ['locks', 'Locks'],
  ['cctv', 'Cameras'],
  ['utilities', 'Utilities'],
  ['tenancy', 'Tenancy'],
] as const;

export function premisesRow(
  snapshot: Snapshot,
  row: SnapshotRow,
  photographs: PhotographsByRef,
): PremisesRow {
  const teams = teamsAt(snapshot, row.ref);
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
    children: childrenAt(snapshot, row),
    vulnerableAdults: text(row, 'vulnerableAdults'),
    cuckooed: label(row, 'cuckooed', 'cuckooed'),
    riskAssessment: text(row, 'riskAssessment'),
    entryMethod: distinctLines([
      label(row, 'entryMethod', 'entryMethod'),
      ...teams.map((team) => text(team, 'methodOfEntry')),
    ]),
    rendezvous: distinctLines(teams.map((team) => text(team, 'rendezvous'))),
    team: teamNames(snapshot, row.ref),
    photographs: (photographs.get(row.ref) ?? []).map(({ id }) => id),
    building: joinLines(
      buildingFields.map(([field, title]) => {
        const words = text(row, field);
        return words === null ? null : `${title}: ${words}`;
      }),
    ),
    escapeRoutes: text(row, 'escapeRoutes'),
    previousVisits: text(row, 'previousVisits'),
    firearms: text(row, 'firearms'),
    what3words: text(row, 'what3words'),
    tenantPlan: text(row, 'tenantPlan'),
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
    dateOfBirth: bornOn(row),
    age: numberOf(row, 'age'),
    role: label(row, 'role', 'role'),
    victimStatus: label(row, 'victimStatus', 'victimStatus'),
    categories: entries(row, 'category', ',').map(
      (code) => label({ ref: row.ref, code }, 'code', 'dataSubjectCategory') ?? code,
    ),
    warnings: entries(row, 'markers', ';'),
    wanted: text(row, 'wanted'),
    vulnerability: text(row, 'vulnerability'),
    adultAtRisk: label(row, 'adultAtRisk', 'cuckooed'),
    description: text(row, 'description'),
    addresses: linked(snapshot, row.ref, 'PRM-').map((ref) => addressOf(snapshot, ref) ?? ref),
    phones: linked(snapshot, row.ref, 'PHN-').map((ref) => text(snapshot.byRef.get(ref), 'number') ?? ref),
    vehicles: linked(snapshot, row.ref, 'VEH-').map((ref) => text(snapshot.byRef.get(ref), 'vrm') ?? ref),
    associates: namesOfRefs(snapshot, linked(snapshot, row.ref, 'NOM-')),
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
    dateOfBirth: bornOn(record),
    age: numberOf(record, 'age'),
    premisesRef,
    address: addressOf(snapshot, premisesRef),
    concern: text(row, 'concern'),
    plan: text(row, 'plan'),
    lead: officerTitle(snapshot, officerByCollar(snapshot, text(row, 'lead'))) ?? text(row, 'lead'),
    agencies: entries(row, 'agency', ';'),
    appropriateAdult: text(row, 'appropriateAdult'),
    referral: label(row, 'referral', 'nrmStatus'),
    consent: label(row, 'consent', 'nrmConsent'),
    firstResponder: text(row, 'firstResponder'),
    nrmReference: text(row, 'nrmReference'),
    referredOn: text(row, 'referredOn'),
    notifiedOn: text(row, 'notifiedOn'),
    socialWorker: text(row, 'socialWorker'),
    supportProvider: text(row, 'supportProvider'),
    authorityReference: text(row, 'localAuthorityRef'),
    defenceRaised: yesNo(row, 's45Raised'),
    risk: label(row, 'risk', 'priority'),
    status: label(row, 'status', 'actionStatus'),
    notes: text(row, 'note'),
    gaps: [
      ...(text(row, 'plan') === null ? ['No plan'] : []),
      ...(text(row, 'lead') === null ? ['No lead named'] : []),
      ...(text(row, 'agency') === null ? ['No agency told'] : []),
      // A child is referred whether or not anybody agrees (domain facts 5.9).
      ...(text(row, 'kind') === 'child' && text(row, 'referral') === null
        ? ['NRM referral not decided']
        : []),
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
        consent: null,
        firstResponder: null,
        nrmReference: null,
        referredOn: null,
        notifiedOn: null,
        socialWorker: null,
        supportProvider: null,
        authorityReference: null,
        defenceRaised: null,
        risk: null,
        status: null,
        notes: null,
        gaps: ['No safeguarding plan for this address'],
      },
    ];
  });
}

function distinctLines(parts: readonly (string | null)[]): string | null {
  return joinLines([...new Set(parts)]);
}
