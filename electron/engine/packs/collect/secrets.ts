/** What a pack may not hold, or may not for its audience: read from the whole workspace, not from the pack's part of it. */
import { exploitedRoles, isChildOn } from '../../../../shared/domain/readiness/protection.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { PackSecrets, ProtectedPerson, SourceSecrets } from '../../../../shared/packs/redact.ts';
import { foldWords } from '../../../../shared/packs/wordMatcher.ts';
import { findNamesOfMinors, findWrittenNames } from '../../../../shared/packs/writtenNames.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import { type SnapshotRow, text } from '../snapshot.ts';
import { rowsOf, type Scope } from './scope.ts';

interface PersonEntry {
  id: number;
  name: string | null;
  aliases: string | null;
  dob: string | null;
  dobText: string | null;
  role: string | null;
  victimStatus: string | null;
  category: string | null;
}

const victimStatuses: readonly string[] = ['potential-victim', 'reasonable-grounds', 'confirmed-victim'];

/** The secrets for one pack. Children are those who are under 18 on the strike day, or are written as children. */
export function readSecrets(database: ReadDatabase, scope: Scope): PackSecrets {
  const day = scope.moment.strike?.slice(0, 10) ?? scope.moment.today;
  const known = [...listProtected(database, day), ...listReferred(database, day)];
  const shut = new Set(known.map(({ ref }) => ref));
  const officers = listOfficers(database);
  const openNames = [...scope.people.filter(({ ref }) => !shut.has(ref)).flatMap(namesOf), ...officers];
  return {
    people: [...known, ...listInFreeText(scope, openNames)],
    openNames,
    openAddresses: scope.premises.flatMap(addressOf),
    openPhrases: listPhrases(database),
    otherTeams: listOtherTeams(database, scope),
    ...readSourceSecrets(database, officers),
  };
}

/** What says who the sources are. A reporter who is also an officer of the plan may be named. */
export function readSourceSecrets(
  database: ReadDatabase,
  officers: readonly string[] = listOfficers(database),
): SourceSecrets {
  const { references, reporters, provenance } = readRestricted(database);
  const plain = new Set(officers.map((name) => name.toLowerCase()));
  return {
    sourceReferences: references,
    reporters: reporters.filter((name) => !plain.has(name.toLowerCase())),
    provenance,
  };
}

function listOfficers(database: ReadDatabase): string[] {
  return all<{ name: string | null }>(
    database,
    'SELECT name FROM officer UNION ALL SELECT name FROM commander',
  ).flatMap(({ name }) => name ?? []);
}

/** Names of the operation and of every line: a team hears of a line by its name, whoever it is called after. */
function listPhrases(database: ReadDatabase): string[] {
  return all<{ name: string | null; aliases: string | null }>(
    database,
    'SELECT name, NULL AS aliases FROM operation UNION ALL SELECT name, aliases FROM deal_line',
  ).flatMap((row) => namesOf({ ...row, ref: '' }));
}

