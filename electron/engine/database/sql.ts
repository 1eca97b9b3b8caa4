/**
 * Small helpers over prepared statements. SQL is written out in full where it is used; only
 * identifiers that come from the column table are put together, and only through `identifier`.
 */
import type Database from 'better-sqlite3';
import type { ReadDatabase, WriteDatabase } from './connection.ts';

type Statement = Database.Statement<unknown[]>;
const caches = new WeakMap<Database.Database, Map<string, Statement>>();

/** The prepared statement of a text, prepared once per connection. */
export function prepare(database: ReadDatabase, text: string): Statement {
  let cache = caches.get(database);
  if (!cache) {
    cache = new Map();
    caches.set(database, cache);
  }
  let statement = cache.get(text);
  if (!statement) {
    // Filters make many texts: keep the cache bounded.
    if (cache.size > 500) cache.clear();
    statement = database.prepare<unknown[]>(text);
    cache.set(text, statement);
  }
  return statement;
}

export function all<Row>(database: ReadDatabase, text: string, ...parameters: unknown[]): Row[] {
  return prepare(database, text).all(...parameters) as Row[];
}

export function get<Row>(database: ReadDatabase, text: string, ...parameters: unknown[]): Row | undefined {
  return prepare(database, text).get(...parameters) as Row | undefined;
}

export function run(database: WriteDatabase, text: string, ...parameters: unknown[]): Database.RunResult {
  return prepare(database, text).run(...parameters);
}

/** A plain SQL identifier, checked: never let one come from outside unchecked. */
export function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not an SQL identifier: ${name}`);
  return `"${name}"`;
}

/** The column of a contract field: `entryNumber` is `entry_number`. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `(?, ?, ?)` for n values. */
export function placeholders(count: number): string {
  return `(${new Array(count).fill('?').join(', ')})`;
}

/**
 * Takes the next `count` numbers of a counter and returns the first. Numbers are never given twice,
 * not even after an undo: a reference that someone wrote down keeps its meaning.
 */
export function takeNumbers(database: WriteDatabase, counter: string, count: number): number {
  const row = get<{ next: number }>(
    database,
    `INSERT INTO counter (name, next) VALUES (?, 1 + ?)
     ON CONFLICT (name) DO UPDATE SET next = next + excluded.next - 1 RETURNING next`,
    counter,
    count,
  );
  return (row?.next ?? count + 1) - count;
}
