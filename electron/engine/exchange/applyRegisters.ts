/** Brings the workspace to what the document says: values under the entry of the take, everything else in its place. */
import { AppError } from '../../../shared/contract/errors.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { WriteDatabase } from '../database/connection.ts';
import { all, get, prepare, run, takeNumbers } from '../database/sql.ts';
import { isGroupingField } from '../entities/groups.ts';
import { isDecisionField } from '../entities/matching/decisions.ts';
import { removedField } from '../entities/materialise.ts';
import type { RowSet } from '../entities/rowSet.ts';
import { dropImport } from '../intake/undoImport.ts';
import type { ExchangeDocument } from './document.ts';
import type { Json, Register, StandingValue } from './registers.ts';
import {
  parseOtherKey,
  parseValueKey,
  readOther,
  readStanding,
  sameValue,
  saysRemoved,
  specSetting,
  valueKey,
} from './registers.ts';

export interface ValueChange {
  grid: GridName;
  id: number;
  field: string;
  before: CellValue;
  /** Undefined where the value no longer stands. */
  after: CellValue | undefined;
}

export interface Applied {
  values: ValueChange[];
  importsUndone: number[];
  others: number;
}

/**
 * Inside the transaction of the take, once evidence, photographs and packs are in.
 * @throws AppError `exchange.gap` where the rows of an import, or the bytes of a photograph, did not come.
 */
export function applyRegisters(
  database: WriteDatabase,
  document: ExchangeDocument,
  seq: number,
  touched: RowSet,
): Applied {
  const registers = document.read();
  const importsUndone = applyImports(database, registers, touched);
  const values = applyValues(database, registers, seq, touched);
  const others =
    applyAcceptances(database, registers, seq) +
    applyMappings(database, registers) +
    applySpecs(database, registers) +
    applyPhotographs(database, registers, touched) +
    applyPacks(database, registers);
  return { values, importsUndone, others };
}

function applyValues(
  database: WriteDatabase,
  registers: ReadonlyMap<string, Register>,
  seq: number,
  touched: RowSet,
): ValueChange[] {
  const standing = new Map(
    readStanding(database).map((value) => [valueKey(value.grid, value.row_id, value.field), value]),
  );
  const changes: ValueChange[] = [];
  for (const [key, register] of registers) {
    const named = parseValueKey(key);
    if (!named) continue;
    const known = standing.get(key);
    const before = known?.value;
    const after = register.value as CellValue;
    if (known && sameValue(before, after)) {
      if (keepOrigin(database, known, register)) touched.add(named.grid, named.id);
      continue;
    }
    writeValue(database, seq, { ...named, value: after, register });
    changes.push({ ...named, before: before ?? null, after });
    touched.add(named.grid, named.id);
  }
  for (const [key, { grid, row_id, field, value }] of standing) {
    // Of a row that was removed the other values stay, for whoever takes the removal back.
    if (registers.has(key) || saysRemoved(registers.get(valueKey(grid, row_id, removedField)))) continue;
    endValue(database, seq, grid, row_id, field);
    changes.push({ grid, id: row_id, field, before: value, after: undefined });
    touched.add(grid, row_id);
  }
  return changes;
}

/** Who said first what both said; true where that changes when it was said. */
function keepOrigin(database: WriteDatabase, known: StandingValue, { copy, user, at }: Register): boolean {
  if (sameValue([known.copy, known.user, known.at], [copy, user, at])) return false;
  run(
    database,
    'INSERT OR REPLACE INTO exchange_origin (grid, row_id, field, seq, copy, user, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    known.grid,
    known.row_id,
    known.field,
    known.seq,
    copy,
    user,
    at,
  );
  return known.at !== at;
}

