/** Rows of the index that have what was typed, the likeliest first. What they are worth exactly is for `rank.ts`. */
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { get, placeholders, prepare } from '../database/sql.ts';
import { gridNumber, gridsPerRow } from './places.ts';
import type { Question, Term } from './query.ts';
import type { Variant, Vocabulary } from './vocabulary.ts';
import { alike, formsOf } from './vocabulary.ts';

/** Where to look; nothing set looks everywhere. */
export interface Narrowing {
  grids?: readonly GridName[] | undefined;
  /** Number of a sheet that has to say it. */
  sheet?: number | undefined;
  grade?: string | undefined;
  /** Days, ISO, both inside. Rows without a day are left out. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Ways of having what was typed, from the surest. `cell`: an original row has it. */
export const stages = [
  'identifier',
  'named',
  'named-begins',
  'has',
  'begins',
  'part',
  'mixed',
  'near',
  'cell',
  'cell-begins',
] as const;
export type Stage = (typeof stages)[number];

export interface Candidate {
  /** Row of the index, or evidence id of an original row. */
  place: number;
  stage: Stage;
}

/** Words that were taken for typed ones: by term, the word and how far it is. */
export type Taken = ReadonlyMap<number, readonly Variant[]>;

export interface Found {
  candidates: Candidate[];
  taken: Taken;
  /** There may be more than were gathered. */
  more: boolean;
}

/** Identifiers with this part in common are more than anybody reads. */
const mostByPart = 5000;
export const fewFound = 40;
const mostHeard = 8;
const mostToJoin = 20_000;
/** Beginnings shorter than this begin half of all words; of names fewer letters will do. */
const shortestBeginning = 3;

export const isCell = (stage: Stage): boolean => stage === 'cell' || stage === 'cell-begins';

/** Who chooses among a kind or two begins with one letter; beside a word one letter is an initial: 'D Harcastle'. */
const shortestOfName = ({ grids }: Narrowing, { terms }: Question) =>
  (grids && grids.length <= 3) || terms.some(({ words }) => words.some((word) => word.length >= 3)) ? 1 : 2;

type Way = 'whole' | 'begins' | 'near';

const quote = (word: string) => `"${word}"`;
const anyOf = (parts: readonly string[]) =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`;
const allOf = (parts: readonly string[]) =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;

/** A month or a year is the beginning of its days. */
const isBeginning = (key: string) => /^d\d{4}(?:\d{2})?$/.test(key);

interface Form {
  way: Way;
  shortest: number;
  variants: readonly Variant[];
}

function termExpression(term: Term, form: Form): string {
  const { words } = term;
  const last = words.at(-1);
  // NOM-3 is no beginning of NOM-30.
  const isWhole = form.way === 'whole' || term.readings.some(({ kind }) => kind === 'reference');
  const ends = !isWhole && last !== undefined && last.length >= form.shortest;
  const parts: string[] = [];
  if (term.isPhrase) parts.push(`${quote(words.join(' '))}${ends ? ' *' : ''}`);
  else if (words.length > 0)
    parts.push(
      allOf(words.map((word, at) => `${quote(word)}${ends && at === words.length - 1 ? ' *' : ''}`)),
    );
  for (const key of term.keys) parts.push(`${quote(key)}${isBeginning(key) || !isWhole ? ' *' : ''}`);
  for (const { word } of form.variants) parts.push(quote(word));
  return anyOf(parts);
}

function expression(question: Question, form: Omit<Form, 'variants'>, taken?: Taken): string {
  const wanted = question.terms.map((term, at) =>
    termExpression(term, { ...form, variants: taken?.get(at) ?? [] }),
  );
  const out = question.excluded.map((term) => termExpression(term, { ...form, way: 'whole', variants: [] }));
  return out.length === 0 ? allOf(wanted) : `${allOf(wanted)} NOT ${anyOf(out)}`;
}

const words = { shortest: shortestBeginning } as const;

/** The expression that every row of words with the question matches, and the one of original rows. */
export function wholeExpressions(question: Question, taken: Taken): { words: string; cells: string } {
  return {
    words: expression(question, { ...words, way: 'begins' }, taken),
    cells: expression(question, { ...words, way: 'begins' }),
  };
}

interface Condition {
  sql: string;
  parameters: unknown[];
}

/** The narrowing as a condition on rows of a table of words or parts. */
export function narrowRows(table: string, { grids, sheet, grade, from, to }: Narrowing): Condition {
  const parts: string[] = [];
  const parameters: unknown[] = [];
  if (grids) {
    parts.push(`${table}.rowid % ${gridsPerRow} IN ${placeholders(grids.length)}`);
    parameters.push(...grids.map(gridNumber));
  }
  const doc: string[] = [];
  if (sheet !== undefined) {
    doc.push("instr(d.sheets, ',' || ? || ',') > 0");
    // As text: a number is bound as 3.0.
    parameters.push(String(sheet));
  }
  if (grade !== undefined) {
    doc.push('d.grade = ?');
    parameters.push(grade);
  }
  if (from !== undefined) {
    doc.push('d.day >= ?');
    parameters.push(from);
  }
  if (to !== undefined) {
    doc.push('d.day <= ?');
    parameters.push(to);
  }
  if (doc.length > 0)
    parts.push(`EXISTS (SELECT 1 FROM search_doc d WHERE d.id = ${table}.rowid AND ${doc.join(' AND ')})`);
  return { sql: parts.map((part) => ` AND ${part}`).join(''), parameters };
}

/** The narrowing as a condition on original rows; null when none can fit: a row as it stood has no grade and no day. */
export function narrowCells(database: ReadDatabase, narrowing: Narrowing): Condition | null {
  const { grids, sheet, grade, from, to } = narrowing;
  if (grade !== undefined || from !== undefined || to !== undefined) return null;
  if (grids && !grids.includes('sources')) return null;
  if (sheet === undefined) return { sql: '', parameters: [] };
  const range = get<{ first: number; last: number }>(
    database,
    'SELECT first_evidence AS first, last_evidence AS last FROM source_sheet WHERE id = ?',
    sheet,
  );
  return range
    ? { sql: ' AND search_cell.rowid BETWEEN ? AND ?', parameters: [range.first, range.last] }
    : null;
}

/** Gathers at least `wanted` rows where there are so many. */
export function findCandidates(
  database: ReadDatabase,
  question: Question,
  narrowing: Narrowing,
  vocabulary: Vocabulary,
  wanted: number,
): Found {
  const { terms } = question;
  const candidates: Candidate[] = [];
  const seen = new Set<number>();
  let more = false;
  const left = () => wanted + 1 - candidates.length;
  const take = (stage: Stage, places: readonly number[]) => {
    for (const place of places) {
      if (seen.has(place)) continue;
      seen.add(place);
      candidates.push({ place, stage });
    }
  };
  const inWords = narrowRows('search_word', narrowing);
  const inParts = narrowRows('search_part', narrowing);
  const matchWords = (text: string, limit: number) => places(database, 'search_word', text, inWords, limit);
  const byParts = (stage: Stage, anchored: boolean) => {
    const keys = question.whole.filter(({ kind }) => anchored || kind !== 'reference').map(({ key }) => key);
    for (const key of new Set(keys))
      if (left() > 0)
        take(
          stage,
          places(database, 'search_part', quote(anchored ? `^${key}$` : key), inParts, left() + seen.size),
        );
  };
  const byWords = (stage: Stage, text: string) => {
    // Rows of the stages before come again: so many more are asked for.
    if (left() > 0) take(stage, matchWords(text, left() + seen.size));
  };

  byParts('identifier', true);
  let taken: Taken = new Map();
  if (terms.length > 0) {
    byWords('named', `name : ${expression(question, { ...words, way: 'whole' })}`);
    byWords(
      'named-begins',
      `name : ${expression(question, { ...words, shortest: shortestOfName(narrowing, question), way: 'begins' })}`,
    );
    byWords('has', expression(question, { ...words, way: 'whole' }));
    byWords('begins', expression(question, { ...words, way: 'begins' }));
  }
  byParts('part', false);
  if (left() > 0) take('mixed', findMixed(database, question, inParts, matchWords));
  // Where many are found as typed, another word is no help.
  if (candidates.length < fewFound && terms.length > 0) {
    taken = takeVariants(database, question, vocabulary, candidates.length === 0);
    if (taken.size > 0) byWords('near', expression(question, { ...words, way: 'begins' }, taken));
  }
  more = left() <= 0;
  const inCells = terms.length > 0 && !more ? narrowCells(database, narrowing) : null;
  if (inCells) {
    const byCell = new Set<number>();
    for (const [stage, way] of [
      ['cell', 'whole'],
      ['cell-begins', 'begins'],
    ] as const) {
      if (left() <= 0) break;
      const text = expression(question, { ...words, way });
      for (const place of places(database, 'search_cell', text, inCells, left() + byCell.size)) {
        if (byCell.has(place)) continue;
        byCell.add(place);
        candidates.push({ place, stage });
      }
    }
  }
  more = left() <= 0;
  return { candidates: candidates.slice(0, wanted), taken, more };
}

function places(
  database: ReadDatabase,
  table: 'search_word' | 'search_part' | 'search_cell',
  match: string,
  condition: Condition,
  limit: number,
): number[] {
  return prepare(
    database,
    `SELECT rowid FROM ${table} WHERE ${table} MATCH ?${condition.sql} ORDER BY rowid DESC LIMIT ?`,
  )
    .pluck()
    .all(match, ...condition.parameters, limit) as number[];
}

/** Rows with a part of an identifier and the other words: 'smith 900123'. */
function findMixed(
  database: ReadDatabase,
  question: Question,
  inParts: Condition,
  matchWords: (text: string, limit: number) => number[],
): number[] {
  const { terms } = question;
  if (terms.length < 2) return [];
  const found: number[] = [];
  for (const term of terms) {
    const rest = terms.filter((other) => other !== term);
    const keys = term.readings.filter(({ kind, key }) => kind !== 'date' && key.length >= 4);
    for (const { key } of keys) {
      const having = new Set(places(database, 'search_part', quote(key), inParts, mostByPart));
      if (having.size === 0) continue;
      const text = expression({ ...question, terms: rest }, { ...words, way: 'begins' });
      found.push(...matchWords(text, mostToJoin).filter((place) => having.has(place)));
    }
  }
  return found;
}

const isHeld = (database: ReadDatabase, match: string) =>
  get(database, 'SELECT 1 FROM search_word WHERE search_word MATCH ? LIMIT 1', match) !== undefined;

/**
 * For every typed word the words that it may have been meant as. A word that is there was meant, or is being typed: it
 * only has other forms and spellings of a name beside it. Where nothing at all is found, any of the words may be the wrong one.
 */
export function takeVariants(
  database: ReadDatabase,
  question: Question,
  vocabulary: Vocabulary,
  isNothingFound: boolean,
): Taken {
  vocabulary.refresh(database);
  const taken = new Map<number, Variant[]>();
  question.terms.forEach((term, at) => {
    const [word] = term.words;
    // An initial has no slip, and half of all words begin with it.
    if (term.isPhrase || term.words.length !== 1 || word === undefined || word.length < 2) return;
    const isMeant = !isNothingFound && isHeld(database, `${quote(word)} *`);
    const near = isMeant ? [] : vocabulary.near(word);
    const isForm = ({ word: form }: Variant) => isHeld(database, `name : ${quote(form)}`);
    const sure = [...near, ...formsOf(word).filter(isForm)];
    const known = new Set(sure.map((variant) => variant.word));
    // How a word sounds counts for names alone: of other words too many sound alike.
    const isName = !isMeant || isHeld(database, `name : ${quote(word)}`);
    const heard = isName ? alike(database, word).filter((variant) => !known.has(variant.word)) : [];
    const variants = [...sure, ...heard.slice(0, mostHeard)];
    if (variants.length > 0) taken.set(at, variants);
  });
  return taken;
}
