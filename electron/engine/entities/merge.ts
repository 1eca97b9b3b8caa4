/**
 * Merging rows that are about the same thing, and taking apart what was taken for the same and is not. Both are manual
 * values (`groups.ts`) under a journal entry: undone and redone like any edit, at any later time.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get, takeNumbers } from '../database/sql.ts';
import type { Changed, RowChange } from '../plan/edit.ts';
import { announceSettled, commitChanges, locate, writeEntry } from '../plan/edit.ts';
import type { Session } from '../session.ts';
import { intoField, membersOf, mergeableGrids, movedField, recordIdsOf } from './groups.ts';
import { decisionChanges, withdrawnDecisions } from './matching/decisions.ts';
import { restsOnCalls } from './materialise.ts';

const mostMerged = 200;

/** The changes of one entry, one per atom. */
class Changes {
  private readonly changes = new Map<string, RowChange>();

  /** Names a row, so that the entry stands in its history, and says values of it. */
  say(
    grid: Grid,
    id: number,
    after: Record<string, CellValue> = {},
    before: Record<string, CellValue> = {},
  ): void {
    const key = makeRef(grid.name, id);
    const change = this.changes.get(key) ?? { grid, id, before: {}, after: {} };
    Object.assign(change.after ?? {}, after);
    Object.assign(change.before ?? {}, before);
    this.changes.set(key, change);
  }

  add(changes: readonly RowChange[]): void {
    for (const change of changes) this.say(change.grid, change.id, change.after ?? {}, change.before ?? {});
  }

  list = () => [...this.changes.values()];
}

/** @throws AppError `invalid` where rows of this grid are never one. */
function refuseGrid(grid: Grid): void {
  if (!mergeableGrids.has(grid.name))
    throw new AppError(
      'invalid',
      `${grid.title} are not merged. People, premises, vehicles, lines, groups and phones can be.`,
    );
}

/** Two numbers are two phones, and calls stay with theirs. */
function refusePhone(database: ReadDatabase, id: number): void {
  const number = get<{ number: string | null }>(
    database,
    'SELECT number FROM phone WHERE id = ?',
    id,
  )?.number;
  if (restsOnCalls(database, id) || number?.startsWith('+'))
    throw new AppError(
      'invalid',
      `${makeRef('phones', id)} has a number of its own: two numbers are two phones. Link both to their person instead.`,
    );
}

/** The changes that make rows one: the first stays, the others become part of it. Checked. */
export function mergeChanges(
  database: ReadDatabase,
  grid: Grid,
  root: number,
  others: readonly number[],
): RowChange[] {
  refuseGrid(grid);
  const changes = new Changes();
  changes.say(grid, root);
  for (const other of others) {
    if (grid.name === 'phones') refusePhone(database, other);
    changes.say(grid, other, { [intoField]: root }, { [intoField]: null });
  }
  // What was said of two rows that are now one no longer holds.
  changes.add(withdrawnDecisions(database, grid, [root, ...others]));
  return changes.list();
}

/** The rows that references stand for, each once, all of one grid. @throws AppError `not-found`, `invalid`. */
export function locateAll(session: Session, refs: readonly string[]): { grid: Grid; ids: number[] } {
  const found = refs.map((ref) => locate(session, ref));
  const grid = found[0]?.grid;
  if (!grid) throw new AppError('invalid', 'Name the records.');
  const other = found.find((each) => each.grid !== grid);
  if (other)
    throw new AppError(
      'invalid',
      `${makeRef(other.grid.name, other.id)} is a ${other.grid.noun} and ${makeRef(grid.name, found[0]?.id ?? 0)} a ${grid.noun}: only records of one kind can be the same.`,
    );
  return { grid, ids: [...new Set(found.map((each) => each.id))] };
}

/**
 * Merges rows into the first of them, which keeps its reference. Whatever names one of the others then names the first.
 * @throws AppError `not-found`, `invalid`.
 */
export function mergeRows(
  session: Session,
  refs: readonly string[],
  reason?: string,
): Changed & { ref: string } {
  const { grid, ids } = locateAll(session, refs);
  const [root, ...others] = ids;
  if (root === undefined || others.length === 0)
    throw new AppError('invalid', 'Name two or more records that are not one already.');
  if (others.length >= mostMerged)
    throw new AppError('invalid', `At most ${mostMerged} records are merged at a time.`);
  const names = others.map((id) => makeRef(grid.name, id)).join(', ');
  const ref = makeRef(grid.name, root);
  const changed = commitChanges(
    session,
    'matching.merge',
    `Merged ${names} into ${ref}`,
    mergeChanges(session.writer, grid, root, others),
    reason,
  );
  return { ...changed, ref };
}

