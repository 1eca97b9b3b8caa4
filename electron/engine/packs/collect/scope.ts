import { AppError } from '../../../../shared/contract/errors.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { PackSpec, SectionId } from '../../../../shared/packs/packSpec.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import type { PackRequest } from '../request.ts';
import { entries, linked, readSnapshot, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';

export type Plan = ReadonlyMap<GridName, readonly SnapshotRow[]>;

/** What a pack may speak of: the whole plan, or of it what concerns one team. */
export interface Scope {
  /** For a team's pack without the records and links of other teams: no row can name what is not in it. */
  readonly snapshot: Snapshot;
  readonly moment: Moment;
  readonly team: SnapshotRow | undefined;
  readonly premises: readonly SnapshotRow[];
  readonly people: readonly SnapshotRow[];
  /** References of every record that the pack is about. */
  readonly held: ReadonlySet<string>;
  /** References of other teams' people, premises, targets and warrants that were taken out. */
  readonly foreign: ReadonlySet<string>;
  /** How many of those are linked to people and premises of this pack, and are not told of. */
  readonly dropped: number;
  readonly readers: PackSpec['readers'];
}

/** Grids that every pack needs for names, teams and addresses. */
const always: readonly GridName[] = [
  'operation',
  'people',
  'premises',
  'targets',
  'warrants',
  'officers',
  'teams',
  'safeguarding',
  'lines',
];

/** Further grids by section: what a pack does not print is not read. */
const further: Partial<Record<SectionId, readonly GridName[]>> = {
  commanders: ['commanders'],
  communications: ['commanders'],
  contacts: ['commanders'],
  people: ['phones', 'vehicles'],
  lines: ['phones', 'lineNumbers', 'groups'],
  phones: ['phones', 'lineNumbers'],
  vehicles: ['vehicles'],
  links: ['phones', 'vehicles', 'lineNumbers'],
  intelligence: ['intelligence', 'phones', 'vehicles'],
  custody: ['phones', 'lineNumbers', 'groups'],
  actions: ['actions'],
  decisions: ['decisions'],
  results: ['results', 'seizures', 'arrests'],
  arrests: ['results', 'arrests'],
  seizures: ['results', 'seizures'],
  outcomes: ['outcomes'],
  tally: ['results', 'arrests', 'seizures', 'outcomes'],
};

/** Grids of which the pack needs rows that its forms are filled with. */
const forForms: readonly GridName[] = ['results', 'seizures'];

/**
 * Reads what the sections of the pack need, in the order of `database`'s one snapshot.
 *
 * @throws AppError `pack.unknown` when the team is not in the plan.
 */
export function readScope(database: ReadDatabase, request: PackRequest, moment: Moment): Scope {
  const wantedGrids = new Set([
    ...always,
    ...request.spec.sections.flatMap(({ id }) => further[id] ?? []),
    ...(request.spec.forms.length > 0 ? forForms : []),
  ]);
  const full = readSnapshot(database, moment, wantedGrids, (plan) => listWanted(narrow(plan, request.team)));
  const team = request.team === undefined ? undefined : findTeam(full.rows, request.team);
  const plan = narrow(full.rows, request.team);
  const wanted = listWanted(plan);
  const people = rowsOf(full, 'people').filter(
    ({ ref }) => wanted.has(ref) || linked(full, ref, 'PRM-').some((place) => wanted.has(place)),
  );
  const premises = rowsOf(full, 'premises').filter(({ ref }) => wanted.has(ref));
  const held = new Set(
    [...people, ...premises, ...narrowed.flatMap((grid) => plan.get(grid) ?? [])].map(({ ref }) => ref),
  );
  const foreign = team === undefined ? new Set<string>() : listForeign(full.rows, held);
  return {
    snapshot: withoutForeign(full, plan, foreign),
    moment,
    team,
    premises,
    people,
    held,
    foreign,
    dropped: new Set(
      [...people, ...premises].flatMap(({ ref }) =>
        linkedTo(full, ref).filter((other) => foreign.has(other)),
      ),
    ).size,
    readers: request.spec.readers,
  };
}

function linkedTo(snapshot: Snapshot, ref: string): string[] {
  return (snapshot.links.get(ref) ?? []).map(({ from, to }) => (from === ref ? to : from));
}

export function rowsOf(snapshot: Snapshot, grid: GridName): readonly SnapshotRow[] {
  return snapshot.rows.get(grid) ?? [];
}

/** True for the whole operation, and for a team where the record is about something of its own. */
export function concerns(scope: Scope, row: SnapshotRow, fields: readonly string[]): boolean {
  if (scope.team === undefined) return true;
  return fields.some((field) => entries(row, field, ',').some((ref) => scope.held.has(ref)));
}

/** Where a target is to be found: the premises given, else the target's subject when it is an address. */
export function premisesOf(target: SnapshotRow): string | null {
  const subject = text(target, 'subject');
  return text(target, 'premises') ?? (subject?.startsWith('PRM-') === true ? subject : null);
}

/** The person of a target, or null when the target is an address or a line. */
export function personOf(target: SnapshotRow): string | null {
  const subject = text(target, 'subject');
  return subject?.startsWith('NOM-') === true ? subject : null;
}

/** Grids of which a team's pack holds a part. */
const narrowed = [
  'teams',
  'targets',
  'warrants',
  'lines',
  'results',
  'arrests',
  'officers',
  'safeguarding',
  'lineNumbers',
  'seizures',
  'outcomes',
] as const satisfies readonly GridName[];

/** The plan, or of it what concerns one team. */
function narrow(plan: Plan, teamRef: string | undefined): Plan {
  if (teamRef === undefined) return plan;
  const team = findTeam(plan, teamRef);
  const teamPlaces = new Set(entries(team, 'premises', ','));
  // A target at the team's address that nobody was given yet is the team's to meet.
  const targets = (plan.get('targets') ?? []).filter((target) => {
    const own = text(target, 'team');
    return own === team.ref || (own === null && teamPlaces.has(premisesOf(target) ?? ''));
  });
  const places = new Set([...teamPlaces, ...targets.flatMap((target) => premisesOf(target) ?? [])]);
  const named = new Set(targets.flatMap((target) => text(target, 'warrant') ?? []));
  const warrants = (plan.get('warrants') ?? []).filter(
    (row) => named.has(row.ref) || places.has(text(row, 'premises') ?? ''),
  );
  const subjects = new Set([
    ...places,
    ...targets.flatMap((target) => text(target, 'subject') ?? []),
    ...warrants.flatMap((row) => text(row, 'person') ?? []),
  ]);
  const members = new Set([text(team, 'leader'), ...entries(team, 'members', ',')]);
  const holds = (refs: ReadonlySet<string>, row: SnapshotRow, ...fields: string[]): boolean =>
    fields.some((field) => entries(row, field, ',').some((ref) => refs.has(ref)));
  const own = new Set([team.ref, ...subjects, ...warrants.map(({ ref }) => ref)]);
  const among = (grid: GridName, keep: (row: SnapshotRow) => boolean) => (plan.get(grid) ?? []).filter(keep);
  const lines = among('lines', (row) => own.has(row.ref) || holds(own, row, 'holder', 'holders'));
  const results = among('results', (row) => holds(own, row, 'team', 'premises', 'warrant'));
  const arrests = among('arrests', (row) => holds(own, row, 'team', 'premises', 'person'));
  const events = new Set([...own, ...refsOf(lines), ...refsOf(results)]);
  for (const row of arrests) for (const ref of entries(row, 'person', ',')) events.add(ref);
  const part: Record<(typeof narrowed)[number], readonly SnapshotRow[]> = {
    teams: [team],
    targets,
    warrants,
    lines,
    results,
    arrests,
    officers: among(
      'officers',
      (row) => members.has(row.ref) || (text(row, 'team') ?? '') === text(team, 'name'),
    ),
    safeguarding: among('safeguarding', (row) => holds(own, row, 'subject')),
    lineNumbers: among('lineNumbers', (row) => holds(events, row, 'line')),
    seizures: among('seizures', (row) => holds(events, row, 'premises', 'person', 'result')),
    outcomes: among('outcomes', (row) => holds(events, row, 'person')),
  };
  return new Map([...plan].map(([grid, rows]) => [grid, part[grid as keyof typeof part] ?? rows]));
}

/** People, premises, phones and vehicles that the plan names. */
function listWanted(plan: Plan): ReadonlySet<string> {
  const fields: readonly (readonly [GridName, readonly string[]])[] = [
    ['targets', ['subject', 'premises']],
    ['warrants', ['premises', 'person']],
    ['teams', ['premises']],
    ['safeguarding', ['subject']],
    ['lines', ['holder', 'holders', 'phone', 'vehicles']],
    ['lineNumbers', ['phone']],
    ['results', ['premises']],
    ['arrests', ['person', 'premises']],
    ['seizures', ['person', 'premises']],
    ['outcomes', ['person']],
  ];
  const wanted = new Set<string>();
  for (const [grid, names] of fields) {
    for (const row of plan.get(grid) ?? []) {
      for (const name of names) for (const ref of entries(row, name, ',')) wanted.add(ref);
    }
  }
  return wanted;
}

function findTeam(plan: Plan, wanted: string): SnapshotRow {
  const name = wanted.trim().toLowerCase();
  const team = (plan.get('teams') ?? []).find((row) =>
    [row.ref, text(row, 'name'), text(row, 'callSign')].some((each) => each?.toLowerCase() === name),
  );
  if (team === undefined)
    throw new AppError('pack.unknown', 'There is no such team in the plan. Choose one of its teams.');
  return team;
}

/** What the whole plan names and this team's part does not. */
function listForeign(whole: Plan, held: ReadonlySet<string>): ReadonlySet<string> {
  const plans: readonly GridName[] = ['targets', 'warrants', 'teams', 'safeguarding', 'lines'];
  const named = [...listWanted(whole), ...plans.flatMap((grid) => refsOf(whole.get(grid) ?? []))];
  return new Set(named.filter((ref) => !held.has(ref) && !/^(?:PHN|VEH)-/.test(ref)));
}

function withoutForeign(full: Snapshot, plan: Plan, foreign: ReadonlySet<string>): Snapshot {
  if (foreign.size === 0) return { ...full, rows: plan };
  return {
    ...full,
    foreign,
    rows: new Map([...plan].map(([grid, rows]) => [grid, rows.filter(({ ref }) => !foreign.has(ref))])),
    byRef: new Map([...full.byRef].filter(([ref]) => !foreign.has(ref))),
    links: new Map(
      [...full.links].map(([ref, links]) => [
        ref,
        links.filter(({ from, to }) => !foreign.has(from) && !foreign.has(to)),
      ]),
    ),
  };
}

function refsOf(rows: readonly SnapshotRow[]): string[] {
  return rows.map(({ ref }) => ref);
}
