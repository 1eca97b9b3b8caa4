/** What several analyses and pictures work with, made once for a table. */

import type { CallTable } from './callTable.ts';
import type { ContactSets } from './contacts.ts';
import { contactSets } from './contacts.ts';
import type { Towns } from './movement.ts';
import { learnTowns } from './movement.ts';
import type { Steps } from './slices.ts';

const setsOf = new WeakMap<CallTable, ContactSets>();
const townsOf = new WeakMap<CallTable, { minutes: number; towns: Towns }>();

export function* setsOfTable(table: CallTable): Steps<ContactSets> {
  const known = setsOf.get(table) ?? (yield* contactSets(table));
  setsOf.set(table, known);
  return known;
}

export function* townsOfTable(table: CallTable, minutes: number): Steps<Towns> {
  const known = townsOf.get(table);
  if (known?.minutes === minutes) return known.towns;
  const towns = yield* learnTowns(table, minutes);
  townsOf.set(table, { minutes, towns });
  return towns;
}
