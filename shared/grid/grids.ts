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

/**
 * Row numbers of each copy of an operation are its own, so that copies on machines that never meet do not give
 * one number twice: copy c counts from c × this. The first copy is 0.
 */
export const numbersPerCopy = 1_000_000_000;

/** None of them is taken for a digit when it is read out or written by hand. */
const copyAlphabet = 'ACDEFHJKLMNPRTUVWXY';

/** `1` is `A`, `19` is `Y`, `20` is `AA`: the copy in a reference. The first copy, 0, has no letter. */
export function copyLetters(copy: number): string {
  let letters = '';
  for (let rest = copy; rest > 0; rest = Math.floor((rest - 1) / copyAlphabet.length))
    letters = copyAlphabet.charAt((rest - 1) % copyAlphabet.length) + letters;
  return letters;
}

function copyNumber(letters: string): number {
  let copy = 0;
  for (const letter of letters.toUpperCase())
    copy = copy * copyAlphabet.length + copyAlphabet.indexOf(letter) + 1;
  return copy;
}

/** The grid and number of a reference such as `WAR-3`, or `WAR-A3` for one that another copy gave. Null for anything else. */
export function parseRef(ref: string): { grid: Grid; id: number } | null {
  const match = /^([A-Za-z]+)-([AC-FHJ-NPRT-Y]{0,2})0*([1-9]\d{0,8})$/i.exec(ref.trim());
  if (!match?.[1] || !match[3]) return null;
  const grid = byPrefix.get(match[1].toUpperCase());
  return grid ? { grid, id: copyNumber(match[2] ?? '') * numbersPerCopy + Number(match[3]) } : null;
}

/** The reference of a row: `makeRef('warrants', 3)` is `WAR-3`, row 3 of the second copy `WAR-A3`. */
export function makeRef(grid: GridName, id: number): string {
  const copy = Math.floor(id / numbersPerCopy);
  return `${grids[grid].prefix}-${copyLetters(copy)}${id % numbersPerCopy}`;
}

/** The column of a grid by field name, or undefined. */
export function findColumn(grid: Grid, field: string): Column | undefined {
  return grid.columns.find((column) => column.field === field);
}
