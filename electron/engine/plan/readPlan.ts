/** The plan read from the database in one snapshot: for the rules as far as they need it, or with every column. */
import type { PlanFacts, Row } from '../../../shared/domain/readiness/facts.ts';
import { gridList, grids, makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { selectList, toGridRow } from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';
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
function readIntelligence(database: ReadDatabase, ids?: readonly number[]): Row[] {
  const among = (column: string) => (ids ? `AND ${column} IN (SELECT value FROM json_each(?))` : '');
  const asked = ids ? [JSON.stringify(ids)] : [];
  const about = new Map<number, string[]>();
  for (const link of all<{ item: number; grid: string; other: number }>(
    database,
    `SELECT a_id AS item, b_grid AS grid, b_id AS other FROM link
       WHERE a_grid = 'intelligence' ${among('a_id')}
     UNION SELECT b_id, a_grid, a_id FROM link WHERE b_grid = 'intelligence' ${among('b_id')}`,
    ...asked,
    ...asked,
  )) {
    const grid = gridList.find((each) => each.name === link.grid)?.name;
    const refs = about.get(link.item) ?? [];
    about.set(link.item, grid ? [...refs, makeRef(grid, link.other)] : refs);
  }
  return all<{ id: number }>(
    database,
    `SELECT id, grade, conditions, original_grade AS originalGrade, original_scheme AS originalScheme,
       report_date AS reportDate, info_to AS infoTo, subjects, source_ref AS sourceRef FROM intelligence
     WHERE 1 ${among('id')} ORDER BY id`,
    ...asked,
  ).map(({ id, ...row }) => ({
    ref: makeRef('intelligence', id),
    ...row,
    about: about.get(id)?.join(',') ?? null,
  }));
}

/** Fields that no rule reads: what is typed into them leaves every finding as it is. */
const unread: ReadonlySet<string> = new Set(['note']);

/** Rows of a grid without derived columns: each would cost a subquery for each row. */
function readForRules(
  database: ReadDatabase,
  name: GridName,
  moment: Moment,
  ids?: readonly number[],
): Row[] {
  const columns = grids[name].columns.filter((column) => !column.derived && !unread.has(column.field));
  const definition = { ...grids[name], columns };
  return all<Record<string, never>>(
    database,
    `SELECT ${selectList(definition, moment)} FROM ${identifier(definition.table)} AS t
     ${ids ? 'WHERE t.id IN (SELECT value FROM json_each(?))' : ''} ORDER BY t.id`,
    ...(ids ? [JSON.stringify(ids)] : []),
  ).map((row) => {
    const { revision: _, ...values } = toGridRow(definition, row);
    return values as Row;
  });
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
export function readPlanForRules(database: ReadDatabase, moment: Moment, kept?: PlanRows): PlanFacts {
  const readers: Partial<Record<GridName, ReadRows>> = {
    people: (ids) => readPeopleForRules(database, moment, ids),
    // Links of an item are changed by imports only, which leave nothing kept.
    intelligence: (ids) => readIntelligence(database, ids),
  };
  return gatherPlan(database, moment, (grid) => {
    const read = readers[grid] ?? ((ids) => readForRules(database, grid, moment, ids));
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
