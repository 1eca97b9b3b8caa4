/** Saved mappings: kept, offered by headings, refused in words, undone and redone. */
import { afterAll, describe, expect, it } from 'vitest';
import type { InspectedFile, SheetMapping } from '../../shared/contract/schemas.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  importPaths,
  makeWorkspace,
  openWorkspaceAt,
  refusal,
  writeCsv,
  writeXlsx,
} from './support.ts';

afterAll(cleanUp);

const headings = ['Who', 'Born', 'Handset', 'Remarks of the desk'];
const mapping: SheetMapping = {
  sheet: 'January',
  kind: 'person',
  headerRow: 1,
  columns: ['name', 'dob', 'phone.number', null],
  dateOrder: 'dmy',
};

async function inspect(bench: Bench, path: string): Promise<InspectedFile> {
  return bench.client.imports.inspect({ grant: bench.engine.grants.add(path, 'file') });
}

const offersOf = async (bench: Bench, rows: string[][], name = 'next.csv') =>
  (await inspect(bench, writeCsv(bench, name, rows))).sheets[0]?.offers ?? [];

const person = ['Ellery, Maud', '03/04/1990', '07700 900001', 'seen twice'];

describe('a saved mapping', () => {
  it('is kept in the workspace and replaced under the same name', async () => {
    const bench = await makeWorkspace();
    const saved = await bench.client.mappings.save({ name: 'Desk list', headings, mapping });
    const again = await bench.client.mappings.save({
      name: 'desk LIST',
      headings,
      mapping: { ...mapping, dateOrder: 'mdy' },
    });
    expect(again.id).toBe(saved.id);
    await bench.client.workspace.close();
    const opened = await openWorkspaceAt(bench.workspace);
    expect((await opened.client.mappings.list()).mappings).toEqual([again]);
    expect(again.mapping.dateOrder).toBe('mdy');
    await opened.engine.close();
  });

  it('never keeps what a sheet was refreshed against', async () => {
    const bench = await makeWorkspace();
    const refresh: NonNullable<SheetMapping['refresh']> = {
      against: 'SRC-1',
      key: [0],
      new: 'take',
      changed: 'take',
      conflicting: 'leave',
      vanished: 'leave',
    };
    const saved = await bench.client.mappings.save({
      name: 'One',
      headings,
      mapping: { ...mapping, refresh },
    });
    expect(saved.mapping).toEqual(mapping);
    await bench.engine.close();
  });

  it('is refused where it leaves its sheet out', async () => {
    const bench = await makeWorkspace();
    const work = bench.client.mappings.save({
      name: 'Nothing',
      headings,
      mapping: { ...mapping, kind: null },
    });
    expect((await refusal(work)).code).toBe('invalid');
    await bench.engine.close();
  });

  it('follows its headings to other columns, another row and another sheet, and reads the file so', async () => {
    const bench = await makeWorkspace();
    await bench.client.mappings.save({ name: 'Desk list', headings, mapping });
    const path = await writeXlsx(bench, 'february.xlsx', {
      February: [
        ['Prepared by the desk', null, null, null, null],
        [null],
        ['HANDSET', 'Office', ' who ', 'Born', 'Remarks of the desk'],
        ['07700 900001', 'North', 'Ellery, Maud', '03/04/1990', 'x'],
      ],
    });
    const [sheet] = (await inspect(bench, path)).sheets;
    const offer = sheet?.offers[0];
    expect(offer).toMatchObject({ name: 'Desk list', fits: true });
    expect(offer?.reason).toContain('"Office"');
    expect(offer?.mapping).toEqual({
      sheet: 'February',
      kind: 'person',
      headerRow: 3,
      columns: ['phone.number', null, 'name', 'dob', null],
      dateOrder: 'dmy',
    });
    await importPaths(bench, [path], { sheets: offer?.mapping ? [offer.mapping] : [] });
    expect(await allRows(bench.client, 'people')).toMatchObject([
      { name: 'Maud Ellery', dob: '1990-04-03', phones: 'PHN-1' },
    ]);
    await bench.engine.close();
  });

  it('tells equal headings apart by their order', async () => {
    const bench = await makeWorkspace();
    await bench.client.mappings.save({
      name: 'Twice',
      headings: ['Who', 'Date', 'Date'],
      mapping: { ...mapping, columns: ['name', null, 'dob'] },
    });
    const [offer] = await offersOf(bench, [
      ['Date', 'Who', 'Date'],
      ['01/09/2026', 'Ellery, Maud', '03/04/1990'],
    ]);
    expect(offer?.mapping?.columns).toEqual([null, 'name', 'dob']);
    await bench.engine.close();
  });

  it('does not fit where a heading that it maps is missing, and names it', async () => {
    const bench = await makeWorkspace();
    await bench.client.mappings.save({ name: 'Desk list', headings, mapping });
    const [offer] = await offersOf(bench, [
      ['Who', 'Handset', 'Remarks of the desk'],
      ['a', 'b', 'c'],
    ]);
    expect(offer).toMatchObject({ fits: false, mapping: null });
    expect(offer?.reason).toBe('The sheet has no heading "Born".');
    await bench.engine.close();
  });

  it('fits though a heading that it leaves aside is missing', async () => {
    const bench = await makeWorkspace();
    await bench.client.mappings.save({ name: 'Desk list', headings, mapping });
    const [offer] = await offersOf(bench, [headings.slice(0, 3), person.slice(0, 3)]);
    expect(offer).toMatchObject({ fits: true, mapping: { columns: ['name', 'dob', 'phone.number'] } });
    await bench.engine.close();
  });

  it('does not fit any sheet when its kind would lack what it needs', async () => {
    const bench = await makeWorkspace();
    await bench.client.mappings.save({
      name: 'Nobody',
      headings,
      mapping: { ...mapping, kind: 'vehicle', columns: [null, null, null, 'note'] },
    });
    const [offer] = await offersOf(bench, [headings, person]);
    expect(offer?.fits).toBe(false);
    expect(offer?.reason).toContain('need');
    await bench.engine.close();
  });

  it('stands first among the offers where it fits best', async () => {
    const bench = await makeWorkspace();
    const save = (name: string, names: string[], columns: (string | null)[]) =>
      bench.client.mappings.save({ name, headings: names, mapping: { ...mapping, columns } });
    await save('A misfit', ['Surname', 'Forename'], ['surname', 'forenames']);
    await save('Whole', headings, ['name', 'dob', 'phone.number', 'note']);
    await save('Part', ['Who', 'Born'], ['name', 'dob']);
    const offers = await offersOf(bench, [headings, person]);
    expect(offers.map((offer) => offer.name)).toEqual(['Whole', 'Part', 'A misfit']);
    await bench.engine.close();
  });
});

