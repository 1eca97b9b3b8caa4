/**
 * Areas from the names of cells. A cell serves an area and is no position, so nothing here is ever a point: a row of
 * call data only says that the phone was somewhere in the area that a cell serves. Which texts belong to one area is
 * learned from all the texts of the workspace: a town that several names share, a postcode district, the letters with
 * which the codes of cells begin, or the location area of a cell's global identity.
 */

import type { Steps } from '../slices.ts';

export interface Areas {
  /** Names of the areas, in no order. */
  names: string[];
  /** Place in `names` of the area of a cell's text, or -1. */
  areaOf(text: string): number;
  /** Which part of names such as 'Station - Kendal' was taken for the town; null where there is no choice. */
  town: 'first' | 'last' | null;
}

const postcode = /\b([A-Z]{1,2}\d[A-Z\d]?)(?: ?\d[A-Z]{2})?\b/;
const fullPostcode = /\b([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}\b/;
const globalIdentity = /^\d{3}[-: ]?\d{2,3}[-: ](\d+)[-: ]\d+/;
const letteredCode = /^([A-Z]{2,6})[-_ ]?\d{2,}[A-Z]?$/;
/** First words that say nothing without the next. */
const openWords = new Set(
  'NORTH SOUTH EAST WEST NEW OLD GREAT LITTLE UPPER LOWER SAINT ST KINGS ROYAL PORT HIGH MARKET BURY THE MOUNT LONG CASTLE STOKE'.split(
    ' ',
  ),
);

/** A cell may hold anything; a name is short. */
const longestName = 160;

const tidy = (text: string) =>
  /^[\dA-Z\-:]{1,40}$/.test(text)
    ? text
    : text.slice(0, longestName).toUpperCase().replace(/_/g, ' ').replace(/\s+/g, ' ').trim();

/** A name without the number or letter of its sector: 'KENDAL HIGHGATE SECTOR 3' is 'KENDAL HIGHGATE'. */
function withoutSector(name: string): string {
  let rest = name;
  for (;;) {
    const next = rest
      .replace(/[\s\-/,]*\b(SECTOR|CELL|MAST|SITE|ANT|BTS|SEC)?[\s\-#]*\d{1,6}[A-Z]?$/, '')
      .replace(/\s+(SECTOR|CELL|MAST|SITE|[A-D])$/, '')
      .trim();
    if (next === rest || next === '') return rest;
    rest = next;
  }
}

const isCode = (text: string) => letteredCode.test(text) || globalIdentity.test(text) || /^\d+$/.test(text);

/** Parts of a name between commas or spaced dashes, without postcode and sector. */
function partsOf(name: string): string[] {
  return name
    .replace(fullPostcode, '')
    .split(/\s*[,;|]\s*|\s+[-–/]\s+/)
    .map((part) => withoutSector(part.trim()))
    .filter((part) => part.length > 1 && !/^\d+$/.test(part));
}

function countOf(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The first word of a name that says something, two where the first alone says nothing. */
function firstWords(part: string): string {
  const words = part.split(' ');
  const first = words[0] ?? part;
  return words.length > 1 && (openWords.has(first) || first.length < 3) ? `${first} ${words[1]}` : first;
}

/** The words with which all of these begin. */
function commonWords(parts: readonly string[]): string {
  const words = parts.map((part) => part.split(' '));
  const first = words[0] ?? [];
  let length = 0;
  while (length < first.length && words.every((each) => each[length] === first[length])) length += 1;
  return first.slice(0, length).join(' ');
}

/** The town of each name, where names of several cells share one; and which part of the names it was. */
function townsOf(
  names: readonly string[],
  wanted: 'first' | 'last' | undefined,
): { towns: Map<string, string>; town: Areas['town'] } {
  const parts = new Map(names.map((name) => [name, partsOf(name)]));
  const several = [...parts.values()].filter((each) => each.length > 1);
  // A last part that all names share is a county and tells no towns apart.
  while (
    several.length >= 4 &&
    several.every((each) => each.length > 1 && each.at(-1) === several[0]?.at(-1))
  )
    for (const each of several) each.pop();
  // 'Botchergate, Carlisle' has the town last, as an address does, unless the first part clearly varies less.
  const lasts = countOf(several.map((each) => each.at(-1) ?? '')).size;
  const firsts = countOf(several.map((each) => each[0] ?? '')).size;
  const town = wanted ?? (lasts <= 2 * firsts ? 'last' : 'first');
  const towns = new Map<string, string>();
  for (const [name, each] of parts) {
    const part = each.length > 1 && town === 'last' ? each.at(-1) : each[0];
    if (part !== undefined) towns.set(name, part);
  }
  const groups = new Map<string, Set<string>>();
  for (const part of towns.values()) {
    const key = firstWords(part);
    groups.set(key, (groups.get(key) ?? new Set()).add(part));
  }
  for (const [name, part] of towns) {
    const group = [...(groups.get(firstWords(part)) ?? [])];
    towns.set(name, group.length > 1 ? commonWords(group) || firstWords(part) : part);
  }
  return { towns, town: lasts > 1 && firsts > 1 ? town : null };
}

const title = (name: string) =>
  /\d/.test(name) || name.length <= 3
    ? name
    : name
        .toLowerCase()
        .replace(/(^|[\s\-'])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());

const textsAtOnce = 2048;

/**
 * Learns the areas of all the texts by which a workspace names cells.
 * @param wanted the part of names that is the town, where more than their words told; else it is guessed.
 */
export function* learnAreas(texts: Iterable<string>, wanted?: 'first' | 'last'): Steps<Areas> {
  const names: string[] = [];
  const codes: string[] = [];
  const seen = new Set<string>();
  let looked = 0;
  for (const each of texts) {
    looked += 1;
    if (looked % textsAtOnce === 0) yield;
    const text = tidy(each);
    if (text === '' || seen.has(text)) continue;
    seen.add(text);
    (isCode(text) ? codes : names).push(text);
  }
  const areaOfText = new Map<string, string>();
  const { towns, town: part } = townsOf(names, wanted);
  // Names that share no town with one another (streets, stations) make every cell an area of its own: then the codes tell more.
  const distinct = new Set(towns.values()).size;
  const lettered = countOf(codes.flatMap((code) => letteredCode.exec(code)?.[1] ?? []));
  const codesGroup =
    lettered.size >= 2 && [...lettered.values()].reduce((sum, count) => sum + count, 0) >= 2 * lettered.size;
  const namesGroup = distinct > 0 && distinct <= 0.7 * names.length;
  const byNames = names.length > 0 && (namesGroup || !codesGroup);
  for (const name of names) {
    const town = towns.get(name);
    const district = postcode.exec(name)?.[1];
    if (byNames && town !== undefined) areaOfText.set(name, title(town));
    else if (district !== undefined && (byNames || fullPostcode.test(name))) areaOfText.set(name, district);
  }
  yield;
  for (const [place, code] of codes.entries()) {
    if (place % textsAtOnce === 0) yield;
    const letters = letteredCode.exec(code)?.[1];
    const location = globalIdentity.exec(code)?.[1];
    if (byNames && namesGroup) continue;
    if (letters !== undefined) areaOfText.set(code, letters);
    else if (location !== undefined && names.length === 0) areaOfText.set(code, `Location area ${location}`);
  }
  const found = [...new Set(areaOfText.values())];
  const places = new Map(found.map((name, place) => [name, place]));
  return {
    town: part,
    names: found,
    areaOf: (text) => places.get(areaOfText.get(tidy(text)) ?? '') ?? -1,
  };
}
