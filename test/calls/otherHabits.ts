/**
 * Call data made up with other habits than `plantedCalls`: spans of two days and of half a year, a line with a dozen
 * customers, a line of the night, the change of clocks, phones of which nobody asked for a return. With the innocent
 * who look like a line: a taxi office, a takeaway, a school, a surgery, a foreman who texts his shift, families. The
 * same for a seed on every machine; numbers are those that Ofcom keeps for drama.
 */
import type { Planted } from './plantedCalls.ts';
import { createRandom, type Random } from './plantedCalls.ts';

export interface Habit {
  name: string;
  /** ISO day on which the data begins. */
  begins: string;
  days: number;
  /** Hours in which the line trades; past 24 is the next day. */
  hours: [number, number];
  customers: [least: number, most: number];
  /** Bulk texts a day; under one, every so many days. */
  perDay: number;
  /** Numbers in one bulk text, of all its customers. */
  share: number;
  /** Minutes that sending takes. */
  sending: number;
  /** Share of texts that have their wording; of rows that have an IMEI. */
  wording: number;
  imei: number;
  /** Every call once, with the caller's handset and cell; or returns, a row for each subject. */
  form: 'flat' | 'returns';
  /** Ordinary phones, and how many calls each makes a day. */
  people: number;
  chat: number;
  towns: string[];
  /** Whether ordinary phones are served by any cell of the county, row by row, as careless data has it. */
  isCareless?: boolean;
}

export interface OtherCall {
  at: number;
  from: string;
  to: string;
  kind: 'voice' | 'text' | 'data' | 'voicemail';
  seconds: number;
  text: string;
}

export interface OtherRow extends OtherCall {
  subject: string;
  isOut: boolean;
  imei: string;
  imsi: string;
  town: string;
  /** Number of the cell in its town. */
  cell: number;
}

export interface OtherData {
  rows: OtherRow[];
  planted: Planted[];
  alsoTrue: Planted[];
  innocent: Record<string, string>;
  number: Record<string, string>;
}

const minute = 60;
const hour = 3600;
const day = 24 * hour;

interface Subject {
  townAt(at: number): string;
  imeiAt(at: number): string;
  imsi: string;
}

class Place {
  readonly random: Random;
  readonly habit: Habit;
  readonly begin: number;
  readonly end: number;
  readonly calls: OtherCall[] = [];
  readonly subjects = new Map<string, Subject>();
  private readonly mobiles: number[];
  private readonly lands: number[];
  private devices = 0;

  constructor(habit: Habit, seed: number) {
    this.random = createRandom(seed * 31 + 7);
    this.habit = habit;
    this.begin = Date.parse(`${habit.begins}T00:00:00Z`) / 1000;
    this.end = this.begin + habit.days * day;
    const thousand = Array.from({ length: 1000 }, (_, place) => place);
    this.mobiles = this.random.some(thousand, 1000);
    this.lands = this.random.some(thousand, 1000);
  }

  mobile(): string {
    return `07700900${String(this.mobiles.pop()).padStart(3, '0')}`;
  }

  land(): string {
    return `01632960${String(this.lands.pop()).padStart(3, '0')}`;
  }

  imei(): string {
    this.devices += 1;
    return `86${String(4_000_000_000 + this.devices * 1_000_003 + this.random.below(900)).padStart(12, '0')}7`;
  }

  /** A phone of which there is a return. */
  subject(number: string, of: Partial<Subject> & { town?: string } = {}): string {
    const town = of.town ?? this.random.pick(this.habit.towns);
    const imei = this.imei();
    this.devices += 1;
    this.subjects.set(number, {
      townAt: () => town,
      imeiAt: () => imei,
      imsi: `2343${String(30_000_000_000 + this.devices * 70_001).padStart(11, '0')}`,
      ...of,
    });
    return number;
  }

  moment(dayOf: number, [from, to]: readonly [number, number]): number {
    return (
      this.begin +
      dayOf * day +
      Math.round((from + (to - from) * (this.random.below(10_000) / 10_000)) * hour)
    );
  }

  add(at: number, from: string, to: string, of: Partial<OtherCall> = {}): void {
    if (at < this.begin || at >= this.end) return;
    this.calls.push({ at: Math.round(at), from, to, kind: 'voice', seconds: 0, text: '', ...of });
  }

  call(at: number, from: string, to: string, seconds = 5 + this.random.below(300)): void {
    this.add(at, from, to, { seconds });
  }

