/**
 * What a sheet is: its header row, its kind and its mapping, each with the reasons. A guess is only ever a
 * proposal: preview and commit take the mapping that the user accepted.
 */
import type { DateOrder, ImportKind, SheetGuess } from '../../../shared/contract/schemas.ts';
import { detectDateOrder } from '../../../shared/domain/dates.ts';
import type { Field, Kind } from '../../../shared/intake/kinds.ts';
import { kindList } from '../../../shared/intake/kinds.ts';
import type { SheetRow } from './readers/types.ts';

/** Rows that the guess looks at: enough to find a header under a long preamble. */
export const guessRows = 300;
const headerSearchRows = 60;

/** A heading in the form in which headings are compared: lower case, punctuation as single blanks. */
export function normaliseHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters of a column: 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

interface Match {
  field: Field;
  confidence: number;
  reason: string;
}

/** How well a heading names a field: exact, or the heading holds one of its names as whole words. */
function matchHeading(heading: string, field: Field): Match | null {
  if (heading === '') return null;
  const exact = field.headings.indexOf(heading);
  if (exact >= 0) {
    return {
      field,
      confidence: 1 - Math.min(exact, 10) * 0.01,
      reason: `the heading "${heading}" is a usual name of ${field.title}`,
    };
  }
  // "child name dob" must not be taken for a name: only whole headings of two letters or more count inside another.
  let best = '';
  for (const known of field.headings) {
    if (known.length < 3 || known.length <= best.length) continue;
    if (` ${heading} `.includes(` ${known} `)) best = known;
  }
  if (best === '') return null;
  const share = best.length / heading.length;
  if (share < 0.25) return null;
  return { field, confidence: 0.4 + share * 0.4, reason: `the heading holds "${best}"` };
}

const townHeadings = new Set(['town', 'city']);

export interface Mapped {
  columns: (Match | null)[];
  score: number;
}

/** The best mapping of headings to a kind's fields: strongest matches first, a field once unless it takes many. */
function mapHeadings(headings: readonly string[], kind: Kind): Mapped {
  const candidates = headings.flatMap((heading, column) =>
    kind.fields.flatMap((field) => {
      const match = matchHeading(heading, field);
      return match ? [{ column, match }] : [];
    }),
  );
  candidates.sort((a, b) => b.match.confidence - a.match.confidence || a.column - b.column);
  const columns: (Match | null)[] = headings.map(() => null);
  const used = new Set<string>();
  for (const { column, match } of candidates) {
    if (columns[column] || (used.has(match.field.field) && !match.field.many)) continue;
    columns[column] = match;
    used.add(match.field.field);
  }
  // A date with a time beside it is one moment in two columns; a whole moment needs no parts.
  if (used.has('start'))
    columns.forEach((match, column) => {
      if (match?.field.field === 'start.date' || match?.field.field === 'start.time') columns[column] = null;
    });
  // A town on its own is no address; beside a street it is the end of one.
  const towns = columns.flatMap((match, column) =>
    match?.field.cleaner === 'address' && townHeadings.has(headings[column] ?? '') ? [column] : [],
  );
  if (towns.length === columns.filter((match) => match?.field.cleaner === 'address').length) {
    for (const column of towns) columns[column] = null;
  }
  let score = 0;
  for (const match of columns) if (match) score += match.confidence * (match.field.telling ? 2 : 1);
  const fields = new Set(columns.flatMap((match) => (match ? [match.field.field] : [])));
  if (fields.has('start.date')) fields.add('start');
  const missing = kind.essential.filter((group) => !group.some((field) => fields.has(field)));
  score -= missing.length * 2.5;
  return { columns, score };
}

interface HeaderCandidate {
  kind: Kind;
  mapped: Mapped;
  headerRow: number;
  headerRows: number;
  headings: string[];
  score: number;
}

/** Headings over two lines: the upper one reaches to the right until the next filled cell. */
function joinHeadings(upper: readonly string[], lower: readonly string[]): string[] {
  const width = Math.max(upper.length, lower.length);
  let reach = '';
  return Array.from({ length: width }, (_, column) => {
    const above = (upper[column] ?? '').trim();
    const below = (lower[column] ?? '').trim();
    if (above) reach = above;
    if (!below) return above;
    return above || reach ? `${above || reach} ${below}` : below;
  });
}

const filled = (row: SheetRow) => row.text.filter((cell) => cell.trim() !== '');

const looksLikeData = (cell: string) =>
  /\d{3,}|^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$|^\d+([.,]\d+)?$/.test(cell.trim());

function nameBonus(kind: Kind, name: string): number {
  const words = new Set(normaliseHeading(name).split(' '));
  return kind.nameHints.some((hint) => hint.split(' ').every((word) => words.has(word))) ? 1.5 : 0;
}

