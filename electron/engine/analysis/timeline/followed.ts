/** Who or what a timeline follows, and what it is narrowed by: which records and whose calls belong to it. */
import { canFollow } from '../../../../shared/contract/areas/timeline.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { nameKey } from '../../../../shared/domain/names.ts';
import { isProtectedPlace } from '../../../../shared/domain/readiness/protection.ts';
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { recordsPart } from '../../database/queries/narrow.ts';
import { readRow, rowExists } from '../../database/queries/rows.ts';
import { all, identifier } from '../../database/sql.ts';
import type { Study } from '../calls/study.ts';
import type { Items } from './items.ts';

/** Row numbers by grid. */
export type Beside = ReadonlyMap<GridName, ReadonlySet<number>>;

/** Grids of what stands on the timeline, the operation aside, which is about no record. */
const shownGrids = [
  'intelligence',
  'crimes',
  'custody',
  'arrests',
  'outcomes',
  'referrals',
  'safeguarding',
  'lines',
  'lineNumbers',
  'warrants',
  'teams',
  'results',
  'seizures',
  'actions',
  'decisions',
  'premises',
] as const satisfies readonly GridName[];

/** What has to do with any of these records, as grids are narrowed by them. */
function readBeside(
  database: ReadDatabase,
  refs: readonly string[],
  names: readonly GridName[] = shownGrids,
): Map<GridName, Set<number>> {
  return new Map(names.map((name) => [name, rowsBeside(database, name, refs)]));
}

function rowsBeside(database: ReadDatabase, name: GridName, refs: readonly string[]): Set<number> {
  if (refs.length === 0) return new Set();
  const { sql, parameters } = recordsPart(grids[name], { in: [...refs] });
  return new Set(
    all<{ id: number }>(
      database,
      `SELECT t.id AS id FROM ${identifier(grids[name].table)} AS t WHERE ${sql}`,
      ...parameters,
    ).map(({ id }) => id),
  );
}

export interface Followed {
  ref: string;
  beside: Beside;
  /** Intelligence that has its name among the subjects, and no link with it: it may be another of that name. */
  byName: ReadonlySet<number>;
  /** Places of its phones in the table of calls. */
  phones: number[];
  /** A person who is or may be under 18 or at risk, or a place where such people are known to be. */
  safeguarding: boolean;
}

/**
 * What belongs to a record that is followed: the record itself, what stands beside it, of the subject of a target also
 * its warrant and team, of a line also what is said about its numbers.
 * @throws AppError `not-found`, or `invalid` for a record of a kind that cannot be followed.
 */
export function follow(
  database: ReadDatabase,
  moment: Moment,
  study: Study,
  items: Items,
  asked: string,
): Followed {
  const parsed = parseRef(asked);
  if (!parsed || !canFollow(parsed.grid.name))
    throw new AppError(
      'invalid',
      `${asked} cannot be followed on the timeline. Choose a person, a phone, a line, premises, a vehicle, a group or a target.`,
    );
  const { name } = parsed.grid;
  if (!rowExists(database, name, parsed.id))
    throw new AppError(
      'not-found',
      `There is no record ${asked}. It may have become part of another, or have been removed.`,
    );
  const row = readRow(database, name, parsed.id, moment);
  if (name === 'targets') {
    // A target is somebody or something: that is followed.
    const subject = parseRef(String(row.subject ?? ''));
    if (subject && rowExists(database, subject.grid.name, subject.id))
      return {
        ...follow(database, moment, study, items, makeRef(subject.grid.name, subject.id)),
        ref: row.ref,
      };
  }
  const beside = readBeside(database, [row.ref]);
  for (const target of targetsOf(database, row.ref)) {
    addRef(beside, 'warrants', target.warrant);
    addRef(beside, 'teams', target.team);
  }
  const phones = phonesOf(study, name, row.ref, parsed.id);
  if (name === 'lines') {
    // What is said about a number of the line is about the line.
    const numbers = phones.map((id) => makeRef('phones', id));
    for (const [each, ids] of readBeside(database, numbers, ['intelligence', 'crimes']))
      for (const id of ids) beside.get(each)?.add(id);
  }
  const person = study.facts.people.get(row.ref);
  const line = study.facts.lines.find(({ ref }) => ref === row.ref);
  const named = person ?? line;
  return {
    ref: row.ref,
    beside,
    byName: named
      ? intelligenceNaming(items, [named.name, ...named.aliases], beside.get('intelligence'))
      : new Set(),
    phones: phones.flatMap((id) => study.table.placeOf.get(id) ?? []),
    safeguarding:
      (person?.isChild ?? false) ||
      (person?.isAtRisk ?? false) ||
      (name === 'premises' && isProtectedPlace(row)),
  };
}

/** Items that list one of these names whole and are not linked already. A name of one word is none: too many have it. */
function intelligenceNaming(
  items: Items,
  names: readonly string[],
  linked: ReadonlySet<number> | undefined,
): Set<number> {
  const keys = names.map(nameKey).filter((key) => key.includes(' '));
  return new Set(keys.flatMap((key) => items.naming(key)).filter((id) => linked?.has(id) !== true));
}

const targetsOf = (database: ReadDatabase, subject: string) =>
  all<{ warrant: string | null; team: string | null }>(
    database,
    'SELECT warrant, team FROM target WHERE subject = ?',
    subject,
  );

function addRef(beside: Map<GridName, Set<number>>, name: GridName, ref: string | null): void {
  const row = ref === null ? null : parseRef(ref);
  if (row?.grid.name === name) beside.get(name)?.add(row.id);
}

/** Numbers in `communication` of the phones of a record. */
function phonesOf({ facts }: Study, name: GridName, ref: string, id: number): number[] {
  if (name === 'phones') return [id];
  if (name === 'lines') return facts.lines.find((line) => line.ref === ref)?.phones ?? [];
  if (name !== 'people') return [];
  return [...facts.phones].flatMap(([phone, known]) => (known.people.includes(ref) ? [phone] : []));
}

export interface Narrowed {
  beside: Beside;
  /** Places of phones; calls stay where one of them is at either end. */
  phones: ReadonlySet<number>;
}

/** What everything is narrowed to: these records and what has to do with them. */
export function narrow(database: ReadDatabase, { table, facts }: Study, refs: readonly string[]): Narrowed {
  const numbers = rowsBeside(database, 'phones', refs);
  const chosen = new Set(refs);
  for (const line of facts.lines)
    if (chosen.has(line.ref)) for (const phone of line.phones) numbers.add(phone);
  const phones = new Set<number>();
  for (const id of numbers) {
    const place = table.placeOf.get(id);
    if (place !== undefined) phones.add(place);
  }
  return { beside: readBeside(database, refs), phones };
}
