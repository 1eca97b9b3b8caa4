import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestPictureSide, mostPictureBytes } from '../../shared/contract/areas/pictures.ts';
import { drawn, makePng, withChunk } from './drawnPictures.ts';
import {
  type Bench,
  cleanUp,
  importPaths,
  makeFolder,
  makeWorkspace,
  onlyRef,
  refusal,
  reopen,
  writeCsv,
  writeXlsx,
} from './support.ts';

let bench: Bench;
let maud: string;
let alec: string;

beforeAll(async () => {
  bench = await makeWorkspace();
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Name', 'DOB', 'Mobile'],
      ['Maud Ellery', '02/03/1988', '07700 900456'],
      ['Alec Thorne', '05/06/1989', '07700 900457'],
    ]),
  ]);
  const people = await bench.client.grids.page({ grid: 'people' });
  const of = (name: string) => people.rows.find((row) => row.name === name)?.ref ?? '';
  maud = of('Maud Ellery');
  alec = of('Alec Thorne');
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const keep = (of: Parameters<typeof drawn>[0], reason = 'For the briefing') =>
  bench.client.pictures.keep({ ...drawn(of), reason });

const titles = async () => (await bench.client.pictures.list()).pictures.map(({ title }) => title);

describe('a picture kept for packs', () => {
  it('is listed and shown with its table and what it shows, across a restart', async () => {
    const kept = await keep({ refs: [maud, alec, maud], rows: [['Maud Ellery', 'knows Alec Thorne']] });
    expect(kept).toMatchObject({
      kind: 'chart',
      title: 'The line and its people',
      note: 'For the briefing',
      by: 'A Analyst',
      width: 40,
      height: 30,
      records: 2,
      rows: 1,
      stale: false,
    });
    await reopen(bench);
    const shown = await bench.client.pictures.show({ id: kept.id });
    expect(shown.table.rows).toEqual([['Maud Ellery', 'knows Alec Thorne']]);
    expect(shown.shown).toEqual([
      { ref: maud, label: 'Maud Ellery' },
      { ref: alec, label: 'Alec Thorne' },
    ]);
    const picture = PNG.sync.read(Buffer.from(shown.png, 'base64'));
    expect([...picture.data.subarray(0, 4)]).toEqual([20, 60, 120, 255]);
    const { entries } = await bench.client.history.list({ limit: 5 });
    expect(entries[0]).toMatchObject({ operation: 'consultation', method: 'pictures.show' });
  });

  it('is taken out, put back by undo, and its keeping can be undone', async () => {
    const { id } = await keep({ refs: [maud], title: 'Undone' });
    await bench.client.pictures.remove({ id });
    expect(await titles()).not.toContain('Undone');
    await bench.client.history.undo({});
    expect(await titles()).toContain('Undone');
    await bench.client.history.redo();
    expect(await titles()).not.toContain('Undone');
    await bench.client.history.undo({});
    await bench.client.history.undo({});
    expect(await titles()).not.toContain('Undone');
    expect((await refusal(bench.client.pictures.show({ id }))).code).toBe('not-found');
    expect((await refusal(bench.client.pictures.remove({ id }))).code).toBe('not-found');
    expect(await bench.client.history.verify()).toMatchObject({ ok: true });
  });

  it('says that it is out of date once something that it shows has changed, and only then', async () => {
    const phones = await bench.client.grids.page({ grid: 'phones' });
    const phone = phones.rows[0]?.ref ?? '';
    const ofPerson = await keep({ refs: [maud], title: 'Of a person' });
    const ofPhone = await keep({ refs: [phone], title: 'Of a phone' });
    const stale = async () =>
      Object.fromEntries(
        (await bench.client.pictures.list()).pictures
          .filter(({ id }) => id === ofPerson.id || id === ofPhone.id)
          .map((picture) => [picture.title, picture.stale]),
      );
    await bench.client.records.set({ edits: [{ ref: alec, values: { note: 'Seen in Kelby' } }] });
    expect(await stale()).toEqual({ 'Of a person': false, 'Of a phone': false });
    await bench.client.records.set({ edits: [{ ref: maud, values: { note: 'Seen in Kelby' } }] });
    expect(await stale()).toEqual({ 'Of a person': true, 'Of a phone': false });
    await importPaths(bench, [
      writeCsv(bench, 'calls.csv', [
        ['Start date and time', 'A number', 'B number', 'Type', 'Duration'],
        ['01/11/2026 09:00:00', String(phones.rows[0]?.number), '07700900999', 'Voice', '20'],
        ['01/11/2026 10:00:00', String(phones.rows[0]?.number), '07700900999', 'Voice', '30'],
      ]),
    ]);
    expect(await stale()).toEqual({ 'Of a person': true, 'Of a phone': true });
  });

  it('names no record that is not there, and its table fits its headings', async () => {
    expect((await refusal(keep({ refs: ['NOM-9999'] }))).code).toBe('invalid');
    expect((await refusal(keep({ refs: [maud], rows: [['one cell']] }))).code).toBe('invalid');
  });
});

