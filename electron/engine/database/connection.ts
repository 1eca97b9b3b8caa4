/**
 * The encrypted database of a workspace: opened, keyed, proved readable.
 *
 * Reading and writing are different types, so that a query that promises only to read cannot write.
 * One writer and one reader are open per workspace: the reader sees a snapshot of its own,
 * so grids answer while an import runs in the writer's transaction.
 */
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';

declare const writable: unique symbol;
export type ReadDatabase = Database.Database;
export type WriteDatabase = Database.Database & { readonly [writable]: true };

/** SQLite pages are encrypted by SQLCipher's scheme, version 4 (AES-256-CBC, HMAC-SHA512), with a raw key. */
function applyKey(database: Database.Database, key: Buffer): void {
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${key.toString('hex')}'"`);
}

interface OpenOptions {
  key: Buffer;
  create?: boolean;
  readonly?: boolean;
}

/**
 * Opens the database file and proves that the key fits by a read.
 * @throws AppError `workspace.damaged` when it is no database of this key, `workspace.read-only`, `workspace.full`.
 */
export function openDatabase(path: string, options: OpenOptions): WriteDatabase {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, {
      fileMustExist: !options.create,
      readonly: options.readonly ?? false,
      timeout: 5000,
    });
    applyKey(database, options.key);
    // Temporary data stays in memory: nothing of the operation may reach the disk unencrypted.
    database.pragma('temp_store = MEMORY');
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('foreign_keys = ON');
    // Without it REPLACE takes rows away unseen by the trigger that keeps the journal whole.
    database.pragma('recursive_triggers = ON');
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    if (!options.readonly) {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('wal_autocheckpoint = 4000');
      database.pragma('journal_size_limit = 67108864');
    }
    // Decrypting a page costs far more than keeping it.
    database.pragma(`cache_size = ${options.readonly ? -49152 : -32768}`);
    return database as WriteDatabase;
  } catch (error) {
    database?.close();
    // The cause is left out on purpose: an error of the key pragma could carry the key.
    throw databaseError(error);
  }
}

/** Whether a file is a database under this key. */
export function opensUnder(path: string, key: Buffer): boolean {
  try {
    openDatabase(path, { key, readonly: true }).close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes the pages of a closed database again under another key. A crash leaves a file that is of no use: only for a
 * copy that can be made again.
 */
export function changeKey(path: string, key: Buffer, newKey: Buffer): void {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { fileMustExist: true });
    applyKey(database, key);
    database.pragma('temp_store = MEMORY');
    // The cipher does not change keys in the mode with a log; and nothing of a copy needs a journal.
    database.pragma('journal_mode = OFF');
    database.pragma(`rekey = "x'${newKey.toString('hex')}'"`);
  } catch (error) {
    throw databaseError(error);
  } finally {
    database?.close();
  }
}

/** Failures of reading that lie in what was read, not in the disk. */
const contentCodes = ['SQLITE_IOERR_SHORT_READ', 'SQLITE_IOERR_DATA'];

/** Conditions of the disk and the file; what is left is a mistake of ours and keeps its stack. */
const conditions = /^SQLITE_(FULL|READONLY|CANTOPEN|PERM|BUSY|LOCKED|NOTADB|CORRUPT|IOERR)/;

/** An error as it leaves the engine: what the disk or the file brought about has its name. */
export function namedFailure(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && conditions.test(code) ? databaseError(error) : error;
}

/** The AppError for a failure of SQLite. Never carries SQL, a key or a value. */
export function databaseError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_FULL') {
    return new AppError(
      'workspace.full',
      'The disk is full. Free some space and try again; nothing was changed.',
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') {
    return new AppError(
      'workspace.read-only',
      'The workspace folder cannot be written. Check its permissions or copy it to a folder of your own.',
    );
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new AppError(
      'workspace.locked',
      'Another program has the workspace database open. Close it and try again.',
    );
  }
  if (code.startsWith('SQLITE_IOERR_') && !contentCodes.includes(code)) {
    return new AppError(
      'workspace.disk',
      'The disk did not read or write. Check that it is connected and sound, then try again; nothing was changed.',
    );
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR')) {
    return new AppError(
      'workspace.damaged',
      'workspace.db is damaged, cut short or belongs to another workspace. Keep the folder as it is and restore a backup.',
    );
  }
  return new AppError('internal', `The database refused an operation (${code || 'unknown'}).`);
}
