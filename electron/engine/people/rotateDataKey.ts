/**
 * Changes the data key: the database is written again under a new one, which is sealed to every user. Nobody needs to
 * be there for that, and no passphrase changes. Who was removed before keeps a key that opens nothing written since.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rotation } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { openDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';
import { addKey, readKeys } from '../exchange/copies.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { runApart } from '../workspace/backups/apart.ts';
import type { Watch } from '../workspace/backups/backupKeeper.ts';
import { listBackups } from '../workspace/backups/folder.ts';
import { syncFile } from '../workspace/durable.ts';
import type { Header } from '../workspace/header.ts';
import { signSlot, writeHeader } from '../workspace/header.ts';
import { sealDataKey } from '../workspace/seal.ts';
import type { People } from './changeKeys.ts';
import { readPeople } from './changeKeys.ts';
import { keepHeaderCopy, slotOf } from './headerCopy.ts';
import { discardNext, nextDatabase, placeNext } from './rotationFiles.ts';

/** The places between which a crash must do no harm, in their order; tests stop there. */
export type RotationStep = 'copied' | 'recorded' | 'announced' | 'placed' | 'done';

/**
 * @throws AppError `cancelled`, `workspace.full`, `workspace.damaged`, `busy`; the old key stands then.
 * @param reached told of each step when it is on the disk
 */
export async function rotateDataKey(
  session: Session,
  watch: Watch = {},
  reached: (step: RotationStep) => void = () => undefined,
): Promise<Rotation> {
  const newKey = randomBytes(32);
  try {
    // A backup reads the files that change here, under the key that changes.
    return await session.backups.between(() =>
      session.exclusively(() => rotateTo(session, newKey, watch, reached)),
    );
  } finally {
    newKey.fill(0);
  }
}

async function rotateTo(
  session: Session,
  newKey: Buffer,
  watch: Watch,
  reached: (step: RotationStep) => void,
): Promise<Rotation> {
  const { workspace } = session;
  const { folder } = workspace;
  const people = readPeople(session);
  const header = sealedAnew(session, people, newKey);
  try {
    await copyUnderKey(session, newKey, watch);
    reached('copied');
    const seq = recordIn(session, header, newKey);
    reached('recorded');
    try {
      await workspace.swapDatabase(async () => {
        try {
          writeHeader(folder, bothKeys(people.header, header));
          reached('announced');
          placeNext(folder);
          reached('placed');
        } catch (error) {
          // Once it has its name the new database counts, whatever failed after that.
          if (!existsSync(nextDatabase(folder))) return newKey;
          writeHeader(folder, people.header);
          throw error;
        }
        return newKey;
      });
    } finally {
      session.reader = workspace.reader;
      session.writer = workspace.writer;
    }
    writeHeader(folder, header);
    reached('done');
    // Packages for other copies are sealed under a new key too, once those hold it.
    session.writer.transaction(() => {
      if (readKeys(session.writer).length > 0) addKey(session.writer, randomBytes(32), session.clock());
    })();
    session.announce({ seq, grids: [] });
  } catch (error) {
    discardNext(folder);
    throw error;
  }
  const olderBackups = listBackups(folder, workspace.dataKey)
    .filter(({ state }) => state === 'other-key')
    .map(({ name }) => name);
  return { keyGeneration: header.generation, olderBackups };
}

/** Writes the next database. What is written on the side meanwhile, such as how a grid is set, starts it again. */
async function copyUnderKey(session: Session, newKey: Buffer, watch: Watch): Promise<void> {
  const { writer, workspace } = session;
  const changes = () => get<{ n: number }>(writer, 'SELECT total_changes() AS n')?.n;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    discardNext(workspace.folder);
    // What the log holds stands in the file then, and closing leaves no log behind.
    writer.pragma('wal_checkpoint(TRUNCATE)');
    const before = changes();
    // While it is open, what works beside the changes of users, the index of the search, holds back.
    writer.exec('BEGIN IMMEDIATE');
    try {
      await runApart(
        {
          kind: 'rekey',
          database: join(workspace.folder, 'workspace.db'),
          next: nextDatabase(workspace.folder),
          newKey: Uint8Array.from(newKey),
        },
        workspace.dataKey,
        watch,
      );
    } finally {
      writer.exec('COMMIT');
    }
    if (changes() === before) return;
  }
  throw new AppError('busy', 'The workspace is being written to, so the key was not changed. Try again.');
}

/** The header in which every user's slot holds the new key, signed by this lead. */
function sealedAnew(session: Session, { header, roster }: People, newKey: Buffer): Header {
  const generation = header.generation + 1;
  const { workspaceId } = header;
  const members = [...roster.members.values()].filter(({ removed }) => !removed);
  const slots = members.map((member) => {
    const slot = slotOf(header, member);
    const sealed = [sealDataKey(newKey, member.sealingKey, { workspaceId, slotId: slot.id }, generation)];
    return signSlot(workspaceId, { ...slot, sealed }, session.workspace.signingKey);
  });
  return { ...header, revision: header.revision + 1, generation, slots };
}

/** The header while the new database has not yet its name: it seals the new key and the old one. */
function bothKeys(before: Header, after: Header): Header {
  const old = new Map(before.slots.map(({ id, sealed }) => [id, sealed]));
  return {
    ...after,
    slots: after.slots.map((slot) => ({ ...slot, sealed: [...slot.sealed, ...(old.get(slot.id) ?? [])] })),
  };
}

/** Writes the entry of the journal and the copy of the header into the next database. */
function recordIn(session: Session, header: Header, newKey: Buffer): number {
  const next = openDatabase(nextDatabase(session.workspace.folder), { key: newKey });
  try {
    const seq = next.transaction(() => {
      keepHeaderCopy(next, header);
      return appendEntry(
        { ...session, writer: next },
        {
          operation: 'alteration',
          method: 'users.rotate',
          summary: `Changed the data key: it is number ${header.generation} now`,
          after: { keyGeneration: header.generation },
        },
      );
    })();
    // Without a log it is one file, however it is opened before it has its name.
    next.pragma('journal_mode = DELETE');
    return seq;
  } finally {
    next.close();
    syncFile(nextDatabase(session.workspace.folder));
  }
}
