import { formatPhone } from '../../../../shared/packs/format.ts';
import type {
  ActionRow,
  CommanderRow,
  CommunicationRow,
  ContactRow,
  DecisionRow,
  TimingRow,
} from '../../../../shared/packs/packData.ts';
import { label, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { concerns, rowsOf, type Scope } from './scope.ts';
import { addressOf, officerByCollar, officerTitle, placesOfTeam, teamName } from './words.ts';

/** Duties that others look for on the day, as they stand in the officers grid. */
const soughtDuty =
  /exhibit|custody|interview|safeguard|liaison|disclosure|control room|media|intelligence|medic|first aid|polsa/i;

const safeguardingDuty = /safeguard|family liaison|child/i;

/** Gold, Silver and Bronze in this order, as the plan names them. */
export function commanderRows(snapshot: Snapshot): CommanderRow[] {
  const order = ['gold', 'silver', 'bronze'];
  const rank = (row: SnapshotRow) => (order.indexOf(text(row, 'role') ?? '') + order.length) % order.length;
  return [...rowsOf(snapshot, 'commanders')]
    .sort((first, second) => rank(first) - rank(second))
    .map((row) => {
      const officer = snapshot.byRef.get(text(row, 'officer') ?? '');
      return {
        ref: row.ref,
        role: label(row, 'role', 'commandRole') ?? 'Commander',
        area: text(row, 'area'),
        name: officerTitle(snapshot, text(row, 'officer')) ?? text(row, 'name'),
        callSign: text(row, 'callSign') ?? text(officer, 'callSign'),
        contact: phoneOf(text(row, 'contact') ?? text(officer, 'phone')),
        notes: text(row, 'note'),
      };
    });
}

/**
 * Every time of the day in its order: the operation's strike, each team's briefing, strike and finish, and
 * entries under a warrant that are planned for another time. Times are UK local time.
 */
export function timingRows(scope: Scope): TimingRow[] {
  const { snapshot } = scope;
  const operation = rowsOf(snapshot, 'operation')[0];
  const strike = text(operation, 'strike');
  const rows: TimingRow[] = [];
  if (strike !== null && scope.team === undefined) {
    rows.push({
      ref: `${operation?.ref} strike`,
      at: strike,
      event: 'Strike of the operation',
      team: 'All teams',
      callSign: null,
      place: null,
    });
  }
  for (const team of rowsOf(snapshot, 'teams')) {
    const shared = { team: teamName(snapshot, team.ref) ?? team.ref, callSign: text(team, 'callSign') };
    const teamPlaces = placesOfTeam(snapshot, team);
    const strikeAt = text(team, 'strikeAt') ?? strike;
    const entriesOfTeam = rowsOf(snapshot, 'warrants').filter((row) =>
      teamPlaces.includes(text(row, 'premises') ?? ''),
    );
    const isLater = (row: SnapshotRow) => {
      const at = text(row, 'strike');
      return at !== null && !sameTime(at, strikeAt);
    };
    const atStrike = new Set(
      entriesOfTeam.filter((row) => !isLater(row)).map((row) => text(row, 'premises')),
    );
    const later = new Set(
      entriesOfTeam
        .filter(isLater)
        .map((row) => text(row, 'premises'))
        .filter((place) => !atStrike.has(place)),
    );
    // An address that is entered at another time has a row of its own.
    const places = teamPlaces
      .filter((ref) => !later.has(ref))
      .flatMap((ref) => addressOf(snapshot, ref) ?? []);
    const rendezvous = text(team, 'rendezvous');
    const strikePlace = [...places, ...(rendezvous === null ? [] : [`rendezvous: ${rendezvous}`])].join('; ');
    const add = (event: string, at: string | null, place: string | null) => {
      if (at !== null) rows.push({ ref: `${team.ref} ${event.toLowerCase()}`, at, event, place, ...shared });
    };
    add('Briefing', text(team, 'briefAt'), null);
    add('Strike', strikeAt, strikePlace === '' ? null : strikePlace);
    add('Finish', text(team, 'finishAt'), null);
    for (const warrant of entriesOfTeam) {
      const at = text(warrant, 'strike');
      const place = text(warrant, 'premises');
      if (at === null || place === null || !isLater(warrant)) continue;
      const name = text(warrant, 'number') ?? warrant.ref;
      rows.push({
        ref: `${team.ref} ${warrant.ref}`,
        at,
        event: `Entry, ${name}`,
        place: addressOf(snapshot, place),
        ...shared,
      });
    }
  }
  return rows
    .map((row, place) => ({ row, place }))
    .sort((first, second) => compare(first.row.at, second.row.at) || first.place - second.place)
    .map(({ row }) => row);
}

/** Call signs and channels: commanders, then teams. */
export function communicationRows(snapshot: Snapshot): CommunicationRow[] {
  const commanders = commanderRows(snapshot).map((row) => ({
    ref: row.ref,
    callSign: row.callSign,
    who: row.name ?? row.role,
    role: row.area === null ? row.role : `${row.role}, ${row.area}`,
    channel: null,
    contact: row.contact,
  }));
  const teams = rowsOf(snapshot, 'teams').map((row) => {
    const leader = snapshot.byRef.get(text(row, 'leader') ?? '');
    return {
      ref: row.ref,
      callSign: text(row, 'callSign') ?? text(leader, 'callSign'),
      who: teamName(snapshot, row.ref) ?? row.ref,
      role: 'Team',
      channel: text(row, 'channel'),
      contact: phoneOf(text(row, 'contact') ?? text(leader, 'phone')),
    };
  });
  return [...commanders, ...teams];
}

/**
 * Who to reach: commanders, team leaders, officers with a sought duty, and those who safeguard. Readers
 * outside the police get no team leaders, and of the officers those who safeguard.
 */
export function contactRows(scope: Scope): ContactRow[] {
  const { snapshot } = scope;
  const organisation = text(rowsOf(snapshot, 'operation')[0], 'force');
  const lead = text(rowsOf(snapshot, 'operation')[0], 'lead');
  const rows: ContactRow[] = [];
  if (lead !== null) {
    const contact = { organisation, callSign: null, contact: null, notes: null };
    rows.push({ ref: 'OP-1', name: lead, role: 'Operation lead', ...contact });
  }
  for (const row of commanderRows(snapshot)) {
    if (row.name === null) continue;
    const role = row.area === null ? row.role : `${row.role}, ${row.area}`;
    const { callSign, contact, notes } = row;
    rows.push({ ref: row.ref, name: row.name, role, organisation, callSign, contact, notes });
  }
  // Partners and courts reach those who lead and those who safeguard, not the officers of the day.
  const isPolice = scope.readers === 'police';
  for (const team of isPolice ? rowsOf(snapshot, 'teams') : []) {
    const leader = snapshot.byRef.get(text(team, 'leader') ?? '');
    if (leader === undefined) continue;
    rows.push({
      ref: `${team.ref} leader`,
      name: officerTitle(snapshot, leader.ref) ?? leader.ref,
      role: `Leader of ${teamName(snapshot, team.ref)}`,
      organisation,
      callSign: text(team, 'callSign') ?? text(leader, 'callSign'),
      contact: phoneOf(text(leader, 'phone') ?? text(team, 'contact')),
      notes: null,
    });
  }
  for (const officer of rowsOf(snapshot, 'officers')) {
    const duty = [text(officer, 'role'), text(officer, 'duty')].find(
      (each) => each !== null && (isPolice ? soughtDuty : safeguardingDuty).test(each),
    );
    if (duty === undefined || duty === null) continue;
    rows.push({
      ...contactOf(officer.ref, officerTitle(snapshot, officer.ref) ?? officer.ref, duty),
      organisation,
      callSign: text(officer, 'callSign'),
      contact: phoneOf(text(officer, 'phone')),
    });
  }
  return once([...rows, ...safeguardingContacts(snapshot, organisation)]);
}

/** What is to be done; of a team's pack what is about its own records. */
export function actionRows(scope: Scope): ActionRow[] {
  const { snapshot } = scope;
  return rowsOf(snapshot, 'actions')
    .filter((row) => concerns(scope, row, ['about']))
    .map((row) => ({
      ref: row.ref,
      title: text(row, 'title') ?? row.ref,
      strand: label(row, 'strand', 'fourP'),
      type: label(row, 'type', 'actionType'),
      owner: text(row, 'owner'),
      partner: text(row, 'partner'),
      due: text(row, 'due'),
      status: label(row, 'status', 'actionStatus'),
      about: nameOf(snapshot, text(row, 'about')),
      outcome: text(row, 'outcome'),
    }));
}

/** What was decided, in the order of the decisions; of a team's pack what is about its own records. */
export function decisionRows(scope: Scope): DecisionRow[] {
  return rowsOf(scope.snapshot, 'decisions')
    .filter((row) => concerns(scope, row, ['about']))
    .map((row) => ({
      ref: row.ref,
      title: text(row, 'title') ?? row.ref,
      decidedAt: text(row, 'decidedAt'),
      decidedBy: text(row, 'decidedBy'),
      options: text(row, 'options'),
      decision: text(row, 'decision'),
      rationale: text(row, 'rationale'),
    }));
}

function safeguardingContacts(snapshot: Snapshot, force: string | null): ContactRow[] {
  return rowsOf(snapshot, 'safeguarding').flatMap((row) => {
    const agency = text(row, 'agency');
    const people = [
      ['lead', 'Safeguarding lead', agency],
      ['socialWorker', 'Social worker', null],
      ['firstResponder', 'NRM first responder', null],
      ['supportProvider', 'Support provider', null],
    ] as const;
    return people.flatMap(([field, role, organisation]) => {
      const name = text(row, field);
      if (name === null) return [];
      const contact = contactOf(`${row.ref} ${field}`, name, role);
      const officer = officerByCollar(snapshot, name);
      if (officer === null) return [{ ...contact, organisation }];
      return [
        {
          ...contact,
          name: officerTitle(snapshot, officer) ?? name,
          organisation: force,
          contact: phoneOf(text(snapshot.byRef.get(officer), 'phone')),
        },
      ];
    });
  });
}

function contactOf(ref: string, name: string, role: string): ContactRow {
  return { ref, name, role, organisation: null, callSign: null, contact: null, notes: null };
}

/** Each name with each role and organisation once. */
function once(rows: readonly ContactRow[]): ContactRow[] {
  const known = new Map<string, ContactRow>();
  for (const row of rows) {
    const key = [row.name, row.role, row.organisation].join('\n').toLowerCase();
    if (!known.has(key)) known.set(key, row);
  }
  return [...known.values()];
}

/** The same minute, with or without seconds. */
function sameTime(first: string, second: string | null): boolean {
  return first.slice(0, 16) === second?.slice(0, 16);
}

function phoneOf(number: string | null): string | null {
  return number === null ? null : formatPhone(number);
}

function compare(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}
