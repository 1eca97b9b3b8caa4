/**
 * The chart as its user grows it: which records are shown and where, what an expansion brings, which links count.
 * Kept outside React, so that it is as it was when the user comes back to it; every step can be taken back.
 */
import type { ChartKind, ChartState } from '../../../shared/contract/areas/chart.ts';
import { chartKinds, mostChartNodes } from '../../../shared/contract/areas/chart.ts';
import { createStore, useStore } from '../../app/store.ts';

export type ChartPlace = ChartState['nodes'][number];

interface Wish {
  /** All is brought into view once it is drawn. */
  fit: boolean;
  /** Places are looked for: for all, or for these, among the others that keep theirs as far as they can. */
  arrange: 'all' | ReadonlySet<string> | null;
}

interface Steps {
  /** The workspace and user whose chart this is; null before it is loaded. */
  owner: string | null;
  past: readonly ChartState[];
  present: ChartState;
  future: readonly ChartState[];
}

/** Entities, what connects them and what is planned; reports and records on demand. */
const usualKinds: readonly ChartKind[] = chartKinds.slice(0, 8);

export const emptyChart: ChartState = {
  nodes: [],
  kinds: [...usualKinds],
  filter: {},
  leaveOut: false,
  groupBy: null,
};

const mostSteps = 100;
const start: Steps = { owner: null, past: [], present: emptyChart, future: [] };
const steps = createStore<Steps>(start);
const chosen = createStore<ReadonlySet<string>>(new Set());
/** Two records whose link is looked at. */
const chosenLink = createStore<readonly [string, string] | null>(null);
const wish = createStore<Wish>({ fit: false, arrange: null });

export const useChartSteps = (): Steps => useStore(steps);
export const useChosen = (): ReadonlySet<string> => useStore(chosen);
export const useChosenLink = (): readonly [string, string] | null => useStore(chosenLink);
export const useWish = () => useStore(wish);
export const chartNow = (): ChartState => steps.get().present;
export const chosenNow = (): ReadonlySet<string> => chosen.get();
export const ownerNow = (): string | null => steps.get().owner;

/** Begins with how the chart was left; another workspace or user begins with their own. */
export function beginChart(owner: string, state: ChartState | null): void {
  steps.set({ ...start, owner, present: state ?? emptyChart });
  chosen.set(new Set());
  chosenLink.set(null);
  wish.set({ fit: true, arrange: null });
}

/** A step that can be taken back. */
export function changeChart(change: Partial<ChartState>): void {
  steps.set((now) => ({
    ...now,
    past: [...now.past, now.present].slice(-mostSteps),
    present: { ...now.present, ...change },
    future: [],
  }));
}

/** What belongs to the step before: places that a layout found, records that are no more. */
export function amendChart(change: Partial<ChartState>): void {
  steps.set((now) => ({ ...now, present: { ...now.present, ...change } }));
}

/** False where there is no step to take back. */
export function undoChart(): boolean {
  const { past, present, future } = steps.get();
  const before = past.at(-1);
  if (!before) return false;
  steps.set((now) => ({ ...now, past: past.slice(0, -1), present: before, future: [present, ...future] }));
  keepChosen();
  return true;
}

export function redoChart(): boolean {
  const { past, present, future } = steps.get();
  const [next, ...rest] = future;
  if (!next) return false;
  steps.set((now) => ({ ...now, past: [...past, present], present: next, future: rest }));
  keepChosen();
  return true;
}

/** Who is no longer shown is no longer chosen. */
function keepChosen(): void {
  const shown = new Set(chartNow().nodes.map(({ ref }) => ref));
  choose([...chosen.get()].filter((ref) => shown.has(ref)));
}

export function choose(refs: Iterable<string>): void {
  chosen.set(new Set(refs));
  chosenLink.set(null);
}

export function chooseLink(a: string, b: string): void {
  chosen.set(new Set([a, b]));
  chosenLink.set([a, b]);
}

export function askFor(next: Partial<Wish>): void {
  wish.set((now) => ({ ...now, ...next }));
}

/** Shows records where they are not shown yet, beside `near` or in the middle; a step that can be taken back. */
export function showRecords(refs: readonly string[], near: readonly string[] = []): string[] {
  const { nodes } = chartNow();
  const known = new Map(nodes.map((node) => [node.ref, node]));
  const fresh = [...new Set(refs)].filter((ref) => !known.has(ref)).slice(0, mostChartNodes - nodes.length);
  if (fresh.length === 0) return [];
  const around = near.flatMap((ref) => known.get(ref) ?? []);
  const middle = middleOf(around.length > 0 ? around : nodes);
  changeChart({
    nodes: [...nodes, ...fresh.map((ref, index) => ({ ref, ...spiral(middle, index), pinned: false }))],
  });
  askFor({ arrange: nodes.length < 3 ? 'all' : new Set(fresh) });
  return fresh;
}

/** The records that were hidden, with their places. */
export function hideRecords(refs: Iterable<string>): ChartPlace[] {
  const meant = new Set(refs);
  const { nodes } = chartNow();
  const gone = nodes.filter(({ ref }) => meant.has(ref));
  if (gone.length === 0) return [];
  changeChart({ nodes: nodes.filter(({ ref }) => !meant.has(ref)) });
  keepChosen();
  return gone;
}

/** Puts hidden records back where they were. */
export function putBack(places: readonly ChartPlace[]): void {
  const { nodes } = chartNow();
  const shown = new Set(nodes.map(({ ref }) => ref));
  const back = places.filter(({ ref }) => !shown.has(ref)).slice(0, mostChartNodes - nodes.length);
  if (back.length > 0) changeChart({ nodes: [...nodes, ...back] });
}

/** Pins what is not pinned; where all are, lets them go. */
export function pinRecords(refs: ReadonlySet<string>): void {
  const { nodes } = chartNow();
  const own = nodes.filter(({ ref }) => refs.has(ref));
  if (own.length === 0) return;
  const pinned = !own.every((node) => node.pinned);
  changeChart({ nodes: nodes.map((node) => (refs.has(node.ref) ? { ...node, pinned } : node)) });
}

export function moveRecords(places: ReadonlyMap<string, { x: number; y: number }>): void {
  changeChart({ nodes: moved(places) });
}

export function placeRecords(places: ReadonlyMap<string, { x: number; y: number }>): void {
  amendChart({ nodes: moved(places) });
}

const moved = (places: ReadonlyMap<string, { x: number; y: number }>): ChartPlace[] =>
  chartNow().nodes.map((node) => ({ ...node, ...places.get(node.ref) }));

function middleOf(places: readonly { x: number; y: number }[]): { x: number; y: number } {
  if (places.length === 0) return { x: 0, y: 0 };
  const sum = places.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
}

/** The sunflower: each further one a little outside of those before. */
function spiral({ x, y }: { x: number; y: number }, index: number): { x: number; y: number } {
  const [angle, radius] = [index * 2.399963, 130 + 34 * Math.sqrt(index)];
  return { x: x + Math.cos(angle) * radius, y: y + Math.sin(angle) * radius };
}
