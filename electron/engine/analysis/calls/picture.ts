/** Everything that the calls of one number show, with the names that the workspace has for it. */
import type { CallNumber, CallOverview, CallPicture } from '../../../../shared/contract/areas/calls.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readLabels, rowExists } from '../../database/queries/rows.ts';
import type { Session } from '../../session.ts';
import { setsOfTable, townsOfTable } from './aids.ts';
import { attributionsOf } from './attribution.ts';
import { broadcastsOf } from './broadcasts.ts';
import { openStudy, phonesOfRef, type Work } from './callStudy.ts';
import type { CallTable } from './callTable.ts';
import type { Contact } from './contacts.ts';
import { contactsOf } from './contacts.ts';
import { devicesOf, shownHandset } from './devices.ts';
import { lineOfPhone } from './facts.ts';
import { heatOf } from './heat.ts';
import type { Towns } from './movement.ts';
import { legsOf, nightOf, staysOf } from './movement.ts';
import { lifeOf } from './rebranded.ts';
import { eventsOf, silencesOf } from './silences.ts';
import { inSlices } from './slices.ts';
import type { Study } from './study.ts';
import { isoOf, isPerson, startOf } from './study.ts';

const mostContacts = 500;
const mostJourneys = 300;

/**
 * What the calls of a phone or a line show; of a line with several numbers those of one, `shown` or the busiest.
 * @throws AppError `not-found`, `invalid`.
 */
export async function drawPicture(
  session: Session,
  moment: Moment,
  ref: string,
  shown?: string,
  work: Work = {},
): Promise<CallPicture> {
  const study = await openStudy(session, moment, work);
  const { table } = study;
  const parsed = parseRef(ref);
  const own = phonesOfRef(study, ref).sort((x, y) => table.rowsOf(y).length - table.rowsOf(x).length);
  if (!parsed || !rowExists(session.reader, parsed.grid.name, parsed.id))
    throw new AppError(
      'not-found',
      `There is no record ${ref}. Choose a phone such as PHN-3 or a line such as LINE-1.`,
    );
  const wanted = shown === undefined ? undefined : own.find((phone) => refOf(table, phone) === shown);
  const phone = wanted ?? own[0];
  const labelled = readLabels(session.reader, [ref]);
  const head = {
    ref,
    label: labelled[ref] ?? ref,
    numbers: own.map((each) => ({
      ...toNumber(study, each),
      ...isoLife(table, each),
      events: table.rowsOf(each).length,
    })),
    withoutTime: table.withoutTime,
    thresholds: study.thresholds,
  };
  if (phone === undefined) return { ...head, ...emptyPicture, labels: labelled };
  const rows = table.rowsOf(phone);
  const contacts = contactsOf(table, phone);
  const broadcasts = broadcastsOf(study, phone);
  const towns = await inSlices(townsOfTable(table, study.thresholds.townMinutes), work.signal);
  // Contacts are compared only with those of phones that are somebody's.
  const isAnybodys = [...study.facts.phones.values()].some(({ people }) => people.length > 0);
  const sets = isAnybodys ? await inSlices(setsOfTable(table), work.signal) : null;
  const attributions = attributionsOf(study, { sets, towns, lines: new Set() }, phone);
  const silences = silencesOf(study, phone).map((silence) => ({
    from: isoOf(silence.from),
    to: isoOf(silence.to),
    isOpen: silence.isOpen,
    endsWithReturn: silence.endsWithReturn,
    events: eventsOf(study.facts, silence, study.thresholds.silenceHours)
      .filter(({ event, begins, ends }) => (begins && ends) || concerns(study, phone, event.people))
      .slice(0, 5)
      .map(({ event, begins, ends }) => ({ ref: event.ref, what: event.what, begins, ends })),
  }));
  const dates = study.facts.events
    .filter((event) => concerns(study, phone, event.people))
    .map((event) => ({
      ref: event.ref,
      what: event.what,
      from: isoOf(event.from),
      to: Number.isNaN(event.to) ? null : isoOf(event.to),
    }));
  const refs = [
    ref,
    ...dates.map((date) => date.ref),
    ...silences.flatMap(({ events }) => events.map((event) => event.ref)),
    ...attributions.map(({ person }) => person.ref),
  ];
  return {
    ...head,
    shown: refOf(table, phone),
    from: isoOf(startOf(table, rows[0] ?? 0)),
    to: isoOf(startOf(table, rows.at(-1) ?? 0)),
    events: rows.length,
    repeats: table.ownRowsOf(phone).reduce((count, row) => count + (table.repeat[row] ?? 0), 0),
    contacts: {
      total: contacts.length,
      services: contacts.filter((contact) => contact.isService).length,
      rows: contacts.slice(0, mostContacts).map((contact) => toContact(study, contact)),
    },
    heat: heatOf(table, phone),
    broadcasts: broadcasts.map((each) => ({
      at: isoOf(each.at),
      until: isoOf(each.until),
      recipients: each.recipients.length,
      answers: each.answers.length,
      wording: each.wording,
    })),
    customers: customersOf(study, broadcasts),
    devices: devicesOf(table, phone).map((use) => ({
      imei: use.imei === 0 ? null : shownHandset(use.imei),
      imsi: use.imsi === 0 ? null : String(use.imsi),
      first: isoOf(use.first),
      last: isoOf(use.last),
      rows: use.rows.length,
    })),
    movement: movementOf(study, towns, phone),
    silences,
    dates,
    attributions: attributions.map(({ person, score, reasons, against, safeguarding }) => ({
      ref: person.ref,
      name: person.name,
      isChild: person.isChild,
      isAtRisk: person.isAtRisk,
      score,
      reasons,
      against,
      safeguarding,
    })),
    labels: readLabels(session.reader, new Set(refs)),
  };
}

