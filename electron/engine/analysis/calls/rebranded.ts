/**
 * A line that goes on under a new number: the old one falls silent as the new one begins, and the new one has contacts
 * of the old that chance would not give it. Pure.
 */

import type { CallTable } from './callTable.ts';
import type { ContactSets } from './contacts.ts';
import { chanceShared, isBeyondChance, sharedContacts } from './contacts.ts';
import { handsetsOf } from './devices.ts';
import { lineOfPhone } from './facts.ts';
import { rowsAtOnce, type Steps } from './slices.ts';
import type { Found, Study } from './study.ts';
import {
  day,
  isPerson,
  otherOf,
  percent,
  Score,
  shownDay,
  shownNumber,
  shownSpan,
  startOf,
} from './study.ts';

/** Both numbers are in use for at most so long: the old one sends round the new. */
const overlapSeconds = 3 * day;
/**
 * A number that begins with the data or ends with it may have been in use before or after. Of data of a few days it is a
 * part.
 */
const marginOf = (table: CallTable): number => Math.min(day, (table.last - table.first) / 8);
/** A number known by more phones than this says nothing about two of them. */
const mostKnown = 300;

export interface Life {
  first: number;
  last: number;
}

/** First and last use of a phone: by rows about it where there are any, else by what others did with it. */
export function lifeOf(table: CallTable, phone: number): Life {
  const own = table.ownRowsOf(phone);
  const rows = own.length > 0 ? own : table.rowsOf(phone);
  return { first: startOf(table, rows[0] ?? 0), last: startOf(table, rows.at(-1) ?? 0) };
}

/** Stops after every so many phones, so that others are answered meanwhile. */
export function* findRebranded(
  study: Study,
  sets: ContactSets,
  senders: ReadonlySet<number>,
): Steps<Found[]> {
  const { table, thresholds } = study;
  const found: Found[] = [];
  const holders = yield* holdersOf(table, sets);
  const shared = new Int32Array(table.phones.length);
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    if (phone % rowsAtOnce === 0) yield;
    if (sets.setOf(phone).length < thresholds.rebrandNumbers) continue;
    yield;
    const life = lifeOf(table, phone);
    if (life.first < table.first + marginOf(table)) continue;
    const touched: number[] = [];
    for (const contact of sets.setOf(phone)) {
      const others = holders(contact);
      if (others.length > mostKnown) continue;
      for (const other of others) {
        if (other === phone) continue;
        if (shared[other] === 0) touched.push(other);
        shared[other] = (shared[other] ?? 0) + 1;
      }
    }
    for (const old of touched) {
      const count = shared[old] ?? 0;
      shared[old] = 0;
      if (count < thresholds.rebrandNumbers) continue;
      const change = judge(study, sets, senders, { old, phone, life, count });
      if (change) found.push(change);
    }
  }
  return bestOfEach(found);
}

/** Phones by their contacts. */
export function* holdersOf(
  table: CallTable,
  sets: ContactSets,
): Steps<(contact: number) => readonly number[]> {
  const holders: number[][] = table.phones.map(() => []);
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    if (phone % 512 === 0) yield;
    for (const contact of sets.setOf(phone)) holders[contact]?.push(phone);
  }
  return (contact) => holders[contact] ?? [];
}

