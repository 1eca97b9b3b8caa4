/** The row that is the heading of a table, and the kind that its headings point to. */
import type { ImportKind } from '../../../../shared/contract/schemas.ts';
import type { Kind } from '../../../../shared/intake/kinds.ts';
import { kindList } from '../../../../shared/intake/kinds.ts';
import type { SheetRow } from '../readers/types.ts';
import { normaliseHeading, readHeadings } from './headings.ts';
import type { Mapped } from './mapHeadings.ts';
import { mapHeadings } from './mapHeadings.ts';

const headerSearchRows = 60;

export interface HeaderCandidate {
  kind: Kind;
  mapped: Mapped;
  headerRow: number;
  headerRows: number;
  headings: string[];
  score: number;
}

export const filled = (row: SheetRow) => row.text.filter((cell) => cell.trim() !== '');

export const looksLikeData = (cell: string) =>
  /\d{3,}|^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$|^\d+([.,]\d+)?$/.test(cell.trim());

export function nameBonus(kind: Kind, name: string): number {
  const words = new Set(normaliseHeading(name).split(' '));
  return kind.nameHints.some((hint) => hint.split(' ').every((word) => words.has(word))) ? 1.5 : 0;
}

export function findHeader(
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
    const highest = head[index - 2];
    const spans = [1];
    if (above && above.row === row.row - 1 && filled(above).length >= 2) {
      spans.push(2);
      if (highest && highest.row === row.row - 2 && filled(highest).length >= 2) spans.push(3);
    }
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
        score -= (headerRows - 1) * 0.75;
        if (!hasRowsBelow) score -= 3;
        if (!best || score > best.score + 1e-9)
          best = { kind, mapped, headerRow: row.row, headerRows, headings, score };
      }
    }
  });
  return best;
}

/** The widest row near the top that is followed by rows of like width: a header when no name is known. */
export function plainHeader(rows: readonly SheetRow[]): number {
  let best = { row: rows.find((row) => filled(row).length > 0)?.row ?? 0, width: 0 };
  for (const row of rows.slice(0, headerSearchRows)) {
    const cells = filled(row);
    if (cells.length > best.width && cells.filter(looksLikeData).length <= cells.length / 3)
      best = { row: row.row, width: cells.length };
  }
  return best.row;
}

/** Headings that do not even add to what makes a kind likely. */
const anybodysHeadings = new Set([
  'type',
  'category',
  'status',
  'service',
  'event',
  'source',
  'result',
  'active',
]);

/** Headings that any sheet may have: they tell nothing, whichever field they name. */
const vagueHeadings = new Set([
  'type',
  'category',
  'status',
  'service',
  'event',
  'from',
  'to',
  'source',
  'result',
  'team',
  'grade',
  'model',
  'child',
  'active',
]);

const minimumScore = 2.2;

/**
 * A likely kind is not enough: what makes a row of the kind must be mapped, a third of the headings must be
 * known, and either a heading or a name must be telling or three headings agree. A sheet of dates and places
 * is no list of crimes.
 */
export function isConvincing(found: HeaderCandidate, names: readonly string[]): boolean {
  const matches = found.mapped.columns.filter((match) => match !== null);
  const fields = new Set(matches.map((match) => match.field.field));
  if (fields.has('start.date')) fields.add('start');
  if (!found.kind.essential.every((group) => group.some((field) => fields.has(field)))) return false;
  const headings = found.headings.filter((heading) => heading !== '').length;
  if (matches.length < Math.min(2, headings) || matches.length * 3 < headings) return false;
  const certain = found.mapped.columns.filter(
    (match, column) =>
      match &&
      !match.field.aside &&
      match.confidence >= 0.85 &&
      !anybodysHeadings.has(normaliseHeading(found.headings[column] ?? '')),
  ).length;
  if (certain === 0) return false;
  const named = names.some((name) => nameBonus(found.kind, name) > 0);
  const telling = found.mapped.columns.some(
    (match, column) =>
      match?.field.telling &&
      match.confidence >= 0.85 &&
      !vagueHeadings.has(normaliseHeading(found.headings[column] ?? '')),
  );
  return found.score >= minimumScore && (named || (telling && matches.length >= 2) || certain >= 3);
}
