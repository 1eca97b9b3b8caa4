/** `sources.view`: where a value came from, as the row stood in its sheet, with its neighbours. */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SourceView } from '../../../../shared/contract/intakeSchemas.ts';
import type { RowIssue } from '../../../../shared/contract/schemas.ts';
import { findColumn, makeRef } from '../../../../shared/grid/grids.ts';
import type { Grid } from '../../../../shared/grid/types.ts';
import { originColumns } from '../../../../shared/intake/kinds.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { annotateRows } from '../../database/queries/annotations.ts';
import type { EvidenceCell, EvidencePlace } from '../../database/queries/evidence.ts';
import { readPlace } from '../../database/queries/evidence.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readRow, rowExists } from '../../database/queries/rows.ts';
import { all, get } from '../../database/sql.ts';
import { resolveRef } from '../../entities/groups.ts';
import { readRecords } from '../../entities/materialise.ts';
import type { PlacedValue } from '../../entities/show.ts';
import { readValues } from '../../entities/show.ts';
import type { ShownRow, SourceSheet } from './originalHead.ts';
import { readOriginalHead, readSourceSheet } from './originalHead.ts';

const defaultAround = 5;
const maximumIssues = 100;

export interface SourceQuestion {
  ref: string;
  field?: string | undefined;
  which?: number | undefined;
  row?: number | undefined;
  around?: number | undefined;
}

interface Found {
  evidenceId: number;
  /** Columns to mark. */
  columns: number[];
}

/**
 * The source row of a value, of a record, or of a row of a source.
 *
 * @param heads remembers the headings of sheets whose originals were opened
 * @throws AppError `not-found`: no such record or row, or a value that was entered by hand (`details` says by
 *   whom, when, and how many other sources there are)
 */
export async function viewSource(
  database: ReadDatabase,
  question: SourceQuestion,
  moment: Moment,
  heads: Map<string, unknown>,
  signal: AbortSignal | undefined,
): Promise<SourceView> {
  const found = findEvidence(database, question, moment);
  const place = readPlace(database, found.evidenceId);
  const sheet = place && readSourceSheet(database, place.sheetId);
  if (!place || !sheet) throw new AppError('not-found', `The source of ${question.ref} is no longer here.`);
  const imported = get<{ at: string; user: string }>(
    database,
    'SELECT at, user FROM import WHERE id = ?',
    sheet.import,
  );
  const rows = readAround(database, sheet, found.evidenceId, question.around ?? defaultAround);
  const key = `head of ${makeRef('sources', sheet.id)}`;
  const head =
    (heads.get(key) as ShownRow[] | undefined) ?? (await readOriginalHead(database, sheet, signal));
  heads.set(key, head);
  annotateRows(database, sheet.id, rows);
  return {
    source: makeRef('sources', sheet.id),
    file: sheet.file,
    sheet: sheet.sheet,
    importedAt: imported?.at ?? '',
    importedBy: imported?.user ?? '',
    row: place.row,
    columns: found.columns,
    head,
    headerRow: sheet.headerRow,
    rows,
    issues: readIssues(database, sheet.id, place),
  };
}

function findEvidence(database: ReadDatabase, question: SourceQuestion, moment: Moment): Found {
  const target = resolveRef(database, question.ref);
  if (target?.grid.name === 'sources') return findSourceRow(database, question, target.id);
  if (!target || !rowExists(database, target.grid.name, target.id))
    throw new AppError('not-found', `There is no record ${question.ref}.`);
  const { grid, id } = target;
  const values = readValues(database, grid.name, id, readRow(database, grid.name, id, moment));
  const { field } = question;
  const which = question.which ?? 0;
  if (field !== undefined) {
    const value = values[field]?.[which];
    if (value?.evidence) return { evidenceId: value.evidence.id, columns: value.evidence.columns };
    if (value) throw enteredByHand(question.ref, grid, field, value, values[field] ?? []);
    if (which > 0) throw new AppError('not-found', `The value has no ${which + 1} sources.`);
  }
  const evidenceIds = evidenceOf(database, grid, id, values);
  const evidenceId = evidenceIds[field === undefined ? which : 0];
  if (evidenceId === undefined) {
    throw new AppError(
      'not-found',
      which > 0
        ? `${question.ref} has no ${which + 1} sources.`
        : `No sheet stands behind ${question.ref}: it was entered by hand.`,
    );
  }
  // A cell that no source fills: the row is shown with the column in which it would stand.
  const place = readPlace(database, evidenceId);
  return {
    evidenceId,
    columns: field === undefined || !place ? [] : originColumns('', field, place.mapping),
  };
}

