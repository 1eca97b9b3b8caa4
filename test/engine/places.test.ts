/** Postcode files and outlines that a user loads, and what the map makes of them. Positions checked against published ones. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { PlacesMap, PostcodeReport } from '../../shared/contract/areas/places.ts';
import { project, toNationalGrid } from '../../shared/domain/nationalGrid.ts';
import {
  type Bench,
  cleanUp,
  countTables,
  makeWorkspace,
  onlyRef,
  refusal,
  sessionOf,
  writeCsv,
} from './support.ts';

afterAll(cleanUp);

const minutes = 120_000;

async function load(bench: Bench, path: string, signal?: AbortSignal): Promise<PostcodeReport> {
  const grant = bench.engine.grants.add(path, 'file');
  for await (const event of await bench.client.places.load({ grant }, signal ? { signal } : {}))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

async function loadOutline(bench: Bench, name: string, content: string) {
  const path = join(bench.folder, name);
  writeFileSync(path, content);
  const grant = bench.engine.grants.add(path, 'file');
  for await (const event of await bench.client.places.loadOutline({ grant }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

const placed = (map: PlacesMap, ref: string) => map.placed.filter((each) => each.ref === ref);

/** A town of postcodes a hundred metres apart, one sector of ten by ten, in a place of nobody. */
function town(): string[][] {
  const letters = 'ABDEFGHJLN';
  return Array.from({ length: 100 }, (_, index) => [
    `FE1 4${letters.charAt(Math.floor(index / 10))}${letters.charAt(index % 10)}`,
    String(340_000 + (index % 10) * 100),
    String(540_000 + Math.floor(index / 10) * 100),
  ]);
}

const add = async (
  bench: Bench,
  grid: 'premises' | 'people' | 'crimes' | 'warrants' | 'targets' | 'safeguarding',
  values: Record<string, string | number>,
) => onlyRef(await bench.client.records.add({ grid, values }));

test('positions are those of the Ordnance Survey', () => {
  // Worked example of the guide, annex C: on the ellipsoid of the grid already.
  const example = project({
    latitude: 52 + 39 / 60 + 27.2531 / 3600,
    longitude: 1 + 43 / 60 + 4.5177 / 3600,
  });
  expect(example.easting).toBeCloseTo(651_409.903, 2);
  expect(example.northing).toBeCloseTo(313_177.27, 2);
  // The same place by GPS.
  const gps = toNationalGrid({
    latitude: 52 + 39 / 60 + 28.723 / 3600,
    longitude: 1 + 42 / 60 + 57.787 / 3600,
  });
  expect(Math.hypot(gps.easting - 651_409.9, gps.northing - 313_177.3)).toBeLessThan(5);
});

