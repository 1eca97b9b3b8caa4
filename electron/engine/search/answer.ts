/** A search from the typed text to the rows of a page, and the counts beside them. */
import type { SearchAnswer, SearchFacets, SearchQuestion } from '../../../shared/contract/areas/search.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { gridNames } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { addSources } from '../database/queries/grid.ts';
import { readLabels } from '../database/queries/rows.ts';
import { all, prepare } from '../database/sql.ts';
import { resolveRef } from '../entities/groups.ts';
import { readSheetIndex } from './documents.ts';
import type { Found, Narrowing, Taken } from './find.ts';
import {
  fewFound,
  findCandidates,
  isCell,
  narrowCells,
  narrowRows,
  takeVariants,
  wholeExpressions,
} from './find.ts';
import type { RankedRow } from './hits.ts';
import { rankCandidates, toHits } from './hits.ts';
import { referenceKey } from './identifiers.ts';
import { rowAt } from './places.ts';
import type { Question, Reading } from './query.ts';
import { understand } from './query.ts';
import type { Vocabulary } from './vocabulary.ts';

/** So many are put in order together. Later ones come in stretches of as many, so that every page sees the same order. */
const stretch = 150;
/** Nobody pages further than this: the facets narrow. A whole number of stretches. */
const mostListed = 8 * stretch;
const mostBlocks = 6;
/** Counts go so far. */
const mostCounted = 3000;

export type Answer = Omit<SearchAnswer, 'index'>;

export interface Asked extends SearchQuestion {
  offset?: number | undefined;
  limit?: number | undefined;
  sources?: boolean | undefined;
}

const yearOf = (moment: Moment) => Number(moment.today.slice(0, 4));

function narrowingOf(asked: SearchQuestion): Narrowing {
  const sheet = asked.source === undefined ? undefined : parseRef(asked.source);
  if (sheet !== undefined && sheet?.grid.name !== 'sources')
    throw new AppError('usage', `"${asked.source}" is no sheet. Sheets are SRC-1, SRC-2, …`);
  return {
    grids: asked.in && asked.in.length > 0 ? asked.in : undefined,
    sheet: sheet?.id,
    grade: asked.grade,
    from: asked.from,
    to: asked.to,
  };
}

/** What was typed, with the reference of a merged record as that of the one that stands for it. */
function readQuestion(database: ReadDatabase, text: string, moment: Moment): Question {
  const question = understand(text, yearOf(moment));
  const follow = (reading: Reading): Reading => {
    const root = reading.kind === 'reference' ? resolveRef(database, reading.text) : null;
    return root ? { ...reading, key: referenceKey(root.grid.name, root.id) } : reading;
  };
  return {
    ...question,
    whole: question.whole.map(follow),
    terms: question.terms.map((term) => {
      if (!term.readings.some(({ kind }) => kind === 'reference')) return term;
      const readings = term.readings.map(follow);
      return { ...term, readings, keys: [...new Set([...term.keys, ...readings.map(({ key }) => key)])] };
    }),
  };
}

const isBlank = (question: Question) => question.terms.length === 0 && question.whole.length === 0;

/** The rows that have what was typed, best first. Reads one state of the database. */
export function answerSearch(
  database: ReadDatabase,
  vocabulary: Vocabulary,
  asked: Asked,
  moment: Moment,
): Answer {
  const question = readQuestion(database, asked.text, moment);
  if (isBlank(question)) return { hits: [], next: null, readings: [], instead: [], labels: {} };
  const offset = asked.offset ?? 0;
  const limit = asked.limit ?? 50;
  const end = offset + limit;
  return database.transaction((): Answer => {
    const { found, ranked, more } = rankUpTo(database, vocabulary, question, narrowingOf(asked), end);
    const shown = withFewBlocks(database, ranked.slice(offset, end));
    const hits = toHits(database, question, shown, moment, asked.sources ?? false);
    if (asked.sources) for (const hit of hits) if (hit.row === undefined) addHitSources(database, hit);
    const named = hits.flatMap((hit) => [
      ...(hit.row === undefined ? [hit.ref] : []),
      ...(hit.plan ?? []),
      ...(hit.records ?? []),
    ]);
    const labels = readLabels(database, named);
    for (const hit of hits) if (hit.row === undefined) hit.label = labels[hit.ref] ?? hit.ref;
    return {
      hits,
      next: more || offset + shown.length < ranked.length ? offset + shown.length : null,
      readings: readingsOf(question),
      instead: insteadOf(question, found.taken),
      labels,
    };
  })();
}

