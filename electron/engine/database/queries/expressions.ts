/**
 * How each column of a grid is written in SQL. Most are a column of the grid's table; the rest, the
 * derived ones, are listed here. Screen, command line and packs all read through these expressions.
 */
import type { Column, Grid, GridName } from '../../../../shared/grid/types.ts';
import { warrantStateColumns } from '../../plan/warrantState.ts';
import { columnName, identifier } from '../sql.ts';

/** Values that expressions may name as parameters. */
export interface Moment {
  /** Strike of the operation, ISO, or null. */
  strike: string | null;
  today: string;
  /** Local date and time of the United Kingdom, where periods of hours are asked for. */
  now?: string;
  /** Numbers of the issued packs whose contents have changed since; asked only where they are shown. */
  stalePacks?: () => Iterable<number>;
}

/** A quoted SQL literal of a checked ISO date or time; anything else becomes NULL. */
function isoLiteral(value: string | null): string {
  return value !== null && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/.test(value) ? `'${value}'` : 'NULL';
}

const linked = (own: GridName, other: GridName) =>
  `(SELECT group_concat(ref, ',') FROM (
     SELECT ref_of('${other}', b_id) AS ref FROM link WHERE a_grid = '${own}' AND a_id = t.id AND b_grid = '${other}'
     UNION SELECT ref_of('${other}', a_id) FROM link WHERE b_grid = '${own}' AND b_id = t.id AND a_grid = '${other}'
     ORDER BY 1))`;

const asTime = (expression: string) => `strftime('%Y-%m-%dT%H:%M:%S', ${expression}, 'unixepoch')`;

const phoneNumber = (column: string) => `(SELECT number FROM phone WHERE phone.id = t.${column})`;

/** Columns of call data whose texts are kept once, in `call_text`: by grid and field, the column with the number. */
export const codedColumns: Readonly<Record<string, string>> = {
  'communications.type': 't.type',
  'communications.direction': 't.direction',
  'communications.cellStart': 't.cell_start',
  'communications.cellEnd': 't.cell_end',
  'communications.cellName': 't.cell_name',
};

/** The text of a number of `call_text`. */
export const codedText = (code: string) => `(SELECT value FROM call_text WHERE call_text.id = ${code})`;

/** Fifteen digits that are kept as a number. */
const fifteenDigits = (column: string) =>
  `CASE typeof(${column}) WHEN 'integer' THEN printf('%015d', ${column}) ELSE ${column} END`;

const photoDate = (grid: string, id: string) =>
  `(SELECT max(coalesce(taken_on, '')) FROM photograph WHERE grid = '${grid}' AND row_id = ${id} AND standing = 1)`;

const derived: Record<string, (moment: Moment) => string> = {
  'people.age': (moment) => `age_on(t.dob, ${isoLiteral(moment.strike ?? moment.today)})`,
  'people.phones': () => linked('people', 'phones'),
  'people.premises': () => linked('people', 'premises'),
  'people.vehicles': () => linked('people', 'vehicles'),
  'people.photoDate': () => photoDate('people', 't.id'),
  'phones.people': () => linked('phones', 'people'),
  'phones.firstSeen': () => asTime('t.first_seen'),
  'phones.lastSeen': () => asTime('t.last_seen'),
  'premises.people': () => linked('premises', 'people'),
  'vehicles.people': () => linked('vehicles', 'people'),
  'communications.start': () => asTime('t.start'),
  'communications.aNumber': () => phoneNumber('a_phone'),
  'communications.bNumber': () => phoneNumber('b_phone'),
  'communications.imei': () => fifteenDigits('t.imei'),
  'communications.imsi': () => fifteenDigits('t.imsi'),
  'warrants.validUntil': () => 'warrant_valid_until(t.power, t.issued)',
  'warrants.state': (moment) =>
    `warrant_state(${warrantStateColumns.map((name) => `t.${name}`).join(', ')}, ${isoLiteral(moment.strike)}, ${isoLiteral(moment.today)})`,
  'targets.photoDate': () =>
    `CASE WHEN t.subject LIKE 'NOM-%' THEN ${photoDate('people', 'row_of(t.subject)')} END`,
  'targets.riskScore': () => 't.harm * t.likelihood',
  // The bands are the operation's own; without them a score has no band.
  'targets.riskBand': () =>
    `(SELECT CASE WHEN t.harm * t.likelihood >= o.risk_high_from THEN 'high'
        WHEN t.harm * t.likelihood >= o.risk_medium_from THEN 'medium'
        WHEN t.harm * t.likelihood IS NOT NULL AND o.risk_medium_from IS NOT NULL THEN 'low' END
      FROM operation o WHERE o.id = 1)`,
  'sources.import': () => "ref_of('imports', t.import)",
  'sources.sha256': () => '(SELECT sha256 FROM source_file WHERE source_file.id = t.file_id)',
  'packs.team': () => "nullif(t.team, '')",
  // Contents are compared outside SQL; without an answer no pack is called stale.
  'packs.stale': (moment) =>
    `CASE WHEN t.id IN (${[...(moment.stalePacks?.() ?? [])].map(Number).join(', ')}) THEN 'yes' ELSE 'no' END`,
};

/** The SQL of a column's value, over the grid's table under the name `t`. */
export function columnExpression(grid: Grid, column: Column, moment: Moment): string {
  const coded = codedColumns[`${grid.name}.${column.field}`];
  if (coded) return codedText(coded);
  const special = derived[`${grid.name}.${column.field}`];
  return special ? special(moment) : `t.${identifier(columnName(column.field))}`;
}

/** Columns whose stored form is seconds since 1970, with the SQL column that an index covers. */
const secondColumns: Record<string, string> = {
  'communications.start': 't.start',
  'phones.firstSeen': 't.first_seen',
  'phones.lastSeen': 't.last_seen',
};

/** What to sort and compare by, where it is not the shown value itself. */
export function sortExpression(
  grid: Grid,
  column: Column,
  moment: Moment,
): { sql: string; seconds: boolean } {
  const seconds = secondColumns[`${grid.name}.${column.field}`];
  if (seconds) return { sql: seconds, seconds: true };
  return { sql: columnExpression(grid, column, moment), seconds: false };
}

/** Seconds since 1970 of an ISO date or time without zone, or null. */
export function secondsOf(iso: string): number | null {
  const time = Date.parse(`${iso.length === 10 ? `${iso}T00:00:00` : iso}Z`);
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}
