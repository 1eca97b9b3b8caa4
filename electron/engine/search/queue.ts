/**
 * What changed and is not yet in the index. Whoever writes rows says so here, in the same transaction; the index
 * follows when there is time (`keepIndex.ts`). So an import pays a row for a thing, not the making of its words.
 */
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';

/**
 * Rows of a grid; `sheet`: one that came; `gone`: evidence of one that went; `cells`: evidence of a sheet of rows;
 * `left`: rows of a sheet of calls that were not taken; `messages`: communications that may have a text;
 * `words`: words of the vocabulary that may be nobody's now.
 */
const jobs = ['sheet', 'gone', 'cells', 'left', 'messages', 'words'] as const;
export type Queued = GridName | (typeof jobs)[number];

export interface QueueItem {
  id: number;
  what: Queued;
  first: number;
  last: number;
}

/** Says that these rows were written, changed or removed. Call in the transaction that does it. */
export function noteChange(database: WriteDatabase, what: Queued, first: number, last = first): void {
  run(database, 'INSERT INTO search_queue (what, first, last) VALUES (?, ?, ?)', what, first, last);
}

/**
 * What to do next. Rows that were written one by one come first, the newest before all: what somebody has just
 * entered is found although a million rows wait. They may be read in any order; whole sheets come in theirs.
 */
export function readQueue(database: ReadDatabase, limit: number): QueueItem[] {
  const isJob = `what IN (${jobs.map((job) => `'${job}'`).join(', ')})`;
  const single = all<QueueItem>(
    database,
    `SELECT id, what, first, last FROM search_queue WHERE first = last AND NOT ${isJob} ORDER BY id DESC LIMIT ?`,
    limit,
  );
  if (single.length > 0) return single;
  return all<QueueItem>(database, 'SELECT id, what, first, last FROM search_queue ORDER BY id LIMIT ?', 1);
}

/** Takes a change off the queue, or as much of it as is done: `from` is the first row that is left. */
export function settle(database: WriteDatabase, item: QueueItem, from: number | null): void {
  if (from === null) run(database, 'DELETE FROM search_queue WHERE id = ?', item.id);
  else run(database, 'UPDATE search_queue SET first = ? WHERE id = ?', from, item.id);
}

/** About how many rows wait for the index. */
export function countWaiting(database: ReadDatabase): number {
  return (
    get<{ rows: number | null }>(
      database,
      `SELECT sum(CASE q.what
         WHEN 'sheet' THEN coalesce((SELECT s.rows FROM source_sheet s WHERE s.id = q.first AND s.kind <> 'communication'), 0) + 1
         WHEN 'gone' THEN 1
         WHEN 'left' THEN 1
         WHEN 'words' THEN 1
         WHEN 'messages' THEN (q.last - q.first) / 100 + 1
         ELSE q.last - q.first + 1 END) AS rows
       FROM search_queue q`,
    )?.rows ?? 0
  );
}