function judge(
  study: Study,
  sets: ContactSets,
  senders: ReadonlySet<number>,
  pair: { old: number; phone: number; life: Life; count: number },
): Found | null {
  const { table, thresholds, facts } = study;
  const { old, phone, life, count } = pair;
  const oldLife = lifeOf(table, old);
  const gap = life.first - oldLife.last;
  if (gap < -overlapSeconds || gap > thresholds.rebrandDays * day) return null;
  const margin = marginOf(table);
  if (oldLife.last > table.last - margin || life.last - oldLife.last < margin) return null;
  // Both in use for most of the data: two numbers, and not one after the other.
  if (-gap > (table.last - table.first) / 4) return null;
  const share = count / Math.min(sets.setOf(old).length, sets.setOf(phone).length);
  if (share * 100 < thresholds.rebrandPercent) return null;
  if (!isBeyondChance(count, chanceShared(sets, old, phone))) return null;
  const score = new Score(55);
  score.add(
    share >= 0.6 ? 20 : share >= 0.45 ? 10 : 0,
    `${shownNumber(table, phone)} has ${count} contacts that ${shownNumber(table, old)} had: ${percent(share)}, many more than chance would give.`,
  );
  const passed =
    gap < 0
      ? `${shownSpan(-gap)} before the last use of the old one`
      : `${shownSpan(gap)} after the last use of the old one`;
  score.add(
    Math.abs(gap) <= overlapSeconds ? 10 : 0,
    `The new number begins on ${shownDay(life.first)}, ${passed}.`,
  );
  if (sharesHandset(table, old, phone)) score.add(10, 'Both numbers were used in one handset.');
  const isSender = senders.has(old) || senders.has(phone);
  if (isSender)
    score.add(
      10,
      senders.has(old) && senders.has(phone)
        ? 'Both numbers send bulk texts.'
        : 'One of the numbers sends bulk texts.',
    );
  const line = lineOfPhone(facts, table.phones[old]?.id) ?? lineOfPhone(facts, table.phones[phone]?.id);
  if (line) score.add(5, `${line.ref} ${line.name} has one of the numbers.`);
  const lastOwn = table.ownRowsOf(old).at(-1);
  if (lastOwn !== undefined && table.endOfReturn(lastOwn) - oldLife.last < day)
    score.add(-5, 'The return of the old number may end there: no row of the same sheet is much later.');
  if (!isSender && !line)
    score.add(-10, 'Neither sends bulk texts: anybody who changes their number takes contacts along.');
  if (count < 2 * thresholds.rebrandNumbers && !isSender)
    score.add(-5, 'A family or a firm of that size shares as many contacts.');
  return {
    kind: 'rebranded',
    phones: [phone, old],
    refs: line ? [line.ref] : [],
    from: Math.min(oldLife.last, life.first),
    to: Math.max(oldLife.last, life.first),
    score: score.value,
    reasons: score.reasons,
    against: score.against,
    rule: `${thresholds.rebrandNumbers} contacts and ${thresholds.rebrandPercent} % carried over within ${thresholds.rebrandDays} days`,
    rows: rowsWith(table, [old, phone], new Set(sharedContacts(sets, old, phone))),
  };
}

export function sharesHandset(table: CallTable, one: number, other: number): boolean {
  const handsets = handsetsOf(table, one);
  return table.ownRowsOf(other).some((row) => handsets.has(table.imei[row] ?? 0));
}

/** First and last row of each of these phones with each of these contacts. */
export function rowsWith(
  table: CallTable,
  phones: readonly number[],
  contacts: ReadonlySet<number>,
): number[] {
  const rows: number[] = [];
  for (const phone of phones) {
    const [first, last] = [new Map<number, number>(), new Map<number, number>()];
    for (const row of table.rowsOf(phone)) {
      const other = otherOf(table, row, phone);
      if (!contacts.has(other) || !isPerson(table, other)) continue;
      if (!first.has(other)) first.set(other, row);
      last.set(other, row);
    }
    rows.push(...new Set([...first.values(), ...last.values()]));
  }
  return rows;
}

/** A number has one predecessor and one successor: the strongest. */
function bestOfEach(found: Found[]): Found[] {
  const [olds, news] = [new Set<number>(), new Set<number>()];
  return [...found]
    .sort((x, y) => y.score - x.score || y.rows.length - x.rows.length)
    .filter(({ phones: [phone = -1, old = -1] }) => {
      if (news.has(phone) || olds.has(old)) return false;
      news.add(phone);
      olds.add(old);
      return true;
    });
}