test(
  'the layouts of ONS, Ordnance Survey and simple tables',
  async () => {
    const bench = await makeWorkspace();
    // NSPL, with some of its columns: ended, without a place, Northern Ireland with Irish metres, a stand-in.
    const nspl = writeCsv(bench, 'nspl.csv', [
      ['pcd', 'pcds', 'dointr', 'doterm', 'oseast1m', 'osnrth1m', 'lat', 'long'],
      ['CA1 1AA', 'CA1 1AA', '198001', '', '339560', '0555499', '54.890560', '-2.943790'],
      ['CA1 1AZ', 'CA1 1AZ', '198001', '199706', '339600', '0555500', '54.89', '-2.94'],
      ['CA1 1ZZ', 'CA1 1ZZ', '198001', '', '', '', '99.999999', '0.000000'],
      ['BT1 1AA', 'BT1 1AA', '198001', '', '333800', '0374500', '54.602', '-5.928'],
      ['ZZ993VZ', 'ZZ99 3VZ', '198001', '', '339560', '0555499', '54.9', '-2.9'],
      ['CA1 1AA', 'CA1 1AA', '198001', '', '339560', '0555499', '54.890560', '-2.943790'],
      ['CA1 1AA', 'CA1 1AA', '198001', '', '339999', '0555499', '54.890560', '-2.943790'],
      ['', '', '', '', '', '', '', ''],
      ['NOT1', 'NOT A CODE', '', '', '339560', '0555499', '', ''],
      ['CA1 2AA', 'CA1 2AA', '', '', '939560', '0555499', '', ''],
    ]);
    const first = await load(bench, nspl);
    expect(first).toMatchObject({
      rows: 10,
      loaded: 3,
      ended: 1,
      blank: 1,
      refused: {
        'no-location': 1,
        'stand-in': 1,
        repeated: 1,
        conflicting: 1,
        'not-a-postcode': 1,
        outside: 1,
      },
      columns: ['pcds', 'oseast1m', 'osnrth1m', 'lat', 'long', 'doterm'],
      districts: 2,
    });
    const { database } = { database: sessionOf(bench).reader };
    const row = (postcode: string) =>
      database.prepare('SELECT easting, northing, ended FROM postcode WHERE postcode = ?').get(postcode);
    expect(row('CA11AA')).toEqual({ easting: 339_560, northing: 555_499, ended: null });
    expect(row('CA11AZ')).toMatchObject({ ended: 199_706 });
    // By its latitude and longitude: its metres are of another grid.
    expect(row('BT11AA')).toEqual({
      easting: expect.closeTo(146_000, -4),
      northing: expect.closeTo(529_000, -4),
      ended: null,
    });
    const { rows, total, listed } = await bench.client.places.refused({});
    expect([total, listed]).toEqual([6, 6]);
    expect(rows.find(({ reason }) => reason === 'no-location')).toEqual({
      row: 4,
      reason: 'no-location',
      text: 'CA1 1ZZ',
    });

    // Code-Point Open: no headings, a quality before the metres, zeros for no place.
    const codePoint = writeCsv(bench, 'ca.csv', [
      ['CA1 1AB', '10', '339900', '555700', 'E92000001'],
      ['CA101AA', '10', '351000', '530000', 'E92000001'],
      ['CA101AB', '10', '351100', '530050', 'E92000001'],
      ['CA101AD', '20', '351200', '530150', 'E92000001'],
      ['CA991AA', '90', '0', '0', 'E92000001'],
    ]);
    expect(await load(bench, codePoint)).toMatchObject({
      rows: 5,
      loaded: 4,
      refused: { 'no-location': 1 },
      columns: ['A', 'C', 'D'],
    });
    expect(row('CA11AA')).toBeUndefined();
    const status = await bench.client.places.status();
    expect(status.postcodes).toMatchObject({
      file: 'ca.csv',
      by: 'A Analyst',
      sha256: createHash('sha256').update(readFileSync(codePoint)).digest('hex'),
    });

    // Degrees the wrong way round are told, never turned.
    const turned = writeCsv(bench, 'turned.csv', [
      ['Postcode', 'Latitude', 'Longitude'],
      ['CA1 1AA', '-2.94', '54.89'],
    ]);
    const wrong = await refusal(load(bench, turned));
    expect(wrong.code).toBe('invalid');
    expect(wrong.message).toContain('swapped');
    // What was there before still is.
    expect((await bench.client.places.status()).postcodes?.file).toBe('ca.csv');
    expect(row('CA11AB')).toBeDefined();

    const other = writeCsv(bench, 'people.csv', [
      ['Name', 'Born'],
      ['Ann Example', '1990'],
    ]);
    expect((await refusal(load(bench, other))).message).toContain('no column of postcodes');
    const history = await bench.client.history.list({});
    expect(history.entries.filter(({ method }) => method === 'places.load')).toHaveLength(2);
  },
  minutes,
);

test(
  'whatever a file holds, every row is loaded, refused with a reason, or blank',
  async () => {
    const bench = await makeWorkspace();
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '0',
        '99.999999',
        'CA1 1AA',
        'ca11ab',
        'BT1 1AA',
        'ZZ99 3VZ',
        '339560',
        '54.89',
        '-2.9',
      ),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/["\r\n]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell, cell, cell), { maxLength: 30 }), async (rows) => {
        const path = writeCsv(bench, 'any.csv', [
          ['postcode', 'eastings', 'northings', 'latitude', 'longitude'],
          ['CA9 9ZZ', '340000', '550000', '', ''],
          ...rows,
        ]);
        const report = await load(bench, path);
        const refused = Object.values(report.refused).reduce((sum, each) => sum + each, 0);
        expect(report.loaded + refused + report.blank).toBe(report.rows);
        const { total, listed } = await bench.client.places.refused({});
        expect([total, listed]).toEqual([refused, refused]);
        const box = (await bench.client.places.status()).extent;
        expect(box && box.west >= -100_000 && box.east <= 800_000 && box.north <= 1_300_000).toBe(true);
      }),
      { numRuns: 25 },
    );
  },
  minutes,
);

