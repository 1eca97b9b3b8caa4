import type { GridApi } from 'ag-grid-community';
import type { RefObject } from 'react';
import type { GridRow } from '../../shared/grid/query.ts';

export interface AfterEditing {
  /** Now, or once no cell is being edited any more. */
  do(step: () => void): void;
  /** The cell that was being edited has been left. */
  flush(): void;
}

/**
 * What draws rows anew waits while a cell is being edited: the grid would close the cell's field over the fresh row, and
 * what was typed into it would be gone.
 */
export function createAfterEditing(api: RefObject<GridApi<GridRow> | null>): AfterEditing {
  let waiting: (() => void)[] = [];
  const isEditing = () => (api.current?.getEditingCells().length ?? 0) > 0;
  return {
    do(step) {
      if (isEditing()) waiting.push(step);
      else step();
    },
    flush() {
      if (isEditing()) return;
      const steps = waiting;
      waiting = [];
      for (const step of steps) step();
    },
  };
}
