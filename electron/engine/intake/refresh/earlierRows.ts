/**
 * The rows of an earlier issue as they stand: those of the sheet itself and of the sheets that it was a later issue
 * of, as far as no later row has superseded or withdrawn them. A row that was left in review therefore still stands.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ImportKind } from '../../../../shared/contract/schemas.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import { kinds } from '../../../../shared/intake/kinds.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, get } from '../../database/sql.ts';
import type { RowPart, RowValues } from './rowValues.ts';
import { valuesOf } from './rowValues.ts';

export interface EarlierSheet {
  id: number;
  ref: string;
  file: string;
  kind: ImportKind;
  headings: string[];
  columns: (string | null)[];
  rows: number;
  /** The sheet and those it was a later issue of, newest first: their ranges of evidence, and the entry of the import. */
  line: { id: number; first: number; last: number; seq: number }[];
}

/** One thing that an earlier row speaks of. */
export interface EarlierPart extends RowPart {
  evidenceId: number;
  /** The row that it is about: of merged ones the one that it came to, or was moved to. */
  rowId: number;
  /** The row that it came to. */
  home: number;
}

export interface EarlierRow {
  evidenceId: number;
  /** What still stands of it and of the rows that it superseded; the row's own record first. */
  parts: EarlierPart[];
  own: EarlierPart;
  values: RowValues;
}

interface StoredSheet {
  id: number;
  file: string;
  sheet: string;
  kind: ImportKind | null;
  headers: string;
  mapping: string;
  rows: number;
  first_evidence: number;
  last_evidence: number;
  seq: number;
}

const selectSheet = `SELECT s.id, s.file, s.sheet, s.kind, s.headers, s.mapping, s.rows, s.first_evidence,
  s.last_evidence, i.seq FROM source_sheet s JOIN import i ON i.id = s.import WHERE s.id = ?`;

/** The later issue that a sheet has already, or null. */
function laterIssue(database: ReadDatabase, sheetId: number): number | null {
  return (
    get<{ sheet_id: number }>(database, 'SELECT sheet_id FROM refresh WHERE against = ?', sheetId)
      ?.sheet_id ?? null
  );
}

/**
 * The earlier issue that a mapping names, checked against its kind.
 * @throws AppError `mapping.misfit` when there is none, it holds another kind, or it has a later issue already.
 */
export function findEarlierSheet(database: ReadDatabase, ref: string, kind: ImportKind | null): EarlierSheet {
  const found = parseRef(ref);
  const sheet =
    found?.grid.name === 'sources' ? get<StoredSheet>(database, selectSheet, found.id) : undefined;
  if (!sheet)
    throw new AppError(
      'mapping.misfit',
      `There is no earlier issue ${ref}. Sheets of imports have references like SRC-3.`,
    );
  if (kind === 'communication' || sheet.kind === 'communication')
    throw new AppError(
      'mapping.misfit',
      'Call data has no later issue: each file of calls is imported beside the others.',
    );
  if (kind === null || sheet.kind !== kind)
    throw new AppError(
      'mapping.misfit',
      `${ref} holds ${sheet.kind === null ? 'nothing that was imported' : kinds[sheet.kind].title}, and the sheet is read as ${kind === null ? 'nothing' : kinds[kind].title}.`,
    );
  const later = laterIssue(database, sheet.id);
  if (later !== null)
    throw new AppError(
      'mapping.misfit',
      `${ref} has a later issue already: ${makeRef('sources', later)}. Compare with that one.`,
    );
  const line: EarlierSheet['line'] = [];
  for (let id: number | undefined = sheet.id; id !== undefined; ) {
    const row: StoredSheet | undefined = get<StoredSheet>(database, selectSheet, id);
    if (row && row.last_evidence >= row.first_evidence)
      line.push({ id, first: row.first_evidence, last: row.last_evidence, seq: row.seq });
    id = get<{ against: number }>(database, 'SELECT against FROM refresh WHERE sheet_id = ?', id)?.against;
  }
  return {
    id: sheet.id,
    ref: makeRef('sources', sheet.id),
    file: sheet.file,
    kind,
    headings: JSON.parse(sheet.headers) as string[],
    columns: JSON.parse(sheet.mapping) as (string | null)[],
    rows: sheet.rows,
    line,
  };
}

