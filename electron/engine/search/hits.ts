/** Found rows as they are shown: label, why they were found, who must be protected, what of the plan is about them. */
import type { SearchCare, SearchHit } from '../../../shared/contract/areas/search.ts';
import type { Row } from '../../../shared/domain/readiness/facts.ts';
import { isAtRisk, isChildOn, isProtectedPlace } from '../../../shared/domain/readiness/protection.ts';
import { findColumn, grids, makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { gridNames } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readPlace, shownText } from '../database/queries/evidence.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { all, columnName, identifier } from '../database/sql.ts';
import { oncePerState } from '../database/stateMemo.ts';
import { resolveRef } from '../entities/groups.ts';
import { readSaid } from './documents.ts';
import type { Field } from './fields.ts';
import { fieldsOf, searchedColumns, textOf } from './fields.ts';
import type { Candidate, Taken } from './find.ts';
import { isCell } from './find.ts';
import { referenceKey } from './identifiers.ts';
import { placeOf, rowAt } from './places.ts';
import type { Question } from './query.ts';
import type { Ranked } from './rank.ts';
import { matchCells, rankRow, scores } from './rank.ts';

export interface RankedRow extends Ranked {
  candidate: Candidate;
}

/** Targets and warrants by the records that they are about. */
export function planOf(database: ReadDatabase): ReadonlyMap<string, readonly string[]> {
  return oncePerState(database, 'search.plan', () => {
    const plan = new Map<string, string[]>();
    const note = (grid: GridName, column: string) => {
      for (const row of all<{ id: number; value: string }>(
        database,
        `SELECT id, ${identifier(column)} AS value FROM ${identifier(grids[grid].table)} WHERE ${identifier(column)} IS NOT NULL`,
      ))
        for (const ref of row.value.split(',')) {
          const users = plan.get(ref);
          if (users) users.push(makeRef(grid, row.id));
          else plan.set(ref, [makeRef(grid, row.id)]);
        }
    };
    note('targets', 'subject');
    note('warrants', 'premises');
    note('warrants', 'person');
    return plan;
  });
}

type Stored = Record<string, CellValue>;

