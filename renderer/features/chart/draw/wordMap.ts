/** Which parts of the picture are taken: words are left out where they would lie on others. */
import type { Size } from './camera.ts';

export interface WordMap {
  fits: (x: number, y: number, width: number, height: number) => boolean;
  take: (x: number, y: number, width: number, height: number) => void;
}

const cell = 3;

export function makeWordMap(size: Size): WordMap {
  const columns = Math.ceil(size.width / cell) + 1;
  const rows = Math.ceil(size.height / cell) + 1;
  const taken = new Uint8Array(columns * rows);
  const over = (
    [x, y, width, height]: readonly [number, number, number, number],
    visit: (at: number) => boolean,
  ): boolean => {
    const left = Math.max(0, Math.floor(x / cell));
    const right = Math.min(columns - 1, Math.floor((x + width - 0.5) / cell));
    const top = Math.max(0, Math.floor(y / cell));
    const bottom = Math.min(rows - 1, Math.floor((y + height - 0.5) / cell));
    for (let row = top; row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) if (visit(row * columns + column)) return true;
    return false;
  };
  return {
    fits: (x, y, width, height) => !over([x, y, width, height], (at) => taken[at] === 1),
    take: (x, y, width, height) => {
      over([x, y, width, height], (at) => {
        taken[at] = 1;
        return false;
      });
    },
  };
}
