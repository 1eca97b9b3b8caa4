/** What was typed into the search, taken apart: words, phrases, what is left out, and what reads like an identifier. */
import { cleanDate } from '../../../shared/domain/dateText.ts';
import { cleanPncId } from '../../../shared/domain/policeIdentifiers.ts';
import { isFullPostcode } from '../../../shared/domain/postcode.ts';
import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import { dayWord } from './fields.ts';
import type { IdentifierKind } from './identifiers.ts';
import { markKey, phoneKey, referenceKey } from './identifiers.ts';
import { compact, wordsOf } from './words.ts';

/** One thing that a row must have. */
export interface Term {
  /** As typed. */
  text: string;
  /** Its words; several for a phrase and for what is written with signs between. */
  words: string[];
  /** The words must stand side by side, as typed. */
  isPhrase: boolean;
  /** Other words that stand for the same: the key of an identifier, a day. */
  keys: string[];
  /** What it reads as besides words. */
  readings: Reading[];
}

/** Part of what was typed, read as an identifier or a day. */
export interface Reading {
  kind: IdentifierKind | 'date';
  /** The compared form: `identifiers.ts`; of a day its word. */
  key: string;
  /** As it is said back to the user. */
  text: string;
}

export interface Question {
  terms: Term[];
  excluded: Term[];
  /** What all that was typed reads as, taken as one identifier or part of one. */
  whole: Reading[];
}

const mostTerms = 12;
/** Fewer digits than this are part of half of all numbers. */
const fewestDigits = 4;
const shortestPart = 3;

const piece = /(-?)(?:"([^"]*)"|(\S+))/g;
const initials = /^\p{L}(?:\.\p{L})+\.?,?$/u;
const digitGroup = /^[+(]?\d[\d()./-]*$/;

interface Piece {
  text: string;
  isPhrase: boolean;
}

/** Takes the typed text apart. The year says which century '12/03/11' is of. */
export function understand(typed: string, thisYear: number): Question {
  const kept: Piece[] = [];
  const excluded: Piece[] = [];
  for (const match of typed.slice(0, 400).matchAll(piece)) {
    const [, minus, quoted, bare] = match;
    const one =
      quoted === undefined ? { text: bare ?? '', isPhrase: false } : { text: quoted, isPhrase: true };
    // A minus before a digit is one of the ways in which numbers are written.
    const isOut = minus === '-' && (one.isPhrase || /^\p{L}/u.test(one.text));
    const taken = isOut ? excluded : kept;
    // 'J.P.' are two initials.
    if (!one.isPhrase && initials.test(one.text))
      for (const [letter] of one.text.matchAll(/\p{L}/gu)) taken.push({ text: letter, isPhrase: false });
    else taken.push(one);
  }
  const groups = joinDigits(joinMarks(joinDays(kept.slice(0, mostTerms * 2))));
  const plain = kept.every(({ isPhrase }) => !isPhrase) && excluded.length === 0;
  return {
    terms: groups
      .map((group) => readTerm(group, thisYear))
      .filter(isSomething)
      .slice(0, mostTerms),
    excluded: excluded
      .map((each) => readTerm(each, thisYear))
      .filter(isSomething)
      .slice(0, mostTerms),
    whole: plain ? readWhole(kept.map(({ text }) => text).join(' '), thisYear) : [],
  };
}

const isSomething = (term: Term) => term.words.length > 0 || term.keys.length > 0;

/** Neighbouring groups of digits are one number: '07700 900 123', '0900 12'. */
function joinDigits(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let isRun = false;
  for (const each of pieces) {
    const isDigits = !each.isPhrase && digitGroup.test(each.text) && readDay(each.text, 2000) === null;
    const last = joined.at(-1);
    if (isDigits && isRun && last) last.text = `${last.text} ${each.text}`;
    else joined.push({ ...each });
    isRun = isDigits;
  }
  return joined;
}

/** The two halves of a postcode, or of a current mark, are one. */
function joinMarks(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const here = pieces[at];
    const next = pieces[at + 1];
    if (!here) continue;
    const both = next && !here.isPhrase && !next.isPhrase ? `${here.text} ${next.text}` : '';
    if (both !== '' && (isPostcode(both) || /^[a-z]{2}\d{2} [a-z]{3}$/i.test(both))) {
      joined.push({ text: both, isPhrase: false });
      at += 1;
    } else joined.push(here);
  }
  return joined;
}

const isPostcode = (text: string) => isFullPostcode(text.toUpperCase());

function readTerm({ text, isPhrase }: Piece, thisYear: number): Term {
  const words = wordsOf(text).map(({ word }) => word);
  const readings = isPhrase ? [] : readIdentifiers(text, thisYear);
  const keys = [...new Set(readings.map(({ key }) => key))].filter(
    (key) => words.length !== 1 || words[0] !== key,
  );
  const isReference = readings.some(({ kind }) => kind === 'reference');
  return { text, words, isPhrase: (isPhrase || isReference) && words.length > 1, keys, readings };
}

