/** The plan read from the database in one snapshot, and what the readiness rules find in it. */
import type { CheckReport, Finding, Overview } from '../../../shared/contract/schemas.ts';
import { acceptanceTest } from '../../../shared/domain/readiness/acceptance.ts';
import { checkPlan } from '../../../shared/domain/readiness/checkPlan.ts';
import type { PlanFacts, ReadinessFinding, Row } from '../../../shared/domain/readiness/facts.ts';
import { mendAction } from '../../../shared/domain/readiness/mends.ts';
import { gridList, grids } from '../../../shared/grid/grids.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { readLabels, selectList, toGridRow } from '../database/queries/rows.ts';
import { all, get, identifier } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { withAcceptances } from './acceptances.ts';
import type { PlanRows, ReadRows } from './planRows.ts';
import { readRefreshed } from './refreshed.ts';

/** Every row of a grid that the rules need. */
export function readRows(database: ReadDatabase, grid: GridName, moment: Moment): Row[] {
  const definition = grids[grid];
  return all<Record<string, never>>(
    database,
    `SELECT ${selectList(definition, moment)} FROM ${identifier(definition.table)} AS t ORDER BY t.id`,
  ).map((row) => toGridRow(definition, row) as Row);
}

/** Intelligence as the rules need it: no text, and the people, premises and lines that it is linked to. */
function readIntelligence(database: ReadDatabase): Row[] {
  const about = new Map<number, string[]>();
  for (const link of all<{ item: number; grid: string; other: number }>(
    database,
    `SELECT a_id AS item, b_grid AS grid, b_id AS other FROM link WHERE a_grid = 'intelligence'
     UNION SELECT b_id, a_grid, a_id FROM link WHERE b_grid = 'intelligence'`,
  )) {
    const prefix = gridList.find((grid) => grid.name === link.grid)?.prefix;
    const refs = about.get(link.item) ?? [];
    about.set(link.item, prefix ? [...refs, `${prefix}-${link.other}`] : refs);
  }
  return all<{ id: number }>(
    database,
    `SELECT id, grade, conditions, original_grade AS originalGrade, original_scheme AS originalScheme,
       report_date AS reportDate, info_to AS infoTo, subjects, source_ref AS sourceRef FROM intelligence ORDER BY id`,
  ).map(({ id, ...row }) => ({ ref: `INT-${id}`, ...row, about: about.get(id)?.join(',') ?? null }));
}

/** Rows of a grid without derived columns: each would cost a subquery for each row. */
function readForRules(
  database: ReadDatabase,
  name: GridName,
  moment: Moment,
  ids?: readonly number[],
): Row[] {
  const columns = grids[name].columns.filter((column) => !column.derived);
  const definition = { ...grids[name], columns };
  return all<Record<string, never>>(
    database,
    `SELECT ${selectList(definition, moment)} FROM ${identifier(definition.table)} AS t
     ${ids ? 'WHERE t.id IN (SELECT value FROM json_each(?))' : ''} ORDER BY t.id`,
    ...(ids ? [JSON.stringify(ids)] : []),
  ).map((row) => toGridRow(definition, row) as Row);
}