  text(at: number, from: string, to: string, text = ''): void {
    this.add(at, from, to, { kind: 'text', text });
  }

  /** What a phone and its circle have to say to each other, most of it to few. */
  chat(number: string, circle: readonly string[], perDay: number, from = this.begin, to = this.end): void {
    const days = Math.max(1, Math.round((to - from) / day));
    for (let turn = 0; turn < perDay * days; turn += 1) {
      const place = Math.floor(circle.length * (this.random.below(1000) / 1000) ** 2);
      const other = circle[place] ?? number;
      const at =
        from + this.random.below(days) * day + (7 + this.random.below(16)) * hour + this.random.below(hour);
      if (at >= to) continue;
      const [a, b] = this.random.chance(0.55) ? [number, other] : [other, number];
      if (this.random.chance(0.4))
        this.text(at, a, b, this.random.chance(0.5) ? 'ok c u there' : 'where r u');
      else this.call(at, a, b);
    }
    // Voicemail, a bank's short code, a helpline.
    for (let dayOf = 0; dayOf < days; dayOf += 4) {
      this.add(from + dayOf * day + 12 * hour + this.random.below(hour), number, '121', {
        kind: 'voicemail',
        seconds: 15,
      });
      this.text(
        from + dayOf * day + 13 * hour + this.random.below(hour),
        '60777',
        number,
        'Your balance is low',
      );
      this.call(from + dayOf * day + 14 * hour + this.random.below(hour), number, '08081570192', 200);
    }
  }

  /** A deal line: bulk texts, answers soon after them, and callers in between. */
  line(
    number: string,
    customers: readonly string[],
    from: number,
    to: number,
    words: string,
    sends = true,
  ): void {
    const { random, habit } = this;
    const step = day / habit.perDay;
    for (let at = from; sends && at < to; at += step) {
      const clock =
        habit.hours[0] + random.below(Math.max(1, Math.floor((habit.hours[1] - habit.hours[0]) * 0.7)));
      const start =
        this.begin + Math.floor((at - this.begin) / day) * day + clock * hour + random.below(hour);
      if (start < from || start > to) continue;
      const told = random.some(customers, Math.max(10, Math.round(customers.length * habit.share)));
      for (const customer of told) {
        const sent = start + random.below(habit.sending * minute);
        this.text(sent, number, customer, random.chance(habit.wording) ? words : '');
        if (!random.chance(0.35)) continue;
        const answer = sent + 2 * minute + random.below(45 * minute);
        if (random.chance(0.7)) this.call(answer, customer, number, 8 + random.below(50));
        else this.text(answer, customer, number, random.chance(habit.wording) ? 'u about' : '');
      }
    }
    for (let dayOf = 0; dayOf < (to - from) / day; dayOf += 1)
      for (const customer of customers)
        if (random.chance(sends ? 0.12 : habit.days > 3 ? 0.4 : 0.85)) {
          const at =
            from +
            dayOf * day +
            ((habit.hours[0] + random.below(habit.hours[1] - habit.hours[0])) % 24) * hour +
            random.below(hour);
          if (at < to) this.call(at, customer, number, 8 + random.below(60));
        }
  }
}

/** Where somebody is who goes away and comes back. */
const away = (home: string, there: string, trips: readonly [number, number][]) => (at: number) =>
  trips.some(([from, to]) => at >= from && at < to) ? there : home;

