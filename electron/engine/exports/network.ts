/**
 * Entities and links with identities, as link charts take them: who and what, how they are linked, by how many
 * rows of evidence, how those are graded, and how often and when numbers called each other.
 */
import { grids, makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { readCallLinks, readEvidenceLinks } from '../analysis/links/readLinks.ts';
import { addRow, isConfirmed, type Support } from '../analysis/links/support.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { labelOf } from '../database/queries/rows.ts';
import { all } from '../database/sql.ts';
import { cellOf, type Outward, phoneText, readPages, type Table, type TableCell } from './tables.ts';
import type { WithheldItems } from './withheldItems.ts';

/** Types of entities by the words that link charts use. */
const entityTypes = {
  people: 'Person',
  phones: 'Phone',
  premises: 'Location',
  vehicles: 'Vehicle',
  lines: 'Deal line',
  groups: 'Organisation',
} as const satisfies Partial<Record<GridName, string>>;

type EntityGrid = keyof typeof entityTypes;

/** Attributes of entities: heading, and the field that holds it for each type. */
const attributes: readonly (readonly [string, Partial<Record<EntityGrid, string>>])[] = [
  ['Date of birth', { people: 'dob' }],
  ['Also known as', { people: 'aliases', lines: 'aliases' }],
  ['Role', { people: 'role' }],
  ['Victim status', { people: 'victimStatus' }],
  ['Warnings', { people: 'markers', vehicles: 'markers' }],
  ['PNC ID', { people: 'pncId' }],
  ['Number', { phones: 'number' }],
  ['Postcode', { premises: 'postcode' }],
  ['Registration mark', { vehicles: 'vrm' }],
  ['Status', { phones: 'status', lines: 'status' }],
  ['Area', { lines: 'importingArea', groups: 'area' }],
];

/** Entities and links, the entities read once for both. */
export function networkTables(
  database: ReadDatabase,
  moment: Moment,
  withheld: WithheldItems,
  outward: Outward,
): readonly [entities: Table, links: Table] {
  const entities = [...entityPages(database, moment, withheld, outward)];
  const known = new Map(entities.flat().map((row) => [String(row[0]), row.slice(0, 3)] as const));
  const entityOf: EntityOf = (ref) => known.get(ref);
  return [
    {
      name: 'entities',
      title: 'Entities',
      headings: [
        'Identity',
        'Type',
        'Label',
        ...attributes.map(([heading]) => heading),
        'Grades',
        'Source rows',
      ],
      pages: () => entities,
    },
    {
      name: 'links',
      title: 'Links',
      headings: [
        'From identity',
        'From type',
        'From label',
        'Link',
        'To identity',
        'To type',
        'To label',
        'Direction',
        'First',
        'Last',
        'Strength',
        'Grades',
        'Source rows',
      ],
      pages: function* () {
        yield* evidencePages(database, withheld, entityOf, outward);
        yield* callPages(database, entityOf);
      },
    },
  ];
}

/** The entities that may be told, a page at a time. */
function* entityPages(
  database: ReadDatabase,
  moment: Moment,
  withheld: WithheldItems,
  outward: Outward,
): Generator<TableCell[][]> {
  for (const [name, type] of Object.entries(entityTypes) as [EntityGrid, string][]) {
    const grid = grids[name];
    const columns = attributes.map(([, fields]) => grid.columns.find(({ field }) => field === fields[name]));
    const support = recordSupport(database, name, withheld);
    for (const rows of readPages(database, grid, moment)) {
      yield rows
        .filter(({ ref }) => !withheld.refs.has(ref))
        .map((row) => {
          const label = labelOf(grid, row);
          const known = support.get(row.ref);
          return [
            row.ref,
            type,
            name === 'phones' ? phoneText(label) : outward(label),
            ...columns.map((column) =>
              column === undefined ? null : cellOf(column, row[column.field], outward),
            ),
            gradesOf(known),
            known?.rows ?? 0,
          ];
        });
    }
  }
}

type EntityOf = (ref: string) => readonly TableCell[] | undefined;

/** Links that rows of evidence hold, each pair and kind once. */
function* evidencePages(
  database: ReadDatabase,
  withheld: WithheldItems,
  entityOf: EntityOf,
  outward: Outward,
): Generator<TableCell[][]> {
  const rows: TableCell[][] = [];
  for (const { from, to, relation, support } of readEvidenceLinks(database, (row) =>
    withheld.evidence.has(row),
  )) {
    const [a, b] = [entityOf(from), entityOf(to)];
    if (a === undefined || b === undefined) continue;
    rows.push([
      ...a,
      relation === '' ? 'Linked' : outward(`${relation.charAt(0).toUpperCase()}${relation.slice(1)}`),
      ...b,
      'None',
      null,
      null,
      strengthOf(support),
      gradesOf(support),
      support.rows,
    ]);
  }
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000);
}

/** Calls and messages between two numbers: one link a direction, with the first and the last and how many. */
function* callPages(database: ReadDatabase, entityOf: EntityOf): Generator<TableCell[][]> {
  const rows = readCallLinks(database).flatMap(({ from, to, count, first, last }) => {
    const [a, b] = [entityOf(from), entityOf(to)];
    return a === undefined || b === undefined
      ? []
      : [[...a, 'Communication', ...b, 'From to', first, last, 'Confirmed', null, count]];
  });
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000);
}

/** What the records of a grid rest on; a record that only a person entered is not among them. */
function recordSupport(
  database: ReadDatabase,
  name: GridName,
  withheld: WithheldItems,
): ReadonlyMap<string, Support> {
  const support = new Map<string, Support>();
  const rows = all<{ id: number; evidence: number; grade: string | null }>(
    database,
    'SELECT row_id AS id, evidence_id AS evidence, grade FROM record_now WHERE grid = ?',
    name,
  );
  for (const { id, evidence, grade } of rows) {
    if (withheld.evidence.has(evidence)) continue;
    const ref = makeRef(name, id);
    support.set(ref, addRow(support.get(ref), grade));
  }
  return support;
}

function gradesOf(support: Support | undefined): string | null {
  return support === undefined || support.grades.size === 0 ? null : [...support.grades].sort().join('; ');
}

/** A link is confirmed by a report that is known directly or corroborated (A, B), else tentative (design). */
function strengthOf(support: Support): string | null {
  if (support.grades.size === 0) return null;
  return isConfirmed(support) ? 'Confirmed' : 'Tentative';
}
