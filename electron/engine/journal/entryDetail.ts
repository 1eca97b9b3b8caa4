/** One entry whole: what it changed, in the words of the screen. */
import type { EntryChange, EntryDetail } from '../../../shared/contract/auditSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { findColumn, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { Column, GridName } from '../../../shared/grid/types.ts';
import { formatMoment, formatPhone, formatValue } from '../../../shared/packs/format.ts';
import { labelOf } from '../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readLabels } from '../database/queries/rows.ts';
import { all, get } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { maySee, toHistory } from './entries.ts';
import type { StoredEntry } from './journal.ts';
import { readEntry, recordRead } from './journal.ts';

const mostChanges = 500;
const mostRecords = 200;
const mostNotes = 100;
const longestNote = 4000;

type Fields = Record<string, unknown> | null;
type Stored = Record<string, Fields>;

/** An entry with its changes. An undo or a redo shows those of the entry that it is about, the other way round. */
export function readEntryDetail(
  database: ReadDatabase,
  seq: number,
): { stored: StoredEntry; detail: EntryDetail } {
  const stored = readEntry(database, seq);
  const about = stored.undoes ?? stored.redoes;
  const source = about === null ? stored : readEntry(database, about);
  const [before, after] =
    stored.undoes === null ? [source.before, source.after] : [source.after, source.before];
  const read = (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown));
  const { changes, changeCount } = changesOf(database, read(before), read(after));
  const rows = all<{ grid: GridName; row_id: number }>(
    database,
    'SELECT grid, row_id FROM journal_ref WHERE seq = ? ORDER BY grid, row_id LIMIT ?',
    seq,
    mostRecords,
  ).map((row) => makeRef(row.grid, row.row_id));
  const labels = readLabels(database, rows);
  return {
    stored,
    detail: {
      entry: toHistory(stored),
      previousHash: stored.prev_hash,
      signature: stored.signature,
      changes,
      changeCount,
      notes:
        changeCount > 0
          ? []
          : [...notesOf('Before', read(before)), ...notesOf('', read(after))].slice(0, mostNotes),
      records: rows.map((ref) => ({ ref, label: labels[ref] ?? ref })),
      recordCount:
        get<{ count: number }>(database, 'SELECT count(*) AS count FROM journal_ref WHERE seq = ?', seq)
          ?.count ?? 0,
    },
  };
}

/** True for what a change of records keeps: references over fields. */
const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(
    ([ref, fields]) => parseRef(ref) !== null && (fields === null || typeof fields === 'object'),
  );

/** The first changes of rows, and how many there are. */
function changesOf(
  database: ReadDatabase,
  before: unknown,
  after: unknown,
): { changes: EntryChange[]; changeCount: number } {
  const was = isStored(before) ? before : {};
  const is = isStored(after) ? after : {};
  const found: { ref: string; column: Column | null; field: string; was: unknown; is: unknown }[] = [];
  for (const ref of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const grid = parseRef(ref)?.grid;
    for (const field of new Set([...Object.keys(was[ref] ?? {}), ...Object.keys(is[ref] ?? {})]))
      found.push({
        ref,
        column: (grid && findColumn(grid, field)) ?? null,
        field,
        was: was[ref]?.[field] ?? null,
        is: is[ref]?.[field] ?? null,
      });
  }
  const shown = found.slice(0, mostChanges);
  const labels = readLabels(
    database,
    shown.flatMap(({ ref, column, was, is }) => [
      ref,
      ...(isReference(column) ? [...parts(was), ...parts(is)] : []),
    ]),
  );
  return {
    changes: shown.map(({ ref, column, field, was, is }) => ({
      ref,
      label: labels[ref] ?? ref,
      field,
      title: column?.title ?? field,
      before: words(column, was, labels),
      after: words(column, is, labels),
    })),
    changeCount: found.length,
  };
}

const isReference = (column: Column | null) => column?.type === 'ref' || column?.type === 'refs';
const parts = (value: unknown) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : [];

function words(
  column: Column | null,
  value: unknown,
  labels: Readonly<Record<string, string>>,
): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') return String(value);
  if (!column) return value;
  if (isReference(column))
    return parts(value)
      .map((ref) => labels[ref] ?? ref)
      .join('; ');
  if (column.codes) {
    const list = column.codes;
    return parts(value)
      .map((code) => labelOf(list, code))
      .join('; ');
  }
  if (column.type === 'phone') return formatPhone(value);
  if (column.type === 'date') return formatValue(value, 'date');
  if (column.type === 'datetime') return formatMoment(value);
  if (column.type === 'yesNo') return value === 'yes' ? 'Yes' : value === 'no' ? 'No' : value;
  return value;
}

/** What else an entry keeps, one line for each value. */
function notesOf(name: string, value: unknown): { name: string; value: string }[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => notesOf(name ? `${name}: ${key}` : key, inner));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [{ name, value: text.length > longestNote ? `${text.slice(0, longestNote)}…` : text }];
}

/** Whether an entry is about people: opening it whole is a consultation. */
export function isPersonal(detail: EntryDetail): boolean {
  return [...detail.records, ...detail.changes].some(({ ref }) => parseRef(ref)?.grid.personal);
}

/**
 * Opens one entry for somebody who may see it; one about people is recorded as a consultation.
 * @throws AppError `not-found`, `workspace.role`
 */
export function openEntry(session: Session, seq: number): EntryDetail {
  const { stored, detail } = session.reader.transaction(() => readEntryDetail(session.reader, seq))();
  if (!maySee(session.workspace.user, stored))
    throw new AppError(
      'workspace.role',
      'Readers see what was changed and what they did themselves. Ask an analyst or the lead.',
    );
  if (isPersonal(detail))
    recordRead(session, {
      operation: 'consultation',
      method: 'audit.entry',
      target: `#${seq}`,
      summary: `Opened entry ${seq} of the record`,
    });
  return detail;
}
