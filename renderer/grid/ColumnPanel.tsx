import { Button, Checkbox } from '@blueprintjs/core';
import type { GridApi } from 'ag-grid-community';
import { type RefObject, useState } from 'react';
import { findColumn } from '../../shared/grid/grids.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { Grid } from '../../shared/grid/types.ts';

/** Which columns are shown, which stay at the left, and in which order. */
export function ColumnPanel({ grid, api }: { grid: Grid; api: RefObject<GridApi<GridRow> | null> }) {
  const [, setChanges] = useState(0);
  const [find, setFind] = useState('');
  const now = api.current;
  if (!now) return null;
  const change = (act: (api: GridApi<GridRow>) => void) => {
    act(now);
    setChanges((count) => count + 1);
  };
  const order = now.getColumnState().filter(({ colId }) => findColumn(grid, colId));
  const move = (field: string, step: -1 | 1) =>
    change((grid2) => {
      const all = grid2.getAllGridColumns().map((column) => column.getColId());
      const to = all.indexOf(field) + step;
      if (to > 0 && to < all.length) grid2.moveColumns([field], to);
    });
  return (
    <div className="column-panel">
      <input
        className="value-input"
        placeholder="Find a column"
        aria-label="Find a column"
        value={find}
        onChange={(event) => setFind(event.currentTarget.value)}
      />
      <div className="column-list">
        {order.map(({ colId, hide, pinned }) => {
          const column = findColumn(grid, colId);
          if (!column?.title.toLowerCase().includes(find.trim().toLowerCase())) return null;
          return (
            <div className="column-line" key={colId}>
              <Checkbox
                checked={!hide}
                label={column.title}
                title={column.hint ?? ''}
                onChange={() => change((grid2) => grid2.setColumnsVisible([colId], hide === true))}
              />
              <Button
                size="small"
                variant="minimal"
                icon="pin"
                active={pinned === 'left'}
                aria-label={`Keep ${column.title} at the left`}
                aria-pressed={pinned === 'left'}
                onClick={() => change((grid2) => grid2.setColumnsPinned([colId], pinned ? null : 'left'))}
              />
              <Button
                size="small"
                variant="minimal"
                icon="arrow-up"
                aria-label={`Move ${column.title} left`}
                onClick={() => move(colId, -1)}
              />
              <Button
                size="small"
                variant="minimal"
                icon="arrow-down"
                aria-label={`Move ${column.title} right`}
                onClick={() => move(colId, 1)}
              />
            </div>
          );
        })}
      </div>
      <Button
        size="small"
        text="As it comes"
        title="Columns, order and widths as they were at the start"
        onClick={() =>
          change((grid2) =>
            grid2.applyColumnState({
              state: grid.columns.map(({ field, hidden, width }) => ({
                colId: field,
                hide: hidden ?? false,
                width: width ?? 120,
                pinned: null,
                sort: null,
              })),
              applyOrder: true,
            }),
          )
        }
      />
    </div>
  );
}