/** Rows of evidence that a record rests on, in the order in which they came. */
function evidenceOf(
  database: ReadDatabase,
  grid: Grid,
  id: number,
  values: Record<string, PlacedValue[]>,
): number[] {
  const own = readRecords(database, grid.name, id).map((record) => record.evidence_id);
  const others = Object.values(values).flatMap((list) => list.flatMap((value) => value.evidence?.id ?? []));
  return [...new Set([...own, ...others])];
}

function enteredByHand(
  ref: string,
  grid: Grid,
  field: string,
  value: PlacedValue,
  values: readonly PlacedValue[],
): AppError {
  const others = values.filter((each) => each.evidence).length;
  const title = findColumn(grid, field)?.title ?? field;
  const at = value.at === undefined ? '' : ` on ${value.at.slice(0, 16).replace('T', ' at ')} UTC`;
  const more =
    others === 0
      ? 'No sheet says anything else.'
      : `${others === 1 ? 'One sheet says' : `${others} sheets say`} something about it too.`;
  return new AppError(
    'not-found',
    `${title} of ${ref} was entered by hand${value.by ? ` by ${value.by}` : ''}${at}. ${more}`,
    { by: value.by ?? null, at: value.at ?? null, others },
  );
}

/** Finds a row of a sheet by its number: the rows of a sheet stand in order, with blank ones left out. */
function findSourceRow(database: ReadDatabase, question: SourceQuestion, id: number): Found {
  const sheet = readSourceSheet(database, id);
  if (!sheet) throw new AppError('not-found', `There is no source ${question.ref}.`);
  const wanted = question.row ?? 0;
  let low = sheet.firstEvidence;
  let high = sheet.lastEvidence;
  if (low === 0 || high < low) throw new AppError('not-found', `${question.ref} has no rows.`);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((readPlace(database, middle)?.row ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const place = readPlace(database, low);
  if (question.row !== undefined && place?.row !== question.row) {
    throw new AppError(
      'not-found',
      `Row ${question.row} of ${question.ref} is blank or no row of its table.`,
    );
  }
  return { evidenceId: low, columns: [] };
}

function readAround(
  database: ReadDatabase,
  sheet: SourceSheet,
  evidenceId: number,
  around: number,
): ShownRow[] {
  const rows: ShownRow[] = [];
  const first = Math.max(sheet.firstEvidence, evidenceId - around);
  const last = Math.min(sheet.lastEvidence, evidenceId + around);
  for (let id = first; id <= last; id += 1) {
    const place = readPlace(database, id);
    if (place) rows.push({ row: place.row, hidden: false, cells: place.cells.map(showCell) });
  }
  return rows;
}

function showCell(cell: EvidenceCell): ShownRow['cells'][number] {
  const [text, , stored] = typeof cell === 'string' ? [cell, '', null] : cell;
  return { text, stored, comment: null, link: null };
}

function readIssues(database: ReadDatabase, sheetId: number, place: EvidencePlace): RowIssue[] {
  return all<RowIssue>(
    database,
    `SELECT row, "column", code, message, raw, outcome FROM evidence_issue
     WHERE sheet_id = ? AND evidence_id = ? ORDER BY id LIMIT ${maximumIssues}`,
    sheetId,
    place.evidenceId,
  );
}
