/** Texts that repeat through call data (kinds of call, cells): kept once, named by a small number in each call. */
import type { WriteDatabase } from '../database/connection.ts';
import { get, prepare } from '../database/sql.ts';

const textsPerInsert = 100;
/** So many are held in memory; then they are forgotten and asked for again. */
const manyTexts = 200_000;
const firstSize = 1 << 12;

/** FNV-1a over the characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** The codes of texts. An open table of our own: a `Map` costs several times as much for texts just cut. */
class CodeTable {
  private texts: (string | undefined)[] = new Array(firstSize).fill(undefined);
  private hashes = new Int32Array(firstSize);
  private codes = new Int32Array(firstSize);
  size = 0;

  /** The code of a text, or 0. */
  get(text: string): number {
    const hash = hashOf(text);
    const mask = this.codes.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const code = this.codes[at] ?? 0;
      if (code === 0 || (this.hashes[at] === hash && this.texts[at] === text)) return code;
    }
  }

  /** Adds a text that is not there. */
  add(text: string, code: number): void {
    if (this.size >= manyTexts) this.resize(firstSize, false);
    else if (this.size * 2 >= this.codes.length) this.resize(this.codes.length * 2, true);
    this.put(text, hashOf(text), code);
    this.size += 1;
  }

  private put(text: string, hash: number, code: number): void {
    const mask = this.codes.length - 1;
    let at = hash & mask;
    while (this.codes[at] !== 0) at = (at + 1) & mask;
    this.texts[at] = text;
    this.hashes[at] = hash;
    this.codes[at] = code;
  }

  private resize(length: number, keep: boolean): void {
    const { texts, hashes, codes } = this;
    this.texts = new Array(length).fill(undefined);
    this.hashes = new Int32Array(length);
    this.codes = new Int32Array(length);
    if (!keep) this.size = 0;
    else
      texts.forEach((text, at) => {
        if (text !== undefined) this.put(text, hashes[at] ?? 0, codes[at] ?? 0);
      });
  }
}

export class CallTexts {
  private readonly database: WriteDatabase;
  private readonly table = new CodeTable();
  /** New texts that are not in the database yet, with their codes. */
  private fresh: [code: number, text: string][] = [];
  private next = 0;
  /** False while the memory holds every text of the database: then a new one need not be looked for. */
  private mustAsk = false;

  constructor(database: WriteDatabase) {
    this.database = database;
  }

  /** The code of a text, new or known. Null stays null. */
  code(text: string | null): number | null {
    if (text === null) return null;
    return this.table.get(text) || this.find(text);
  }

  private find(text: string): number {
    if (this.next === 0) {
      this.next = (get<{ id: number }>(this.database, 'SELECT max(id) AS id FROM call_text')?.id ?? 0) + 1;
      this.mustAsk = this.next > 1;
    }
    if (this.table.size >= manyTexts) {
      this.write();
      this.mustAsk = true;
    }
    // The text may be a piece of a block of the file: a copy does not hold the whole block.
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    const known = this.mustAsk
      ? get<{ id: number }>(this.database, 'SELECT id FROM call_text WHERE value = ?', own)?.id
      : undefined;
    const code = known ?? this.next;
    if (known === undefined) {
      this.next += 1;
      this.fresh.push([code, own]);
      if (this.fresh.length === textsPerInsert) this.write();
    }
    this.table.add(own, code);
    return code;
  }

  /** Writes the new texts. */
  write(): void {
    if (this.fresh.length === 0) return;
    const values = new Array(this.fresh.length).fill('(?, ?)').join(', ');
    prepare(this.database, `INSERT INTO call_text (id, value) VALUES ${values}`).run(this.fresh.flat());
    this.fresh = [];
  }
}
