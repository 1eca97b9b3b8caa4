/** What a network is made of, as the workspace stands: entities, what links them, people, places and targets. */
import { type NetworkKind, networkKinds } from '../../../../shared/contract/areas/network.ts';
import { isPlanned, type Row, textOf } from '../../../../shared/domain/readiness/facts.ts';
import { isProtectedPlace } from '../../../../shared/domain/readiness/protection.ts';
import { grids, makeRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, identifier } from '../../database/sql.ts';
import { type PlanLink, readPlanLinks } from '../links/planLinks.ts';
import { type EvidenceLink, readEvidenceLinks } from '../links/readLinks.ts';

export interface PhoneRow {
  ref: string;
  number: string | null;
  isKnown: boolean;
}

export interface NetworkParts {
  entities: { ref: string; kind: NetworkKind }[];
  phones: PhoneRow[];
  people: Map<string, Row>;
  referred: Set<string>;
  /** Premises where children or vulnerable adults are or may be, or that may have been taken over. */
  protectedPlaces: Set<string>;
  targets: Map<string, string[]>;
  evidence: EvidenceLink[];
  plan: PlanLink[];
  /** ISO date on which ages count. */
  day: string;
}

/** In one snapshot, when it is called inside a transaction. */
export function readParts(database: ReadDatabase, day: string): NetworkParts {
  const people = all<Omit<Row, 'ref'> & { id: number }>(
    database,
    `SELECT id, name, dob, dob_text AS dobText, role, category, victim_status AS victimStatus,
       adult_at_risk AS adultAtRisk FROM person`,
  ).map((row): [string, Row] => [makeRef('people', row.id), { ...row, ref: makeRef('people', row.id) }]);
  const phones = all<{ id: number; number: string | null; known: number }>(
    database,
    `SELECT id, number, subscriber IS NOT NULL OR attribution IS NOT NULL OR note IS NOT NULL AS known FROM phone`,
  ).map(({ id, number, known }) => ({ ref: makeRef('phones', id), number, isKnown: known === 1 }));
  return {
    entities: networkKinds.flatMap((kind) =>
      all<{ id: number }>(database, `SELECT id FROM ${identifier(grids[kind].table)} ORDER BY id`).map(
        ({ id }) => ({ ref: makeRef(kind, id), kind }),
      ),
    ),
    phones,
    people: new Map(people),
    referred: readReferred(database),
    protectedPlaces: readProtectedPlaces(database),
    targets: readTargets(database),
    evidence: readEvidenceLinks(database),
    plan: readPlanLinks(database).filter((link) => !link.isPlanned),
    day,
  };
}

/** People whom a partner's referral is about. */
function readReferred(database: ReadDatabase): Set<string> {
  const named = all<{ person: string }>(database, 'SELECT person FROM referral WHERE person IS NOT NULL');
  const linked = all<{ id: number }>(
    database,
    `SELECT b_id AS id FROM link WHERE a_grid = 'referrals' AND b_grid = 'people'
     UNION SELECT a_id FROM link WHERE b_grid = 'referrals' AND a_grid = 'people'`,
  );
  return new Set([...named.map(({ person }) => person), ...linked.map(({ id }) => makeRef('people', id))]);
}

function readTargets(database: ReadDatabase): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const row of all<Row & { id: number }>(
    database,
    'SELECT id, subject, status FROM target WHERE subject IS NOT NULL ORDER BY id',
  )) {
    if (!isPlanned(row)) continue;
    const subject = textOf(row, 'subject');
    found.set(subject, [...(found.get(subject) ?? []), makeRef('targets', row.id)]);
  }
  return found;
}

function readProtectedPlaces(database: ReadDatabase): Set<string> {
  const rows = all<Omit<Row, 'ref'> & { id: number }>(
    database,
    `SELECT id, children, vulnerable_adults AS vulnerableAdults, cuckooed FROM premises
     WHERE children IS NOT NULL OR vulnerable_adults IS NOT NULL OR cuckooed IS NOT NULL`,
  ).map((row): Row => ({ ...row, ref: makeRef('premises', row.id) }));
  return new Set(rows.filter(isProtectedPlace).map(({ ref }) => ref));
}
