/** Decides a conflict: an entry of the journal like any edit, which goes to the other copies and ends it there too. */
import { AppError } from '../../../shared/contract/errors.ts';
import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { recountPhones } from '../database/queries/calls.ts';
import { get, run } from '../database/sql.ts';
import { createdField, materialise, removedField } from '../entities/materialise.ts';
import { regroupAll } from '../entities/regroup.ts';
import type { RowId } from '../entities/rowSet.ts';
import { RowSet } from '../entities/rowSet.ts';
import { dropImport } from '../intake/undoImport.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import type { Conflict, ConflictOption } from './conflicts.ts';
import { openConflicts, publicField, settleConflicts } from './conflicts.ts';
import type { Copy } from './copies.ts';
import { ownCopy } from './copies.ts';
import type { ExchangeDocument } from './document.ts';
import { fold, keepDocument, openDocument } from './document.ts';
import type { Json, Register } from './registers.ts';
import { rowPrefix, valueKey } from './registers.ts';

interface Decision extends RowId {
  /** Values that are written, by field. */
  after: Record<string, CellValue>;
  /** Registers that no longer stand. */
  forget: string[];
}

/**
 * @param wanted `take` is the key of an option, such as `B`
 * @throws AppError `not-found`, `invalid` where the choice is not one that can be made.
 */
export function resolveConflict(
  session: Session,
  wanted: { ref: string; field: string; take: string },
): Promise<number> {
  return session.exclusively(async () => {
    const database = session.writer;
    const row = parseRef(wanted.ref);
    const conflict = openConflicts(database).find(
      ({ grid, id, field }) =>
        grid === row?.grid.name && id === row.id && publicField(field) === wanted.field,
    );
    if (!conflict)
      throw new AppError(
        'not-found',
        `There is no open conflict about ${wanted.field} of ${wanted.ref}. "exchange conflicts" lists them.`,
      );
    const option = conflict.options.find(({ key }) => key === wanted.take.trim().toUpperCase());
    if (!option)
      throw new AppError('invalid', `Choose one of ${conflict.options.map(({ key }) => key).join(', ')}.`);
    const own = database.transaction(() => ownCopy(session))();
    const document = await openDocument(database);
    const touched = new RowSet();
    const seq = database.transaction(() => {
      fold(session, own, document);
      const author = { user: session.workspace.user.name, at: session.clock(), copy: own.number };
      const state = stateOf(conflict);
      const entry = state
        ? decideState(session, { conflict, option, document, author, touched })
        : decideValues(session, own, { conflict, option, document, author, touched });
      for (const each of regroupAll(database)) touched.add(each.grid, each.id);
      for (const each of touched.list()) materialise(database, each.grid, each.id, entry);
      for (const each of settleConflicts(database, document, entry)) touched.add(each.grid, each.id);
      keepDocument(database, document, entry);
      return entry;
    })();
    session.announce({
      seq,
      grids: [...new Set([conflict.grid, ...touched.list().map(({ grid }) => grid)])],
    });
    return seq;
  });
}

interface Deciding {
  conflict: Conflict;
  option: ConflictOption;
  document: ExchangeDocument;
  author: Omit<Register, 'value'>;
  touched: RowSet;
}

const summaryOf = ({ conflict, option }: Deciding) =>
  `Decided a conflict between copies about ${makeRef(conflict.grid, conflict.id)}: ${option.key}`;

function decideValues(session: Session, own: Copy, deciding: Deciding): number {
  const { document, author, touched } = deciding;
  const database = session.writer;
  const { grid, id, after, forget } = decisionOf(deciding);
  const ref = makeRef(grid, id);
  const before = Object.fromEntries(
    Object.keys(after).map((field) => [
      field,
      get<{ value: CellValue }>(
        database,
        'SELECT value FROM manual_value WHERE grid = ? AND row_id = ? AND field = ? ORDER BY seq DESC LIMIT 1',
        grid,
        id,
        field,
      )?.value ?? null,
    ]),
  );
  const seq = appendEntry(session, {
    operation: 'alteration',
    method: 'exchange.resolve',
    target: ref,
    summary: summaryOf(deciding),
    before: { [ref]: before },
    after: { [ref]: after },
    undoable: forget.length === 0,
    rows: [{ grid, id }],
  });
  const sets = new Map<string, Register>();
  for (const [field, value] of Object.entries(after)) {
    run(
      database,
      'INSERT INTO manual_value (seq, grid, row_id, field, value) VALUES (?, ?, ?, ?, ?)',
      seq,
      grid,
      id,
      field,
      value,
    );
    // Also where it stood already: that ends the conflict.
    sets.set(valueKey(grid, id, field), { ...author, value });
  }
  if (removedField in after)
    // What stood in the row before it went stands again.
    run(database, 'DELETE FROM overruled_value WHERE grid = ? AND row_id = ? AND import < 0', grid, id);
  document.write(sets, forget);
  fold(session, own, document);
  touched.add(grid, id);
  return seq;
}

function decisionOf({ conflict, option, document }: Deciding): Decision {
  const { grid, id, field, kind } = conflict;
  if (kind === 'value') return { grid, id, after: { [field]: option.value as CellValue }, forget: [] };
  if (kind === 'removed') {
    if (option.key !== 'A') return { grid, id, after: restored, forget: [] };
    const prefix = rowPrefix(grid, id);
    const entered = [...document.read().keys()].filter(
      (key) => key.startsWith(prefix) && !key.slice(prefix.length).startsWith('$'),
    );
    return { grid, id, after: {}, forget: entered };
  }
  if (option.standing)
    throw new AppError(
      'invalid',
      'The record that it names is not there. Clear the field (B), or bring the record back where C offers it.',
    );
  const target = parseRef(String(option.value ?? ''));
  if (target) return { grid: target.grid.name, id: target.id, after: restored, forget: [] };
  return { grid, id, after: { [field]: null }, forget: [] };
}

const restored = { [removedField]: 0, [createdField]: 1 };

const stateOf = ({ grid }: Conflict): GridName | null =>
  grid === 'imports' || grid === 'packs' ? grid : null;

/** Whether an import stands, or what became of a pack: no values of a row. */
function decideState(session: Session, deciding: Deciding): number {
  const { conflict, option, document, author, touched } = deciding;
  const database = session.writer;
  const isImport = conflict.grid === 'imports';
  const value = option.value as { state: string; stateAt?: Json; stateNote?: Json };
  if (isImport && !option.standing) {
    if (value.state === 'standing')
      throw new AppError(
        'invalid',
        'Its rows are not here any more. Redo the import on the copy that undid it, or import the file again.',
      );
    for (const row of dropImport(database, conflict.id)) touched.add(row.grid, row.id);
    recountPhones(database);
  }
  if (!isImport)
    run(
      database,
      'UPDATE pack SET state = ?, state_at = ?, state_note = ? WHERE id = ?',
      value.state,
      value.stateAt ?? null,
      value.stateNote ?? null,
      conflict.id,
    );
  const seq = appendEntry(session, {
    operation: 'alteration',
    method: 'exchange.resolve',
    target: makeRef(conflict.grid, conflict.id),
    summary: summaryOf(deciding),
    after: { state: value.state },
    rows: [{ grid: conflict.grid, id: conflict.id }],
  });
  document.write(
    new Map([[`${isImport ? 'import' : 'pack'}/${conflict.id}`, { ...author, value: option.value }]]),
    [],
  );
  return seq;
}
