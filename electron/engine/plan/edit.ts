/**
 * The one way in which an analyst changes anything: manual values under a journal entry, after which the
 * rows they touch are computed again. Undo takes the values of an entry away, redo puts them back.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { findColumn, grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { readRow, rowExists } from '../database/queries/rows.ts';
import { get, run, takeNumbers } from '../database/sql.ts';
import { isGroupingField, recordIdsOf, resolveRef } from '../entities/groups.ts';
import { createdField, materialise, removedField, restsOnCalls } from '../entities/materialise.ts';
import { regroup } from '../entities/regroup.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';
import { readTypedValue } from './cellValues.ts';
import { refuseOpenClosings } from './closings.ts';
import { mentionOf, readMentions } from './mentions.ts';

type Values = Record<string, CellValue>;

export interface RowChange {
  grid: Grid;
  id: number;
  before: Values | null;
  after: Values | null;
}

export interface Changed {
  seq: number;
  rows: { grid: GridName; id: number }[];
}

const refOf = (change: { grid: Grid; id: number }) => makeRef(change.grid.name, change.id);

/**
 * A row by its reference; one that was merged gives the row that it is part of. Who only looks gives the reader: the
 * writer sees the rows of a running import.
 * @throws AppError `not-found`.
 */
export function locate(
  session: Session,
  ref: string,
  database: ReadDatabase = session.writer,
): { grid: Grid; id: number } {
  const found = resolveRef(database, ref);
  if (!found || !rowExists(database, found.grid.name, found.id)) {
    throw new AppError(
      'not-found',
      `There is no record ${ref}. References look like WAR-3; "list" shows them.`,
    );
  }
  return found;
}

function writeValues(database: WriteDatabase, seq: number, grid: GridName, id: number, values: Values): void {
  for (const [field, value] of Object.entries(values)) {
    run(
      database,
      'INSERT INTO manual_value (seq, grid, row_id, field, value) VALUES (?, ?, ?, ?, ?)',
      seq,
      grid,
      id,
      field,
      value,
    );
  }
}

/** Writes the changes as one entry. Everything of it or nothing. @throws AppError `invalid` where a result cannot be closed yet. */
export function commitChanges(
  session: Session,
  method: string,
  summary: string,
  changes: RowChange[],
  reason: string | undefined,
): Changed {
  const { seq, settled } = session.writer.transaction(() =>
    writeEntry(session, method, summary, changes, reason),
  )();
  announceSettled(session, seq, settled);
  return { seq, rows: settled.rows };
}

/** As `commitChanges`, within a transaction of the caller's, who announces what is settled. */
export function writeEntry(
  session: Session,
  method: string,
  summary: string,
  changes: RowChange[],
  reason: string | undefined,
): { seq: number; settled: Settled } {
  refuseOpenClosings(session.writer, changes);
  const seq = appendEntry(session, {
    // Putting records about one person together is what the law calls combination (DPA 2018 s.62).
    operation: method === 'matching.merge' ? 'combination' : 'alteration',
    method,
    summary,
    ...(changes[0] && (changes.length === 1 || isGrouping(changes)) ? { target: refOf(changes[0]) } : {}),
    before: Object.fromEntries(changes.map((change) => [refOf(change), change.before])),
    after: Object.fromEntries(changes.map((change) => [refOf(change), change.after])),
    reason,
    undoable: true,
    rows: changes.map((change) => ({ grid: change.grid.name, id: change.id })),
  });
  return { seq, settled: applyValues(session.writer, seq, changes) };
}

export interface Settled {
  /** The rows that the change named and, of merged and split rows, all that were computed again for it. */
  rows: Changed['rows'];
  /** Rows were merged or taken apart: links and photographs went with them. */
  grouping: boolean;
}

/** Pages that have an open look at the rows again; after a merge or a split at everything. */
export function announceSettled(session: Session, seq: number, { rows, grouping }: Settled): void {
  const touched = [...new Set(rows.map((row) => row.grid))];
  session.announce({ seq, grids: touched, ...(grouping ? {} : { rows }) });
}

const isGrouping = (changes: readonly RowChange[]) =>
  changes.some((change) => Object.keys(change.after ?? {}).some(isGroupingField));

/**
 * Computes the rows of changes again, whose manual values have been written or taken away.
 * @throws AppError `journal.blocked` where a row would go that others name.
 */
function settle(database: WriteDatabase, changes: readonly RowChange[], revision: number): Settled {
  const rows = changes.map((change) => ({ grid: change.grid.name, id: change.id }));
  if (!isGrouping(changes)) {
    for (const row of rows) materialise(database, row.grid, row.id, revision);
    return { rows, grouping: false };
  }
  const again = new Map([...rows, ...regroup(database, rows)].map((row) => [makeRef(row.grid, row.id), row]));
  const gone = [...again].flatMap(([ref, row]) =>
    materialise(database, row.grid, row.id, revision) === 'removed' ? [ref] : [],
  );
  const mentions = gone.length > 0 ? readMentions(database) : new Map();
  for (const ref of gone) {
    const user = mentionOf(mentions, ref, new Set());
    if (user)
      throw new AppError(
        'journal.blocked',
        `Nothing would be left of ${ref}, which ${user} uses. Change ${user} first.`,
      );
  }
  return { rows: [...again.values()], grouping: true };
}

