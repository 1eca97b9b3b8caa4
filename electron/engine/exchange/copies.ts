/**
 * Exchange: work goes between copies of an operation on machines that never meet, by packages on a stick.
 *
 * A copy is a workspace of its own with the same operation, users and past. It has a number, from which all its row
 * numbers count (`nextNumber`), and a random identity. The first workspace is copy 0; it alone makes copies, so that no
 * number is given twice. A folder that was copied by hand has the same identity as another: that shows when packages
 * meet (`checkTwins`).
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { copyLetters, numbersPerCopy } from '../../../shared/grid/grids.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { databaseError } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';
import { genesis } from '../journal/hash.ts';
import { appendEntry } from '../journal/journal.ts';
import { readPeople } from '../people/changeKeys.ts';
import type { Session } from '../session.ts';
import { diskError, syncFile, syncFolder } from '../workspace/durable.ts';
import { writeHeader } from '../workspace/header.ts';
import { fold, keepDocument, openDocument } from './document.ts';
import type { Inventory } from './inventory.ts';
import { readInventory } from './inventory.ts';

const mostCopies = 300;

export interface Copy {
  id: string;
  number: number;
  name: string;
  own: 0 | 1;
  /** The copy it was made from, and the last entry of that one's journal that is also its own. Null for the first. */
  parent: string | null;
  forked_seq: number;
  forked_hash: string;
  made_at: string;
  made_by: string;
}

/** A copy as packages tell of it. */
export const CopyShape = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.int().min(0).max(mostCopies),
  name: z.string().min(1).max(100),
  parent: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  forked_seq: z.int().min(0),
  forked_hash: z.string().regex(/^[0-9a-f]{64}$/),
  made_at: z.string().max(40),
  made_by: z.string().max(200),
});

const columns = 'id, number, name, own, parent, forked_seq, forked_hash, made_at, made_by';

/** Every copy that is known here, by number. */
export const listCopies = (database: ReadDatabase): Copy[] =>
  all<Copy>(database, `SELECT ${columns} FROM exchange_copy ORDER BY number`);

/** Letters of a copy as people write them; the original has `0`. */
export const lettersOf = (number: number) => (number === 0 ? '0' : copyLetters(number));

/** `copy A`, or `the original` for copy 0. */
export const copyName = (number: number) => (number === 0 ? 'the original' : `copy ${copyLetters(number)}`);

/** This copy; a workspace of which no copy was ever made has none. */
export const readOwnCopy = (database: ReadDatabase): Copy | undefined =>
  get<Copy>(database, `SELECT ${columns} FROM exchange_copy WHERE own = 1`);

/** This copy, named on first use: then it is the original. Inside a transaction. */
export function ownCopy(session: Session): Copy {
  const known = readOwnCopy(session.writer);
  if (known) return known;
  const copy: Copy = {
    id: randomBytes(16).toString('hex'),
    number: 0,
    name: 'Original',
    own: 1,
    parent: null,
    forked_seq: 0,
    forked_hash: genesis,
    made_at: session.clock(),
    made_by: session.workspace.user.name,
  };
  insertCopy(session.writer, copy);
  return copy;
}

