/** How records push each other apart, those far away as one: a quadtree (Barnes and Hut, 1986). */

interface Tree {
  /** Four children of each cell: a cell, `-1` for none, or `-2 - node` for a node. */
  children: Int32Array;
  /** Middle of what is in the cell, and how many. */
  x: Float64Array;
  y: Float64Array;
  weight: Float64Array;
  size: number;
  /** Square of the distance beyond which nobody pushes: parts that hang together lie side by side, not far apart. */
  farthest: number;
}

const push = 900;
/** A cell that looks smaller than this from a node counts as one. */
const opening = 0.9 ** 2;
const nearest = 30 ** 2;
const deepest = 40;

export function buildTree(places: Float64Array): Tree {
  const count = places.length / 2;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < places.length; at += 2) {
    left = Math.min(left, places[at] ?? 0);
    right = Math.max(right, places[at] ?? 0);
    top = Math.min(top, places[at + 1] ?? 0);
    bottom = Math.max(bottom, places[at + 1] ?? 0);
  }
  const size = Math.max(right - left, bottom - top, 1) * 1.0001;
  let children = new Int32Array(Math.max(64, count * 8)).fill(-1);
  let cells = 1;
  for (let node = 0; node < count; node += 1) {
    const [x, y] = [places[node * 2] ?? 0, places[node * 2 + 1] ?? 0];
    let [cell, cellX, cellY, half] = [0, left, top, size / 2];
    for (let depth = 0; depth < deepest; depth += 1) {
      const quarter = (x >= cellX + half ? 1 : 0) + (y >= cellY + half ? 2 : 0);
      if (quarter & 1) cellX += half;
      if (quarter & 2) cellY += half;
      half /= 2;
      const slot = cell * 4 + quarter;
      const there = children[slot] ?? -1;
      if (there === -1) {
        children[slot] = -2 - node;
        break;
      }
      if (there >= 0) {
        cell = there;
        continue;
      }
      // Two nodes in one quarter: it becomes a cell, and the one that was there goes a step down.
      if ((cells + 1) * 4 > children.length) {
        const wider = new Int32Array(children.length * 2).fill(-1);
        wider.set(children);
        children = wider;
      }
      const other = -2 - there;
      const below =
        ((places[other * 2] ?? 0) >= cellX + half ? 1 : 0) +
        ((places[other * 2 + 1] ?? 0) >= cellY + half ? 2 : 0);
      children[slot] = cells;
      children[cells * 4 + below] = there;
      cell = cells;
      cells += 1;
    }
  }
  const tree: Tree = {
    children,
    x: new Float64Array(cells),
    y: new Float64Array(cells),
    weight: new Float64Array(cells),
    size,
    farthest: (600 * Math.max(1, Math.sqrt(count / 60))) ** 2,
  };
  // Children have higher numbers than their cell.
  for (let cell = cells - 1; cell >= 0; cell -= 1) weigh(tree, places, cell);
  return tree;
}

function weigh(tree: Tree, places: Float64Array, cell: number): void {
  let [x, y, weight] = [0, 0, 0];
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const child = tree.children[cell * 4 + quarter] ?? -1;
    if (child === -1) continue;
    const by = child >= 0 ? (tree.weight[child] ?? 0) : 1;
    const node = -2 - child;
    x += by * (child >= 0 ? (tree.x[child] ?? 0) : (places[node * 2] ?? 0));
    y += by * (child >= 0 ? (tree.y[child] ?? 0) : (places[node * 2 + 1] ?? 0));
    weight += by;
  }
  tree.x[cell] = x / Math.max(weight, 1);
  tree.y[cell] = y / Math.max(weight, 1);
  tree.weight[cell] = weight;
}

const stack = new Int32Array(4 * deepest + 8);
const sizes = new Float64Array(4 * deepest + 8);

/** Adds to the speed of a node how all others push it. */
export function addPush(
  tree: Tree,
  places: Float64Array,
  node: number,
  speed: Float64Array,
  heat: number,
): void {
  const x = places[node * 2] ?? 0;
  const y = places[node * 2 + 1] ?? 0;
  let pushX = 0;
  let pushY = 0;
  let top = 0;
  stack[0] = 0;
  sizes[0] = tree.size;
  while (top >= 0) {
    const cell = stack[top] ?? 0;
    const size = sizes[top] ?? 0;
    top -= 1;
    const dx = x - (tree.x[cell] ?? 0);
    const dy = y - (tree.y[cell] ?? 0);
    const distance = dx * dx + dy * dy;
    if (size * size < opening * distance) {
      if (distance > tree.farthest) continue;
      const by = (tree.weight[cell] ?? 0) / Math.max(distance, nearest);
      pushX += dx * by;
      pushY += dy * by;
      continue;
    }
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const child = tree.children[cell * 4 + quarter] ?? -1;
      if (child >= 0) {
        top += 1;
        stack[top] = child;
        sizes[top] = size / 2;
      } else if (child < -1 && -2 - child !== node) {
        const other = -2 - child;
        const nearX = x - (places[other * 2] ?? 0);
        const nearY = y - (places[other * 2 + 1] ?? 0);
        const near = Math.max(nearX * nearX + nearY * nearY, nearest);
        pushX += nearX / near;
        pushY += nearY / near;
      }
    }
  }
  speed[node * 2] = (speed[node * 2] ?? 0) + pushX * push * heat;
  speed[node * 2 + 1] = (speed[node * 2 + 1] ?? 0) + pushY * push * heat;
}
