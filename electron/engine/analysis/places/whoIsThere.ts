/** Who and what the workspace links with each premises, and what comes before any enforcement there. */
import { type Row, refsOf, saysPresent } from '../../../../shared/domain/readiness/facts.ts';
import { type ProtectionReason, whyProtected } from '../../../../shared/domain/readiness/protection.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { all } from '../../database/sql.ts';
import { readPlanLinks } from '../links/planLinks.ts';
import { readEvidenceLinks } from '../links/readLinks.ts';

export interface PremisesRow {
  ref: string;
  id: number;
  address: string | null;
  postcode: string | null;
  gridReference: string | null;
  latitude: number | null;
  longitude: number | null;
  children: string | null;
  vulnerableAdults: string | null;
  cuckooed: string | null;
}

interface PersonRow {
  id: number;
  name: string | null;
  row: Row;
}

export interface WhoIsThere {
  premises: ReadonlyMap<string, PremisesRow>;
  people: ReadonlyMap<string, PersonRow>;
  /** Person → premises. */
  premisesOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Premises that the plan names: a target, a warrant, a team. */
  planned: ReadonlySet<string>;
  /** In words; empty where nothing is known. */
  safeguardingOf(premises: PremisesRow): string;
  protectionOf(person: PersonRow): string;
}

const personWords: Record<ProtectionReason, string> = {
  child: 'is or may be under 18',
  victim: 'is or may be a victim',
  exploited: 'is exploited',
  'at-risk': 'is an adult at risk',
  referred: 'was referred by a partner',
};

/** At the premises: never by name, for the words stand on a map. */
const thereWords: Record<ProtectionReason, string> = {
  child: 'somebody linked with it is or may be under 18',
  victim: 'somebody linked with it is or may be a victim',
  exploited: 'somebody linked with it is exploited',
  'at-risk': 'an adult at risk is linked with it',
  referred: 'somebody linked with it was referred by a partner',
};

const sentence = (parts: readonly string[]) => {
  const text = [...new Set(parts)].join('; ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

export function readWhoIsThere(database: ReadDatabase, moment: Moment): WhoIsThere {
  const day = (moment.strike ?? moment.today).slice(0, 10);
  const premises = new Map(
    all<Omit<PremisesRow, 'ref'>>(
      database,
      `SELECT id, address, postcode, grid_reference AS gridReference, latitude, longitude, children,
         vulnerable_adults AS vulnerableAdults, cuckooed FROM premises ORDER BY id`,
    ).map((row): [string, PremisesRow] => {
      const ref = makeRef('premises', row.id);
      return [ref, { ref, ...row }];
    }),
  );
  const people = new Map(
    all<Record<string, string | null> & { id: number }>(
      database,
      `SELECT id, name, dob, dob_text AS dobText, role, category, victim_status AS victimStatus,
         adult_at_risk AS adultAtRisk FROM person ORDER BY id`,
    ).map(({ id, ...row }): [string, PersonRow] => {
      const ref = makeRef('people', id);
      return [ref, { id, name: row.name ?? null, row: { ref, ...row } }];
    }),
  );
  const referred = new Set(
    all<{ person: string }>(database, 'SELECT person FROM referral WHERE person IS NOT NULL').map(
      ({ person }) => person,
    ),
  );
  const premisesOf = new Map<string, Set<string>>();
  const peopleAt = new Map<string, Set<string>>();
  const link = (person: string, place: string) => {
    if (!people.has(person) || !premises.has(place)) return;
    put(premisesOf, person, place);
    put(peopleAt, place, person);
  };
  for (const { from, to } of [...readEvidenceLinks(database), ...readPlanLinks(database)]) {
    link(from, to);
    link(to, from);
  }
  const plans = new Set(
    all<{ subject: string | null }>(database, 'SELECT subject FROM safeguarding').map(
      ({ subject }) => subject ?? '',
    ),
  );
  return {
    premises,
    people,
    premisesOf,
    planned: readPlanned(database),
    safeguardingOf(place) {
      const parts: string[] = [];
      if (saysPresent(place.children ?? '')) parts.push('children are there');
      if (saysPresent(place.vulnerableAdults ?? '')) parts.push('vulnerable adults are there');
      if (place.cuckooed === 'yes') parts.push('cuckooed: the tenant is a victim');
      if (place.cuckooed === 'suspected') parts.push('may be cuckooed: the tenant may be a victim');
      for (const ref of peopleAt.get(place.ref) ?? [])
        for (const reason of reasonsOf(ref)) parts.push(thereWords[reason]);
      if (plans.has(place.ref)) parts.push('there is a safeguarding plan');
      return sentence(parts);
    },
    protectionOf: ({ row }) => sentence(reasonsOf(row.ref).map((reason) => personWords[reason])),
  };

  function reasonsOf(ref: string): ProtectionReason[] {
    const person = people.get(ref);
    return person ? whyProtected(person.row, day, referred.has(ref)) : [];
  }
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}

function readPlanned(database: ReadDatabase): ReadonlySet<string> {
  const named = all<{ ref: string | null }>(
    database,
    `SELECT premises AS ref FROM target UNION SELECT subject FROM target UNION SELECT premises FROM warrant
     UNION SELECT premises FROM team UNION SELECT cuckooed_premises FROM deal_line`,
  );
  return new Set(named.flatMap(({ ref }) => refsOf({ ref: '', places: ref }, 'places')));
}
