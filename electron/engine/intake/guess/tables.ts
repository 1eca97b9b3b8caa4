/** Several tables on one sheet: one below another, or side by side with blank columns between. */
import type { TableArea } from '../../../../shared/contract/schemas.ts';
import { kindList } from '../../../../shared/intake/kinds.ts';
import type { SheetRow } from '../readers/types.ts';
import { withinColumns } from '../tableRows.ts';
import type { HeaderCandidate } from './findHeader.ts';
import { filled, findHeader, isConvincing, looksLikeData } from './findHeader.ts';
import { normaliseHeading } from './headings.ts';

/** Headings that some kind has a field for. */
export const knownHeadings: ReadonlySet<string> = new Set(
  kindList.flatMap((kind) => kind.fields.flatMap((field) => field.headings)),
);
const maximumTables = 200;

const isBlank = (row: SheetRow) => filled(row).length === 0;

/** A lone text above a heading: the title of a table. */
function isTitle(row: SheetRow): boolean {
  const cells = filled(row);
  return cells.length === 1 && !/^\s*[\d./:+-]+\s*$/.test(cells[0] ?? '');
}

/** Cells that could all be headings, and how many of them are known ones. */
function headingCells(row: SheetRow): { cells: string[]; known: number } | null {
  const cells = filled(row);
  if (cells.length < 2 || cells.some(looksLikeData)) return null;
  const normal = cells.map(normaliseHeading);
  return { cells: normal, known: normal.filter((cell) => knownHeadings.has(cell)).length };
}

const within = (rows: readonly SheetRow[], area: TableArea): SheetRow[] =>
  rows.flatMap((row) =>
    row.row < area.firstRow || row.row > (area.lastRow ?? Number.POSITIVE_INFINITY)
      ? []
      : [withinColumns(row, area)],
  );

/** The heading of a table, when it is convincingly that of a known kind. */
function convincing(rows: readonly SheetRow[]): HeaderCandidate | null {
  const found = findHeader(rows, [], undefined);
  return found && isConvincing(found, []) ? found : null;
}

/** Rows (by number) at which a lower table begins, its title included. */
function stackedStarts(rows: readonly SheetRow[]): number[] {
  const solid = rows.filter((row) => !isBlank(row));
  const starts: number[] = [];
  /** The lines of the heading, the first one first. */
  let heading: string[][] | null = null;
  let data = 0;
  for (let index = 0; index < solid.length && starts.length < maximumTables; index += 1) {
    const row = solid[index] as SheetRow;
    const found = headingCells(row);
    if (!found) {
      if (filled(row).length > 1 || heading) data += 1;
      continue;
    }
    if (heading === null) {
      if (found.known >= 2 && found.known * 2 >= found.cells.length) {
        heading = [found.cells];
        data = 0;
      }
      continue;
    }
    // Titles are the lone texts right above, as far as the last gap.
    let top = index;
    while (top > 0 && (solid[top] as SheetRow).row === (solid[top - 1] as SheetRow).row + 1) {
      if (!isTitle(solid[top - 1] as SheetRow)) break;
      top -= 1;
    }
    const start = (solid[top] as SheetRow).row;
    const above = solid[top - 1];
    const gap = above ? start - above.row - 1 : 0;
    const titled = top < index;
    // The next line of a heading that spans several.
    if (data === 0 && found.known >= 2 && found.known * 2 >= found.cells.length) {
      heading.push(found.cells);
      continue;
    }
    if (data === 0 || !isNewTable(rows, solid, index, { heading, found, gap, titled })) {
      data += 1;
      continue;
    }
    starts.push(start);
    heading = [found.cells];
    data = 0;
  }
  return starts;
}

