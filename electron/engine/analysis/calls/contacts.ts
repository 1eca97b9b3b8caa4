/** Who a phone is in contact with, and how many phones each number is in contact with. Pure. */

import type { CallTable } from './callTable.ts';
import { kindCode } from './callTable.ts';
import { rowsAtOnce, type Steps } from './slices.ts';
import { day, isContact, isPerson, otherOf, startOf } from './study.ts';

export interface Contact {
  phone: number;
  /** Calls and texts from the phone to the contact, and the other way. */
  out: number;
  in: number;
  texts: number;
  /** Seconds spoken. */
  duration: number;
  first: number;
  last: number;
  /** Days on which there was any. */
  days: number;
  isService: boolean;
}

/** Contacts of a phone, the most frequent first. Services and voicemail are among them and say so. */
export function contactsOf(table: CallTable, phone: number): Contact[] {
  const found = new Map<number, Contact & { lastDay: number }>();
  for (const row of table.rowsOf(phone)) {
    const other = otherOf(table, row, phone);
    if (other < 0 || other === phone || table.kind[row] === kindCode.data) continue;
    const at = startOf(table, row);
    let contact = found.get(other);
    if (!contact) {
      const isService = !isPerson(table, other) || table.kind[row] === kindCode.voicemail;
      contact = {
        phone: other,
        out: 0,
        in: 0,
        texts: 0,
        duration: 0,
        first: at,
        last: at,
        days: 0,
        isService,
        lastDay: -1,
      };
      found.set(other, contact);
    }
    if (table.from[row] === phone) contact.out += 1;
    else contact.in += 1;
    if (table.kind[row] === kindCode.text) contact.texts += 1;
    contact.duration += Math.max(0, table.duration[row] ?? 0);
    contact.last = at;
    const ofDay = Math.floor(at / day);
    if (ofDay !== contact.lastDay) contact.days += 1;
    contact.lastDay = ofDay;
  }
  return [...found.values()]
    .map(({ lastDay: _, ...contact }) => contact)
    .sort((x, y) => y.out + y.in - x.out - x.in || x.phone - y.phone);
}

/** Contacts of every phone as sets of places: services left out. */
export interface ContactSets {
  setOf(phone: number): Int32Array;
  /** How many phones a number is in contact with. */
  degree: Int32Array;
  /** Of all ordinary numbers. */
  totalDegree: number;
  /** Room to mark the contacts of one phone: its place + 1 stands at each of them. */
  marks: { of: number; places: Int32Array };
}

export function* contactSets(table: CallTable): Steps<ContactSets> {
  const sets: Int32Array[] = [];
  const seen = new Int32Array(table.phones.length).fill(-1);
  const degree = new Int32Array(table.phones.length);
  let totalDegree = 0;
  const buffer: number[] = [];
  let looked = 0;
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    buffer.length = 0;
    if (phone % rowsAtOnce === 0) yield;
    if (isPerson(table, phone))
      for (const row of table.rowsOf(phone)) {
        looked += 1;
        if (looked % rowsAtOnce === 0) yield;
        const other = otherOf(table, row, phone);
        if (other === phone || !isPerson(table, other) || seen[other] === phone || !isContact(table, row))
          continue;
        seen[other] = phone;
        buffer.push(other);
      }
    sets.push(Int32Array.from(buffer));
    degree[phone] = buffer.length;
    totalDegree += buffer.length;
  }
  const none = new Int32Array(0);
  return {
    setOf: (phone) => sets[phone] ?? none,
    degree,
    totalDegree,
    marks: { of: -1, places: new Int32Array(table.phones.length) },
  };
}

/** Contacts that two phones share. */
export function sharedContacts(sets: ContactSets, one: number, other: number): number[] {
  const own = new Set(sets.setOf(one));
  return [...sets.setOf(other)].filter((phone) => own.has(phone) && phone !== one && phone !== other);
}

/**
 * How many contacts two phones would share by chance: each contact of the one is met by the other as often as third
 * phones meet it. The town's taxi firm is met by everybody and counts for little, a number that nobody else knows for
 * nothing.
 */
export function chanceShared(sets: ContactSets, one: number, other: number): number {
  const { marks } = sets;
  if (marks.of !== one) {
    // The same phone is mostly asked about with many others in a row.
    for (const contact of sets.setOf(one)) marks.places[contact] = one + 1;
    marks.of = one;
  }
  const size = sets.setOf(one).length;
  // Every contact is counted from both ends.
  const links = Math.max(1, (sets.totalDegree - size - sets.setOf(other).length) / 2);
  let expected = 0;
  for (const contact of sets.setOf(other)) {
    const elsewhere = (sets.degree[contact] ?? 0) - (marks.places[contact] === one + 1 ? 2 : 1);
    expected += Math.min(1, ((elsewhere + 0.1) * size) / links);
  }
  return expected;
}

/** Whether two phones share far more contacts than chance gives. */
export function isBeyondChance(shared: number, chance: number): boolean {
  return shared >= 2.5 * chance && shared >= chance + 4 * Math.sqrt(chance);
}
