import { AppError } from '../../../shared/contract/errors.ts';
import { highestMarking, parseMarking } from '../../../shared/domain/markings.ts';
import { grids } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { emptySections } from '../../../shared/packs/emptySections.ts';
import { formatDate } from '../../../shared/packs/format.ts';
import type {
  BriefingRow,
  IntelligenceRow,
  PackData,
  PackFinding,
  PackHeader,
  PackPhotograph,
  PackPhotographs,
  WithheldCount,
} from '../../../shared/packs/packData.ts';
import {
  checkForSources,
  type ReleaseDecisions,
  releaseItems,
  type SourceWarning,
} from '../../../shared/packs/release.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { all, get } from '../database/sql.ts';
import { readBriefing } from '../plan/briefing.ts';
import { checkReadiness } from '../plan/readiness.ts';
import {
  officerRow,
  type PhotographsByRef,
  personRow,
  premisesOf,
  premisesRow,
  type RowPhotograph,
  safeguardingRow,
  targetRow,
  teamRow,
  unplannedRows,
  warrantRow,
} from './planRows.ts';
import type { PackRequest } from './request.ts';
import {
  entries,
  label,
  linked,
  nameOf,
  readSnapshot,
  type Snapshot,
  type SnapshotRow,
  text,
} from './snapshot.ts';
import { listSources } from './sourcePlaces.ts';

export interface Collected {
  readonly data: PackData;
  readonly photographs: PackPhotographs;
  readonly warnings: readonly SourceWarning[];
}

type Plan = ReadonlyMap<GridName, readonly SnapshotRow[]>;

/**
 * Reads everything that a pack prints, in one read transaction: the plan, the people and premises that
 * it touches, the intelligence that may be released, and where each value came from.
 *
 * @throws AppError `pack.unknown` when the team is not in the plan.
 */
export function collectPack(database: ReadDatabase, request: PackRequest): Collected {
  return database.transaction(() => collect(database, request))();
}

function collect(database: ReadDatabase, request: PackRequest): Collected {
  const { spec } = request;
  const operationStrike = get<{ strike: string | null }>(
    database,
    'SELECT strike FROM operation ORDER BY id LIMIT 1',
  );
  const moment: Moment = { strike: operationStrike?.strike ?? null, today: dayInLondon(request.now) };
  const snapshot = readSnapshot(database, moment, (plan) => listWanted(narrow(plan, request.team)));
  const plan = narrow(snapshot.rows, request.team);
  const team = request.team === undefined ? undefined : findTeam(snapshot.rows, request.team);
  const photographs = readPhotographs(database);

  const targets = plan.get('targets') ?? [];
  const warrants = plan.get('warrants') ?? [];
  const safeguarding = plan.get('safeguarding') ?? [];
  const wanted = listWanted(plan);
  const premises = rowsOf(snapshot, 'premises').filter(({ ref }) => wanted.has(ref));
  const people = rowsOf(snapshot, 'people').filter(
    ({ ref }) => wanted.has(ref) || linked(snapshot, ref, 'PRM-').some((place) => wanted.has(place)),
  );
  const { intelligence, withheld, warnings } = collectIntelligence(
    snapshot,
    request.decisions ?? { items: [] },
    team === undefined ? null : new Set([...people, ...premises].map(({ ref }) => ref)),
    spec.sections.some(({ id }) => id === 'intelligence'),
  );
  const operation = rowsOf(snapshot, 'operation')[0];
  const inPack =
    team === undefined
      ? null
      : new Set(
          [team, ...targets, ...warrants, ...premises, ...people, ...safeguarding].map(({ ref }) => ref),
        );
  const rows = {
    ...emptySections,
    spec,
    header: buildHeader(database, request, operation, team, intelligence.markings),
    briefing: briefingRows(database, moment),
    targets: targets.map((row) => targetRow(snapshot, row, photographs)),
    warrants: warrants.map((row) => warrantRow(snapshot, row)),
    premises: premises.map((row) => premisesRow(snapshot, row, photographs)),
    people: people.map((row) => personRow(snapshot, row, photographs)),
    intelligence: intelligence.rows,
    teams: (plan.get('teams') ?? []).map((row) => teamRow(snapshot, row)),
    officers: (plan.get('officers') ?? []).map((row) => officerRow(snapshot, row)),
    safeguarding: [
      ...safeguarding.map((row) => safeguardingRow(snapshot, row)),
      ...unplannedRows(snapshot, premises),
    ],
    findings: readFindings(database, moment).filter(
      ({ refs }) => inPack === null || refs.some((ref) => inPack.has(ref)),
    ),
    withheld,
    photographs: listPhotographs(snapshot, photographs, [...people, ...premises]),
  };
  const data: PackData = {
    ...rows,
    ...(spec.sourceIndex ? listSources(snapshot, rows) : { sources: [], sourceFiles: [] }),
  };
  return { data, photographs: readPhotographBytes(database, data.photographs), warnings };
}

