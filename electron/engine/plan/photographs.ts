/** Photographs of people and premises, kept inside the workspace. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { get, run, takeNumbers } from '../database/sql.ts';
import { materialise } from '../entities/materialise.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import type { Changed } from './edit.ts';
import { locate } from './edit.ts';

const maximumBytes = 25 * 1024 * 1024;

/** Media type by what the file holds; null when it is no picture of a kind that packs can print. */
function mediaTypeOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  return null;
}

export interface NewPhotograph {
  ref: string;
  path: string;
  /** ISO date; null when it is not known, which the readiness check then says. */
  takenOn: string | null;
  caption?: string | undefined;
}

/** @throws AppError `file.missing`, `file.too-large`, `file.unsupported`, `invalid`. */
export async function attachPhotograph(session: Session, wanted: NewPhotograph): Promise<Changed> {
  const { grid, id } = locate(session, wanted.ref);
  if (grid.name !== 'people' && grid.name !== 'premises')
    throw new AppError('invalid', 'A photograph belongs to a person or to premises.');
  const size = await stat(wanted.path).then(
    (found) => found.size,
    () => null,
  );
  if (size === null)
    throw new AppError('file.missing', 'The photograph is not there any more. Choose it again.');
  if (size > maximumBytes)
    throw new AppError(
      'file.too-large',
      `The photograph is larger than ${maximumBytes / 1024 / 1024} MB. Make it smaller and attach it again.`,
    );
  const bytes = await readFile(wanted.path);
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType)
    throw new AppError(
      'file.unsupported',
      'The file is neither a PNG nor a JPEG picture. Save it as one of these and attach it again.',
    );
  return session.exclusively(() => {
    const seq = session.writer.transaction(() => {
      const entry = appendEntry(session, {
        operation: 'alteration',
        method: 'records.attachPhotograph',
        target: wanted.ref.toUpperCase(),
        summary: `Attached a photograph to ${wanted.ref.toUpperCase()}`,
        after: { takenOn: wanted.takenOn, sha256: createHash('sha256').update(bytes).digest('hex') },
        undoable: true,
        rows: [{ grid: grid.name, id }],
      });
      run(
        session.writer,
        `INSERT INTO photograph (id, seq, grid, row_id, media_type, sha256, bytes, taken_on, caption, standing)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
        takeNumbers(session.writer, 'photograph', 1),
        entry,
        grid.name,
        id,
        mediaType,
        createHash('sha256').update(bytes).digest('hex'),
        bytes,
        wanted.takenOn,
        wanted.caption ?? null,
      );
      materialise(session.writer, grid.name, id, entry);
      return entry;
    })();
    session.announce({ seq, grids: [grid.name, 'targets'] });
    return { seq, rows: [{ grid: grid.name, id }] };
  });
}

/** The picture as base64, for the page, and the record that it is of. @throws AppError `not-found`. */
export function readPhotograph(
  database: ReadDatabase,
  id: string,
): { ref: string; mediaType: string; base64: string } {
  const row = get<{ grid: GridName; row_id: number; media_type: string; bytes: Buffer }>(
    database,
    'SELECT grid, row_id, media_type, bytes FROM photograph WHERE id = ? AND standing = 1',
    Number(id),
  );
  if (!row) throw new AppError('not-found', 'The photograph is no longer there.');
  return {
    ref: makeRef(row.grid, row.row_id),
    mediaType: row.media_type,
    base64: row.bytes.toString('base64'),
  };
}
