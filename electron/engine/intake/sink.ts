/**
 * Where read rows go. The same code resolves rows to people, phones and premises in a preview and in a
 * commit; only a commit writes. All of it runs inside the transaction of the import.
 */

import { makeRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { Kind } from '../../../shared/intake/kinds.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { get, nextNumber, prepare } from '../database/sql.ts';
import { basisOf, contradict, keysOf } from '../entities/keys.ts';
import { goesOnBasis, readRecords } from '../entities/materialise.ts';
import { ApartKeys } from './apartKeys.ts';
import type { PlainCall } from './callReader.ts';
import { CallSink } from './callSink.ts';
import { EvidenceSink } from './evidenceSink.ts';
import type { SheetRow } from './readers/types.ts';
import type { Fields, Reading, RecordDraft } from './reading.ts';
import type { KnownRow } from './refresh/knownRow.ts';
import { sameRowBasis } from './refresh/knownRow.ts';

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

/** The next number of a counter, in a box that the busiest callers keep at hand. */
interface Counter {
  next: number;
}

const itemGrids = new Set<GridName>(['intelligence', 'crimes', 'custody', 'referrals', 'communications']);

/**
 * Whether a thing of the row can only be this person's: no other part of the same linked person stands in the
 * row, and no second person unless the second has a thing of their own there.
 */
function isOnly(person: RecordDraft, thing: RecordDraft, drafts: Iterable<RecordDraft>): boolean {
  const prefixes = new Set<string>();
  for (const draft of drafts) {
    if (draft.prefix === person.prefix && draft !== person) return false;
    prefixes.add(draft.prefix);
  }
  return !prefixes.has(`${person.prefix}2`) || prefixes.has(`${thing.prefix}2`);
}

export class Sink {
  private readonly database: WriteDatabase;
  private readonly writing: boolean;
  private readonly identities: Identities | null;
  readonly bases: Bases;
  private readonly counters = new Map<string, Counter>();
  /** Keys seen in this import, before the rows are materialised. */
  private readonly fresh = new Map<string, { id: number; fields: Fields }>();
  private readonly rows: EvidenceSink;
  private readonly calls: CallSink;
  /** What the last row that began a thing was about: rows that go on with it add to that. */
  private above: {
    own: Resolved;
    people: { prefix: string; grid: GridName; id: number }[];
  } | null = null;
  /** Sheet of the row that was kept last: local keys hold within it. */
  private sheet = 0;
  /** What people told apart: no key joins it again. */
  private readonly apart: ApartKeys;
  /** Cells of the row that was kept last. */
  private cells: readonly string[] = [];
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
    this.rows = new EvidenceSink(database);
    this.apart = new ApartKeys(database);
    this.calls = new CallSink({
      database,
      writing,
      again: identities?.phones ?? null,
      newRow: (grid) => this.newRow(grid),
      findPhone: (key) => this.lookup('phones', key),
    });
  }

  /** The next number of a counter. */
  number(counter: string): number {
    return this.counter(counter).next++;
  }

  private counter(name: string): Counter {
    let counter = this.counters.get(name);
    if (counter === undefined) {
      counter = { next: nextNumber(this.database, name) };
      this.bases[name] = counter.next;
      this.counters.set(name, counter);
    }
    return counter;
  }

  /** Has a row computed again once everything is in. */
  touch(grid: GridName, id: number): void {
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
    this.sheet = sheetId;
    this.cells = row.text;
    if (this.writing) this.rows.keep(sheetId, id, row);
    return id;
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
    known?: KnownRow,
  ): 'imported' | 'updated' {
    const own = reading.records.find((draft) => draft.prefix === '');
    if (!own) throw new Error('a row to import has a record of its own');
    if (kind.kind === 'communication') {
      this.calls.take(own.fields, evidenceId);
      return 'imported';
    }
    const places = new Map<RecordDraft, Resolved>();
    for (const draft of reading.records)
      if (draft !== own) places.set(draft, this.resolve(draft, evidenceId, note, known));
    for (const [draft, place] of places) {
      if (kind.grid === 'warrants' && draft.prefix === 'premises')
        own.fields.premises = makeRef('premises', place.id);
      if ((kind.grid === 'custody' || kind.grid === 'referrals') && draft.prefix === 'person')
        own.fields.person = makeRef('people', place.id);
    }
    const above = reading.goesOn ? this.above : null;
    const ownPlace = known
      ? this.resolveKnown(own, known.own)
      : (above?.own ?? this.resolve(own, evidenceId, note));
    places.set(own, ownPlace);
    for (const [draft, place] of places)
      this.record(draft, place, evidenceId, draft === own ? reading.grade : null);
    for (const [draft, place] of places) {
      const thing = kind.linked[draft.prefix];
      if (!thing) continue;
      const about = [...places].filter(([other]) => (thing.from ?? ['']).includes(other.prefix));
      // With two people in the row, what is not said to be the first one's may be the other's.
      const certain = about.filter(([other]) => other === own || isOnly(other, draft, places.keys()));
      const ends = certain.map(([other, from]) => ({ grid: other.grid, id: from.id }));
      // A further row of a custody record gives another phone of the person whom the first row named.
      if (ends.length === 0)
        ends.push(...(above?.people ?? []).filter(({ prefix }) => thing.from?.includes(prefix)));
      for (const end of ends.length > 0 ? ends : [{ grid: own.grid, id: ownPlace.id }])
        this.link(end.grid, end.id, draft.grid, place.id, draft.relation ?? thing.relation, evidenceId);
    }
    if (!above) {
      const named = [...places].filter(([draft]) => draft.grid === 'people' && draft !== own);
      this.above = {
        own: { ...ownPlace, basis: goesOnBasis, isNew: false },
        people: named.map(([{ prefix, grid }, { id }]) => ({ prefix, grid, id })),
      };
    }
    known?.placed([...places].map(([draft, { id }]) => ({ draft, id })));
    return ownPlace.isNew ? 'imported' : 'updated';
  }

  /** A later saying of a row that is there is about the same record, whatever its keys say now. */
  private resolveKnown(draft: RecordDraft, id: number): Resolved {
    this.remember(draft, keysOf(draft.grid, draft.fields), id);
    return { id, basis: sameRowBasis, isNew: false };
  }

  private resolve(
    draft: RecordDraft,
    evidenceId: number,
    note: (code: string, message: string) => void,
    row?: KnownRow,
  ): Resolved {
    const again = this.identities?.rows[identityKey(evidenceId, draft.prefix, draft.part)];
    if (itemGrids.has(draft.grid))
      return { id: this.newRow(draft.grid), basis: 'row of its own', isNew: true };
    const keys = keysOf(draft.grid, draft.fields);
    if (draft.localKey !== undefined) {
      keys.push(`local:${this.sheet}/${draft.localKey}`);
    }
    for (const key of keys) {
      const usual = this.lookup(draft.grid, key);
      const known =
        usual !== null && this.apart.concerns(draft, usual, this.cells)
          ? this.apart.find(draft, key, this.cells, note)
          : usual;
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
    const same = again ? null : (row?.linked(draft) ?? null);
    if (same !== null) return this.resolveKnown(draft, same);
    const [id, basis] = again ?? [this.newRow(draft.grid), firstSeen];
    this.remember(draft, keys, id);
    return { id, basis, isNew: basis === firstSeen };
  }

  private remember(draft: RecordDraft, keys: readonly string[], id: number): void {
    for (const key of keys) {
      const full = `${draft.grid}/${key}`;
      if (!this.fresh.has(full)) this.fresh.set(full, { id, fields: draft.fields });
    }
    this.apart.remember(draft, keys, id, this.cells);
  }

  private lookup(grid: GridName, key: string): number | null {
    const fresh = this.fresh.get(`${grid}/${key}`);
    if (fresh) return fresh.id;
    if (grid === 'phones') {
      const inCalls = this.calls.findPhone(key);
      if (inCalls !== undefined) return inCalls;
    }
    const row = get<{ row_id: number }>(
      this.database,
      'SELECT row_id FROM entity_key WHERE grid = ? AND key = ? ORDER BY row_id LIMIT 1',
      grid,
      key,
    );
    return row?.row_id ?? null;
  }

  /** Whether everything that is known of a person speaks against a record with the same PNC ID. */
  private contradicts(id: number, fields: Fields): boolean {
    const seen = [...this.fresh.values()].filter((entry) => entry.id === id).map((entry) => entry.fields);
    for (const record of readRecords(this.database, 'people', id))
      seen.push(JSON.parse(record.fields) as Fields);
    return contradict(seen, [fields]);
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

  /**
   * Files what a row of a form says of a row of the plan, which is made where there is none; returns its number.
   * `basis` says by what it was known.
   */
  fileForm(grid: GridName, id: number | null, fields: Fields, evidenceId: number, basis: string): number {
    const place = { id: id ?? this.newRow(grid), basis, isNew: id === null };
    this.record({ grid, prefix: '', part: 0, fields, repairs: {} }, place, evidenceId, null);
    return place.id;
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

  /** Files a call that was read the short way: the same as `take` does with the long one. */
  takePlain(call: PlainCall, evidenceId: number): void {
    this.calls.takePlain(call, evidenceId);
  }

  /** Writes what is still held back; after it every row is in and only `touched` has to be materialised. */
  finish(): void {
    if (!this.writing) return;
    this.rows.finish();
    this.calls.finish();
    const counter = prepare(
      this.database,
      'INSERT INTO counter (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = max(next, excluded.next)',
    );
    for (const [name, { next }] of this.counters) counter.run(name, next);
  }
}

export const identityKey = (evidenceId: number, prefix: string, part: number) =>
  `${evidenceId}/${prefix}/${part}`;
