/**
 * One row of a sheet, read by a mapping: skipped with a reason, rejected with a reason, or turned into the
 * records that it holds. Pure; the same code serves preview and commit.
 */
import type { DateOrder, ImportKind, SheetMapping } from '../../../shared/contract/schemas.ts';
import { parseMarking } from '../../../shared/domain/markings.ts';
import type { Kind } from '../../../shared/intake/kinds.ts';
import { findField, kinds } from '../../../shared/intake/kinds.ts';
import { cellReader } from './cells.ts';
import { followRows } from './continuation.ts';
import { readFormRow, skipOfForm } from './formRow.ts';
import { knownHeadings } from './guess/tables.ts';
import { normaliseHeading } from './guess.ts';
import { matrixReader } from './matrixReader.ts';
import type { SheetRow } from './readers/types.ts';
import type { CellTrace, MappedColumn, Reading } from './reading.ts';
import { shownAs } from './reading.ts';
import { markedTooHigh, RecordBuilder } from './recordBuilder.ts';
import { partsConverter, zonedColumnReader } from './timeZone.ts';

export interface SheetPlan {
  mapping: SheetMapping;
  headings: readonly string[];
  /** Date order by column; columns without one take `dmy`. */
  orders: ReadonlyMap<number, { order: DateOrder; mixed: boolean }>;
  thisYear: number;
}

export const totalWords =
  /^(grand |sub ?)?totals?\b|^(number|count|no\.?) of (rows|records|entries|nominals|people)\b|^end of (list|report|data|file)\b/i;

/** The mapped columns of a sheet with their readers. @throws Error when the mapping names a field that the kind lacks. */
export function mapColumns(plan: SheetPlan): MappedColumn[] {
  const kindName = plan.mapping.kind;
  if (kindName === null) throw new Error('a sheet that is left out has no rows to read');
  const kind = kinds[kindName];
  return plan.mapping.columns.flatMap((name, index) => {
    if (name === null) return [];
    const field = findField(kind, name);
    if (!field) throw new Error(`the kind ${kind.kind} has no field ${name}`);
    const order = plan.orders.get(index);
    const plain = cellReader(field.cleaner, {
      order: plan.mapping.dateOrder ?? order?.order ?? 'dmy',
      mixed: plan.mapping.dateOrder === undefined && (order?.mixed ?? false),
      thisYear: plan.thisYear,
      field: field.field.split('.').at(-1) ?? field.field,
    });
    const read = zonedColumnReader(kindName, field.field, plain, plan.mapping.timeZone);
    return [{ index, field, read, heading: plan.headings[index] || `column ${index + 1}` }];
  });
}

/**
 * The reader of a sheet's rows. Rows that are skipped are not traced.
 * @throws Error when the mapping names a field that the kind lacks.
 */
export function rowReader(plan: SheetPlan, trace?: CellTrace): (row: SheetRow) => Reading {
  const columns = mapColumns(plan);
  const kind = kinds[plan.mapping.kind as ImportKind];
  const groups = groupColumns(columns);
  const headingKeys = plan.headings.map(normaliseHeading);
  const { headerRow } = plan.mapping;
  const { sameWhile } = plan.mapping;
  const readMatrix = plan.mapping.layout === 'matrix' ? matrixReader(columns, trace) : null;
  const convert = kind.kind === 'communication' ? partsConverter(columns, plan.mapping.timeZone) : null;
  const read = (row: SheetRow, goesOn: boolean): Reading => {
    if (row.row <= headerRow) return skipRow('title or heading of the table', row);
    const skip = kind.form
      ? skipOfForm(readFormRow(row, columns))
      : skipReason(row, columns, headingKeys, headerRow);
    if (skip) return skipRow(skip, row);
    const reading = readMatrix ? readMatrix(row) : readOne(kind, groups, row, goesOn, trace);
    convert?.(reading, row);
    return reading;
  };
  if (!sameWhile || readMatrix || kind.kind === 'communication') return (row) => read(row, false);
  const continuation = followRows(sameWhile, columns);
  return (row) => {
    const goesOn = continuation.goesOn(row);
    const reading = read(row, goesOn);
    if (reading.outcome === 'import') continuation.follow(row, goesOn ? 'on' : 'started');
    else if (reading.reason === 'repeated heading') continuation.follow(row, 'passed');
    else continuation.follow(row, 'lost');
    return reading;
  };
}

