import type { GridApi, IDatasource } from 'ag-grid-community';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GridRow, Where } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { useOnChanges } from '../app/changes.ts';
import { useClient } from '../app/connection.ts';
import { describeError } from '../app/reportError.ts';
import type { AfterEditing } from './afterEditing.ts';

/**
 * Rows of a grid, fetched block by block as they are scrolled to, again when the filter changes, and again, once no cell
 * is open, when the engine says that they changed.
 */
export function useRowSource(props: {
  api: RefObject<GridApi<GridRow> | null>;
  grid: GridName;
  where: Where;
  /** `where`, as the datasource reads it: the grid keeps the datasource while filters change. */
  whereNow: RefObject<Where>;
  /** Labels of references, to which those of each page are added. */
  labels: RefObject<Record<string, string>>;
  after: AfterEditing;
  /** Puts the focus into the rows. */
  enterGrid: () => void;
  /** Rows have come in. */
  onRows: () => void;
}): { datasource: IDatasource; count: number | null; failure: string | null } {
  const { api, grid, where, whereNow, labels, after, enterGrid, onRows } = props;
  const client = useClient();
  const [count, setCount] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const hadRows = useRef(false);
  const datasource = useMemo(
    (): IDatasource => ({
      getRows: ({ startRow, endRow, sortModel, successCallback, failCallback }) => {
        client.grids
          .page({
            grid,
            where: whereNow.current,
            sort: sortModel.slice(0, 4).map(({ colId, sort }) => ({ field: colId, direction: sort })),
            offset: startRow,
            limit: endRow - startRow,
          })
          .then((page) => {
            Object.assign(labels.current, page.labels);
            setCount(page.total);
            setFailure(null);
            const show = () => {
              successCallback(page.rows, page.total);
              onRows();
            };
            // Rows that are there already may wait; those that somebody scrolled to may not.
            const isThere = api.current?.getDisplayedRowAtIndex(startRow)?.data !== undefined;
            if (isThere) after.do(show);
            else show();
            // Who came by the keyboard goes on by the keyboard: the focus is nowhere, so it goes into the rows.
            if (page.total > 0 && !hadRows.current && document.activeElement === document.body) enterGrid();
            hadRows.current = page.total > 0;
          })
          .catch((error: unknown) => {
            const { code, message } = describeError(error);
            if (code !== 'engine.gone') setFailure(message);
            failCallback();
          });
      },
    }),
    [client, grid, enterGrid, after, api, whereNow, labels, onRows],
  );
  useEffect(() => {
    if (whereNow.current === where) return;
    whereNow.current = where;
    hadRows.current = false;
    setCount(null);
    api.current?.deselectAll();
    api.current?.purgeInfiniteCache();
  }, [where, whereNow, api]);
  useOnChanges(
    useCallback(
      (changed) => {
        if (changed.includes(grid)) after.do(() => api.current?.refreshInfiniteCache());
      },
      [grid, after, api],
    ),
  );
  return { datasource, count, failure };
}