describe('undo and redo of saved mappings', () => {
  it('swap what stood before and after, through replacing and removing', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    const names = async () =>
      (await client.mappings.list()).mappings.map((each) => `${each.name} ${each.mapping.dateOrder}`);
    const { id } = await client.mappings.save({ name: 'One', headings, mapping });
    await client.mappings.save({ name: 'One', headings, mapping: { ...mapping, dateOrder: 'ymd' } });
    await client.mappings.remove({ id });
    const states: string[][] = [await names()];
    for (let step = 0; step < 3; step += 1) {
      await client.history.undo({});
      states.push(await names());
    }
    expect(states).toEqual([[], ['One ymd'], ['One dmy'], []]);
    for (const expected of [['One dmy'], ['One ymd'], []]) {
      await client.history.redo();
      expect(await names()).toEqual(expected);
    }
    expect(await client.history.verify()).toMatchObject({ ok: true });
    await bench.engine.close();
  });

  it('name the later change that stands in the way', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    await client.mappings.save({ name: 'One', headings, mapping });
    const first = (await client.history.list({})).entries[0];
    await client.mappings.save({ name: 'One', headings, mapping: { ...mapping, dateOrder: 'ymd' } });
    const error = await refusal(client.history.undo({ seq: first?.seq ?? 0 }));
    expect(error.code).toBe('journal.blocked');
    expect(error.message).toContain(`entry ${(first?.seq ?? 0) + 1}`);
    expect((await client.mappings.list()).mappings[0]?.mapping.dateOrder).toBe('ymd');
    await bench.engine.close();
  });

  it('refuse to bring back a mapping whose name was given anew', async () => {
    const bench = await makeWorkspace();
    const { client } = bench;
    const { id } = await client.mappings.save({ name: 'One', headings, mapping });
    await client.mappings.remove({ id });
    const removal = (await client.history.list({})).entries[0];
    await client.mappings.save({ name: 'one', headings, mapping });
    expect((await refusal(client.history.undo({ seq: removal?.seq ?? 0 }))).code).toBe('journal.blocked');
    await bench.engine.close();
  });
});
