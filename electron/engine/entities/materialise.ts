/**
 * From evidence to rows: a row of an entity or plan table is worked out from what the records say about
 * it and what analysts entered. It can be computed again at any time, which is what undo, re-import and
 * "show the other values" rest on.
 *
 * Where sources disagree the preferred value is: the newest manual value, else the best grade, else the
 * newest evidence. The others stay in `record`, and the field is named in `conflicts`. What a later issue of the same
 * sheet says anew or withdraws no longer counts (`standing.ts`), and so is no disagreement.
 *
 * A row that stands for several merged ones (`groups.ts`) rests on the records and the manual values of all of them.
 */

import { grids } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, columnName, get, identifier, placeholders, run } from '../database/sql.ts';
import { noteChange } from '../search/queue.ts';
import { followGroups, hasGroups, intoField, membersOf, recordIdsOf, refFields, rootOf } from './groups.ts';
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
  /** The merged row that it came to, or was moved to. */
  atom: number;
}

export interface ManualRow {
  seq: number;
  /** The merged row that it was entered for. */
  atom: number;
  field: string;
  value: CellValue;
  /** 1 when it was given up for the value of a later issue of a sheet: it stays on record and no longer counts. */
  overruled: number;
  /** When it was entered, wherever that was. */
  at: string;
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

// An import reads these for each of its rows: the texts stand here, so that they are put together once.
const recordColumns = 'r.id, r.evidence_id, r.prefix, r.part, r.fields, r.repairs, r.grade, r.basis';
const refreshed = `LEFT JOIN refreshed_record f
       ON f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part`;
const ownRecords = `SELECT ${recordColumns}, r.row_id AS atom, f.state, f.by_evidence FROM record r ${refreshed}
     WHERE r.grid = ? AND r.row_id = ? ORDER BY r.evidence_id, r.id`;
const groupedRecords = `SELECT ${recordColumns}, coalesce(m.to_id, r.row_id) AS atom, f.state, f.by_evidence
     FROM record r ${refreshed}
       LEFT JOIN moved_record m ON m.evidence_id = r.evidence_id AND m.prefix = r.prefix AND m.part = r.part
     WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.evidence_id, r.id`;
const manualValues = `SELECT m.seq, m.row_id AS atom, m.field, m.value, o.seq IS NOT NULL AS overruled,
       coalesce(e.at, j.at, '') AS at
     FROM manual_value m LEFT JOIN journal j ON j.seq = m.seq
       LEFT JOIN overruled_value o
         ON o.grid = m.grid AND o.row_id = m.row_id AND o.field = m.field AND o.seq = m.seq
       LEFT JOIN exchange_origin e
         ON e.grid = m.grid AND e.row_id = m.row_id AND e.field = m.field AND e.seq = m.seq
     WHERE m.grid = ? AND m.row_id = ?
       AND (substr(m.field, 1, 1) <> '$' OR m.field = '${createdField}' OR (m.field = '${removedField}' AND ?))
     ORDER BY m.seq`;

/**
 * The records that count in a row, of all the rows that it stands for. `root` is a root (`groups.ts`).
 *
 * @param grouped what `hasGroups` says, for a caller that has asked already
 */
export function readRecords(
  database: ReadDatabase,
  grid: GridName,
  root: number,
  grouped = hasGroups(database),
): RecordRow[] {
  if (!grouped) return all<RecordRow>(database, ownRecords, grid, root);
  return all<RecordRow>(database, groupedRecords, JSON.stringify(recordIdsOf(database, grid, root))).map(
    (record) => (refFields(grid).size === 0 ? record : withFollowed(database, grid, record)),
  );
}

/** The record with its references as they stand now. */
function withFollowed(database: ReadDatabase, grid: GridName, record: RecordRow): RecordRow {
  const fields = Object.entries(JSON.parse(record.fields) as Record<string, CellValue>).map(
    ([field, value]) => [field, followGroups(database, grid, field, value, record.evidence_id)],
  );
  return { ...record, fields: JSON.stringify(Object.fromEntries(fields)) };
}

/**
 * What analysts entered for a row and for those that it stands for; the row's own last, so that it wins, the others by
 * number: on every copy of the operation the same. Which rows are the same is no value.
 *
 * @param members those that `root` stands for, for a caller that has them already
 */
export function readManual(
  database: ReadDatabase,
  grid: GridName,
  root: number,
  members: readonly number[] = membersOf(database, grid, root),
): ManualRow[] {
  const others = members.filter((member) => member !== root);
  const rows = [...others, root].flatMap((member) =>
    all<ManualRow>(database, manualValues, grid, member, member === root ? 1 : 0),
  );
  if (rows.length === 0 || refFields(grid).size === 0 || !hasGroups(database)) return rows;
  return rows.map((row) => ({ ...row, value: followGroups(database, grid, row.field, row.value) }));
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

/**
 * Chooses the preferred value of every field. Pure: `records` by id, `manual` by sequence, both rising; of merged rows
 * the manual values of the root last.
 *
 * @param mergedAt when rows were last merged into this one, '' where none were
 */
export function chooseValues(
  records: readonly RecordRow[],
  manual: readonly ManualRow[],
  mergedAt = '',
): Chosen {
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
  // By field what was entered last for each of the rows that were merged.
  const said = new Map<string, Map<number, ManualRow>>();
  for (const entry of manual) {
    if (entry.overruled === 1) continue;
    values.set(entry.field, entry.value);
    from.set(entry.field, `m${entry.seq}`);
    conflicts.delete(entry.field);
    const byAtom = said.get(entry.field) ?? new Map<number, ManualRow>();
    said.set(entry.field, byAtom.set(entry.atom, entry));
  }
  // Entered for two rows that have since been merged: one of them is chosen until somebody enters it anew.
  for (const [field, byAtom] of said) {
    const chosen = [...byAtom.values()].at(-1);
    if (chosen && chosen.at <= mergedAt && [...byAtom.values()].some(({ value }) => value !== chosen.value))
      conflicts.add(field);
  }
  return { values, conflicts: [...conflicts].sort(), from, counts };
}

/**
 * Computes one row again and writes it, or removes it when nothing is left that it rests on. A row that is part of
 * another has no row in its table: the one that it is part of is computed.
 *
 * `revision` is the number of the journal entry in whose transaction this happens.
 */
export function materialise(
  database: WriteDatabase,
  grid: GridName,
  id: number,
  revision: number,
): 'written' | 'removed' {
  const table = identifier(grids[grid].table);
  const grouped = hasGroups(database);
  const root = grouped ? rootOf(database, grid, id) : id;
  const members = grouped ? membersOf(database, grid, root) : [id];
  const records = readRecords(database, grid, root, grouped);
  const manual = readManual(database, grid, root, members);
  for (const member of members) {
    noteChange(database, grid, member);
    run(database, 'DELETE FROM entity_key WHERE grid = ? AND row_id = ?', grid, member);
    if (member !== root) run(database, `DELETE FROM ${table} WHERE id = ?`, member);
  }
  const chosen = chooseValues(records, manual, newestMerge(database, grid, members));
  const { values } = chosen;
  const conflicts = [...new Set([...chosen.conflicts, ...differingFields(database, grid, members)])].sort();
  const removed = values.get(removedField) === 1;
  const inCalls = grid === 'phones' && !removed && restsOnCalls(database, root);
  if (removed || (records.length === 0 && values.get(createdField) !== 1 && !inCalls)) {
    run(database, `DELETE FROM ${table} WHERE id = ?`, root);
    return 'removed';
  }
  // A number known from calls alone has no record that says it: the row itself does.
  if (inCalls && (values.get('number') ?? null) === null)
    values.set(
      'number',
      get<{ number: string | null }>(database, 'SELECT number FROM phone WHERE id = ?', root)?.number ?? null,
    );
  const standing = records.filter((record) => record.state === null);
  const sources = standing.length + (values.get(createdField) === 1 ? 1 : 0);
  run(
    database,
    writes.get(grid) ?? '',
    root,
    revision,
    sources,
    conflicts.length > 0 ? conflicts.join(', ') : null,
    ...storedFields(grid).map((field) => values.get(field) ?? null),
  );
  writeKeys(database, grid, root, members, { records, manual, values });
  return 'written';
}

/** By grid the statement that writes a row. */
const writes = new Map<GridName, string>(
  Object.values(grids).map((grid) => {
    const names = storedFields(grid.name).map((field) => identifier(columnName(field)));
    return [
      grid.name,
      `INSERT INTO ${identifier(grid.table)} (id, revision, sources, conflicts, ${names.join(', ')})
       VALUES ${placeholders(names.length + 4)}
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sources = excluded.sources,
         conflicts = excluded.conflicts, ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ];
  }),
);

/** When these were last made one row; '' where they are one atom. */
function newestMerge(database: ReadDatabase, grid: GridName, members: readonly number[]): string {
  if (members.length === 1) return '';
  return (
    get<{ at: string | null }>(
      database,
      `SELECT max(coalesce(e.at, j.at)) AS at FROM merged_row g LEFT JOIN journal j ON j.seq = g.seq
         LEFT JOIN exchange_origin e
           ON e.grid = g.grid AND e.row_id = g.row_id AND e.field = '${intoField}' AND e.seq = g.seq
       WHERE g.grid = ? AND g.row_id IN (SELECT value FROM json_each(?))`,
      grid,
      JSON.stringify(members),
    )?.at ?? ''
  );
}

/** Fields on which copies of the operation differ, and nobody has decided since. */
function differingFields(database: ReadDatabase, grid: GridName, members: readonly number[]): string[] {
  return all<{ field: string }>(
    database,
    `SELECT field FROM exchange_conflict c WHERE grid = ? AND row_id IN (SELECT value FROM json_each(?))
       AND substr(field, 1, 1) <> '$'
       AND NOT EXISTS (SELECT 1 FROM manual_value m WHERE m.grid = c.grid AND m.row_id = c.row_id
         AND m.field = c.field AND m.seq > c.seq)`,
    grid,
    JSON.stringify(members),
  ).map(({ field }) => field);
}

/**
 * Every atom keeps keys of its own, so that what is imported later comes to the atom that it would have come to without
 * the merge, and is there still when the merge is undone.
 */
function writeKeys(
  database: WriteDatabase,
  grid: GridName,
  root: number,
  members: readonly number[],
  row: { records: readonly RecordRow[]; manual: readonly ManualRow[]; values: Chosen['values'] },
): void {
  // By atom: what the row says is mostly what a record of it says.
  const keys = new Map<number, Set<string>>();
  const keep = (atom: number, fields: Record<string, CellValue>) => {
    const kept = keys.get(atom) ?? new Set<string>();
    keys.set(atom, kept);
    for (const key of keysOf(grid, fields)) kept.add(key);
  };
  for (const record of row.records) keep(record.atom, JSON.parse(record.fields) as Record<string, CellValue>);
  for (const atom of members) {
    const values =
      members.length === 1
        ? row.values
        : chooseValues(
            row.records.filter((record) => record.atom === atom),
            row.manual.filter((entry) => entry.atom === atom),
          ).values;
    keep(atom, Object.fromEntries(values));
  }
  for (const [atom, kept] of keys) for (const key of kept) addKey(database, grid, key, atom);
  if (members.length > 1)
    for (const key of keysOf(grid, Object.fromEntries(row.values)))
      if (!get(database, 'SELECT 1 FROM entity_key WHERE grid = ? AND key = ?', grid, key))
        addKey(database, grid, key, root);
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
