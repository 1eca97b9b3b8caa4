import type { GridApi } from 'ag-grid-community';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineClient } from '../../shared/contract/client.ts';
import type { GridState } from '../../shared/contract/schemas.ts';
import { findColumn } from '../../shared/grid/grids.ts';
import type { Grid, GridName } from '../../shared/grid/types.ts';
import { reportError } from '../app/reportError.ts';

/** How the columns of a grid stand now. */
export function readGridState(api: GridApi): GridState {
  const state = api.getColumnState().filter(({ colId }) => colId !== 'ref' && !colId.startsWith('ag-Grid'));
  return {
    columns: state.map(({ colId, hide, width, pinned }) => ({
      field: colId,
      hidden: hide === true,
      ...(typeof width !== 'number' ? {} : { width }),
      ...(pinned ? { pinned: true } : {}),
    })),
    sort: state
      .filter(({ sort }) => sort === 'asc' || sort === 'desc')
      .sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0))
      .slice(0, 4)
      .map(({ colId, sort }) => ({ field: colId, direction: sort === 'desc' ? 'desc' : 'asc' })),
  };
}

/** Puts columns, widths and sort as a saved view has them. Columns that it does not know come last, hidden. */
export function applyGridState(api: GridApi, grid: Grid, state: GridState): void {
  const sorts = new Map(state.sort.map(({ field, direction }, index) => [field, { sort: direction, index }]));
  const known = state.columns.filter(({ field }) => findColumn(grid, field));
  const own = api
    .getColumnState()
    .filter(({ colId }) => !findColumn(grid, colId))
    .map(({ colId }) => ({ colId }));
  const newer = grid.columns.filter(({ field }) => !known.some((each) => each.field === field));
  api.applyColumnState({
    state: [
      ...own,
      ...known.map(({ field, hidden, width, pinned }) => ({
        colId: field,
        hide: hidden === true,
        ...(width === undefined ? {} : { width }),
        pinned: pinned ? ('left' as const) : null,
        sort: sorts.get(field)?.sort ?? null,
        sortIndex: sorts.get(field)?.index ?? null,
      })),
      ...newer.map(({ field }) => ({ colId: field, hide: true, sort: null })),
    ],
    applyOrder: true,
  });
}

/** Loads how the user left a grid, and saves it again a moment after every change. */
export function useGridState(client: EngineClient, grid: GridName) {
  const [loaded, setLoaded] = useState<{ state: GridState | null } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<GridState | null>(null);

  useEffect(() => {
    let current = true;
    client.grids.loadState({ grid }).then(
      ({ state }) => {
        if (current) setLoaded({ state });
      },
      (error: unknown) => {
        reportError(error);
        if (current) setLoaded({ state: null });
      },
    );
    return () => {
      current = false;
    };
  }, [client, grid]);

  const send = useCallback(() => {
    clearTimeout(timer.current);
    const state = unsaved.current;
    unsaved.current = null;
    if (state) client.grids.saveState({ grid, state }).catch(reportError);
  }, [client, grid]);
  // A grid that is left within the moment is saved as it is left.
  useEffect(() => send, [send]);

  const save = useCallback(
    (api: GridApi) => {
      unsaved.current = readGridState(api);
      clearTimeout(timer.current);
      timer.current = setTimeout(send, 600);
    },
    [send],
  );

  return { loaded, save };
}
