import { saysPresent } from '../../../../shared/domain/readiness/facts.ts';
import { formatDate, formatMoment, formatPhone } from '../../../../shared/packs/format.ts';
import type {
  OfficerRow,
  PackData,
  PremisesRow,
  TeamRow,
  WarrantRow,
} from '../../../../shared/packs/packData.ts';
import {
  bornAndAge,
  type CardAlert,
  type CardGroup,
  dropEmpty,
  isHidden,
  joinWith,
  list,
  type ProfileCard,
  shownFacts,
  shownTable,
  teamAt,
} from './cards.ts';

/** One sheet for each team: who, when, where, for whom, under which warrant. */
export function layoutTeams(data: PackData): ProfileCard[] {
  return data.teams.map((team) => layoutTeam(data, team));
}

function layoutTeam(data: PackData, team: TeamRow): ProfileCard {
  return {
    key: `teams ${team.ref}`,
    ref: team.ref,
    name: team.name,
    subtitle: joinWith('  ·  ', [
      team.callSign === null || isHidden(data, 'teams', 'callSign') ? '' : `Call sign ${team.callSign}`,
      team.strike === null || isHidden(data, 'teams', 'strike') ? '' : `Strike ${team.strike}`,
    ]),
    photographs: [],
    photographPlace: 'above',
    withoutPhotograph: '',
    alerts: alertsOf(data, team),
    groups: dropEmpty([
      {
        title: 'Team',
        width: 'half',
        facts: [
          ...shownFacts(data, 'teams', [
            ['leader', 'Leader', team.leader ?? 'NOT NAMED'],
            ['callSign', 'Call sign', team.callSign ?? 'NOT SET'],
            ['channel', 'Channel', team.channel ?? 'NOT SET'],
            ['vehicles', 'Vehicles', list(team.vehicles, ', ')],
          ]),
        ],
      },
      { title: 'Times', width: 'half', facts: timesOf(data, team) },
      membersOf(data, team),
      premisesOf(data, team),
      targetsOf(data, team),
      warrantsOf(data, team),
      {
        title: 'Notes',
        width: 'whole',
        facts: shownFacts(data, 'teams', [['notes', 'Notes', team.notes ?? '']]),
      },
    ]),
  };
}

function alertsOf(data: PackData, team: TeamRow): CardAlert[] {
  if (isHidden(data, 'premises', 'children')) return [];
  const places = premisesFor(data, team);
  const children = places.flatMap(({ address, children: text }) =>
    text !== null && saysPresent(text) ? [`${address}: ${text}`] : [],
  );
  return children.length === 0 ? [] : [{ tone: 'protect', title: 'CHILDREN', text: children.join('. ') }];
}

function premisesFor(data: PackData, team: TeamRow): PremisesRow[] {
  return data.premises.filter((premises) => teamAt(data, premises)?.ref === team.ref);
}

function warrantsFor(data: PackData, team: TeamRow): WarrantRow[] {
  const places = new Set(premisesFor(data, team).map(({ ref }) => ref));
  return data.warrants.filter(
    (warrant) =>
      (warrant.premisesRef !== null && places.has(warrant.premisesRef)) ||
      (warrant.team === team.name && !isHidden(data, 'warrants', 'team')),
  );
}

function timesOf(data: PackData, team: TeamRow): CardGroup['facts'] {
  const timings = data.timings.filter((timing) => timing.team === team.name);
  if (timings.length > 0 && !isHidden(data, 'timings', 'at')) {
    return timings.map(({ at, event, place }) => ({
      label: formatMoment(at),
      value: joinWith(', ', [event, isHidden(data, 'timings', 'place') ? '' : (place ?? '')]),
      about: '',
    }));
  }
  return shownFacts(data, 'teams', [
    ['briefing', 'Briefing', team.briefing ?? ''],
    ['rendezvous', 'Rendezvous', team.rendezvous ?? ''],
    ['strike', 'Strike', team.strike ?? 'NO TIME SET'],
  ]);
}

