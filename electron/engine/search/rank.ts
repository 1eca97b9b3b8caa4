/**
 * Why a row was found, and how much that is worth: an identifier, then a whole name, then all words in one field, then
 * words across fields, then what another source says, then a slip of the finger. Highest score first.
 */
import { nameKey } from '../../../shared/domain/names.ts';
import type { Field } from './fields.ts';
import { hasOnlyKeyWords, keyWordsOf } from './fields.ts';
import type { Taken } from './find.ts';
import type { Identifier } from './identifiers.ts';
import { identifiersOf } from './identifiers.ts';
import type { Question, Reading, Term } from './query.ts';
import type { Word } from './words.ts';
import { compact, wordsOf } from './words.ts';

/** Part of a text, from a character to before another. */
export type Range = [from: number, to: number];

export interface Matched {
  field: string;
  /** The value, or the part of it around what was found. */
  text: string;
  ranges: Range[];
  /** Another source says so; the row shows another value. */
  other?: true;
}

export interface Ranked {
  score: number;
  matched: Matched[];
}

export const scores = {
  ownReference: 1050,
  identifier: 1000,
  wholeName: 900,
  lastDigits: 860,
  outward: 855,
  beginning: 850,
  part: 820,
  name: 800,
  nameBegins: 780,
  field: 700,
  fieldBegins: 680,
  across: 600,
  acrossBegins: 580,
  other: 400,
  near: 300,
  cell: 100,
  cellBegins: 90,
} as const;

/** How well a term is met: 3 as typed, 2 begins with it or has it as a part, 1 by another word. */
type Level = 0 | 1 | 2 | 3;

interface Hit {
  level: Level;
  ranges: Range[];
  /** Slips, where another word was taken. */
  slips: number;
}

const none: Hit = { level: 0, ranges: [], slips: 0 };
const partsOfName: ReadonlySet<string> = new Set(['surname', 'forenames']);
const longestExcerpt = 180;
const mostMatched = 5;

interface Read extends Field {
  words: readonly Word[];
  identifiers: readonly Identifier[];
  keyWords: readonly string[];
}

function readField(field: Field): Read {
  const { column, text } = field;
  const bare = hasOnlyKeyWords(column) || column.type === 'phone';
  return {
    ...field,
    words: bare ? [] : wordsOf(text),
    identifiers: identifiersOf(column, text),
    keyWords: keyWordsOf(column, text),
  };
}

/** Where letters and digits of a key stand in the text that it was made of. Both end with the same one. */
function locate(identifier: Identifier, from: number, length: number): Range {
  const at = [...identifier.text.matchAll(/[\p{L}\p{N}]/gu)].map((match) => match.index);
  const shift = at.length - identifier.key.length;
  // The zero in front of a number stands for its +44.
  const first = from === 0 ? 0 : (at[Math.max(0, from + shift)] ?? 0);
  const last = at[Math.min(at.length - 1, from + length - 1 + shift)] ?? identifier.text.length - 1;
  return [identifier.from + first, identifier.from + last + 1];
}

function compares(reading: Reading, identifier: Identifier): boolean {
  if (reading.kind === 'phone') return identifier.kind === 'phone' || identifier.kind === 'identifier';
  if (reading.kind === 'identifier')
    return identifier.kind === 'identifier' || identifier.kind === 'postcode';
  return reading.kind === identifier.kind;
}

/** An initial stands for a name, and for nothing else. */
const shortestOf = ({ isName }: Read) => (isName ? 1 : 2);

function metByWords(term: Term, field: Read, variants: ReadonlyMap<string, number>): Hit {
  const { words } = term;
  if (words.length === 0) return none;
  if (term.isPhrase) return metByPhrase(words, field.words);
  let level: Level = 3;
  let slips = 0;
  const ranges: Range[] = [];
  for (const [at, wanted] of words.entries()) {
    let best: Level = 0;
    let least = 9;
    for (const { word, from, to } of field.words) {
      const isLast = at === words.length - 1;
      let own: Level = 0;
      let range: Range = [from, to];
      if (word === wanted) own = 3;
      else if (isLast && wanted.length >= shortestOf(field) && word.startsWith(wanted)) {
        own = 2;
        range = [from, Math.min(to, from + wanted.length)];
      } else if (words.length === 1) {
        const distance = variants.get(word);
        if (distance !== undefined) {
          own = 1;
          least = Math.min(least, distance);
        }
      }
      if (own === 0) continue;
      ranges.push(range);
      if (own > best) best = own;
    }
    if (best === 0) return none;
    if (best === 1) slips += least;
    if (best < level) level = best;
  }
  return { level, ranges, slips };
}

function metByPhrase(words: readonly string[], held: readonly Word[]): Hit {
  const ranges: Range[] = [];
  let level: Level = 0;
  for (let start = 0; start + words.length <= held.length; start += 1) {
    const whole = words.every((word, at) => held[start + at]?.word === word);
    const begins =
      whole ||
      words.every((word, at) =>
        at === words.length - 1 ? held[start + at]?.word.startsWith(word) : held[start + at]?.word === word,
      );
    if (!begins) continue;
    ranges.push([held[start]?.from ?? 0, held[start + words.length - 1]?.to ?? 0]);
    level = whole ? 3 : level === 3 ? 3 : 2;
  }
  return { level, ranges, slips: 0 };
}

