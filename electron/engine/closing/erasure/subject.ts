/** Whom an erasure is about: the rows that stand for the person, the rows of evidence they came from, and the marks. */
import { AppError } from '../../../../shared/contract/errors.ts';
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readPlace, shownText } from '../../database/queries/evidence.ts';
import { all, columnName, identifier } from '../../database/sql.ts';
import { membersOf, recordIdsOf, rootOf } from '../../entities/groups.ts';
import type { Marks } from './marks.ts';
import { makeMarks } from './marks.ts';

export interface Subject {
  /** The reference that stands for the person, and all numbers that were merged into it. */
  ref: string;
  refs: string[];
  ids: number[];
  /** Rows of evidence that speak of the person. */
  evidence: Set<number>;
  /** Of those, the rows that speak of somebody else as well. */
  shared: Set<number>;
  /** Rows of the plan and the evidence that are about the person alone, and go with them. */
  dependants: { grid: GridName; id: number }[];
  marks: Marks;
}

/** Grids whose rows are about one person: the field that names them. */
const dependantFields: Partial<Record<GridName, string>> = {
  targets: 'subject',
  safeguarding: 'subject',
  custody: 'person',
  referrals: 'person',
  arrests: 'person',
  outcomes: 'person',
};

const nameFields = ['name', 'surname', 'forenames', 'aliases'];
const numberFields = ['pncId', 'croNumber', 'nino', 'localRef'];

type Fields = Record<string, unknown>;

/** @throws AppError `not-found` for no person of that reference. */
export function findSubject(database: ReadDatabase, ref: string): Subject {
  const found = parseRef(ref);
  if (found?.grid.name !== 'people')
    throw new AppError('usage', `"${ref}" is no person. References of people look like NOM-3.`);
  const root = rootOf(database, 'people', found.id);
  const ids = membersOf(database, 'people', root);
  const said = valuesOf(database, root, ids);
  if (said.length === 0) throw new AppError('not-found', `There is no person ${ref}.`);
  const evidence = new Set(
    all<{ evidence_id: number }>(
      database,
      'SELECT DISTINCT evidence_id FROM record WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(recordIdsOf(database, 'people', root)),
    ).map((row) => row.evidence_id),
  );
  const shared = sharedRows(database, evidence, new Set(ids));
  const written = writtenIn(
    database,
    [...evidence].filter((id) => !shared.has(id)),
  );
  return {
    ref: makeRef('people', root),
    refs: ids.map((id) => makeRef('people', id)),
    ids,
    evidence,
    shared,
    dependants: dependantsOf(database, ids),
    marks: makeMarks(
      [...namesOf(said), ...written.names],
      [...numbersOf(said), ...written.numbers],
      said.flatMap((fields) => textsOf(fields, ['aliases', 'surname'])),
    ),
  };
}

/** Everything that was ever said of the person: records, and what analysts entered. */
function valuesOf(database: ReadDatabase, root: number, ids: readonly number[]): Fields[] {
  const records = all<{ fields: string }>(
    database,
    'SELECT fields FROM record WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(recordIdsOf(database, 'people', root)),
  ).map(({ fields }) => JSON.parse(fields) as Fields);
  const manual = all<{ field: string; value: unknown }>(
    database,
    `SELECT field, value FROM manual_value WHERE grid = 'people' AND row_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  ).map(({ field, value }) => ({ [field]: value }));
  return [...records, ...manual];
}

const textsOf = (fields: Fields, wanted: readonly string[]) =>
  wanted.flatMap((field) => {
    const value = fields[field];
    return typeof value === 'string' && value.trim() !== '' ? value.split(/\s*;\s*/) : [];
  });

/** Names and numbers as the sheets write them, before they were cleaned. */
function writtenIn(
  database: ReadDatabase,
  evidence: readonly number[],
): { names: string[]; numbers: string[] } {
  const names: string[] = [];
  const numbers: string[] = [];
  for (const id of evidence) {
    const place = readPlace(database, id);
    for (const [column, field] of (place?.mapping ?? []).entries()) {
      const text = place ? shownText(place.cells, column).trim() : '';
      if (text === '' || field === null) continue;
      if (nameFields.includes(field)) names.push(text);
      if (numberFields.includes(field)) numbers.push(text);
    }
  }
  return { names, numbers };
}

/** Numbers as they are kept and as sheets write them: a PNC number with the year in full or without its century. */
function numbersOf(said: readonly Fields[]): string[] {
  const numbers = said.flatMap((fields) => textsOf(fields, numberFields));
  return numbers.flatMap((number) => {
    const pnc = /^(?:19|20)(\d{2}\/\d{1,7}[A-Z]?)$/i.exec(number.trim());
    return pnc?.[1] ? [number, pnc[1]] : [number];
  });
}

/** Names as written, and every forename with every surname: a name may have been entered in two fields. */
function namesOf(said: readonly Fields[]): string[] {
  const surnames = said.flatMap((fields) => textsOf(fields, ['surname']));
  const forenames = said.flatMap((fields) => textsOf(fields, ['forenames']));
  return [
    ...new Set([
      ...said.flatMap((fields) => textsOf(fields, nameFields)),
      ...surnames.flatMap((surname) => forenames.map((forename) => `${forename} ${surname}`)),
    ]),
  ];
}

/** Rows of evidence that also speak of another person, or are a report or a power of their own. */
function sharedRows(
  database: ReadDatabase,
  evidence: ReadonlySet<number>,
  ids: ReadonlySet<number>,
): Set<number> {
  const alone = new Set<GridName>(['people', 'custody', 'referrals', 'phones', 'premises', 'vehicles']);
  const rows = all<{ evidence_id: number; grid: GridName; row_id: number }>(
    database,
    'SELECT evidence_id, grid, row_id FROM record_now WHERE evidence_id IN (SELECT value FROM json_each(?))',
    JSON.stringify([...evidence]),
  );
  return new Set(
    rows.flatMap((row) =>
      (row.grid === 'people' && !ids.has(row.row_id)) || !alone.has(row.grid) ? [row.evidence_id] : [],
    ),
  );
}

function dependantsOf(database: ReadDatabase, ids: readonly number[]): { grid: GridName; id: number }[] {
  const refs = JSON.stringify(ids.map((id) => makeRef('people', id)));
  return Object.entries(dependantFields).flatMap(([name, field]) => {
    const grid = name as GridName;
    return all<{ id: number }>(
      database,
      `SELECT id FROM ${identifier(grids[grid].table)} WHERE ${identifier(columnName(field))} IN (SELECT value FROM json_each(?))`,
      refs,
    ).map(({ id }) => ({ grid, id }));
  });
}
