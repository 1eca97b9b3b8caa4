/**
 * The life of a workspace: create, open, close.
 *
 *   const workspace = await openWorkspace(folder, passphrase, clock)
 *   workspace.writer / workspace.reader …
 *   workspace.close()
 */

import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { openDatabase } from '../database/connection.ts';
import { registerFunctions } from '../database/functions.ts';
import { migrate, pendingMigrations, schemaVersion } from '../database/migrations/migrate.ts';
import { get, run } from '../database/sql.ts';
import { keepFormKey } from '../packs/forms/sign.ts';
import { removeHalfWritten } from './backups/folder.ts';
import { writeOwnBackup } from './backups/writeBackup.ts';
import { syncFolder } from './durable.ts';
import { formatVersion, readHeader, writeHeader } from './header.ts';
import type { UnlockedSlot } from './keys.ts';
import { makeSlot, unlockSlots } from './keys.ts';
import type { KnownHeads } from './knownHeads.ts';
import { checkLineage } from './lineage.ts';
import { takeLock } from './lock.ts';
import { readHead } from './recentEntries.ts';

/** The instant, as ISO 8601 with zone; injected so that tests and packs are byte-stable. */
export type Clock = () => string;

export interface Workspace {
  readonly id: string;
  readonly folder: string;
  readonly folderName: string;
  readonly writer: WriteDatabase;
  readonly reader: ReadDatabase;
  readonly user: UnlockedSlot['user'];
  readonly signingKey: KeyObject;
  readonly schemaVersion: number;
  /** For copies of the database and their seals; wiped when the workspace closes. */
  readonly dataKey: Buffer;
  /** What the user was told of this copy and accepted, or that it was restored here; null for the usual. */
  readonly lineage: string | null;
  close(): void;
}

/** What is known of a workspace on this machine, and whether the user goes on with an older copy of it. */
export interface OpeningOptions {
  heads?: KnownHeads | undefined;
  acceptOlder?: boolean | undefined;
}

export interface NewWorkspace {
  folder: string;
  passphrase: string;
  user: string;
}

export const minimumPassphrase = 8;

/** One page of SQLCipher's. */
const smallestDatabase = 4096;

/**
 * Creates an empty workspace and opens it.
 * @throws AppError `workspace.exists`, `workspace.weak-passphrase`, `workspace.read-only`.
 */
export async function createWorkspace(wanted: NewWorkspace, clock: Clock): Promise<Workspace> {
  const { folder } = wanted;
  if ([...wanted.passphrase].length < minimumPassphrase) {
    throw new AppError(
      'workspace.weak-passphrase',
      `The passphrase is too short: use at least ${minimumPassphrase} characters, better four or more unrelated words.`,
    );
  }
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
    throw new AppError(
      'workspace.exists',
      'There is something at that place already. Choose another name, or open the workspace that is there.',
    );
  }
  const existed = existsSync(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    throw new AppError(
      'workspace.read-only',
      'The folder cannot be created there. Choose a folder that you may write to.',
    );
  }
  const dataKey = randomBytes(32);
  try {
    const workspaceId = randomBytes(15).toString('base64url');
    const { slot, publicKey } = await makeSlot(workspaceId, wanted.passphrase, dataKey, {
      id: 1,
      name: wanted.user,
      role: 'lead',
    });
    mkdirSync(join(folder, 'backups'), { recursive: true, mode: 0o700 });
    // SQLite keeps the mode of the files that it finds, and gives it to the WAL.
    for (const name of ['workspace.db', 'lock'])
      writeFileSync(join(folder, name), '', { flag: 'wx', mode: 0o600 });
    const database = openDatabase(join(folder, 'workspace.db'), { key: dataKey, create: true });
    migrate(database, clock());
    run(
      database,
      'INSERT INTO user (id, name, role, public_key, added_at) VALUES (1, ?, ?, ?, ?)',
      wanted.user,
      'lead',
      publicKey,
      clock(),
    );
    database.close();
    // The header comes last: a folder without one is not yet a workspace.
    writeHeader(folder, { format: 'fellside-workspace', formatVersion, workspaceId, slots: [slot] });
    syncFolder(dirname(folder));
  } catch (error) {
    const made = [
      'workspace.db',
      'workspace.db-wal',
      'workspace.db-shm',
      'workspace.json',
      'lock',
      'backups',
    ];
    for (const path of existed ? made.map((name) => join(folder, name)) : [folder]) {
      rmSync(path, { recursive: true, force: true });
    }
    throw error;
  } finally {
    dataKey.fill(0);
  }
  return openWorkspace(folder, wanted.passphrase, clock);
}

/**
 * Opens a workspace: lock, key, proof of the key, backup before a migration, migration.
 * @throws AppError with a `workspace.*` code that says what is wrong and what to do.
 */
export async function openWorkspace(
  folder: string,
  passphrase: string,
  clock: Clock,
  options: OpeningOptions = {},
): Promise<Workspace> {
  const header = readHeader(folder);
  const path = join(folder, 'workspace.db');
  if (!existsSync(path)) {
    throw new AppError(
      'workspace.damaged',
      'workspace.db is missing from the workspace folder. Restore it from the folder "backups".',
    );
  }
  // SQLite would take an empty file for a new database and fill it.
  if (statSync(path).size < smallestDatabase) {
    throw new AppError(
      'workspace.damaged',
      'workspace.db is empty or cut short. Restore it from the folder "backups".',
    );
  }
  const lock = takeLock(folder);
  let writer: WriteDatabase | undefined;
  let reader: ReadDatabase | undefined;
  let unlocked: UnlockedSlot | undefined;
  try {
    unlocked = await unlockSlots(header.workspaceId, header.slots, passphrase);
    writer = openDatabase(path, { key: unlocked.dataKey });
    if (pendingMigrations(writer) > 0) {
      await writeOwnBackup(
        { folder, workspaceId: header.workspaceId, dataKey: unlocked.dataKey },
        entriesBefore(writer),
        { at: clock(), reason: 'before-migration' },
      );
      migrate(writer, clock());
    }
    keepFormKey(writer);
    reader = openDatabase(path, { key: unlocked.dataKey, readonly: true });
    registerFunctions(writer);
    registerFunctions(reader);
    const lineage = checkLineage(header.workspaceId, folder, reader, options);
    removeHalfWritten(folder);
    const user = get<{ name: string }>(reader, 'SELECT name FROM user WHERE id = ?', unlocked.user.id);
    if (!user)
      throw new AppError(
        'workspace.altered',
        'This key slot belongs to no user of the workspace. Restore workspace.json from a backup.',
      );
    const open = { writer, reader };
    const dataKey = Buffer.from(unlocked.dataKey);
    return {
      id: header.workspaceId,
      folder,
      folderName: basename(folder),
      writer,
      reader,
      user: unlocked.user,
      signingKey: unlocked.signingKey,
      schemaVersion,
      dataKey,
      lineage,
      close() {
        dataKey.fill(0);
        open.reader.close();
        open.writer.close();
        lock.release();
      },
    };
  } catch (error) {
    reader?.close();
    writer?.close();
    lock.release();
    throw error;
  } finally {
    unlocked?.dataKey.fill(0);
  }
}

/** Entries of a database that is about to be migrated; one that has no journal yet has none. */
function entriesBefore(database: ReadDatabase): number {
  try {
    return readHead(database).seq;
  } catch {
    return 0;
  }
}