/** The plan, or of it what concerns one team. */
function narrow(plan: Plan, teamRef: string | undefined): Plan {
  if (teamRef === undefined) return plan;
  const team = findTeam(plan, teamRef);
  const targets = (plan.get('targets') ?? []).filter((target) => text(target, 'team') === team.ref);
  const places = new Set([
    ...entries(team, 'premises', ','),
    ...targets.flatMap((target) => premisesOf(target) ?? []),
  ]);
  const subjects = new Set([...places, ...targets.flatMap((target) => text(target, 'subject') ?? [])]);
  const members = new Set([text(team, 'leader'), ...entries(team, 'members', ',')]);
  const named = new Set(targets.flatMap((target) => text(target, 'warrant') ?? []));
  return new Map<GridName, readonly SnapshotRow[]>([
    ...plan,
    ['teams', [team]],
    ['targets', targets],
    [
      'warrants',
      (plan.get('warrants') ?? []).filter(
        (row) => named.has(row.ref) || places.has(text(row, 'premises') ?? ''),
      ),
    ],
    [
      'officers',
      (plan.get('officers') ?? []).filter(
        (row) => members.has(row.ref) || text(row, 'team') === text(team, 'name'),
      ),
    ],
    [
      'safeguarding',
      (plan.get('safeguarding') ?? []).filter((row) => subjects.has(text(row, 'subject') ?? '')),
    ],
  ]);
}