const emptyPicture = {
  shown: null,
  from: null,
  to: null,
  events: 0,
  repeats: 0,
  contacts: { total: 0, services: 0, rows: [] },
  heat: Array.from({ length: 7 }, () => new Array<number>(24).fill(0)),
  broadcasts: [],
  customers: [],
  devices: [],
  movement: { rowsWithArea: 0, rows: 0, towns: [], ways: [], journeys: [], journeyCount: 0 },
  silences: [],
  dates: [],
  attributions: [],
};

const refOf = (table: CallTable, phone: number) => makeRef('phones', table.phones[phone]?.id ?? 0);

function isoLife(table: CallTable, phone: number): { first: string; last: string } {
  const { first, last } = lifeOf(table, phone);
  return { first: isoOf(first), last: isoOf(last) };
}

const concerns = ({ facts, table }: Study, phone: number, people: readonly string[]) => {
  const id = table.phones[phone]?.id;
  const linked = [...(facts.phones.get(id ?? -1)?.people ?? []), ...(lineOfPhone(facts, id)?.holders ?? [])];
  return people.some((person) => linked.includes(person));
};

/** A number with the name that the workspace has for it: the line, the people, what a source wrote. */
function toNumber({ table, facts }: Study, phone: number): CallNumber {
  const entry = table.phones[phone];
  const line = lineOfPhone(facts, entry?.id);
  const known = facts.phones.get(entry?.id ?? -1);
  const people = (known?.people ?? []).map((ref) => facts.people.get(ref)?.name ?? ref).join(', ');
  return {
    ref: refOf(table, phone),
    number: entry?.number ?? '',
    label: line?.name ?? (people || null) ?? known?.attribution ?? known?.subscriber ?? null,
    isService: entry?.isService ?? false,
  };
}

function toContact(study: Study, contact: Contact): CallPicture['contacts']['rows'][number] {
  return {
    ...toNumber(study, contact.phone),
    isService: contact.isService,
    out: contact.out,
    in: contact.in,
    texts: contact.texts,
    durationS: contact.duration,
    first: isoOf(contact.first),
    last: isoOf(contact.last),
    days: contact.days,
  };
}

