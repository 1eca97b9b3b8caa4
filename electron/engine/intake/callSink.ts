/** Where calls go, which come by the million: their rows, and the phones that are in them. */
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { setAsideCallIndexes } from '../database/queries/calls.ts';
import { secondsOf } from '../database/queries/expressions.ts';
import { get, prepare } from '../database/sql.ts';
import { keysOf } from '../entities/keys.ts';
import { noteChange } from '../search/queue.ts';
import type { PlainCall } from './callReader.ts';
import { noPhone, oddPhone } from './callReader.ts';
import { CallTexts } from './callTexts.ts';
import { digitsKey, fullTable, PhoneTable } from './phoneTable.ts';
import type { Fields } from './reading.ts';

const rowsPerInsert = 40;
const narrowColumns = [
  'id',
  'evidence_id',
  'start',
  'a_phone',
  'b_phone',
  'duration_s',
  'type',
  'direction',
  'cell_start',
  'imei',
  'imsi',
];
/** Columns that most call data lacks; only bound once a row has one. */
const wideColumns = [...narrowColumns, 'cell_end', 'cell_name', 'text'];

/** What to bind for a column. Numbers arrive as floating point; in a column of any type they must be made whole. */
function placeholder(column: string, columns: readonly string[]): string {
  return columns === narrowColumns && (column === 'imei' || column === 'imsi') ? 'CAST(? AS INTEGER)' : '?';
}

// A failure undoes the whole import anyway: FAIL spares SQLite the copy of every page that it keeps to undo one
// statement of many rows.
function insertCalls(columns: readonly string[], rows: number): string {
  const row = `(${columns.map((column) => placeholder(column, columns)).join(', ')})`;
  return `INSERT OR FAIL INTO communication (${columns.join(', ')}) VALUES ${new Array(rows).fill(row).join(', ')}`;
}

const text = (value: CellValue | undefined) => (value === undefined || value === null ? null : String(value));

/** An IMEI or IMSI as it is kept: fifteen digits as a number, everything else as text. */
function identity(value: CellValue | undefined): number | string | null {
  const written = text(value);
  return written !== null && /^\d{15}$/.test(written) ? Number(written) : written;
}

const whole = (value: number | string | null) => (typeof value === 'number' ? BigInt(value) : value);

interface CallSinkOptions {
  database: WriteDatabase;
  writing: boolean;
  /** For a redo: the phone that each number was. */
  again: Record<string, number> | null;
  /** Takes the next number of a grid. */
  newRow: (grid: GridName) => number;
  /** The phone of a key that is in this import or in the workspace. */
  findPhone: (key: string) => number | null;
}

export class CallSink {
  private readonly options: CallSinkOptions;
  private readonly phones = new PhoneTable();
  /** False while the workspace knows no phone: then a million new numbers need not be asked for. */
  private knowsPhones: boolean | null = null;
  private calls: unknown[] = [];
  private columns: readonly string[] = narrowColumns;
  private callIndexesDropped = false;
  private readonly texts: CallTexts;

  constructor(options: CallSinkOptions) {
    this.options = options;
    this.texts = new CallTexts(options.database);
  }

  /** The phone of a key in the calls so far; null where no phone can have it, undefined where one might. */
  findPhone(key: string): number | null | undefined {
    if (!key.startsWith('number:')) return undefined;
    const place = this.phones.findNumber(key.slice('number:'.length));
    if (place >= 0) return this.phones.idAt(place);
    this.knowsPhones ??=
      get(this.options.database, "SELECT 1 FROM entity_key WHERE grid = 'phones' LIMIT 1") !== undefined;
    return this.knowsPhones ? undefined : null;
  }

  /** Place in `phones` of a number in call data: one row per distinct number, made when first seen. -1 for none. */
  private phone(number: CellValue | undefined): number {
    if (typeof number !== 'string' || number === 'withheld') return -1;
    const known = this.phones.findNumber(number);
    return known >= 0 ? known : this.addPhone(digitsKey(number), number);
  }

  private plainPhone(key: number, text: string): number {
    if (key === noPhone) return -1;
    if (key === oddPhone) return this.phone(text);
    const known = this.phones.find(key);
    return known >= 0 ? known : this.addPhone(key, `+${key}`);
  }

  /** Its row is written with the events, once the import is in; until then `lookup` finds it here. */
  private addPhone(key: number, number: string): number {
    const again = this.options.again?.[number];
    const known = this.options.findPhone(phoneKey(number));
    const isFresh = known === null || (again !== undefined && again !== known);
    const id = isFresh ? (again ?? this.options.newRow('phones')) : known;
    return key < 0 ? this.phones.addOdd(number, id, isFresh) : this.phones.add(key, id, isFresh);
  }

  /** Files the cleaned fields of one row. */
  take(fields: Fields, evidenceId: number): void {
    const start = typeof fields.start === 'string' ? secondsOf(fields.start) : null;
    const id = this.options.newRow('communications');
    const a = this.phone(fields.aNumber);
    const b = this.phone(fields.bNumber);
    if (!this.options.writing) return;
    const duration = typeof fields.durationS === 'number' ? Math.round(fields.durationS) : null;
    const imei = identity(fields.imei);
    const imsi = identity(fields.imsi);
    if (
      fields.cellEnd ||
      fields.cellName ||
      fields.text ||
      typeof imei === 'string' ||
      typeof imsi === 'string'
    )
      this.widen();
    this.keepCall(id, evidenceId, start, a, b);
    this.keepTexts(duration, text(fields.type), text(fields.direction), text(fields.cellStart));
    this.keepIdentities(imei, imsi);
    this.keepSeldom(text(fields.cellEnd), text(fields.cellName), text(fields.text));
  }

