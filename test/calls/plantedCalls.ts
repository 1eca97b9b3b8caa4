/**
 * Call data that is made up, with things planted in it and the innocent that look like them: a taxi firm, a school,
 * a driver who delivers, a commuter, a family with two phones, somebody who visits family, friends. The same for a
 * seed on every machine. Numbers are those that Ofcom keeps for drama; towns and cells are invented.
 */
import type { FindingKind } from '../../shared/domain/calls/findingKinds.ts';

export interface PlantedCall {
  /** Seconds since 1970 of the UK clock. */
  at: number;
  from: string;
  to: string;
  type: 'Voice' | 'SMS' | 'Data' | 'Voicemail';
  duration: number;
  text: string | null;
}

/** A row of a provider's return: a call, and what the network knew of the subject's phone. */
export interface PlantedRow extends PlantedCall {
  subject: string;
  imei: string;
  imsi: string;
  town: string | null;
  /** Place of the cell among those of its town. */
  cell: number;
}

export interface Planted {
  kind: FindingKind;
  /** Numbers that a finding must name among its first two; in any order. */
  phones: string[];
}

export interface PlantedData {
  rows: PlantedRow[];
  planted: Planted[];
  /** What else is true of the planted and may be found. */
  alsoTrue: Planted[];
  /** Who is innocent, by what they are. */
  innocent: Record<string, string>;
  number: Record<string, string>;
}

export const towns = ['Hollinport', 'Thornrigg', 'Stangarth', 'Merebridge', 'Whinfell', 'Ashgill'] as const;
const [hub, market] = towns;
const minute = 60;
const hour = 3600;
const day = 24 * hour;
const begin = Date.parse('2026-08-31T00:00:00Z') / 1000;

export interface Random {
  /** A whole number below the limit. */
  below(limit: number): number;
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], count: number): T[];
}

/** The same numbers for a seed on every machine. */
export function createRandom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const random: Random = {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)] as never,
    some(list, count) {
      const rest = [...list];
      const taken = [];
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(below(rest.length), 1));
      return taken;
    },
  };
  return random;
}

interface Phone {
  number: string;
  /** Where it is at a time. */
  townAt: (at: number) => string;
  imeiAt: (at: number) => string;
  imsiAt: (at: number) => string;
}

class World {
  readonly random: Random;
  readonly days: number;
  readonly calls: PlantedCall[] = [];
  readonly subjects = new Map<string, Phone>();
  private next = 0;
  private readonly numbers: number[];
  private devices = 0;

  constructor(seed: number, days: number) {
    this.random = createRandom(seed);
    this.days = days;
    this.numbers = this.random.some(
      Array.from({ length: 1000 }, (_, place) => place),
      1000,
    );
  }

  newNumber(): string {
    const number = `07700900${String(this.numbers[this.next]).padStart(3, '0')}`;
    this.next += 1;
    return number;
  }

  numbersOf(count: number): string[] {
    return Array.from({ length: count }, () => this.newNumber());
  }

  newImei(): string {
    this.devices += 1;
    return `3569${String(1_000_000 + this.devices * 7919 + this.random.below(900)).padStart(10, '0')}0`;
  }

  newImsi(): string {
    this.devices += 1;
    return `23415${String(2_000_000 + this.devices * 104_729).padStart(10, '0')}`;
  }

  /** A phone of which there is a return. */
  subject(number: string, phone: Partial<Phone> & { town?: string }): string {
    const { town = hub } = phone;
    const [imei, imsi] = [this.newImei(), this.newImsi()];
    this.subjects.set(number, {
      number,
      townAt: () => town,
      imeiAt: () => imei,
      imsiAt: () => imsi,
      ...phone,
    });
    return number;
  }

  /** A time of a day between two hours. */
  at(dayOf: number, from: number, to: number): number {
    return begin + dayOf * day + this.random.between(Math.round(from * hour), Math.round(to * hour) - 1);
  }

  call(at: number, from: string, to: string, duration = this.random.between(5, 400)): void {
    this.calls.push({ at, from, to, type: 'Voice', duration, text: null });
  }

  sms(at: number, from: string, to: string, text: string | null = null): void {
    this.calls.push({ at, from, to, type: 'SMS', duration: 0, text });
  }