/** All that one piece reads as. */
function readIdentifiers(text: string, thisYear: number): Reading[] {
  const readings: Reading[] = [];
  const reference = parseRef(text);
  if (reference)
    readings.push({
      kind: 'reference',
      key: referenceKey(reference.grid.name, reference.id),
      text: makeRef(reference.grid.name, reference.id),
    });
  const day = readDay(text, thisYear);
  if (day !== null) readings.push(day);
  // Written with two digits of the year or without its zeros: '08/30417H'.
  if (day === null && /^\d{2}(?:\d{2})?[/\\]\d{3,7}[a-z]?$/i.test(text)) {
    const { value } = cleanPncId(text, { thisYear });
    if (value !== null) readings.push({ kind: 'identifier', key: compact(value), text: value });
  }
  const digits = text.replace(/\D/g, '');
  if (day === null && /^[\s+().\d/-]+$/.test(text) && digits.length >= fewestDigits)
    readings.push({ kind: 'phone', key: phoneKey(text), text: text.trim() });
  if (isPostcode(text)) readings.push({ kind: 'postcode', key: compact(text), text: text.toUpperCase() });
  const key = compact(text);
  // 'Smith 900' is a name and a number, no mark.
  const hasWord = /\s/.test(text.trim()) && /(?:^|\s)\p{L}{4,}(?:$|\s)/u.test(text);
  if (
    !reference &&
    day === null &&
    !hasWord &&
    /\d/.test(key) &&
    /[a-z]/.test(key) &&
    key.length >= shortestPart
  ) {
    if (key.length <= 10) readings.push({ kind: 'vehicle', key: markKey(text), text: text.toUpperCase() });
    readings.push({ kind: 'identifier', key, text: text.toUpperCase() });
  }
  return readings;
}

function readWhole(text: string, thisYear: number): Reading[] {
  const readings = readIdentifiers(text, thisYear);
  const key = compact(text);
  // Letters alone may be the end of a mark, digits alone a custody number or an IMEI.
  const known = new Set(readings.map((reading) => reading.key));
  if (/^[a-z]{3,7}$/.test(key) && (key.length < 5 || /[obis]/.test(key)))
    readings.push({ kind: 'vehicle', key: markKey(key), text: key.toUpperCase() });
  if (/^\d{4,}$/.test(key) && !known.has(key)) readings.push({ kind: 'identifier', key, text: key });
  // The last digit of an IMEI is a check digit, which sources leave out or give as 0. A SIM of this country is no IMEI.
  if (/^\d{15,16}$/.test(key) && !/^23[45]/.test(key))
    readings.push({ kind: 'identifier', key: key.slice(0, 14), text: key });
  // Every sign of a mark may have been read as a digit.
  if (/^\d{4,7}$/.test(key)) readings.push({ kind: 'vehicle', key: markKey(key), text: key });
  return readings.filter((reading) => reading.kind !== 'date' && reading.key.length >= shortestPart);
}

const monthNames =
  'january february march april may june july august september october november december'.split(' ');

/** The number of a month by its name or the first three letters of it, two digits; null for anything else. */
function monthOf(text: string): string | null {
  const word = text.toLowerCase().replace(/\.$/, '');
  const at = monthNames.findIndex((name) => name === word || (word.length === 3 && name.startsWith(word)));
  return at < 0 ? null : String(at + 1).padStart(2, '0');
}

/** '12 March 2011' and 'March 2011' are one. */
function joinDays(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const here = pieces[at];
    const month = here && !here.isPhrase ? monthOf(here.text) : null;
    const year = pieces[at + 1];
    if (!here) continue;
    if (month === null || !year || year.isPhrase || !/^(?:19|20)\d{2}$/.test(year.text)) {
      joined.push(here);
      continue;
    }
    const day = joined.at(-1);
    const hasDay = day && !day.isPhrase && /^\d{1,2}(?:st|nd|rd|th)?$/i.test(day.text);
    if (hasDay) joined.pop();
    joined.push({ text: [...(hasDay ? [day.text] : []), here.text, year.text].join(' '), isPhrase: false });
    at += 1;
  }
  return joined;
}

/** '12/03/2011', '2011-03-12', '12 Mar 2011', '03/2011' and 'March 2011' as days of the index; null when it is none. */
function readDay(text: string, thisYear: number): Reading | null {
  const month = /^(?:(\d{1,2})[/.-]|([a-z]{3,9}\.?) )(\d{4})$/i.exec(text);
  if (month) {
    const number = month[2] === undefined ? Number(month[1]) : Number(monthOf(month[2]) ?? 0);
    if (number < 1 || number > 12) return null;
    const two = String(number).padStart(2, '0');
    return { kind: 'date', key: `d${month[3]}${two}`, text: `${two}/${month[3]}` };
  }
  if (!/^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$|^\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.? \d{4}$/i.test(text))
    return null;
  const { value } = cleanDate(text, undefined, { order: 'dmy', thisYear });
  return value === null
    ? null
    : { kind: 'date', key: dayWord(value), text: value.split('-').reverse().join('/') };
}