  /** Files a call that was read the short way: the same as `take` does with the long one. */
  takePlain(call: PlainCall, evidenceId: number): void {
    const id = this.options.newRow('communications');
    const a = this.plainPhone(call.a, call.aText);
    const b = this.plainPhone(call.b, call.bText);
    if (!this.options.writing) return;
    if (call.cellEnd !== null || call.cellName !== null || call.text !== null) this.widen();
    this.keepCall(id, evidenceId, call.start, a, b);
    this.keepTexts(call.durationS, call.type, call.direction, call.cellStart);
    this.keepIdentities(call.imei, call.imsi);
    this.keepSeldom(call.cellEnd, call.cellName, call.text);
  }

  private widen(): void {
    if (this.columns === wideColumns) return;
    this.insertCalls();
    this.columns = wideColumns;
  }

  private keepTexts(
    duration: number | null,
    type: string | null,
    direction: string | null,
    cell: string | null,
  ): void {
    const { texts } = this;
    this.calls.push(duration, texts.code(type), texts.code(direction), texts.code(cell));
  }

  private keepIdentities(imei: number | string | null, imsi: number | string | null): void {
    if (this.columns === narrowColumns) this.calls.push(imei, imsi);
    else this.calls.push(whole(imei), whole(imsi));
  }

  /** The last values of a row. */
  private keepSeldom(cellEnd: string | null, cellName: string | null, message: string | null): void {
    if (this.columns === wideColumns)
      this.calls.push(this.texts.code(cellEnd), this.texts.code(cellName), message);
    if (this.calls.length === rowsPerInsert * this.columns.length) this.insertCalls();
  }

  private keepCall(id: number, evidenceId: number, start: number | null, a: number, b: number): void {
    if (a >= 0) this.phones.count(a, start ?? 0);
    if (b >= 0 && b !== a) this.phones.count(b, start ?? 0);
    if (!this.callIndexesDropped) this.prepareCallIndexes();
    this.calls.push(
      id,
      evidenceId,
      start,
      a >= 0 ? this.phones.idAt(a) : null,
      b >= 0 ? this.phones.idAt(b) : null,
    );
    if (this.phones.size >= fullTable) this.writePhones();
  }

  private insertCalls(): void {
    const { calls, columns } = this;
    if (calls.length === rowsPerInsert * columns.length)
      prepare(this.options.database, insertCalls(columns, rowsPerInsert)).run(calls);
    else {
      for (let at = 0; at < calls.length; at += columns.length)
        prepare(this.options.database, insertCalls(columns, 1)).run(calls.slice(at, at + columns.length));
    }
    this.calls.length = 0;
  }

  /** Into an empty table, building the indexes at the end by sorting is several times cheaper. */
  private prepareCallIndexes(): void {
    this.callIndexesDropped = true;
    if (get(this.options.database, 'SELECT 1 FROM communication LIMIT 1')) return;
    this.rebuild = setAsideCallIndexes(this.options.database);
  }
  private rebuild: (() => void) | undefined;

  /** Writes what is still held back. */
  finish(): void {
    this.insertCalls();
    this.texts.write();
    this.writePhones();
    this.rebuild?.();
  }

  /** Rows of so many values, written many at a time. */
  private batch(width: number, statement: (values: string) => string, row: string) {
    const { database } = this.options;
    const many = prepare(database, statement(new Array(rowsPerInsert).fill(row).join(', ')));
    let held: unknown[] = [];
    return {
      add(...values: unknown[]): void {
        held.push(...values);
        if (held.length < width * rowsPerInsert) return;
        many.run(held);
        held.length = 0;
      },
      end(): void {
        const one = prepare(database, statement(row));
        for (let at = 0; at < held.length; at += width) one.run(held.slice(at, at + width));
        held = [];
      },
    };
  }

  /** Writes the phones of the calls: rows and keys of the new ones, counts and times of all. */
  private writePhones(): void {
    const { phones } = this;
    const { database } = this.options;
    const rows = this.batch(
      6,
      (
        values,
      ) => `INSERT OR FAIL INTO phone (id, revision, sources, number, events, first_seen, last_seen) VALUES ${values}
       ON CONFLICT (id) DO UPDATE SET events = events + excluded.events,
         first_seen = min(coalesce(first_seen, excluded.first_seen), excluded.first_seen),
         last_seen = max(coalesce(last_seen, excluded.last_seen), excluded.last_seen)`,
      '(?, 0, ?, ?, ?, ?, ?)',
    );
    // A number without a row is new, or one that a file of the same import has just brought.
    phones.forEachSeen((place, count, first, last) => {
      rows.add(phones.idAt(place), 0, phones.numberAt(place), count, first, last);
    });
    rows.end();
    const keys = this.batch(
      2,
      (values) => `INSERT OR IGNORE INTO entity_key (grid, key, row_id) VALUES ${values}`,
      "('phones', ?, ?)",
    );
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    phones.forEachFresh((place) => {
      const id = phones.idAt(place);
      keys.add(phoneKey(phones.numberAt(place)), id);
      if (id < first) first = id;
      if (id > last) last = id;
    });
    keys.end();
    if (last > 0) noteChange(database, 'phones', first, last);
    phones.clear();
    this.knowsPhones = null;
  }
}

const phoneKey = (number: string) => keysOf('phones', { number })[0] ?? `number:${number}`;
