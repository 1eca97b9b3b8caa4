/** What several analyses and pictures work with, made once for a table. */
import type { CallTable } from './callTable.ts';
import type { ContactSets } from './contacts.ts';
import { contactSets } from './contacts.ts';
import type { Towns } from './movement.ts';
import { learnTowns } from './movement.ts';

const setsOf = new WeakMap<CallTable, ContactSets>();
const townsOf = new WeakMap<CallTable, { minutes: number; towns: Towns }>();

export function setsOfTable(table: CallTable): ContactSets {
  const known = setsOf.get(table) ?? contactSets(table);
  setsOf.set(table, known);
  return known;
}

export function townsOfTable(table: CallTable, minutes: number): Towns {
  const known = townsOf.get(table);
  if (known?.minutes === minutes) return known.towns;
  const towns = learnTowns(table, minutes);
  townsOf.set(table, { minutes, towns });
  return towns;
}
