import type { GridApi } from 'ag-grid-community';
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { GridRow } from '../../shared/grid/query.ts';
import type { BulkEdits } from './bulkEdits.ts';
import { type CellRange, reach } from './cellRange.ts';
import { type RangeTool, spotOf } from './rangeTool.ts';

/** The range begins at the cell that has the focus. The grid tells of a move some time after it was made. */
function syncAnchor(grid: GridApi<GridRow>, range: RangeTool): CellRange | null {
  const focused = grid.getFocusedCell();
  const now = range.get();
  if (!focused) return now;
  const spot = { row: focused.rowIndex, field: focused.column.getColId() };
  if (spot.row === now?.anchor.row && spot.field === now.anchor.field) return now;
  range.set({ anchor: spot, corner: spot });
  return range.get();
}

/** The keys and the pointer of a range of cells, taken before the grid sees them. */
export function useRangeKeys(deps: {
  api: RefObject<GridApi<GridRow> | null>;
  range: RangeTool;
  bulk: BulkEdits;
}) {
  const { api, range, bulk } = deps;
  const dragging = useRef(false);
  /** The click at the end of a drag, or with Shift, chose cells: no row is meant by it. */
  const swallowClick = useRef(false);

  useEffect(() => {
    const move = (event: globalThis.MouseEvent) => {
      const now = range.get();
      if (!dragging.current || !now) return;
      if ((event.buttons & 1) === 0) {
        dragging.current = false;
        return;
      }
      const spot = spotOf(event.target);
      if (!spot || (spot.row === now.corner.row && spot.field === now.corner.field)) return;
      swallowClick.current = true;
      range.set({ anchor: now.anchor, corner: spot });
    };
    const stop = () => {
      dragging.current = false;
    };
    document.addEventListener('mousemove', move);
    document.addEventListener('mouseup', stop);
    return () => {
      document.removeEventListener('mousemove', move);
      document.removeEventListener('mouseup', stop);
    };
  }, [range]);

  return useMemo(
    () => ({
      /** True when the key was one of the range's. */
      takeKey: (event: KeyboardEvent): boolean => {
        const grid = api.current;
        if (!grid || !spotOf(event.target) || grid.getEditingCells().length > 0) return false;
        const now = syncAnchor(grid, range);
        if (!now) return false;
        const control = event.ctrlKey || event.metaKey;
        if (event.altKey) return false;
        if (event.shiftKey) {
          const area = { fields: range.fields(), rows: grid.getDisplayedRowCount() };
          const next = reach(now, event.key, area, control);
          if (!next) return false;
          range.set(next);
          grid.ensureIndexVisible(next.corner.row);
          grid.ensureColumnVisible(next.corner.field);
          return true;
        }
        const key = event.key.toLowerCase();
        if (control && key === 'd') void bulk.fillDown();
        else if (control && key === 'a') {
          const fields = range.fields();
          const last = grid.getDisplayedRowCount() - 1;
          const [first] = fields;
          const end = fields.at(-1);
          if (first === undefined || end === undefined || last < 0) return false;
          range.set({ anchor: { row: 0, field: first }, corner: { row: last, field: end } });
        } else if (!control && event.key === 'Delete') void bulk.blank();
        else if (!control && event.key === 'Escape' && range.isMany())
          range.set({ anchor: now.anchor, corner: now.anchor });
        else return false;
        return true;
      },
      takePress: (event: MouseEvent): void => {
        swallowClick.current = false;
        const spot = event.button === 0 ? spotOf(event.target) : null;
        if (!spot) return;
        const now = range.get();
        if (event.shiftKey && now) {
          range.set({ anchor: now.anchor, corner: spot });
          swallowClick.current = true;
          event.preventDefault();
          event.stopPropagation();
        } else if (!event.ctrlKey && !event.metaKey) {
          range.set({ anchor: spot, corner: spot });
          dragging.current = true;
        }
      },
      takeClick: (event: MouseEvent): void => {
        if (!swallowClick.current) return;
        swallowClick.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    }),
    [api, range, bulk],
  );
}
