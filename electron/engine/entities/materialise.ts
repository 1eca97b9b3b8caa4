/**
 * From evidence to rows: a row of an entity or plan table is worked out from what the records say about
 * it and what analysts entered. It can be computed again at any time, which is what undo, re-import and
 * "show the other values" rest on.
 *
 * Where sources disagree the preferred value is: the newest manual value, else the best grade, else the
 * newest evidence. The others stay in `record`, and the field is named in `conflicts`. What a later issue of the same
 * sheet says anew or withdraws no longer counts (`standing.ts`), and so is no disagreement.
 */

import { grids } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, columnName, get, identifier, placeholders, run } from '../database/sql.ts';
import { keysOf } from './keys.ts';
import type { RefreshedRecord } from './standing.ts';
import { standingOf } from './standing.ts';

export interface RecordRow extends RefreshedRecord {
  id: number;
  prefix: string;
  part: number;
  repairs: string | null;
  grade: string | null;
  basis: string;
}

export interface ManualRow {
  seq: number;
  field: string;
  value: CellValue;
  /** 1 when it was given up for the value of a later issue of a sheet: it stays on record and no longer counts. */
  overruled: number;
}

/** Manual fields that say whether the row exists, rather than a value of it. */
export const createdField = '$created';
export const removedField = '$removed';

/** Several sources add up here instead of contradicting each other. */
const joined = new Set([
  'aliases',
  'localRef',
  'markers',
  'skills',
  'note',
  'description',
  'occupants',
  'hazards',
]);

/** Basis of a record of a row that goes on with the thing of the row above it. */
export const goesOnBasis = 'goes on with the row above';

/** Texts that run over several rows of a sheet: the later row goes on where the earlier one ends. */
export const proseFields: ReadonlySet<string> = new Set([
  'text',
  'subjects',
  'conditions',
  'provenance',
  'access',
  'offence',
  'concern',
  'personText',
]);

/** Fields that have a column of their own in the grid's table. */
export function storedFields(grid: GridName): readonly string[] {
  return stored.get(grid) ?? [];
}
const stored = new Map<GridName, readonly string[]>(
  Object.values(grids).map((grid) => [
    grid.name,
    grid.columns.filter((column) => !column.derived).map((column) => column.field),
  ]),
);

export function readRecords(database: ReadDatabase, grid: GridName, id: number): RecordRow[] {
  return all<RecordRow>(
    database,
    `SELECT r.id, r.evidence_id, r.prefix, r.part, r.fields, r.repairs, r.grade, r.basis, f.state, f.by_evidence
     FROM record r LEFT JOIN refreshed_record f
       ON f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part
     WHERE r.grid = ? AND r.row_id = ? ORDER BY r.evidence_id, r.id`,
    grid,
    id,
  );
}

export function readManual(database: ReadDatabase, grid: GridName, id: number): ManualRow[] {
  return all<ManualRow>(
    database,
    `SELECT m.seq, m.field, m.value, o.seq IS NOT NULL AS overruled
     FROM manual_value m LEFT JOIN overruled_value o
       ON o.grid = m.grid AND o.row_id = m.row_id AND o.field = m.field AND o.seq = m.seq
     WHERE m.grid = ? AND m.row_id = ? ORDER BY m.seq`,
    grid,
    id,
  );
}

/** Rank of a 3x5x2 grade: smaller is better; ungraded counts as the middle. */
function gradeRank(grade: string | null): number {
  const match = /^([1-3])([A-E])/.exec(grade ?? '');
  if (!match?.[1] || !match[2]) return 10;
  return (Number(match[1]) - 1) * 5 + 'ABCDE'.indexOf(match[2]);
}

const sameText = (a: CellValue, b: CellValue) =>
  String(a).trim().toLocaleLowerCase('en-GB') === String(b).trim().toLocaleLowerCase('en-GB');

export interface Chosen {
  values: Map<string, CellValue>;
  conflicts: string[];
  /** For each field the id of the record, or `m<seq>`, whose value was taken. */
  from: Map<string, string>;
  /** Whether a field of a record still counts; false where a later issue of its sheet said it anew or withdrew it. */
  counts: (record: RefreshedRecord, field: string) => boolean;
}

