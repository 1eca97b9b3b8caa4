import type { GridApi } from 'ag-grid-community';
import type { RefObject } from 'react';
import type { GridRow } from '../../shared/grid/query.ts';
import { type Bounds, boundsOf, type CellRange, countCells, type Spot } from './cellRange.ts';

/** The chosen cells of one grid: kept outside React, because they change with every move of the pointer. */
export interface RangeTool {
  get(): CellRange | null;
  set(next: CellRange | null): void;
  /** The rectangle as the columns stand now. */
  bounds(): Bounds | null;
  isMany(): boolean;
  holds(row: number, field: string): boolean;
  /** At which edge of the rectangle a cell lies. */
  isEdge(side: 'top' | 'bottom' | 'left' | 'right', row: number, field: string): boolean;
  /** Draws the rectangle again: cells came to stand elsewhere. */
  paint(): void;
  /** Fields on screen from left to right, the reference among them. */
  fields(): readonly string[];
}

const sides = ['top', 'bottom', 'left', 'right'] as const;

/** The place of the cell around an element, or null outside cells of the grid's own columns. */
export function spotOf(target: EventTarget | null): Spot | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest('.ag-cell');
  const field = cell?.getAttribute('col-id');
  const row = cell?.closest('.ag-row')?.getAttribute('row-index');
  if (!field || field.startsWith('ag-Grid') || row === null || row === undefined) return null;
  return { row: Number(row), field };
}

export function createRangeTool(deps: {
  api: RefObject<GridApi<GridRow> | null>;
  wrapper: RefObject<HTMLElement | null>;
  onChange: () => void;
}): RangeTool {
  let range: CellRange | null = null;
  let bounds: Bounds | null = null;

  const fields = () =>
    (deps.api.current?.getAllDisplayedColumns() ?? [])
      .map((column) => column.getColId())
      .filter((field) => !field.startsWith('ag-Grid'));
  const isMany = () => bounds !== null && countCells(bounds) > 1;
  const holds = (row: number, field: string) =>
    bounds !== null && isMany() && row >= bounds.top && row <= bounds.bottom && bounds.fields.includes(field);
  const isEdge: RangeTool['isEdge'] = (side, row, field) => {
    if (!bounds || !holds(row, field)) return false;
    if (side === 'top') return row === bounds.top;
    if (side === 'bottom') return row === bounds.bottom;
    return bounds.fields.at(side === 'left' ? 0 : -1) === field;
  };

  function paint(): void {
    bounds = range && boundsOf(range, fields());
    // Cells that come on screen later get their classes from the rules of their columns.
    for (const cell of deps.wrapper.current?.querySelectorAll('.grid-body .ag-row .ag-cell') ?? []) {
      const spot = spotOf(cell);
      if (!spot) continue;
      cell.classList.toggle('cell-range', holds(spot.row, spot.field));
      for (const side of sides) cell.classList.toggle(`range-${side}`, isEdge(side, spot.row, spot.field));
    }
  }

  return {
    get: () => range,
    set: (next) => {
      const same =
        next?.anchor.row === range?.anchor.row &&
        next?.anchor.field === range?.anchor.field &&
        next?.corner.row === range?.corner.row &&
        next?.corner.field === range?.corner.field;
      range = next;
      if (same) return;
      paint();
      deps.onChange();
    },
    bounds: () => bounds,
    isMany,
    holds,
    isEdge,
    paint,
    fields,
  };
}