/** Everything planted that the span has room for. */
export function plantOther(habit: Habit, seed: number): OtherData {
  const place = new Place(habit, seed);
  const { random, begin, end } = place;
  const [hub = '', market = ''] = habit.towns;
  const planted: Planted[] = [];
  const alsoTrue: Planted[] = [];
  const number: Record<string, string> = {};
  const townspeople = Array.from({ length: 260 }, () => place.mobile());
  const base = () => random.some(townspeople, random.between(...habit.customers));
  const sendsTwice = habit.days * habit.perDay >= 3;
  const short = habit.days <= 3;

  // A line that sends bulk texts.
  const line = place.subject(place.mobile(), { town: market });
  number.line = line;
  place.line(line, base(), begin, end, 'Yo its Rico, on point all day, 2 4 15');
  planted.push({ kind: 'broadcast', phones: [line] });
  (sendsTwice ? planted : alsoTrue).push({ kind: 'customers', phones: [line] });

  // A line that goes on under a new number.
  const old = place.subject(place.mobile(), { town: hub });
  const next = place.subject(place.mobile(), { town: hub });
  number.old = old;
  number.next = next;
  const customers = base();
  const change = begin + habit.days * day * (0.4 + random.below(20) / 100);
  const sends = random.chance(0.6);
  place.line(old, customers, begin, change, 'Mo here. both on', sends);
  place.line(
    next,
    [...random.some(customers, Math.round(customers.length * 0.7)), ...random.some(townspeople, 4)],
    change + (short ? 2 * hour : random.between(1, 30) * hour),
    end,
    'New num for Mo save it',
    sends,
  );
  (short ? alsoTrue : planted).push({ kind: 'rebranded', phones: [old, next] });
  if (sends)
    for (const phone of [old, next])
      alsoTrue.push({ kind: 'broadcast', phones: [phone] }, { kind: 'customers', phones: [phone] });

  // Two lines that have customers in common.
  const one = place.subject(place.mobile(), { town: market });
  const two = place.subject(place.mobile(), { town: market });
  number.one = one;
  number.two = two;
  const shared = random.some(townspeople, Math.max(14, Math.round(habit.customers[1] * 0.6)));
  const oneSends = random.chance(0.5);
  place.line(one, [...shared, ...random.some(townspeople, 5)], begin, end, 'Dee is about', oneSends);
  place.line(two, [...shared.slice(1), ...random.some(townspeople, 6)], begin, end, '', false);
  planted.push({ kind: 'common-numbers', phones: [one, two] });
  if (oneSends) alsoTrue.push({ kind: 'broadcast', phones: [one] }, { kind: 'customers', phones: [one] });

  // A number that moves to another handset, and a handset that takes another number.
  const half = begin + (habit.days * day) / 2;
  const [before, after] = [place.imei(), place.imei()];
  const swapped = place.subject(place.mobile(), { town: hub, imeiAt: (at) => (at < half ? before : after) });
  number.swapped = swapped;
  place.chat(swapped, random.some(townspeople, 8), Math.max(habit.chat, 12 / habit.days));
  const handset = place.imei();
  const [first, second] = [
    place.subject(place.mobile(), { town: market, imeiAt: () => handset }),
    place.subject(place.mobile(), { town: market, imeiAt: () => handset }),
  ];
  number.first = first;
  number.second = second;
  place.chat(first, random.some(townspeople, 5), habit.chat * 2, begin, half);
  place.chat(second, random.some(townspeople, 5), habit.chat * 2, half, end);
  if (habit.imei > 0)
    planted.push(
      { kind: 'handset-change', phones: [swapped] },
      { kind: 'sim-change', phones: [first, second] },
    );

  // A runner between two towns, and somebody who goes with them.
  const trips: [number, number][] = [];
  const gap = short ? 0.8 : Math.max(3, habit.days / 12);
  for (let at = 0.2; at < habit.days - 0.4; at += gap * (0.7 + random.below(60) / 100)) {
    const from = begin + at * day + random.below(5) * hour;
    trips.push([from, from + (short ? random.between(5, 8) : random.between(6, 50)) * hour]);
  }
  const runner = place.subject(place.mobile(), { townAt: away(hub, market, trips) });
  const company = place.subject(place.mobile(), { townAt: away(hub, market, trips) });
  number.runner = runner;
  number.company = company;
  place.chat(runner, [line, ...random.some(townspeople, 5)], habit.chat * 2);
  place.chat(company, [runner, ...random.some(townspeople, 6)], habit.chat * 2);
  for (const [from, to] of trips)
    for (const at of [from - 50 * minute, from + 5 * minute, to - 45 * minute, to + 4 * minute])
      for (const phone of [runner, company])
        place.call(
          at + random.below(9 * minute),
          phone,
          phone === runner ? line : random.pick(townspeople.slice(0, 9)),
        );
  const isTravel = habit.towns.length > 1 && !habit.isCareless;
  if (habit.isCareless)
    alsoTrue.push(
      { kind: 'courier', phones: [runner] },
      { kind: 'courier', phones: [company] },
      { kind: 'co-location', phones: [runner, company] },
    );
  const whole = trips.filter(([, to]) => to < end - hour).length;
  if (isTravel && whole >= 2) {
    planted.push({ kind: 'courier', phones: [runner] });
    (whole >= 3 ? planted : alsoTrue).push({ kind: 'co-location', phones: [runner, company] });
    alsoTrue.push({ kind: 'courier', phones: [company] });
  }

  const innocent = addInnocent(place, townspeople);
  return { rows: rowsOf(place), planted, alsoTrue, innocent, number };
}

