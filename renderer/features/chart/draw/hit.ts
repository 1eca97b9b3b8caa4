/** What is under the pointer, and what lies in a direction. */
import type { Scene, SceneBond, SceneNode } from '../scene.ts';
import { radius } from './shapes.ts';

/** @param reach how far beside it still counts, in pixels of the chart. */
export function nodeAt(scene: Scene, x: number, y: number, reach: number): SceneNode | null {
  let best: SceneNode | null = null;
  let nearest = (radius + reach) ** 2;
  for (const node of scene.nodes) {
    const distance = (node.x - x) ** 2 + (node.y - y) ** 2;
    if (distance > nearest) continue;
    nearest = distance;
    best = node;
  }
  return best;
}

export function bondAt(scene: Scene, x: number, y: number, reach: number): SceneBond | null {
  let best: SceneBond | null = null;
  let nearest = reach;
  for (const bond of scene.bonds) {
    const { a, b } = bond;
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
    if (length === 0) continue;
    const along = Math.max(0, Math.min(1, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / length));
    const distance = Math.hypot(x - a.x - along * (b.x - a.x), y - a.y - along * (b.y - a.y));
    if (distance > nearest) continue;
    nearest = distance;
    best = bond;
  }
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest record in a direction: what is far to the side counts as further. */
export function nextIn(scene: Scene, from: SceneNode, direction: Direction): SceneNode | null {
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const isAcross = direction === 'left' || direction === 'right';
  let best: SceneNode | null = null;
  let nearest = Infinity;
  for (const node of scene.nodes) {
    if (node === from) continue;
    const along = (isAcross ? node.x - from.x : node.y - from.y) * sign;
    const aside = Math.abs(isAcross ? node.y - from.y : node.x - from.x);
    // Within a right angle of the direction.
    if (along <= 0 || aside > along) continue;
    const distance = along + aside * 1.5;
    if (distance < nearest) {
      nearest = distance;
      best = node;
    }
  }
  return best;
}
