/** Who and what is linked with whom, as rows of evidence and calls say it: the one source of tables, charts and measures. */
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import { addRow, type Support } from './support.ts';

/** One link that rows of evidence hold: each pair and relation once. */
export interface EvidenceLink {
  from: string;
  to: string;
  /** As the sheet or the manual entry calls it; empty where it says no more than that both stand in one row. */
  relation: string;
  support: Support;
  /** Rows of evidence, in the order in which they came. */
  evidence: number[];
}

/** Calls and messages from one number to another. Times are ISO on the UK clock, null where no row has one. */
export interface CallLink {
  from: string;
  to: string;
  count: number;
  first: string | null;
  last: string | null;
}

/** Links between entities and records, without the rows that may not be told. Calls are read by `readCallLinks`. */
export function readEvidenceLinks(
  database: ReadDatabase,
  isWithheld: (evidence: number) => boolean = () => false,
): EvidenceLink[] {
  const found = new Map<string, EvidenceLink>();
  const links = all<{
    a: GridName;
    aId: number;
    b: GridName;
    bId: number;
    relation: string;
    evidence: number;
    grade: string | null;
  }>(
    database,
    `SELECT l.a_grid AS a, l.a_id AS aId, l.b_grid AS b, l.b_id AS bId, l.relation, l.evidence_id AS evidence,
       (SELECT grade FROM record r WHERE r.evidence_id = l.evidence_id AND r.grade IS NOT NULL LIMIT 1) AS grade
     FROM link l WHERE l.a_grid <> 'communications' AND l.b_grid <> 'communications' ORDER BY l.id`,
  );
  for (const link of links) {
    if (isWithheld(link.evidence)) continue;
    const from = makeRef(link.a, link.aId);
    const to = makeRef(link.b, link.bId);
    if (from === to) continue;
    const key = `${from} ${to} ${link.relation}`;
    const known = found.get(key);
    const support = addRow(known?.support, link.grade);
    if (known) known.evidence.push(link.evidence);
    else found.set(key, { from, to, relation: link.relation, support, evidence: [link.evidence] });
  }
  return [...found.values()];
}

/** Calls and messages between two numbers: one link a direction. */
export function readCallLinks(database: ReadDatabase): CallLink[] {
  return all<{ a: number; b: number; count: number; first: string | null; last: string | null }>(
    database,
    `SELECT a_phone AS a, b_phone AS b, count(*) AS count,
       strftime('%Y-%m-%dT%H:%M:%S', min(start), 'unixepoch') AS first,
       strftime('%Y-%m-%dT%H:%M:%S', max(start), 'unixepoch') AS last
     FROM communication WHERE a_phone IS NOT NULL AND b_phone IS NOT NULL
     GROUP BY a_phone, b_phone ORDER BY a_phone, b_phone`,
  ).map(({ a, b, ...rest }) => ({ from: makeRef('phones', a), to: makeRef('phones', b), ...rest }));
}