function addInnocent(place: Place, townspeople: readonly string[]): Record<string, string> {
  const { random, habit, begin, end } = place;
  const [hub = '', market = ''] = habit.towns;
  const innocent: Record<string, string> = {};
  const named = (name: string, phone: string, of: Parameters<Place['subject']>[1] = {}) => {
    innocent[name] = phone;
    return place.subject(phone, of);
  };
  const step = habit.days > 60 ? 5 : 1;

  // A taxi office with a mobile, a takeaway, a surgery: many callers, some of them often.
  const taxi = named('taxi', place.mobile(), { town: hub });
  const takeaway = named('takeaway', place.land(), { town: market });
  const surgery = named('surgery', place.land(), { town: hub });
  for (let dayOf = 0; dayOf < habit.days; dayOf += step) {
    for (let ride = random.between(25, 45); ride > 0; ride -= 1) {
      const at = place.moment(dayOf, random.chance(0.5) ? [21, 24] : [6, 21]);
      const rider = random.pick(townspeople);
      place.call(at, rider, taxi, random.between(15, 50));
      if (random.chance(0.8))
        place.text(at + random.between(4, 20) * minute, taxi, rider, 'Your driver has arrived');
    }
    for (let order = random.between(12, 30); order > 0; order -= 1)
      place.call(place.moment(dayOf, [17, 23]), random.pick(townspeople), takeaway, random.between(40, 180));
    const patients = random.some(townspeople, 18);
    const at = place.moment(dayOf, [8, 9]);
    for (const patient of patients) {
      place.text(at + random.below(8 * minute), surgery, patient, 'Reminder: your appointment is tomorrow');
      if (random.chance(0.1))
        place.call(at + random.below(6 * hour), patient, surgery, random.between(30, 300));
    }
  }

  // A school that texts all parents, and a foreman who texts his shift and gets answers.
  const school = named('school', place.mobile(), { town: market });
  const parents = random.some(townspeople, 70);
  const foreman = named('foreman', place.mobile(), { town: hub });
  const shift = random.some(townspeople, 9);
  for (let dayOf = 1; dayOf < habit.days; dayOf += habit.days > 20 ? 7 : 2) {
    const at = place.moment(dayOf, [14, 16]);
    for (const parent of parents)
      place.text(at + random.below(6 * minute), school, parent, 'School closes at noon on Friday');
    const morning = place.moment(dayOf, [6, 7]);
    for (const worker of shift) {
      place.text(morning + random.below(4 * minute), foreman, worker, 'Usual time tomorrow, site 4');
      if (random.chance(0.6)) place.text(morning + random.between(5, 50) * minute, worker, foreman, 'ok');
    }
  }
  for (let dayOf = 0; dayOf < habit.days; dayOf += step)
    for (const parent of random.some(parents, 5))
      place.call(place.moment(dayOf, [8, 9.5]), parent, school, random.between(20, 200));

  // A family of six who all know one another and the same aunts and neighbours.
  const circle = random.some(townspeople, 9);
  const family = Array.from({ length: 6 }, () => place.mobile());
  for (const [at, phone] of family.entries()) {
    if (at < 3) named(`family ${at + 1}`, phone, { town: hub });
    place.chat(phone, [...family.filter((each) => each !== phone), ...circle], habit.chat * 1.5);
  }

  // Somebody who works in the other town, and a student who comes home some week ends.
  const isAtWork = (at: number) => {
    const clock = ((at - begin) % day) / hour;
    const weekday = (Math.floor(at / day) + 3) % 7;
    return weekday < 5 && clock >= 8.5 && clock < 17.2;
  };
  const commuter = named('commuter', place.mobile(), { townAt: (at) => (isAtWork(at) ? market : hub) });
  place.chat(commuter, random.some(townspeople, 9), habit.chat * 2);
  if (habit.days > 20) {
    const trips: [number, number][] = [];
    for (let dayOf = 11; dayOf < habit.days; dayOf += 21)
      trips.push([begin + dayOf * day + 17 * hour, begin + (dayOf + 2) * day + 18 * hour]);
    const student = named('student', place.mobile(), { townAt: away(hub, market, trips) });
    place.chat(student, random.some(townspeople, 9), habit.chat * 2);
  }

  // Somebody with two phones, used by turns, and somebody with a new number whose friends come along.
  const friends = random.some(townspeople, 7);
  for (const name of ['two phones: one', 'two phones: other'])
    place.chat(named(name, place.mobile(), { town: hub }), friends, habit.chat);

  for (let at = 0; at < habit.people; at += 1) {
    const phone = place.mobile();
    const cells = habit.isCareless ? { townAt: () => random.pick(habit.towns) } : {};
    named(`ordinary ${at + 1}`, phone, cells);
    place.chat(phone, random.some(townspeople, random.between(4, 14)), habit.chat);
  }
  void end;
  return innocent;
}

