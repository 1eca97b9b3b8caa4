/**
 * The sealed archive: one encrypted file with everything and its record, after which the workspace is read only. The
 * file is a backup like any other and opens with the passphrases of its time.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupReport } from '../../../shared/contract/areas/backups.ts';
import type { ArchiveReport } from '../../../shared/contract/closingSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { gridList } from '../../../shared/grid/grids.ts';
import { fileWord, formatMoment } from '../../../shared/packs/format.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { saveSetting } from '../database/settings.ts';
import { all, get, identifier, run } from '../database/sql.ts';
import type { PrintedDocument } from '../documents/printed.ts';
import { emptyDocument } from '../documents/printed.ts';
import { appendEntry } from '../journal/journal.ts';
import { settleReads } from '../journal/reads.ts';
import { verifyJournal } from '../journal/verify.ts';
import type { Session } from '../session.ts';
import type { Watch } from '../workspace/backups/backupKeeper.ts';
import { writeBackup } from '../workspace/backups/writeBackup.ts';
import { archivedKey, readArchived } from './archived.ts';
import { operationOf, writeCertificate } from './certificate.ts';

/**
 * @param wish `name` of the file without its ending; `certificate` whether a page about its content is written beside it
 * @throws AppError `invalid` when it was archived before, `journal.broken` when the record does not hold, and what
 * writing a backup throws; the workspace is worked with on then
 */
export async function archiveWorkspace(
  session: Session,
  wish: {
    folder: string;
    name?: string;
    reason: string;
    certificate: boolean;
    resources: string | undefined;
  },
  watch: Watch = {},
): Promise<ArchiveReport> {
  if (readArchived(session.reader))
    throw new AppError(
      'invalid',
      'This workspace was archived already. Reopen it before it is archived again.',
    );
  const chain = await verifyJournal(session.reader, watch.signal, () => undefined);
  if (!chain.ok)
    throw new AppError(
      'journal.broken',
      `The record does not hold at entry ${chain.firstBroken?.seq}: ${chain.firstBroken?.what}. An archive would seal that. Restore a backup first.`,
    );
  const operation = operationOf(session);
  const at = session.clock();
  const file = `${wish.name ?? `${fileWord(operation.name)}-archive-${at.slice(0, 10)}`}.fellside-backup`;
  const seq = await session.exclusively(() => {
    settleReads(session);
    return session.writer.transaction(() => {
      const entry = appendEntry(session, {
        operation: 'disclosure',
        method: 'closing.archive',
        summary: 'Sealed the workspace into an archive; it is read only from here on',
        after: { file },
        reason: wish.reason,
      });
      saveSetting(session.writer, archivedKey, { at, seq: entry });
      return entry;
    })();
  });
  const path = join(wish.folder, file);
  let written: BackupReport | null = null;
  try {
    const { folder, id, dataKey } = session.workspace;
    written = await writeBackup({ folder, workspaceId: id, dataKey }, path, { at, reason: 'file' }, watch);
    session.announce({ seq, grids: [] });
    const certificate = wish.certificate
      ? await writeCertificate(
          session,
          layoutArchive(session.reader, operation, { ...written, at, by: session.workspace.user.name }),
          {
            folder: wish.folder,
            resources: wish.resources,
            name: `${fileWord(operation.name)}-archive-certificate`,
            method: 'closing.archive',
          },
        )
      : null;
    return {
      file,
      sha256: written.sha256,
      entries: written.entries,
      head: written.head,
      sealedAt: at,
      certificate,
    };
  } catch (error) {
    // Proved and in its place, but its certificate failed: an archive of a workspace that goes on is none.
    if (written) await rm(path, { force: true }).catch((each: unknown) => session.keepError(each));
    await reopen(session, 'The archive was not written; nothing was left');
    throw error;
  }
}

/** Works with an archived workspace again, with a reason. @throws AppError `invalid`. */
export async function reopenArchived(session: Session, reason: string): Promise<void> {
  if (!readArchived(session.reader)) throw new AppError('invalid', 'This workspace is not archived.');
  await reopen(session, reason);
}

async function reopen(session: Session, reason: string): Promise<void> {
  const seq = await session.exclusively(() =>
    session.writer.transaction(() => {
      run(session.writer, 'DELETE FROM setting WHERE key = ?', archivedKey);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'closing.reopen',
        summary: 'Opened the archived workspace for work again',
        reason,
      });
    })(),
  );
  session.announce({ seq, grids: [] });
}

/** Rows of each grid, and of what is kept beside them. */
export function countContent(database: ReadDatabase): [string, number][] {
  const counted = gridList
    .map((grid): [string, number] => [
      grid.title,
      get<{ n: number }>(database, `SELECT count(*) AS n FROM ${identifier(grid.table)}`)?.n ?? 0,
    ])
    .filter(([, rows]) => rows > 0);
  return [
    ...counted,
    ['Photographs', get<{ n: number }>(database, 'SELECT count(*) AS n FROM photograph')?.n ?? 0],
    ['Original files', get<{ n: number }>(database, 'SELECT count(*) AS n FROM source_file')?.n ?? 0],
  ];
}

function layoutArchive(
  database: ReadDatabase,
  operation: { name: string; marking: string },
  facts: { file: string; sha256: string; entries: number; head: string | null; at: string; by: string },
): PrintedDocument {
  const files = all<{ id: number; sha256: string; size: number; erased: number | null }>(
    database,
    'SELECT id, sha256, size, erased FROM source_file ORDER BY id',
  );
  return {
    ...emptyDocument,
    marking: operation.marking,
    title: 'Certificate of a sealed archive',
    footer: `${operation.name}, sealed archive, ${formatMoment(facts.at)}`,
    at: facts.at,
    facts: [
      ['Operation', operation.name],
      ['Sealed', `${formatMoment(facts.at)} by ${facts.by}`],
      ['File', facts.file],
      ['SHA-256', facts.sha256],
      ['Entries of the record', facts.entries.toLocaleString('en-GB')],
      ['Head of the record', facts.head ?? ''],
    ],
    paragraphs: [
      'The file is encrypted and holds the whole workspace with its record. It opens with "restore" and a passphrase of a user of that day; without one nobody can read it. Keep passphrases or a recovery key with it, apart from it.',
    ],
    tables: [
      {
        title: 'Content',
        headings: ['What', 'Count'],
        widths: [3, 1],
        rows: countContent(database).map(([title, rows]) => [title, rows.toLocaleString('en-GB')]),
        empty: '',
        note: '',
      },
      {
        title: 'Original files',
        headings: ['Number', 'Bytes', 'SHA-256'],
        widths: [0.6, 1, 4.4],
        rows: files.map(({ id, size, sha256, erased }) => [
          String(id),
          size.toLocaleString('en-GB'),
          erased === null ? sha256 : `${sha256} (removed under entry ${erased})`,
        ]),
        empty: 'None.',
        note: '',
      },
    ],
    signatures: ['Name', 'Signature', 'Date'],
  };
}
