/**
 * The erasure of a person: rows, evidence, originals, packs, drafts, views, the index and the record, in one
 * transaction; then the backups that still hold them; then a search for whatever is left. It cannot be undone.
 */
import type { Erasure, ErasurePlan } from '../../../../shared/contract/closingSchemas.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { gridList } from '../../../../shared/grid/grids.ts';
import { get } from '../../database/sql.ts';
import { nextSeq } from '../../journal/journal.ts';
import { settleReads } from '../../journal/reads.ts';
import { rebuildIndex } from '../../search/keepIndex.ts';
import type { Session } from '../../session.ts';
import { today } from '../../session.ts';
import { listBackups, removeBackups } from '../../workspace/backups/folder.ts';
import { readHead } from '../../workspace/recentEntries.ts';
import { refuseOpenCase } from '../caseState.ts';
import { entriesAbout, eraseEntries } from './eraseEntries.ts';
import type { Step } from './eraseEvidence.ts';
import { eraseEvidence } from './eraseEvidence.ts';
import { eraseRows } from './eraseRows.ts';
import { eraseStored } from './eraseStored.ts';
import { scanWorkspace } from './scan.ts';
import { findSubject } from './subject.ts';

export interface ErasureWish {
  ref: string;
  reason: string;
  /** Also takes the person out of long texts about others. */
  texts: boolean;
}

export interface Watch {
  signal: AbortSignal;
  progress: (progress: Progress) => void;
}

const stepOf =
  (watch: Watch): Step =>
  (stage, done, total) => {
    if (watch.signal.aborted) throw new AppError('cancelled', 'Cancelled; nothing was erased.');
    watch.progress({ type: 'progress', stage, done, total, unit: 'steps' });
  };

/**
 * What an erasure would do, with nothing changed: it is done and rolled back.
 * @throws AppError `not-found`, `usage`, `closing.open`, `cancelled`
 */
export async function planErasure(session: Session, wish: ErasureWish, watch: Watch): Promise<ErasurePlan> {
  const step = stepOf(watch);
  return session.exclusively(async () => {
    settleReads(session);
    session.writer.exec('BEGIN IMMEDIATE');
    try {
      const done = await erase(session, wish, step);
      const left = await scanWorkspace(session.writer, done.subject.marks, step);
      return {
        ref: done.subject.ref,
        refs: done.subject.refs,
        counts: done.counts,
        left,
        backups: backupsOf(session).length,
      };
    } finally {
      // A full disk or memory has rolled it back already.
      if (session.writer.inTransaction) session.writer.exec('ROLLBACK');
      session.caches.clear();
    }
  });
}

/**
 * Erases and verifies. A process killed before the commit leaves everything as it was; one killed after it leaves the
 * erasure done and its backups to be removed, which the next erasure or the settings of backups do.
 * @throws AppError `not-found`, `usage`, `closing.open`, `cancelled`
 */
export async function erasePerson(session: Session, wish: ErasureWish, watch: Watch): Promise<Erasure> {
  const step = stepOf(watch);
  const done = await session.exclusively(async () => {
    settleReads(session);
    const { writer } = session;
    const headBefore = readHead(writer).hash;
    writer.pragma('secure_delete = ON');
    writer.exec('BEGIN IMMEDIATE');
    try {
      const result = await erase(session, wish, step);
      rebuildIndex(writer);
      writer.exec('COMMIT');
      return { ...result, headBefore };
    } catch (error) {
      if (writer.inTransaction) writer.exec('ROLLBACK');
      session.caches.clear();
      throw error;
    }
  });
  // Anything may have changed: every open grid is fetched again.
  session.announce({ seq: done.seq, grids: gridList.map(({ name }) => name) });
  await rewriteDatabase(session);
  const backups = await replaceBackups(session);
  const left = await scanWorkspace(session.writer, done.subject.marks, (stage, at, total) =>
    watch.progress({ type: 'progress', stage, done: at, total, unit: 'steps' }),
  );
  const entry = get<{ at: string; user: string }>(
    session.writer,
    'SELECT at, user FROM journal WHERE seq = ?',
    done.seq,
  );
  return {
    ref: done.subject.ref,
    refs: done.subject.refs,
    seq: done.seq,
    at: entry?.at ?? session.clock(),
    by: entry?.user ?? session.workspace.user.name,
    reason: wish.reason,
    counts: { ...done.counts, backups },
    headBefore: done.headBefore,
    headAfter: readHead(session.writer).hash,
    left,
    verified: left.every(({ sure }) => !sure),
    certificate: null,
  };
}

/**
 * The erasure is done: what follows takes remnants away, and a disk without room for it undoes nothing. Freed pages
 * were overwritten by the transaction itself.
 */
async function rewriteDatabase(session: Session): Promise<void> {
  try {
    await session.exclusively(() => {
      session.writer.pragma('wal_checkpoint(TRUNCATE)');
      session.writer.exec('VACUUM');
      session.writer.pragma('wal_checkpoint(TRUNCATE)');
    });
  } catch (error) {
    session.keepError(error);
  }
}

/** Removes the backups that hold the person, with a new one in their place. Gives how many went. */
async function replaceBackups(session: Session): Promise<number> {
  // One that was being made has its name only at its end, and holds the person like the others.
  const old = await session.backups.between(async () => backupsOf(session));
  if (old.length === 0) return 0;
  const make = () =>
    session.backups.make('asked').then(
      () => true,
      (error: unknown) => {
        session.keepError(error);
        return false;
      },
    );
  const made = await make();
  removeBackups(session.workspace.folder, old);
  // Where there was no room beside the old ones there may be now.
  if (!made) await make();
  return old.length;
}

const backupsOf = (session: Session) => listBackups(session.workspace.folder, session.workspace.dataKey);

/** All that the transaction does. */
async function erase(session: Session, wish: ErasureWish, step: Step) {
  const database = session.writer;
  refuseOpenCase(database, today(session));
  const subject = findSubject(database, wish.ref);
  // The entry of erasure comes last: until then what names it waits.
  database.pragma('defer_foreign_keys = ON');
  const seq = nextSeq(database);
  const seqs = entriesAbout(database, subject);
  const evidence = await eraseEvidence(database, subject, seq, wish.texts, step);
  const rows = eraseRows(database, subject, seq, wish.texts);
  const stored = eraseStored(database, subject, seq);
  const counts: Record<string, number> = {
    rows: evidence.rows,
    cells: evidence.cells,
    originals: evidence.files,
    records: rows.records,
    values: rows.values,
    links: rows.links,
    photographs: rows.photographs,
    dependants: rows.dependants,
    packs: stored.packs,
    pictures: stored.pictures,
    views: stored.views,
    drafts: stored.drafts,
    entries: seqs.length,
  };
  eraseEntries(session, subject, seqs, { reason: wish.reason, counts });
  return { subject, seq, counts };
}
