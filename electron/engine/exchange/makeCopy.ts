/** Makes a copy of the workspace for another machine. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { numbersPerCopy } from '../../../shared/grid/grids.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { databaseError } from '../database/connection.ts';
import { get, run } from '../database/sql.ts';
import { genesis } from '../journal/hash.ts';
import { appendEntry } from '../journal/journal.ts';
import { readPeople } from '../people/changeKeys.ts';
import type { Session } from '../session.ts';
import { diskError, syncFile, syncFolder } from '../workspace/durable.ts';
import { writeHeader } from '../workspace/header.ts';
import type { Copy } from './copies.ts';
import { copyName, ensureKeys, insertCopy, lettersOf, listCopies, mostCopies, ownCopy } from './copies.ts';
import { fold, keepDocument, openDocument } from './document.ts';
import { keepInventory, readInventory } from './inventory.ts';

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
    const document = await openDocument(session.writer);
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
      letters: lettersOf(copy.number),
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
  const copies = listCopies(database);
  if (copies.some(({ name }) => name.toLowerCase() === wanted.name.toLowerCase()))
    throw new AppError(
      'invalid',
      `There is a copy called ${wanted.name} already. Give this one another name.`,
    );
  const number = Math.max(...copies.map((copy) => copy.number)) + 1;
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
      database.prepare('UPDATE made.exchange_document SET actor = ?').run(copy.id);
      database.prepare('UPDATE made.counter SET next = ?').run(copy.number * numbersPerCopy + 1);
    })();
  } finally {
    database.exec('DETACH made');
  }
  syncFile(part);
  renameSync(part, path);
}
