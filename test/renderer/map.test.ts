/** The ground and the screen, and what is drawn as one: pure functions of the map. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  boxOf,
  type Camera,
  cameraOn,
  eastingAt,
  gridStep,
  northingAt,
  pan,
  roundStep,
  scaleBars,
  showDistance,
  xOf,
  yOf,
  zoomAt,
} from '../../renderer/features/map/camera.ts';
import { pictureView } from '../../renderer/features/map/mapPicture.ts';
import { mapTable, pictureTable, showWhen, squareOf } from '../../renderer/features/map/mapTable.ts';
import {
  clusterRadius,
  hitCluster,
  inReadingOrder,
  itemsIn,
  levelOf,
  makeClusters,
  makeSpots,
  refsOfItems,
} from '../../renderer/features/map/spots.ts';
import type { Placed } from '../../shared/contract/areas/places.ts';

const size = { width: 960, height: 700 };
const camera: Camera = { easting: 340_000, northing: 540_000, scale: 25 };

const item = (ref: string, easting: number, northing: number, more: Partial<Placed> = {}): Placed => ({
  ref,
  kind: 'premises',
  label: ref,
  easting,
  northing,
  radius: 100,
  basis: 'postcode',
  by: 'FE1 4AB',
  ...more,
});

describe('the camera', () => {
  it('finds the ground again under every point of the screen', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 960, noNaN: true }),
        fc.double({ min: 0, max: 700, noNaN: true }),
        (x, y) => {
          expect(xOf(camera, size, eastingAt(camera, size, x))).toBeCloseTo(x, 6);
          expect(yOf(camera, size, northingAt(camera, size, y))).toBeCloseTo(y, 6);
          const near = zoomAt(camera, size, x, y, 3);
          expect(eastingAt(near, size, x)).toBeCloseTo(eastingAt(camera, size, x), 4);
          expect(northingAt(near, size, y)).toBeCloseTo(northingAt(camera, size, y), 4);
        },
      ),
    );
  });

  it('moves with the pointer, north up', () => {
    const moved = pan(camera, 10, 20);
    expect(moved).toEqual({ easting: 339_750, northing: 540_500, scale: 25 });
    expect(yOf(camera, size, 541_000)).toBeLessThan(yOf(camera, size, 540_000));
  });

  it('sees everything that it is told to', () => {
    const box = boundsOf([
      { easting: 300_000, northing: 500_000, radius: 500 },
      { easting: 360_000, northing: 520_000, radius: 100 },
    ]);
    expect(box).toEqual({ west: 299_500, east: 360_100, south: 499_500, north: 520_100 });
    const seen = boxOf(cameraOn(box ?? { west: 0, south: 0, east: 0, north: 0 }, size), size);
    expect(seen.west).toBeLessThan(299_500);
    expect(seen.east).toBeGreaterThan(360_100);
    expect(boundsOf([])).toBeNull();
    // One place alone is not looked at from nowhere.
    expect(cameraOn({ west: 1, east: 1, south: 1, north: 1 }, size).scale).toBe(4);
  });

  it('has scales of round numbers', () => {
    expect([0.9, 1, 4.9, 5, 199, 200].map(roundStep)).toEqual([0.5, 1, 2, 5, 100, 200]);
    expect([1, 10, 60, 300].map((scale) => gridStep(scale))).toEqual([1000, 2000, 10_000, 50_000]);
    const { metric, miles } = scaleBars(25);
    expect(metric).toEqual([80, '2 km']);
    expect(miles[1]).toBe('2 miles');
    expect(scaleBars(1).miles[1]).toBe('100 yards');
    expect([40, 943, 3400, 16_093].map(showDistance)).toEqual([
      '40 m',
      '940 m',
      '3.4 km (2.1 miles)',
      '16 km (10 miles)',
    ]);
  });
});

describe('spots and clusters', () => {
  it('lose nothing and count everything once, at every zoom', () => {
    const place = fc.record({
      easting: fc.integer({ min: 200_000, max: 600_000 }),
      northing: fc.integer({ min: 100_000, max: 900_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 120 }),
        fc.double({ min: 1, max: 3000, noNaN: true }),
        (places, scale) => {
          const items = places.map(({ easting, northing }, index) =>
            item(`PRM-${index + 1}`, easting, northing),
          );
          const level = levelOf(scale);
          const clusters = makeClusters(makeSpots(items), level);
          const shown = clusters.flatMap(({ spots }) => spots.flatMap((spot) => spot.items));
          expect(shown.map(({ ref }) => ref).sort()).toEqual(items.map(({ ref }) => ref).sort());
          expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
          expect(new Set(clusters.map(({ key }) => key)).size).toBe(clusters.length);
        },
      ),
    );
  });

  it('put what stands in one place into one spot, safeguarding first', () => {
    const [spot, ...others] = makeSpots([
      item('NOM-1', 1000, 1000, { kind: 'person', via: 'PRM-1' }),
      item('PRM-1', 1000, 1000, { planned: true, safeguarding: 'Children are there.' }),
      item('WAR-1', 1000, 1000, { kind: 'warrant', via: 'PRM-1' }),
    ]);
    expect(others).toEqual([]);
    expect(spot).toMatchObject({ kind: 'premises', isPlanned: true, safeguarding: 'Children are there.' });
    const [cluster] = makeClusters(spot ? [spot] : [], 3);
    expect(cluster).toMatchObject({ count: 3, isProtected: true });
  });

  it('are found by pointer, by key and by area', () => {
    const items = [
      item('PRM-1', 338_000, 541_000),
      item('PRM-2', 342_000, 541_100),
      item('CELL', 340_000, 538_000, { kind: 'cell' }),
    ];
    const spots = makeSpots(items);
    const clusters = makeClusters(spots, levelOf(camera.scale));
    const hit = hitCluster(
      clusters,
      camera,
      size,
      xOf(camera, size, 338_000) + 5,
      yOf(camera, size, 541_000),
    );
    expect(hit?.spots[0]?.items[0]?.ref).toBe('PRM-1');
    expect(hitCluster(clusters, camera, size, 5, 5)).toBeNull();
    expect(
      inReadingOrder(clusters, boxOf(camera, size)).map(({ spots: [first] }) => first?.items[0]?.ref),
    ).toEqual(['PRM-1', 'PRM-2', 'CELL']);
    const inArea = itemsIn(spots, { west: 337_000, east: 340_000, south: 530_000, north: 542_000 });
    expect(refsOfItems(inArea)).toEqual(['PRM-1']);
    expect(clusterRadius(1)).toBeLessThan(clusterRadius(500));
  });
});

describe('a kept picture', () => {
  it('holds everything that the screen shows, numbered as its table is', () => {
    const items = [item('PRM-1', 338_000, 548_600), item('PRM-2', 342_000, 531_400)];
    const clusters = makeClusters(makeSpots(items), levelOf(camera.scale));
    for (const screen of [size, { width: 1200, height: 500 }, { width: 500, height: 700 }]) {
      const { clusters: shown } = pictureView(camera, screen, clusters);
      const onScreen = inReadingOrder(clusters, boxOf(camera, screen));
      expect(shown.map(({ key }) => key)).toEqual(expect.arrayContaining(onScreen.map(({ key }) => key)));
    }
    const { headings, rows } = pictureTable(pictureView(camera, size, clusters).clusters, null);
    expect(headings[0]).toBe('On the picture');
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['#1', 'Premises', 'PRM-1'],
      ['#2', 'Premises', 'PRM-2'],
    ]);
  });
});

describe('the table', () => {
  it('says what the picture shows', () => {
    const items = [
      item('PRM-1', 340_050, 540_550),
      item('CRI-1', 340_050, 541_550, {
        kind: 'crime',
        on: '2016-03',
        basis: 'position',
        by: '54.7, -2.9',
        radius: 50,
      }),
    ];
    const [chosen] = makeSpots(items);
    const { headings, rows } = mapTable(items, chosen ?? null);
    expect(rows).toHaveLength(items.length);
    expect(rows.every((row) => row.length === headings.length)).toBe(true);
    expect(rows[1]).toEqual([
      'Crime',
      'CRI-1',
      'CRI-1',
      'Position as a source gives it',
      '54.7, -2.9',
      'NY 40 41',
      '50 m',
      '03/2016',
      '',
      '1.0 km (0.6 miles)',
    ]);
    expect(squareOf({ easting: 340_050, northing: 540_550 })).toBe('NY 40 40');
    expect(squareOf({ easting: -5, northing: 0 })).toBe('');
    expect(showWhen('2026-11-24')).toBe('24/11/2026');
  });
});
