/** Everything about one record on one screen: what stands beside it, whoever names it, and what must be told first. */
import type { Dossier } from '../../../shared/contract/planSchemas.ts';
import { saysPresent } from '../../../shared/domain/readiness/facts.ts';
import { isChildOn } from '../../../shared/domain/readiness/protection.ts';
import { grids, makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue, GridRow } from '../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../shared/grid/types.ts';
import { labelOf as labelOfCode } from '../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import {
  labelOf,
  mentionedRefs,
  readLabels,
  readRow,
  rowExists,
  selectList,
  toGridRow,
} from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';
import { namedBy, naming, put, relatedTo } from './related.ts';

const maximumRows = 200;

/** In the order in which a reader of a premises or a person asks for them. */
const sectionOrder: readonly GridName[] = [
  'people',
  'safeguarding',
  'targets',
  'warrants',
  'teams',
  'premises',
  'intelligence',
  'referrals',
  'custody',
  'lines',
  'lineNumbers',
  'groups',
  'phones',
  'vehicles',
  'crimes',
  'arrests',
  'results',
  'seizures',
  'outcomes',
  'officers',
  'actions',
  'decisions',
  'commanders',
  'communications',
];

/** Columns worth a place in a section: what the grid shows by itself. */
function shownFields(grid: Grid): string[] {
  return grid.columns
    .filter(
      (column) =>
        !column.hidden && !column.restricted && column.field !== 'sources' && column.field !== 'conflicts',
    )
    .map((column) => column.field);
}

function readSection(
  database: ReadDatabase,
  name: GridName,
  ids: ReadonlySet<number>,
  moment: Moment,
): Dossier['sections'][number] {
  const grid = grids[name];
  const wanted = [...ids].sort((a, b) => a - b);
  const some = wanted.slice(0, maximumRows);
  const rows = all<Record<string, CellValue>>(
    database,
    `SELECT ${selectList(grid, moment)} FROM ${identifier(grid.table)} AS t WHERE t.id IN (${some.map(() => '?').join(', ')}) ORDER BY t.id`,
    ...some,
  ).map((row) => toGridRow(grid, row));
  return { title: grid.title, grid: name, fields: shownFields(grid), rows, total: wanted.length };
}

type Alert = Dossier['alerts'][number];

const text = (row: GridRow, field: string) => {
  const value = row[field];
  return value === null || value === undefined ? '' : String(value);
};

function personAlerts(row: GridRow, day: string): Alert[] {
  const alerts: Alert[] = [];
  const say = (severity: Alert['severity'], words: string) => {
    alerts.push({ severity, text: words, refs: [row.ref] });
  };
  if (typeof row.age === 'number' && row.age < 18) say('blocker', `Child: ${row.age} on the day`);
  else if (isChildOn(row, day))
    say(
      'blocker',
      text(row, 'dobText') ? `May be a child: born ${text(row, 'dobText')}, as written` : 'May be a child',
    );
  const risk = text(row, 'adultAtRisk');
  if (risk === 'yes' || risk === 'suspected')
    say('blocker', risk === 'yes' ? 'Adult at risk' : 'Adult at risk suspected');
  const status = text(row, 'victimStatus');
  if (['potential-victim', 'reasonable-grounds', 'confirmed-victim'].includes(status))
    say('blocker', `${labelOfCode('victimStatus', status)}: a victim first`);
  else if (text(row, 'category').split(',').includes('victim')) say('blocker', 'Recorded as a victim');
  if (text(row, 'markers')) say('warning', `Warning markers: ${text(row, 'markers')}`);
  if (text(row, 'wanted')) say('note', text(row, 'wanted'));
  return alerts;
}

function premisesAlerts(row: GridRow): Alert[] {
  const alerts: Alert[] = [];
  const say = (severity: Alert['severity'], words: string) => {
    alerts.push({ severity, text: words, refs: [row.ref] });
  };
  if (saysPresent(text(row, 'children'))) say('blocker', `Children: ${text(row, 'children')}`);
  if (saysPresent(text(row, 'vulnerableAdults')))
    say('blocker', `Vulnerable adults: ${text(row, 'vulnerableAdults')}`);
  const cuckooed = text(row, 'cuckooed');
  if (cuckooed === 'yes' || cuckooed === 'suspected')
    say(
      'blocker',
      `${cuckooed === 'yes' ? 'Cuckooed' : 'Cuckooing suspected'}: the tenant is a victim first`,
    );
  for (const [field, title] of [
    ['firearms', 'Firearms'],
    ['dogs', 'Dogs'],
    ['hazards', 'Hazards'],
  ] as const)
    if (saysPresent(text(row, field))) say('warning', `${title}: ${text(row, field)}`);
  return alerts;
}

