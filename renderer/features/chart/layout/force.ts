/**
 * Places of the records of a chart: records push each other apart, links pull, and no two lie on each other. Pure and
 * the same for the same input, so that a chart that is arranged again looks as it did. It runs in a worker: at two
 * thousand records it takes a second or two.
 */
import { addPush, buildTree } from './pushTree.ts';

export interface LayoutNode {
  x: number;
  y: number;
  /** Stays where it is. */
  isFixed: boolean;
  /** Has a place that the user knows: it gives way, and comes back as far as it can. */
  isSettled: boolean;
  /** Frame that it stands in, as a number; -1 for none. */
  group: number;
}

export interface Layout {
  nodes: readonly LayoutNode[];
  /** Places in `nodes`. */
  links: readonly (readonly [from: number, to: number])[];
}

/** x and y of each node in turn. */
export type Places = Float64Array;

/** Room for a record with its words below it: half the width and half the height. */
const halfWidth = 58;
const halfHeight = 40;
const linkLength = 120;
/** Fewer for many: their whole is seen, not each. */
const stepsFor = (count: number): number => (count > 1200 ? 140 : count > 400 ? 200 : 280);
const framePadding = 40;

/** @param onStep told after each step with the share that is done. */
export function arrange(layout: Layout, onStep: (share: number) => void = () => undefined): Places {
  const groups = new Set(layout.nodes.map(({ group }) => group));
  groups.delete(-1);
  return groups.size === 0 ? simulate(layout, onStep) : arrangeGroups(layout, onStep);
}

function simulate({ nodes, links }: Layout, onStep: (share: number) => void): Places {
  const count = nodes.length;
  const places = new Float64Array(count * 2);
  const home = new Float64Array(count * 2);
  const speed = new Float64Array(count * 2);
  nodes.forEach(({ x, y, isFixed }, node) => {
    // Two records at one point are pushed nowhere: each begins a little elsewhere, the same way each time.
    const aside = isFixed ? 0 : 0.5;
    places[node * 2] = x + Math.cos(node * 2.4) * aside;
    places[node * 2 + 1] = y + Math.sin(node * 2.4) * aside;
  });
  home.set(places);
  const degree = new Int32Array(count);
  for (const [from, to] of links) {
    degree[from] = (degree[from] ?? 0) + 1;
    degree[to] = (degree[to] ?? 0) + 1;
  }
  const hasFixed = nodes.some(({ isFixed }) => isFixed);
  const settled = nodes.filter(({ isSettled }) => isSettled).length;
  // Most of the chart is known: what is new finds its place among it, and nothing is thrown about.
  let heat = settled > 0 ? 0.5 : 1;
  const steps = stepsFor(count);
  // Many need more room round the middle.
  const middle = 0.05 * Math.min(1, Math.sqrt(40 / Math.max(1, count)));
  const cooling = 1 - (0.001 / heat) ** (1 / steps);
  for (let step = 0; step < steps; step += 1) {
    heat -= heat * cooling;
    const tree = buildTree(places);
    for (let node = 0; node < count; node += 1) addPush(tree, places, node, speed, heat);
    for (const [from, to] of links) pull(places, speed, degree, from, to, heat);
    for (let node = 0; node < count; node += 1) {
      const at = node * 2;
      const known = nodes[node];
      if (known?.isFixed) {
        speed[at] = 0;
        speed[at + 1] = 0;
        continue;
      }
      const towards = known?.isSettled ? 0.25 : hasFixed || settled > 0 ? 0 : middle;
      for (const axis of [at, at + 1]) {
        const goal = known?.isSettled ? (home[axis] ?? 0) : 0;
        const moved = ((speed[axis] ?? 0) + (goal - (places[axis] ?? 0)) * towards * heat) * 0.6;
        speed[axis] = moved;
        places[axis] = (places[axis] ?? 0) + moved;
      }
    }
    if (step % 4 === 0 || step > steps - 12) keepApart(places, nodes);
    onStep((step + 1) / steps);
  }
  for (let turn = 0; turn < 80; turn += 1) if (!keepApart(places, nodes)) break;
  return places;
}