/** What is taken out of a row: whole merged rows, or rows of evidence one by one. */
export interface SplitOff {
  ref: string;
  /** References of merged rows that are part of it. */
  members?: readonly string[] | undefined;
  /** Ids of records that count in it. */
  records?: readonly number[] | undefined;
}

interface StoredRecord {
  id: number;
  evidence_id: number;
  prefix: string;
  part: number;
  row_id: number;
}

function atomOf(session: Session, grid: Grid, root: number, ref: string): number {
  const members = membersOf(session.writer, grid.name, root);
  const id = members.find((each) => makeRef(grid.name, each) === ref.trim().toUpperCase());
  if (id !== undefined) return id;
  const listed = members.map((each) => makeRef(grid.name, each)).join(', ');
  throw new AppError(
    'invalid',
    members.length === 1
      ? `${makeRef(grid.name, root)} was not merged from several records. Name the rows of evidence that are another's.`
      : `${ref} is no part of ${makeRef(grid.name, root)}, which was merged from ${listed}.`,
  );
}

/** Takes merged rows out of their group: the rest stays together under its root, or under its lowest number. */
function takeMembers(
  database: ReadDatabase,
  grid: Grid,
  root: number,
  going: readonly number[],
  changes: Changes,
): void {
  const [first, ...along] = going;
  if (first === undefined) return;
  const members = membersOf(database, grid.name, root);
  const staying = members.filter((id) => !going.includes(id));
  if (staying.length === 0)
    throw new AppError('invalid', 'Nothing would stay. Name a part of what was merged.');
  const stays = going.includes(root) ? Math.min(...staying) : root;
  const say = (id: number, into: number | null) => {
    const before = get<{ value: CellValue }>(
      database,
      `SELECT value FROM manual_value WHERE grid = ? AND row_id = ? AND field = '${intoField}' ORDER BY seq DESC LIMIT 1`,
      grid.name,
      id,
    )?.value;
    if ((before ?? null) !== into)
      changes.say(grid, id, { [intoField]: into }, { [intoField]: before ?? null });
    else changes.say(grid, id);
  };
  for (const id of staying) say(id, id === stays ? null : stays);
  say(first, null);
  for (const id of along) say(id, first);
}

/** Takes records out of the rows that they came to, into `to`. */
function moveRecords(
  database: ReadDatabase,
  grid: Grid,
  records: readonly StoredRecord[],
  to: number,
  changes: Changes,
): void {
  for (const record of records) {
    const field = movedField(record);
    const before = get<{ to_id: number }>(
      database,
      'SELECT to_id FROM moved_record WHERE evidence_id = ? AND prefix = ? AND part = ?',
      record.evidence_id,
      record.prefix,
      record.part,
    )?.to_id;
    changes.say(
      grid,
      record.row_id,
      { [field]: to === record.row_id ? null : to },
      { [field]: before ?? null },
    );
  }
}

export interface Split extends Changed {
  /** The row in which what was taken out is now. */
  ref: string;
}

/**
 * Takes merged rows or rows of evidence out of a row into one of their own, and remembers that the two are different.
 * @throws AppError `not-found`, `invalid` where nothing would stay or nothing is named, `journal.blocked` where what
 * would be left is nothing that the plan can name.
 */