function metByKeys(term: Term, field: Read): Hit {
  let best: Hit = none;
  for (const reading of term.readings) {
    const whole: Range = [0, field.text.length];
    if (
      field.keyWords.some(
        (word) => word === reading.key || (reading.kind === 'date' && word.startsWith(reading.key)),
      )
    )
      return { level: 3, ranges: [whole], slips: 0 };
    for (const identifier of field.identifiers) {
      if (!compares(reading, identifier)) continue;
      const at = identifier.key.indexOf(reading.key);
      if (at < 0) continue;
      const level: Level = identifier.key === reading.key ? 3 : 2;
      if (level > best.level)
        best = { level, ranges: [locate(identifier, at, reading.key.length)], slips: 0 };
    }
  }
  return best;
}

/** A row with the fields that it shows, and the values that its other sources say. */
export interface Subject {
  /** Key of its own reference: 'nom12'. */
  reference: string;
  fields: readonly Field[];
  /** Read only where the shown fields do not say why it was found. */
  others(): readonly Field[];
}

interface TermHits {
  field: Read;
  hits: Hit[];
  other: boolean;
}

/** What a row is worth and why; null when it does not have what was typed after all. */
export function rankRow(question: Question, taken: Taken, subject: Subject): Ranked | null {
  const isOwn = question.whole.some(({ kind, key }) => kind === 'reference' && key === subject.reference);
  const variants = question.terms.map(
    (_, at) => new Map((taken.get(at) ?? []).map((each) => [each.word, each.distance])),
  );
  const meet = (fields: readonly Field[], other: boolean): TermHits[] =>
    fields.map((field) => {
      const read = readField(field);
      return {
        field: read,
        hits: question.terms.map((term, at) => {
          const byWords = metByWords(term, read, variants[at] ?? new Map());
          const byKeys = metByKeys(term, read);
          return byKeys.level > byWords.level ? byKeys : byWords;
        }),
        other,
      };
    });
  const shown = meet(subject.fields, false);
  const isOut = question.excluded.some((term) =>
    shown.some(
      ({ field }) => metByWords(term, field, new Map()).level === 3 || metByKeys(term, field).level === 3,
    ),
  );
  if (isOut) return null;
  if (isOwn) return { score: scores.ownReference, matched: matchedOf(shown) };
  const byWhole = rankWhole(question, shown);
  const byName = rankName(question, shown);
  const best = Math.max(byWhole.score, byName, rankTerms(question, shown));
  if (best > 0) {
    const wholes = byWhole.score === best ? byWhole.matched : [];
    const others = matchedOf(shown).filter(({ field }) => !wholes.some((whole) => whole.field === field));
    const matched = [...wholes, ...others].slice(0, mostMatched);
    return { score: best, matched: matched.length > 0 ? matched : byWhole.matched };
  }
  const all = [...shown, ...meet(subject.others(), true)];
  const other = rankTerms(question, all) > 0 || rankWhole(question, all).score > 0;
  if (!other) return null;
  const matched = matchedOf(all);
  return { score: scores.other, matched: matched.length > 0 ? matched : rankWhole(question, all).matched };
}

/** All that was typed as one identifier, or part of one. */
function rankWhole(question: Question, read: readonly TermHits[]): Ranked {
  let best: Ranked = { score: 0, matched: [] };
  for (const reading of question.whole) {
    for (const { field, other } of read) {
      for (const identifier of field.identifiers) {
        if (!compares(reading, identifier)) continue;
        const at = identifier.key.indexOf(reading.key);
        if (at < 0) continue;
        const atEnd = at + reading.key.length === identifier.key.length;
        const score =
          identifier.key === reading.key
            ? scores.identifier
            : atEnd
              ? scores.lastDigits
              : isOutward(identifier, reading.key)
                ? scores.outward
                : at === 0
                  ? scores.beginning
                  : scores.part;
        if (score <= best.score) continue;
        best = {
          score,
          matched: [
            excerpt(field.column.field, field.text, [locate(identifier, at, reading.key.length)], other),
          ],
        };
      }
    }
  }
  return best;
}

/** CA1 is the outward part of CA1 1AA, and not of CA10 1AA. */
const isOutward = ({ kind, key }: Identifier, part: string) =>
  kind === 'postcode' && part.length === key.length - 3 && key.startsWith(part);

function rankName(question: Question, read: readonly TermHits[]): number {
  if (question.terms.length < 2 || question.terms.some(({ words }) => words.length !== 1)) return 0;
  const typed = nameKey(question.terms.map(({ text }) => text).join(' '));
  const isName = read.some(
    ({ field }) =>
      field.isName &&
      field.text.split(/[;,]/).some((part) => nameKey(part) === typed || nameKey(field.text) === typed),
  );
  return isName ? scores.wholeName : 0;
}