/** A manual value under the entry of the take, with who entered it. */
export function writeValue(
  database: WriteDatabase,
  seq: number,
  wanted: { grid: GridName; id: number; field: string; value: CellValue; register: Omit<Register, 'value'> },
): void {
  const { grid, id, field, value, register } = wanted;
  prepare(database, 'INSERT INTO manual_value (seq, grid, row_id, field, value) VALUES (?, ?, ?, ?, ?)').run(
    seq,
    grid,
    id,
    field,
    value,
  );
  prepare(
    database,
    'INSERT INTO exchange_origin (grid, row_id, field, seq, copy, user, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(grid, id, field, seq, register.copy, register.user, register.at);
}

/** The value no longer stands; it stays on record. Which rows are the same, or not, has no record but the journal. */
function endValue(database: WriteDatabase, seq: number, grid: GridName, id: number, field: string): void {
  if (isGroupingField(field) || isDecisionField(field)) {
    run(database, 'DELETE FROM manual_value WHERE grid = ? AND row_id = ? AND field = ?', grid, id, field);
    return;
  }
  // Numbers of imports are positive: the undo of an import gives none of these back.
  run(
    database,
    `INSERT INTO overruled_value (grid, row_id, field, seq, import)
     SELECT grid, row_id, field, seq, ? FROM manual_value m WHERE grid = ? AND row_id = ? AND field = ?
       AND NOT EXISTS (SELECT 1 FROM overruled_value o WHERE o.grid = m.grid AND o.row_id = m.row_id
         AND o.field = m.field AND o.seq = m.seq)`,
    -seq,
    grid,
    id,
    field,
  );
}

function* othersOf(
  registers: ReadonlyMap<string, Register>,
  kind: string,
): Generator<[name: string, value: Json]> {
  for (const [key, { value }] of registers)
    if (key.startsWith(`${kind}/`)) yield [parseOtherKey(key).name, value];
}

function applyImports(
  database: WriteDatabase,
  registers: ReadonlyMap<string, Register>,
  touched: RowSet,
): number[] {
  const undone: number[] = [];
  for (const [name, value] of othersOf(registers, 'import')) {
    const id = Number(name);
    const { state } = readOther('import', value);
    const here = get<{ state: string }>(database, 'SELECT state FROM import WHERE id = ?', id)?.state;
    if (here === state) continue;
    if (here === undefined || state === 'standing')
      throw new AppError(
        'exchange.gap',
        `The rows of ${makeRef('imports', id)} are not in this package and have not come before. Take the packages that were made earlier first, or ask for a package for this copy.`,
      );
    for (const row of dropImport(database, id)) touched.add(row.grid, row.id);
    undone.push(id);
  }
  return undone;
}

function applyAcceptances(
  database: WriteDatabase,
  registers: ReadonlyMap<string, Register>,
  seq: number,
): number {
  let changed = 0;
  for (const [name, value] of othersOf(registers, 'acceptance')) {
    const one = readOther('acceptance', value);
    changed += run(
      database,
      `INSERT INTO acceptance (id, seq, rule, refs, message, reason, by, at, standing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET standing = excluded.standing WHERE standing <> excluded.standing`,
      Number(name),
      seq,
      one.rule,
      one.refs,
      one.message,
      one.reason,
      one.by,
      one.at,
      one.standing,
    ).changes;
  }
  return changed;
}

function applyMappings(database: WriteDatabase, registers: ReadonlyMap<string, Register>): number {
  let changed = 0;
  const wanted = new Set<string>();
  for (const [name, value] of othersOf(registers, 'mapping')) {
    wanted.add(name);
    const one = readOther('mapping', value);
    const same = get<{
      id: number;
      name: string;
      saved_at: string;
      saved_by: string;
      headings: string;
      mapping: string;
    }>(
      database,
      'SELECT id, name, saved_at, saved_by, headings, mapping FROM saved_mapping WHERE name = ?',
      one.name,
    );
    const values = [one.name, one.savedAt, one.savedBy, one.headings, one.mapping];
    if (same && sameValue([same.name, same.saved_at, same.saved_by, same.headings, same.mapping], values))
      continue;
    changed += 1;
    run(
      database,
      'INSERT OR REPLACE INTO saved_mapping (id, name, saved_at, saved_by, headings, mapping) VALUES (?, ?, ?, ?, ?, ?)',
      same?.id ?? takeNumbers(database, 'mapping', 1),
      ...values,
    );
  }
  for (const { id, name } of all<{ id: number; name: string }>(
    database,
    'SELECT id, lower(name) AS name FROM saved_mapping',
  )) {
    if (wanted.has(name)) continue;
    changed += 1;
    run(database, 'DELETE FROM saved_mapping WHERE id = ?', id);
  }
  return changed;
}

function applySpecs(database: WriteDatabase, registers: ReadonlyMap<string, Register>): number {
  let changed = 0;
  const wanted = new Set<string>();
  for (const [name, value] of othersOf(registers, 'spec')) {
    wanted.add(specSetting(name));
    changed += run(
      database,
      `INSERT INTO setting (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
      specSetting(name),
      readOther('spec', value),
    ).changes;
  }
  for (const { key } of all<{ key: string }>(
    database,
    'SELECT key FROM setting WHERE key GLOB ?',
    `${specSetting('')}*`,
  )) {
    if (wanted.has(key)) continue;
    changed += run(database, 'DELETE FROM setting WHERE key = ?', key).changes;
  }
  return changed;
}

function applyPhotographs(
  database: WriteDatabase,
  registers: ReadonlyMap<string, Register>,
  touched: RowSet,
): number {
  let changed = 0;
  for (const [name, value] of othersOf(registers, 'photograph')) {
    const one = readOther('photograph', value);
    const here = get<{ standing: number; taken_on: string | null; caption: string | null }>(
      database,
      'SELECT standing, taken_on, caption FROM photograph WHERE id = ?',
      Number(name),
    );
    if (!here)
      throw new AppError(
        'exchange.gap',
        'A photograph is not in this package and has not come before. Take the packages that were made earlier first, or ask for a package for this copy.',
      );
    if (sameValue([here.standing, here.taken_on, here.caption], [one.standing, one.takenOn, one.caption]))
      continue;
    changed += 1;
    run(
      database,
      'UPDATE photograph SET standing = ?, taken_on = ?, caption = ? WHERE id = ?',
      one.standing,
      one.takenOn,
      one.caption,
      Number(name),
    );
    touched.add(one.grid, one.row);
  }
  return changed;
}

function applyPacks(database: WriteDatabase, registers: ReadonlyMap<string, Register>): number {
  let changed = 0;
  for (const [name, value] of othersOf(registers, 'pack')) {
    const one = readOther('pack', value);
    changed += run(
      database,
      `UPDATE pack SET state = ?, state_at = ?, state_note = ? WHERE id = ?
         AND (state IS NOT ? OR state_at IS NOT ? OR state_note IS NOT ?)`,
      one.state,
      one.stateAt,
      one.stateNote,
      Number(name),
      one.state,
      one.stateAt,
      one.stateNote,
    ).changes;
  }
  return changed;
}