describe('a PNG from outside', () => {
  it('keeps its pixels and nothing else', async () => {
    const noted = withChunk(makePng(), 'tEXt', 'Comment\0home of the source');
    const { id } = await keep({ refs: [maud], png: Buffer.concat([noted, Buffer.from('after the end')]) });
    const bytes = Buffer.from((await bench.client.pictures.show({ id })).png, 'base64');
    expect(bytes.includes('source')).toBe(false);
    expect(bytes.includes('tEXt')).toBe(false);
    expect(bytes.includes('after the end')).toBe(false);
    expect(PNG.sync.read(bytes).data.equals(PNG.sync.read(makePng()).data)).toBe(true);
  });

  it('lies on white where it lets the paper through', async () => {
    const { id } = await keep({ refs: [maud], png: makePng(2, 2, [0, 0, 0, 0]) });
    const bytes = Buffer.from((await bench.client.pictures.show({ id })).png, 'base64');
    expect([...PNG.sync.read(bytes).data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  });

  it('is refused by name where it is none, broken, or opens into too much', async () => {
    const before = await titles();
    const header = (width: number, height: number) => {
      const png = makePng(1, 1);
      png.writeUInt32BE(width, 16);
      png.writeUInt32BE(height, 20);
      return png;
    };
    const cases: [Buffer, string][] = [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file.unsupported'],
      [Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(100)]), 'file.unsupported'],
      [makePng().subarray(0, 60), 'file.damaged'],
      [header(40, 4000), 'file.damaged'],
      [header(0, 10), 'file.damaged'],
      [header(longestPictureSide + 1, 1), 'file.too-large'],
      [header(7000, 7000), 'file.too-large'],
      [Buffer.concat([makePng(), Buffer.alloc(mostPictureBytes)]), 'file.too-large'],
    ];
    for (const [png, code] of cases)
      expect({ code, got: (await refusal(keep({ refs: [maud], png }))).code }).toEqual({ code, got: code });
    const noBase64 = { ...drawn({ refs: [maud] }), png: 'not base64!', reason: 'x' };
    expect((await refusal(bench.client.pictures.keep(noBase64))).code).toBe('file.damaged');
    expect(await titles()).toEqual(before);
  });
});