export function insertCopy(database: WriteDatabase, copy: Copy): void {
  run(
    database,
    `INSERT INTO exchange_copy (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    copy.id,
    copy.number,
    copy.name,
    copy.own,
    copy.parent,
    copy.forked_seq,
    copy.forked_hash,
    copy.made_at,
    copy.made_by,
  );
}

export interface ExchangeKey {
  id: string;
  key: Buffer;
  made_at: string;
}

/** The keys that seal packages, the newest first. */
export const readKeys = (database: ReadDatabase): ExchangeKey[] =>
  all<ExchangeKey>(database, 'SELECT id, key, made_at FROM exchange_key ORDER BY made_at DESC, id DESC');

/** Adds a key under which packages are sealed from now on. Its id follows from the key. Inside a transaction. */
export function addKey(database: WriteDatabase, key: Buffer, at: string): ExchangeKey {
  const id = createHash('sha256').update('fellside/1/exchange-key\0').update(key).digest('hex').slice(0, 32);
  run(database, 'INSERT OR IGNORE INTO exchange_key (id, key, made_at) VALUES (?, ?, ?)', id, key, at);
  return { id, key, made_at: at };
}

/** The keys, made at first use. Inside a transaction. */
export function ensureKeys(session: Session): ExchangeKey[] {
  const keys = readKeys(session.writer);
  return keys.length > 0 ? keys : [addKey(session.writer, randomBytes(32), session.clock())];
}

export function keepInventory(database: WriteDatabase, copy: string, inventory: Inventory, at: string): void {
  run(
    database,
    'UPDATE exchange_copy SET inventory = ?, inventory_at = ? WHERE id = ?',
    JSON.stringify(inventory),
    at,
    copy,
  );
}

export interface MadeCopy {
  number: number;
  letters: string;
  name: string;
  folderName: string;
}

/**
 * Makes a copy of the workspace in a folder that is empty or not there. It opens with the same passphrases. Journaled
 * as a disclosure: everything goes out.
 * @throws AppError `invalid` on a copy, `workspace.exists`, `workspace.full`, `workspace.read-only`.
 */
export async function makeCopy(
  session: Session,
  wanted: { folder: string; folderName: string; name: string; reason: string },
): Promise<MadeCopy> {
  return session.exclusively(async () => {
    const { folder } = wanted;
    const own = session.writer.transaction(() => ownCopy(session))();
    if (own.number !== 0)
      throw new AppError(
        'invalid',
        `This is ${copyName(own.number)}. Copies are made from the original alone, so that no two of them count alike.`,
      );
    const existed = existsSync(folder);
    if (existed && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
      throw new AppError(
        'workspace.exists',
        'There is something at that place already. Choose another name for the folder of the copy.',
      );
    const document = await openDocument(session.writer, own);
    const copy = session.writer.transaction(() => registerCopy(session, own, document, wanted))();
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeClone(session.writer, copy, folder);
      mkdirSync(join(folder, 'backups'), { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'lock'), '', { mode: 0o600 });
      // The header comes last: a folder without one is not yet a workspace.
      writeHeader(folder, readPeople(session).header);
      syncFolder(folder);
    } catch (error) {
      const made = ['workspace.db', 'workspace.db.part', 'workspace.json', 'lock', 'backups'];
      for (const path of existed ? made.map((name) => join(folder, name)) : [folder])
        rmSync(path, { recursive: true, force: true });
      session.writer.transaction(() => {
        run(session.writer, 'DELETE FROM exchange_copy WHERE id = ?', copy.id);
        appendEntry(session, {
          operation: 'disclosure',
          method: 'exchange.copy',
          summary: `Could not write ${copyName(copy.number)} (${copy.name}): nothing was handed over`,
        });
      })();
      const known = diskError(error, 'The copy');
      throw known instanceof AppError || !(error as { code?: string }).code?.startsWith('SQLITE')
        ? known
        : databaseError(error);
    }
    return {
      number: copy.number,
      letters: copyLetters(copy.number),
      name: copy.name,
      folderName: wanted.folderName,
    };
  });
}

/** The entry, the new copy's place in the list, and a document that holds all there is. Inside a transaction. */
function registerCopy(
  session: Session,
  own: Copy,
  document: Awaited<ReturnType<typeof openDocument>>,
  wanted: { name: string; reason: string },
): Copy {
  const database = session.writer;
  const number = Math.max(...listCopies(database).map((copy) => copy.number)) + 1;
  if (number > mostCopies) throw new AppError('invalid', `An operation has at most ${mostCopies} copies.`);
  ensureKeys(session);
  fold(session, own, document);
  const seq = appendEntry(session, {
    operation: 'disclosure',
    method: 'exchange.copy',
    summary: `Made ${copyName(number)} of the workspace: ${wanted.name}`,
    after: { copy: number },
    reason: wanted.reason,
    recipients: [wanted.name],
  });
  keepDocument(database, document, seq);
  const copy: Copy = {
    id: randomBytes(16).toString('hex'),
    number,
    name: wanted.name,
    own: 0,
    parent: own.id,
    forked_seq: seq,
    forked_hash:
      get<{ hash: string }>(database, 'SELECT hash FROM journal WHERE seq = ?', seq)?.hash ?? genesis,
    made_at: session.clock(),
    made_by: session.workspace.user.name,
  };
  insertCopy(database, copy);
  const inventory = readInventory(database, document);
  for (const id of [own.id, copy.id]) keepInventory(database, id, inventory, copy.made_at);
  return copy;
}

/** The encrypted database of the new copy, which knows that it is one. */
function writeClone(database: WriteDatabase, copy: Copy, folder: string): void {
  const path = join(folder, 'workspace.db');
  const part = `${path}.part`;
  // An empty file of this mode first: SQLite keeps the mode of the files that it finds.
  writeFileSync(part, '', { flag: 'wx', mode: 0o600 });
  // VACUUM INTO keeps the cipher and the key of its source, and so does ATTACH: nothing is ever written in clear.
  database.prepare('VACUUM INTO ?').run(part);
  database.prepare('ATTACH ? AS made').run(part);
  try {
    database.transaction(() => {
      database.prepare('UPDATE made.exchange_copy SET own = 0').run();
      database.prepare('UPDATE made.exchange_copy SET own = 1 WHERE id = ?').run(copy.id);
      database.prepare('UPDATE made.counter SET next = ?').run(copy.number * numbersPerCopy + 1);
    })();
  } finally {
    database.exec('DETACH made');
  }
  syncFile(part);
  renameSync(part, path);
}