function rankTerms(question: Question, read: readonly TermHits[]): number {
  if (question.terms.length === 0) return 0;
  const perTerm = question.terms.map((_, at) =>
    read.reduce<Hit>((best, { hits }) => better(best, hits[at] ?? none), none),
  );
  const across = worst(perTerm);
  if (across.level === 0) return 0;
  const slips = perTerm.reduce((sum, hit) => sum + (hit.level === 1 ? hit.slips : 0), 0);
  let best =
    across.level === 3
      ? scores.across
      : across.level === 2
        ? scores.acrossBegins
        : scores.near - 20 - 10 * slips;
  for (const { field, hits } of read) {
    const own = worst(hits);
    if (own.level === 0) continue;
    const ownSlips = hits.reduce((sum, hit) => sum + (hit.level === 1 ? hit.slips : 0), 0);
    const score =
      own.level === 3
        ? field.isName
          ? scores.name
          : scores.field
        : own.level === 2
          ? field.isName
            ? scores.nameBegins
            : scores.fieldBegins
          : scores.near + (field.isName ? 40 : 0) - 10 * ownSlips;
    if (score > best) best = score;
  }
  return best;
}

const better = (a: Hit, b: Hit): Hit =>
  b.level > a.level || (b.level === a.level && b.level === 1 && b.slips < a.slips) ? b : a;
const worst = (hits: readonly Hit[]): Hit =>
  hits.reduce((low, hit) => (hit.level < low.level ? hit : low), hits[0] ?? none);

/** The fields with something in them, the best first. */
function matchedOf(read: readonly TermHits[]): Matched[] {
  return (
    read
      .map((each, at) => ({
        ...each,
        at,
        worth: each.hits.reduce((sum, hit) => sum + hit.level, 0) + (each.field.isName ? 0.5 : 0),
        ranges: each.hits.flatMap((hit) => hit.ranges),
      }))
      .filter(({ ranges }) => ranges.length > 0)
      // The parts of a name that is shown say the same again.
      .filter(
        ({ field }, _, all) =>
          !partsOfName.has(field.column.field) || !all.some((each) => each.field.column.field === 'name'),
      )
      .sort((a, b) => b.worth - a.worth || a.at - b.at)
      .slice(0, mostMatched)
      .map(({ field, ranges, other }) => excerpt(field.column.field, field.text, ranges, other))
  );
}

/** A value with what was found in it; of a long one the part around the first. */
export function excerpt(field: string, text: string, found: readonly Range[], other = false): Matched {
  const ranges = joinRanges(found);
  let from = 0;
  let shown = text;
  const [first] = ranges;
  if (text.length > longestExcerpt && first) {
    from = Math.max(0, Math.min(first[0] - 50, text.length - longestExcerpt));
    // Begin with a whole word.
    const blank = from > 0 ? text.indexOf(' ', from) : -1;
    if (blank >= 0 && blank < first[0]) from = blank + 1;
    const to = Math.min(text.length, from + longestExcerpt);
    shown = `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
    if (from > 0) from -= 1;
  }
  return {
    field,
    text: shown,
    ranges: ranges
      .map(([a, b]): Range => [a - from, Math.min(b - from, shown.length)])
      .filter(([a, b]) => a >= 0 && b > a),
    ...(other ? { other: true as const } : {}),
  };
}

function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else joined.push([...range]);
  }
  return joined;
}

/** What of the cells of an original row was found; null when it does not have it after all. @param headings of the sheet */
export function matchCells(
  question: Question,
  cells: readonly string[],
  headings: readonly string[],
): Matched[] | null {
  const found: Matched[] = [];
  const phrases = new Set(question.terms.filter(({ isPhrase }) => isPhrase));
  for (const [at, text] of cells.entries()) {
    if (text === '') continue;
    const held = wordsOf(text);
    const own = text.length <= 30 ? compact(text) : '';
    const ranges: Range[] = [];
    for (const term of question.terms) {
      const { words, keys } = term;
      if (term.isPhrase) {
        const hit = metByPhrase(words, held);
        ranges.push(...hit.ranges);
        if (hit.level > 0) phrases.delete(term);
        continue;
      }
      for (const wanted of [...words, ...keys]) {
        for (const { word, from, to } of held)
          if (word === wanted || (wanted.length >= 3 && word.startsWith(wanted)))
            ranges.push([from, Math.min(to, word === wanted ? to : from + wanted.length)]);
        // Written with blanks or signs between: '0062 845' is the word '0062845'.
        if (own.startsWith(wanted) && /\d/.test(wanted) && wanted.length >= 4) ranges.push([0, text.length]);
      }
      for (const { key } of identifiersOf({ field: '', title: '', type: 'longText' }, text))
        if (keys.includes(key)) ranges.push([0, text.length]);
    }
    if (ranges.length > 0) found.push(excerpt(headings[at] || `Column ${at + 1}`, text, ranges));
  }
  // A phrase that runs from one cell into the next is none.
  return phrases.size > 0 ? null : found.slice(0, mostMatched);
}
