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
import type { Role } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { openDatabase } from '../database/connection.ts';
import { registerFunctions } from '../database/functions.ts';
import { migrate, pendingMigrations, schemaVersion } from '../database/migrations/migrate.ts';
import { keepFormKey } from '../packs/forms/sign.ts';
import { keepHeaderCopy } from '../people/headerCopy.ts';
import { appendStatement, workspaceIdOf } from '../people/roster.ts';
import { finishRotation } from '../people/rotationFiles.ts';
import { settleKeys } from '../people/settleKeys.ts';
import { refuseWeak } from '../people/strength.ts';
import { removeHalfWritten } from './backups/folder.ts';
import { writeOwnBackup } from './backups/writeBackup.ts';
import { syncFolder } from './durable.ts';
import { firstHeader, readHeader, writeHeader } from './header.ts';
import type { KdfCost } from './kdf.ts';
import { kdfFloor } from './kdf.ts';
import type { UserKeys } from './keys.ts';
import { makeKeys, publicHalves, wrapByPassphrase } from './keys.ts';
import type { KnownHeads } from './knownHeads.ts';
import { checkLineage } from './lineage.ts';
import { takeLock } from './lock.ts';
import { readHead } from './recentEntries.ts';
import type { Secret, Unlocked } from './unlock.ts';
import { unlockHeader } from './unlock.ts';

/** The instant, as ISO 8601 with zone; injected so that tests and packs are byte-stable. */
export type Clock = () => string;

export interface Workspace {
  readonly id: string;
  readonly folder: string;
  readonly folderName: string;
  /** Both are others after the data key was changed (`swapDatabase`). */
  readonly writer: WriteDatabase;
  readonly reader: ReadDatabase;
  /** Who opened it; the role is the roster's. The object stays the same when that changes. */
  readonly user: { readonly id: number; name: string; role: Role };
  /** The user's keys, as long as the workspace is open; others after the user renewed them. */
  keys: UserKeys;
  readonly signingKey: KeyObject;
  /** What opening found and put right, for the journal. */
  readonly notices: readonly string[];
  readonly schemaVersion: number;
  /** For copies of the database and their seals; wiped when the workspace closes. */
  readonly dataKey: Buffer;
  /** What the user was told of this copy and accepted, or that it was restored here; null for the usual. */
  readonly lineage: string | null;
  /**
   * Closes the database, lets `change` put another file in its place and opens that one under the key it gives.
   * The old file is opened again when `change` throws.
   */
  swapDatabase(change: () => Promise<Buffer>): Promise<void>;
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
  /** What trying the passphrase shall cost; the floor where nobody measured. */
  kdf?: KdfCost;
  /** Further words that an attacker would try first. */
  known?: readonly string[];
}

/** One page of SQLCipher's. */
const smallestDatabase = 4096;

/**
 * Creates an empty workspace and opens it.
 * @throws AppError `workspace.exists`, `workspace.weak-passphrase`, `workspace.read-only`.
 */
export async function createWorkspace(wanted: NewWorkspace, clock: Clock): Promise<Workspace> {
  const { folder } = wanted;
  await refuseWeak(wanted.passphrase, [wanted.user, basename(folder), ...(wanted.known ?? [])]);
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
  let keys: UserKeys;
  try {
    keys = makeKeys(1, null, false);
    const halves = publicHalves(keys);
    const workspaceId = workspaceIdOf(halves.signingKey);
    const wrap = await wrapByPassphrase(workspaceId, keys, wanted.passphrase, {
      cost: wanted.kdf ?? kdfFloor,
    });
    keys.kdf = wrap.kdf;
    const header = firstHeader(workspaceId, keys, wrap, dataKey);
    mkdirSync(join(folder, 'backups'), { recursive: true, mode: 0o700 });
    // SQLite keeps the mode of the files that it finds, and gives it to the WAL.
    for (const name of ['workspace.db', 'lock'])
      writeFileSync(join(folder, name), '', { flag: 'wx', mode: 0o600 });
    const database = openDatabase(join(folder, 'workspace.db'), { key: dataKey, create: true });
    migrate(database, clock());
    database.transaction(() => {
      keepHeaderCopy(database, header);
      const founder = { userId: 1, name: wanted.user, role: 'lead' as const, removed: false };
      appendStatement(
        database,
        workspaceId,
        { ...founder, slotId: keys.slotId, ...halves },
        { userId: 1, signing: keys.signing, seq: 0, at: clock() },
      );
    })();
    database.close();
    // The header comes last: a folder without one is not yet a workspace.
    writeHeader(folder, header);
    syncFolder(dirname(folder));
  } catch (error) {
    dataKey.fill(0);
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
  }
  // The keys are at hand: deriving them again would take as long as opening does.
  const unlocked = { dataKeys: [dataKey], keys, first: null };
  return openBy(folder, async () => unlocked, wanted.passphrase, clock, {});
}