  /** Ordinary traffic of a phone with its circle. */
  chat(number: string, circle: readonly string[], perDay: number, from = 0, to = this.days): void {
    for (let dayOf = from; dayOf < to; dayOf += 1)
      for (
        let turn = this.random.between(Math.floor(perDay / 2), Math.ceil(perDay * 1.5));
        turn > 0;
        turn -= 1
      ) {
        // A few friends get most of it.
        const other =
          circle[Math.floor(this.random.below(circle.length) * (this.random.below(100) / 100))] ?? number;
        const at = this.at(dayOf, 7.5, 23);
        const [a, b] = this.random.chance(0.5) ? [number, other] : [other, number];
        if (this.random.chance(0.5)) this.sms(at, a, b);
        else this.call(at, a, b);
      }
    for (let dayOf = from; dayOf < to; dayOf += 3)
      this.calls.push({
        at: this.at(dayOf, 9, 22),
        from: number,
        to: '121',
        type: 'Voicemail',
        duration: 20,
        text: null,
      });
  }
}

interface LinePlan {
  customers: string[];
  from: number;
  to: number;
  broadcasts: boolean;
  text: string;
}

/** A deal line: short calls from customers, and bulk texts that they answer. */
function dealLine(world: World, line: string, { customers, from, to, broadcasts, text }: LinePlan): void {
  const { random } = world;
  for (let dayOf = from; dayOf < to; dayOf += 1) {
    for (const customer of customers)
      if (random.chance(0.25)) world.call(world.at(dayOf, 9.5, 23.5), customer, line, random.between(5, 50));
    if (!broadcasts || random.chance(0.15)) continue;
    for (const at of [world.at(dayOf, 10, 11.5), world.at(dayOf, 16, 18)]) {
      for (const customer of random.some(customers, Math.max(12, Math.floor(customers.length * 0.6)))) {
        const sent = at + random.between(0, 4 * minute);
        world.sms(sent, line, customer, text);
        if (random.chance(0.3))
          world.call(sent + random.between(2 * minute, 50 * minute), customer, line, random.between(5, 45));
      }
    }
  }
}

/** Where a phone is that goes to another town now and then: spans of absence from home. */
function awayAt(home: string, away: string, spans: readonly [number, number][]) {
  return (at: number) => (spans.some(([from, to]) => at >= from && at < to) ? away : home);
}