/** From the officers of the pack, who have duties and skills; else the names that the team itself has. */
function membersOf(data: PackData, team: TeamRow): CardGroup {
  const officers = data.officers.filter((officer) => (officer.team ?? '').split(', ').includes(team.name));
  if (officers.length === 0) {
    return {
      title: 'Members',
      width: 'whole',
      facts: shownFacts(data, 'teams', [['members', 'Members', list(team.members, '\n')]]),
    };
  }
  const words = (officer: OfficerRow) =>
    joinWith(' ', [officer.rank ?? '', officer.collar ?? '', officer.name]);
  const isLeader = (officer: OfficerRow) => team.leader?.includes(officer.name) === true;
  const sorted = [...officers.filter(isLeader), ...officers.filter((officer) => !isLeader(officer))];
  return {
    title: 'Members',
    width: 'whole',
    facts: [],
    table: shownTable(
      data,
      'officers',
      sorted,
      [
        ['name', 'Officer', 3, (row) => (isLeader(row) ? `${words(row)}\nTeam leader` : words(row))],
        ['callSign', 'Call sign', 1.1, (row) => row.callSign ?? ''],
        ['duty', 'Duty', 2, (row) => row.duty ?? ''],
        ['skills', 'Skills', 2.6, (row) => list(row.skills, ', ')],
        ['phone', 'Phone', 1.5, (row) => (row.phone === null ? '' : formatPhone(row.phone))],
      ],
      () => '',
    ),
  };
}

function premisesOf(data: PackData, team: TeamRow): CardGroup {
  const places = premisesFor(data, team);
  if (places.length === 0 || isHidden(data, 'premises', 'team')) {
    return {
      title: 'Premises',
      width: 'whole',
      facts: shownFacts(data, 'teams', [['premises', 'Premises', list(team.premises, '\n')]]),
    };
  }
  const present = (text: string | null) => (text !== null && saysPresent(text) ? text : '');
  return {
    title: 'Premises',
    width: 'whole',
    facts: [],
    table: shownTable(
      data,
      'premises',
      places,
      [
        ['ref', 'Premises', 1.1, (row) => row.ref],
        ['address', 'Address', 2.8, (row) => row.address],
        ['children', 'Children', 1.6, (row) => present(row.children), 'warnings'],
        ['vulnerableAdults', 'Adults at risk', 1.6, (row) => present(row.vulnerableAdults), 'warnings'],
        ['hazards', 'Hazards', 1.6, (row) => present(row.hazards), 'warnings'],
        ['dogs', 'Dogs', 1.1, (row) => present(row.dogs), 'warnings'],
        ['entryMethod', 'Entry', 1.5, (row) => row.entryMethod ?? ''],
      ],
      (row) => `premises ${row.ref}`,
    ),
  };
}

function targetsOf(data: PackData, team: TeamRow): CardGroup {
  return {
    title: 'Targets',
    width: 'whole',
    facts: [],
    table: shownTable(
      data,
      'targets',
      isHidden(data, 'targets', 'team') ? [] : data.targets.filter((target) => target.team === team.name),
      [
        ['ref', 'Target', 1.1, (row) => row.ref],
        ['name', 'Name', 2.2, (row) => row.name],
        [
          'dateOfBirth',
          'Born',
          1.7,
          (row) => (row.personRef === null ? '' : bornAndAge(row.dateOfBirth, row.age)),
        ],
        ['victimStatus', 'Victim status', 1.6, (row) => row.victimStatus ?? ''],
        [
          'warnings',
          'Warnings',
          1.9,
          (row) => row.warnings.map((word) => `▲ ${word}`).join('\n'),
          'warnings',
        ],
        ['objective', 'Objective', 1.4, (row) => row.objective ?? ''],
      ],
      (row) => `targets ${row.ref}`,
    ),
  };
}

function warrantsOf(data: PackData, team: TeamRow): CardGroup {
  return {
    title: 'Warrants',
    width: 'whole',
    facts: [],
    table: shownTable(
      data,
      'warrants',
      warrantsFor(data, team),
      [
        ['ref', 'Warrant', 1.1, (row) => row.ref],
        ['power', 'Power', 2.4, (row) => row.power],
        ['number', 'Number', 1.4, (row) => row.number ?? ''],
        ['address', 'Address', 2.6, (row) => row.address ?? ''],
        [
          'expires',
          'Expires',
          1.2,
          (row) => (row.expires === null ? 'Not recorded' : formatDate(row.expires)),
        ],
        ['entries', 'Entries', 1.1, (row) => row.entries ?? ''],
      ],
      () => '',
    ),
  };
}
