/** Where the raw rows of an import go: into blocks, as they stood. */
import type { WriteDatabase } from '../database/connection.ts';
import type { EvidenceCell, EvidenceRow } from '../database/queries/evidence.ts';
import { rowsPerBlock, writeBlock, writeSpan } from '../database/queries/evidence.ts';
import type { SheetRow, TextSpan } from './readers/types.ts';

export class EvidenceSink {
  private readonly database: WriteDatabase;
  private block: EvidenceRow[] = [];
  /** For rows of a text file: where they stand, instead of what stands there. */
  private span: TextSpan | undefined;
  private runs: [first: number, count: number][] = [];
  private count = 0;
  private firstId = 0;
  private sheetId = 0;

  constructor(database: WriteDatabase) {
    this.database = database;
  }

  /** Keeps a row under its evidence id. Ids of one sheet follow each other. */
  keep(sheetId: number, id: number, row: SheetRow): void {
    const { span } = row;
    if (this.sheetId !== sheetId || this.span !== span || (span === undefined && this.count >= rowsPerBlock))
      this.finish();
    if (this.count === 0) {
      this.firstId = id;
      this.sheetId = sheetId;
      this.span = span;
    }
    this.count += 1;
    if (span) this.keepPlace(row.row);
    else this.block.push([row.row, row.stored ? withStored(row) : row.text]);
  }

  private keepPlace(row: number): void {
    const run = this.runs.at(-1);
    if (run && run[0] + run[1] === row) run[1] += 1;
    else this.runs.push([row, 1]);
  }

  /** Writes the rows that are held back. */
  finish(): void {
    if (this.count === 0) return;
    if (this.span)
      writeSpan(this.database, this.sheetId, this.firstId, this.count, { ...this.span, rows: this.runs });
    else writeBlock(this.database, this.sheetId, this.firstId, this.block);
    this.block = [];
    this.runs = [];
    this.count = 0;
  }
}

/** The cells of a raw row with what the sheet stores; see `queries/evidence.ts` for the form. */
function withStored(row: SheetRow): EvidenceCell[] {
  const stored = row.stored ?? [];
  return Array.from({ length: Math.max(row.text.length, stored.length) }, (_, index) => {
    const value = stored[index];
    const shown = row.text[index] ?? '';
    return value ? [shown, value.type, value.value] : shown;
  });
}