/** Both ends of a link move towards its length; the one with fewer links moves more. */
function pull(
  places: Places,
  speed: Float64Array,
  degree: Int32Array,
  from: number,
  to: number,
  heat: number,
): void {
  const dx = (places[to * 2] ?? 0) + (speed[to * 2] ?? 0) - (places[from * 2] ?? 0) - (speed[from * 2] ?? 0);
  const dy =
    (places[to * 2 + 1] ?? 0) +
    (speed[to * 2 + 1] ?? 0) -
    (places[from * 2 + 1] ?? 0) -
    (speed[from * 2 + 1] ?? 0);
  const distance = Math.hypot(dx, dy) || 1;
  const [a, b] = [degree[from] ?? 1, degree[to] ?? 1];
  // Many around one need a wider ring.
  const length = linkLength + 14 * Math.sqrt(Math.max(a, b));
  const strength = ((distance - length) / distance) * (heat / Math.min(a, b));
  const share = a / (a + b);
  speed[to * 2] = (speed[to * 2] ?? 0) - dx * strength * share;
  speed[to * 2 + 1] = (speed[to * 2 + 1] ?? 0) - dy * strength * share;
  speed[from * 2] = (speed[from * 2] ?? 0) + dx * strength * (1 - share);
  speed[from * 2 + 1] = (speed[from * 2 + 1] ?? 0) + dy * strength * (1 - share);
}

/** Moves records that lie on each other apart, along the shorter way. Says whether any did. */
function keepApart(places: Places, nodes: readonly LayoutNode[]): boolean {
  const width = halfWidth * 2;
  const height = halfHeight * 2;
  const cells = new Map<number, number[]>();
  const cellAt = (column: number, row: number) => (column + 65_536) * 131_072 + row + 65_536;
  for (let node = 0; node < nodes.length; node += 1) {
    const key = cellAt(
      Math.floor((places[node * 2] ?? 0) / width),
      Math.floor((places[node * 2 + 1] ?? 0) / height),
    );
    const cell = cells.get(key);
    if (cell) cell.push(node);
    else cells.set(key, [node]);
  }
  let moved = false;
  for (let node = 0; node < nodes.length; node += 1) {
    const column = Math.floor((places[node * 2] ?? 0) / width);
    const row = Math.floor((places[node * 2 + 1] ?? 0) / height);
    for (let x = column - 1; x <= column + 1; x += 1)
      for (let y = row - 1; y <= row + 1; y += 1)
        for (const other of cells.get(cellAt(x, y)) ?? [])
          if (other > node && part(places, nodes, node, other)) moved = true;
  }
  return moved;
}

function part(places: Places, nodes: readonly LayoutNode[], a: number, b: number): boolean {
  const dx = (places[b * 2] ?? 0) - (places[a * 2] ?? 0);
  const dy = (places[b * 2 + 1] ?? 0) - (places[a * 2 + 1] ?? 0);
  const overX = halfWidth * 2 - Math.abs(dx);
  const overY = halfHeight * 2 - Math.abs(dy);
  if (overX <= 0.01 || overY <= 0.01) return false;
  const [aFixed, bFixed] = [nodes[a]?.isFixed === true, nodes[b]?.isFixed === true];
  if (aFixed && bFixed) return false;
  const across = overX / halfWidth < overY / halfHeight;
  const by = across ? overX * (dx < 0 ? -1 : 1) : overY * (dy < 0 ? -1 : 1);
  const axis = across ? 0 : 1;
  const share = aFixed ? 0 : bFixed ? 1 : 0.5;
  places[a * 2 + axis] = (places[a * 2 + axis] ?? 0) - by * share;
  places[b * 2 + axis] = (places[b * 2 + axis] ?? 0) + by * (1 - share);
  return true;
}

interface Frame {
  nodes: number[];
  places: Places;
  /** Half of its width and height, with the room around it. */
  half: readonly [number, number];
}

