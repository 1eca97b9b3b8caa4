import { addDays } from '../dates.ts';
import { makePhone } from '../identifiers.ts';
import { createRandom, type RandomSource } from '../random.ts';
import { lineNumber, phones, runnerNumber } from '../world.ts';

export interface CallEvent {
  /** Local UK time, `YYYY-MM-DDTHH:MM:SS`. */
  at: string;
  from: string;
  to: string;
  type: 'Voice' | 'SMS' | 'Voicemail';
  direction: 'In' | 'Out';
  duration: number;
  subject: 'line' | 'runner';
  cell: Cell | null;
  lastCell: Cell | null;
}

interface Cell {
  id: string;
  name: string;
}

/** The line's SIM goes into another handset on this day; the IMSI stays. */
export const handsetSwapDate = '2026-10-19';
export const firstDay = '2026-09-14';
export const lastDay = '2026-11-22';
const dayCount = 70;

const hubCells: readonly Cell[] = [
  { id: 'AM1041', name: 'Cordwainer Pt' },
  { id: 'AM1042', name: 'Vetch Rd' },
  { id: 'AM1077', name: 'Foundry Cres' },
  { id: 'AM1103', name: 'Coppice Ln' },
];
const marketCells: readonly (readonly Cell[])[] = [
  [
    { id: 'FE2011', name: 'Hollinbeck Stn' },
    { id: 'FE2012', name: 'Dyehouse Ln' },
  ],
  [
    { id: 'FE2034', name: 'Stangarth Mkt' },
    { id: 'FE2036', name: 'Whinfell' },
  ],
  [
    { id: 'FE2050', name: 'Merebridge' },
    { id: 'FE2053', name: 'Ferry Steps' },
  ],
  [{ id: 'FE2071', name: 'Thornrigg Stn' }],
];

function writeTime(seconds: number): string {
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`;
}

/** Numbers of two hundred customers. */
const customers = Array.from({ length: 200 }, (_, index) => makePhone(500 + index));
const inner = phones
  .filter((phone) => phone.number !== lineNumber && phone.number !== runnerNumber)
  .slice(1, 20);

/** Where the runner is: the hub on the evenings of restocking, otherwise one market town a day. */
function findRunnerCells(day: number, seconds: number): readonly Cell[] {
  const restock = day % 7 === 0 || day % 7 === 3;
  if (restock && seconds > 18 * 3600) return hubCells;
  return marketCells[day % marketCells.length] ?? hubCells;
}

/**
 * Exactly `count` events in order of time, none of them twice. Two or three times a day the line texts
 * thirty or so customers within one minute, and their calls follow.
 */
export function makeCallEvents(count: number): CallEvent[] {
  const random = createRandom(417);
  const events = new Map<string, CallEvent>();
  const add = (day: number, seconds: number, event: Omit<CallEvent, 'at' | 'cell' | 'lastCell'>): void => {
    if (seconds >= 86_400 || events.size >= count) return;
    const at = `${addDays(firstDay, day)}T${writeTime(seconds)}`;
    const key = `${event.from} ${event.to} ${at}`;
    if (events.has(key)) return;
    const cells = event.subject === 'line' ? hubCells : findRunnerCells(day, seconds);
    // Text messages carry no cell in this network's results.
    const cell = event.type === 'SMS' ? null : random.pick(cells);
    const lastCell = cell === null ? null : random.chance(0.8) ? cell : random.pick(cells);
    events.set(key, { ...event, at, cell, lastCell });
  };
  for (let day = 0; day < dayCount; day += 1) {
    addBroadcasts(random, day, add);
    addServiceCalls(random, day, add);
    addInnerCircle(random, day, add);
  }
  while (events.size < count) {
    const day = random.between(0, dayCount - 1);
    addCustomerCall(random, day, random.between(10 * 3600, 23 * 3600), random.pick(customers), add);
  }
  return [...events.values()].sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
}

type AddEvent = (day: number, seconds: number, event: Omit<CallEvent, 'at' | 'cell' | 'lastCell'>) => void;

function addCustomerCall(
  random: RandomSource,
  day: number,
  seconds: number,
  customer: string,
  add: AddEvent,
): void {
  const duration = random.between(4, 55);
  add(day, seconds, {
    from: customer,
    to: lineNumber,
    type: 'Voice',
    direction: 'In',
    duration,
    subject: 'line',
  });
}

function addBroadcasts(random: RandomSource, day: number, add: AddEvent): void {
  const hours = day % 7 === 6 ? [12, 20] : [10, 15, 19];
  for (const hour of hours) {
    const start = hour * 3600 + random.between(5, 50) * 60;
    const offset = random.between(0, customers.length - 1);
    const reach = random.between(28, 40);
    for (let index = 0; index < reach; index += 1) {
      const customer = customers[(offset + index * 3) % customers.length] ?? lineNumber;
      // All within one minute: the mark of a broadcast.
      const seconds = start + random.between(0, 59);
      add(day, seconds, {
        from: lineNumber,
        to: customer,
        type: 'SMS',
        direction: 'Out',
        duration: 0,
        subject: 'line',
      });
      if (random.chance(0.6)) addCustomerCall(random, day, start + random.between(90, 4_500), customer, add);
    }
  }
}

function addServiceCalls(random: RandomSource, day: number, add: AddEvent): void {
  const seconds = random.between(9 * 3600, 22 * 3600);
  const line = { from: lineNumber, direction: 'Out', subject: 'line' } as const;
  const duration = random.between(10, 40);
  if (day % 2 === 0) add(day, seconds, { ...line, to: '121', type: 'Voicemail', duration });
  // Short codes: top-ups and balance checks.
  if (day % 5 === 1) add(day, seconds + 60, { ...line, to: '4441', type: 'SMS', duration: 0 });
  const runner = { from: '60777', to: runnerNumber, direction: 'In', subject: 'runner' } as const;
  if (day % 9 === 4) add(day, seconds + 120, { ...runner, type: 'SMS', duration: 0 });
}

function addInnerCircle(random: RandomSource, day: number, add: AddEvent): void {
  for (let turn = random.between(14, 22); turn > 0; turn -= 1) {
    const seconds = random.between(9 * 3600, 24 * 3600 - 1);
    const type = random.chance(0.5) ? 'Voice' : 'SMS';
    const duration = type === 'SMS' ? 0 : random.between(8, 240);
    const subject = { from: lineNumber, to: runnerNumber, subject: 'line' } as const;
    add(day, seconds, { ...subject, type, direction: 'Out', duration });
  }
  for (let turn = random.between(24, 40); turn > 0; turn -= 1) {
    const seconds = random.between(8 * 3600, 24 * 3600 - 1);
    const other = random.pick(inner).number;
    const outgoing = random.chance(0.55);
    const type = random.chance(0.6) ? 'SMS' : 'Voice';
    const duration = type === 'SMS' ? 0 : random.between(5, 400);
    const [from, to] = outgoing ? [runnerNumber, other] : [other, runnerNumber];
    add(day, seconds, { from, to, type, direction: outgoing ? 'Out' : 'In', duration, subject: 'runner' });
  }
}