export function plantCalls(seed: number, days = 42): PlantedData {
  const world = new World(seed, days);
  const { random } = world;
  const number: Record<string, string> = {};
  const innocent: Record<string, string> = {};
  const planted: Planted[] = [];
  const alsoTrue: Planted[] = [];
  const townspeople = world.numbersOf(260);

  // The planted -------------------------------------------------------------------------------
  const line = world.subject(world.newNumber(), { town: hub });
  number.line = line;
  dealLine(world, line, {
    customers: random.some(townspeople, 45),
    from: 0,
    to: days,
    broadcasts: true,
    text: 'Jay is on. Best of both, 3 for 25. Ring now',
  });
  planted.push({ kind: 'broadcast', phones: [line] }, { kind: 'customers', phones: [line] });

  const change = random.between(16, 24);
  const oldBase = random.some(townspeople, 40);
  const [oldLine, newLine] = [world.newNumber(), world.newNumber()];
  const lineImei = world.newImei();
  const sameHandset = random.chance(0.5);
  world.subject(oldLine, { town: hub, imeiAt: () => lineImei });
  world.subject(newLine, { town: hub, ...(sameHandset ? { imeiAt: () => lineImei } : {}) });
  number.oldLine = oldLine;
  number.newLine = newLine;
  const rebrandSends = random.chance(0.5);
  dealLine(world, oldLine, {
    customers: oldBase,
    from: 0,
    to: change,
    broadcasts: rebrandSends,
    text: 'Max line open all day',
  });
  dealLine(world, newLine, {
    customers: [...random.some(oldBase, 30), ...random.some(townspeople, 8)],
    from: change + random.below(3),
    to: days,
    broadcasts: rebrandSends,
    text: 'New number for Max, delete the old',
  });
  planted.push({ kind: 'rebranded', phones: [oldLine, newLine] });
  if (rebrandSends)
    for (const phone of [oldLine, newLine])
      alsoTrue.push({ kind: 'broadcast', phones: [phone] }, { kind: 'customers', phones: [phone] });
  if (sameHandset) alsoTrue.push({ kind: 'sim-change', phones: [oldLine, newLine] });

  const base = random.some(townspeople, 36);
  const [baseOne, baseTwo] = [
    world.subject(world.newNumber(), { town: market }),
    world.subject(world.newNumber(), { town: market }),
  ];
  number.baseOne = baseOne;
  number.baseTwo = baseTwo;
  const baseSends = random.chance(0.5);
  dealLine(world, baseOne, {
    customers: [...base.slice(0, 26), ...random.some(townspeople, 8)],
    from: 0,
    to: days,
    broadcasts: baseSends,
    text: 'Ace is about',
  });
  dealLine(world, baseTwo, {
    customers: [...base.slice(4, 32), ...random.some(townspeople, 8)],
    from: 0,
    to: days,
    broadcasts: false,
    text: '',
  });
  planted.push({ kind: 'common-numbers', phones: [baseOne, baseTwo] });
  if (baseSends)
    alsoTrue.push({ kind: 'broadcast', phones: [baseOne] }, { kind: 'customers', phones: [baseOne] });

  const swapped = world.newNumber();
  number.swapped = swapped;
  const swapAt = begin + random.between(12, days - 12) * day + 14 * hour;
  const [before, after] = [world.newImei(), world.newImei()];
  world.subject(swapped, { town: market, imeiAt: (at) => (at < swapAt ? before : after) });
  world.chat(swapped, random.some(townspeople, 9), 8);
  planted.push({ kind: 'handset-change', phones: [swapped] });

  const [firstSim, secondSim] = [world.newNumber(), world.newNumber()];
  number.firstSim = firstSim;
  number.secondSim = secondSim;
  const simDay = random.between(15, days - 15);
  const handset = world.newImei();
  world.subject(firstSim, { town: hub, imeiAt: () => handset });
  world.subject(secondSim, { town: hub, imeiAt: () => handset });
  world.chat(firstSim, random.some(townspeople, 5), 7, 0, simDay);
  world.chat(secondSim, random.some(townspeople, 5), 7, simDay, days);
  planted.push({ kind: 'sim-change', phones: [firstSim, secondSim] });

  const trips: [number, number][] = [];
  for (let dayOf = random.between(1, 4); dayOf < days - 3; dayOf += random.between(4, 8)) {
    const from = begin + dayOf * day + random.between(8, 19) * hour;
    trips.push([from, from + random.between(5, 40) * hour]);
  }
  const courier = world.subject(world.newNumber(), { townAt: awayAt(hub, market, trips) });
  const company = world.subject(world.newNumber(), { townAt: awayAt(hub, market, trips) });
  number.courier = courier;
  number.company = company;
  world.chat(courier, [line, ...random.some(townspeople, 7)], 14);
  world.chat(company, [courier, ...random.some(townspeople, 7)], 14);
  // Both are used on the way: otherwise nobody could say when they arrived.
  for (const [from, to] of trips)
    for (const at of [from - 40 * minute, from + 20 * minute, to - 30 * minute, to + 25 * minute])
      for (const phone of [courier, company])
        world.sms(at + random.between(0, 8 * minute), phone, random.pick(townspeople.slice(0, 20)));
  planted.push({ kind: 'courier', phones: [courier] }, { kind: 'co-location', phones: [courier, company] });
  alsoTrue.push({ kind: 'courier', phones: [company] });

  // The innocent ------------------------------------------------------------------------------
  addInnocent(world, townspeople, innocent);
  return { rows: rowsOf(world), planted, alsoTrue, innocent, number };
}

