/** Writes an issued copy again, byte for byte. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReissueReport } from '../../../shared/contract/packSchemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { appendEntry, readEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { putFile, removeFiles } from './putFiles.ts';
import { findStoredPack, readPackFiles, type StoredPack } from './storedPacks.ts';

/**
 * Writes the kept files of a copy into a folder and journals it as a disclosure to its recipient. The bytes are
 * checked against the signed entry of the issue before anything is written.
 *
 * @throws AppError `not-found`, `workspace.damaged` when the kept bytes are not those that were issued,
 * `pack.failed` when the folder cannot be written or holds such a file.
 */
export async function reissuePack(
  session: Session,
  ref: string,
  folder: string,
  reason: string,
): Promise<ReissueReport> {
  return session.exclusively(async () => {
    const pack = findStoredPack(session.writer, ref);
    const files = readPackFiles(session.writer, pack.id);
    checkFiles(session, pack, files);
    const listed = files.map(({ name, format, sha256 }) => ({ file: name, format, sha256 }));
    const made: string[] = [];
    const database = session.writer;
    database.exec('BEGIN IMMEDIATE');
    try {
      const seq = appendEntry(session, {
        operation: 'disclosure',
        method: 'packs.reissue',
        target: makeRef('packs', pack.id),
        summary: `Wrote the ${pack.title}, version ${pack.version}, copy ${pack.copy} again`,
        after: { files: listed },
        reason,
        recipients: [pack.recipient],
        rows: [{ grid: 'packs', id: pack.id }],
      });
      for (const file of files) await putFile(folder, file, made);
      database.exec('COMMIT');
      session.announce({ seq, grids: ['packs'] });
      return { ref: makeRef('packs', pack.id), recipient: pack.recipient, files: listed };
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      await removeFiles(made);
      if (error instanceof AppError) throw error;
      throw new AppError(
        'pack.failed',
        'The pack could not be written to the folder. Check the disk and the permissions; nothing was left there.',
      );
    }
  });
}

/** The kept bytes against what the journal says was issued. */
function checkFiles(
  session: Session,
  pack: StoredPack,
  files: readonly { name: string; bytes: Buffer }[],
): void {
  const { after } = readEntry(session.writer, pack.seq);
  const issued = (JSON.parse(after ?? '{}') as { files?: { file: string; sha256: string }[] }).files ?? [];
  const known = new Map(issued.map(({ file, sha256 }) => [file, sha256]));
  const whole =
    files.length === issued.length &&
    files.every(({ name, bytes }) => createHash('sha256').update(bytes).digest('hex') === known.get(name));
  if (!whole)
    throw new AppError(
      'workspace.damaged',
      'The kept files of this pack are not those that were issued. Nothing was written. Restore a backup.',
    );
}
