/** The rows of a sheet up to its heading, from the original file that is kept in the workspace. */
import type { SourceView } from '../../../../shared/contract/intakeSchemas.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { get } from '../../database/sql.ts';
import { keptFile } from '../files.ts';
import { openSpreadsheet } from '../readers/openSpreadsheet.ts';
import type { SheetRow } from '../readers/types.ts';

export type ShownRow = SourceView['rows'][number];

/** Title rows above the heading that are shown; a heading far down has a whole table above it. */
const titleRows = 20;

export interface SourceSheet {
  id: number;
  import: number;
  file: string;
  sheet: string;
  headerRow: number;
  headers: string;
  firstEvidence: number;
  lastEvidence: number;
  sha256: string;
}

/** What a sheet of an import is, by the number of its source; undefined when its import was undone. */
export function readSourceSheet(database: ReadDatabase, id: number): SourceSheet | undefined {
  return get<SourceSheet>(
    database,
    `SELECT s.id, s.import, s.file, s.sheet, s.header_row AS headerRow, s.headers,
       s.first_evidence AS firstEvidence, s.last_evidence AS lastEvidence, f.sha256
     FROM source_sheet s JOIN source_file f ON f.id = s.file_id WHERE s.id = ?`,
    id,
  );
}

/** Of a protected workbook the one within it is read, which opens without its password. */
function readableSha256(database: ReadDatabase, sheet: SourceSheet): string {
  const row = get<{ specification: string }>(
    database,
    'SELECT specification FROM import WHERE id = ?',
    sheet.import,
  );
  const { files } = JSON.parse(row?.specification || '{"files":[]}') as {
    files: { sha256: string; unlocked?: string }[];
  };
  return files.find((file) => file.sha256 === sheet.sha256)?.unlocked ?? sheet.sha256;
}

/** The last rows up to and with the heading; the headings alone where the original cannot be read any more. */
export async function readOriginalHead(
  database: ReadDatabase,
  sheet: SourceSheet,
  signal: AbortSignal | undefined,
): Promise<ShownRow[]> {
  if (sheet.headerRow === 0) return [];
  try {
    const source = { ...keptFile(database, readableSha256(database, sheet)), name: sheet.file };
    const opened = await openSpreadsheet(source, { signal });
    try {
      const found = opened.sheets.find((each) => each.name === sheet.sheet);
      const rows: SheetRow[] = [];
      reading: for await (const batch of found?.rows(signal) ?? []) {
        for (const row of batch) {
          if (row.row > sheet.headerRow) break reading;
          if (row.row > sheet.headerRow - titleRows) rows.push(row);
        }
      }
      if (rows.at(-1)?.row === sheet.headerRow) return rows.map(showRow);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    // The headings were kept with the import: better those than no heading.
  }
  const text = JSON.parse(sheet.headers) as string[];
  return [showRow({ row: sheet.headerRow, text })];
}

function showRow(row: SheetRow): ShownRow {
  return {
    row: row.row,
    hidden: row.hidden ?? false,
    cells: row.text.map((text, column) => ({
      text,
      stored: row.stored?.[column]?.value ?? null,
      comment: null,
      link: null,
    })),
  };
}
