import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WithheldReason } from '../../../shared/packs/packData.ts';
import {
  type Audience,
  countWithheld,
  type ReleaseDecisions,
  ruleOnRelease,
} from '../../../shared/packs/release.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all } from '../database/sql.ts';
import { recordIdsOf } from '../entities/groups.ts';
import { readManual } from '../entities/materialise.ts';

export interface WithheldItems {
  /** References of the intelligence items that stay, and of the records that rest on such items alone. */
  readonly refs: ReadonlySet<string>;
  /** Rows of evidence that say nothing but what those items say. */
  readonly evidence: ReadonlySet<number>;
  readonly counts: readonly { readonly reason: string; readonly count: number }[];
}

/** Tables are for tools: nobody decides item by item, and what needs a decision stays. */
const ofTables: Audience = { readers: 'police', conditional: 'never', ceiling: 'OFFICIAL-SENSITIVE' };

/**
 * The intelligence items that may not leave for these readers, in a table unless others are named. Links and records
 * that rest on such items alone stay with them.
 */
export function readWithheldItems(
  database: ReadDatabase,
  audience: Audience = ofTables,
  decisions: ReleaseDecisions = { items: [] },
): WithheldItems {
  const items = all<{ id: number; grade: string; conditions: string; marking: string; needs: string }>(
    database,
    `SELECT id, grade, conditions, marking, needs_regrade AS needs FROM intelligence ORDER BY id`,
  );
  const refs = new Set<string>();
  const ids: number[] = [];
  const counts = new Map<WithheldReason, number>();
  for (const item of items) {
    const ruling = ruleOnRelease(
      {
        ref: makeRef('intelligence', item.id),
        grade: item.grade,
        handling: null,
        conditions: item.conditions,
        marking: item.marking,
        needsRegrade: item.needs === 'yes',
        restricted: false,
      },
      decisions,
      audience,
    );
    if (ruling.released) continue;
    refs.add(makeRef('intelligence', item.id));
    ids.push(item.id);
    counts.set(ruling.reason, (counts.get(ruling.reason) ?? 0) + 1);
  }
  const list = JSON.stringify(ids);
  const evidence = all<{ id: number }>(
    database,
    `SELECT DISTINCT evidence_id AS id FROM record
     WHERE grid = 'intelligence' AND row_id IN (SELECT value FROM json_each(?))`,
    list,
  ).map(({ id }) => id);
  const resting = restingOn(database, evidence);
  for (const { grid, id } of resting) refs.add(makeRef(grid, id));
  return {
    refs,
    evidence: new Set(evidence),
    counts: [
      ...countWithheld(counts),
      ...(resting.length === 0 ? [] : [{ reason: 'rests on withheld intelligence', count: resting.length }]),
    ],
  };
}

/** Records of which no row of evidence but these speaks, and for which nobody entered anything. */
function restingOn(database: ReadDatabase, evidence: readonly number[]): { grid: GridName; id: number }[] {
  if (evidence.length === 0) return [];
  const held = new Set(evidence);
  return all<{ grid: GridName; id: number }>(
    database,
    `SELECT DISTINCT grid, row_id AS id FROM record_now
     WHERE evidence_id IN (SELECT value FROM json_each(?)) AND grid <> 'intelligence'`,
    JSON.stringify(evidence),
  ).filter(
    ({ grid, id }) =>
      readManual(database, grid, id).length === 0 &&
      all<{ evidence: number }>(
        database,
        'SELECT evidence_id AS evidence FROM record WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(recordIdsOf(database, grid, id)),
      ).every(({ evidence }) => held.has(evidence)),
  );
}
