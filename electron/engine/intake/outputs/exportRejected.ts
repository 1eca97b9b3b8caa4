/** The rejected rows of an import as a workbook that can be mended and imported again. */

import { AppError } from '../../../../shared/contract/errors.ts';
import type { ImportKind } from '../../../../shared/contract/schemas.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import { kinds } from '../../../../shared/intake/kinds.ts';
import { rejectedHeadings, rejectedTitle } from '../../../../shared/intake/rejected.ts';
import { formatMarking } from '../../../../shared/packs/format.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readPlace, shownText } from '../../database/queries/evidence.ts';
import { all, get, prepare } from '../../database/sql.ts';
import type { Session } from '../../session.ts';
import { findImport } from './findImport.ts';
import type { TextSheet } from './textWorkbook.ts';
import { writeTextWorkbook } from './textWorkbook.ts';
import { writeOutput } from './writeOutput.ts';

interface RejectedSheet {
  id: number;
  file: string;
  sheet: string;
  kind: ImportKind;
  headers: string;
  rejected: number;
}

/**
 * Writes one sheet for each sheet with rejected rows: cells as they were shown, as texts, with the row number and
 * the reason before them. Journaled as a disclosure.
 *
 * @throws AppError `not-found`, `invalid` when nothing was rejected, `pack.failed`
 */
export async function exportRejected(
  session: Session,
  ref: string,
  folder: string,
  reason: string,
): Promise<{ file: string; rows: number; sha256: string }> {
  const { id } = findImport(session.reader, ref);
  const sheets = all<RejectedSheet>(
    session.reader,
    `SELECT id, file, sheet, kind, headers, rejected FROM source_sheet
     WHERE import = ? AND rejected > 0 AND kind IS NOT NULL ORDER BY id`,
    id,
  );
  if (sheets.length === 0) throw new AppError('invalid', `No row of ${ref} was rejected.`);
  const marking = markingOf(session.reader);
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rejected, 0);
  const written = await writeOutput(session, {
    folder,
    name: `${makeRef('imports', id)} rejected rows.xlsx`,
    content: writeTextWorkbook(
      sheets.map((sheet) => textSheet(session.reader, ref, sheet, marking)),
      marking,
    ),
    entry: ({ file, sha256 }) => ({
      operation: 'disclosure',
      method: 'imports.exportRejected',
      target: ref,
      summary: `Wrote ${rows} rejected ${rows === 1 ? 'row' : 'rows'} of ${ref} out of the workspace`,
      after: { file, sha256, rows },
      reason,
      rows: [{ grid: 'imports', id }],
    }),
  });
  return { ...written, rows };
}

/** The marking of the operation, as it is printed. */
export function markingOf(database: ReadDatabase): string {
  const row = get<{ marking: string | null }>(database, 'SELECT marking FROM operation WHERE id = 1');
  return formatMarking(row?.marking ?? 'OFFICIAL-SENSITIVE');
}

function textSheet(database: ReadDatabase, ref: string, sheet: RejectedSheet, marking: string): TextSheet {
  const headings = JSON.parse(sheet.headers) as string[];
  return {
    name: sheet.sheet,
    titles: [marking, rejectedTitle(ref, `${sheet.file} › ${sheet.sheet}`, kinds[sheet.kind].kind)],
    headings: [...rejectedHeadings, ...headings],
    widths: [10, 52, ...headings.map((heading) => Math.min(40, Math.max(14, heading.length + 2)))],
    rows: rejectedRows(database, sheet.id),
  };
}

function* rejectedRows(database: ReadDatabase, sheetId: number): Generator<(string | number)[]> {
  // By pages: a statement that is left open would hold the connection between two pieces of the file.
  const page = prepare(
    database,
    `SELECT evidence_id AS evidence, max(message) AS message FROM evidence_issue
     WHERE sheet_id = ? AND outcome = 'rejected' AND evidence_id > ?
     GROUP BY evidence_id ORDER BY evidence_id LIMIT 1000`,
  );
  for (let last = 0; ; ) {
    const rows = page.all(sheetId, last) as { evidence: number; message: string }[];
    if (rows.length === 0) return;
    for (const { evidence, message } of rows) {
      last = evidence;
      const place = readPlace(database, evidence);
      if (!place) continue;
      yield [place.row, message, ...place.cells.map((_, column) => shownText(place.cells, column))];
    }
  }
}