function applyValues(database: WriteDatabase, seq: number, changes: RowChange[], revision = seq): Settled {
  for (const change of changes) {
    const values: Values =
      change.after === null
        ? { [removedField]: 1 }
        : change.before === null
          ? { [createdField]: 1, ...change.after }
          : change.after;
    writeValues(database, seq, change.grid.name, change.id, values);
  }
  return settle(database, changes, revision);
}

function readValues(session: Session, grid: Grid, values: Values): Values {
  const thisYear = Number(today(session).slice(0, 4));
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      const column = findColumn(grid, field);
      if (!column) {
        const known = grid.columns.filter((each) => each.editable).map((each) => each.field);
        throw new AppError(
          'invalid',
          `A ${grid.noun} has no field "${field}". Fields that can be set: ${known.join(', ')}.`,
        );
      }
      if (!column.editable) {
        throw new AppError('invalid', `${column.title} of a ${grid.noun} is worked out and cannot be set.`);
      }
      return [field, readTypedValue(session.writer, grid, column, value, thisYear)];
    }),
  );
}

/** Adds one row by hand. @throws AppError `invalid`. */
export function addRow(session: Session, gridName: GridName, values: Values, reason?: string): Changed {
  const grid = grids[gridName];
  if (!grid.addable)
    throw new AppError('invalid', `${grid.title} come from imports and cannot be added by hand.`);
  const after = readValues(session, grid, values);
  for (const column of grid.columns) {
    if (column.required && (after[column.field] ?? null) === null) {
      throw new AppError('invalid', `A ${grid.noun} needs ${column.title} (${column.field}).`, {
        field: column.field,
      });
    }
  }
  const id = session.writer.transaction(() => takeNumbers(session.writer, grid.name, 1))();
  return commitChanges(
    session,
    'records.add',
    `Added ${grid.noun} ${makeRef(gridName, id)}`,
    [{ grid, id, before: null, after }],
    reason,
  );
}

/** Adds and changes rows of one grid as one entry; the values have been read already. Null when nothing changes. */
export function changeRows(
  session: Session,
  block: {
    grid: GridName;
    adds: readonly Values[];
    edits: readonly { ref: string; values: Values }[];
    summary: string;
    reason?: string | undefined;
  },
): Changed | null {
  if (block.adds.length + block.edits.length === 0) return null;
  const grid = grids[block.grid];
  const changes = block.edits.map(({ ref, values }): RowChange => {
    const { id } = locate(session, ref);
    const row = readRow(session.writer, grid.name, id);
    const before = Object.fromEntries(
      Object.keys(values).map((field) => [field, (row[field] ?? null) as CellValue]),
    );
    return { grid, id, before, after: values };
  });
  if (block.adds.length > 0) {
    const firstId = session.writer.transaction(() =>
      takeNumbers(session.writer, grid.name, block.adds.length),
    )();
    block.adds.forEach((after, index) => {
      changes.push({ grid, id: firstId + index, before: null, after });
    });
  }
  return commitChanges(session, 'records.paste', block.summary, changes, block.reason);
}

/** Adds several rows of a grid as one entry. */
export function addRows(session: Session, gridName: GridName, rows: Values[], summary: string): Changed {
  const grid = grids[gridName];
  const changes = rows.map((values) => ({
    grid,
    id: 0,
    before: null,
    after: readValues(session, grid, values),
  }));
  const firstId = session.writer.transaction(() => takeNumbers(session.writer, grid.name, rows.length))();
  changes.forEach((change, index) => {
    change.id = firstId + index;
  });
  return commitChanges(session, 'records.add', summary, changes, undefined);
}

export interface Edit {
  ref: string;
  values: Values;
  revision?: number | undefined;
}

/**
 * Changes values, all of them or none. Values that are already so are left out. `as` names the entry where the
 * change is more than values that were typed.
 * @throws AppError `stale` when a row moved on since `revision`, `invalid`, `not-found`.
 */
