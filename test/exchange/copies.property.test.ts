/**
 * Random work on three copies, exchanged in random orders: all end equal, and no edit is lost. Every edit stands, or
 * is the other value of a conflict, or was changed or undone by somebody who knew of it.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { mergeRows } from '../../electron/engine/entities/merge.ts';
import { openConflicts } from '../../electron/engine/exchange/conflicts.ts';
import { listCopies } from '../../electron/engine/exchange/copies.ts';
import { readStanding } from '../../electron/engine/exchange/registers.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { parseRef } from '../../shared/grid/grids.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from '../engine/support.ts';
import { allRows, cleanUp, dumpGrids, importPaths, makeFolder, sessionOf } from '../engine/support.ts';
import { makeCopies, makeFor, take } from './support.ts';

afterAll(cleanUp);

const folder = makeFolder();
/** Small files that speak of the same few people, numbers and addresses, so that the copies import the same things. */
const files = [
  [
    'people.csv',
    'Name,DOB,Mobile,Home address,Postcode\nMaud Ellery,03/04/1990,07700900001,4 Kiln Row,FE1 2HJ\nAlec Thorne,05/06/1988,07700900002,9 Mill Lane,FE1 3AB\n',
  ],
  [
    'more.csv',
    'Name,DOB,Mobile,Home address,Postcode,Sex\nBram Ostler,09/09/1999,07700900003,4 Kiln Row,FE1 2HJ,M\nMaud Ellery,03/04/1990,07700900004,1 Tenter Bank,FE1 4AA,F\n',
  ],
  [
    'subs.csv',
    'Telephone Number,Subscriber,Network\n07700900001,M Ellery,Example\n07700900005,A Thorne,Example\n',
  ],
  [
    'calls.csv',
    'A Number,B Number,Call Type,Start Date,Start Time,Duration (s)\n07700900001,07700900005,Voice,14/09/2026,08:14:09,12\n07700900006,07700900001,SMS,15/09/2026,09:00:00,0\n',
  ],
].map(([name = '', text = '']) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
});

const runs = Number(process.env.FELLSIDE_RUNS ?? 6);
const copy = fc.nat(2);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('set' as const), copy, pick: fc.nat(9), field: fc.nat(1) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), copy, pick: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), copy, pick: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('target' as const), copy, pick: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), copy, pick: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), copy, pick: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), copy }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redo' as const), copy }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('exchange' as const), copy, to: copy, narrow: fc.boolean() }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Edit {
  id: number;
  grid: GridName;
  row: number;
  field: string;
  value: string;
  /** Edits that its author's copy held. */
  knew: ReadonlySet<number>;
}

/** What is told of the edits: who knows which, and which somebody took back. */
class Ledger {
  readonly edits: Edit[] = [];
  private readonly known: Set<number>[] = [new Set(), new Set(), new Set()];
  private readonly bySeq = [new Map<number, Edit>(), new Map<number, Edit>(), new Map<number, Edit>()];
  private readonly excused = new Set<number>();
  private next = 1;

  value = () => `said ${this.next}`;

  add(at: number, seq: number, place: Pick<Edit, 'grid' | 'row' | 'field'>, value: string): void {
    const edit = { id: this.next++, ...place, value, knew: new Set(this.known[at]) };
    this.edits.push(edit);
    this.known[at]?.add(edit.id);
    this.bySeq[at]?.set(seq, edit);
  }

  undone(at: number, seq: number, back: boolean): void {
    const edit = this.bySeq[at]?.get(seq);
    if (!edit) return;
    if (back) this.excused.delete(edit.id);
    else this.excused.add(edit.id);
  }

  /** Whoever removes a row, or undoes its adding, does away with the edits that are known there. */
  gone(at: number, grid: GridName, row: number): void {
    for (const edit of this.edits)
      if (edit.grid === grid && edit.row === row && this.known[at]?.has(edit.id)) this.excused.add(edit.id);
  }

  met(from: number, to: number): void {
    for (const id of this.known[from] ?? []) this.known[to]?.add(id);
  }

  /** Edits that have to be seen somewhere. */
  owed(): Edit[] {
    return this.edits.filter(
      (edit) =>
        !this.excused.has(edit.id) &&
        !this.edits.some(
          (later) =>
            later.knew.has(edit.id) &&
            later.grid === edit.grid &&
            later.row === edit.row &&
            later.field === edit.field,
        ),
    );
  }
}

async function refAt(bench: Bench, grid: GridName, pick: number): Promise<string | null> {
  const rows = await allRows(bench.client, grid);
  return rows[pick % Math.max(rows.length, 1)]?.ref ?? null;
}

const names = ['Maud Ellery', 'Alec Thorne', 'Bram Ostler'];
const refusals = ['invalid', 'journal.nothing', 'journal.blocked', 'exchange.gap'];

