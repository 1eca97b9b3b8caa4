/** A block from a spreadsheet, named views, groups and the history of a cell. */
import { afterAll, describe, expect, it } from 'vitest';
import type { PasteRequest } from '../../shared/contract/planSchemas.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  dumpGrids,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  writeCsv,
} from './support.ts';

const bench: Bench = await makeWorkspace();
const { client } = bench;

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const add = async (grid: GridName, values: Record<string, CellValue>) =>
  onlyRef(await client.records.add({ grid, values }));

const preview = (request: PasteRequest) => client.records.paste({ ...request, apply: 'preview' });

describe('a block of rows', () => {
  it('is told cell by cell before anything changes, and applied as one entry that one undo takes back', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `Pasted Person ${index}`);
    const refs = (
      await client.records.paste({
        grid: 'people',
        fields: ['name'],
        rows: names.map((name) => ({ ref: null, cells: [name] })),
        blanks: 'keep',
        apply: 'all',
      })
    ).result?.rows.map((row) => row.ref);
    expect(refs).toHaveLength(200);
    const request: PasteRequest = {
      grid: 'targets',
      fields: ['subject', 'objective', null, 'grounds'],
      rows: names.map((name, index) => ({
        ref: null,
        cells: [name, index % 2 ? 'Arrest' : 'safeguarding', 'aside', `=1+${index}`],
      })),
      blanks: 'keep',
    };
    const before = await dumpGrids(client);
    const { report, result } = await preview(request);
    expect(result).toBeNull();
    expect(report.counts).toEqual({ new: 600, aside: 200 });
    expect(report.rows[1]?.cells[0]).toMatchObject({ value: refs?.[1], state: 'new' });
    expect(report.labels[refs?.[1] ?? '']).toBe('Pasted Person 1');
    expect(await dumpGrids(client)).toEqual(before);
    const applied = await client.records.paste({ ...request, apply: 'all' });
    expect(applied.result?.rows).toHaveLength(200);
    expect(applied.result?.rows[0]).toMatchObject({ objective: 'safeguard', grounds: '=1+0' });
    expect(await preview(request).then((again) => again.report.counts.new)).toBe(600);
    await client.history.undo({});
    expect(await dumpGrids(client)).toEqual(before);
  });

  it('leaves what is blank, changes what differs and says what was there', async () => {
    const ref = await add('premises', { address: '4 Slate Row', note: 'blue door', dogs: 'yes' });
    const { report } = await preview({
      grid: 'premises',
      fields: ['address', 'note', 'dogs'],
      rows: [{ ref, cells: ['4 Slate Row', 'green door', ' '] }],
      blanks: 'keep',
    });
    expect(report.rows[0]?.cells.map(({ state, before }) => [state, before])).toEqual([
      ['same', '4 Slate Row'],
      ['changed', 'blue door'],
      ['kept', 'yes'],
    ]);
    const cleared = await client.records.paste({
      grid: 'premises',
      fields: ['note'],
      rows: [{ ref, cells: [''] }],
      blanks: 'clear',
      apply: 'all',
    });
    expect(cleared.result?.rows[0]?.note ?? null).toBeNull();
    expect((await allRows(client, 'premises')).find((row) => row.ref === ref)?.dogs).toBe('yes');
  });

  it('with a cell that cannot be read applies nothing, or all the rest when that is asked', async () => {
    const ref = await add('people', { name: 'Maud Ellery' });
    const request: PasteRequest = {
      grid: 'people',
      fields: ['dob', 'note'],
      rows: [{ ref, cells: ['31/02/1990', 'seen'] }],
      blanks: 'keep',
    };
    const before = await dumpGrids(client);
    const error = await refusal(client.records.paste({ ...request, apply: 'all' }));
    expect(error.message).toContain('1 cell of the block');
    expect(await dumpGrids(client)).toEqual(before);
    const { report, result } = await client.records.paste({ ...request, apply: 'without-refused' });
    expect(report.rows[0]?.cells.map((cell) => cell.state)).toEqual(['refused', 'new']);
    expect(result?.rows[0]).toMatchObject({ note: 'seen', dob: null });
  });

  it('never guesses which of two people of one name is meant', async () => {
    const one = await add('people', { name: 'Tam Birkett' });
    const other = await add('people', { name: 'tam birkett' });
    const { report } = await preview({
      grid: 'targets',
      fields: ['subject'],
      rows: [
        { ref: null, cells: ['Tam Birkett'] },
        { ref: null, cells: ['Nobody Known'] },
        { ref: null, cells: [one] },
      ],
      blanks: 'keep',
    });
    const cells = report.rows.map((row) => row.cells[0]);
    expect(cells.map((cell) => cell?.state)).toEqual(['refused', 'refused', 'new']);
    expect(cells[0]?.message).toContain(`${one}, ${other}`);
    expect(cells[2]?.value).toBe(one);
  });

  it('leaves a new row out that lacks what every row needs, and says so in each of its cells', async () => {
    const { report } = await preview({
      grid: 'targets',
      fields: ['subject', 'note'],
      rows: [{ ref: null, cells: ['', 'a note without a subject'] }],
      blanks: 'keep',
    });
    expect(report.rows[0]?.cells.map((cell) => cell.state)).toEqual(['refused', 'refused']);
    const noSubject = preview({
      grid: 'targets',
      fields: ['note'],
      rows: [{ ref: null, cells: ['lost'] }],
      blanks: 'keep',
    });
    expect((await refusal(noSubject)).message).toContain('needs Subject');
  });

  it('is refused for columns that are worked out, columns that stand twice and rows that stand twice', async () => {
    const ref = await add('people', { name: 'Maud Ellery' });
    const rows = [{ ref, cells: ['x', 'y'] }];
    const paste = (fields: (string | null)[], more = rows) =>
      refusal(preview({ grid: 'people', fields, rows: more, blanks: 'keep' }));
    expect((await paste(['age', 'note'])).code).toBe('invalid');
    expect((await paste(['note', 'note'])).message).toContain('twice');
    expect((await paste(['note', null], [...rows, ...rows])).message).toContain('twice');
    expect((await paste(['note', null], [{ ref: 'NOM-99999', cells: [] }])).code).toBe('not-found');
    expect((await refusal(preview({ grid: 'sources', fields: ['file'], rows, blanks: 'keep' }))).code).toBe(
      'invalid',
    );
  });
});