/** Ranked rows up to `end`, or all there are; `more` may be found behind them. */
function rankUpTo(
  database: ReadDatabase,
  vocabulary: Vocabulary,
  question: Question,
  narrowing: Narrowing,
  end: number,
): { found: Found; ranked: RankedRow[]; more: boolean } {
  for (let wanted = Math.min(mostListed, Math.ceil(end / stretch) * stretch); ; wanted += stretch) {
    const found = findCandidates(database, question, narrowing, vocabulary, wanted);
    const ranked: RankedRow[] = [];
    for (let from = 0; from < found.candidates.length; from += stretch)
      ranked.push(
        ...rankCandidates(database, question, found.taken, found.candidates.slice(from, from + stretch)),
      );
    const more = found.more && wanted < mostListed;
    // Candidates that do not have it after all fall out: the page is filled from the stretch behind.
    if (!more || ranked.length >= end) return { found, ranked, more };
  }
}

/**
 * Original rows stand in blocks that take milliseconds to open. A page with records ends where they begin, so that the
 * records are there at once, and a page of original rows ends before it needs very many blocks.
 */
function withFewBlocks(database: ReadDatabase, ranked: RankedRow[]): RankedRow[] {
  const first = ranked.findIndex(({ candidate }) => isCell(candidate.stage));
  if (first > 0) return ranked.slice(0, first);
  if (first < 0) return ranked;
  const block = prepare(
    database,
    'SELECT first_id FROM evidence_block WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1',
  ).pluck();
  const opened = new Set<unknown>();
  const end = ranked.findIndex(({ candidate }) => {
    opened.add(block.get(candidate.place));
    return opened.size > mostBlocks;
  });
  return end < 0 ? ranked : ranked.slice(0, end);
}

function addHitSources(database: ReadDatabase, hit: Answer['hits'][number]): void {
  const rows = [{ ref: hit.ref } as Parameters<typeof addSources>[2][number]];
  addSources(database, hit.grid, rows);
  const sources = rows[0]?.sources;
  if (Array.isArray(sources)) hit.sources = sources;
}

/** What the text reads as; words are not said back, for they are what was typed. */
function readingsOf(question: Question): Answer['readings'] {
  // Digits alone may be part of a mark too; a number is what they are first.
  const whole = question.whole.filter(
    ({ kind, text }) =>
      kind !== 'identifier' && /\d/.test(text) && !(kind === 'vehicle' && /^\d+$/.test(text)),
  );
  const said = new Set<string>();
  return (whole.length > 0 ? whole : question.terms.flatMap((term) => term.readings))
    .filter(({ kind, text }) => {
      if (kind === 'identifier' || said.has(`${kind} ${text}`)) return false;
      said.add(`${kind} ${text}`);
      return true;
    })
    .map(({ kind, text }) => ({ kind, text }))
    .slice(0, 6);
}

function insteadOf(question: Question, taken: Taken): Answer['instead'] {
  return [...taken].map(([at, variants]) => ({
    typed: question.terms[at]?.text ?? '',
    words: variants.map(({ word }) => word).slice(0, 6),
  }));
}

interface Counted {
  id: number;
  day: string | null;
  grade: string | null;
  sheets: string | null;
}