/** Chooses the preferred value of every field. Pure: `records` by id, `manual` by sequence, both rising. */
export function chooseValues(records: readonly RecordRow[], manual: readonly ManualRow[]): Chosen {
  const values = new Map<string, CellValue>();
  const from = new Map<string, string>();
  const ranks = new Map<string, number>();
  const conflicts = new Set<string>();
  const byHand = manual.some((entry) => entry.field === createdField && entry.value === 1);
  const counts = standingOf(records, byHand);
  for (const record of records) {
    const rank = gradeRank(record.grade);
    for (const [field, value] of Object.entries(JSON.parse(record.fields) as Record<string, CellValue>)) {
      if (value === null || value === '' || !counts(record, field)) continue;
      const earlier = values.get(field);
      if (earlier === undefined || earlier === null) {
        values.set(field, value);
      } else if (joined.has(field)) {
        const parts = String(earlier).split('; ');
        if (parts.some((part) => sameText(part, value))) continue;
        values.set(field, `${earlier}; ${value}`);
      } else if (record.basis === goesOnBasis && proseFields.has(field) && !sameText(earlier, value)) {
        values.set(field, `${earlier}\n${value}`);
        continue;
      } else if (sameText(earlier, value)) {
        // Said twice, it weighs as much as the better of the two says.
        if (rank < (ranks.get(field) ?? 10)) ranks.set(field, rank);
        continue;
      } else {
        conflicts.add(field);
        if (rank > (ranks.get(field) ?? 10)) continue;
        values.set(field, value);
      }
      ranks.set(field, rank);
      from.set(field, String(record.id));
    }
  }
  for (const entry of manual) {
    if (entry.overruled === 1) continue;
    values.set(entry.field, entry.value);
    from.set(entry.field, `m${entry.seq}`);
    conflicts.delete(entry.field);
  }
  return { values, conflicts: [...conflicts].sort(), from, counts };
}

/**
 * Computes one row again and writes it, or removes it when nothing is left that it rests on.
 * `revision` is the number of the journal entry in whose transaction this happens.
 */
export function materialise(
  database: WriteDatabase,
  grid: GridName,
  id: number,
  revision: number,
): 'written' | 'removed' {
  const table = identifier(grids[grid].table);
  const records = readRecords(database, grid, id);
  const manual = readManual(database, grid, id);
  const { values, conflicts } = chooseValues(records, manual);
  run(database, 'DELETE FROM entity_key WHERE grid = ? AND row_id = ?', grid, id);
  const removed = values.get(removedField) === 1;
  const inCalls = grid === 'phones' && !removed && restsOnCalls(database, id);
  if (removed || (records.length === 0 && values.get(createdField) !== 1 && !inCalls)) {
    run(database, `DELETE FROM ${table} WHERE id = ?`, id);
    return 'removed';
  }
  // A number known from calls alone has no record that says it: the row itself does.
  if (inCalls && (values.get('number') ?? null) === null)
    values.set(
      'number',
      get<{ number: string | null }>(database, 'SELECT number FROM phone WHERE id = ?', id)?.number ?? null,
    );
  const fields = storedFields(grid);
  const names = fields.map((field) => identifier(columnName(field)));
  const standing = records.filter((record) => record.state === null);
  const sources = standing.length + (values.get(createdField) === 1 ? 1 : 0);
  run(
    database,
    `INSERT INTO ${table} (id, revision, sources, conflicts, ${names.join(', ')})
     VALUES ${placeholders(names.length + 4)}
     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sources = excluded.sources,
       conflicts = excluded.conflicts, ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    id,
    revision,
    sources,
    conflicts.length > 0 ? conflicts.join(', ') : null,
    ...fields.map((field) => values.get(field) ?? null),
  );
  const keys = new Set<string>();
  for (const record of records)
    for (const key of keysOf(grid, JSON.parse(record.fields) as Record<string, CellValue>)) keys.add(key);
  for (const key of keysOf(grid, Object.fromEntries(values))) keys.add(key);
  for (const key of keys) addKey(database, grid, key, id);
  return 'written';
}

const addKey = (database: WriteDatabase, grid: GridName, key: string, id: number) =>
  run(database, 'INSERT OR IGNORE INTO entity_key (grid, key, row_id) VALUES (?, ?, ?)', grid, key, id);

/** The number stands in call data. */
export function restsOnCalls(database: ReadDatabase, id: number): boolean {
  return (
    get(
      database,
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM communication WHERE a_phone = ?)
         OR EXISTS (SELECT 1 FROM communication WHERE b_phone = ?)`,
      id,
      id,
    ) !== undefined
  );
}
