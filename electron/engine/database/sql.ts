/**
 * Small helpers over prepared statements. SQL is written out in full where it is used; only
 * identifiers that come from the column table are put together, and only through `identifier`.
 */
import type Database from 'better-sqlite3';
import { numbersPerCopy } from '../../../shared/grid/grids.ts';
import type { ReadDatabase, WriteDatabase } from './connection.ts';

/** A condition that is put together, with its values in order. */
export interface SqlPart {
  sql: string;
  parameters: (string | number | null)[];
}

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
 * The next number of a counter. Every copy of an operation counts from a number of its own (`numbersPerCopy`), so that
 * copies on machines that never meet do not give one number twice.
 */
export function nextNumber(database: ReadDatabase, counter: string): number {
  return (
    get<{ next: number }>(database, 'SELECT next FROM counter WHERE name = ?', counter)?.next ??
    1 +
      numbersPerCopy *
        (get<{ number: number }>(database, 'SELECT number FROM exchange_copy WHERE own = 1')?.number ?? 0)
  );
}

/**
 * Takes the next `count` numbers of a counter and returns the first. Numbers are never given twice,
 * not even after an undo: a reference that someone wrote down keeps its meaning.
 */
export function takeNumbers(database: WriteDatabase, counter: string, count: number): number {
  const first = nextNumber(database, counter);
  run(
    database,
    'INSERT INTO counter (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = excluded.next',
    counter,
    first + count,
  );
  return first;
}
