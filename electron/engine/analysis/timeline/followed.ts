/** Who or what a timeline follows: which records and whose calls belong to it. */
import { followedGrids } from '../../../../shared/contract/areas/timeline.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { isProtectedPlace } from '../../../../shared/domain/readiness/protection.ts';
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readRow, rowExists } from '../../database/queries/rows.ts';
import { namedBy, put, type Related, relatedTo } from '../../entities/related.ts';
import type { Study } from '../calls/study.ts';

export interface Followed {
  ref: string;
  related: Related;
  /** Places of its phones in the table of calls. */
  phones: number[];
  /** A person who is or may be under 18 or at risk, or a place where such people are known to be. */
  safeguarding: boolean;
}

/**
 * What belongs to a record that is followed: the record itself, what stands beside it, of a target also its warrant and
 * team, of a line also what names its numbers.
 * @throws AppError `not-found`, or `invalid` for a record of a kind that nothing can be followed of.
 */
export function follow(database: ReadDatabase, moment: Moment, study: Study, asked: string): Followed {
  const parsed = parseRef(asked);
  const kinds: readonly GridName[] = followedGrids;
  if (!parsed || !kinds.includes(parsed.grid.name))
    throw new AppError(
      'invalid',
      `${asked} cannot be followed on the timeline. Choose a person, a phone, a line, premises, a vehicle, a group or a target.`,
    );
  if (!rowExists(database, parsed.grid.name, parsed.id))
    throw new AppError('not-found', `There is no record ${asked}. It may have been merged or removed.`);
  const row = readRow(database, parsed.grid.name, parsed.id, moment);
  // A target is somebody or something: that is followed.
  if (parsed.grid.name === 'targets') {
    const subject = parseRef(String(row.subject ?? ''));
    if (subject && rowExists(database, subject.grid.name, subject.id))
      return { ...follow(database, moment, study, makeRef(subject.grid.name, subject.id)), ref: row.ref };
  }
  const related = beside(database, moment, row.ref, parsed.grid.name, parsed.id);
  const phoneIds = phonesOf(study, parsed.grid.name, row.ref, parsed.id);
  if (parsed.grid.name === 'lines')
    for (const id of phoneIds)
      // What is said about a number of the line is about the line; whom else it names is not.
      for (const [grid, ids] of relatedTo(
        database,
        grids.phones,
        readRow(database, 'phones', id, moment),
        moment,
      ))
        if (grid === 'intelligence' || grid === 'crimes') for (const each of ids) put(related, grid, each);
  const person = study.facts.people.get(row.ref);
  return {
    ref: row.ref,
    related,
    phones: phoneIds.flatMap((id) => study.table.placeOf.get(id) ?? []),
    safeguarding:
      (person?.isChild ?? false) ||
      (person?.isAtRisk ?? false) ||
      (parsed.grid.name === 'premises' && isProtectedPlace(row)),
  };
}

function beside(database: ReadDatabase, moment: Moment, ref: string, grid: GridName, id: number): Related {
  const related = relatedTo(database, grids[grid], readRow(database, grid, id, moment), moment);
  put(related, grid, id);
  for (const target of [...(related.get('targets') ?? [])]) {
    if (!rowExists(database, 'targets', target)) continue;
    const row = readRow(database, 'targets', target, moment);
    // Only a target that it is the subject of: premises of another's target are not its own.
    if (row.subject !== ref) continue;
    const named: Related = new Map();
    namedBy(grids.targets, row, named);
    for (const each of ['warrants', 'teams'] as const)
      for (const other of named.get(each) ?? []) put(related, each, other);
  }
  return related;
}

/** Numbers in `communication` of the phones of a record. */
function phonesOf({ facts }: Study, grid: GridName, ref: string, id: number): number[] {
  if (grid === 'phones') return [id];
  if (grid === 'lines') return facts.lines.find((line) => line.ref === ref)?.phones ?? [];
  if (grid !== 'people') return [];
  return [...facts.phones].flatMap(([phone, known]) => (known.people.includes(ref) ? [phone] : []));
}

export interface Narrowed {
  related: Related;
  /** Places of phones; calls stay where one of them is at either end. */
  phones: ReadonlySet<number>;
}

/** Everything that stands beside any of these records. References of rows that are gone say nothing. */
export function narrow(
  database: ReadDatabase,
  moment: Moment,
  study: Study,
  refs: readonly string[],
): Narrowed {
  const related: Related = new Map();
  const phones = new Set<number>();
  for (const asked of refs) {
    const parsed = parseRef(asked);
    if (!parsed || !rowExists(database, parsed.grid.name, parsed.id)) continue;
    const ref = makeRef(parsed.grid.name, parsed.id);
    for (const [grid, ids] of beside(database, moment, ref, parsed.grid.name, parsed.id))
      for (const id of ids) put(related, grid, id);
    for (const id of phonesOf(study, parsed.grid.name, ref, parsed.id)) {
      const place = study.table.placeOf.get(id);
      if (place !== undefined) phones.add(place);
    }
  }
  return { related, phones };
}