function listProtected(database: ReadDatabase, day: string): ProtectedPerson[] {
  const planned = new Set(
    all<{ subject: string | null }>(
      database,
      "SELECT subject FROM safeguarding WHERE lower(kind) LIKE '%child%'",
    ).flatMap(({ subject }) => subject ?? []),
  );
  const oldest = `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`;
  const found = all<PersonEntry>(
    database,
    `SELECT id, name, aliases, dob, dob_text AS dobText, role, victim_status AS victimStatus, category FROM person
     WHERE dob >= ? OR (dob IS NULL AND dob_text IS NOT NULL) OR role IN (SELECT value FROM json_each(?))
       OR victim_status IN (SELECT value FROM json_each(?)) OR category LIKE '%victim%'
       OR id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    oldest,
    JSON.stringify(exploitedRoles),
    JSON.stringify(victimStatuses),
    JSON.stringify(idsOf([...planned], 'people')),
  );
  return found.flatMap((entry) => {
    const ref = makeRef('people', entry.id);
    const child = isChildOn({ ...entry, ref }, day) || planned.has(ref);
    const victim =
      victimStatuses.includes(entry.victimStatus ?? '') ||
      exploitedRoles.includes(entry.role ?? '') ||
      (entry.category ?? '').split(/\s*,\s*/).includes('victim');
    return child || victim ? [{ ref, names: namesOf({ ...entry, ref }), child, victim }] : [];
  });
}

/** Children of referrals who were given no record of their own. */
function listReferred(database: ReadDatabase, day: string): ProtectedPerson[] {
  const rows = all<{ id: number; name: string; dob: string | null; category: string | null }>(
    database,
    'SELECT id, name, dob, category FROM referral WHERE name IS NOT NULL AND person IS NULL ORDER BY id',
  );
  return rows.flatMap(({ id, name, dob, category }) => {
    const ref = makeRef('referrals', id);
    const child = /child|under 18/i.test(category ?? '') || isChildOn({ ref, dob }, day);
    return child ? [{ ref, names: [name], child, victim: false }] : [];
  });
}

/** Children whose names stand only in what was written of an address, a line or a plan: `2 children (Poppy 4, Jake 9)`. */
function listInFreeText(scope: Scope, openNames: readonly string[]): ProtectedPerson[] {
  const open = new Set(openNames.map((name) => foldWords(name).join(' ')));
  const written = (row: SnapshotRow, ofChildren: readonly string[], ofAnybody: readonly string[]) =>
    [
      ...ofChildren.flatMap((field) => findWrittenNames(text(row, field) ?? '')),
      ...ofAnybody.flatMap((field) => findNamesOfMinors(text(row, field) ?? '')),
    ].map((name) => ({ name, ref: row.ref }));
  const found = [
    ...scope.premises.flatMap((row) => written(row, ['children'], ['occupants', 'note', 'vulnerableAdults'])),
    ...rowsOf(scope.snapshot, 'lines').flatMap((row) => written(row, ['children'], ['note'])),
    ...rowsOf(scope.snapshot, 'safeguarding').flatMap((row) => written(row, [], ['concern', 'plan', 'note'])),
  ];
  const names = new Map(found.map(({ name, ref }) => [foldWords(name).join(' '), { name, ref }]));
  return [...names]
    .filter(([words]) => !open.has(words))
    .map(([words, { name, ref }]) => ({ ref: `${ref} ${words}`, names: [name], child: true, victim: false }));
}

function listOtherTeams(database: ReadDatabase, scope: Scope): PackSecrets['otherTeams'] {
  if (scope.team === undefined) return { addresses: [], names: [] };
  const foreign = [...scope.foreign];
  const people = all<{ id: number; name: string | null; aliases: string | null }>(
    database,
    'SELECT id, name, aliases FROM person WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
    JSON.stringify(idsOf(foreign, 'people')),
  );
  const places = all<{ id: number; address: string | null; postcode: string | null }>(
    database,
    'SELECT id, address, postcode FROM premises WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
    JSON.stringify(idsOf(foreign, 'premises')),
  );
  return {
    names: people.flatMap((row) => namesOf({ ...row, ref: '' })),
    addresses: places.flatMap((row) => addressOf({ ...row, ref: '' })),
  };
}

/** Values of the restricted fields of every item. A source reference that is the item's printed one is no secret. */
function readRestricted(database: ReadDatabase): {
  references: string[];
  reporters: string[];
  provenance: string[];
} {
  const rows = all<{
    urn: string | null;
    officer: string | null;
    ref: string | null;
    provenance: string | null;
  }>(
    database,
    `SELECT DISTINCT urn, officer, source_ref AS ref, provenance FROM intelligence
     WHERE officer IS NOT NULL OR source_ref IS NOT NULL OR provenance IS NOT NULL`,
  );
  const urns = new Set(rows.flatMap(({ urn }) => urn ?? []));
  const distinct = (values: readonly (string | null)[]) =>
    [...new Set(values.flatMap((value) => value?.trim() ?? []))].filter((value) => value !== '');
  return {
    references: distinct(rows.flatMap(({ ref }) => (ref ?? '').split(';'))).filter((ref) => !urns.has(ref)),
    reporters: distinct(rows.map(({ officer }) => officer)),
    provenance: distinct(rows.map(({ provenance }) => provenance)),
  };
}

function namesOf(row: SnapshotRow): string[] {
  return [text(row, 'name'), ...(text(row, 'aliases') ?? '').split(';')].flatMap((name) => {
    const words = name?.trim() ?? '';
    return words === '' ? [] : [words];
  });
}

function addressOf(row: SnapshotRow): string[] {
  const parts = [text(row, 'address'), text(row, 'postcode')].filter((part) => part !== null);
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function idsOf(refs: readonly string[], grid: GridName): number[] {
  return refs.flatMap((ref) => {
    const parsed = parseRef(ref);
    return parsed?.grid.name === grid ? [parsed.id] : [];
  });
}

/** Surnames of those who reported, for warnings; not those of officers who have a duty on the day. */
export function reporterSurnames(database: ReadDatabase): string[] {
  const onDuty = new Set(
    all<{ name: string | null }>(database, 'SELECT name FROM officer UNION ALL SELECT name FROM commander')
      .flatMap(({ name }) => (name ?? '').toLowerCase().split(/\s+/))
      .filter((word) => word !== ''),
  );
  return readRestricted(database)
    .reporters.flatMap(surnamesOf)
    .filter((surname) => !onDuty.has(surname.toLowerCase()));
}

/** Words of a reporter's name that could give them away: not ranks, not numbers. */
export function surnamesOf(officer: string | null): string[] {
  return (officer ?? '')
    .split(/[\s,;/]+/)
    .filter(
      (word) => /^\p{Lu}[\p{L}'-]{2,}$/u.test(word) && !/^(?:PCSO|Insp|Sgt|Det|Supt|Chief)$/i.test(word),
    );
}
