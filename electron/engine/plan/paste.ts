/**
 * A block pasted from a spreadsheet: every cell is read as if it had been typed, compared with what stands
 * there, and told before anything is changed. Applied, it is one entry of the journal.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { PasteReport, PasteRequest } from '../../../shared/contract/planSchemas.ts';
import { findColumn, grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { CellValue, GridRow } from '../../../shared/grid/query.ts';
import type { Column, Grid } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { columnExpression } from '../database/queries/expressions.ts';
import { noMoment, readLabels, readRow } from '../database/queries/rows.ts';
import { all, identifier } from '../database/sql.ts';
import { cleanPhone } from '../intake/clean/phone.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';
import { readTypedValue } from './cellValues.ts';
import type { Changed } from './edit.ts';
import { changeRows, locate } from './edit.ts';

type Values = Record<string, CellValue>;
type ReadCell = PasteReport['rows'][number]['cells'][number];

/** What a block would do, and the changes that it comes to. */
export interface ReadBlock {
  report: PasteReport;
  adds: Values[];
  edits: { ref: string; values: Values }[];
}

/** Columns of the block. @throws AppError `invalid` for one that cannot be edited, or that stands twice. */
function columnsOf(grid: Grid, fields: readonly (string | null)[]): (Column | null)[] {
  const seen = new Set<string>();
  return fields.map((field) => {
    if (field === null) return null;
    const column = findColumn(grid, field);
    if (!column?.editable)
      throw new AppError('invalid', `${column?.title ?? field} of a ${grid.noun} cannot be pasted into.`, {
        field,
      });
    if (seen.has(field)) throw new AppError('invalid', `${column.title} stands twice in the block.`);
    seen.add(field);
    return column;
  });
}

/**
 * References by what people call them: the reference itself, or a label that exactly one record has. Several of one
 * name are refused with their references: which one is meant is for a person to say.
 */
function refReader(database: ReadDatabase): (column: Column, text: string) => string {
  const known = new Map<string, string[]>();
  const named = (column: Column, text: string): string[] => {
    const key = `${(column.to ?? []).join(',')}/${text.toLowerCase()}`;
    let refs = known.get(key);
    if (!refs) {
      refs = (column.to ?? []).flatMap((name) => {
        const grid = grids[name];
        const conditions = grid.label.flatMap((field) => {
          const label = findColumn(grid, field);
          return label ? [`${columnExpression(grid, label, noMoment)} = ? COLLATE NOCASE`] : [];
        });
        return all<{ id: number }>(
          database,
          `SELECT t.id AS id FROM ${identifier(grid.table)} AS t WHERE ${conditions.join(' OR ')} ORDER BY t.id LIMIT 4`,
          ...conditions.map(() => (name === 'phones' ? (cleanPhone(text).value ?? text) : text)),
        ).map((row) => makeRef(name, row.id));
      });
      known.set(key, refs);
    }
    return refs;
  };
  return (column, text) => {
    if (parseRef(text)) return text;
    const refs = named(column, text);
    if (refs.length === 1 && refs[0]) return refs[0];
    throw new AppError(
      'invalid',
      refs.length === 0
        ? `${column.title}: no record has this name. Give its reference, or add it first.`
        : `${column.title}: ${refs.join(', ')} have this name. Give the reference of the one that is meant.`,
      { field: column.field },
    );
  };
}