export function splitRow(session: Session, off: SplitOff, reason?: string): Split {
  const database = session.writer;
  const { grid, id: root } = locate(session, off.ref);
  refuseGrid(grid);
  const members = [...new Set((off.members ?? []).map((ref) => atomOf(session, grid, root, ref)))];
  const own = new Set(recordIdsOf(database, grid.name, root));
  const wanted = [...new Set(off.records ?? [])];
  const stranger = wanted.find((id) => !own.has(id));
  if (stranger !== undefined)
    throw new AppError('invalid', `${off.ref} does not rest on one of the rows of evidence that you named.`);
  if (members.length === 0 && wanted.length === 0)
    throw new AppError('invalid', 'Name the merged record or the rows of evidence that are to be taken out.');
  if (members.length === 0 && wanted.length === own.size)
    throw new AppError('invalid', 'Nothing would stay. Leave at least one row of evidence.');
  const changes = new Changes();
  const records = wanted.map(
    (id) =>
      get<StoredRecord>(
        database,
        'SELECT id, evidence_id, prefix, part, row_id FROM record WHERE id = ?',
        id,
      ) as StoredRecord,
  );
  const to = members[0] ?? database.transaction(() => takeNumbers(database, grid.name, 1))();
  changes.say(grid, root);
  changes.say(grid, to);
  takeMembers(database, grid, root, members, changes);
  moveRecords(database, grid, records, to, changes);
  // Taken apart, they are not proposed again, and no certain key joins them anew.
  const going = new Set([...wanted, ...recordsOfAtoms(database, grid, root, members)]);
  const stays = members.includes(root)
    ? Math.min(...membersOf(database, grid.name, root).filter((each) => !members.includes(each)))
    : root;
  changes.add(
    decisionChanges(
      database,
      grid,
      { id: to, records: [...going] },
      { id: stays, records: [...own].filter((id) => !going.has(id)) },
      'different',
    ),
  );
  const what = [
    ...(members.length > 0 ? [members.map((id) => makeRef(grid.name, id)).join(', ')] : []),
    ...(records.length > 0 ? [`${records.length} ${records.length === 1 ? 'row' : 'rows'} of evidence`] : []),
  ].join(' and ');
  const ref = makeRef(grid.name, to);
  const changed = commitChanges(
    session,
    'matching.split',
    `Took ${what} out of ${makeRef(grid.name, root)}${ref === what ? '' : ` as ${ref}`}`,
    changes.list(),
    reason,
  );
  return { ...changed, ref };
}

function recordsOfAtoms(
  database: ReadDatabase,
  grid: Grid,
  root: number,
  atoms: readonly number[],
): number[] {
  return readParts(database, grid.name, root).flatMap((part) =>
    atoms.includes(part.atom) ? part.records : [],
  );
}

/** Says of two rows that they are different, or that nobody knows. @throws AppError `not-found`, `invalid`. */
export function decidePair(
  session: Session,
  refs: readonly [string, string],
  said: 'different' | 'unsure' | null,
  reason?: string,
): Changed {
  const { grid, ids } = locateAll(session, refs);
  refuseGrid(grid);
  const [one, other] = ids;
  if (one === undefined || other === undefined)
    throw new AppError('invalid', 'The two are one record already. Split it where that is wrong.');
  const side = (id: number) => ({ id, records: recordIdsOf(session.writer, grid.name, id) });
  const names = `${makeRef(grid.name, one)} and ${makeRef(grid.name, other)}`;
  return commitChanges(
    session,
    'matching.decide',
    said === 'different'
      ? `Said that ${names} are different`
      : said === 'unsure'
        ? `Left open whether ${names} are the same`
        : `Took back what was said of ${names}`,
    decisionChanges(session.writer, grid, side(one), side(other), said),
    reason,
  );
}

/**
 * Merges groups that a threshold found, each as an entry of its own, so that each can be undone by itself. All of them
 * or, when cancelled, none.
 */
export function mergeGroups(
  session: Session,
  groups: readonly (readonly string[])[],
  threshold: number,
  reason?: string,
): { seq: number; refs: string[] }[] {
  const done: { seq: number; refs: string[] }[] = [];
  const settled = session.writer.transaction(() =>
    groups.map((refs) => {
      const { grid, ids } = locateAll(session, refs);
      const [root, ...others] = ids;
      if (root === undefined || others.length === 0) return null;
      const entry = writeEntry(
        session,
        'matching.merge',
        `Merged ${others.map((id) => makeRef(grid.name, id)).join(', ')} into ${makeRef(grid.name, root)}, automatically from ${Math.round(threshold * 1000) / 10} %`,
        mergeChanges(session.writer, grid, root, others),
        reason,
      );
      done.push({ seq: entry.seq, refs: ids.map((id) => makeRef(grid.name, id)) });
      return entry;
    }),
  )();
  const last = settled.findLast((entry) => entry !== null);
  if (last)
    announceSettled(session, last.seq, {
      rows: settled.flatMap((entry) => entry?.settled.rows ?? []),
      grouping: true,
    });
  return done;
}

/** What a row was merged from, and the rows of evidence on which each part rests. */
export function readParts(
  database: ReadDatabase,
  grid: GridName,
  root: number,
): { atom: number; records: number[] }[] {
  const records = all<{ id: number; atom: number }>(
    database,
    `SELECT r.id, coalesce(m.to_id, r.row_id) AS atom FROM record r
       LEFT JOIN moved_record m ON m.evidence_id = r.evidence_id AND m.prefix = r.prefix AND m.part = r.part
     WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.evidence_id, r.id`,
    JSON.stringify(recordIdsOf(database, grid, root)),
  );
  return membersOf(database, grid, root).map((atom) => ({
    atom,
    records: records.filter((record) => record.atom === atom).map((record) => record.id),
  }));
}
