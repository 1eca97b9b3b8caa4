/** When something happened of which a row of evidence tells, and how the row is graded. */
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';

export interface EvidenceFacts {
  /** ISO day, or day and time; null where the row gives none. */
  at: string | null;
  grade: string | null;
}

/**
 * By row of evidence. The date is that of the report, the crime, the arrest, the referral or the warrant that the row
 * holds; a list of people or premises has none.
 */
export function readEvidenceFacts(
  database: ReadDatabase,
  evidence: readonly number[],
): Map<number, EvidenceFacts> {
  const rows = all<EvidenceFacts & { id: number }>(
    database,
    `SELECT r.evidence_id AS id, max(r.grade) AS grade, min(CASE r.grid
         WHEN 'intelligence' THEN coalesce(fields ->> 'infoFrom', fields ->> 'reportDate')
         WHEN 'crimes' THEN fields ->> 'date'
         WHEN 'custody' THEN fields ->> 'arrestedAt'
         WHEN 'arrests' THEN fields ->> 'arrestedAt'
         WHEN 'seizures' THEN fields ->> 'seizedAt'
         WHEN 'referrals' THEN fields ->> 'date'
         WHEN 'warrants' THEN fields ->> 'issued' END) AS at
     FROM json_each(?) AS wanted CROSS JOIN record r ON r.evidence_id = wanted.value GROUP BY r.evidence_id`,
    JSON.stringify([...new Set(evidence)]),
  );
  return new Map(rows.map(({ id, at, grade }) => [id, { at, grade }]));
}