/** Reads a block against the rows as they stand. Changes nothing. @throws AppError `invalid`, `not-found`. */
export function readBlock(session: Session, request: PasteRequest): ReadBlock {
  const grid = grids[request.grid];
  if (!grid.columns.some((column) => column.editable))
    throw new AppError('invalid', `${grid.title} come from imports and cannot be pasted into.`);
  const columns = columnsOf(grid, request.fields);
  const thisYear = Number(today(session).slice(0, 4));
  const database = session.writer;
  const readRef = refReader(database);
  const adds: Values[] = [];
  const edits: ReadBlock['edits'] = [];
  const counts: Record<string, number> = {};
  const seen = new Set<string>();

  const typed = (column: Column, text: string): CellValue => {
    const names = column.type === 'refs' ? text.split(/[,;]/) : [text];
    const value =
      column.type === 'ref' || column.type === 'refs'
        ? names.flatMap((name) => (name.trim() === '' ? [] : [readRef(column, name.trim())])).join(',')
        : text;
    return readTypedValue(database, grid, column, value, thisYear);
  };
  const readCell = (column: Column | null, text: string, row: GridRow | null, values: Values): ReadCell => {
    const before = column && row ? ((row[column.field] ?? null) as CellValue) : null;
    const cell = { text, value: before, before, message: null };
    if (!column) return { ...cell, state: 'aside' };
    if (text.trim() === '' && (request.blanks === 'keep' || before === null))
      return { ...cell, state: before === null ? 'same' : 'kept' };
    try {
      const value = typed(column, text);
      if (value === before) return { ...cell, state: 'same' };
      values[column.field] = value;
      return { ...cell, value, state: before === null ? 'new' : 'changed' };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
      return { ...cell, state: 'refused', message: error.message };
    }
  };

  const rows = request.rows.map(({ ref, cells }) => {
    if (ref === null && !grid.addable)
      throw new AppError('invalid', `${grid.title} come from imports and cannot be added by hand.`);
    const found = ref === null ? null : locate(session, ref);
    if (found && found.grid !== grid)
      throw new AppError('invalid', `${ref} is no ${grid.noun}. A block goes into one grid.`);
    const own = found ? makeRef(grid.name, found.id) : null;
    if (own && seen.has(own)) throw new AppError('invalid', `${own} stands twice in the block.`);
    if (own) seen.add(own);
    const row = found ? readRow(database, grid.name, found.id) : null;
    const values: Values = {};
    const read = columns.map((column, index) => readCell(column, cells[index] ?? '', row, values));
    if (own === null) refuseIncomplete(grid, columns, values, read);
    if (Object.keys(values).length > 0) {
      if (own) edits.push({ ref: own, values });
      else adds.push(values);
    }
    for (const { state } of read) counts[state] = (counts[state] ?? 0) + 1;
    return { ref: own, cells: read };
  });
  return { report: { rows, counts, labels: labelsOf(database, columns, rows) }, adds, edits };
}

/** A new row without what every row needs is no row: its values are taken back and the cell says so. */
function refuseIncomplete(
  grid: Grid,
  columns: readonly (Column | null)[],
  values: Values,
  cells: ReadCell[],
): void {
  if (Object.keys(values).length === 0) return;
  const lacking = grid.columns.find((column) => column.required && (values[column.field] ?? null) === null);
  if (!lacking) return;
  const place = columns.findIndex((column) => column?.field === lacking.field);
  if (place < 0)
    throw new AppError(
      'invalid',
      `A new ${grid.noun} needs ${lacking.title}. Paste a block that has that column.`,
      { field: lacking.field },
    );
  for (const field of Object.keys(values)) delete values[field];
  const message = `${lacking.title} is needed: the row is left out.`;
  cells.forEach((cell, index) => {
    if (cell.state === 'new' || (index === place && cell.state !== 'refused'))
      cells[index] = { ...cell, state: 'refused', value: null, message };
  });
}

function labelsOf(
  database: ReadDatabase,
  columns: readonly (Column | null)[],
  rows: PasteReport['rows'],
): Record<string, string> {
  const refs = columns.flatMap((column, index) =>
    column?.type === 'ref' || column?.type === 'refs'
      ? rows.flatMap((row) =>
          [row.cells[index]?.value, row.cells[index]?.before].flatMap((value) =>
            typeof value === 'string' ? value.split(',') : [],
          ),
        )
      : [],
  );
  return readLabels(database, refs);
}

/**
 * Applies a block as one entry. Null when it changes nothing.
 * @throws AppError `invalid` when cells are refused and `without` does not say to leave them out.
 */
export function pasteBlock(
  session: Session,
  request: PasteRequest,
  without: boolean,
): ReadBlock & { changed: Changed | null } {
  const block = readBlock(session, request);
  const refused = block.report.counts.refused ?? 0;
  if (refused > 0 && !without)
    throw new AppError(
      'invalid',
      `${refused} ${refused === 1 ? 'cell' : 'cells'} of the block cannot be read. Mend them, or paste without them.`,
    );
  const grid = grids[request.grid];
  const parts = [
    ...(block.adds.length > 0 ? [`${block.adds.length} added`] : []),
    ...(block.edits.length > 0 ? [`${block.edits.length} changed`] : []),
  ];
  const changed = changeRows(session, {
    grid: grid.name,
    adds: block.adds,
    edits: block.edits,
    summary: `Pasted into ${grid.title}: ${parts.join(', ')}`,
    reason: request.reason,
  });
  return { ...block, changed };
}
