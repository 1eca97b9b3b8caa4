/** What a copy has, told in every package: the others then send what it lacks and no more. */
import { z } from 'zod';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, run } from '../database/sql.ts';
import type { ExchangeDocument } from './document.ts';
import { readHeadsOfJournals } from './entries.ts';
import { readOther } from './registers.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const Inventory = z.strictObject({
  /** Heads of the merge document. */
  heads: z.array(hash).max(10_000),
  /** Journals by copy: number and hash of the newest entry. */
  entries: z.record(z.string().regex(/^[0-9a-f]{32}$/), z.tuple([z.int().min(0), hash])),
  /** Imports that it knows, by number: how often each was undone and redone, or -1 where its rows are not here. */
  imports: z.record(z.string().regex(/^\d{1,15}$/), z.int().min(-1)),
  photographs: z.array(z.int()).max(1_000_000),
  packs: z.array(z.int()).max(1_000_000),
  keys: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(1000),
});
export type Inventory = z.infer<typeof Inventory>;

const ids = (database: ReadDatabase, table: 'photograph' | 'pack') =>
  all<{ id: number }>(database, `SELECT id FROM ${table} ORDER BY id`).map(({ id }) => id);

/** What is here. `document` holds everything that stands. */
export function readInventory(database: ReadDatabase, document: ExchangeDocument): Inventory {
  const imports: Record<string, number> = {};
  const registers = document.read();
  for (const { id, state } of all<{ id: number; state: string }>(database, 'SELECT id, state FROM import')) {
    const register = registers.get(`import/${id}`);
    imports[id] = state === 'standing' && register ? readOther('import', register.value).turn : -1;
  }
  return {
    heads: [...document.heads],
    entries: Object.fromEntries(
      [...readHeadsOfJournals(database)].map(([copy, head]) => [copy, [head.seq, head.hash]] as const),
    ),
    imports,
    photographs: ids(database, 'photograph'),
    packs: ids(database, 'pack'),
    keys: all<{ id: string }>(database, 'SELECT id FROM exchange_key').map(({ id }) => id),
  };
}

/** What a copy was last known to have; null where nothing is known. */
export function knownInventory(database: ReadDatabase, copy: string): Inventory | null {
  const text = get<{ inventory: string | null }>(
    database,
    'SELECT inventory FROM exchange_copy WHERE id = ?',
    copy,
  )?.inventory;
  return text == null ? null : Inventory.parse(JSON.parse(text));
}

/** What all of these have. Of heads that are not shared both are named: the sender leaves out what any known head led to. */
export function commonInventory(inventories: readonly Inventory[]): Inventory | null {
  const [first, ...rest] = inventories;
  if (!first) return null;
  const shared = <Item>(of: (inventory: Inventory) => readonly Item[]) => {
    const others = rest.map((other) => new Set(of(other)));
    return of(first).filter((item) => others.every((other) => other.has(item)));
  };
  const entries: Inventory['entries'] = {};
  for (const [copy, head] of Object.entries(first.entries)) {
    const heads = [head, ...rest.map((other) => other.entries[copy])];
    if (heads.some((each) => each === undefined)) continue;
    const [lowest] = (heads as [number, string][]).sort((a, b) => a[0] - b[0]);
    if (lowest) entries[copy] = lowest;
  }
  const imports = Object.fromEntries(
    Object.entries(first.imports).filter(([id, turn]) => rest.every((other) => other.imports[id] === turn)),
  );
  return {
    // Heads that one of them lacks: then from the beginning, which costs little and is never wrong.
    heads: shared(({ heads }) => heads),
    entries,
    imports,
    photographs: shared(({ photographs }) => photographs),
    packs: shared(({ packs }) => packs),
    keys: shared(({ keys }) => keys),
  };
}

/** What a copy said that it has. Inside a transaction. */
export function keepInventory(database: WriteDatabase, copy: string, inventory: Inventory, at: string): void {
  run(
    database,
    'UPDATE exchange_copy SET inventory = ?, inventory_at = ? WHERE id = ?',
    JSON.stringify(inventory),
    at,
    copy,
  );
}
