/** Writes an issued copy again, byte for byte. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReissueReport } from '../../../shared/contract/packSchemas.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { readForeignAfter } from '../exchange/entries.ts';
import type { NewEntry } from '../journal/journal.ts';
import { appendEntry, readEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { handOver } from './putFiles.ts';
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
    const what = `the ${pack.title}, version ${pack.version}, copy ${pack.copy}`;
    const entry = {
      operation: 'disclosure',
      method: 'packs.reissue',
      target: makeRef('packs', pack.id),
    } as const;
    const record = (rest: Pick<NewEntry, 'summary' | 'after' | 'reason' | 'recipients'>) => {
      const seq = session.writer.transaction(() =>
        appendEntry(session, { ...entry, ...rest, rows: [{ grid: 'packs', id: pack.id }] }),
      )();
      session.announce({ seq, grids: ['packs'] });
    };
    await handOver(
      folder,
      files,
      () =>
        record({
          summary: `Wrote ${what} again`,
          after: { files: listed },
          reason,
          recipients: [pack.recipient],
        }),
      () => record({ summary: `Could not write ${what} again: nothing was handed over` }),
    );
    return { ref: makeRef('packs', pack.id), recipient: pack.recipient, files: listed };
  });
}

/** The kept bytes against what the journal says was issued. */
function checkFiles(
  session: Session,
  pack: StoredPack,
  files: readonly { name: string; bytes: Buffer }[],
): void {
  const ref = makeRef('packs', pack.id);
  const own = readEntry(session.writer, pack.seq);
  // Of a pack that another copy of the operation issued, the signed entry came along with it.
  const after =
    own.method === 'packs.export' ? own.after : readForeignAfter(session.writer, 'packs.export', ref);
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
