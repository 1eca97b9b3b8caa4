/** Links that records of the plan hold in their own fields: the number of a line, its holders, the members of a group. */
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, columnName, identifier } from '../../database/sql.ts';

/** One field of one record that names another, or two fields that stand in one record. */
export interface PlanLink {
  from: string;
  to: string;
  /** What the one is to the other, as a chart would write it. */
  relation: string;
  /** The record that says so. */
  record: string;
  /** ISO day or date and time, where the record gives one. */
  first: string | null;
  last: string | null;
  /** What is meant to be done there, not what was seen: a target, a warrant. */
  isPlanned: boolean;
}

interface Saying {
  grid: GridName;
  /** Field of the one end; the record itself where there is none. */
  from?: string;
  to: string;
  relation: string;
  first?: string;
  last?: string;
  isPlanned?: true;
}

const sayings: readonly Saying[] = [
  { grid: 'lines', to: 'phone', relation: 'number of the line' },
  {
    grid: 'lineNumbers',
    from: 'line',
    to: 'phone',
    relation: 'number of the line',
    first: 'usedFrom',
    last: 'usedTo',
  },
  { grid: 'lines', to: 'holder', relation: 'holder of the line' },
  { grid: 'lines', to: 'holders', relation: 'holder of the line' },
  { grid: 'lines', to: 'vehicles', relation: 'vehicle of the line' },
  { grid: 'lines', to: 'cuckooedPremises', relation: 'cuckooed by the line' },
  { grid: 'lines', to: 'crimeGroup', relation: 'group of the line' },
  { grid: 'groups', to: 'members', relation: 'member' },
  { grid: 'arrests', from: 'person', to: 'premises', relation: 'arrested there', first: 'arrestedAt' },
  { grid: 'seizures', from: 'person', to: 'premises', relation: 'seized from there' },
  { grid: 'warrants', from: 'person', to: 'premises', relation: 'named in one warrant', isPlanned: true },
  { grid: 'targets', from: 'subject', to: 'premises', relation: 'target there', isPlanned: true },
];

/** Records of the plan with what they are about: for pictures that show the record itself beside people and places. */
const ofRecords: readonly Saying[] = [
  { grid: 'targets', to: 'subject', relation: 'target', isPlanned: true },
  { grid: 'targets', to: 'premises', relation: 'target at', isPlanned: true },
  { grid: 'targets', to: 'warrant', relation: 'warrant for the target', isPlanned: true },
  { grid: 'warrants', to: 'premises', relation: 'premises of the warrant', isPlanned: true },
  { grid: 'warrants', to: 'person', relation: 'person of the warrant', isPlanned: true },
  { grid: 'safeguarding', to: 'subject', relation: 'safeguarding plan for' },
  { grid: 'arrests', to: 'person', relation: 'arrest of', first: 'arrestedAt' },
  { grid: 'seizures', to: 'person', relation: 'seized from', first: 'seizedAt' },
  { grid: 'seizures', to: 'premises', relation: 'seized at', first: 'seizedAt' },
];

const refsIn = (text: string | null): string[] =>
  (text ?? '').split(',').flatMap((part) => {
    const found = parseRef(part);
    return found ? [makeRef(found.grid.name, found.id)] : [];
  });

/** Links of records of the plan with the people and places that they are about. */
export function readRecordLinks(database: ReadDatabase): PlanLink[] {
  return ofRecords.flatMap((saying) => readSaying(database, saying));
}

/** Every link of the plan, in the order of its records. */
export function readPlanLinks(database: ReadDatabase): PlanLink[] {
  return sayings.flatMap((saying) => readSaying(database, saying));
}

function readSaying(database: ReadDatabase, saying: Saying): PlanLink[] {
  const { grid, relation } = saying;
  const column = (field: string | undefined) =>
    field === undefined ? 'NULL' : identifier(columnName(field));
  const rows = all<{
    id: number;
    from: string | null;
    to: string;
    first: string | null;
    last: string | null;
  }>(
    database,
    `SELECT id, ${column(saying.from)} AS "from", ${column(saying.to)} AS "to",
       ${column(saying.first)} AS first, ${column(saying.last)} AS last
     FROM ${identifier(grids[grid].table)} WHERE ${column(saying.to)} IS NOT NULL ORDER BY id`,
  );
  return rows.flatMap((row) => {
    const record = makeRef(grid, row.id);
    const ends = saying.from === undefined ? [record] : refsIn(row.from);
    return ends.flatMap((from) =>
      refsIn(row.to)
        .filter((to) => to !== from)
        .map((to) => ({
          from,
          to,
          relation,
          record,
          first: row.first,
          last: row.last,
          isPlanned: saying.isPlanned === true,
        })),
    );
  });
}
