/**
 * Where read rows go. The same code resolves rows to people, phones and premises in a preview and in a
 * commit; only a commit writes. All of it runs inside the transaction of the import.
 */

import { makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { Kind } from '../../../shared/intake/kinds.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { setAsideCallIndexes } from '../database/queries/calls.ts';
import type { EvidenceCell, EvidenceRow } from '../database/queries/evidence.ts';
import { rowsPerBlock, writeBlock } from '../database/queries/evidence.ts';
import { secondsOf } from '../database/queries/expressions.ts';
import { get, prepare } from '../database/sql.ts';
import { basisOf, keysOf } from '../entities/keys.ts';
import { readRecords } from '../entities/materialise.ts';
import type { PlainCall } from './callReader.ts';
import { noPhone, oddPhone } from './callReader.ts';
import { digitsKey, fullTable, PhoneTable } from './phoneTable.ts';
import type { SheetRow } from './readers/types.ts';
import type { Fields, Reading, RecordDraft } from './readRow.ts';

/** First number that this import took from each counter: with them a redo gives the same references. */
export type Bases = Record<string, number>;

/**
 * What the rows of an undone import were, kept for its redo: `evidence/prefix/part` → row and basis, and the
 * phone of each number in its calls. Numbers alone would not do: what has come since may know the same people.
 */
export interface Identities {
  rows: Record<string, [id: number, basis: string]>;
  phones: Record<string, number>;
}

export const firstSeen = 'first seen in this row';

interface Resolved {
  id: number;
  basis: string;
  isNew: boolean;
}

const rowsPerInsert = 40;
const narrowColumns = [
  'id',
  'evidence_id',
  'start',
  'a_phone',
  'b_phone',
  'type',
  'direction',
  'duration_s',
  'imei',
  'imsi',
  'cell_start',
];
/** Columns that most call data lacks; only bound once a row has one. */
const wideColumns = [...narrowColumns, 'cell_end', 'cell_name', 'text'];
// A failure undoes the whole import anyway: FAIL spares SQLite the copy of every page that it keeps to undo one
// statement of many rows.
const insertCalls = (columns: readonly string[], rows: number) =>
  `INSERT OR FAIL INTO communication (${columns.join(', ')}) VALUES ${new Array(rows).fill(`(${new Array(columns.length).fill('?').join(', ')})`).join(', ')}`;

/** The next number of a counter, in a box that the busiest callers keep at hand. */
interface Counter {
  next: number;
}

const itemGrids = new Set<GridName>(['intelligence', 'crimes', 'custody', 'referrals', 'communications']);

const text = (value: CellValue | undefined) => (value === undefined || value === null ? null : String(value));

export class Sink {
  private readonly database: WriteDatabase;
  private readonly writing: boolean;
  private readonly identities: Identities | null;
  readonly bases: Bases;
  private readonly counters = new Map<string, Counter>();
  /** Keys seen in this import, before the rows are materialised. */
  private readonly fresh = new Map<string, { id: number; fields: Fields }>();
  private readonly phones = new PhoneTable();
  /** False while the workspace knows no phone: then a million new numbers need not be asked for. */
  private knowsPhones: boolean | null = null;
  private calls: unknown[] = [];
  private columns: readonly string[] = narrowColumns;
  private block: EvidenceRow[] = [];
  private blockFirst = 0;
  private blockSheet = 0;
  private callIndexesDropped = false;
  /** Rows to be materialised once everything is in. */
  readonly touched = new Map<GridName, Set<number>>();
  readonly created: Record<string, number> = {};

  constructor(
    database: WriteDatabase,
    writing: boolean,
    bases: Bases | null,
    identities: Identities | null = null,
  ) {
    this.database = database;
    this.writing = writing;
    this.identities = identities;
    this.bases = bases ? { ...bases } : {};
    for (const [counter, first] of Object.entries(this.bases)) this.counters.set(counter, { next: first });
  }

  /** The next number of a counter. */
  number(counter: string): number {
    return this.counter(counter).next++;
  }

  private counter(name: string): Counter {
    let counter = this.counters.get(name);
    if (counter === undefined) {
      counter = {
        next:
          get<{ next: number }>(this.database, 'SELECT next FROM counter WHERE name = ?', name)?.next ?? 1,
      };
      this.bases[name] = counter.next;
      this.counters.set(name, counter);
    }
    return counter;
  }

  private touch(grid: GridName, id: number): void {
    let ids = this.touched.get(grid);
    if (!ids) {
      ids = new Set();
      this.touched.set(grid, ids);
    }
    ids.add(id);
  }

  private newRow(grid: GridName): number {
    this.created[grid] = (this.created[grid] ?? 0) + 1;
    return this.number(grid);
  }

  /** Keeps the raw row and gives it an evidence id. */
  evidence(sheetId: number, row: SheetRow): number {
    const id = this.number('evidence');
    if (!this.writing) return id;
    if (this.block.length > 0 && (this.blockSheet !== sheetId || this.block.length >= rowsPerBlock))
      this.flushBlock();
    if (this.block.length === 0) {
      this.blockFirst = id;
      this.blockSheet = sheetId;
    }
    this.block.push([row.row, row.stored ? withStored(row) : row.text]);
    return id;
  }

  private flushBlock(): void {
    if (this.block.length === 0) return;
    writeBlock(this.database, this.blockSheet, this.blockFirst, this.block);
    this.block = [];
  }

  /**
   * Files the records of a row. Returns whether the row's own record is new to the workspace or adds to
   * one that is there.
   */
  take(
    kind: Kind,
    reading: Reading,
    evidenceId: number,
    note: (code: string, message: string) => void,
  ): 'imported' | 'updated' {
    const own = reading.records.find((draft) => draft.prefix === '');
    if (!own) throw new Error('a row to import has a record of its own');
    if (kind.kind === 'communication') {
      this.call(own, evidenceId);
      return 'imported';
    }
    const places = new Map<RecordDraft, Resolved>();
    for (const draft of reading.records)
      if (draft !== own) places.set(draft, this.resolve(draft, evidenceId, note));
    for (const [draft, place] of places) {
      if (kind.grid === 'warrants' && draft.prefix === 'premises')
        own.fields.premises = makeRef('premises', place.id);
      if (draft.prefix === 'person') own.fields.person = makeRef('people', place.id);
    }
    const ownPlace = this.resolve(own, evidenceId, note);
    places.set(own, ownPlace);
    for (const [draft, place] of places)
      this.record(draft, place, evidenceId, draft === own ? reading.grade : null);
    for (const [draft, place] of places) {
      const relation = kind.linked[draft.prefix]?.relation;
      if (relation) this.link(own.grid, ownPlace.id, draft.grid, place.id, relation, evidenceId);
    }
    return ownPlace.isNew ? 'imported' : 'updated';
  }

  private resolve(
    draft: RecordDraft,
    evidenceId: number,
    note: (code: string, message: string) => void,
  ): Resolved {
    const again = this.identities?.rows[identityKey(evidenceId, draft.prefix, draft.part)];
    if (itemGrids.has(draft.grid))
      return { id: this.newRow(draft.grid), basis: 'row of its own', isNew: true };
    const keys = keysOf(draft.grid, draft.fields);
    for (const key of keys) {
      const known = this.lookup(draft.grid, key);
      if (known === null || known === again?.[0]) continue;
      if (draft.grid === 'people' && key.startsWith('pnc:') && this.contradicts(known, draft.fields)) {
        note(
          'person.same-pnc-different',
          'Another person has this PNC ID with another name and date of birth; they were not joined.',
        );
        continue;
      }
      if (again) continue;
      this.remember(draft, keys, known);
      return { id: known, basis: basisOf(key), isNew: false };
    }
    const [id, basis] = again ?? [this.newRow(draft.grid), firstSeen];
    this.remember(draft, keys, id);
    return { id, basis, isNew: basis === firstSeen };
  }

  private remember(draft: RecordDraft, keys: readonly string[], id: number): void {
    for (const key of keys) {
      const full = `${draft.grid}/${key}`;
      if (!this.fresh.has(full)) this.fresh.set(full, { id, fields: draft.fields });
    }
  }

  private lookup(grid: GridName, key: string): number | null {
    const fresh = this.fresh.get(`${grid}/${key}`);
    if (fresh) return fresh.id;
    if (grid === 'phones' && key.startsWith('number:')) {
      const place = this.phones.findNumber(key.slice('number:'.length));
      if (place >= 0) return this.phones.idAt(place);
      this.knowsPhones ??=
        get(this.database, "SELECT 1 FROM entity_key WHERE grid = 'phones' LIMIT 1") !== undefined;
      if (!this.knowsPhones) return null;
    }
    const row = get<{ row_id: number }>(
      this.database,
      'SELECT row_id FROM entity_key WHERE grid = ? AND key = ? ORDER BY row_id LIMIT 1',
      grid,
      key,
    );
    return row?.row_id ?? null;
  }

  /** The same PNC ID, but neither name nor date of birth agrees: one of the two is mistyped. */
  private contradicts(id: number, fields: Fields): boolean {
    const seen = [...this.fresh.values()].filter((entry) => entry.id === id).map((entry) => entry.fields);
    for (const record of readRecords(this.database, 'people', id))
      seen.push(JSON.parse(record.fields) as Fields);
    const name = keysOf('people', { name: fields.name, dob: '0' })[0];
    const comparable = seen.filter((other) => other.name && other.dob && fields.name && fields.dob);
    return (
      comparable.length > 0 &&
      comparable.every(
        (other) => other.dob !== fields.dob && keysOf('people', { name: other.name, dob: '0' })[0] !== name,
      )
    );
  }

  private record(draft: RecordDraft, place: Resolved, evidenceId: number, grade: string | null): void {
    this.touch(draft.grid, place.id);
    if (!this.writing) return;
    prepare(
      this.database,
      `INSERT INTO record (evidence_id, grid, row_id, prefix, part, fields, repairs, grade, basis)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      evidenceId,
      draft.grid,
      place.id,
      draft.prefix,
      draft.part,
      JSON.stringify(draft.fields),
      Object.keys(draft.repairs).length > 0 ? JSON.stringify(draft.repairs) : null,
      grade,
      place.basis,
    );
  }

  private link(
    aGrid: GridName,
    aId: number,
    bGrid: GridName,
    bId: number,
    relation: string,
    evidenceId: number,
  ): void {
    if (!this.writing) return;
    prepare(
      this.database,
      'INSERT INTO link (a_grid, a_id, b_grid, b_id, relation, evidence_id) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(aGrid, aId, bGrid, bId, relation, evidenceId);
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
    const again = this.identities?.phones[number];
    const known = this.lookup('phones', phoneKey(number));
    const isFresh = known === null || (again !== undefined && again !== known);
    const id = isFresh ? (again ?? this.newRow('phones')) : known;
    return key < 0 ? this.phones.addOdd(number, id, isFresh) : this.phones.add(key, id, isFresh);
  }

  private call(draft: RecordDraft, evidenceId: number): void {
    const { fields } = draft;
    const start = typeof fields.start === 'string' ? secondsOf(fields.start) : null;
    const id = this.newRow('communications');
    const a = this.phone(fields.aNumber);
    const b = this.phone(fields.bNumber);
    if (!this.writing) return;
    const duration = typeof fields.durationS === 'number' ? Math.round(fields.durationS) : null;
    this.widenFor(fields.cellEnd || fields.cellName || fields.text);
    this.keepCall(id, evidenceId, start, a, b);
    this.calls.push(
      text(fields.type),
      text(fields.direction),
      duration,
      text(fields.imei),
      text(fields.imsi),
      text(fields.cellStart),
    );
    if (this.columns === wideColumns)
      this.calls.push(text(fields.cellEnd), text(fields.cellName), text(fields.text));
    if (this.calls.length === rowsPerInsert * this.columns.length) this.insertCalls();
  }

  /** Files a call that was read the short way: the same as `take` does with the long one. */
  takePlain(call: PlainCall, evidenceId: number): void {
    const id = this.newRow('communications');
    const a = this.plainPhone(call.a, call.aText);
    const b = this.plainPhone(call.b, call.bText);
    if (!this.writing) return;
    this.widenFor(call.cellEnd ?? call.cellName ?? call.text);
    this.keepCall(id, evidenceId, call.start, a, b);
    this.calls.push(call.type, call.direction, call.durationS, call.imei, call.imsi, call.cellStart);
    if (this.columns === wideColumns) this.calls.push(call.cellEnd, call.cellName, call.text);
    if (this.calls.length === rowsPerInsert * this.columns.length) this.insertCalls();
  }

  private widenFor(seldom: CellValue | undefined): void {
    if (seldom === null || seldom === undefined || seldom === '' || this.columns === wideColumns) return;
    this.insertCalls();
    this.columns = wideColumns;
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
    const whole = rowsPerInsert * columns.length;
    if (calls.length === whole) prepare(this.database, insertCalls(columns, rowsPerInsert)).run(calls);
    else {
      for (let at = 0; at < calls.length; at += columns.length)
        prepare(this.database, insertCalls(columns, 1)).run(calls.slice(at, at + columns.length));
    }
    this.calls.length = 0;
  }

  /** Into an empty table, building the indexes at the end by sorting is several times cheaper. */
  private prepareCallIndexes(): void {
    this.callIndexesDropped = true;
    if (get(this.database, 'SELECT 1 FROM communication LIMIT 1')) return;
    this.rebuild = setAsideCallIndexes(this.database);
  }
  private rebuild: (() => void) | undefined;

  /** Writes what is still held back; after it every row is in and only `touched` has to be materialised. */
  finish(): void {
    if (!this.writing) return;
    this.flushBlock();
    this.insertCalls();
    this.writePhones();
    this.rebuild?.();
    const counter = prepare(
      this.database,
      'INSERT INTO counter (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = max(next, excluded.next)',
    );
    for (const [name, { next }] of this.counters) counter.run(name, next);
  }

  /** Rows of so many values, written many at a time. */
  private batch(width: number, statement: (values: string) => string, row: string) {
    const { database } = this;
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
    phones.forEachFresh((place) => {
      keys.add(phoneKey(phones.numberAt(place)), phones.idAt(place));
    });
    keys.end();
    phones.clear();
    this.knowsPhones = null;
  }
}

const phoneKey = (number: string) => keysOf('phones', { number })[0] ?? `number:${number}`;

export const identityKey = (evidenceId: number, prefix: string, part: number) =>
  `${evidenceId}/${prefix}/${part}`;

/** The cells of a raw row with what the sheet stores; see `queries/evidence.ts` for the form. */
function withStored(row: SheetRow): EvidenceCell[] {
  const stored = row.stored ?? [];
  return Array.from({ length: Math.max(row.text.length, stored.length) }, (_, index) => {
    const value = stored[index];
    const shown = row.text[index] ?? '';
    return value ? [shown, value.type, value.value] : shown;
  });
}