/**
 * Opens a workspace: lock, key, proof of the key, backup before a migration, migration, and whether its user is one.
 * @throws AppError with a `workspace.*` code that says what is wrong and what to do.
 */
export function openWorkspace(
  folder: string,
  secret: Secret,
  clock: Clock,
  options: OpeningOptions = {},
): Promise<Workspace> {
  return openBy(folder, (header) => unlockHeader(header, secret), secret, clock, options);
}

async function openBy(
  folder: string,
  unlock: (header: ReturnType<typeof readHeader>) => Promise<Unlocked>,
  secret: Secret,
  clock: Clock,
  options: OpeningOptions,
): Promise<Workspace> {
  const header = readHeader(folder);
  const path = join(folder, 'workspace.db');
  if (!existsSync(path)) {
    throw new AppError(
      'workspace.damaged',
      'workspace.db is missing from the workspace folder. Keep the folder as it is and restore a backup.',
    );
  }
  // SQLite would take an empty file for a new database and fill it.
  if (statSync(path).size < smallestDatabase) {
    throw new AppError(
      'workspace.damaged',
      'workspace.db is empty or cut short. Keep the folder as it is and restore a backup.',
    );
  }
  const lock = takeLock(folder);
  let open: Pair | undefined;
  let unlocked: Unlocked | undefined;
  try {
    unlocked = await unlock(header);
    let dataKey = Buffer.from(finishRotation(folder, unlocked.dataKeys));
    open = { writer: openDatabase(path, { key: dataKey }), reader: undefined };
    if (pendingMigrations(open.writer) > 0) {
      await writeOwnBackup({ folder, workspaceId: header.workspaceId, dataKey }, entriesBefore(open.writer), {
        at: clock(),
        reason: 'before-migration',
      });
      migrate(open.writer, clock());
    }
    keepFormKey(open.writer);
    // Before the header is put right: a copy that the user does not go on with stays as it is.
    const lineage = checkLineage(header.workspaceId, folder, open.writer, options);
    const { member, notices, ...settled } = await settleKeys(
      open.writer,
      folder,
      header,
      unlocked,
      dataKey,
      secret,
      clock(),
    );
    const addReader = (writer: WriteDatabase) => {
      const reader = openDatabase(path, { key: dataKey, readonly: true });
      registerFunctions(writer);
      registerFunctions(reader);
      return { writer, reader };
    };
    let pair = addReader(open.writer);
    open = pair;
    removeHalfWritten(folder);
    const closeBoth = () => {
      pair.reader.close();
      pair.writer.close();
    };
    let { keys } = settled;
    return {
      id: header.workspaceId,
      folder,
      folderName: basename(folder),
      get writer() {
        return pair.writer;
      },
      get reader() {
        return pair.reader;
      },
      user: { id: member.userId, name: member.name, role: member.role },
      get keys() {
        return keys;
      },
      set keys(renewed: UserKeys) {
        keys = renewed;
      },
      get signingKey() {
        return keys.signing;
      },
      notices,
      schemaVersion,
      get dataKey() {
        return dataKey;
      },
      lineage,
      async swapDatabase(change) {
        closeBoth();
        try {
          const newKey = await change();
          dataKey.fill(0);
          dataKey = Buffer.from(newKey);
        } finally {
          pair = addReader(openDatabase(path, { key: dataKey }));
        }
      },
      close() {
        dataKey.fill(0);
        keys.sealing.fill(0);
        closeBoth();
        lock.release();
      },
    };
  } catch (error) {
    open?.reader?.close();
    open?.writer.close();
    lock.release();
    throw error;
  } finally {
    for (const key of unlocked?.dataKeys ?? []) key.fill(0);
    unlocked?.first?.stretched.fill(0);
  }
}

interface Pair {
  writer: WriteDatabase;
  reader: ReadDatabase | undefined;
}

/** Entries of a database that is about to be migrated; one that has no journal yet has none. */
function entriesBefore(database: ReadDatabase): number {
  try {
    return readHead(database).seq;
  } catch {
    return 0;
  }
}
