/**
 * Numbered migrations, one file each, applied in one transaction after a backup. The history of the
 * database must be a prefix of the list here: a newer, reordered or altered history is refused in words.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../connection.ts';
import { first } from './0001-first.ts';
import { users } from './0002-users.ts';
import { audit } from './0003-audit.ts';
import { exchange } from './0004-exchange.ts';
import { closing } from './0005-closing.ts';
import { matching } from './0006-matching.ts';
import { search } from './0007-search.ts';
import { drafts } from './0008-drafts.ts';
import { places } from './0009-places.ts';
import { pictures } from './0010-pictures.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  first,
  users,
  audit,
  exchange,
  closing,
  matching,
  search,
  drafts,
  places,
  pictures,
];
export const schemaVersion = migrations.length;

const checksum = (migration: Migration) => createHash('sha256').update(migration.sql).digest('hex');

interface Applied {
  number: number;
  name: string;
  sha256: string;
}

function readHistory(database: ReadDatabase): Applied[] {
  const known = database
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'")
    .get();
  if (!known) return [];
  return database.prepare('SELECT number, name, sha256 FROM migration ORDER BY number').all() as Applied[];
}

/**
 * How many migrations are still to be applied.
 * @throws AppError `workspace.newer` when the database was written by a later version, `workspace.altered`
 * when its history is not the one this version knows.
 */
export function pendingMigrations(database: ReadDatabase): number {
  const history = readHistory(database);
  if (history.length > migrations.length) {
    throw new AppError(
      'workspace.newer',
      `This workspace was written by a newer version of Fellside (schema ${history.length}; this version knows ${schemaVersion}). Open it with that version.`,
    );
  }
  history.forEach((applied, index) => {
    const expected = migrations[index];
    if (!expected || applied.number !== expected.number || applied.sha256 !== checksum(expected)) {
      throw new AppError(
        'workspace.altered',
        `The schema history of this workspace is not the expected one: step ${applied.number} "${applied.name}" differs from "${expected?.name ?? 'nothing'}". Restore a backup.`,
      );
    }
  });
  return migrations.length - history.length;
}

/** Applies what is pending, all of it or nothing. Call `pendingMigrations` first and make the backup. */
export function migrate(database: WriteDatabase, now: string): void {
  database.transaction(() => {
    database.exec(
      `CREATE TABLE IF NOT EXISTS migration (
         number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL
       ) STRICT`,
    );
    const done = readHistory(database).length;
    for (const migration of migrations.slice(done)) {
      database.exec(migration.sql);
      database
        .prepare('INSERT INTO migration (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)')
        .run(migration.number, migration.name, checksum(migration), now);
    }
  })();
}
