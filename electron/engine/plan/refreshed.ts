/** Rows of the plan that rest on a record which a later issue of a sheet has changed since they were last edited. */
import type { Row } from '../../../shared/domain/readiness/facts.ts';
import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get } from '../database/sql.ts';
import { recordIdsOf } from '../entities/groups.ts';
import { readPlanUsers } from '../intake/refresh/restsOn.ts';

interface Change {
  seq: number;
  sheet: string;
  /** No source is left that says anything of the record. */
  withdrawn: boolean;
}

/** The newest refresh that changed what is said of a record, or null. */
function newestChange(database: ReadDatabase, ref: string): Change | null {
  const found = parseRef(ref);
  if (!found) return null;
  const records = JSON.stringify(recordIdsOf(database, found.grid.name, found.id));
  const row = get<{ seq: number; file: string; standing: number }>(
    database,
    `SELECT i.seq, s.file,
       EXISTS (SELECT 1 FROM record o WHERE o.id IN (SELECT value FROM json_each(@records))
         AND NOT EXISTS (SELECT 1 FROM refreshed_record g
           WHERE g.evidence_id = o.evidence_id AND g.prefix = o.prefix AND g.part = o.part)) AS standing
     FROM record r
       JOIN refreshed_record f ON f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part
       JOIN import i ON i.id = f.import
       JOIN refresh n ON n.import = f.import
       JOIN source_sheet s ON s.id = n.sheet_id
     WHERE r.id IN (SELECT value FROM json_each(@records)) ORDER BY i.seq DESC LIMIT 1`,
    { records },
  );
  return row ? { seq: row.seq, sheet: row.file, withdrawn: row.standing === 0 } : null;
}

function lastEdit(database: ReadDatabase, ref: string): number {
  const found = parseRef(ref);
  if (!found) return 0;
  return (
    get<{ seq: number | null }>(
      database,
      `SELECT max(j.seq) AS seq FROM journal_ref r JOIN journal j ON j.seq = r.seq
       WHERE r.grid = ? AND r.row_id = ? AND j.operation = 'alteration'`,
      found.grid.name,
      found.id,
    )?.seq ?? 0
  );
}

/** `{ ref, record, sheet, withdrawn }`: `ref` of the plan names `record`; a warrant that came from a sheet is both. */
export function readRefreshed(database: ReadDatabase): Row[] {
  if (!get(database, 'SELECT 1 FROM refresh LIMIT 1')) return [];
  const users = new Map(readPlanUsers(database));
  for (const { row_id } of all<{ row_id: number }>(
    database,
    `SELECT DISTINCT r.row_id FROM record r
       JOIN refreshed_record f ON f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part
     WHERE r.grid = 'warrants'`,
  )) {
    const ref = makeRef('warrants', row_id);
    users.set(ref, [ref, ...(users.get(ref) ?? [])]);
  }
  return [...users].flatMap(([record, named]) => {
    const change = newestChange(database, record);
    if (!change) return [];
    return named
      .filter((ref) => lastEdit(database, ref) < change.seq)
      .map((ref) => ({ ref, record, sheet: change.sheet, withdrawn: change.withdrawn ? 'yes' : 'no' }));
  });
}