export function editRows(
  session: Session,
  edits: readonly Edit[],
  reason?: string,
  as?: { method: string; summary: string },
): Changed | null {
  // One change per record: of several edits of it, the later values win.
  const merged = new Map<string, { grid: Grid; id: number; wanted: Values }>();
  for (const edit of edits) {
    const { grid, id } = locate(session, edit.ref);
    const row = readRow(session.writer, grid.name, id);
    if (edit.revision !== undefined && row.revision !== edit.revision) {
      throw new AppError(
        'stale',
        `${edit.ref} was changed in the meantime. Look at the new values and edit again.`,
        { ref: edit.ref },
      );
    }
    const wanted = readValues(session, grid, edit.values);
    if ('number' in wanted && wanted.number !== row.number && isInCalls(session, grid, id)) {
      throw new AppError(
        'invalid',
        `${makeRef(grid.name, id)} is a number in the call data, which is never changed. Add the other number as a phone of its own.`,
        { field: 'number' },
      );
    }
    const ref = makeRef(grid.name, id);
    merged.set(ref, { grid, id, wanted: { ...merged.get(ref)?.wanted, ...wanted } });
  }
  const changes: RowChange[] = [];
  for (const { grid, id, wanted } of merged.values()) {
    const row = readRow(session.writer, grid.name, id);
    const after: Values = {};
    const before: Values = {};
    for (const [field, value] of Object.entries(wanted)) {
      const current = (row[field] ?? null) as CellValue;
      if (current === value) continue;
      before[field] = current;
      after[field] = value;
    }
    if (Object.keys(after).length > 0) changes.push({ grid, id, before, after });
  }
  const only = changes[0];
  if (!only) return null;
  const titles = [
    ...new Set(
      changes.flatMap((change) =>
        Object.keys(change.after ?? {}).map((field) => findColumn(change.grid, field)?.title ?? field),
      ),
    ),
  ];
  const what = changes.length === 1 ? refOf(only) : `${changes.length} rows`;
  const summary = as?.summary ?? `Changed ${titles.join(', ')} of ${what}`;
  return commitChanges(session, as?.method ?? 'records.set', summary, changes, reason);
}

const isInCalls = (session: Session, grid: Grid, id: number) =>
  grid.name === 'phones' && restsOnCalls(session.writer, id);

/**
 * Takes rows that were added by hand out of the plan.
 * @throws AppError `invalid` when a row rests on imported evidence or is named by another record.
 */
export function removeRows(session: Session, refs: readonly string[], reason?: string): Changed {
  const rows = new Map(
    refs.map((ref) => {
      const found = locate(session, ref);
      return [makeRef(found.grid.name, found.id), found];
    }),
  );
  const going = new Set(rows.keys());
  const mentions = readMentions(session.writer);
  const changes = [...rows].map(([ref, { grid, id }]): RowChange => {
    const hasEvidence = recordIdsOf(session.writer, grid.name, id).length > 0;
    if (hasEvidence || !grid.addable || isInCalls(session, grid, id)) {
      throw new AppError(
        'invalid',
        `${ref} rests on imported rows. Evidence is never removed; undo the import instead.`,
      );
    }
    const user = mentionOf(mentions, ref, going);
    if (user) throw new AppError('invalid', `${ref} is used by ${user}. Change that first.`);
    const row = readRow(session.writer, grid.name, id);
    const before = Object.fromEntries(
      grid.columns
        .filter((column) => column.editable)
        .map((column) => [column.field, (row[column.field] ?? null) as CellValue]),
    );
    return { grid, id, before, after: null };
  });
  const what = changes.length === 1 && changes[0] ? refOf(changes[0]) : `${changes.length} rows`;
  return commitChanges(session, 'records.remove', `Removed ${what}`, changes, reason);
}

/** One target per person, premises or line that is not one already. */
export function makeTargets(session: Session, refs: readonly string[], values: Values): Changed | null {
  const wanted: Values[] = [];
  for (const ref of new Set(refs)) {
    const { grid, id } = locate(session, ref);
    const subject = makeRef(grid.name, id);
    if (get(session.writer, 'SELECT 1 FROM target WHERE subject = ?', subject)) continue;
    const row = readRow(session.writer, grid.name, id);
    wanted.push({
      subject,
      status: 'proposed',
      ...(grid.name === 'people' && row.role ? { role: row.role as CellValue } : {}),
      ...(grid.name === 'premises' ? { premises: subject } : {}),
      ...values,
    });
  }
  if (wanted.length === 0) return null;
  return addRows(
    session,
    'targets',
    wanted,
    wanted.length === 1 ? `Made ${wanted[0]?.subject} a target` : `Made ${wanted.length} targets`,
  );
}

type StoredChanges = Record<string, Values | null>;

function storedChanges(before: string | null, after: string | null): RowChange[] {
  const old = JSON.parse(before ?? '{}') as StoredChanges;
  return Object.entries(JSON.parse(after ?? '{}') as StoredChanges).map(([ref, values]) => {
    const found = parseRef(ref);
    if (!found) throw new Error('a journal entry names an impossible reference');
    return { ...found, before: old[ref] ?? null, after: values };
  });
}

/** Takes the manual values of an entry away and computes its rows again. Inside a transaction. */
export function undoValues(
  database: WriteDatabase,
  seq: number,
  before: string | null,
  after: string | null,
  revision: number,
): Settled {
  const changes = storedChanges(before, after);
  run(database, 'DELETE FROM manual_value WHERE seq = ?', seq);
  return settle(database, changes, revision);
}

/** Puts the manual values of an undone entry back. Inside a transaction. */
export function redoValues(
  database: WriteDatabase,
  seq: number,
  before: string | null,
  after: string | null,
  revision: number,
): Settled {
  return applyValues(database, seq, storedChanges(before, after), revision);
}
