/** What a chart writes beside a record: its name, what tells it from others, and what must be known of it first. */
import type { ChartKind, ChartNode } from '../../../../shared/contract/areas/chart.ts';
import { formatDate } from '../../../../shared/domain/dates.ts';
import type { Row } from '../../../../shared/domain/readiness/facts.ts';
import { saysPresent, textOf } from '../../../../shared/domain/readiness/facts.ts';
import {
  isChildOn,
  type ProtectionReason,
  whyProtected,
} from '../../../../shared/domain/readiness/protection.ts';
import { findColumn, grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import { labelOf as labelOfCode } from '../../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { columnExpression } from '../../database/queries/expressions.ts';
import { readLabels } from '../../database/queries/rows.ts';
import { all, identifier } from '../../database/sql.ts';

export type Described = Pick<
  ChartNode,
  'ref' | 'kind' | 'label' | 'sub' | 'sign' | 'isChild' | 'grades' | 'rows'
>;

/** Fields that are read of each kind. */
const fieldsOf: Readonly<Record<ChartKind, readonly string[]>> = {
  people: ['dob', 'dobText', 'age', 'role', 'category', 'victimStatus', 'adultAtRisk'],
  phones: ['subscriber', 'attribution', 'network'],
  premises: ['postcode', 'children', 'vulnerableAdults', 'cuckooed'],
  vehicles: ['colour', 'make', 'model'],
  lines: ['status', 'importingArea'],
  groups: ['area'],
  targets: ['objective'],
  warrants: ['power', 'status'],
  safeguarding: ['concern'],
  intelligence: ['reportDate', 'grade'],
  custody: ['name', 'arrestedAt'],
  referrals: ['name', 'date'],
  crimes: ['type', 'date'],
  arrests: ['arrestedAt'],
  seizures: ['seizedAt'],
};

const subAtMost = 60;

/** The records that there are, by reference, in no order. */
export function describeNodes(
  database: ReadDatabase,
  refs: Iterable<string>,
  moment: Moment,
): Map<string, Described> {
  const byKind = new Map<ChartKind, number[]>();
  for (const ref of refs) {
    const found = parseRef(ref);
    if (!found || !Object.hasOwn(fieldsOf, found.grid.name)) continue;
    const kind = found.grid.name as ChartKind;
    const ids = byKind.get(kind);
    if (ids) ids.push(found.id);
    else byKind.set(kind, [found.id]);
  }
  const described = new Map<string, Described>();
  const day = (moment.strike ?? moment.today).slice(0, 10);
  for (const [kind, ids] of byKind) {
    const rows = readRows(database, kind, ids, moment);
    const labels = readLabels(
      database,
      rows.map(({ ref }) => ref),
    );
    const grades = readGrades(database, kind, ids);
    const referred = kind === 'people' ? readReferred(database, ids) : new Set<number>();
    for (const row of rows) {
      const { ref } = row;
      described.set(ref, {
        ref,
        kind,
        label: labels[ref] ?? ref,
        sub: subOf(kind, row),
        sign:
          kind === 'people'
            ? personSign(row, day, referred.has(parseRef(ref)?.id ?? 0))
            : kind === 'premises'
              ? placeSign(row)
              : null,
        isChild: kind === 'people' && isChildOn(row, day),
        grades: grades.get(ref) ?? [],
        rows: Number(row.sources ?? 0),
      });
    }
  }
  return described;
}

function readRows(database: ReadDatabase, kind: ChartKind, ids: readonly number[], moment: Moment): Row[] {
  const grid = grids[kind];
  const columns = fieldsOf[kind].flatMap((field) => findColumn(grid, field) ?? []);
  const list = columns.map((column) => `${columnExpression(grid, column, moment)} AS "${column.field}"`);
  return all<Record<string, CellValue> & { id: number }>(
    database,
    `SELECT t.id AS id, t.sources AS sources, ${list.join(', ')} FROM ${identifier(grid.table)} AS t
     WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id`,
    JSON.stringify(ids),
  ).map(({ id, ...values }) => ({ ...values, ref: makeRef(kind, id) }));
}

/** Grades of the rows behind each record: a grade stands in the report, and counts for whoever is in its row. */
function readGrades(
  database: ReadDatabase,
  kind: ChartKind,
  ids: readonly number[],
): ReadonlyMap<string, string[]> {
  const grades = new Map<string, string[]>();
  for (const { id, grade } of all<{ id: number; grade: string }>(
    database,
    `SELECT DISTINCT own.row_id AS id, graded.grade AS grade
     FROM record_now own JOIN record graded ON graded.evidence_id = own.evidence_id
     WHERE own.grid = ? AND graded.grade IS NOT NULL AND own.row_id IN (SELECT value FROM json_each(?))
     ORDER BY 1, 2`,
    kind,
    JSON.stringify(ids),
  )) {
    const ref = makeRef(kind, id);
    grades.set(ref, [...(grades.get(ref) ?? []), grade]);
  }
  return grades;
}

function subOf(kind: ChartKind, row: Row): string | null {
  const words = fieldsOf[kind].map((field) => textOf(row, field));
  const said = (...parts: string[]): string | null => {
    const text = parts.filter((part) => part !== '').join(', ');
    if (text === '') return null;
    return text.length > subAtMost ? `${text.slice(0, subAtMost - 1)}…` : text;
  };
  const [first = '', second = '', third = ''] = words;
  if (kind === 'people') {
    const role = textOf(row, 'role');
    const born = textOf(row, 'dob');
    return said(born ? `born ${formatDate(born)}` : second, role ? labelOfCode('role', role) : '');
  }
  if (kind === 'phones') return said(first || second || third);
  if (kind === 'vehicles') return said([first, second, third].filter((word) => word !== '').join(' '));
  if (kind === 'lines') return said(first ? labelOfCode('lineStatus', first) : '', second);
  if (kind === 'warrants')
    return said(first ? labelOfCode('power', first) : '', second ? labelOfCode('warrantStatus', second) : '');
  if (kind === 'intelligence') return said(first ? formatDate(first) : '', second);
  if (kind === 'custody' || kind === 'referrals') return said(first, second ? formatDate(second) : '');
  if (kind === 'crimes') return said(first, second ? formatDate(second) : '');
  if (kind === 'arrests' || kind === 'seizures') return said(first ? formatDate(first) : '');
  return said(kind === 'targets' && first !== '' ? labelOfCode('objective', first) : first);
}

/** In words that come before anything else that is said of the person. */
function personSign(row: Row, day: string, isReferred: boolean): string | null {
  const status = textOf(row, 'victimStatus');
  const words: Readonly<Record<ProtectionReason, string>> = {
    child: typeof row.age === 'number' ? `child, ${row.age}` : 'may be a child',
    victim:
      status === 'confirmed-victim'
        ? 'confirmed victim'
        : ['potential-victim', 'reasonable-grounds'].includes(status)
          ? 'potential victim'
          : 'victim',
    exploited: labelOfCode('role', textOf(row, 'role')).toLowerCase(),
    'at-risk': textOf(row, 'adultAtRisk') === 'yes' ? 'adult at risk' : 'adult at risk suspected',
    referred: 'referred by a partner',
  };
  // A role that says the same as the age or the status is not said twice.
  const why = whyProtected(row, day, isReferred).filter(
    (reason, _, all) =>
      all.length === 1 || reason === all[0] || (reason !== 'exploited' && reason !== 'referred'),
  );
  const text = why.map((reason) => words[reason]).join('; ');
  return text === '' ? null : text.charAt(0).toUpperCase() + text.slice(1);
}

/** People whom a referral of a partner is about. */
function readReferred(database: ReadDatabase, ids: readonly number[]): ReadonlySet<number> {
  return new Set(
    all<{ id: number }>(
      database,
      `WITH wanted AS MATERIALIZED (SELECT value AS id FROM json_each(?))
       SELECT wanted.id FROM wanted CROSS JOIN link ON b_grid = 'people' AND b_id = wanted.id AND a_grid = 'referrals'
       UNION SELECT wanted.id FROM wanted CROSS JOIN link ON a_grid = 'people' AND a_id = wanted.id AND b_grid = 'referrals'`,
      JSON.stringify(ids),
    ).map(({ id }) => id),
  );
}

function placeSign(row: Row): string | null {
  const cuckooed = textOf(row, 'cuckooed');
  if (cuckooed === 'yes') return 'Cuckooed';
  if (cuckooed === 'suspected') return 'Cuckooing suspected';
  if (saysPresent(textOf(row, 'children'))) return 'Children there';
  if (saysPresent(textOf(row, 'vulnerableAdults'))) return 'Vulnerable adult there';
  return null;
}