describe('a picture written into a folder', () => {
  const write = async (of: Parameters<typeof drawn>[0]) => {
    const folder = makeFolder();
    const report = await bench.client.pictures.write({
      ...drawn(of),
      folder: bench.engine.grants.add(folder, 'export'),
      recipient: 'Silver',
      reason: 'Briefing',
    });
    const read = (end: string) => {
      const name = readdirSync(folder).find((each) => each.endsWith(end));
      return name === undefined ? null : readFileSync(join(folder, name));
    };
    return { report, png: read('.png'), csv: read('.csv')?.toString('utf8') ?? '' };
  };

  it('goes with its table, the marking in the names, and is a disclosure', async () => {
    const { report, png, csv } = await write({
      refs: [maud],
      rows: [['Maud Ellery', '=HYPERLINK("http://x")']],
    });
    expect(report.leftOut).toBeNull();
    expect(report.files.map(({ file }) => file)).toEqual([
      expect.stringMatching(/^OFFICIAL-SENSITIVE-Operation-Fellgate-chart-\d{14}\.png$/),
      expect.stringMatching(/^OFFICIAL-SENSITIVE.*\.csv$/i),
    ]);
    expect(png?.subarray(1, 4).toString()).toBe('PNG');
    expect(csv).toContain(`Maud Ellery,"'=HYPERLINK(""http://x"")"`);
    const { entries } = await bench.client.history.list({ limit: 1 });
    expect(entries[0]).toMatchObject({
      operation: 'disclosure',
      method: 'pictures.write',
      reason: 'Briefing',
      recipients: ['Silver'],
    });
  });

  it('stays out where it shows what may not leave; its table goes without those rows', async () => {
    await importPaths(bench, [
      await writeXlsx(bench, 'log.xlsx', {
        Log: [
          ['URN', 'Report date', 'Intelligence text', 'Grade', 'Conditions', 'Nominal', 'DOB'],
          [
            'U1',
            '01/10/2026',
            'Ivo Restling stores the goods.',
            '3E2C',
            'Not to be told to anybody',
            'Ivo Restling',
            '01/02/1990',
          ],
        ],
      }),
    ]);
    const item = (await bench.client.grids.page({ grid: 'intelligence' })).rows[0]?.ref ?? '';
    const people = await bench.client.grids.page({
      grid: 'people',
      where: { name: { contains: 'Restling' } },
    });
    const ivo = people.rows[0]?.ref ?? '';
    const { report, png, csv } = await write({
      refs: [maud, item, ivo],
      rows: [
        ['Maud Ellery', 'Kelby'],
        [`FE/INT/${item.slice(4)}/0815`, 'a number of another force'],
        [item, 'named in it'],
        ['RESTLING, Ivo', 'named in it alone'],
      ],
    });
    expect(png).toBeNull();
    expect(report.leftOut).toMatch(/may not leave/);
    expect(report.withheld).toEqual([{ reason: 'rests on withheld intelligence', count: 2 }]);
    expect(csv).toContain('Maud Ellery');
    expect(csv).toContain('a number of another force');
    expect(csv).not.toContain(item);
    expect(csv).not.toMatch(/restling/i);
    // Named in the table alone, it keeps the picture back as well.
    const named = await write({ refs: [maud], rows: [['Maud Ellery', `see ${item.toLowerCase()}`]] });
    expect(named.png).toBeNull();
    expect(named.csv).not.toMatch(/Maud/);
  });

  it('stays out where its table tells of a source, and the words are taken out', async () => {
    const added = await bench.client.records.add({
      grid: 'intelligence',
      values: { urn: 'U2', text: 'A van came.', grade: '2B1P', sourceRef: 'HS/4471/26' },
    });
    expect(onlyRef(added)).toMatch(/^INT-/);
    const { report, png, csv } = await write({ refs: [maud], rows: [['Maud Ellery', 'told by HS/4471/26']] });
    expect(png).toBeNull();
    expect(report.withheld).toEqual([{ reason: 'source words taken out', count: 1 }]);
    expect(csv).toContain('[source reference]');
    const titled = await write({ refs: [maud], title: 'As HS/4471/26 has it', rows: [['Maud Ellery', 'x']] });
    expect(titled.png).toBeNull();
    await bench.client.records.set({ edits: [{ ref: alec, values: { aliases: 'see HS/4471/26' } }] });
    expect((await write({ refs: [alec], rows: [['Alec Thorne', 'x']] })).png).toBeNull();
    expect((await write({ refs: [maud], rows: [['Maud Ellery', 'x']] })).png).not.toBeNull();
  });

  it('leaves nothing where it cannot be written', async () => {
    const folder = join(makeFolder(), 'not there');
    const answer = bench.client.pictures.write({
      ...drawn({ refs: [maud] }),
      folder: bench.engine.grants.add(folder, 'export'),
      recipient: 'Silver',
      reason: 'Briefing',
    });
    expect((await refusal(answer)).code).toBe('pack.failed');
  });
});
