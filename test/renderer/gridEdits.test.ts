/** Saving cells from the grid, one and many, while somebody else changes the same rows. */
/// <reference path="../../electron/engine/plan/nspell.d.ts" />
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { keptKeys } from '../../renderer/app/drafts.ts';
import { createCellEdits } from '../../renderer/grid/edits.ts';
import type { EngineClient } from '../../shared/contract/client.ts';
import { findColumn, grids } from '../../shared/grid/grids.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import { allRows, cleanUp, makeWorkspace } from '../engine/support.ts';

const bench = await makeWorkspace();
const { client } = bench;
const edits = createCellEdits({
  grid: 'officers',
  client: client as unknown as EngineClient,
  onRows: () => undefined,
  onMarks: () => undefined,
});
let rows: GridRow[] = [];

const officer = (index: number) => {
  const row = rows[index];
  if (!row) throw new Error(`no officer ${index}`);
  return row;
};
const column = (field: string) => {
  const found = findColumn(grids.officers, field);
  if (!found) throw new Error(`no column ${field}`);
  return found;
};
const now = async (field: string) =>
  (await allRows(client, 'officers')).slice(-3).map((row) => row[field] ?? null);
const undoSummary = async () => (await client.workspace.status()).undo.undo?.summary;

beforeEach(async () => {
  for (const name of ['R. Alder', 'S. Birch', 'T. Cedar'])
    await client.records.add({ grid: 'officers', values: { name, note: 'Whitby' } });
  rows = (await allRows(client, 'officers')).slice(-3);
});

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('many cells', () => {
  it('are one step, and one undo takes it back', async () => {
    const outcome = await edits.saveMany(rows.map((row) => ({ row, values: { note: 'Thirsk' } })));
    expect(outcome).toEqual({ changed: 3, stale: 0 });
    expect(await now('note')).toEqual(['Thirsk', 'Thirsk', 'Thirsk']);
    await client.history.undo({});
    expect(await now('note')).toEqual(['Whitby', 'Whitby', 'Whitby']);
  });

  it('are not kept as drafts one by one while they are saved: a workspace holds few drafts', async () => {
    const typed = edits.save(officer(0), column('name'), { ok: true, value: 'R. Ash' });
    expect(keptKeys()).toEqual([`cell/${officer(0).ref}/name`]);
    const outcome = edits.saveMany(rows.map((row) => ({ row, values: { note: 'Thirsk' } })));
    expect(edits.find(officer(1).ref, 'note')).toMatchObject({ state: 'pending' });
    expect(keptKeys()).toEqual([`cell/${officer(0).ref}/name`]);
    await typed;
    expect(await outcome).toEqual({ changed: 3, stale: 0 });
    expect(keptKeys()).toEqual([]);
  });

  it('that are so already are no step', async () => {
    const before = await undoSummary();
    expect(await edits.saveMany(rows.map((row) => ({ row, values: { note: 'Whitby' } })))).toEqual({
      changed: 0,
      stale: 0,
    });
    expect(await undoSummary()).toBe(before);
  });

  it('leave a value that changed underneath, and tell both', async () => {
    const { ref } = officer(1);
    await client.records.set({ edits: [{ ref, values: { note: 'Malton' } }] });
    const outcome = await edits.saveMany(rows.map((row) => ({ row, values: { note: 'Thirsk' } })));
    expect(outcome).toEqual({ changed: 2, stale: 1 });
    expect(await now('note')).toEqual(['Thirsk', 'Malton', 'Thirsk']);
    expect(edits.find(ref, 'note')).toMatchObject({ state: 'stale', yours: 'Thirsk', theirs: 'Malton' });
    expect(edits.find(officer(0).ref, 'note')).toBeUndefined();
  });

  it('are saved where only another value of the row changed', async () => {
    await client.records.set({ edits: [{ ref: officer(2).ref, values: { name: 'T. Chestnut' } }] });
    const outcome = await edits.saveMany(rows.map((row) => ({ row, values: { note: 'Thirsk' } })));
    expect(outcome).toEqual({ changed: 3, stale: 0 });
    expect(await now('name')).toEqual(['R. Alder', 'S. Birch', 'T. Chestnut']);
  });

  it('that follow each other before the first came back end as the last says', async () => {
    const shown = rows.map((row) => ({ row, values: { note: 'Thirsk' } }));
    const both = [
      edits.saveMany(shown),
      edits.saveMany(rows.map((row) => ({ row, values: { note: 'Whitby' } }))),
    ];
    expect(await Promise.all(both)).toEqual([
      { changed: 3, stale: 0 },
      { changed: 3, stale: 0 },
    ]);
    expect(await now('note')).toEqual(['Whitby', 'Whitby', 'Whitby']);
  });

  it('change nothing when one of them is refused, and no cell is left pending', async () => {
    const changes = rows.map((row, index) => ({ row, values: { name: index === 1 ? null : 'Everybody' } }));
    await expect(edits.saveMany(changes)).rejects.toMatchObject({ code: 'invalid' });
    expect(await now('name')).toEqual(['R. Alder', 'S. Birch', 'T. Cedar']);
    expect(rows.map(({ ref }) => edits.find(ref, 'name'))).toEqual([undefined, undefined, undefined]);
  });
});

describe('one cell', () => {
  it('that changed underneath is told, and may still be put', async () => {
    const row = officer(0);
    await client.records.set({ edits: [{ ref: row.ref, values: { note: 'Malton' } }] });
    await edits.save(row, column('note'), { ok: true, value: 'Thirsk' });
    expect((await now('note'))[0]).toBe('Malton');
    expect(edits.find(row.ref, 'note')).toMatchObject({ yours: 'Thirsk', theirs: 'Malton' });
    await edits.save(row, column('note'), { ok: true, value: 'Thirsk' }, { overwrite: true });
    expect((await now('note'))[0]).toBe('Thirsk');
    expect(edits.find(row.ref, 'note')).toBeUndefined();
  });

  it('that is refused keeps what was typed beside the words why', async () => {
    const row = officer(0);
    await edits.save(row, column('name'), { ok: true, value: null });
    expect(edits.find(row.ref, 'name')).toMatchObject({ state: 'error', text: '' });
    expect((await now('name'))[0]).toBe('R. Alder');
    edits.clear(row.ref, 'name');
    expect(edits.find(row.ref, 'name')).toBeUndefined();
  });
});
