/** Keeps pictures and takes them out; each is an entry of the journal that can be undone. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type DrawnPicture,
  type KeptPicture,
  PictureTable,
} from '../../../shared/contract/areas/pictures.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get, run, takeNumbers } from '../database/sql.ts';
import { appendEntry, nextSeq } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { cleanPng } from './cleanPng.ts';
import { fingerprintOf, listShown, type Shown } from './shown.ts';

const mostPictures = 100;

const ShownRecords = z.array(z.tuple([z.string(), z.string(), z.array(z.string()).default([])]));

interface PictureRow {
  id: number;
  state: number;
  fingerprint: string;
  kind: KeptPicture['kind'];
  title: string;
  note: string;
  by: string;
  at: string;
  size: number;
  width: number;
  height: number;
  table_rows: string;
  shown: string;
}

const rowColumns =
  'id, state, fingerprint, kind, title, note, by, at, length(png) AS size, width, height, table_rows, shown';

/** A picture as packs and the screen read it. */
export interface StoredPicture extends KeptPicture {
  table: PictureTable;
  shown: Shown[];
}

/**
 * Keeps a picture with its table and the records that it shows.
 * @throws AppError `invalid` for a table whose rows do not fit, a record that is not there or too many pictures; what
 *   `cleanPng` throws.
 */
export async function keepPicture(
  session: Session,
  drawn: DrawnPicture & { reason: string },
): Promise<StoredPicture> {
  checkTable(drawn.table);
  const png = await cleanPng(drawn.png);
  return session.exclusively(() => {
    const { id, seq } = session.writer.transaction(() => {
      const database = session.writer;
      const count =
        get<{ count: number }>(database, 'SELECT count(*) AS count FROM picture WHERE standing = 1')?.count ??
        0;
      if (count >= mostPictures)
        throw new AppError(
          'invalid',
          `A workspace keeps at most ${mostPictures} pictures. Remove one first.`,
        );
      const shown = readShown(database, drawn.refs);
      const number = takeNumbers(database, 'pictures', 1);
      run(
        database,
        `INSERT INTO picture (id, state, fingerprint, kind, title, note, by, at, png, width, height, table_rows, shown,
           standing)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
        number,
        nextSeq(database) - 1,
        fingerprintOf(
          database,
          shown.map(([ref]) => ref),
        ),
        drawn.kind,
        drawn.title,
        drawn.reason,
        session.workspace.user.name,
        session.clock(),
        png.bytes,
        png.width,
        png.height,
        JSON.stringify(drawn.table),
        JSON.stringify(shown),
      );
      const entry = appendEntry(session, {
        operation: 'alteration',
        method: 'pictures.keep',
        summary: `Kept the ${drawn.kind} "${drawn.title}" for packs`,
        after: {
          picture: number,
          sha256: createHash('sha256').update(png.bytes).digest('hex'),
          records: shown.length,
        },
        reason: drawn.reason,
        undoable: true,
      });
      return { id: number, seq: entry };
    })();
    session.announce({ seq, grids: ['packs'] });
    return findPicture(session.writer, id);
  });
}

/** The records of these references. @throws AppError `invalid` where one is not there: the picture would be of nothing. */
export function readShown(database: ReadDatabase, refs: readonly string[]): Shown[] {
  const shown = listShown(database, refs);
  if (shown.length < new Set(refs).size)
    throw new AppError('invalid', 'The picture shows a record that is not there any more. Draw it again.');
  return shown;
}

/** @throws AppError `invalid` where a row has another number of cells than there are headings. */
export function checkTable(table: PictureTable): void {
  if (table.rows.some((row) => row.length !== table.headings.length))
    throw new AppError('invalid', 'A row of the table does not fit its headings. Draw the picture again.');
}

/** Takes a picture out of the packs; undo puts it back. @throws AppError `not-found`. */
export async function removePicture(session: Session, id: number): Promise<void> {
  await session.exclusively(() => {
    const seq = session.writer.transaction(() => {
      const { kind, title } = findPicture(session.writer, id);
      run(session.writer, 'UPDATE picture SET standing = 0 WHERE id = ?', id);
      return appendEntry(session, {
        operation: 'alteration',
        method: 'pictures.remove',
        summary: `Took the ${kind} "${title}" out of the packs`,
        after: { picture: id },
        undoable: true,
      });
    })();
    session.announce({ seq, grids: ['packs'] });
  });
}

/**
 * Undo or redo of an entry of this file. Inside a transaction.
 * @throws AppError `journal.blocked` where the picture was erased with somebody whom it showed.
 */
export function swapPicture(
  session: Session,
  entry: { method: string; after: string | null },
  side: 'before' | 'after',
): void {
  const { picture } = JSON.parse(entry.after ?? '{}') as { picture?: number };
  if (picture === undefined) throw new Error('an entry names no picture');
  const standing = (entry.method === 'pictures.keep') === (side === 'after');
  const { changes } = run(
    session.writer,
    'UPDATE picture SET standing = ? WHERE id = ?',
    standing ? 1 : 0,
    picture,
  );
  if (changes === 0)
    throw new AppError('journal.blocked', 'The picture was erased with somebody whom it showed.');
}

/** The pictures that are kept, the newest first. */
export function listPictures(database: ReadDatabase): StoredPicture[] {
  return all<PictureRow>(
    database,
    `SELECT ${rowColumns} FROM picture WHERE standing = 1 ORDER BY id DESC`,
  ).map((row) => toPicture(database, row));
}

/** @throws AppError `not-found`. */
export function findPicture(database: ReadDatabase, id: number): StoredPicture {
  const row = get<PictureRow>(
    database,
    `SELECT ${rowColumns} FROM picture WHERE id = ? AND standing = 1`,
    id,
  );
  if (!row) throw new AppError('not-found', 'The picture is no longer kept.');
  return toPicture(database, row);
}

/** The PNG of a picture that is kept. @throws AppError `not-found`. */
export function readPng(database: ReadDatabase, id: number): Buffer {
  const row = get<{ png: Buffer }>(database, 'SELECT png FROM picture WHERE id = ? AND standing = 1', id);
  if (!row) throw new AppError('not-found', 'The picture is no longer kept.');
  return row.png;
}

function toPicture(database: ReadDatabase, row: PictureRow): StoredPicture {
  const { table_rows, shown: written, fingerprint, ...rest } = row;
  const table = PictureTable.parse(JSON.parse(table_rows));
  const shown = ShownRecords.parse(JSON.parse(written));
  return {
    ...rest,
    table,
    shown,
    records: shown.length,
    rows: table.rows.length,
    stale:
      fingerprint !==
      fingerprintOf(
        database,
        shown.map(([ref]) => ref),
      ),
  };
}
