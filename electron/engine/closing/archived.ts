import type { ReadDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';

/** Key under which the workspace says that it was sealed into an archive and is read only. */
export const archivedKey = 'closing.archived';

/** When the workspace was archived, and under which entry; null while it is worked with. */
export function readArchived(database: ReadDatabase): { at: string; seq: number } | null {
  const row = get<{ value: string }>(database, 'SELECT value FROM setting WHERE key = ?', archivedKey);
  return row ? (JSON.parse(row.value) as { at: string; seq: number }) : null;
}