/** Records at which children and vulnerable people among those beside them are told first. */
const peopleMatterTo: ReadonlySet<GridName> = new Set(['premises', 'lines', 'teams', 'targets', 'warrants']);
const placesMatterTo: ReadonlySet<GridName> = new Set(['teams', 'targets', 'warrants', 'results']);

/** Without findings and clocks, which the plan works out. The row must exist. */
export function readDossier(
  database: ReadDatabase,
  name: GridName,
  id: number,
  moment: Moment,
): Omit<Dossier, 'findings' | 'clocks'> {
  const grid = grids[name];
  const ref = makeRef(name, id);
  const row = readRow(database, name, id, moment);
  const day = (moment.strike ?? moment.today).slice(0, 10);
  const found = relatedTo(database, grid, row, moment);
  // Safeguarding and targets of the people at a place belong on the page of the place.
  const people = [...(found.get('people') ?? [])].map((person) => makeRef('people', person));
  if (name === 'premises') naming(database, people, ['safeguarding', 'targets'], moment, found);
  // A team's places and people are those of its targets.
  if (name === 'teams') {
    for (const target of [...(found.get('targets') ?? [])])
      if (rowExists(database, 'targets', target))
        namedBy(grids.targets, readRow(database, 'targets', target, moment), found);
  }
  if (name === 'phones') {
    const latest = (column: string) =>
      `SELECT id, start FROM (SELECT id, start FROM communication WHERE ${column} = ? ORDER BY start DESC LIMIT 50)`;
    const calls = all<{ id: number }>(
      database,
      `${latest('a_phone')} UNION ${latest('b_phone')} ORDER BY 2 DESC LIMIT 50`,
      id,
      id,
    );
    for (const call of calls) put(found, 'communications', call.id);
  }
  found.get(name)?.delete(id);
  const sections = sectionOrder.flatMap((each) => {
    const ids = new Set([...(found.get(each) ?? [])].filter((one) => rowExists(database, each, one)));
    return ids.size > 0 ? [readSection(database, each, ids, moment)] : [];
  });
  const rowsOf = (each: GridName) => sections.find((section) => section.grid === each)?.rows ?? [];
  const named = (words: string, alerts: readonly Alert[]) =>
    alerts
      .filter((alert) => alert.severity === 'blocker')
      .map((alert) => ({ ...alert, text: `${words}: ${alert.text}` }));
  const alerts = [
    ...(name === 'people' ? personAlerts(row, day) : name === 'premises' ? premisesAlerts(row) : []),
    ...(peopleMatterTo.has(name)
      ? rowsOf('people').flatMap((person) =>
          named(text(person, 'name') || person.ref, personAlerts(person, day)),
        )
      : []),
    ...(placesMatterTo.has(name)
      ? rowsOf('premises').flatMap((place) =>
          named(text(place, 'address') || place.ref, premisesAlerts(place)),
        )
      : []),
  ];
  const refs = [
    ...mentionedRefs(grid, [row]),
    ...sections.flatMap((section) => [
      ...section.rows.map((each) => each.ref),
      ...mentionedRefs(grids[section.grid], section.rows),
    ]),
  ];
  return {
    ref,
    grid: name,
    label: labelOf(grid, { ...row, ref }),
    row,
    alerts,
    sections,
    photographs: all<{ id: number; takenOn: string | null; caption: string | null }>(
      database,
      'SELECT id, taken_on AS takenOn, caption FROM photograph WHERE grid = ? AND row_id = ? AND standing = 1 ORDER BY taken_on DESC, id DESC',
      name,
      id,
    ).map((photograph) => ({ ...photograph, id: String(photograph.id) })),
    labels: readLabels(database, [ref, ...refs]),
  };
}