/** Each frame is arranged by itself, then the frames as wholes beside each other: no two overlap. */
function arrangeGroups({ nodes, links }: Layout, onStep: (share: number) => void): Places {
  const members = new Map<number, number[]>();
  nodes.forEach(({ group }, node) => {
    // Who belongs to none stands alone between the frames.
    const key = group === -1 ? -2 - node : group;
    members.set(key, [...(members.get(key) ?? []), node]);
  });
  let done = 0;
  const frames = [...members].map(([key, own]): Frame => {
    const place = new Map(own.map((node, index) => [node, index]));
    const inner = links.flatMap(([from, to]): [number, number][] => {
      const [a, b] = [place.get(from), place.get(to)];
      return a === undefined || b === undefined ? [] : [[a, b]];
    });
    const places = simulate(
      {
        nodes: own.map((node) => ({ ...(nodes[node] as LayoutNode), isFixed: false, isSettled: false })),
        links: inner,
      },
      () => undefined,
    );
    done += own.length;
    onStep((done / nodes.length) * 0.9);
    return { nodes: own, places, half: centre(places, key < -1 ? 0 : framePadding) };
  });
  const frameOf = new Int32Array(nodes.length);
  frames.forEach((frame, index) => {
    for (const node of frame.nodes) frameOf[node] = index;
  });
  const centres = placeFrames(frames, links, frameOf);
  const places = new Float64Array(nodes.length * 2);
  frames.forEach((frame, index) => {
    frame.nodes.forEach((node, at) => {
      places[node * 2] = (frame.places[at * 2] ?? 0) + (centres[index * 2] ?? 0);
      places[node * 2 + 1] = (frame.places[at * 2 + 1] ?? 0) + (centres[index * 2 + 1] ?? 0);
    });
  });
  nodes.forEach(({ isFixed, x, y }, node) => {
    if (!isFixed) return;
    places[node * 2] = x;
    places[node * 2 + 1] = y;
  });
  onStep(1);
  return places;
}

/** Moves places so that their middle is at 0 and gives half the size of what they cover. */
function centre(places: Places, padding: number): readonly [number, number] {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < places.length; at += 2) {
    left = Math.min(left, places[at] ?? 0);
    right = Math.max(right, places[at] ?? 0);
    top = Math.min(top, places[at + 1] ?? 0);
    bottom = Math.max(bottom, places[at + 1] ?? 0);
  }
  for (let at = 0; at < places.length; at += 2) {
    places[at] = (places[at] ?? 0) - (left + right) / 2;
    places[at + 1] = (places[at + 1] ?? 0) - (top + bottom) / 2;
  }
  return [(right - left) / 2 + halfWidth + padding, (bottom - top) / 2 + halfHeight + padding];
}

/** Centres of frames: linked ones near each other, the largest in the middle, none on another. */
function placeFrames(
  frames: readonly Frame[],
  links: readonly (readonly [number, number])[],
  frameOf: Int32Array,
): Float64Array {
  const bonds = new Map<string, number>();
  for (const [from, to] of links) {
    const [a, b] = [frameOf[from] ?? 0, frameOf[to] ?? 0];
    if (a === b) continue;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    bonds.set(key, (bonds.get(key) ?? 0) + 1);
  }
  const bondOf = (a: number, b: number) => bonds.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? 0;
  const order = frames
    .map((frame, index) => ({ index, area: frame.half[0] * frame.half[1] }))
    .sort((a, b) => b.area - a.area || a.index - b.index)
    .map(({ index }) => index);
  const centres = new Float64Array(frames.length * 2);
  const put: number[] = [];
  for (const index of order) {
    const spot = freeSpot(frames, centres, put, index, (other) => bondOf(index, other));
    centres[index * 2] = spot[0];
    centres[index * 2 + 1] = spot[1];
    put.push(index);
  }
  return centres;
}

/** The free spot nearest to the frames that this one is bound to, found on rings around them. */
function freeSpot(
  frames: readonly Frame[],
  centres: Float64Array,
  put: readonly number[],
  index: number,
  bond: (other: number) => number,
): readonly [number, number] {
  const own = frames[index]?.half ?? [0, 0];
  let [sumX, sumY, weight] = [0, 0, 0.001];
  for (const other of put) {
    const by = bond(other);
    sumX += (centres[other * 2] ?? 0) * by;
    sumY += (centres[other * 2 + 1] ?? 0) * by;
    weight += by;
  }
  const [goalX, goalY] = [sumX / weight, sumY / weight];
  const isFree = (x: number, y: number) =>
    put.every((other) => {
      const half = frames[other]?.half ?? [0, 0];
      return (
        Math.abs(x - (centres[other * 2] ?? 0)) >= own[0] + half[0] ||
        Math.abs(y - (centres[other * 2 + 1] ?? 0)) >= own[1] + half[1]
      );
    });
  for (let ring = 0; ; ring += 1) {
    const radius = ring * 40;
    const spots = Math.max(1, Math.ceil((radius * 2 * Math.PI) / 60));
    for (let spot = 0; spot < spots; spot += 1) {
      const angle = (spot / spots) * 2 * Math.PI;
      const [x, y] = [goalX + Math.cos(angle) * radius * 1.4, goalY + Math.sin(angle) * radius];
      if (isFree(x, y)) return [x, y];
    }
  }
}
