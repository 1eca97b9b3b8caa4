/** The link chart without its window: what is drawn, where, and the steps that can be taken back. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  beginChart,
  changeChart,
  chartNow,
  choose,
  chosenNow,
  emptyChart,
  hideRecords,
  moveRecords,
  pinRecords,
  redoChart,
  showRecords,
  undoChart,
} from '../../renderer/features/chart/chartState.ts';
import { coverOf, showAll, toChart, toScreen, zoomAt } from '../../renderer/features/chart/draw/camera.ts';
import { bondAt, nextIn, nodeAt } from '../../renderer/features/chart/draw/hit.ts';
import { blend } from '../../renderer/features/chart/draw/palette.ts';
import { makeWordMap } from '../../renderer/features/chart/draw/wordMap.ts';
import { arrange, type Layout } from '../../renderer/features/chart/layout/force.ts';
import { buildScene } from '../../renderer/features/chart/scene.ts';
import type { ChartLink, ChartNode, ChartPicture, ChartState } from '../../shared/contract/areas/chart.ts';

const node = (ref: string, more: Partial<ChartNode> = {}): ChartNode => ({
  ref,
  kind: ref.startsWith('PHN') ? 'phones' : 'people',
  label: ref,
  sub: null,
  sign: null,
  isChild: false,
  isService: false,
  isTarget: false,
  grades: [],
  rows: 1,
  lines: [],
  groups: [],
  hidden: {},
  ...more,
});

const link = (from: string, to: string, more: Partial<ChartLink> = {}): ChartLink => ({
  id: `${from} ${to} ${more.kind ?? 'evidence'}`,
  from,
  to,
  kind: 'evidence',
  relation: 'phone',
  rows: 1,
  inside: 1,
  grades: [],
  first: null,
  last: null,
  isPlanned: false,
  ...more,
});

const pictureOf = (nodes: ChartNode[], links: ChartLink[]): ChartPicture => ({
  nodes,
  links,
  added: [],
  gone: [],
  isFull: false,
  grades: [],
  labels: { 'LINE-1': 'Max' },
});

const stateOf = (refs: string[], more: Partial<ChartState> = {}): ChartState => ({
  ...emptyChart,
  nodes: refs.map((ref, index) => ({ ref, x: index * 200, y: 0, pinned: false })),
  ...more,
});

describe('the scene', () => {
  const nodes = [
    node('NOM-1'),
    node('PHN-1', { hidden: { phones: 12, people: 1 } }),
    node('PHN-2'),
    node('NOM-2'),
  ];
  const links = [
    link('NOM-1', 'PHN-1'),
    link('PHN-1', 'PHN-2', { kind: 'calls', relation: 'calls and texts', rows: 40, inside: 40 }),
    link('PHN-2', 'PHN-1', { kind: 'calls', relation: 'calls and texts', rows: 2, inside: 2 }),
    link('NOM-1', 'PHN-2', { kind: 'plan', relation: 'holder of the line', inside: 0 }),
  ];
  const refs = nodes.map(({ ref }) => ref);

  it('draws all links of two records as one line, the wider the more there is', () => {
    const { bonds, byRef } = buildScene(pictureOf(nodes, links), stateOf(refs), null);
    expect(bonds).toHaveLength(3);
    const calls = bonds.find(({ style }) => style === 'calls');
    expect(calls).toMatchObject({ callsToA: true, callsToB: true, words: '42 calls and texts' });
    expect(calls?.width).toBeGreaterThan(bonds.find(({ style }) => style === 'evidence')?.width ?? 9);
    expect(byRef.get('PHN-1')).toMatchObject({ hidden: 13, degree: 2 });
  });

  it('draws faintly what does not fit, or leaves it out with whom nothing else links', () => {
    const outside = links.map((each) => (each.kind === 'calls' ? { ...each, inside: 0 } : each));
    const faint = buildScene(pictureOf(nodes, outside), stateOf(refs), null);
    expect(faint.bonds.filter((bond) => bond.faint)).toHaveLength(2);
    expect(faint.outside).toEqual({ links: 3, nodes: 0 });
    const left = buildScene(pictureOf(nodes, outside), stateOf(refs, { leaveOut: true }), null);
    expect(left.bonds).toHaveLength(1);
    // A record without any link is not left out: no filter is about it.
    expect(left.nodes.map(({ ref }) => ref)).toEqual(['NOM-1', 'PHN-1', 'NOM-2']);
    expect(left.outside).toEqual({ links: 3, nodes: 1 });
  });

  it('draws faintly what is outside of the filter of all views', () => {
    const { byRef, bonds } = buildScene(pictureOf(nodes, links), stateOf(refs), new Set(['NOM-1']));
    expect(byRef.get('NOM-1')?.faint).toBe(false);
    expect(byRef.get('PHN-1')?.faint).toBe(true);
    expect(bonds.every(({ faint }) => faint)).toBe(true);
  });

  it('frames who belongs together, named as people name it', () => {
    const own = [node('NOM-1', { lines: ['LINE-1'] }), node('PHN-1', { lines: ['LINE-1'] }), node('NOM-2')];
    const { frames } = buildScene(
      pictureOf(own, []),
      stateOf(['NOM-1', 'PHN-1', 'NOM-2'], { groupBy: 'line' }),
      null,
    );
    expect(frames.map(({ title, nodes: inside }) => [title, inside.length])).toEqual([['Max', 2]]);
  });
});

describe('steps', () => {
  beforeEach(() => beginChart('one', null));

  it('are taken back and done again, each as a whole', () => {
    showRecords(['NOM-1', 'NOM-2']);
    pinRecords(new Set(['NOM-1']));
    moveRecords(new Map([['NOM-2', { x: 5, y: 6 }]]));
    hideRecords(['NOM-1']);
    expect(chartNow().nodes).toEqual([{ ref: 'NOM-2', x: 5, y: 6, pinned: false }]);
    expect([undoChart(), undoChart()]).toEqual([true, true]);
    expect(chartNow().nodes.map(({ pinned }) => pinned)).toEqual([true, false]);
    undoChart();
    undoChart();
    expect(chartNow().nodes).toEqual([]);
    expect(undoChart()).toBe(false);
    while (redoChart());
    expect(chartNow().nodes).toEqual([{ ref: 'NOM-2', x: 5, y: 6, pinned: false }]);
  });

  it('never leave somebody chosen who is not shown', () => {
    showRecords(['NOM-1']);
    showRecords(['NOM-2'], ['NOM-1']);
    choose(['NOM-1', 'NOM-2']);
    undoChart();
    expect([...chosenNow()]).toEqual(['NOM-1']);
    hideRecords(['NOM-1']);
    expect([...chosenNow()]).toEqual([]);
  });

  it('show nobody twice', () => {
    showRecords(['NOM-1', 'NOM-1']);
    expect(showRecords(['NOM-1'])).toEqual([]);
    expect(chartNow().nodes).toHaveLength(1);
  });

  it('of another user begin anew', () => {
    changeChart({ leaveOut: true });
    beginChart('two', null);
    expect(chartNow()).toEqual(emptyChart);
    expect(undoChart()).toBe(false);
  });
});

const layouts = fc
  .record({
    count: fc.integer({ min: 1, max: 40 }),
    groups: fc.integer({ min: 0, max: 4 }),
    ends: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 60 }),
  })
  .map(
    ({ count, groups, ends }): Layout => ({
      nodes: Array.from({ length: count }, (_, index) => ({
        // All at one point: the worst that can be asked for.
        x: 0,
        y: 0,
        isFixed: false,
        isSettled: index % 5 === 0,
        group: groups === 0 ? -1 : (index % (groups + 1)) - 1,
      })),
      links: ends.filter(([a, b]) => a !== b && a < count && b < count),
    }),
  );

describe('places', () => {
  it('are apart, finite and the same each time', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const places = arrange(layout);
        expect(places).toHaveLength(layout.nodes.length * 2);
        expect([...places].every(Number.isFinite)).toBe(true);
        for (let a = 0; a < layout.nodes.length; a += 1)
          for (let b = a + 1; b < layout.nodes.length; b += 1) {
            const dx = Math.abs((places[a * 2] ?? 0) - (places[b * 2] ?? 0));
            const dy = Math.abs((places[a * 2 + 1] ?? 0) - (places[b * 2 + 1] ?? 0));
            // A record at least is never on another; most have room for their words as well.
            expect(dx > 34 || dy > 34).toBe(true);
          }
        expect([...arrange(layout)]).toEqual([...places]);
      }),
      { numRuns: 30 },
    );
  });

  it('of pinned records stay', () => {
    const nodes = Array.from({ length: 20 }, (_, index) => ({
      x: index * 10,
      y: 3,
      isFixed: index < 2,
      isSettled: false,
      group: index % 2 === 0 ? 1 : -1,
    }));
    for (const layout of [nodes, nodes.map((each) => ({ ...each, group: -1 }))]) {
      const places = arrange({ nodes: layout, links: [[0, 5]] });
      expect([...places.slice(0, 4)]).toEqual([0, 3, 10, 3]);
    }
  });
});

describe('the camera', () => {
  const size = { width: 800, height: 600 };

  it('comes back from the screen to the chart, and zooms where it is pointed', () => {
    fc.assert(
      fc.property(
        fc.record({
          camera: fc.record({
            x: fc.integer({ min: -5000, max: 5000 }),
            y: fc.integer({ min: -5000, max: 5000 }),
            zoom: fc.double({ min: 0.05, max: 3, noNaN: true }),
          }),
          x: fc.integer({ min: 0, max: 800 }),
          y: fc.integer({ min: 0, max: 600 }),
          by: fc.double({ min: 0.2, max: 5, noNaN: true }),
        }),
        ({ camera, x, y, by }) => {
          const [chartX, chartY] = toChart(camera, size, x, y);
          const zoomed = zoomAt(camera, size, by, x, y);
          const [screenX, screenY] = toScreen(zoomed, size, chartX, chartY);
          expect(screenX).toBeCloseTo(x, 4);
          expect(screenY).toBeCloseTo(y, 4);
        },
      ),
    );
  });

  it('shows all of a chart', () => {
    const nodes = [
      { x: -4000, y: 20 },
      { x: 3000, y: 900 },
    ];
    const camera = showAll(coverOf(nodes), size);
    for (const { x, y } of nodes) {
      const [screenX, screenY] = toScreen(camera, size, x, y);
      expect(screenX > 0 && screenX < 800 && screenY > 0 && screenY < 600).toBe(true);
    }
  });
});

describe('pointing', () => {
  const scene = buildScene(
    pictureOf([node('NOM-1'), node('PHN-1'), node('PHN-2')], [link('NOM-1', 'PHN-1')]),
    stateOf(['NOM-1', 'PHN-1', 'PHN-2']),
    null,
  );

  it('finds the record, then the line', () => {
    expect(nodeAt(scene, 4, 3, 0)?.ref).toBe('NOM-1');
    expect(nodeAt(scene, 100, 0, 0)).toBeNull();
    expect(bondAt(scene, 100, 3, 6)?.links).toHaveLength(1);
    expect(bondAt(scene, 300, 0, 6)).toBeNull();
  });

  it('goes to the nearest in a direction, and nowhere where nobody is', () => {
    const first = scene.byRef.get('NOM-1');
    if (!first) throw new Error('not drawn');
    expect(nextIn(scene, first, 'right')?.ref).toBe('PHN-1');
    expect(nextIn(scene, first, 'left')).toBeNull();
    expect(nextIn(scene, first, 'up')).toBeNull();
  });
});

describe('drawing', () => {
  it('puts words where nothing is yet', () => {
    const words = makeWordMap({ width: 200, height: 100 });
    expect(words.fits(10, 10, 60, 12)).toBe(true);
    words.take(10, 10, 60, 12);
    expect(words.fits(40, 15, 60, 12)).toBe(false);
    expect(words.fits(10, 40, 60, 12)).toBe(true);
    // Beyond the edge nothing is taken.
    expect(words.fits(-50, -50, 20, 10)).toBe(true);
  });

  it('mixes colours, however short they are written', () => {
    expect(blend('#000', '#ffffff', 0.5)).toBe('rgb(128 128 128)');
    expect(blend('#0f7482', '#fff', 1)).toBe('rgb(15 116 130)');
  });
});
