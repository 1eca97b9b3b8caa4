/** What the workspace knows beside the calls, read in one snapshot. */

import type { Row } from '../../../../shared/domain/readiness/facts.ts';
import { refsOf, textOf } from '../../../../shared/domain/readiness/facts.ts';
import { isChildOn, whyProtected } from '../../../../shared/domain/readiness/protection.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import type { CallFacts, KnownEvent, KnownLine, KnownPerson, KnownPhone, KnownSeizure } from './facts.ts';
import { secondsOfIso } from './study.ts';

/** @param day ISO date on which ages count: the strike, else today. */
export function readFacts(database: ReadDatabase, day: string): CallFacts {
  const people = readPeople(database, day);
  return {
    phones: readPhones(database),
    lines: readLines(database),
    people,
    events: readEvents(database),
    seizures: readSeizures(database),
  };
}

const listOf = (text: string | null): string[] =>
  (text ?? '')
    .split(/[,;/|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function readPeople(database: ReadDatabase, day: string): Map<string, KnownPerson> {
  const places = new Map<number, string[]>();
  for (const { person, address, postcode } of all<{
    person: number;
    address: string | null;
    postcode: string | null;
  }>(
    database,
    `SELECT person, address, postcode FROM (
       SELECT a_id AS person, b_id AS place FROM link WHERE a_grid = 'people' AND b_grid = 'premises'
       UNION SELECT b_id, a_id FROM link WHERE b_grid = 'people' AND a_grid = 'premises')
     JOIN premises ON premises.id = place`,
  )) {
    const words = [...listOf(address), (postcode ?? '').split(' ')[0] ?? ''].map((word) =>
      word.toUpperCase(),
    );
    places.set(person, [...(places.get(person) ?? []), ...words.filter((word) => word !== '')]);
  }
  return new Map(
    all<Omit<Row, 'ref'> & { id: number; name: string | null; aliases: string | null }>(
      database,
      `SELECT id, name, aliases, dob, dob_text AS dobText, role, category, victim_status AS victimStatus,
         adult_at_risk AS adultAtRisk FROM person`,
    ).map((row): [string, KnownPerson] => {
      const ref = makeRef('people', row.id);
      const person: Row = { ...row, ref };
      return [
        ref,
        {
          ref,
          name: row.name ?? ref,
          aliases: listOf(row.aliases),
          isChild: isChildOn(person, day),
          isAtRisk: whyProtected(person, day).some((reason) => reason !== 'child'),
          places: places.get(row.id) ?? [],
        },
      ];
    }),
  );
}

/** Phones of which something is known beside their calls. */
function readPhones(database: ReadDatabase): Map<number, KnownPhone> {
  const people = new Map<number, string[]>();
  for (const { phone, person } of all<{ phone: number; person: number }>(
    database,
    `SELECT a_id AS phone, b_id AS person FROM link WHERE a_grid = 'phones' AND b_grid = 'people'
     UNION SELECT b_id, a_id FROM link WHERE b_grid = 'phones' AND a_grid = 'people' ORDER BY 1, 2`,
  ))
    people.set(phone, [...(people.get(phone) ?? []), makeRef('people', person)]);
  const rows = all<{
    id: number;
    subscriber: string | null;
    attribution: string | null;
    note: string | null;
    imei: string | null;
  }>(
    database,
    `SELECT id, subscriber, attribution, note, imei FROM phone
     WHERE subscriber IS NOT NULL OR attribution IS NOT NULL OR imei IS NOT NULL OR note IS NOT NULL
       OR id IN (SELECT value FROM json_each(?))`,
    JSON.stringify([...people.keys()]),
  );
  return new Map(
    rows.map(({ id, imei, ...row }) => {
      const digits = (imei ?? '').replace(/\D/g, '');
      const handset = digits.length >= 14 ? Number(digits.slice(0, 14)) : 0;
      return [id, { ref: makeRef('phones', id), ...row, handset, people: people.get(id) ?? [] }];
    }),
  );
}

const phoneIds = (refs: readonly string[]): number[] =>
  refs.flatMap((ref) => {
    const found = parseRef(ref);
    return found?.grid.name === 'phones' ? [found.id] : [];
  });

/** Deal lines with every number that they have or had. */
function readLines(database: ReadDatabase): KnownLine[] {
  const numbers = all<{ line: string | null; phone: string | null }>(
    database,
    'SELECT line, phone FROM line_number',
  );
  return all<{
    id: number;
    name: string | null;
    aliases: string | null;
    phone: string | null;
    holder: string | null;
    holders: string | null;
  }>(database, 'SELECT id, name, aliases, phone, holder, holders FROM deal_line ORDER BY id').map((row) => {
    const ref = makeRef('lines', row.id);
    const line: Row = { ref, phone: row.phone, holder: row.holder, holders: row.holders };
    const own = numbers.filter((number) => number.line === ref).flatMap((number) => number.phone ?? []);
    return {
      ref,
      name: row.name ?? ref,
      aliases: listOf(row.aliases),
      phones: [...new Set(phoneIds([...refsOf(line, 'phone'), ...own]))],
      holders: [...new Set([...refsOf(line, 'holder'), ...refsOf(line, 'holders')])],
    };
  });
}

/** Custody, arrests and executed warrants with a time that can be read. */
function readEvents(database: ReadDatabase): KnownEvent[] {
  const events: KnownEvent[] = [];
  const take = (
    ref: string,
    what: KnownEvent['what'],
    people: string[],
    from: string | null,
    to: string | null,
  ) => {
    const [begin, end] = [secondsOfIso(from ?? ''), secondsOfIso(to ?? '')];
    if (!Number.isNaN(begin)) events.push({ ref, what, people, from: begin, to: end });
  };
  for (const row of all<{
    id: number;
    person: string | null;
    name: string | null;
    from: string | null;
    to: string | null;
  }>(database, 'SELECT id, person, name, arrested_at AS "from", released_at AS "to" FROM custody')) {
    const linked = refsOf({ ref: '', person: row.person }, 'person');
    const people = linked.length > 0 ? linked : linkedPeople(database, 'custody', row.id);
    take(makeRef('custody', row.id), 'custody', people, row.from, row.to);
  }
  for (const row of all<Row & { id: number }>(
    database,
    `SELECT id, person, coalesce(arrested_at, detention_from) AS "from" FROM arrest WHERE custody_number IS NULL
       OR custody_number NOT IN (SELECT custody_number FROM custody WHERE custody_number IS NOT NULL)`,
  ))
    take(makeRef('arrests', row.id), 'arrest', refsOf(row, 'person'), textOf(row, 'from'), null);
  for (const row of all<Row & { id: number }>(
    database,
    'SELECT id, person, premises, executed_at AS "from" FROM warrant WHERE executed_at IS NOT NULL',
  )) {
    const named = refsOf(row, 'person');
    const place = parseRef(textOf(row, 'premises'));
    const people = named.length > 0 || place === null ? named : linkedPeople(database, 'premises', place.id);
    take(makeRef('warrants', row.id), 'warrant', people, textOf(row, 'from'), null);
  }
  return events.sort((x, y) => x.from - y.from);
}

function linkedPeople(database: ReadDatabase, grid: 'custody' | 'premises', id: number): string[] {
  return all<{ person: number }>(
    database,
    `SELECT b_id AS person FROM link WHERE a_grid = ? AND a_id = ? AND b_grid = 'people'
     UNION SELECT a_id FROM link WHERE b_grid = ? AND b_id = ? AND a_grid = 'people' ORDER BY 1`,
    grid,
    id,
    grid,
    id,
  ).map(({ person }) => makeRef('people', person));
}

function readSeizures(database: ReadDatabase): KnownSeizure[] {
  return all<Row & { id: number; person: string | null }>(
    database,
    'SELECT id, what, exhibit, note, person FROM seizure',
  ).map((row) => ({
    ref: makeRef('seizures', row.id),
    text: [textOf(row, 'what'), textOf(row, 'exhibit'), textOf(row, 'note')].join(' '),
    person: refsOf(row, 'person')[0] ?? null,
  }));
}
