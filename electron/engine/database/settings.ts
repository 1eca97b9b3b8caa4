/** Settings of the workspace: one JSON value under each key. */
import type { z } from 'zod';
import type { ReadDatabase, WriteDatabase } from './connection.ts';
import { get, run } from './sql.ts';

/** What stands under a key; null where nothing does, or what is not understood. */
export function readSetting<Value>(
  database: ReadDatabase,
  key: string,
  schema: z.ZodType<Value>,
): Value | null {
  const row = get<{ value: string }>(database, 'SELECT value FROM setting WHERE key = ?', key);
  if (!row) return null;
  try {
    return schema.parse(JSON.parse(row.value));
  } catch {
    return null;
  }
}

/** Keeps a value under a key, in the place of what stood there. */
export function saveSetting(database: WriteDatabase, key: string, value: unknown): void {
  run(
    database,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(value),
  );
}
