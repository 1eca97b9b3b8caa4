/** Which field each heading names. */
import type { Field, Kind } from '../../../../shared/intake/kinds.ts';
import { rejectedHeadings } from '../../../../shared/intake/rejected.ts';
import { createMemory } from '../clean/memory.ts';
import { normaliseHeading } from './headings.ts';

export interface Match {
  field: Field;
  confidence: number;
  reason: string;
}

/** Columns that this program put before those of a sheet are nobody's data. */
const ownHeadings = new Set(rejectedHeadings.map(normaliseHeading));

/** How well a heading names a field: exact, or the heading holds one of its names as whole words. */
function matchHeading(heading: string, field: Field): Match | null {
  if (heading === '' || ownHeadings.has(heading)) return null;
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

/** Headings repeat from row to row of the search and from sheet to sheet. */
const memories = new Map<Kind, ReturnType<typeof createMemory<readonly Match[]>>>();

function matchesOf(heading: string, kind: Kind): readonly Match[] {
  let memory = memories.get(kind);
  if (!memory) {
    memory = createMemory<readonly Match[]>(2000);
    memories.set(kind, memory);
  }
  const known = memory.get(heading);
  if (known) return known;
  const matches = kind.fields.flatMap((field) => matchHeading(heading, field) ?? []);
  memory.set(heading, matches);
  return matches;
}

const weightOf = (field: Field) => (field.telling ? 2 : field.aside ? 0.3 : 1);

const partWords = [
  ['day', 'dd'],
  ['month', 'mm', 'mon'],
  ['year', 'yyyy', 'yy'],
];
/** One value in several columns, each of which has a heading of its own. All of them must be there. */
const gradeParts = [
  ['source', 'source evaluation', 'source eval', 'source grade', 's eval', 'evaluation source'],
  [
    'information',
    'information assessment',
    'information evaluation',
    'info assessment',
    'info',
    'assessment',
    'intelligence assessment',
    'intelligence evaluation',
    'intel evaluation',
    'intel eval',
    'i eval',
  ],
  ['handling', 'handling code', 'dissemination', 'dissemination code', 'h code', 'hc'],
];

const partSets = new Map<Field, readonly string[][][]>();

/** Headings of the parts of a field, in every way of naming them. */
function partsOf(field: Field): readonly string[][][] {
  if (field.cleaner === 'grade') return [gradeParts];
  if (field.cleaner !== 'date') return [];
  let sets = partSets.get(field);
  if (!sets) {
    sets = field.headings.map((known) =>
      partWords.map((words) => words.flatMap((word) => [`${known} ${word}`, `${word} of ${known}`])),
    );
    partSets.set(field, sets);
  }
  return sets;
}

/** Dates in three columns (day, month, year) and grades in three (source, assessment, handling). */
function addParts(headings: readonly string[], kind: Kind, columns: (Match | null)[]): void {
  const hasDates = headings.some((heading) => /\b(day|dd)\b/.test(heading));
  for (const field of kind.fields) {
    if (field.cleaner === 'date' && !hasDates) continue;
    for (const parts of partsOf(field)) {
      const places = parts.map((names) => headings.findIndex((heading) => names.includes(heading)));
      if (places.includes(-1) || new Set(places).size < parts.length) continue;
      if (columns.some((match, column) => match?.field === field && !places.includes(column))) continue;
      for (const place of places)
        columns[place] = { field, confidence: 0.9, reason: `${field.title} stands in several columns` };
      break;
    }
  }
}

/**
 * A column that only names somebody ("keeper") makes a person where other columns say more of them, such as a
 * date of birth or where they live; by itself it stays a text. What is said of nobody is left aside.
 */
function namePeople(kind: Kind, columns: (Match | null)[]): void {
  const has = (field: string) => columns.some((match) => match?.field.field === field);
  for (const [prefix, thing] of Object.entries(kind.linked)) {
    if (thing.grid !== 'people' || kind.fields.some((field) => field.field === 'name')) continue;
    const named = has(`${prefix}.name`) || has(`${prefix}.surname`);
    const numbered = has(`${prefix}.pncId`) || has(`${prefix}.croNumber`);
    const about = [`${prefix}.dob`, `${prefix}.pncId`, `${prefix}.croNumber`, `${prefix}.forenames`];
    const lives =
      (kind.kind === 'vehicle' || kind.kind === 'phone') && prefix === 'person' && has('premises.address');
    const written = columns.findIndex(
      (match) => thing.asWritten !== undefined && match?.field.field === thing.asWritten,
    );
    const name = kind.fields.find((field) => field.field === `${prefix}.name`);
    const match = columns[written];
    if (!named && match && name && (lives || about.some(has))) {
      columns[written] = {
        field: name,
        confidence: match.confidence,
        reason: `${match.reason}; other columns say more of them`,
      };
    } else if (!named && !numbered) {
      columns.forEach((each, column) => {
        if (each?.field.field.startsWith(`${prefix}.`)) columns[column] = null;
      });
    }
  }
}

const townHeadings = new Set(['town', 'city']);

export interface Mapped {
  columns: (Match | null)[];
  score: number;
}

/** The best mapping of headings to a kind's fields: strongest matches first, a field once unless it takes many. */
export function mapHeadings(headings: readonly string[], kind: Kind): Mapped {
  const candidates = headings.flatMap((heading, column) =>
    matchesOf(heading, kind).map((match) => ({ column, match })),
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
  addParts(headings, kind, columns);
  namePeople(kind, columns);
  let score = 0;
  for (const match of columns) if (match) score += match.confidence * weightOf(match.field);
  const fields = new Set(columns.flatMap((match) => (match ? [match.field.field] : [])));
  if (fields.has('start.date')) fields.add('start');
  const missing = kind.essential.filter((group) => !group.some((field) => fields.has(field)));
  score -= missing.length * 2.5;
  return { columns, score };
}
