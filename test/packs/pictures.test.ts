/** Kept pictures in packs: printed where everything in them may go, their tables alone where it may not. */
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { collectPack } from '../../electron/engine/packs/collect.ts';
import { hashContent } from '../../electron/engine/packs/manifest.ts';
import { readPicture } from '../../electron/engine/packs/photographs.ts';
import { writePack } from '../../electron/engine/packs/writePack.ts';
import { checkOwnSpec } from '../../shared/packs/checkSpec.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { type PackFormat, type PackSpec, packFormats } from '../../shared/packs/packSpec.ts';
import { packSpecs, shippedSpecs } from '../../shared/packs/packSpecs.ts';
import { drawn, makePng } from '../engine/drawnPictures.ts';
import { type Bench, cleanUp, sessionOf } from '../engine/support.ts';
import { childPicture, makeHostileWorkspace, openPicture } from './fixtures/hostileWorkspace.ts';

let bench: Bench;
/** A child and an adult of whom nothing is written that a reader may not have. */
let child: string;
let open: string;

beforeAll(async () => {
  bench = await makeHostileWorkspace();
  const refOf = async (name: string) =>
    (await bench.client.grids.page({ grid: 'people', where: { name } })).rows[0]?.ref ?? '';
  child = await refOf('Thessaly Foxworth');
  open = await refOf('Wray Hollin');
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const named: PackSpec = packSpecs.intelligence;
const unnamed: PackSpec = {
  ...packSpecs.intelligence,
  id: 'own-unnamed',
  naming: { children: 'initials', victims: 'withheld' },
};

const collect = (spec: PackSpec, releases: readonly string[] = []) =>
  collectPack(sessionOf(bench).reader, {
    spec,
    ...(spec.scope === 'team' ? { team: 'Amber' } : {}),
    formats: [],
    recipient: 'Silver',
    reason: 'Warrant day',
    copy: 1,
    version: 1,
    now: '2026-11-24T09:00:00Z',
    user: 'A Analyst',
    decisions: { items: releases.map((ref) => ({ ref, decidedBy: 'A Analyst', reason: 'needed' })) },
  });

const titled = (data: PackData, title: string) => {
  const row = data.pictures.find((each) => each.title === title);
  if (row === undefined) throw new Error(`no picture "${title}" in the pack`);
  return row;
};

const counted = (data: PackData, reason: string) =>
  data.withheld.find((each) => each.reason === reason)?.count ?? 0;

/** Sizes in pixels of every picture in a file. */
async function sizesIn(format: PackFormat, bytes: Buffer): Promise<string[]> {
  if (format === 'pdf')
    return [...bytes.toString('latin1').matchAll(/\/Width (\d+)\s*\/Height (\d+)/g)].map(
      ([, width, height]) => `${width}x${height}`,
    );
  const media = await new Promise<Buffer[]>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const found: Buffer[] = [];
      zip.on('error', reject).on('end', () => resolve(found));
      zip.on('entry', (entry) => {
        if (!/\/media\//.test(entry.fileName) || entry.fileName.endsWith('/')) return zip.readEntry();
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('error', reject).on('end', () => {
            found.push(Buffer.concat(chunks));
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
  return media.flatMap((each) => {
    const picture = readPicture(each);
    return picture === undefined ? [] : [`${picture.width}x${picture.height}`];
  });
}

const sizeOf = ({ width, height }: { width: number; height: number }) => `${width}x${height}`;

describe('the picture of a child', () => {
  it('goes to readers who may know the child by name', () => {
    const { data, photographs } = collect(named);
    const row = titled(data, 'Who is near whom');
    expect(row).toMatchObject({ kind: 'Link chart', leftOut: null, keptBy: 'A Analyst', shown: [] });
    expect(photographs.get(row.image ?? '')?.length).toBeGreaterThan(0);
    expect(row.rows[0]).toEqual(['FOXWORTH, Thessaly', '02/01/2012', 'Wray Hollin']);
  });

  it('stays out where they may not; its table goes without what tells who it is', () => {
    const { data, photographs } = collect(unnamed);
    const row = titled(data, 'Who is near whom');
    expect(row.image).toBeNull();
    expect(row.leftOut).toMatch(/may not have/);
    expect(row.rows).toEqual([
      [expect.stringMatching(/^\[/), '[withheld]', 'Wray Hollin'],
      ['Wray Hollin', '01/02/1990', '1 Quarry Row'],
    ]);
    expect(counted(data, 'picture left out')).toBe(2);
    const { image } = titled(data, 'Of nobody to look after');
    expect([...photographs.keys()].filter((id) => id.startsWith('picture-'))).toEqual([image]);
    expect(data.photographs.map(({ id }) => id)).toEqual([...photographs.keys()]);
  });

  it('stays out where its table does not name the child at all', async () => {
    const { id } = await bench.client.pictures.keep({
      ...drawn({ refs: [child], title: 'Pixels alone', rows: [] }),
      reason: 'test',
    });
    expect(titled(collect(unnamed).data, 'Pixels alone').image).toBeNull();
    expect(titled(collect(named).data, 'Pixels alone').image).not.toBeNull();
    await bench.client.pictures.remove({ id });
    expect(collect(named).data.pictures.map(({ title }) => title)).not.toContain('Pixels alone');
  });

  it('stays out where something that it shows names the child, whatever it is', async () => {
    const subscribed = await bench.client.records.add({
      grid: 'phones',
      values: { number: '07700 900777', subscriber: 'Thessaly Foxworth' },
    });
    const { rows } = await bench.client.records.add({
      grid: 'groups',
      values: { name: 'Of Hawthorn', members: `${child}, ${open}` },
    });
    for (const ref of [subscribed.rows[0]?.ref ?? '', rows[0]?.ref ?? '']) {
      const { id } = await bench.client.pictures.keep({
        ...drawn({ refs: [ref], title: 'By another record' }),
        reason: 'test',
      });
      expect(titled(collect(unnamed).data, 'By another record').image).toBeNull();
      expect(titled(collect(named).data, 'By another record').image).not.toBeNull();
      await bench.client.pictures.remove({ id });
    }
  });

  it.each(packFormats)(
    'is in no %s of readers who may not have it, and another picture is in each',
    async (format) => {
      for (const spec of [unnamed, named]) {
        const { data, photographs } = collect(spec);
        const [file] = await writePack(data, photographs, { formats: [format] });
        const sizes = await sizesIn(format, file?.bytes ?? Buffer.alloc(0));
        expect(sizes).toContain(sizeOf(openPicture));
        expect(sizes.includes(sizeOf(childPicture))).toBe(spec === named);
      }
    },
    120_000,
  );
});

describe('a picture of withheld intelligence', () => {
  it('stays out until the item is released, and its table loses the row', async () => {
    const added = await bench.client.records.add({
      grid: 'intelligence',
      values: { urn: 'U3', text: 'A van came.', grade: '2BC', conditions: 'A3 overt use' },
    });
    const item = added.rows[0]?.ref ?? '';
    const { id } = await bench.client.pictures.keep({
      ...drawn({
        refs: [open, item],
        title: 'With an item',
        rows: [
          [item, 'names her'],
          ['Wray Hollin', 'Quarry Row'],
        ],
      }),
      reason: 'test',
    });
    const before = collect(named).data;
    expect(titled(before, 'With an item')).toMatchObject({
      image: null,
      rows: [['Wray Hollin', 'Quarry Row']],
    });
    expect(counted(before, 'row of a picture')).toBe(1);
    const after = titled(collect(named, [item]).data, 'With an item');
    expect(after.image).not.toBeNull();
    expect(after.rows).toHaveLength(2);
    await bench.client.pictures.remove({ id });
  });
});

describe('packs', () => {
  it('of commanders and of the intelligence unit hold pictures, and no others', () => {
    const holding = shippedSpecs.filter(({ sections }) => sections.some(({ id }) => id === 'pictures'));
    expect(holding.map(({ id }) => id)).toEqual(['command', 'intelligence']);
    for (const spec of shippedSpecs)
      if (!holding.includes(spec)) expect(collect(spec).data.pictures).toEqual([]);
  });

  it('of a team, of partners and of courts cannot hold any', () => {
    const sections: PackSpec['sections'] = [{ id: 'people' }, { id: 'pictures' }];
    const own = { ...packSpecs.intelligence, id: 'own-one', sourceIndex: false, sections };
    expect(() => checkOwnSpec(own)).not.toThrow();
    for (const part of [{ scope: 'team' }, { readers: 'partner' }, { readers: 'court' }] as const) {
      expect(() => checkOwnSpec({ ...own, ...part })).toThrow(/Pictures/);
      // Even where a spec came about otherwise.
      expect(collect({ ...own, ...part }).data.pictures).toEqual([]);
    }
  });

  it('are the same bytes from the same state, and another content when a picture is kept', async () => {
    const formats = [...packFormats];
    const one = await writePack(collect(named).data, collect(named).photographs, { formats });
    const two = await writePack(collect(named).data, collect(named).photographs, { formats });
    expect(one.map(({ sha256 }) => sha256)).toEqual(two.map(({ sha256 }) => sha256));
    const hash = hashContent(collect(named).data);
    const { id } = await bench.client.pictures.keep({ ...drawn({ refs: [open] }), reason: 'test' });
    expect(hashContent(collect(named).data)).not.toBe(hash);
    await bench.client.pictures.remove({ id });
    expect(hashContent(collect(named).data)).toBe(hash);
  }, 120_000);

  it('say that a picture is out of date, and print it all the same', async () => {
    expect(titled(collect(named).data, 'Of nobody to look after').stale).toBeNull();
    await bench.client.records.set({ edits: [{ ref: open, values: { sex: 'F' } }] });
    expect(titled(collect(named).data, 'Of nobody to look after').stale).toMatch(/changed since/);
    await bench.client.history.undo({});
  });

  it('without any name the section as one with nothing recorded', async () => {
    const { data } = collect(named);
    const [file] = await writePack({ ...data, pictures: [] }, new Map(), { formats: ['xlsx'] });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(file?.bytes as unknown as ExcelJS.Buffer);
    expect(workbook.worksheets.map(({ name }) => name)).not.toContain('Pictures');
    expect(JSON.stringify(workbook.getWorksheet('Contents')?.getSheetValues())).toContain('Pictures');
  });

  it('print a picture larger than paper needs with fewer dots', async () => {
    const { id } = await bench.client.pictures.keep({
      ...drawn({ refs: [open], png: makePng(5000, 3000) }),
      reason: 'test',
    });
    const { data, photographs } = collect(named);
    const [file] = await writePack(data, photographs, { formats: ['docx'] });
    const sizes = await sizesIn('docx', file?.bytes ?? Buffer.alloc(0));
    const wide = sizes.map((size) => Number(size.split('x')[0])).filter((width) => width > 1000);
    expect(wide).toHaveLength(1);
    expect(wide[0]).toBeLessThan(3200);
    await bench.client.pictures.remove({ id });
  }, 120_000);
});
