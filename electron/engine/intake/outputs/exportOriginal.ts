/** Writes an original file as it was imported. */
import { AppError } from '../../../../shared/contract/errors.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import { all } from '../../database/sql.ts';
import type { Session } from '../../session.ts';
import { keptFile } from '../files.ts';
import type { ByteSource } from '../readers/types.ts';
import { safeFileName, writeOutput } from './writeOutput.ts';

const pieceBytes = 4 * 1024 * 1024;

/**
 * Writes the file behind a source (`SRC-n`), or behind an import of one file (`IMP-n`), and journals it.
 * @throws AppError `not-found`, `invalid` for an import of several files, `pack.failed`
 */
export async function exportOriginal(
  session: Session,
  ref: string,
  folder: string,
  reason: string,
): Promise<{ file: string; sha256: string }> {
  const found = parseRef(ref);
  const column = { sources: 's.id', imports: 's.import' }[found?.grid.name as string];
  const files = column
    ? all<{ id: number; file: string; sha256: string }>(
        session.reader,
        `SELECT min(s.id) AS id, s.file, f.sha256 FROM source_sheet s JOIN source_file f ON f.id = s.file_id
         WHERE ${column} = ? GROUP BY f.sha256 ORDER BY id`,
        found?.id,
      )
    : [];
  const [original, another] = files;
  if (!original || !found)
    throw new AppError(
      'not-found',
      `No original file stands behind ${ref}. "list" of the sources shows them.`,
    );
  if (another) {
    throw new AppError(
      'invalid',
      `${ref} brought ${files.length} files. Name one of its sources: ${files.map((file) => makeRef('sources', file.id)).join(', ')}.`,
    );
  }
  return writeOutput(session, {
    folder,
    name: safeFileName(original.file),
    content: piecesOf(keptFile(session.reader, original.sha256)),
    entry: ({ file, sha256 }) => ({
      operation: 'disclosure',
      method: 'sources.exportOriginal',
      target: ref,
      summary: `Wrote the original file of ${ref} out of the workspace`,
      after: { file, sha256 },
      reason,
      rows: [{ grid: found.grid.name, id: found.id }],
    }),
  });
}

async function* piecesOf(source: ByteSource): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < source.size; offset += pieceBytes)
    yield await source.read(offset, Math.min(pieceBytes, source.size - offset));
}
