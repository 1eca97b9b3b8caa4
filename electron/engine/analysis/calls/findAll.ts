/** Everything that the calls show, in steps between which other calls are answered. Pure. */
import type { FindingKind } from '../../../../shared/domain/calls/findingKinds.ts';
import { setsOfTable, townsOfTable } from './aids.ts';
import type { AttributionAids } from './attribution.ts';
import { findAttribution } from './attribution.ts';
import type { Sender } from './broadcasts.ts';
import { findCustomers, findSender } from './broadcasts.ts';
import { findBusinesses, findCommon } from './common.ts';
import type { ContactSets } from './contacts.ts';
import { findCourier, findTogether, travellersOf } from './couriers.ts';
import { findHandsetChanges, findSimChanges } from './devices.ts';
import { lineOfPhone } from './facts.ts';
import type { Towns } from './movement.ts';
import { findRebranded } from './rebranded.ts';
import { findSilences } from './silences.ts';
import type { Steps } from './slices.ts';
import type { Found, Study } from './study.ts';
import { isPerson } from './study.ts';

export interface FoundAll {
  /** The highest score first. */
  findings: Found[];
  /** How many of each kind were left out for their score. */
  leftOut: Partial<Record<FindingKind, number>>;
  /** What was not looked at in whole, in words. */
  cut: string[];
}

/** What several analyses work with, made once. */
export interface Aids extends AttributionAids {
  sets: ContactSets;
  towns: Towns;
  /** Phones that send bulk texts or are a line of the workspace. */
  lines: ReadonlySet<number>;
  senders: Sender[];
}

function* makeAids(study: Study): Steps<Aids> {
  const { table, thresholds, facts } = study;
  const senders: Sender[] = [];
  const lines = new Set<number>();
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    if (phone % 64 === 0) yield;
    if (!isPerson(table, phone)) continue;
    const sender = findSender(study, phone);
    if (sender) senders.push(sender);
    if (
      (sender && sender.finding.score >= thresholds.leastScore) ||
      lineOfPhone(facts, table.phones[phone]?.id)
    )
      lines.add(phone);
  }
  const sets = yield* setsOfTable(table);
  const towns = yield* townsOfTable(table, thresholds.townMinutes);
  return { sets, towns, lines, senders };
}

/** What is found of each of these, stopping after every so many. */
function* ofEach<Each>(all: Iterable<Each>, find: (each: Each) => readonly Found[]): Steps<Found[]> {
  const found: Found[] = [];
  let at = 0;
  for (const each of all) {
    if (at % 16 === 0) yield;
    at += 1;
    for (const one of find(each)) found.push(one);
  }
  return found;
}

/** The steps of a piece of work under a name. */
function* named<Result>(name: string, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield name;
  }
}

/** The names of the steps, in their order. */
export const stepNames = [
  'Bulk texts',
  'Handsets and SIM cards',
  'Numbers that carry contacts on',
  'Common numbers',
  'Journeys between towns',
  'Who travels together',
  'Silences',
  'Attribution',
] as const;

/** Steps by name; the last value is what was found. Between two steps the caller may stop. */
export function* findAll(study: Study): Steps<FoundAll> {
  const { table, thresholds } = study;
  const found: Found[] = [];
  const take = (list: readonly Found[]) => {
    for (const each of list) found.push(each);
  };
  const aids = yield* named('Bulk texts', makeAids(study));
  for (const sender of aids.senders) {
    yield 'Bulk texts';
    found.push(sender.finding);
    if (sender.finding.score < thresholds.leastScore) continue;
    const customers = findCustomers(study, sender);
    if (customers) found.push(customers);
  }
  const sending = new Set(
    aids.senders.filter(({ finding }) => finding.score >= thresholds.leastScore).map(({ phone }) => phone),
  );
  const everyPhone = table.phones.map((_, phone) => phone);
  take(
    yield* named(
      'Handsets and SIM cards',
      ofEach(everyPhone, (phone) => findHandsetChanges(study, phone)),
    ),
  );
  take(yield* named('Handsets and SIM cards', findSimChanges(study)));
  take(yield* named('Numbers that carry contacts on', findRebranded(study, aids.sets, sending)));
  const businesses = yield* named('Common numbers', findBusinesses(table, aids.sets, sending));
  const common = yield* named('Common numbers', findCommon(study, aids.sets, sending, businesses));
  take(common.found);
  const travel = yield* named('Journeys between towns', travellersOf(study, aids.towns));
  take(
    yield* named(
      'Journeys between towns',
      ofEach(travel.travellers, (traveller) => findCourier(study, aids, traveller, travel.usualChanges)),
    ),
  );
  take(yield* named('Who travels together', findTogether(study, aids, travel)));
  if (study.facts.events.length > 0)
    take(
      yield* named(
        'Silences',
        ofEach(everyPhone, (phone) => (isPerson(table, phone) ? findSilences(study, phone, aids.lines) : [])),
      ),
    );
  // Of the numbers that something was found about: who everybody in the calls is, is nobody's question.
  const asked = new Set([
    ...aids.lines,
    ...found
      .filter(({ score }) => score >= thresholds.leastScore)
      .flatMap(({ phones }) => phones.slice(0, 2)),
  ]);
  if (study.facts.people.size > 0)
    take(
      yield* named(
        'Attribution',
        ofEach(asked, (phone) => findAttribution(study, aids, phone)),
      ),
    );
  for (const each of found) each.safeguarding = protectedBy(study, each);
  const leftOut: FoundAll['leftOut'] = {};
  const findings = found.filter((each) => {
    if (each.score >= thresholds.leastScore) return true;
    leftOut[each.kind] = (leftOut[each.kind] ?? 0) + 1;
    return false;
  });
  findings.sort((x, y) => y.score - x.score || x.from - y.from || (x.phones[0] ?? 0) - (y.phones[0] ?? 0));
  return { findings, leftOut, cut: common.cut === null ? [] : [common.cut] };
}

/** Protected people who are linked with the numbers that a finding is chiefly about. */
function protectedBy({ table, facts }: Study, found: Found): string[] {
  const linked = found.phones
    .slice(0, 2)
    .flatMap((phone) => facts.phones.get(table.phones[phone]?.id ?? -1)?.people ?? []);
  return [...new Set(linked)].filter((ref) => {
    const person = facts.people.get(ref);
    return person !== undefined && (person.isChild || person.isAtRisk);
  });
}
