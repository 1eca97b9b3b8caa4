/**
 * What a sheet is: its header row, its kind and its mapping, each with the reasons. A guess is only ever a
 * proposal: preview and commit take the mapping that the user accepted.
 */
import type { DateOrder, ImportKind, SheetGuess, TableArea } from '../../../shared/contract/schemas.ts';
import { detectDateOrder } from '../../../shared/domain/dates.ts';
import type { Kind } from '../../../shared/intake/kinds.ts';
import { isForm } from '../../../shared/intake/kinds.ts';
import { guessContinued } from './guess/continued.ts';
import { filled, findHeader, isConvincing, nameBonus, plainHeader } from './guess/findHeader.ts';
import type { FoundForm } from './guess/forms.ts';
import { findForm } from './guess/forms.ts';
import { columnLetter, readHeadings } from './guess/headings.ts';
import type { FoundMatrix } from './guess/matrix.ts';
import { findMatrix } from './guess/matrix.ts';
import { kindToReadAgain } from './guess/readAgain.ts';
import type { MergedRange, SheetRow } from './readers/types.ts';
import { guessTimeZone } from './timeZone.ts';

export { columnLetter, normaliseHeading, readHeadings } from './guess/headings.ts';

/** Rows that the guess looks at: enough to find a header under a long preamble. */
export const guessRows = 300;

export interface GuessInput {
  file: string;
  sheet: string;
  hidden: boolean;
  /** The first rows of the sheet, at most `guessRows`. */
  rows: readonly SheetRow[];
  complete: boolean;
  /** One of several tables of the sheet; `rows` are then its rows alone. */
  table?: TableArea | undefined;
  /** Merged cells of the sheet, as far as they are known. */
  merges?: readonly MergedRange[] | undefined;
  /** The user's choice of kind; otherwise the best. */
  kind?: ImportKind | undefined;
}

/** Looks at the first rows of a sheet. Pure. */
export function guessSheet(input: GuessInput): SheetGuess {
  const { rows } = input;
  const names = [input.sheet, input.file.replace(/\.[^.]*$/, '')];
  // Of several tables on a sheet each may have a title, which says more than the name of the sheet.
  const title = input.table ? rows.slice(0, 5).find((row) => filled(row).length === 1) : undefined;
  if (title) names.unshift(filled(title)[0] ?? '');
  const form = input.kind === undefined || isForm(input.kind) ? findForm(rows) : null;
  if (form) return guessOfForm(input, form);
  const matrix = findMatrix(rows);
  if (matrix && (input.kind === undefined || input.kind === matrix.kind)) return guessOfMatrix(input, matrix);
  const kind = input.kind ?? kindToReadAgain(rows);
  const found = findHeader(rows, names, kind);
  const accepted = found && (kind !== undefined || isConvincing(found, names)) ? found : null;
  const headerRow = accepted?.headerRow ?? plainHeader(rows);
  const headerRows = accepted?.headerRows ?? 1;
  const headings = accepted?.headings ?? readHeadings(rows, headerRow, 1);
  const data = rows.filter((row) => row.row > headerRow);
  const width = Math.max(headings.length, ...rows.map((row) => row.text.length), 0);
  const columns = Array.from({ length: width }, (_, index) => {
    const match = accepted?.mapped.columns[index] ?? null;
    return {
      index,
      letter: columnLetter(index),
      header: headings[index] ?? '',
      field: match?.field.field ?? null,
      confidence: match ? Math.round(match.confidence * 100) / 100 : 0,
      reason: match
        ? match.reason
        : headings[index]
          ? 'no field has a name like this heading'
          : 'the column has no heading',
      samples: samplesOf(data, index),
    };
  });
  const reasons: string[] = [];
  if (accepted) {
    const mappedCount = columns.filter((column) => column.field !== null).length;
    reasons.push(
      `row ${headerRow} is the heading: ${mappedCount} of ${columns.filter((column) => column.header).length} headings are known for ${accepted.kind.title}`,
    );
    const telling = columns
      .filter((column) => accepted.mapped.columns[column.index]?.field.telling)
      .map((column) => column.header);
    if (telling.length > 0)
      reasons.push(`headings that point to ${accepted.kind.title}: ${telling.slice(0, 4).join(', ')}`);
    if (headerRows > 1) reasons.push(`the heading spans ${headerRows} lines`);
    if ([input.sheet, input.file].some((name) => nameBonus(accepted.kind, name) > 0))
      reasons.push('the name of the file or sheet points to it');
  } else if (rows.length === 0) {
    reasons.push('the sheet is empty');
  } else {
    reasons.push('no row looks like a heading of a known kind; choose the kind and map its columns');
  }
  const continued = guessContinued(accepted?.kind.kind ?? null, columns, data, input.merges ?? []);
  if (continued) reasons.push(continued.reason);
  const order = guessDateOrder(columns, accepted?.kind, data);
  return {
    ...emptyGuess(input),
    sameWhile: continued?.sameWhile ?? null,
    headerRow,
    headerRows,
    kind: accepted?.kind.kind ?? null,
    confidence: accepted
      ? Math.round(Math.min(1, Math.max(0.05, accepted.score / (accepted.score + 3))) * 100) / 100
      : 0,
    reasons,
    columns,
    dateOrder: order.order,
    dateOrderReason: order.reason,
    ...(accepted?.kind.kind === 'communication'
      ? guessTimeZone({
          fields: columns.map((column) => column.field),
          headings,
          above: rows.filter((row) => row.row < headerRow),
          data,
        })
      : {}),
  };
}