interface StoredPart {
  evidence_id: number;
  prefix: string;
  part: number;
  grid: GridName;
  row_id: number;
  home: number;
  fields: string;
}

const standing = `NOT EXISTS (SELECT 1 FROM refreshed_record f
  WHERE f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part)`;

/** A record that was moved is about the row that it was moved to, and so is what a later issue says of it. */
const partColumns = `r.evidence_id, r.prefix, r.part, r.grid, r.row_id AS home, r.fields,
  coalesce((SELECT m.to_id FROM moved_record m
    WHERE m.evidence_id = r.evidence_id AND m.prefix = r.prefix AND m.part = r.part), r.row_id) AS row_id`;

const toPart = (row: StoredPart): EarlierPart => ({
  evidenceId: row.evidence_id,
  prefix: row.prefix,
  part: row.part,
  grid: row.grid,
  rowId: row.row_id,
  home: row.home,
  fields: JSON.parse(row.fields) as Record<string, CellValue>,
});

/** Rows that a row superseded, and those that they had. */
function supersededBy(database: ReadDatabase, evidenceId: number): number[] {
  const found: number[] = [];
  const open = [evidenceId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const row of all<{ evidence_id: number }>(
      database,
      'SELECT DISTINCT evidence_id FROM refreshed_record WHERE by_evidence = ?',
      id,
    )) {
      if (found.includes(row.evidence_id)) continue;
      found.push(row.evidence_id);
      open.push(row.evidence_id);
    }
  }
  return found;
}

/**
 * One earlier row by its evidence id, with what still counts of the rows it superseded: fields and things that it
 * left blank. Undefined when its own record no longer stands.
 */
export function readEarlierRow(database: ReadDatabase, evidenceId: number): EarlierRow | undefined {
  const partsOf = (id: number) =>
    all<StoredPart>(
      database,
      `SELECT ${partColumns} FROM record r WHERE r.evidence_id = ? AND ${standing} ORDER BY r.prefix, r.part`,
      id,
    ).map(toPart);
  const parts = partsOf(evidenceId);
  const own = parts.find((part) => part.prefix === '');
  if (!own) return undefined;
  const before = supersededBy(database, evidenceId);
  const values = new Map(valuesOf(parts));
  for (const id of before) {
    const inherited = partsOf(id);
    parts.push(...inherited);
    const blanks = all<StoredPart>(
      database,
      `SELECT ${partColumns} FROM record r WHERE r.evidence_id = ? AND r.prefix = ''`,
      id,
    ).map(toPart);
    for (const [field, list] of valuesOf([...blanks, ...inherited]))
      if (!values.has(field)) values.set(field, list);
  }
  return { evidenceId, parts, own, values };
}

const evidencePerStep = 2000;

/** Walks over the standing rows of an earlier issue, oldest first. `visit` gets each row without what it inherited. */
export async function scanEarlierRows(
  database: ReadDatabase,
  sheet: EarlierSheet,
  signal: AbortSignal | undefined,
  visit: (row: { evidenceId: number; parts: readonly EarlierPart[] }) => void,
): Promise<void> {
  for (const { first, last } of [...sheet.line].reverse()) {
    for (let from = first; from <= last; from += evidencePerStep) {
      signal?.throwIfAborted();
      const rows = all<StoredPart>(
        database,
        `SELECT ${partColumns} FROM record r WHERE r.evidence_id BETWEEN ? AND ? AND ${standing}
         ORDER BY r.evidence_id, r.prefix, r.part`,
        from,
        Math.min(last, from + evidencePerStep - 1),
      );
      let parts: EarlierPart[] = [];
      const give = () => {
        const evidenceId = parts[0]?.evidenceId;
        if (evidenceId !== undefined && parts.some((part) => part.prefix === ''))
          visit({ evidenceId, parts });
      };
      for (const row of rows) {
        if (parts[0] && parts[0].evidenceId !== row.evidence_id) {
          give();
          parts = [];
        }
        parts.push(toPart(row));
      }
      give();
      await setImmediate();
    }
  }
}
