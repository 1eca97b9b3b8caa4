/**
 * What copies say differently of the same thing. Worked out from the document and the rows, so that it is the same on
 * every copy that has the same, and kept in a table so that a grid can mark the field without loading the engine.
 *
 *   value     two values, of which neither knew the other
 *   removed   removed on one copy, edited on another
 *   missing   names a record that is not there any more
 */
import { gridList, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { rowExists } from '../database/queries/rows.ts';
import { all, columnName, get, identifier, run } from '../database/sql.ts';
import { intoField, rootOf } from '../entities/groups.ts';
import { createdField, materialise, removedField } from '../entities/materialise.ts';
import type { RowId } from '../entities/rowSet.ts';
import type { ExchangeDocument } from './document.ts';
import type { Json, Register } from './registers.ts';
import { parseOtherKey, parseValueKey, rowPrefix, sameValue, saysRemoved, valueKey } from './registers.ts';

export type ConflictKind = 'value' | 'removed' | 'missing';

export interface ConflictOption {
  /** By which it is chosen: A, B, … */
  key: string;
  value: Json;
  user: string | null;
  at: string | null;
  copy: number | null;
  /** Stands meanwhile. */
  standing: boolean;
}

export interface Conflict extends RowId {
  kind: ConflictKind;
  field: string;
  options: ConflictOption[];
}

const publicNames: Readonly<Record<string, string>> = { [removedField]: 'record', [intoField]: 'partOf' };

/** The name by which users know what a conflict is about. */
export const publicField = (field: string) => publicNames[field] ?? field;

const letter = (index: number) => String.fromCharCode(65 + index);

const optionOf = (register: Register, index: number, standing: boolean): ConflictOption => ({
  key: letter(index),
  value: register.value,
  user: register.user,
  at: register.at,
  copy: register.copy,
  standing,
});

const otherGrids: Readonly<Record<string, { grid: GridName; field: string }>> = {
  import: { grid: 'imports', field: 'state' },
  pack: { grid: 'packs', field: 'state' },
};

/** Works the conflicts out again. `database` holds what the document says. */
function findConflicts(database: ReadDatabase, document: ExchangeDocument): Conflict[] {
  const registers = document.read();
  const found = new Map<string, Conflict>();
  const add = (conflict: Conflict) => {
    const key = `${conflict.grid}/${conflict.id}/${conflict.field}`;
    if (!found.has(key)) found.set(key, conflict);
  };
  const gone = goneRows(database, registers);
  for (const [prefix, { row, entered }] of gone) {
    const newest = entered.map(([, register]) => register).sort((a, b) => (a.at < b.at ? 1 : -1))[0];
    if (!newest) continue;
    const removal = registers.get(`${prefix}${removedField}`);
    add({
      ...row,
      kind: 'removed',
      field: removedField,
      options: [
        removal
          ? { ...optionOf(removal, 0, true), value: null }
          : { key: 'A', value: null, user: null, at: null, copy: null, standing: true },
        {
          ...optionOf(newest, 1, false),
          value: Object.fromEntries(entered.map(([field, { value }]) => [field, value])),
        },
      ],
    });
  }
  for (const [key, rivals] of document.rivals()) {
    const named = parseValueKey(key) ?? otherRow(key);
    if (!named || gone.has(rowPrefix(named.grid, named.id))) continue;
    // Both say that it is part of the same row, by different ways.
    if (named.field === intoField && leadToOne(database, named.grid, rivals)) continue;
    const winner = registers.get(key)?.value;
    add({
      ...named,
      kind: 'value',
      options: rivals.map((register, index) => optionOf(register, index, sameValue(register.value, winner))),
    });
  }
  for (const { grid, id, field, target, value } of missingTargets(database)) {
    const register = registers.get(valueKey(grid, id, field));
    if (!register) continue;
    add({
      grid,
      id,
      kind: 'missing',
      field,
      options: [
        { ...optionOf(register, 0, true), value },
        { key: 'B', value: null, user: null, at: null, copy: null, standing: false },
        ...(isRestorable(database, target)
          ? [
              {
                key: 'C',
                value: makeRef(target.grid, target.id),
                user: null,
                at: null,
                copy: null,
                standing: false,
              },
            ]
          : []),
      ],
    });
  }
  return [...found.values()].sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

const orderOf = ({ grid, id, field }: Conflict) => `${grid} ${String(id).padStart(15, '0')} ${field}`;

function otherRow(key: string): { grid: GridName; id: number; field: string } | null {
  const { kind, name } = parseOtherKey(key);
  const place = otherGrids[kind];
  return place ? { ...place, id: Number(name) } : null;
}

const leadToOne = (database: ReadDatabase, grid: GridName, rivals: readonly Register[]) =>
  new Set(rivals.map(({ value }) => (typeof value === 'number' ? rootOf(database, grid, value) : null)))
    .size === 1;

interface EnteredRow {
  row: RowId;
  /** What was entered, by field. */
  entered: [field: string, register: Register][];
}

/** Rows about which values stand although they are not there: removed, or their evidence or their adding was undone. */
function goneRows(database: ReadDatabase, registers: ReadonlyMap<string, Register>): Map<string, EnteredRow> {
  const rows = new Map<string, EnteredRow>();
  for (const [key, register] of registers) {
    const named = parseValueKey(key);
    if (!named || named.field.startsWith('$')) continue;
    const { grid, id, field } = named;
    const prefix = rowPrefix(grid, id);
    const row = rows.get(prefix) ?? { row: { grid, id }, entered: [] };
    row.entered.push([field, register]);
    rows.set(prefix, row);
  }
  for (const [prefix, { row }] of rows) {
    const removed = saysRemoved(registers.get(`${prefix}${removedField}`));
    const created = registers.get(`${prefix}${createdField}`)?.value === 1;
    if (!removed && (created || rowExists(database, row.grid, rootOf(database, row.grid, row.id))))
      rows.delete(prefix);
  }
  return rows;
}

const isRestorable = (database: ReadDatabase, { grid, id }: RowId) =>
  get(
    database,
    'SELECT 1 FROM manual_value WHERE grid = ? AND row_id = ? AND substr(field, 1, 1) <> ? LIMIT 1',
    grid,
    id,
    '$',
  ) !== undefined;

/** Values that name a record which is not there. */
function* missingTargets(
  database: ReadDatabase,
): Generator<{ grid: GridName; id: number; field: string; value: string; target: RowId }> {
  for (const grid of gridList) {
    for (const column of grid.columns) {
      if (column.derived || !column.editable || (column.type !== 'ref' && column.type !== 'refs')) continue;
      const name = identifier(columnName(column.field));
      for (const { id, value } of all<{ id: number; value: string }>(
        database,
        `SELECT id, ${name} AS value FROM ${identifier(grid.table)} WHERE ${name} IS NOT NULL ORDER BY id`,
      )) {
        for (const ref of value.split(',')) {
          const found = parseRef(ref);
          if (!found || rowExists(database, found.grid.name, rootOf(database, found.grid.name, found.id)))
            continue;
          yield {
            grid: grid.name,
            id,
            field: column.field,
            value,
            target: { grid: found.grid.name, id: found.id },
          };
          break;
        }
      }
    }
  }
}

interface StoredConflict {
  grid: GridName;
  row_id: number;
  field: string;
  kind: ConflictKind;
  options: string;
  seq: number;
}

/** Keeps the conflicts as they are now and names the rows whose marks changed. Inside a transaction. */
function keepConflicts(database: WriteDatabase, conflicts: readonly Conflict[], seq: number): RowId[] {
  const before = new Set(
    all<StoredConflict>(database, 'SELECT grid, row_id, field FROM exchange_conflict').map(
      ({ grid, row_id, field }) => `${grid}/${row_id}/${field}`,
    ),
  );
  run(database, 'DELETE FROM exchange_conflict');
  const changed: RowId[] = [];
  for (const { grid, id, field, kind, options } of conflicts) {
    run(
      database,
      'INSERT INTO exchange_conflict (grid, row_id, field, kind, options, seq) VALUES (?, ?, ?, ?, ?, ?)',
      grid,
      id,
      field,
      kind,
      JSON.stringify(options),
      seq,
    );
    if (!before.delete(`${grid}/${id}/${field}`)) changed.push({ grid, id });
  }
  for (const key of before) {
    const [grid = '', id = ''] = key.split('/');
    changed.push({ grid: grid as GridName, id: Number(id) });
  }
  return changed.filter(({ grid }) => !Object.values(otherGrids).some((other) => other.grid === grid));
}

/**
 * Works the conflicts out, keeps them, and computes the rows again whose marks changed; names those. Inside a
 * transaction, with the document and the rows as they are to stand.
 */
export function settleConflicts(database: WriteDatabase, document: ExchangeDocument, seq: number): RowId[] {
  const changed = keepConflicts(database, findConflicts(database, document), seq);
  for (const { grid, id } of changed) materialise(database, grid, id, seq);
  return changed;
}

/** Conflicts that nobody has settled since they were worked out; of one row where it is named. */
export function openConflicts(database: ReadDatabase, row?: RowId): Conflict[] {
  return all<StoredConflict>(
    database,
    `SELECT grid, row_id, field, kind, options, seq FROM exchange_conflict c
     WHERE ${row ? 'grid = ? AND row_id = ? AND' : ''} NOT EXISTS (SELECT 1 FROM manual_value m WHERE m.grid = c.grid
       AND m.row_id = c.row_id AND m.field = c.field AND m.seq > c.seq) ORDER BY grid, row_id, field`,
    ...(row ? [row.grid, row.id] : []),
  ).map(({ grid, row_id, field, kind, options }) => ({
    grid,
    id: row_id,
    field,
    kind,
    options: JSON.parse(options) as ConflictOption[],
  }));
}