/** People and premises that the plan names. */
function listWanted(plan: Plan): ReadonlySet<string> {
  const fields: readonly (readonly [GridName, readonly string[]])[] = [
    ['targets', ['subject', 'premises']],
    ['warrants', ['premises', 'person']],
    ['teams', ['premises']],
    ['safeguarding', ['subject']],
    ['lines', ['holder']],
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

/** Releases what may go. `only` limits the items to those linked to these records. */
function collectIntelligence(
  snapshot: Snapshot,
  decisions: ReleaseDecisions,
  only: ReadonlySet<string> | null,
  included: boolean,
): {
  intelligence: { rows: IntelligenceRow[]; markings: (string | null)[] };
  withheld: WithheldCount[];
  warnings: SourceWarning[];
} {
  if (!included) return { intelligence: { rows: [], markings: [] }, withheld: [], warnings: [] };
  const candidates = rowsOf(snapshot, 'intelligence')
    .filter((row) => only === null || aboutOf(snapshot, row).some((ref) => only.has(ref)))
    .map((row) => ({
      ref: row.ref,
      row,
      grade: text(row, 'grade'),
      handling: null,
      needsRegrade: text(row, 'needsRegrade') === 'yes',
      restricted: false,
    }));
  const { released, withheld } = releaseItems(candidates, decisions);
  const warnings = released.flatMap(({ item }) =>
    checkForSources(item.ref, 'text', text(item.row, 'text') ?? '', {
      sourceReferences: entries(item.row, 'sourceRef', ';'),
      reporterSurnames: surnamesOf(text(item.row, 'officer')),
    }),
  );
  const rows = released.map(({ item, decision }): IntelligenceRow => {
    const { row } = item;
    const grade = (item.grade ?? '').toUpperCase().replace(/[\s/-]/g, '');
    return {
      ref: row.ref,
      urn: text(row, 'urn'),
      reported: text(row, 'reportDate'),
      period: periodOf(row),
      subjects: entries(row, 'subjects', ';'),
      about: aboutOf(snapshot, row),
      text: text(row, 'text') ?? '',
      grade,
      handling: grade.endsWith('C') ? 'C' : 'P',
      conditions: text(row, 'conditions'),
      released: decision === null ? null : `Released by ${decision.decidedBy}: ${decision.reason}`,
    };
  });
  return {
    intelligence: { rows, markings: released.map(({ item }) => text(item.row, 'marking')) },
    withheld,
    warnings,
  };
}

/**
 * Records that an item is about: those it is linked to, those whose name, address, number or mark stands
 * among its subjects, and the targets of which they are the subject.
 */
function aboutOf(snapshot: Snapshot, row: SnapshotRow): string[] {
  const direct = new Set(
    ['NOM-', 'PRM-', 'PHN-', 'VEH-'].flatMap((prefix) => linked(snapshot, row.ref, prefix)),
  );
  const subjects = entries(row, 'subjects', ';').map((subject) => subject.toLowerCase());
  if (subjects.length > 0) {
    for (const [name, refs] of namesOf(snapshot)) {
      if (subjects.some((subject) => subject === name || subject.startsWith(`${name},`))) {
        for (const ref of refs) direct.add(ref);
      }
    }
  }
  const targets = rowsOf(snapshot, 'targets').filter((target) => direct.has(text(target, 'subject') ?? ''));
  return [...direct, ...targets.map(({ ref }) => ref)];
}

const knownNames = new WeakMap<Snapshot, ReadonlyMap<string, readonly string[]>>();

/** What the records of the snapshot are called, in lower case, with their references. */
function namesOf(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const known = knownNames.get(snapshot);
  if (known !== undefined) return known;
  const fields = [
    ['people', 'name'],
    ['premises', 'address'],
    ['phones', 'number'],
    ['vehicles', 'vrm'],
    ['lines', 'name'],
  ] as const;
  const names = new Map<string, string[]>();
  for (const [grid, field] of fields) {
    for (const row of rowsOf(snapshot, grid)) {
      const name = text(row, field)?.toLowerCase();
      if (name !== undefined && name.length > 3) names.set(name, [...(names.get(name) ?? []), row.ref]);
    }
  }
  knownNames.set(snapshot, names);
  return names;
}

/** Words of a reporter's name that could give them away: not ranks, not numbers. */
function surnamesOf(officer: string | null): string[] {
  return (officer ?? '')
    .split(/[\s,;/]+/)
    .filter(
      (word) => /^\p{Lu}[\p{L}'-]{2,}$/u.test(word) && !/^(?:PCSO|Insp|Sgt|Det|Supt|Chief)$/i.test(word),
    );
}

function periodOf(row: SnapshotRow): string | null {
  const from = text(row, 'infoFrom');
  const to = text(row, 'infoTo');
  if (from === null) return to === null ? null : `to ${formatDate(to)}`;
  return to === null || to === from ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`;
}

function buildHeader(
  database: ReadDatabase,
  request: PackRequest,
  operation: SnapshotRow | undefined,
  team: SnapshotRow | undefined,
  markings: readonly (string | null)[],
): PackHeader {
  const strike = text(team, 'strikeAt') ?? text(operation, 'strike');
  const changed = get<{ at: string }>(
    database,
    `SELECT at FROM journal WHERE operation IN ('collection', 'alteration', 'combination', 'erasure')
     ORDER BY seq DESC LIMIT 1`,
  );
  const own = label(operation, 'marking', 'marking') ?? 'OFFICIAL-SENSITIVE';
  // The marking of a document is that of its most sensitive part; it is raised, never lowered.
  const raised =
    parseMarking(own).marking === 'OFFICIAL' && highestMarking(markings) === 'OFFICIAL-SENSITIVE';
  return {
    operation: text(operation, 'name') ?? 'Operation not named',
    reference: null,
    force: text(operation, 'force'),
    marking: raised ? 'OFFICIAL-SENSITIVE' : own,
    version: request.version,
    copy: request.copy,
    recipient: request.recipient.trim(),
    reason: request.reason.trim(),
    preparedBy: request.user,
    preparedAt: request.now,
    dataAsAt: changed?.at ?? request.now,
    strikeDate: strike?.slice(0, 10) ?? null,
    strikeTime: strike !== null && strike.length >= 16 ? strike.slice(11, 16) : null,
    destroyBy: request.destroyBy ?? null,
    team: team === undefined ? null : (text(team, 'name') ?? team.ref),
  };
}

/** The sections with their facts filled in as the plan is now; a marking of its own stands in the heading. */
function briefingRows(database: ReadDatabase, moment: Moment): BriefingRow[] {
  return readBriefing(database, moment).sections.flatMap((section) =>
    section.text === ''
      ? []
      : [
          {
            ref: section.key,
            heading: section.marking ? `${section.title} (${section.marking})` : section.title,
            text: section.filled,
          },
        ],
  );
}

function readFindings(database: ReadDatabase, moment: Moment): PackFinding[] {
  return checkReadiness(database, moment).findings.map(
    ({ severity, rule, refs, message, mend, accepted }) => ({
      severity,
      rule,
      refs,
      message,
      mend: accepted ? `Accepted by ${accepted.by}: ${accepted.reason}` : mend,
    }),
  );
}

function readPhotographs(database: ReadDatabase): PhotographsByRef {
  const rows = all<{ id: number; grid: GridName; row_id: number; taken_on: string | null }>(
    database,
    `SELECT id, grid, row_id, taken_on FROM photograph WHERE standing = 1
     ORDER BY coalesce(taken_on, '') DESC, id DESC`,
  );
  const photographs = new Map<string, RowPhotograph[]>();
  for (const { id, grid, row_id, taken_on } of rows) {
    const ref = `${grids[grid].prefix}-${row_id}`;
    const entry = { id: `photograph-${id}`, takenOn: taken_on };
    const known = photographs.get(ref);
    if (known === undefined) photographs.set(ref, [entry]);
    else if (grid === 'premises' && known.length < 2) known.push(entry);
  }
  return photographs;
}

function listPhotographs(
  snapshot: Snapshot,
  photographs: PhotographsByRef,
  records: readonly SnapshotRow[],
): PackPhotograph[] {
  return records.flatMap(({ ref }) =>
    (photographs.get(ref) ?? []).map(({ id, takenOn }) => ({
      id,
      alt: `Photograph: ${nameOf(snapshot, ref) ?? ref}`,
      takenOn,
    })),
  );
}

function readPhotographBytes(
  database: ReadDatabase,
  photographs: readonly PackPhotograph[],
): PackPhotographs {
  const bytes = new Map<string, Uint8Array>();
  for (const { id } of photographs) {
    const row = get<{ bytes: Buffer }>(
      database,
      'SELECT bytes FROM photograph WHERE id = ?',
      Number(id.slice('photograph-'.length)),
    );
    if (row !== undefined) bytes.set(id, row.bytes);
  }
  return bytes;
}

function rowsOf(snapshot: Snapshot, grid: GridName): readonly SnapshotRow[] {
  return snapshot.rows.get(grid) ?? [];
}

/** The day of a moment in the United Kingdom, ISO. */
function dayInLondon(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment.slice(0, 10);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(at);
}