/** Headings, joined over several lines where `headerRows` says so, of the header row of a sheet. */
export function readHeadings(rows: readonly SheetRow[], headerRow: number, headerRows: number): string[] {
  const at = (number: number) => rows.find((row) => row.row === number)?.text ?? [];
  let headings = [...at(headerRow)];
  for (let above = 1; above < headerRows; above += 1)
    headings = joinHeadings(at(headerRow - above), headings);
  return headings.map((heading) => heading.replace(/\s+/g, ' ').trim());
}

function findHeader(
  rows: readonly SheetRow[],
  names: readonly string[],
  only: ImportKind | undefined,
): HeaderCandidate | null {
  let best: HeaderCandidate | null = null;
  const head = rows.slice(0, headerSearchRows);
  head.forEach((row, index) => {
    const cells = filled(row);
    if (cells.length < 1) return;
    const dataLike = cells.filter(looksLikeData).length / cells.length;
    if (dataLike > 0.4) return;
    const hasRowsBelow = rows.slice(index + 1).some((below) => filled(below).length > 0);
    const above = head[index - 1];
    const spans = above && above.row === row.row - 1 && filled(above).length >= 2 ? [1, 2] : [1];
    for (const headerRows of spans) {
      const headings = readHeadings(rows, row.row, headerRows);
      const normal = headings.map(normaliseHeading);
      for (const kind of kindList) {
        if (only && kind.kind !== only) continue;
        const mapped = mapHeadings(normal, kind);
        const matched = mapped.columns.filter((match) => match !== null).length;
        if (matched === 0) continue;
        const coverage = matched / Math.max(cells.length, 1);
        let score = mapped.score + coverage * 2 - dataLike * 4;
        score += Math.max(0, ...names.map((name) => nameBonus(kind, name)));
        if (headerRows === 2) score -= 0.75;
        if (!hasRowsBelow) score -= 3;
        if (!best || score > best.score + 1e-9)
          best = { kind, mapped, headerRow: row.row, headerRows, headings, score };
      }
    }
  });
  return best;
}

/** The widest row near the top that is followed by rows of like width: a header when no name is known. */
function plainHeader(rows: readonly SheetRow[]): number {
  let best = { row: rows.find((row) => filled(row).length > 0)?.row ?? 0, width: 0 };
  for (const row of rows.slice(0, headerSearchRows)) {
    const cells = filled(row);
    if (cells.length > best.width && cells.filter(looksLikeData).length <= cells.length / 3)
      best = { row: row.row, width: cells.length };
  }
  return best.row;
}

const minimumScore = 2.2;

/**
 * A likely kind is not enough: what makes a row of the kind must be mapped, a third of the headings must be
 * known, and either a heading or a name must be telling or three headings agree. A sheet of dates and places
 * is no list of crimes.
 */
function isConvincing(found: HeaderCandidate, names: readonly string[]): boolean {
  const matches = found.mapped.columns.filter((match) => match !== null);
  const fields = new Set(matches.map((match) => match.field.field));
  if (fields.has('start.date')) fields.add('start');
  if (!found.kind.essential.every((group) => group.some((field) => fields.has(field)))) return false;
  const headings = found.headings.filter((heading) => heading !== '').length;
  if (matches.length < Math.min(2, headings) || matches.length * 3 < headings) return false;
  const certain = matches.filter((match) => match.confidence >= 0.85).length;
  if (certain === 0) return false;
  const named = names.some((name) => nameBonus(found.kind, name) > 0);
  const telling = matches.some((match) => match.field.telling && match.confidence >= 0.85);
  return found.score >= minimumScore && (named || (telling && matches.length >= 2) || certain >= 3);
}

export interface GuessInput {
  file: string;
  sheet: string;
  hidden: boolean;
  /** The first rows of the sheet, at most `guessRows`. */
  rows: readonly SheetRow[];
  complete: boolean;
  /** The user's choice of kind; otherwise the best. */
  kind?: ImportKind | undefined;
}

/** Looks at the first rows of a sheet. Pure. */
export function guessSheet(input: GuessInput): SheetGuess {
  const { rows } = input;
  const names = [input.sheet, input.file.replace(/\.[^.]*$/, '')];
  const found = findHeader(rows, names, input.kind);
  const accepted = found && (input.kind !== undefined || isConvincing(found, names)) ? found : null;
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
      samples: data
        .flatMap((row) => (row.text[index]?.trim() ? [row.text[index].slice(0, 80)] : []))
        .slice(0, 4),
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
  const order = guessDateOrder(columns, accepted?.kind, data);
  return {
    sheet: input.sheet,
    hidden: input.hidden,
    table: null,
    layout: 'rows',
    sameWhile: null,
    timeZone: null,
    timeZoneReason: null,
    notes: [],
    offers: [],
    earlier: [],
    rowsSeen: rows.length,
    complete: input.complete,
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