function addInnocent(world: World, townspeople: readonly string[], innocent: Record<string, string>): void {
  const { random, days } = world;
  const taxi = world.subject(world.newNumber(), { town: hub });
  innocent.taxi = taxi;
  for (let dayOf = 0; dayOf < days; dayOf += 1) {
    const isBusy = dayOf % 7 === 4 || dayOf % 7 === 5;
    for (let ride = isBusy ? 60 : 14; ride > 0; ride -= 1) {
      const at = isBusy && ride > 20 ? world.at(dayOf, 22, 23.6) : world.at(dayOf, 7, 23);
      const rider = random.pick(townspeople);
      world.call(at, rider, taxi, random.between(15, 60));
      world.sms(at + random.between(3, 15) * minute, taxi, rider, 'Your taxi is outside');
    }
  }

  const school = world.subject(world.newNumber(), { town: market });
  innocent.school = school;
  const parents = random.some(townspeople, 60);
  for (let dayOf = 0; dayOf < days; dayOf += 1) {
    if (dayOf % 7 >= 5) continue;
    for (const parent of random.some(parents, 4))
      world.call(world.at(dayOf, 8, 9.5), parent, school, random.between(30, 200));
    if (dayOf % 7 === 4) {
      const at = world.at(dayOf, 15, 15.5);
      for (const parent of parents)
        world.sms(at + random.below(5 * minute), school, parent, 'Newsletter is on the web page');
    }
  }

  const round = ['Hollinport', 'Stangarth', 'Merebridge', 'Whinfell', 'Ashgill', 'Thornrigg'];
  const driver = world.subject(world.newNumber(), {
    townAt: (at) => {
      const clock = (at - begin) % day;
      const place = Math.floor((clock - 8 * hour) / (1.5 * hour));
      return place < 0 || place >= round.length ? 'Hollinport' : (round[place] ?? 'Hollinport');
    },
  });
  innocent.driver = driver;
  const receivers = world.numbersOf(300);
  for (let dayOf = 0; dayOf < days; dayOf += 1) {
    if (dayOf % 7 === 6) continue;
    const of = random.some(receivers, 24);
    const at = world.at(dayOf, 7, 7.5);
    for (const [place, receiver] of of.entries()) {
      world.sms(at + place * 15, driver, receiver, 'Your parcel comes today');
      if (random.chance(0.4))
        world.call(
          begin + dayOf * day + 8 * hour + place * 22 * minute,
          driver,
          receiver,
          random.between(10, 60),
        );
    }
  }

  const commuter = world.subject(world.newNumber(), {
    townAt: (at) => {
      const dayOf = Math.floor((at - begin) / day);
      const clock = ((at - begin) % day) / hour;
      return dayOf % 7 < 5 && clock >= 8.4 && clock < 17.6 ? 'Merebridge' : 'Hollinport';
    },
  });
  innocent.commuter = commuter;
  world.chat(commuter, random.some(townspeople, 10), 12);

  const visits: [number, number][] = [9, 30].map((dayOf) => {
    const from = begin + dayOf * day + 11 * hour;
    return [from, from + 30 * hour];
  });
  const visitor = world.subject(world.newNumber(), { townAt: awayAt('Stangarth', 'Hollinport', visits) });
  innocent.visitor = visitor;
  world.chat(visitor, random.some(townspeople, 9), 10);

  const family = random.some(townspeople, 7);
  for (const name of ['familyOne', 'familyTwo']) {
    const phone = world.subject(world.newNumber(), { town: 'Whinfell' });
    innocent[name] = phone;
    world.chat(phone, [...family, ...random.some(townspeople, 7)], 9);
  }

  // Ordinary people of whom there are returns too: in one town all day, some of them friends.
  const friends = random.some(townspeople, 6);
  for (let place = 0; place < 22; place += 1) {
    const phone = world.subject(world.newNumber(), { town: towns[place % 3] ?? hub });
    innocent[`ordinary${place}`] = phone;
    world.chat(
      phone,
      [...random.some(townspeople, random.between(6, 12)), ...(place < 4 ? friends : [])],
      random.between(4, 12),
    );
  }
}

/** The rows of all returns: a call of two subjects stands in both, by clocks that differ by seconds. */
function rowsOf(world: World): PlantedRow[] {
  const rows: PlantedRow[] = [];
  for (const call of world.calls)
    for (const number of new Set([call.from, call.to])) {
      const phone = world.subjects.get(number);
      if (!phone) continue;
      const late = number === call.to ? world.random.below(4) : 0;
      rows.push({
        ...call,
        at: call.at + late,
        subject: number,
        imei: phone.imeiAt(call.at),
        imsi: phone.imsiAt(call.at),
        town: phone.townAt(call.at),
        cell: world.random.below(4),
      });
    }
  return rows.sort((x, y) => x.at - y.at);
}
