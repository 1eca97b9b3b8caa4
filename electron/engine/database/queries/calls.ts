/** Work on very many calls at once. */
import type { WriteDatabase } from '../connection.ts';
import { all, get, run } from '../sql.ts';

/**
 * Takes the indexes of `communication` away for a change of very many rows, and returns what builds them
 * again: by sorting, which costs a fraction of keeping them row by row. Inside one transaction.
 */
export function setAsideCallIndexes(database: WriteDatabase): () => void {
  const indexes = all<{ name: string; sql: string }>(
    database,
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'communication' AND sql IS NOT NULL",
  );
  for (const index of indexes) database.exec(`DROP INDEX "${index.name}"`);
  return () => {
    for (const index of indexes) database.exec(index.sql);
  };
}

/** From so many rows on, building the indexes again is cheaper than keeping them. */
const manyCalls = 20_000;

/** Deletes the calls of a range of evidence. */
export function deleteCalls(database: WriteDatabase, first: number, last: number): void {
  const found = get<{ own: number; others: number }>(
    database,
    `SELECT count(*) FILTER (WHERE evidence_id BETWEEN ? AND ?) AS own,
       count(*) FILTER (WHERE evidence_id NOT BETWEEN ? AND ?) AS others FROM communication`,
    first,
    last,
    first,
    last,
  ) ?? { own: 0, others: 0 };
  if (found.own === 0) return;
  // Without a condition SQLite drops the pages instead of visiting the rows.
  if (found.others === 0) {
    run(database, 'DELETE FROM communication');
    run(database, 'DELETE FROM call_text');
  } else {
    const rebuild = found.own > manyCalls ? setAsideCallIndexes(database) : undefined;
    run(database, 'DELETE FROM communication WHERE evidence_id BETWEEN ? AND ?', first, last);
    rebuild?.();
    deleteUnusedTexts(database);
  }
}

/** Texts of calls that no call names any more go too: an undone import leaves nothing of what it said. */
function deleteUnusedTexts(database: WriteDatabase): void {
  const used = ['type', 'direction', 'cell_start', 'cell_end', 'cell_name'].map(
    (column) => `SELECT ${column} FROM communication WHERE ${column} IS NOT NULL`,
  );
  run(database, `DELETE FROM call_text WHERE id NOT IN (${used.join(' UNION ')})`);
}

/** Counts the calls of every phone again, and when the first and the last was. */
export function recountPhones(database: WriteDatabase): void {
  run(database, 'UPDATE phone SET events = 0, first_seen = NULL, last_seen = NULL WHERE events > 0');
  run(
    database,
    `UPDATE phone SET events = seen.events, first_seen = seen.first, last_seen = seen.last FROM (
       SELECT phone, count(*) AS events, min(start) AS first, max(start) AS last FROM (
         SELECT a_phone AS phone, start FROM communication WHERE a_phone IS NOT NULL
         UNION ALL
         SELECT b_phone, start FROM communication WHERE b_phone IS NOT NULL AND b_phone IS NOT a_phone)
       GROUP BY phone) AS seen
     WHERE seen.phone = phone.id`,
  );
}

/**
 * Phones of the calls of a range of evidence, with their numbers. The table is read from end to end: by the
 * indexes every row would be looked up on its own.
 */
export function phonesOfCalls(
  database: WriteDatabase,
  first: number,
  last: number,
): { id: number; number: string | null }[] {
  return all(
    database,
    `SELECT id, number FROM phone WHERE id IN (
       SELECT a_phone FROM communication NOT INDEXED WHERE evidence_id BETWEEN ? AND ?
       UNION SELECT b_phone FROM communication NOT INDEXED WHERE evidence_id BETWEEN ? AND ?)`,
    first,
    last,
    first,
    last,
  );
}