/** The rows as they are returned. In a return both ends of a call tell of it, by clocks that differ. */
function rowsOf(place: Place): OtherRow[] {
  const { random, habit } = place;
  const rows: OtherRow[] = [];
  for (const call of place.calls) {
    const subjects = habit.form === 'flat' ? [call.from] : [call.from, call.to];
    for (const subject of subjects) {
      const known = place.subjects.get(subject);
      if (habit.form === 'returns' && !known) continue;
      const skew = subject === call.to ? random.below(8) : 0;
      rows.push({
        ...call,
        at: call.at + skew,
        seconds: call.seconds > 0 && skew > 0 ? Math.max(1, call.seconds - random.below(3)) : call.seconds,
        subject,
        isOut: subject === call.from,
        imei: known && random.chance(habit.imei) ? known.imeiAt(call.at) : '',
        imsi: known && habit.imei > 0 ? known.imsi : '',
        town: known?.townAt(call.at) ?? '',
        cell: random.below(5),
      });
    }
  }
  return rows.sort((x, y) => x.at - y.at);
}

const oneMonth = {
  begins: '2026-10-05',
  days: 35,
  hours: [11, 23],
  perDay: 1,
  share: 0.8,
  sending: 6,
} as const;
const five = ['Ravensbeck', 'Lowgill', 'Netherby Cross', 'Port Averil', 'Stonethwaite'];

/** Spans, hours, sizes and writing that differ from one another and from `plantedCalls`. */
export const habits: readonly Habit[] = [
  {
    ...oneMonth,
    name: 'a month over the change of clocks, returns',
    hours: [11, 23],
    customers: [25, 60],
    wording: 1,
    imei: 1,
    form: 'returns',
    people: 20,
    chat: 4,
    towns: five,
  },
  {
    ...oneMonth,
    name: 'few customers, half of the handsets unknown',
    hours: [12, 22],
    customers: [13, 18],
    perDay: 0.8,
    share: 1,
    wording: 0.5,
    imei: 0.5,
    form: 'returns',
    people: 15,
    chat: 3,
    towns: five.slice(0, 3),
  },
  {
    ...oneMonth,
    name: 'two days',
    begins: '2026-11-13',
    days: 2,
    hours: [9, 23],
    customers: [18, 40],
    perDay: 4,
    share: 0.9,
    wording: 1,
    imei: 1,
    form: 'returns',
    people: 15,
    chat: 14,
    towns: five.slice(0, 3),
  },
  {
    ...oneMonth,
    name: 'half a year, seldom',
    begins: '2026-03-02',
    days: 182,
    hours: [13, 21],
    customers: [30, 80],
    perDay: 0.25,
    share: 0.7,
    wording: 0,
    imei: 1,
    form: 'returns',
    people: 12,
    chat: 1,
    towns: five.slice(0, 4),
  },
  {
    ...oneMonth,
    name: 'by night, no wording, every call once',
    days: 28,
    hours: [18, 26],
    customers: [20, 45],
    perDay: 2,
    share: 0.6,
    wording: 0,
    imei: 1,
    form: 'flat',
    people: 40,
    chat: 4,
    towns: five.slice(0, 2),
  },
  {
    ...oneMonth,
    name: 'no handsets at all, wide sending',
    days: 21,
    hours: [10, 24],
    customers: [20, 50],
    share: 0.7,
    sending: 9,
    wording: 1,
    imei: 0,
    form: 'returns',
    people: 20,
    chat: 5,
    towns: five.slice(0, 3),
  },
  {
    ...oneMonth,
    name: 'cells that flicker from row to row',
    days: 30,
    hours: [10, 22],
    customers: [20, 50],
    wording: 1,
    imei: 1,
    form: 'flat',
    people: 40,
    chat: 5,
    towns: five,
    isCareless: true,
  },
  {
    ...oneMonth,
    name: 'two towns at random, many strangers',
    days: 40,
    hours: [9, 23],
    customers: [20, 40],
    perDay: 0.4,
    sending: 25,
    wording: 0,
    imei: 1,
    form: 'flat',
    people: 150,
    chat: 3,
    towns: five.slice(0, 2),
    isCareless: true,
  },
];