/** People with the two derived columns that rules ask for, each read in one go: addresses and newest photograph. */
function readPeopleForRules(database: ReadDatabase, moment: Moment, ids?: readonly number[]): Row[] {
  const among = (column: string) => (ids ? `AND ${column} IN (SELECT value FROM json_each(?))` : '');
  const asked = ids ? [JSON.stringify(ids)] : [];
  const premises = new Map<number, string>();
  for (const { person, place } of all<{ person: number; place: number }>(
    database,
    `SELECT a_id AS person, b_id AS place FROM link
       WHERE a_grid = 'people' AND b_grid = 'premises' ${among('a_id')}
     UNION SELECT b_id, a_id FROM link
       WHERE b_grid = 'people' AND a_grid = 'premises' ${among('b_id')} ORDER BY 1, 2`,
    ...asked,
    ...asked,
  )) {
    const known = premises.get(person);
    premises.set(person, known === undefined ? `PRM-${place}` : `${known},PRM-${place}`);
  }
  const photographs = new Map(
    all<{ person: number; date: string }>(
      database,
      `SELECT row_id AS person, max(coalesce(taken_on, '')) AS date FROM photograph
       WHERE grid = 'people' AND standing = 1 ${among('row_id')} GROUP BY row_id`,
      ...asked,
    ).map(({ person, date }) => [person, date]),
  );
  return readForRules(database, 'people', moment, ids).map((row) => {
    const id = Number(row.ref.slice('NOM-'.length));
    return { ...row, premises: premises.get(id) ?? null, photoDate: photographs.get(id) ?? null };
  });
}

/** The plan in one snapshot with every column. */
export function readPlan(database: ReadDatabase, moment: Moment): PlanFacts {
  return gatherPlan(database, moment, (grid) =>
    grid === 'intelligence' ? readIntelligence(database) : readRows(database, grid, moment),
  );
}

/** The plan in one snapshot as far as the rules need it; rows that are in `kept` are not read again. */
function readPlanForRules(database: ReadDatabase, moment: Moment, kept?: PlanRows): PlanFacts {
  const readers: Partial<Record<GridName, ReadRows>> = {
    people: (ids) => readPeopleForRules(database, moment, ids),
  };
  return gatherPlan(database, moment, (grid) => {
    const read = readers[grid] ?? ((ids) => readForRules(database, grid, moment, ids));
    // Links of an item change with rows of other grids, and there are few items.
    if (grid === 'intelligence') return readIntelligence(database);
    return kept ? kept.rowsOf(grid, read) : read();
  });
}

function gatherPlan(database: ReadDatabase, moment: Moment, read: (grid: GridName) => Row[]): PlanFacts {
  return {
    today: moment.today,
    now: moment.now ?? `${moment.today}T00:00:00`,
    operation: read('operation')[0] ?? { ref: 'OP-1' },
    people: read('people'),
    premises: read('premises'),
    warrants: read('warrants'),
    targets: read('targets'),
    teams: read('teams'),
    officers: read('officers'),
    safeguarding: read('safeguarding'),
    referrals: read('referrals'),
    intelligence: read('intelligence'),
    lines: read('lines'),
    seizures: read('seizures'),
    results: read('results'),
    arrests: read('arrests'),
    actions: read('actions'),
    refreshed: readRefreshed(database),
  };
}

/** What the rules found, and how a finding is completed: whether it may be set aside, was set aside, can be clicked. */
interface Found {
  findings: readonly ReadinessFinding[];
  complete(some: readonly ReadinessFinding[]): Finding[];
}

function findIn(database: ReadDatabase, moment: Moment, kept?: PlanRows): Found {
  const plan = database.transaction(() => readPlanForRules(database, moment, kept))();
  let test: ReturnType<typeof acceptanceTest> | undefined;
  return {
    findings: checkPlan(plan),
    complete(some) {
      if (some.length === 0) return [];
      test ??= acceptanceTest(plan);
      const mayBeAccepted = test;
      return withAcceptances(
        database,
        some.map((finding) => {
          const action = mendAction(finding);
          return { ...finding, acceptable: mayBeAccepted(finding), ...(action ? { action } : {}) };
        }),
      );
    },
  };
}

function reportOf(database: ReadDatabase, findings: Finding[]): CheckReport {
  return {
    ready: !findings.some((finding) => finding.severity === 'blocker' && !finding.accepted),
    findings,
    labels: readLabels(
      database,
      findings.flatMap((finding) => finding.refs),
    ),
  };
}

export function checkReadiness(database: ReadDatabase, moment: Moment): CheckReport {
  return database.transaction(() => {
    const found = findIn(database, moment);
    return reportOf(database, found.complete(found.findings));
  })();
}