/** Whether a row that could be a heading begins a table of its own rather than going on with the one above. */
function isNewTable(
  rows: readonly SheetRow[],
  solid: readonly SheetRow[],
  index: number,
  seen: {
    heading: readonly string[][];
    found: { cells: string[]; known: number };
    gap: number;
    titled: boolean;
  },
): boolean {
  const { heading, found, gap, titled } = seen;
  const row = solid[index] as SheetRow;
  const next = solid[index + 1];
  const isSame = heading.some(
    (line) => line.length === found.cells.length && found.cells.every((cell) => line.includes(cell)),
  );
  // The same heading again is that of the next page, unless a title of its own stands between.
  if (isSame) return titled && gap > 0;
  if (!next || next.row > row.row + 1) return false;
  const isKnown = found.known >= 2 && found.known * 2 >= found.cells.length;
  if (isKnown && (gap > 0 || (found.known >= 3 && found.known === found.cells.length))) {
    const below = rows.filter((each) => each.row >= row.row).slice(0, 20);
    const candidate = convincing(below);
    return candidate !== null && candidate.headerRow - row.row < 2;
  }
  // A table of no known kind: a gap and a title, and under words something that is none. Rows must not be left
  // out for less.
  if (isKnown || found.known > 0 || gap === 0 || !titled) return false;
  if (found.cells.some((cell) => !/^\p{L}/u.test(cell)) || new Set(found.cells).size < found.cells.length)
    return false;
  const places = row.text.flatMap((cell, column) => (cell.trim() === '' ? [] : [column]));
  const data = filled(next);
  return (
    heading.every((line) => line.length !== places.length) &&
    data.length <= places.length &&
    places.some((column) => /\d/.test(next.text[column] ?? '')) &&
    !places.some((column) => /\d/.test(row.text[column] ?? ''))
  );
}

/** Runs of columns with anything in them, as [first, last]. */
function columnGroups(rows: readonly SheetRow[]): [number, number][] {
  const used = new Set<number>();
  for (const row of rows) {
    // A title reaches over blank columns without filling them.
    row.text.forEach((cell, column) => {
      if (cell.trim() !== '') used.add(column);
    });
  }
  const groups: [number, number][] = [];
  for (const column of [...used].sort((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last && last[1] === column - 1) last[1] = column;
    else groups.push([column, column]);
  }
  return groups;
}

const knowsAll = (whole: HeaderCandidate | null, ...parts: HeaderCandidate[]): boolean =>
  whole !== null &&
  parts.every((part) =>
    part.headings.every((heading, column) => heading === '' || whole.mapped.columns[column] != null),
  );

/** First columns of the tables that stand side by side; empty when there is one table. */
function besideStarts(rows: readonly SheetRow[], area: TableArea): number[] {
  const groups = columnGroups(rows);
  if (groups.length < 2) return [];
  const found = groups.flatMap(([first, last]) => {
    if (last === first) return [];
    const candidate = convincing(within(rows, { ...area, firstColumn: first, lastColumn: last }));
    return candidate ? [{ first, candidate }] : [];
  });
  const [left, ...others] = found;
  if (!left) return [];
  const whole = convincing(rows);
  const starts = others.filter(({ candidate }) => {
    const mine = candidate.headings.map(normaliseHeading).filter(Boolean);
    const theirs = left.candidate.headings.map(normaliseHeading);
    if (candidate.headerRow !== left.candidate.headerRow) return true;
    if (mine.some((heading) => theirs.includes(heading))) return true;
    // One kind that knows every heading of both is one table with a blank column in it.
    return candidate.kind !== left.candidate.kind && !knowsAll(whole, left.candidate, candidate);
  });
  return starts.map(({ first }) => first);
}

const wholeSheet: TableArea = { firstRow: 1, lastRow: null, firstColumn: 0, lastColumn: null };

function splitBeside(rows: readonly SheetRow[], area: TableArea, depth: number): TableArea[] {
  const starts = besideStarts(rows, area);
  if (starts.length === 0) return [area];
  const bounds = [area.firstColumn, ...starts];
  return bounds.flatMap((first, index) => {
    const next = bounds[index + 1];
    const part = { ...area, firstColumn: first, lastColumn: next === undefined ? area.lastColumn : next - 1 };
    return splitStacked(within(rows, part), part, depth + 1);
  });
}

function splitStacked(rows: readonly SheetRow[], area: TableArea, depth: number): TableArea[] {
  if (depth > 4) return [area];
  const bounds = [area.firstRow, ...stackedStarts(rows)];
  return bounds.flatMap((first, index) => {
    const next = bounds[index + 1];
    const part = { ...area, firstRow: first, lastRow: next === undefined ? area.lastRow : next - 1 };
    return splitBeside(within(rows, part), part, bounds.length > 1 || depth === 0 ? depth + 1 : 5);
  });
}

/** The tables of a sheet, from its first rows; null when it is one table, or none that can be told. */
export function splitTables(rows: readonly SheetRow[]): TableArea[] | null {
  const areas = splitStacked(rows, wholeSheet, 0);
  return areas.length > 1 ? areas : null;
}

/** The rows of an area, cells outside it blank. */
export const rowsOf = within;
