/** Texts that repeat through call data (kinds of call, cells): kept once, named by a small number in each call. */
import type { WriteDatabase } from '../database/connection.ts';
import { get, prepare } from '../database/sql.ts';
import { createMemory } from './clean/memory.ts';

const textsPerInsert = 100;
/** So many are held in memory; the others are asked for. */
const manyTexts = 200_000;

export class CallTexts {
  private readonly database: WriteDatabase;
  private readonly codes = createMemory<number>(manyTexts);
  /** New texts, by code in order, that are not in the table yet. */
  private readonly fresh = new Map<string, number>();
  private next: number | null = null;
  /** False while the table is empty: then a new text need not be looked for. */
  private knowsTexts = false;

  constructor(database: WriteDatabase) {
    this.database = database;
  }

  /** The code of a text, new or known. Null stays null. */
  code(text: string | null): number | null {
    if (text === null) return null;
    return this.codes.get(text) ?? this.find(text);
  }

  private find(text: string): number {
    if (this.next === null) {
      this.next = (get<{ id: number }>(this.database, 'SELECT max(id) AS id FROM call_text')?.id ?? 0) + 1;
      this.knowsTexts = this.next > 1;
    }
    // The text may be a piece of a block of the file: a copy does not hold the whole block.
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    let code =
      this.fresh.get(own) ??
      (this.knowsTexts
        ? get<{ id: number }>(this.database, 'SELECT id FROM call_text WHERE value = ?', own)?.id
        : undefined);
    if (code === undefined) {
      code = this.next;
      this.next += 1;
      this.fresh.set(own, code);
      if (this.fresh.size === textsPerInsert) this.write();
    }
    this.codes.set(own, code);
    return code;
  }

  /** Writes the new texts. */
  write(): void {
    const rows = [...this.fresh].map(([value, code]) => [code, value]);
    if (rows.length === 0) return;
    prepare(
      this.database,
      `INSERT INTO call_text (id, value) VALUES ${new Array(rows.length).fill('(?, ?)').join(', ')}`,
    ).run(rows.flat());
    this.fresh.clear();
    // From here on the memory may have forgotten some.
    if (this.next !== null && this.next > manyTexts) this.knowsTexts = true;
  }
}