test(
  'a load that is stopped changes nothing',
  async () => {
    const bench = await makeWorkspace();
    await load(bench, writeCsv(bench, 'town.csv', [['postcode', 'eastings', 'northings'], ...town()]));
    const before = countTables(sessionOf(bench));
    const many = writeCsv(bench, 'many.csv', [
      ['postcode', 'eastings', 'northings'],
      ...Array.from({ length: 120_000 }, (_, index) => ['FE9 9AA', '340000', String(540_000 + index)]),
    ]);
    const abort = new AbortController();
    const loading = async () => {
      for await (const event of await bench.client.places.load(
        { grant: bench.engine.grants.add(many, 'file') },
        { signal: abort.signal },
      ))
        if (event.type === 'progress') abort.abort();
    };
    await loading().catch(() => undefined);
    await sessionOf(bench).exclusively(() => undefined);
    expect(countTables(sessionOf(bench))).toEqual(before);
    expect((await bench.client.places.status()).postcodes?.file).toBe('town.csv');
  },
  minutes,
);

test(
  'things stand where they are known to be, as areas, and what has no place is told',
  async () => {
    const bench = await makeWorkspace();
    const home = await add(bench, 'premises', {
      address: '14 Tenter Row',
      postcode: 'FE1 4AB',
      children: '2',
    });
    const before = await bench.client.places.map({});
    expect(before.placed).toEqual([]);
    expect(before.unplaced).toEqual([
      { ref: home, kind: 'premises', label: '14 Tenter Row', reason: 'no-file', by: 'FE1 4AB' },
    ]);
    await load(bench, writeCsv(bench, 'town.csv', [['postcode', 'eastings', 'northings'], ...town()]));
    const sector = await add(bench, 'premises', { address: 'Somewhere in the sector', postcode: 'FE1 4' });
    const square = await add(bench, 'premises', { address: 'Barn', gridReference: 'NY400405' });
    const far = await add(bench, 'premises', {
      address: 'Wrong code',
      postcode: 'FE1 4AA',
      latitude: 52.65,
      longitude: 1.72,
    });
    const unknown = await add(bench, 'premises', { address: 'New estate', postcode: 'FE1 9ZZ' });
    const nothing = await add(bench, 'premises', { address: 'Unknown yard' });
    const child = await add(bench, 'people', { name: 'Robin Example', dob: '2012-01-01' });
    const warrant = await add(bench, 'warrants', {
      number: 'W/1',
      power: 'MDA_S23_3',
      premises: home,
      person: child,
    });
    await add(bench, 'targets', { subject: home });
    const crime = await add(bench, 'crimes', {
      type: 'Drugs',
      location: 'On or near Church Terrace',
      month: '2016-03',
      latitude: 54.870_08,
      longitude: -3.387_46,
    });
    const text = await add(bench, 'crimes', { type: 'Drugs', location: 'Behind FE1 4AE' });

    const map = await bench.client.places.map({});
    // Second in its row: its neighbours are a hundred metres away.
    expect(placed(map, home)).toEqual([
      {
        ref: home,
        kind: 'premises',
        label: '14 Tenter Row',
        easting: 340_100,
        northing: 540_000,
        radius: 100,
        basis: 'postcode',
        by: 'FE1 4AB',
        planned: true,
        safeguarding: expect.stringMatching(
          /^Children are there; somebody linked with it is or may be under 18/,
        ),
      },
    ]);
    // The box of a hundred postcodes is 900 metres wide and high.
    expect(placed(map, sector)[0]).toMatchObject({
      easting: 340_450,
      northing: 540_450,
      radius: 636,
      basis: 'sector',
    });
    expect(placed(map, square)[0]).toMatchObject({
      easting: 340_050,
      northing: 540_550,
      radius: 71,
      basis: 'grid',
    });
    expect(placed(map, far)[0]).toMatchObject({ basis: 'position', apart: expect.any(Number) });
    expect(placed(map, child)[0]).toMatchObject({
      via: home,
      easting: 340_100,
      safeguarding: 'Is or may be under 18.',
    });
    expect(placed(map, warrant)[0]).toMatchObject({ via: home, label: 'W/1' });
    expect(placed(map, crime)[0]).toMatchObject({ kind: 'crime', on: '2016-03', basis: 'position' });
    expect(placed(map, text)[0]).toMatchObject({ basis: 'postcode', by: 'FE1 4AE' });
    expect(map.unplaced.map(({ ref, reason }) => [ref, reason])).toEqual([
      [unknown, 'not-in-file'],
      [nothing, 'nothing'],
    ]);
    expect(map.unplacedCounts).toEqual({ 'not-in-file': 1, nothing: 1 });
    // Nothing is lost: each is placed or told.
    expect(new Set([...map.placed, ...map.unplaced].map(({ ref }) => ref)).size).toBe(10);

    const some = await bench.client.places.map({
      where: { premises: { address: { contains: 'Barn' } }, people: { name: 'nobody' } },
    });
    expect(some.placed.filter(({ kind }) => kind === 'premises').map(({ ref }) => ref)).toEqual([square]);
    expect(some.placed.filter(({ kind }) => kind === 'person')).toEqual([]);
    const { entries } = await bench.client.history.list({ operations: ['consultation'] });
    expect(entries.find(({ method }) => method === 'places.map')?.summary).toMatch(/^Looked at the map/);

    const ground = await bench.client.places.ground({
      box: { west: 339_000, south: 539_000, east: 342_000, north: 542_000 },
      metres: 1000,
    });
    expect(ground).toEqual({
      metres: 1000,
      squares: [340_000, 540_000, 100],
      districts: [{ name: 'FE1', easting: 340_450, northing: 540_450, postcodes: 100 }],
    });
    expect((await bench.client.places.status()).extent).toEqual({
      west: 340_000,
      south: 540_000,
      east: 340_900,
      north: 540_900,
    });
  },
  minutes,
);