function guessOfForm(input: GuessInput, form: FoundForm): SheetGuess {
  const { rows } = input;
  const width = Math.max(0, ...rows.map((row) => row.text.length));
  const data = rows.filter((row) => row.row > form.headerRow);
  return {
    ...emptyGuess(input),
    headerRow: form.headerRow,
    kind: form.kind.kind,
    confidence: 1,
    reasons: [`row ${form.headerRow} is the heading of a form that this program prints`],
    columns: Array.from({ length: width }, (_, index) => {
      const field = form.columns[index]?.field ?? null;
      return {
        index,
        letter: columnLetter(index),
        header: form.headings[index] ?? '',
        field,
        confidence: field === null ? 0 : 1,
        reason: field === null ? 'no column of the form has this heading' : 'a column of the form',
        samples: samplesOf(data, index),
      };
    }),
  };
}

function guessOfMatrix(input: GuessInput, matrix: FoundMatrix): SheetGuess {
  const { rows } = input;
  const heading = rows.find((row) => row.row === matrix.headerRow)?.text ?? [];
  const field = matrix.kind === 'phone' ? 'number' : 'name';
  const fieldOf = (column: number) =>
    column === matrix.labels ? field : matrix.columns.includes(column) ? `with.${field}` : null;
  const width = Math.max(0, ...rows.map((row) => row.text.length));
  return {
    ...emptyGuess(input),
    layout: 'matrix',
    headerRow: matrix.headerRow,
    kind: matrix.kind,
    confidence: matrix.confidence,
    reasons: matrix.reasons,
    columns: Array.from({ length: width }, (_, index) => ({
      index,
      letter: columnLetter(index),
      header: (heading[index] ?? '').replace(/\s+/g, ' ').trim(),
      field: fieldOf(index),
      confidence: fieldOf(index) === null ? 0 : matrix.confidence,
      reason:
        index === matrix.labels
          ? 'its cells name the rows of the matrix'
          : fieldOf(index) === null
            ? 'the heading names nobody'
            : 'its heading is a label of the matrix',
      samples: samplesOf(
        rows.filter((row) => row.row > matrix.headerRow),
        index,
      ),
    })),
  };
}

const samplesOf = (data: readonly SheetRow[], index: number) =>
  data.flatMap((row) => (row.text[index]?.trim() ? [row.text[index].slice(0, 80)] : [])).slice(0, 4);

function emptyGuess(input: GuessInput): SheetGuess {
  const { rows } = input;
  return {
    sheet: input.sheet,
    hidden: input.hidden,
    table: input.table ?? null,
    layout: 'rows',
    sameWhile: null,
    timeZone: null,
    timeZoneReason: null,
    notes: [],
    offers: [],
    earlier: [],
    rowsSeen: rows.length,
    complete: input.complete,
    headerRow: 0,
    headerRows: 1,
    kind: null,
    confidence: 0,
    reasons: [],
    columns: [],
    dateOrder: null,
    dateOrderReason: null,
    sample: rows
      .slice(0, 60)
      .map((row) => ({ row: row.row, cells: row.text.map((cell) => cell.slice(0, 200)) })),
  };
}

const dateCleaners = new Set(['date', 'dateTime']);

function guessDateOrder(
  columns: readonly { index: number; field: string | null }[],
  kind: Kind | undefined,
  data: readonly SheetRow[],
): { order: DateOrder | null; reason: string | null } {
  if (!kind) return { order: null, reason: null };
  const dates = columns.filter((column) => {
    const field = kind.fields.find((each) => each.field === column.field);
    return field !== undefined && dateCleaners.has(field.cleaner);
  });
  if (dates.length === 0) return { order: null, reason: null };
  const samples = dates.flatMap((column) =>
    data.flatMap((row) => (row.stored?.[column.index] ? [] : [row.text[column.index] ?? ''])),
  );
  const found = detectDateOrder(samples.filter((text) => text.trim() !== ''));
  return { order: found.order, reason: found.reason };
}