function customersOf(study: Study, broadcasts: ReturnType<typeof broadcastsOf>): CallPicture['customers'] {
  const answers = new Map<number, number>();
  for (const each of broadcasts)
    for (const answer of each.answers) answers.set(answer.phone, (answers.get(answer.phone) ?? 0) + 1);
  return [...answers]
    .sort((x, y) => y[1] - x[1] || x[0] - y[0])
    .slice(0, mostContacts)
    .map(([phone, count]) => ({ ...toNumber(study, phone), answers: count }));
}

function movementOf({ table, thresholds }: Study, towns: Towns, phone: number): CallPicture['movement'] {
  const own = table.ownRowsOf(phone);
  const legs = legsOf(phone, staysOf(table, towns, phone, thresholds.townMinutes));
  const seen = new Map<
    number,
    { rows: number; nights: Set<number>; first: number; last: number; areas: Set<number> }
  >();
  let rowsWithArea = 0;
  for (const row of own) {
    const area = table.area[row] ?? -1;
    if (area < 0) continue;
    rowsWithArea += 1;
    const town = towns.of[area] ?? area;
    const at = startOf(table, row);
    const of = seen.get(town) ?? { rows: 0, nights: new Set(), first: at, last: at, areas: new Set() };
    of.rows += 1;
    of.last = at;
    of.areas.add(area);
    const night = nightOf(at);
    if (night !== null) of.nights.add(night);
    seen.set(town, of);
  }
  const order = [...seen.keys()].sort((x, y) => (seen.get(y)?.rows ?? 0) - (seen.get(x)?.rows ?? 0));
  const placeOf = new Map(order.map((town, place) => [town, place]));
  const ways = new Map<string, { from: number; to: number; count: number }>();
  const journeys = legs.flatMap((leg) => {
    const [from, to] = [placeOf.get(leg.from), placeOf.get(leg.to)];
    if (from === undefined || to === undefined) return [];
    const way = ways.get(`${from} ${to}`) ?? { from, to, count: 0 };
    way.count += 1;
    ways.set(`${from} ${to}`, way);
    return [{ from, to, left: isoOf(leg.left), arrived: isoOf(leg.arrived) }];
  });
  return {
    rowsWithArea,
    rows: own.length,
    towns: order.map((town) => {
      const of = seen.get(town);
      const areas = [...(of?.areas ?? [])];
      return {
        name: towns.names[town] ?? '',
        areas: areas.map((area) => table.areas.names[area] ?? '').slice(0, 12),
        cells: areas.flatMap((area) => table.cellsOf[area] ?? []).slice(0, 6),
        rows: of?.rows ?? 0,
        nights: of?.nights.size ?? 0,
        first: isoOf(of?.first ?? 0),
        last: isoOf(of?.last ?? 0),
      };
    }),
    ways: [...ways.values()].sort((x, y) => y.count - x.count),
    journeys: journeys.slice(-mostJourneys),
    journeyCount: journeys.length,
  };
}

const mostBusy = 30;

/** What call data there is, by lines and busiest numbers. */
export async function drawOverview(session: Session, moment: Moment, work: Work = {}): Promise<CallOverview> {
  const study = await openStudy(session, moment, work);
  const { table, facts } = study;
  const people = table.phones.map((_, phone) => phone).filter((phone) => isPerson(table, phone));
  const eventsOfPhone = (phone: number) => table.rowsOf(phone).length;
  return {
    calls: table.count,
    from: Number.isNaN(table.first) ? null : isoOf(table.first),
    to: Number.isNaN(table.last) ? null : isoOf(table.last),
    lines: facts.lines.map((line) => {
      const own = line.phones.flatMap((id) => table.placeOf.get(id) ?? []);
      return {
        ref: line.ref,
        name: line.name,
        numbers: own.length,
        events: own.reduce((sum, phone) => sum + eventsOfPhone(phone), 0),
      };
    }),
    busiest: people
      .sort((x, y) => eventsOfPhone(y) - eventsOfPhone(x) || x - y)
      .slice(0, mostBusy)
      .map((phone) => ({ ...toNumber(study, phone), events: eventsOfPhone(phone) })),
  };
}
