/** Reading the journal as a record: by filters, a page at a time, newest first, and counted. */
import type { EntryCounts, EntryFilter } from '../../../shared/contract/auditSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { HistoryEntry } from '../../../shared/contract/schemas.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get, placeholders } from '../database/sql.ts';
import type { StoredEntry } from './journal.ts';
import { standing } from './journal.ts';

/** Who reads: readers see what was changed and what they did themselves, not who looked at what. */
export interface Viewer {
  id: number;
  role: 'lead' | 'analyst' | 'reader';
}

interface Condition {
  sql: string;
  values: unknown[];
}

const changing = ['collection', 'alteration', 'combination'];

/** What a reader may see of an entry; leads and analysts see all. */
export function maySee(viewer: Viewer, entry: { user_id: number; operation: string }): boolean {
  return viewer.role !== 'reader' || entry.user_id === viewer.id || changing.includes(entry.operation);
}

const unreasoned =
  "(e.operation IN ('consultation', 'disclosure') AND coalesce(e.reason, '') = '' AND e.erased IS NULL)";

/** Start of a local day as the journal writes instants. */
const startOf = (day: string, later = 0) => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};

function conditionOf(filter: EntryFilter, viewer: Viewer): Condition {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (sql: string, ...more: unknown[]) => {
    parts.push(sql);
    values.push(...more);
  };
  if (viewer.role === 'reader')
    add(`(e.user_id = ? OR e.operation IN ${placeholders(changing.length)})`, viewer.id, ...changing);
  if (filter.users) add(`e.user IN ${placeholders(filter.users.length)}`, ...filter.users);
  if (filter.operations)
    add(`e.operation IN ${placeholders(filter.operations.length)}`, ...filter.operations);
  if (filter.from) add('e.at >= ?', startOf(filter.from));
  if (filter.to) add('e.at < ?', startOf(filter.to, 1));
  if (filter.ref !== undefined) {
    const row = parseRef(filter.ref);
    if (!row) throw new AppError('usage', `"${filter.ref}" is no reference. References look like WAR-3.`);
    add('e.seq IN (SELECT seq FROM journal_ref WHERE grid = ? AND row_id = ?)', row.grid.name, row.id);
  }
  if (filter.text) {
    const like = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    add(
      `(e.summary LIKE ? ESCAPE '\\' OR e.reason LIKE ? ESCAPE '\\' OR e.recipients LIKE ? ESCAPE '\\')`,
      like,
      like,
      like,
    );
  }
  if (filter.withoutReason) add(unreasoned);
  return { sql: parts.length === 0 ? '1' : parts.join(' AND '), values };
}

export function toHistory(entry: StoredEntry): HistoryEntry {
  return {
    seq: entry.seq,
    at: entry.at,
    user: entry.user,
    device: entry.device,
    operation: entry.operation as HistoryEntry['operation'],
    method: entry.method,
    target: entry.target,
    summary: entry.erased === null ? entry.summary : `Content erased under entry ${entry.erased}`,
    reason: entry.reason,
    recipients: entry.recipients ? (JSON.parse(entry.recipients) as string[]) : [],
    state: entry.undoable && entry.erased === null ? (entry.standing ? 'done' : 'undone') : 'record',
    erased: entry.erased,
    hash: entry.hash,
  };
}

/** Entries, newest first, before the one named. */
export function listEntries(
  database: ReadDatabase,
  options: { before?: number | undefined; limit: number; filter: EntryFilter; viewer: Viewer },
): HistoryEntry[] {
  const { sql, values } = conditionOf(options.filter, options.viewer);
  return all<StoredEntry>(
    database,
    `SELECT e.*, ${standing('e')} AS standing FROM journal e
     WHERE e.seq < ? AND ${sql} ORDER BY e.seq DESC LIMIT ?`,
    options.before ?? Number.MAX_SAFE_INTEGER,
    ...values,
    options.limit,
  ).map(toHistory);
}

/** How many entries a filter finds, by operation and by user. */
export function countEntries(database: ReadDatabase, filter: EntryFilter, viewer: Viewer): EntryCounts {
  const { sql, values } = conditionOf(filter, viewer);
  return {
    total:
      get<{ count: number }>(database, `SELECT count(*) AS count FROM journal e WHERE ${sql}`, ...values)
        ?.count ?? 0,
    operations: all(
      database,
      `SELECT e.operation, count(*) AS count FROM journal e WHERE ${sql} GROUP BY e.operation ORDER BY count DESC, e.operation`,
      ...values,
    ),
    users: all(
      database,
      `SELECT e.user, count(*) AS count FROM journal e WHERE ${sql} GROUP BY e.user ORDER BY count DESC, e.user`,
      ...values,
    ),
    withoutReason:
      get<{ count: number }>(
        database,
        `SELECT count(*) AS count FROM journal e WHERE ${sql} AND ${unreasoned}`,
        ...values,
      )?.count ?? 0,
  };
}