/** Columns that feed one value together stand in one group, at the place of the first. */
function groupColumns(columns: readonly MappedColumn[]): MappedColumn[][] {
  const groups: MappedColumn[][] = [];
  const byField = new Map<string, MappedColumn[]>();
  for (const column of columns) {
    const known = column.field.many ? undefined : byField.get(column.field.field);
    if (known) known.push(column);
    else {
      const group = [column];
      groups.push(group);
      byField.set(column.field.field, group);
    }
  }
  return groups;
}

/** Lines that stand under tables and between their pages, by themselves in their row. */
const noteWords =
  /^(sources?|notes?|produced|printed|prepared|compiled|generated|exported|extracted|created|report (run|date|produced)|data (as at|correct)|key|legend|n\.?b\.?|disclaimer|copyright)\b.{0,20}[:\d]|^(produced|printed|prepared|compiled|generated|exported|extracted) (by|on|from)\b|^page \d+( of \d+)?$|^\*+\s*\S|^\(?continued( overleaf| from.*)?\)?$|^©/i;
const markingLine =
  /^\s*(uk )?(top secret|secret|confidential|restricted|official|not protectively marked|protect)\b[\s\p{L}:–—/-]*$/iu;

/** What a column expects, under its heading: '(dd/mm/yyyy)', 'seconds', 'mandatory'. */
const unitWords =
  /^\(?\[?(dd?\/mm?\/yy(yy)?|yyyy-mm-dd|hh:mm(:ss)?|dd?\/mm?\/yy(yy)? hh:mm(:ss)?|text|free ?text|numeric|number|integer|string|date|time|secs?|seconds|s|mins?|minutes|hours|gbp|£|km|miles|metres|y\/n|yes\/no|m\/f|mandatory|optional|required|max\.? \d+.*|n?(var)?char.*)\]?\)?$/i;

function skipReason(
  row: SheetRow,
  columns: readonly MappedColumn[],
  headingKeys: readonly string[],
  headerRow: number,
): string | null {
  const filled = row.text.flatMap((cell, index) => (cell.trim() === '' ? [] : [index]));
  if (filled.length === 0) return 'blank row';
  const first = row.text[filled[0] ?? 0]?.trim() ?? '';
  if (filled.length === 1 && noteWords.test(first)) return 'note beside the table';
  if (filled.length === 1 && markingLine.test(first)) {
    if (parseMarking(first).refused) throw markedTooHigh(first);
    return 'marking of the page';
  }
  if (
    row.row === headerRow + 1 &&
    filled.length >= 2 &&
    filled.every((index) => unitWords.test((row.text[index] ?? '').trim()))
  )
    return 'units under the heading';
  const isSum = (index: number) => /^[\s\d.,()%£+-]*\d[\s\d.,()%£+-]*$/.test(row.text[index] ?? '');
  if (
    totalWords.test(first) &&
    (filled.length <= Math.max(3, row.text.length / 2) || filled.slice(1).every(isSum))
  )
    return 'total row';
  if (filled.length > 1) {
    const repeated = filled.filter(
      (index) => headingKeys[index] !== '' && normaliseHeading(row.text[index] ?? '') === headingKeys[index],
    );
    if (repeated.length >= 2 && repeated.length >= filled.length * 0.6) return 'repeated heading';
    // Far down a long sheet, beyond the rows in which tables are looked for.
    const isHeading = (index: number) => knownHeadings.has(normaliseHeading(row.text[index] ?? ''));
    if (filled.length >= 3 && filled.every(isHeading)) return 'heading of another table';
  }
  if (!columns.some((column) => (row.text[column.index] ?? '').trim() !== ''))
    return 'nothing in a mapped column';
  return null;
}

/** A row that is not read, with what stood in it. */
function skipRow(reason: string, row: SheetRow): Reading {
  const raw = shownAs(row.text.filter((cell) => cell.trim() !== '').join(' | '));
  return {
    outcome: 'skip',
    reason,
    issues:
      raw === ''
        ? []
        : [{ column: null, code: 'row.skipped', message: `Skipped: ${reason}.`, raw, outcome: 'skipped' }],
    records: [],
    grade: null,
  };
}

function readOne(
  kind: Kind,
  groups: readonly MappedColumn[][],
  row: SheetRow,
  goesOn: boolean,
  trace: CellTrace | undefined,
): Reading {
  const builder = new RecordBuilder(kind, trace);
  for (const columns of groups) {
    const cells = columns.flatMap((column) => {
      const text = row.text[column.index] ?? '';
      const stored = row.stored?.[column.index];
      return text === '' && stored === undefined ? [] : [{ column, text, stored }];
    });
    builder.takeTogether(cells);
  }
  return builder.finish(row, goesOn);
}