/** The rows of candidates as their tables hold them, by their place in the index. @param columnsOf what of them is read */
function readRows(
  database: ReadDatabase,
  candidates: readonly Candidate[],
  columnsOf: (grid: GridName) => string,
): Map<number, Stored> {
  const byGrid = new Map<GridName, number[]>();
  for (const { place, stage } of candidates) {
    if (isCell(stage)) continue;
    const { grid, id } = rowAt(place);
    const ids = byGrid.get(grid);
    if (ids) ids.push(id);
    else byGrid.set(grid, [id]);
  }
  const rows = new Map<number, Stored>();
  for (const [grid, ids] of byGrid)
    for (const row of all<Stored>(
      database,
      `SELECT ${columnsOf(grid)} FROM ${identifier(grids[grid].table)} WHERE id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    ))
      rows.set(placeOf(grid, Number(row.id)), row);
  return rows;
}

/** The columns by which a row is ranked. */
const rankedColumns = (grid: GridName): string =>
  ['id', ...searchedColumns(grid).map(({ stored }) => stored)].map(identifier).join(', ');

function othersOf(database: ReadDatabase, grid: GridName, id: number): Field[] {
  return readSaid(database, grid, id).flatMap(({ values }) =>
    values.flatMap(({ field, value }) => {
      const column = findColumn(grids[grid], field);
      const text = column && !column.derived ? textOf(column, value) : '';
      return column && text !== '' ? [{ column, text, isName: false }] : [];
    }),
  );
}

/** Candidates with what they are worth, best first. Of equals people come first, as in every list; of a kind those in the plan, then the
 * newest. */
export function rankCandidates(
  database: ReadDatabase,
  question: Question,
  taken: Taken,
  candidates: readonly Candidate[],
): RankedRow[] {
  const rows = readRows(database, candidates, rankedColumns);
  const plan = planOf(database);
  const ranked: (RankedRow & { order: number; planned: number })[] = [];
  for (const candidate of candidates) {
    if (isCell(candidate.stage)) {
      const score = candidate.stage === 'cell' ? scores.cell : scores.cellBegins;
      ranked.push({ candidate, score, matched: [], order: gridNames.length, planned: 0 });
      continue;
    }
    const row = rows.get(candidate.place);
    if (!row) continue;
    const { grid, id } = rowAt(candidate.place);
    const fields = fieldsOf(grid, row);
    const rank = rankRow(question, taken, {
      reference: referenceKey(grid, id),
      fields,
      others: () => othersOf(database, grid, id),
    });
    if (!rank) continue;
    const planned = plan.has(makeRef(grid, id)) ? 1 : 0;
    ranked.push({ candidate, ...rank, order: gridNames.indexOf(grid), planned });
  }
  return ranked.sort(
    (a, b) =>
      b.score - a.score ||
      a.order - b.order ||
      b.planned - a.planned ||
      // Original rows in the order of their sheets, so that a block of them is opened once.
      (isCell(a.candidate.stage)
        ? a.candidate.place - b.candidate.place
        : b.candidate.place - a.candidate.place),
  );
}

/** The stored row under the names of its fields. */
function asRow(grid: GridName, stored: Stored): Row {
  return Object.fromEntries([
    ['ref', makeRef(grid, Number(stored.id))],
    ...grids[grid].columns.map((column) => [column.field, stored[columnName(column.field)] ?? null]),
  ]) as Row;
}

function careOf(grid: GridName, stored: Stored, moment: Moment): SearchCare | undefined {
  const day = (moment.strike ?? moment.today).slice(0, 10);
  if (grid === 'people' || grid === 'custody' || grid === 'referrals') {
    const row = asRow(grid, stored);
    if (isChildOn(row, day)) return 'child';
    return isAtRisk(row) ? 'at-risk' : undefined;
  }
  return grid === 'premises' && isProtectedPlace(asRow(grid, stored)) ? 'protected-place' : undefined;
}

/** Fields that tell a row from others with the same label, by grid. */
const telling: Readonly<Partial<Record<GridName, readonly string[]>>> = {
  people: ['dob', 'dobText'],
  phones: ['subscriber'],
  premises: ['postcode'],
  vehicles: ['colour', 'make', 'model'],
  intelligence: ['grade', 'reportDate'],
  custody: ['name', 'dob', 'arrestedAt'],
  referrals: ['name', 'dob', 'date'],
  crimes: ['date', 'location'],
  warrants: ['power', 'status'],
  seizures: ['what', 'seizedAt'],
  arrests: ['arrestedAt'],
  packs: ['recipient', 'version', 'copy'],
};

function aboutOf(grid: GridName, stored: Stored): NonNullable<SearchHit['about']> {
  return (telling[grid] ?? []).flatMap((field) => {
    const column = findColumn(grids[grid], field);
    const text = column ? textOf(column, stored[columnName(field)]) : '';
    return text === '' ? [] : [{ field, text }];
  });
}

/** The rows of a page as they are shown; labels, and the sources of records, are for the caller to add. */
export function toHits(
  database: ReadDatabase,
  question: Question,
  ranked: readonly RankedRow[],
  moment: Moment,
  withSources: boolean,
): SearchHit[] {
  const plan = planOf(database);
  const rows = readRows(
    database,
    ranked.map(({ candidate }) => candidate),
    () => '*',
  );
  return ranked.flatMap(({ candidate, score, matched }) => {
    if (isCell(candidate.stage)) {
      const hit = cellHit(database, question, candidate, score, withSources);
      return hit ? [hit] : [];
    }
    const { grid, id } = rowAt(candidate.place);
    const ref = makeRef(grid, id);
    const stored = rows.get(candidate.place) ?? {};
    const users = plan.get(ref);
    const care = careOf(grid, stored, moment);
    const about = aboutOf(grid, stored);
    return [
      {
        ref,
        grid,
        label: ref,
        score,
        matched,
        ...(about.length > 0 ? { about } : {}),
        ...(care ? { care } : {}),
        ...(users ? { plan: [...users].slice(0, 10) } : {}),
      },
    ];
  });
}

function cellHit(
  database: ReadDatabase,
  question: Question,
  { place }: Candidate,
  score: number,
  withSources: boolean,
): SearchHit | null {
  const found = readPlace(database, place);
  if (!found) return null;
  const cells = found.cells.map((_, column) => shownText(found.cells, column));
  const records = all<{ grid: GridName; row_id: number }>(
    database,
    'SELECT DISTINCT grid, row_id FROM record WHERE evidence_id = ? LIMIT 10',
    place,
  ).map(({ grid, row_id }) => {
    const root = resolveRef(database, makeRef(grid, row_id));
    return root ? makeRef(root.grid.name, root.id) : makeRef(grid, row_id);
  });
  const matched = matchCells(question, cells, found.headers);
  if (!matched) return null;
  const { file, sheet, row } = found;
  return {
    ref: makeRef('sources', found.sheetId),
    grid: 'sources',
    label: `${file}, ${sheet}, row ${row}`,
    score,
    matched,
    row,
    ...(withSources ? { sources: [{ file, sheet, row }] } : {}),
    ...(records.length > 0 ? { records: [...new Set(records)] } : {}),
  };
}
