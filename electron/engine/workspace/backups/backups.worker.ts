/** The thread of `apart.ts`: one task, one answer, then it ends. Every connection here only reads the workspace. */
import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { databaseError, openDatabase } from '../../database/connection.ts';
import { pendingMigrations } from '../../database/migrations/migrate.ts';
import { get } from '../../database/sql.ts';
import { verifyChain } from '../../journal/verify.ts';
import { rekeyCopy } from '../../people/rekeyCopy.ts';
import { diskError, syncFolder } from '../durable.ts';
import { hashAt, readHead, recentProblem } from '../recentEntries.ts';
import { extractDatabase, openManifest, proveArchive, withArchive, writeArchive } from './archiveFile.ts';
import { checkDatabase, checkFailed } from './checkDatabase.ts';
import type { Answers, Message, Task } from './tasks.ts';

const { task, dataKey } = workerData as { task: Task; dataKey: Uint8Array };
const key = Buffer.from(dataKey.buffer, dataKey.byteOffset, dataKey.byteLength);
const send = (message: Message) => parentPort?.postMessage(message);

let lastTold = 0;
function tell(stage: string, done: number, total: number | null, unit: Progress['unit'] = 'bytes'): void {
  const time = performance.now();
  if (time - lastTold < 100) return;
  lastTold = time;
  send({ type: 'progress', stage, done, total, unit });
}

function withDatabase<Result>(path: string, work: (database: ReadDatabase) => Result): Result {
  const database = openDatabase(path, { key, readonly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const notWhole = () =>
  new AppError(
    'workspace.damaged',
    'The backup was not kept: what was copied is not whole. Check this workspace, and the disk.',
  );

/** Copies, proves the copy, frames it, reads the frame back, and gives it its name. */
function backUp(wanted: Task & { kind: 'backup' }): Answers['backup'] {
  const copy = `${wanted.path}.copy.part`;
  const framed = `${wanted.path}.part`;
  for (const path of [copy, framed]) rmSync(path, { force: true });
  let named = false;
  try {
    const size = statSync(wanted.database).size;
    tell('Copying', 0, null);
    // VACUUM INTO reads one state, keeps cipher and key, and leaves out what was deleted.
    withDatabase(wanted.database, (database) => database.prepare('VACUUM INTO ?').run(copy));
    const head = withDatabase(copy, (database) => {
      tell('Checking the copy', 0, null);
      if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw notWhole();
      if (!get(database, "SELECT 1 FROM sqlite_master WHERE name = 'journal'"))
        return { seq: 0, hash: null, schema: 0 };
      if (recentProblem(database)) throw notWhole();
      const found = get<{ count: number }>(database, 'SELECT count(*) AS count FROM migration');
      return { ...readHead(database), schema: found?.count ?? 0 };
    });
    withDatabase(wanted.database, (database) => {
      // The entry that the copy ends in stands here too.
      if (head.hash !== null && hashAt(database, head.seq) !== head.hash) throw notWhole();
    });
    const facts = { ...wanted.facts, entries: head.seq, head: head.hash, schemaVersion: head.schema };
    const header = Buffer.from(wanted.header);
    const written = writeArchive(framed, { header, database: copy, dataKey: key, facts }, (bytes) =>
      tell('Writing the backup', bytes, size),
    );
    rmSync(copy);
    const proved = proveArchive(framed, key, (bytes) => tell('Reading it back', bytes, written.bytes));
    if (proved.sha256 !== written.sha256) throw notWhole();
    renameSync(framed, wanted.path);
    named = true;
    syncFolder(dirname(wanted.path));
    return written;
  } catch (error) {
    for (const path of [copy, framed, ...(named ? [wanted.path] : [])]) rmSync(path, { force: true });
    throw error;
  }
}

/** Writes the database of a backup and proves it: lengths, hashes, pages, journal, head. */
function restore(wanted: Task & { kind: 'restore' }): Answers['restore'] {
  return withArchive(wanted.archive, (archive) => {
    const manifest = openManifest(archive, key);
    const bad = (what: string) =>
      new AppError('backup.damaged', `The backup ${what}. Nothing was restored; take another backup.`);
    if (manifest.workspaceId !== wanted.workspaceId) throw bad('is put together from two workspaces');
    extractDatabase(archive, manifest, wanted.database, (bytes) =>
      tell('Restoring', bytes, archive.databaseBytes),
    );
    withDatabase(wanted.database, (database) => {
      tell('Checking', 0, null);
      if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw bad('is damaged inside');
      if (manifest.head === null) return;
      const head = readHead(database);
      if (head.seq !== manifest.entries || head.hash !== manifest.head)
        throw bad('does not end in the entry that it names');
      // A journal of an older version is walked by the version that opens it next, after its migration.
      const whole =
        pendingMigrations(database) === 0 ? verifyChain(database).firstBroken : recentProblem(database);
      if (whole) throw bad(`holds a journal that is broken at entry ${whole.seq}`);
    });
    return { manifest };
  });
}

function check(wanted: Task & { kind: 'check' }): Answers['check'] {
  const stage = (name: string, done: number, total: number | null) => tell(name, done, total);
  let found: Answers['check']['check'];
  try {
    found = withDatabase(wanted.database, (database) => checkDatabase(database, wanted.deep, stage));
  } catch (error) {
    found = checkFailed(error instanceof AppError ? error : databaseError(error));
  }
  const good = wanted.archives.map((path, index) => {
    tell('Checking backups', index, wanted.archives.length, 'steps');
    return isGood(path);
  });
  return { check: found, good };
}

function isGood(archive: string): boolean {
  try {
    proveArchive(archive, key, (bytes) => tell('Reading a backup', bytes, null));
    return true;
  } catch {
    return false;
  }
}

/** An error of SQLite or of the disk in words; anything else keeps its own, and becomes `internal` outside. */
function inWords(error: unknown): Message {
  const code = (error as { code?: unknown }).code;
  const named =
    typeof code === 'string' && code.startsWith('SQLITE_')
      ? databaseError(error)
      : diskError(error, words[task.kind]);
  return named instanceof AppError
    ? { type: 'failed', code: named.code, message: named.message }
    : { type: 'failed', code: null, message: String(named instanceof Error ? named.stack : named) };
}

const words = {
  backup: 'The backup',
  restore: 'The restored workspace',
  check: 'The check',
  prove: 'The check of a backup',
  rekey: 'The database under the new key',
} as const;

try {
  const answer =
    task.kind === 'backup'
      ? backUp(task)
      : task.kind === 'restore'
        ? restore(task)
        : task.kind === 'rekey'
          ? rekeyCopy(task.database, task.next, key, Buffer.from(task.newKey), tell)
          : task.kind === 'prove'
            ? { good: isGood(task.archive) }
            : check(task);
  send({ type: 'done', answer });
} catch (error) {
  send(inWords(error));
} finally {
  key.fill(0);
}