/** What is worked out once per state of the plan: `caches` is emptied by every change. */
function cached<T>(session: Session, name: string, moment: Moment, work: () => T): T {
  // Periods of hours end within the day: an answer is kept for a minute of the clock at most.
  const key = `${name} ${(moment.now ?? moment.today).slice(0, 16)} ${moment.strike}`;
  const known = session.caches.get(key) as T | undefined;
  if (known !== undefined) return known;
  const answer = work();
  session.caches.set(key, answer);
  return answer;
}

const foundOf = (session: Session, moment: Moment): Found =>
  cached(session, 'found', moment, () => findIn(session.reader, moment, session.planRows));

/** The findings of the plan as it stands, without the labels of the records that they name. */
export function findingsOf(session: Session, moment: Moment): Finding[] {
  return cached(session, 'findings', moment, () => {
    const found = foundOf(session, moment);
    return found.complete(found.findings);
  });
}

/** Those that name one of `refs`: an edit tells at once what it causes, so the others are not completed for it. */
export function findingsAbout(session: Session, moment: Moment, refs: ReadonlySet<string>): Finding[] {
  const found = foundOf(session, moment);
  return found.complete(found.findings.filter((finding) => finding.refs.some((ref) => refs.has(ref))));
}

/** The report of the plan as it stands. */
export function readinessOf(session: Session, moment: Moment): CheckReport {
  return cached(session, 'readiness', moment, () => reportOf(session.reader, findingsOf(session, moment)));
}

export function countFindings(findings: readonly Finding[]): Overview['findings'] {
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity && !finding.accepted).length;
  return { blocker: count('blocker'), warning: count('warning'), note: count('note') };
}

export function countRows(database: ReadDatabase): { grid: GridName; count: number }[] {
  return gridList
    .filter((grid) => grid.name !== 'operation')
    .map((grid) => ({
      grid: grid.name,
      count:
        get<{ count: number }>(database, `SELECT count(*) AS count FROM ${identifier(grid.table)}`)?.count ??
        0,
    }));
}

/** What the first screen shows: counts, strike date, what is missing, the last imports and packs. */
export function readOverview(database: ReadDatabase, moment: Moment, findings: readonly Finding[]): Overview {
  const operation = readRows(database, 'operation', moment)[0];
  const counts = countRows(database);
  const none = (grid: GridName) => (counts.find((each) => each.grid === grid)?.count ?? 0) === 0;
  const missing: Overview['missing'] = [];
  if (none('imports'))
    missing.push({
      message: 'Nothing has been imported.',
      mend: 'Import the spreadsheets of the operation.',
      grid: 'imports',
    });
  if (!operation?.strike)
    missing.push({
      message: 'The strike date is not set.',
      mend: 'Set the date and time of the strike.',
      ref: 'OP-1',
    });
  if (!none('people') && none('targets'))
    missing.push({
      message: 'There are no targets.',
      mend: 'Make targets from people or premises.',
      grid: 'people',
    });
  if (!none('targets') && none('warrants'))
    missing.push({
      message: 'There are no warrants.',
      mend: 'Import or add the warrants.',
      grid: 'warrants',
    });
  if (!none('targets') && none('teams'))
    missing.push({ message: 'There are no teams.', mend: 'Add the teams and their leaders.', grid: 'teams' });
  const latest = (grid: GridName): GridRow[] =>
    all<Record<string, never>>(
      database,
      `SELECT ${selectList(grids[grid], moment)} FROM ${identifier(grids[grid].table)} AS t ORDER BY t.id DESC LIMIT 5`,
    ).map((row) => toGridRow(grids[grid], row));
  return {
    name: String(operation?.name ?? ''),
    marking: String(operation?.marking ?? ''),
    strike: (operation?.strike as string | null) ?? null,
    counts,
    missing,
    findings: countFindings(findings),
    lastImports: latest('imports'),
    lastPacks: latest('packs'),
  };
}