async function work(benches: readonly Bench[], ledger: Ledger, wanted: Step): Promise<void> {
  const bench = benches[wanted.copy];
  if (!bench) throw new Error('three copies');
  const { client } = bench;
  switch (wanted.do) {
    case 'add':
      await client.records.add({ grid: 'people', values: { name: names[wanted.pick] ?? '' } });
      return;
    case 'set': {
      const ref = await refAt(bench, 'people', wanted.pick);
      const found = ref && parseRef(ref);
      if (!ref || !found) return;
      const field = wanted.field === 0 ? 'note' : 'description';
      const value = ledger.value();
      const { seq } = await client.records.set({ edits: [{ ref, values: { [field]: value } }] });
      if (seq !== null) ledger.add(wanted.copy, seq, { grid: 'people', row: found.id, field }, value);
      return;
    }
    case 'remove': {
      const ref = await refAt(bench, 'people', wanted.pick);
      const found = ref && parseRef(ref);
      if (!ref || !found) return;
      await client.records.remove({ refs: [ref] });
      ledger.gone(wanted.copy, 'people', found.id);
      return;
    }
    case 'target': {
      const ref = await refAt(bench, 'people', wanted.pick);
      if (ref) await client.records.makeTargets({ refs: [ref] });
      return;
    }
    case 'import':
      await importPaths(bench, [files[wanted.pick] ?? '']);
      return;
    case 'merge': {
      const rows = await allRows(client, 'people');
      const [one, other] = [rows[wanted.pick % Math.max(rows.length, 1)], rows[0]];
      if (!one || !other || one.ref === other.ref) return;

      await sessionOf(bench).exclusively(() => mergeRows(sessionOf(bench), [other.ref, one.ref]));
      return;
    }
    case 'undo': {
      const { seq } = await client.history.undo({});
      ledger.undone(wanted.copy, seq, false);
      return;
    }
    case 'redo': {
      const { seq } = await client.history.redo();
      ledger.undone(wanted.copy, seq, true);
      return;
    }
    case 'exchange':
      if (wanted.to !== wanted.copy) await exchange(benches, ledger, wanted.copy, wanted.to, wanted.narrow);
  }
}

async function exchange(
  benches: readonly Bench[],
  ledger: Ledger,
  from: number,
  to: number,
  narrow: boolean,
): Promise<void> {
  const [sender, taker] = [benches[from], benches[to]];
  if (!sender || !taker) throw new Error('three copies');
  // A copy that has not heard of another yet makes its packages for all.
  const isKnown = listCopies(sessionOf(sender).reader).length === 3;
  const made = await makeFor(sender, narrow && isKnown ? ['0', 'A', 'C'][to] : undefined);
  await take(taker, made.path);
  ledger.met(from, to);
}

const conflictsOf = (bench: Bench) => openConflicts(sessionOf(bench).reader);

async function stateOf(bench: Bench) {
  return {
    grids: await dumpGrids(bench.client),
    imports: (await allRows(bench.client, 'imports')).map(({ ref, state, rows }) => ({ ref, state, rows })),
    sources: (await allRows(bench.client, 'sources')).map(({ ref }) => ref),
    conflicts: conflictsOf(bench),
  };
}

it(
  'three copies edited apart and exchanged in any order end equal, and no edit is lost',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
        const benches = await makeCopies(2);
        const ledger = new Ledger();
        try {
          for (const wanted of steps) {
            try {
              await work(benches, ledger, wanted);
            } catch (error) {
              if (!(error instanceof AppError) || !refusals.includes(error.code)) throw error;
            }
          }
          // Until all is quiet: what one brings together another may not have seen.
          for (let round = 0; round < 3; round += 1)
            for (const [from, to] of [
              [1, 0],
              [2, 0],
              [0, 1],
              [0, 2],
            ] as const)
              await exchange(benches, ledger, from, to, round % 2 === 0);
          const [first, ...others] = await Promise.all(benches.map(stateOf));
          for (const other of others) expect(other).toEqual(first);
          const [bench] = benches;
          if (!bench) throw new Error('three copies');
          const standing = new Set(
            readStanding(sessionOf(bench).reader).map(
              ({ grid, row_id, field, value }) => `${grid}/${row_id}/${field}=${value}`,
            ),
          );
          const shown = JSON.stringify(conflictsOf(bench));
          for (const edit of ledger.owed())
            expect(
              standing.has(`${edit.grid}/${edit.row}/${edit.field}=${edit.value}`) ||
                shown.includes(`"${edit.value}"`),
              `${edit.value} of ${edit.grid} ${edit.row} is lost`,
            ).toBe(true);
          for (const each of benches) expect(await each.client.history.verify()).toMatchObject({ ok: true });
        } finally {
          for (const bench of benches) await bench.engine.close();
        }
      }),
      {
        numRuns: runs,
        endOnFailure: process.env.FELLSIDE_SHRINK === undefined,
      },
    );
  },
  60_000 + runs * 30_000,
);
