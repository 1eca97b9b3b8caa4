/** Who goes to and fro between two towns, and who travels with whom. Pure. */
import type { ContactSets } from './contacts.ts';
import { lineOfPhone } from './facts.ts';
import type { Leg, Towns } from './movement.ts';
import { legsOf, nightTown, staysOf } from './movement.ts';
import type { Steps } from './slices.ts';
import type { Found, Study } from './study.ts';
import { day, hour, median, percent, Score, shownNumber, shownTime } from './study.ts';
import { isCommute, isForWeekEnds } from './travelHabits.ts';

export interface Traveller {
  phone: number;
  legs: Leg[];
  isCommuter: boolean;
  /** Journeys from one row to the next, of all its rows with an area. */
  changes: number;
}

export interface Travel {
  travellers: Traveller[];
  /** `changes` of the phone in the middle, of all of which there are rows enough. */
  usualChanges: number;
}

/** Where the phone in the middle changes town so often, the cells of the data say little about journeys. */
const restless = 0.3;

/** Phones that go between towns at all. */
export function* travellersOf(study: Study, towns: Towns): Steps<Travel> {
  const { table, thresholds } = study;
  const travellers: Traveller[] = [];
  const usual: number[] = [];
  if (towns.names.length < 2) return { travellers, usualChanges: 0 };
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    if (phone % 32 === 0) yield;
    if (table.ownRowsOf(phone).length < 4) continue;
    const stays = staysOf(table, towns, phone, thresholds.townMinutes);
    const legs = legsOf(phone, stays);
    const changes =
      legs.length /
      Math.max(
        1,
        stays.reduce((sum, stay) => sum + stay.rows, -1),
      );
    if (table.ownRowsOf(phone).length >= 10 && stays.length > 0) usual.push(changes);
    if (legs.length >= 2) travellers.push({ phone, legs, isCommuter: isCommute(legs), changes });
  }
  return { travellers, usualChanges: usual.length < 5 ? 0 : median(usual) };
}

const pairOf = (leg: Leg) => `${Math.min(leg.from, leg.to)} ${Math.max(leg.from, leg.to)}`;

/** Journeys between the two towns that a phone goes between most. */
function mainLegs(legs: readonly Leg[]): Leg[] {
  const pairs = new Map<string, Leg[]>();
  for (const leg of legs) {
    const own = pairs.get(pairOf(leg));
    if (own) own.push(leg);
    else pairs.set(pairOf(leg), [leg]);
  }
  return [...pairs.values()].sort((x, y) => y.length - x.length)[0] ?? [];
}

/** Lines that a phone is in contact with: of the workspace, or numbers that send bulk texts. */
function linesMet(study: Study, sets: ContactSets, lines: ReadonlySet<number>, phone: number): number[] {
  const { table, facts } = study;
  return [...sets.setOf(phone)].filter(
    (contact) => lines.has(contact) || lineOfPhone(facts, table.phones[contact]?.id) !== undefined,
  );
}

/** Whether a phone goes to and fro between two towns as couriers do. */
export function findCourier(
  study: Study,
  { sets, towns, lines }: { sets: ContactSets; towns: Towns; lines: ReadonlySet<number> },
  { phone, legs, changes }: Traveller,
  usualChanges: number,
): Found[] {
  const { table, thresholds } = study;
  const own = mainLegs(legs);
  if (own.length < thresholds.legsLeast) return [];
  const share = own.length / legs.length;
  if (share < 0.5) return [];
  const [one, other] = [own[0]?.from ?? 0, own[0]?.to ?? 0];
  const home = nightTown(table, towns, phone);
  const [hub, market] = home.town === other ? [other, one] : [one, other];
  const [first, last] = [own[0]?.left ?? 0, own.at(-1)?.arrived ?? 0];
  const weeks = Math.max(1, (last - first) / (7 * day));
  const score = new Score(40);
  score.add(
    Math.min(20, 2 * (own.length - thresholds.legsLeast)),
    `${own.length} journeys between ${towns.names[hub]} and ${towns.names[market]}, from ${shownTime(first)} to ${shownTime(last)}.`,
  );
  if (share >= 0.8) score.add(10, `${percent(share)} of its journeys are between the two.`);
  const met = linesMet(study, sets, lines, phone);
  const isLine = lines.has(phone) || lineOfPhone(study.facts, table.phones[phone]?.id) !== undefined;
  if (met.length > 0)
    score.add(
      20,
      `It is in contact with ${met
        .slice(0, 3)
        .map((line) => shownNumber(table, line))
        .join(', ')}, which ${met.length === 1 ? 'is a line or sends' : 'are lines or send'} bulk texts.`,
    );
  else if (isLine) score.add(20, 'It is itself the number of a line or sends bulk texts.');
  else score.add(-5, 'It is in contact with no number that is known as a line.');
  if (home.town >= 0 && home.of >= 3)
    score.add(0, `Of ${home.of} nights with rows, ${home.nights} were in ${towns.names[home.town]}.`);
  if (own.length / weeks >= 1.5) score.add(5, `${(own.length / weeks).toFixed(1)} journeys a week.`);
  if (own.length / weeks < 0.7 && met.length === 0 && !isLine)
    score.add(-15, 'Fewer than three journeys in a month: a visit to family looks like that.');
  if (isCommute(own))
    score.add(
      met.length > 0 || isLine ? -20 : -40,
      'The journeys are on most working days, there and back: somebody who goes to work looks like that.',
    );
  else if (isForWeekEnds(own))
    score.add(
      met.length > 0 || isLine ? -10 : -20,
      'The times in one of the towns are week ends: a student or a visit to family looks like that.',
    );
  if (usualChanges >= restless && changes > usualChanges / 2 && changes < 2 * usualChanges)
    score.add(-25, restlessReason(usualChanges));
  if (new Set(legs.flatMap((leg) => [leg.from, leg.to])).size >= 6)
    score.add(-15, 'The phone goes to many towns: a driver who delivers looks like that.');
  return [
    {
      kind: 'courier',
      phones: [phone, ...met],
      refs: [],
      from: first,
      to: last,
      score: score.value,
      reasons: score.reasons,
      against: score.against,
      rule: `${thresholds.legsLeast} journeys between two towns more than ${thresholds.townMinutes} minutes apart`,
      rows: own.flatMap((leg) => [leg.leftRow, leg.arrivedRow]),
    },
  ];
}

