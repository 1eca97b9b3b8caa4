import { formatMoment } from '../../../../shared/packs/format.ts';
import type { OfficerRow, TargetRow, TeamRow, WarrantRow } from '../../../../shared/packs/packData.ts';
import { entries, label, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import type { PhotographsByRef } from './photographs.ts';
import { personOf, premisesOf } from './scope.ts';
import {
  addressOf,
  bornOn,
  joinLines,
  numberOf,
  officerName,
  placesOfTeam,
  riskBand,
  teamNames,
  yesNo,
} from './words.ts';

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
    dateOfBirth: bornOn(person),
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
    riskBand: riskBand(row),
    warrant: text(snapshot.byRef.get(text(row, 'warrant') ?? ''), 'number'),
    status: label(row, 'status', 'targetStatus'),
    notes: text(row, 'note'),
  };
}

export function warrantRow(snapshot: Snapshot, row: SnapshotRow): WarrantRow {
  const premisesRef = text(row, 'premises');
  const person = text(row, 'person');
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
    team: teamNames(snapshot, premisesRef),
    authority: text(row, 'authority'),
    status: label(row, 'status', 'warrantStatus'),
    notes: text(row, 'note'),
    plannedAt: text(row, 'strike'),
    entryNumber: numberOf(row, 'entryNumber'),
    entryAuthority: text(row, 'entryAuthority'),
    applicant: text(row, 'applicant'),
    executedAt: text(row, 'executedAt'),
    endorsedOn: text(row, 'endorsedAt'),
    returnedOn: text(row, 'returnedAt'),
    foundSought: yesNo(row, 'foundSought'),
    seizedOther: yesNo(row, 'seizedOther'),
    copyLeft: yesNo(row, 'copyLeft'),
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
    channel: text(row, 'channel'),
    premises: placesOfTeam(snapshot, row).map((ref) => addressOf(snapshot, ref) ?? ref),
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
    skills: [...entries(row, 'skills', ';'), ...driverGrade(row)],
    phone: text(row, 'phone'),
    notes: text(row, 'note'),
  };
}

function driverGrade(officer: SnapshotRow): string[] {
  const grade = text(officer, 'vehicleGrade');
  return grade === null ? [] : [`Driver: ${grade}`];
}
