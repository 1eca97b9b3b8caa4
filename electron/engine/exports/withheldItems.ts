import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WithheldReason } from '../../../shared/packs/packData.ts';
import { countWithheld, ruleOnRelease } from '../../../shared/packs/release.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all } from '../database/sql.ts';

export interface WithheldItems {
  /** References of the intelligence items that stay, and of the records that rest on such items alone. */
  readonly refs: ReadonlySet<string>;
  /** Rows of evidence that say nothing but what those items say. */
  readonly evidence: ReadonlySet<number>;
  readonly counts: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * The intelligence items that may not leave in a table: tables are for tools, so nobody decides item by item, and
 * what needs a decision stays. Links and records that rest on such items alone stay with them.
 */
export function readWithheldItems(database: ReadDatabase): WithheldItems {
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
      { items: [] },
      { readers: 'police', conditional: 'never', ceiling: 'OFFICIAL-SENSITIVE' },
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
  const resting = all<{ grid: GridName; id: number }>(
    database,
    `WITH held AS (SELECT value AS id FROM json_each(?))
     SELECT DISTINCT r.grid, r.row_id AS id FROM record r
     WHERE r.evidence_id IN (SELECT id FROM held) AND r.grid <> 'intelligence'
       AND NOT EXISTS (SELECT 1 FROM record o WHERE o.grid = r.grid AND o.row_id = r.row_id
         AND o.evidence_id NOT IN (SELECT id FROM held))
       AND NOT EXISTS (SELECT 1 FROM manual_value m WHERE m.grid = r.grid AND m.row_id = r.row_id)`,
    JSON.stringify(evidence),
  );
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