/** How many rows have what was typed, by kind, sheet, grade and year. The kinds are counted as if none were chosen. */
export function countSearch(
  database: ReadDatabase,
  vocabulary: Vocabulary,
  asked: SearchQuestion,
  moment: Moment,
): SearchFacets {
  const question = readQuestion(database, asked.text, moment);
  const empty: SearchFacets = { total: 0, complete: true, grids: [], sources: [], grades: [], years: [] };
  if (isBlank(question)) return empty;
  return database.transaction((): SearchFacets => {
    const narrowing = narrowingOf(asked);
    const open = { ...narrowing, grids: undefined };
    const rows = countedRows(database, question, open, vocabulary);
    const cells = countedCells(database, question, open);
    const chosen = new Set(narrowing.grids ?? gridNames);
    const byGrid = new Map<GridName, number>();
    const bySheet = new Map<number, number>();
    const byGrade = new Map<string, number>();
    const byYear = new Map<string, number>();
    const add = <Key>(counts: Map<Key, number>, key: Key, count = 1) =>
      counts.set(key, (counts.get(key) ?? 0) + count);
    let total = 0;
    for (const row of rows) {
      const { grid } = rowAt(row.id);
      add(byGrid, grid);
      if (!chosen.has(grid)) continue;
      total += 1;
      if (row.grade) add(byGrade, row.grade);
      if (row.day) add(byYear, row.day.slice(0, 4));
      for (const sheet of row.sheets?.split(',') ?? []) if (sheet !== '') add(bySheet, Number(sheet));
    }
    if (cells.length > 0) add(byGrid, 'sources', cells.length);
    if (chosen.has('sources')) {
      const sheets = readSheetIndex(database);
      total += cells.length;
      for (const evidence of cells) {
        const sheet = sheets.sheetOf(evidence);
        if (sheet !== null) add(bySheet, sheet);
      }
    }
    const labels = readLabels(
      database,
      [...bySheet.keys()].map((sheet) => makeRef('sources', sheet)),
    );
    const most = <Key extends string | number>(counts: Map<Key, number>) =>
      [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      total,
      complete: rows.length < mostCounted && cells.length < mostCounted,
      grids: most(byGrid).map(([grid, count]) => ({ grid, count })),
      sources: most(bySheet)
        .slice(0, 30)
        .map(([sheet, count]) => {
          const ref = makeRef('sources', sheet);
          return { ref, label: labels[ref] ?? ref, count };
        }),
      grades: most(byGrade)
        .slice(0, 30)
        .map(([grade, count]) => ({ grade, count })),
      years: [...byYear].sort((a, b) => (a[0] < b[0] ? 1 : -1)).map(([year, count]) => ({ year, count })),
    };
  })();
}

function countedRows(
  database: ReadDatabase,
  question: Question,
  narrowing: Narrowing,
  vocabulary: Vocabulary,
): Counted[] {
  const rows = new Map<number, Counted>();
  const read = (table: 'search_word' | 'search_part', match: string) => {
    const condition = narrowRows(table, narrowing);
    for (const row of all<Counted>(
      database,
      `SELECT f.id, d.day, d.grade, d.sheets FROM (
         SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ?${condition.sql} ORDER BY rowid DESC LIMIT ?) f
       LEFT JOIN search_doc d ON d.id = f.id`,
      match,
      ...condition.parameters,
      mostCounted,
    ))
      rows.set(row.id, row);
  };
  for (const { key, kind } of question.whole)
    if (rows.size < mostCounted) read('search_part', kind === 'reference' ? `"^${key}$"` : `"${key}"`);
  if (question.terms.length > 0 && rows.size < mostCounted) {
    read('search_word', wholeExpressions(question, new Map()).words);
    // Few are found as typed: then those by another word count too, as they are shown.
    const taken =
      rows.size < fewFound ? takeVariants(database, question, vocabulary, rows.size === 0) : new Map();
    if (taken.size > 0) read('search_word', wholeExpressions(question, taken).words);
  }
  return [...rows.values()];
}

function countedCells(database: ReadDatabase, question: Question, narrowing: Narrowing): number[] {
  if (question.terms.length === 0) return [];
  const condition = narrowCells(database, narrowing);
  if (!condition) return [];
  return prepare(database, `SELECT rowid FROM search_cell WHERE search_cell MATCH ?${condition.sql} LIMIT ?`)
    .pluck()
    .all(wholeExpressions(question, new Map()).cells, ...condition.parameters, mostCounted) as number[];
}
