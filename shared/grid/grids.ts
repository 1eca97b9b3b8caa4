import { courseGrids } from './courseGrids.ts';
import { entityGrids } from './entityGrids.ts';
import { evidenceGrids } from './evidenceGrids.ts';
import { planGrids } from './planGrids.ts';
import type { Column, Grid, GridName } from './types.ts';

const all: readonly Grid[] = [...entityGrids, ...evidenceGrids, ...planGrids, ...courseGrids];

/** Every grid by name. */
export const grids: Readonly<Record<GridName, Grid>> = Object.freeze(
  Object.fromEntries(all.map((grid) => [grid.name, grid])) as Record<GridName, Grid>,
);

/** Every grid in the order in which lists show them. */
export const gridList = all;

const byPrefix = new Map(all.map((grid) => [grid.prefix, grid]));

/** A reference such as `WAR-3` taken apart, or null when it is none. Letters may be in either case. */
export function parseRef(ref: string): { grid: Grid; id: number } | null {
  const match = /^([A-Za-z]+)-0*([1-9]\d{0,14})$/.exec(ref.trim());
  if (!match?.[1] || !match[2]) return null;
  const grid = byPrefix.get(match[1].toUpperCase());
  return grid ? { grid, id: Number(match[2]) } : null;
}

/** The reference of a row: `makeRef('warrants', 3)` is `WAR-3`. */
export function makeRef(grid: GridName, id: number): string {
  return `${grids[grid].prefix}-${id}`;
}

/** The column of a grid by field name, or undefined. */
export function findColumn(grid: Grid, field: string): Column | undefined {
  return grid.columns.find((column) => column.field === field);
}