describe('named views', () => {
  it('are kept by name, one of a name replaced, and removed', async () => {
    const view = {
      grid: 'people' as const,
      name: 'Children first',
      state: { columns: [{ field: 'name' }], sort: [{ field: 'dob', direction: 'desc' as const }] },
      where: { category: { contains: 'victim' } },
      groupBy: 'sex',
    };
    const saved = await client.grids.saveView(view);
    const again = await client.grids.saveView({ ...view, name: 'children FIRST', groupBy: null });
    expect(again.id).toBe(saved.id);
    await client.grids.saveView({ ...view, grid: 'premises', groupBy: null });
    expect((await client.grids.views({ grid: 'people' })).views).toEqual([again]);
    expect((await refusal(client.grids.saveView({ ...view, groupBy: 'nothing' }))).code).toBe('invalid');
    expect(await client.grids.removeView({ id: saved.id })).toEqual({ removed: true });
    expect(await client.grids.removeView({ id: saved.id })).toEqual({ removed: false });
    expect((await client.grids.views({ grid: 'people' })).views).toEqual([]);
  });
});

describe('groups', () => {
  it('count every row once and sum what is a number', async () => {
    const person = await add('people', { name: 'Ada Counted' });
    for (const [cash, from] of [
      [100.5, person],
      [20, person],
      [null, null],
    ] as const)
      await add('seizures', { what: 'cash', cash, person: from });
    const groups = await client.grids.groups({ grid: 'seizures', field: 'person', totals: ['cash'] });
    expect(groups.groups).toEqual([
      { value: person, label: 'Ada Counted', count: 2, totals: { cash: 120.5 } },
      { value: null, label: '', count: 1, totals: { cash: 0 } },
    ]);
    expect(groups.all).toEqual({ count: 3, totals: { cash: 120.5 } });
    expect(
      (await refusal(client.grids.groups({ grid: 'seizures', field: 'what', totals: ['exhibit'] }))).code,
    ).toBe('usage');
    const objective = await client.grids.groups({ grid: 'targets', field: 'objective' });
    expect(objective.groups.reduce((sum, group) => sum + group.count, 0)).toBe(objective.all.count);
  });
});

describe('the history of a cell', () => {
  it('tells import, edit, undo and redo, newest first', async () => {
    const file = writeCsv(bench, 'cell.csv', [
      ['Name', 'DOB', 'Note'],
      ['Cell History', '01/02/1990', 'from the sheet'],
    ]);
    await importPaths(bench, [file]);
    const row = (await allRows(client, 'people')).find((each) => each.name === 'Cell History');
    const ref = String(row?.ref);
    await client.records.set({ edits: [{ ref, values: { note: 'by hand' } }], reason: 'better' });
    await client.history.undo({});
    await client.history.redo();
    const { changes } = await client.records.cellHistory({ ref, field: 'note' });
    expect(
      changes.map(({ value, source, reason }) => [value, source !== null, reason?.split(' ')[0] ?? null]),
    ).toEqual([
      ['by hand', false, 'Redid'],
      ['from the sheet', false, 'Undid'],
      ['by hand', false, 'better'],
      ['from the sheet', true, null],
    ]);
    expect(changes.at(-1)?.source).toContain('cell.csv');
    expect((await refusal(client.records.cellHistory({ ref, field: 'nothing' }))).code).toBe('usage');
  });
});