test(
  'an outline is read under limits and drawn coarser within its tolerance',
  async () => {
    const bench = await makeWorkspace();
    // A circle of 20,000 points a few metres apart.
    const ring = Array.from({ length: 20_001 }, (_, index) => {
      const angle = (index / 20_000) * 2 * Math.PI;
      return [-3 + 0.2 * Math.cos(angle), 54.5 + 0.1 * Math.sin(angle)];
    });
    const feature = (geometry: unknown, properties: unknown = {}) => ({
      type: 'Feature',
      properties,
      geometry,
    });
    const report = await loadOutline(
      bench,
      'county.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          feature({ type: 'Polygon', coordinates: [ring] }, { CTYUA24CD: 'E1', CTYUA24NM: 'Fellshire' }),
          feature({ type: 'MultiPolygon', coordinates: [[ring], [ring]] }),
          feature({ type: 'Point', coordinates: [-3, 54] }),
          feature(null),
        ],
      }),
    );
    expect(report).toMatchObject({ shapes: 2, points: 60_003, leftOut: 2, tolerance: 10 });
    expect(report.drawn).toBeLessThan(2000);
    const { shapes } = await bench.client.places.outline();
    expect(shapes.map(({ name, rings }) => [name, rings.length])).toEqual([
      ['Fellshire', 1],
      ['', 2],
    ]);
    const middle = toNationalGrid({ latitude: 54.5, longitude: -3 });
    const drawn = shapes[0]?.rings[0] ?? [];
    for (let at = 0; at < drawn.length; at += 2) {
      const metres = Math.hypot((drawn[at] ?? 0) - middle.easting, (drawn[at + 1] ?? 0) - middle.northing);
      expect(metres).toBeGreaterThan(10_500);
      expect(metres).toBeLessThan(13_500);
    }
    const refused = async (content: string) =>
      (await refusal(loadOutline(bench, 'bad.geojson', content))).code;
    expect(await refused('['.repeat(200_000))).toBe('file.hostile');
    expect(await refused('Name,Postcode')).toBe('invalid');
    expect(await refused('{"type":"FeatureCollection","features":[]}')).toBe('invalid');
    expect(await refused('{"type":"Polygon","coordinates":[[[54.5,-3],[54.6,-3],[54.6,-3.1]]]}')).toBe(
      'invalid',
    );
    expect(await refused('{"type":"Polygon","coordinates":[[["a",1],[2,3]]]}')).toBe('invalid');
    expect(await refused('{"type":"Polygon","coordinates":{"length":3}}')).toBe('invalid');
    // A line that never gets simpler, however coarse: it ends, and is refused.
    const teeth = Array.from({ length: 120_000 }, (_, index) => [
      400_000 + index * 5,
      index % 2 === 0 ? 200_000 : 900_000 - index * 10,
    ]);
    expect(await refused(JSON.stringify({ type: 'LineString', coordinates: teeth }))).toBe('invalid');
    expect((await bench.client.places.status()).outline?.file).toBe('county.geojson');
    expect(await bench.client.places.removeOutline()).toEqual({ removed: true });
    expect(await bench.client.places.removeOutline()).toEqual({ removed: false });
    expect((await bench.client.places.outline()).shapes).toEqual([]);
  },
  minutes,
);
