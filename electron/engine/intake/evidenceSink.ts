/** Where the raw rows of an import go: into blocks, as they stood. */
import type { WriteDatabase } from '../database/connection.ts';
import type { EvidenceCell, EvidenceRow } from '../database/queries/evidence.ts';
import { rowsPerBlock, writeBlock } from '../database/queries/evidence.ts';
import type { SheetRow } from './readers/types.ts';

export class EvidenceSink {
  private readonly database: WriteDatabase;
  private block: EvidenceRow[] = [];
  private blockFirst = 0;
  private blockSheet = 0;

  constructor(database: WriteDatabase) {
    this.database = database;
  }

  /** Keeps a row under its evidence id. Ids of one sheet follow each other. */
  keep(sheetId: number, id: number, row: SheetRow): void {
    if (this.block.length > 0 && (this.blockSheet !== sheetId || this.block.length >= rowsPerBlock))
      this.finish();
    if (this.block.length === 0) {
      this.blockFirst = id;
      this.blockSheet = sheetId;
    }
    this.block.push([row.row, row.stored ? withStored(row) : row.text]);
  }

  /** Writes the rows that are held back. */
  finish(): void {
    if (this.block.length === 0) return;
    writeBlock(this.database, this.blockSheet, this.blockFirst, this.block);
    this.block = [];
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