const restlessReason = (usualChanges: number) =>
  `Phones of this data change town with ${percent(usualChanges)} of their rows: its cells say little about journeys.`;

interface Shared {
  one: number;
  other: number;
  legs: { mine: Leg; theirs: Leg; crowd: number }[];
}

/** More phones than this on one journey at one time are a train or a match day. */
const crowdOf = 4;

/** Pairs of phones that make the same journeys at the same times. */
export function* findTogether(
  study: Study,
  { sets, towns, lines }: { sets: ContactSets; towns: Towns; lines: ReadonlySet<number> },
  { travellers, usualChanges }: Travel,
): Steps<Found[]> {
  const { thresholds } = study;
  const near = thresholds.togetherMinutes * 60;
  const buckets = new Map<string, Leg[]>();
  // Journeys whose hour is not known (nothing was seen for half a day before the arrival) say nothing about company.
  const legs: Leg[] = [];
  const legCounts = new Map<number, number>();
  for (const traveller of travellers) {
    if (traveller.isCommuter) continue;
    yield;
    for (const leg of traveller.legs) {
      if (leg.arrived - leg.left >= 12 * hour) continue;
      legs.push(leg);
      legCounts.set(leg.phone, (legCounts.get(leg.phone) ?? 0) + 1);
      const key = `${leg.from} ${leg.to} ${Math.floor(leg.arrived / near)}`;
      const bucket = buckets.get(key);
      if (bucket) bucket.push(leg);
      else buckets.set(key, [leg]);
    }
  }
  const pairs = new Map<string, Shared>();
  for (const [at, leg] of legs.entries()) {
    if (at % 256 === 0) yield;
    const bucket = Math.floor(leg.arrived / near);
    const company = [bucket, bucket + 1]
      .flatMap((each) => buckets.get(`${leg.from} ${leg.to} ${each}`) ?? [])
      .filter((their) => their.phone !== leg.phone && Math.abs(their.arrived - leg.arrived) <= near);
    if (company.length > 3 * crowdOf) continue;
    for (const their of company) {
      // Within one slice of time both meet each other: taken once.
      if (Math.floor(their.arrived / near) === bucket && their.phone < leg.phone) continue;
      const [mine, theirs] = leg.phone < their.phone ? [leg, their] : [their, leg];
      const key = `${mine.phone} ${theirs.phone}`;
      const pair = pairs.get(key) ?? { one: mine.phone, other: theirs.phone, legs: [] };
      pair.legs.push({ mine, theirs, crowd: company.length + 1 });
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].flatMap((pair) => {
    if (pair.legs.length < thresholds.togetherTimes) return [];
    const share = pair.legs.length / Math.min(legCounts.get(pair.one) ?? 1, legCounts.get(pair.other) ?? 1);
    return [judgePair(study, { sets, towns, lines }, pair, share, usualChanges)];
  });
}

function judgePair(
  study: Study,
  { sets, towns, lines }: { sets: ContactSets; towns: Towns; lines: ReadonlySet<number> },
  { one, other, legs }: Shared,
  share: number,
  usualChanges: number,
): Found {
  const { table, thresholds } = study;
  const first = legs[0];
  const score = new Score(45);
  score.add(
    Math.min(25, 5 * (legs.length - thresholds.togetherTimes + 1)),
    `${legs.length} times both went from one town to the other within ${thresholds.togetherMinutes} minutes, for instance from ${towns.names[first?.mine.from ?? 0]} to ${towns.names[first?.mine.to ?? 0]}, arriving ${shownTime(first?.mine.arrived ?? 0)}.`,
  );
  const isInContact = sets.setOf(one).includes(other);
  score.add(
    isInContact ? 10 : 0,
    isInContact
      ? 'The two are in contact with each other.'
      : 'The two are not in contact with each other: one person may carry both.',
  );
  if ([one, other].some((phone) => lines.has(phone) || lineOfPhone(study.facts, table.phones[phone]?.id)))
    score.add(10, 'One of them is a line or sends bulk texts.');
  if (share < 0.3)
    score.add(
      -20,
      `That is ${percent(share)} of the journeys of the one that makes fewer: chance may bring as many.`,
    );
  if (usualChanges >= restless) score.add(-25, restlessReason(usualChanges));
  const crowded = legs.filter((leg) => leg.crowd > crowdOf).length;
  if (crowded > legs.length / 2)
    score.add(
      -20,
      'Several other phones made the journeys at the same times: a train or an event looks like that.',
    );
  return {
    kind: 'co-location',
    phones: [one, other],
    refs: [],
    from: Math.min(...legs.map((leg) => leg.mine.left)),
    to: Math.max(...legs.map((leg) => leg.mine.arrived)),
    score: score.value,
    reasons: score.reasons,
    against: score.against,
    rule: `${thresholds.togetherTimes} journeys within ${thresholds.togetherMinutes} minutes of each other`,
    rows: legs.flatMap(({ mine, theirs }) => [mine.arrivedRow, theirs.arrivedRow]),
  };
}
