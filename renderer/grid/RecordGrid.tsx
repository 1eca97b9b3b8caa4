import { Spinner } from '@blueprintjs/core';
import type {
  CellContextMenuEvent,
  CellEditRequestEvent,
  CellKeyDownEvent,
  FullWidthCellKeyDownEvent,
  GridApi,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SavedView } from '../../shared/contract/planSchemas.ts';
import { findColumn } from '../../shared/grid/grids.ts';
import { canNarrowByRecords } from '../../shared/grid/narrowing.ts';
import type { GridRow, Where } from '../../shared/grid/query.ts';
import type { Grid } from '../../shared/grid/types.ts';
import { makeTargets } from '../app/actions.ts';
import { useClient } from '../app/connection.ts';
import { setCrossFilter, useNarrowing } from '../app/crossFilter.ts';
import { showMessage } from '../app/messages.ts';
import { openRecord, setFilters, showSource, useFilters, usePlace } from '../app/navigation.ts';
import { useOverview } from '../app/queries.ts';
import { useMay } from '../app/role.ts';
import { narrowingCopy } from '../copy/narrowing.ts';
import { useOverlays } from '../ui/overlays.ts';
import { setActiveGrid } from './activeGrid.ts';
import { createAfterEditing } from './afterEditing.ts';
import { createBulkEdits } from './bulkEdits.ts';
import { CellHistoryDialog } from './CellHistoryDialog.tsx';
import { CellMenu, type CellMenuTarget } from './CellMenu.tsx';
import { CellNotice } from './CellNotice.tsx';
import { makeColumnDefs } from './columnDefs.ts';
import { copyText } from './copy.ts';
import { EmptyGrid } from './EmptyGrid.tsx';
import { beginWaiting, endWaiting, expectField, keepEarlyKey } from './earlyKeys.ts';
import { createCellEdits } from './edits.ts';
import { asCellValue, formatValue } from './format.ts';
import { GridFooter } from './GridFooter.tsx';
import { type GridPanel, GridToolbar } from './GridToolbar.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import type { GridContext } from './gridContext.ts';
import { registerGridModules } from './gridModules.ts';
import { openFilterEvent } from './HeaderCell.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { createRangeTool } from './rangeTool.ts';
import type { EditDraft } from './readEdit.ts';
import { writeTabSeparated } from './tabSeparated.ts';
import { describeCells } from './totals.ts';
import { applyGridState, readGridState, useGridState } from './useGridState.ts';
import { usePaste } from './usePaste.ts';
import { useRangeKeys } from './useRangeKeys.ts';
import { useRowFindings } from './useRowFindings.ts';
import { useRowSource } from './useRowSource.ts';

registerGridModules();

const blockSize = 200;

/** Everything of one grid: toolbar, filters, rows fetched block by block, editing, menu. */
export function RecordGrid({ grid }: { grid: Grid }) {
  const client = useClient();
  const { loaded, save } = useGridState(client, grid.name);
  if (!loaded) {
    return (
      <div className="grid-loading">
        <Spinner size={24} aria-label={`Loading ${grid.title}`} />
      </div>
    );
  }
  return <LoadedGrid grid={grid} saved={loaded.state} onStateChange={save} />;
}

function LoadedGrid(props: {
  grid: Grid;
  saved: Parameters<typeof makeColumnDefs>[1];
  onStateChange: (api: GridApi) => void;
}) {
  const { grid } = props;
  const client = useClient();
  const overlays = useOverlays();
  const place = usePlace();
  const filters = useFilters(grid.name);
  const narrowing = useNarrowing(grid);
  const where = useMemo(() => ({ ...filters, ...narrowing }), [filters, narrowing]);
  const overview = useOverview();
  const api = useRef<GridApi<GridRow> | null>(null);
  const wrapper = useRef<HTMLDivElement>(null);
  const quickFind = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [menu, setMenu] = useState<CellMenuTarget | null>(null);
  const [focused, setFocused] = useState<{ ref: string; field: string } | null>(null);
  const [panel, setPanel] = useState<GridPanel | null>(null);
  const [groupBy, setGroupBy] = useState<string | null>(null);
  const [history, setHistory] = useState<{ ref: string; field: string } | null>(null);
  const [, setMarks] = useState(0);

  const after = useMemo(() => createAfterEditing(api), []);
  /** The row as it was shown when its cell was opened. */
  const opened = useRef<GridRow | null>(null);
  const labels = useRef<Record<string, string>>({});
  // Read by the datasource, which the grid keeps while filters change.
  const whereNow = useRef<Where>(where);
  const context = useMemo((): GridContext => {
    const edits = createCellEdits({
      grid: grid.name,
      client,
      onRows: (rows, more) => {
        Object.assign(labels.current, more);
        for (const row of rows) api.current?.getRowNode(row.ref)?.setData(row);
      },
      onMarks: (refs, fields) => {
        setMarks((now) => now + 1);
        const rowNodes = refs.flatMap((ref) => api.current?.getRowNode(ref) ?? []);
        if (rowNodes.length > 0) api.current?.refreshCells({ rowNodes, columns: [...fields], force: true });
      },
    });
    const range = createRangeTool({ api, wrapper, onChange: () => setMarks((now) => now + 1) });
    const shared = { grid, client, edits, range, labels: labels.current };
    return {
      ...shared,
      bulk: createBulkEdits({ ...shared, api, where: whereNow }),
      findings: new Map(),
      strike: null,
      groupBy: setGroupBy,
    };
  }, [grid, client]);
  const { edits, range, bulk } = context;
  context.strike = overview.data?.strike ?? null;
  const rangeKeys = useRangeKeys({ api, range, bulk });
  const paste = usePaste({ grid, range });

  const enterGrid = useCallback(() => {
    const [, field] = range.fields();
    const last = (api.current?.getDisplayedRowCount() ?? 0) - 1;
    const row = Math.min(range.get()?.anchor.row ?? 0, last);
    if (field && row >= 0) api.current?.setFocusedCell(row, range.get()?.anchor.field ?? field);
  }, [range]);
  const lookAtRows = useRowFindings({ api, context, after });
  const { datasource, count, failure } = useRowSource({
    api,
    grid: grid.name,
    where,
    whereNow,
    labels,
    after,
    enterGrid,
    onRows: lookAtRows,
  });

  const columnDefs = useMemo(() => makeColumnDefs(grid, props.saved), [grid, props.saved]);
  const toggleGroups = useCallback(() => {
    const column = focused ? findColumn(grid, focused.field) : undefined;
    setGroupBy((now) =>
      now !== null ? null : column && column.type !== 'longText' ? column.field : firstField(grid),
    );
  }, [grid, focused]);
  const mayChange = useMay();
  const canTarget =
    mayChange && (grid.name === 'people' || grid.name === 'premises' || grid.name === 'lines');
  useEffect(
    () =>
      setActiveGrid({
        focusQuickFind: () => quickFind.current?.select(),
        clearFilters: () => setFilters(grid.name, {}),
        chooseColumns: () => setPanel('columns'),
        addRow: () => {
          if (!grid.addable) return;
          beginWaiting();
          setPanel('add');
        },
        chooseView: () => {
          beginWaiting();
          setPanel('views');
        },
        toggleGroups,
        showHistory: () => {
          if (focused && focused.field !== 'ref') setHistory(focused);
          else showMessage({ tone: 'warning', text: 'Choose a cell first: its history is shown.' });
        },
        makeTargets: () => {
          if (canTarget) void makeTargets(selected);
        },
        narrow: () => {
          if (!canNarrowByRecords(grid)) showMessage({ tone: 'warning', text: narrowingCopy.cannotNarrow });
          else if (selected.length > 0) narrowBy(grid, selected);
          else showMessage({ tone: 'warning', text: narrowingCopy.chooseFirst });
        },
        showSource: () => {
          if (focused) showSource(focused.ref, focused.field);
          else showMessage({ tone: 'warning', text: 'Choose a cell first: its source row is shown.' });
        },
      }),
    [grid, canTarget, selected, focused, toggleGroups],
  );

  const copyRows = useCallback(
    (rows: readonly GridRow[]) => {
      const fields = (api.current?.getAllDisplayedColumns() ?? [])
        .map((column) => findColumn(grid, column.getColId()))
        .filter((column) => column !== undefined);
      const headings = ['Ref', ...fields.map(({ title }) => title)];
      copyText(
        writeTabSeparated([
          headings,
          ...rows.map((row) => [
            row.ref,
            ...fields.map((column) => formatValue(column, row[column.field], labels.current)),
          ]),
        ]),
        [
          headings,
          ...rows.map((row) => [
            row.ref,
            ...fields.map(({ field }) => String(asCellValue(row[field]) ?? '')),
          ]),
        ],
      );
    },
    [grid],
  );

  function chooseView(view: SavedView): void {
    if (api.current) applyGridState(api.current, grid, view.state);
    setFilters(grid.name, view.where ?? {});
    setGroupBy(view.groupBy);
  }

  function handleKey(event: CellKeyDownEvent<GridRow> | FullWidthCellKeyDownEvent<GridRow>): void {
    const key = event.event as KeyboardEvent | null;
    if (!key || !event.data || !('column' in event)) return;
    const field = event.column.getColId();
    if (key.key === 'Enter' && event.api.getEditingCells().length === 0) {
      key.preventDefault();
      openRecord(event.data.ref);
    } else if ((key.ctrlKey || key.metaKey) && key.key.toLowerCase() === 'c') {
      const rows = event.api.getSelectedRows();
      if (rows.length > 1 && !range.isMany()) copyRows(rows);
      else void bulk.copyRange();
    } else if (key.altKey && key.key === 'ArrowDown') {
      key.preventDefault();
      wrapper.current
        ?.querySelector(`.ag-header-cell[col-id="${field}"]`)
        ?.dispatchEvent(new Event(openFilterEvent));
    } else if (key.key === 'ContextMenu' || (key.shiftKey && key.key === 'F10')) {
      key.preventDefault();
      const cell = (key.target as HTMLElement).getBoundingClientRect();
      setMenu({ row: event.data, field, x: cell.left + 12, y: cell.bottom });
    }
  }

  function showMenu(event: CellContextMenuEvent<GridRow>): void {
    const pointer = event.event as MouseEvent | null;
    pointer?.preventDefault();
    if (event.data && pointer) {
      setMenu({ row: event.data, field: event.column.getColId(), x: pointer.clientX, y: pointer.clientY });
    }
  }

  function saveEdit(event: CellEditRequestEvent<GridRow, EditDraft>): void {
    const column = findColumn(grid, event.column.getColId());
    const draft = event.newValue;
    if (!column || !event.data || typeof draft !== 'object' || draft === null) return;
    // The value that the user saw is what the entry is measured against, whatever came in while the cell was open.
    const seen = opened.current?.ref === event.data.ref ? opened.current : event.data;
    const moved = asCellValue(seen[column.field]) !== asCellValue(event.data[column.field]);
    void edits.save(moved ? seen : event.data, column, draft);
  }

  /** What the chosen cells hold, of the rows that are on screen. */
  function describeChosen(): string | null {
    const bounds = range.bounds();
    if (!bounds || !range.isMany()) return null;
    const values: unknown[] = [];
    for (let index = bounds.top; index <= bounds.bottom; index += 1) {
      const row = api.current?.getDisplayedRowAtIndex(index)?.data;
      if (!row) return `${(bounds.bottom - bounds.top + 1).toLocaleString('en-GB')} rows chosen`;
      values.push(...bounds.fields.map((field) => row[field]));
    }
    const rows = bounds.bottom - bounds.top + 1;
    return `${rows} × ${bounds.fields.length} cells: ${describeCells(values)}`;
  }

  /** A press on a cell that can be edited opens it. */
  const expectOpening = (target: EventTarget, withKey: boolean) => {
    const field = target instanceof Element ? target.closest('.ag-cell')?.getAttribute('col-id') : null;
    if (
      field &&
      target instanceof Element &&
      !target.closest('input, textarea') &&
      findColumn(grid, field)?.editable
    )
      expectField(() => (api.current?.getEditingCells().length ?? 0) > 0, withKey);
  };

  const total = overview.data?.counts.find((entry) => entry.grid === grid.name)?.count ?? null;
  const filtered = Object.keys(filters).length > 0;
  const narrowed = Object.keys(narrowing).length > 0;
  return (
    <section
      className="grid-view"
      aria-label={grid.title}
      ref={wrapper}
      onMouseDownCapture={rangeKeys.takePress}
      onClickCapture={rangeKeys.takeClick}
      onKeyDownCapture={(event) => {
        if (keepEarlyKey(event) || rangeKeys.takeKey(event)) {
          event.preventDefault();
          event.stopPropagation();
          return;
        }
        const writes =
          event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (writes || event.key === 'F2') expectOpening(event.target, writes);
      }}
      onDoubleClickCapture={(event) => expectOpening(event.target, false)}
    >
      <GridToolbar
        grid={grid}
        where={filters}
        narrowed={narrowed}
        labels={labels.current}
        count={count}
        total={total}
        selected={selected}
        canTarget={canTarget}
        api={api}
        quickFind={quickFind}
        panel={panel}
        onPanel={(next) => {
          setPanel(next);
          if (next === null && panel !== 'add') enterGrid();
        }}
        groupBy={groupBy}
        onToggleGroups={toggleGroups}
        readView={() => ({
          state: api.current ? readGridState(api.current) : { columns: [], sort: [] },
          where: filters,
          groupBy,
        })}
        onChooseView={chooseView}
        onNarrow={() => narrowBy(grid, selected)}
        onCopy={() => copyRows(api.current?.getSelectedRows() ?? [])}
        onEnterGrid={enterGrid}
      />
      {failure && (
        <div className="grid-failure" role="alert">
          {failure}
        </div>
      )}
      <div className="grid-middle">
        <div className="ag-theme-balham grid-body">
          <AgGridReact<GridRow>
            theme="legacy"
            context={context}
            columnDefs={columnDefs}
            rowModelType="infinite"
            cacheBlockSize={blockSize}
            maxBlocksInCache={20}
            infiniteInitialRowCount={1}
            datasource={datasource}
            getRowId={({ data }) => data.ref}
            rowHeight={27}
            headerHeight={30}
            readOnlyEdit
            stopEditingWhenCellsLoseFocus
            suppressDragLeaveHidesColumns
            suppressContextMenu
            preventDefaultOnContextMenu
            multiSortKey="ctrl"
            tooltipShowDelay={500}
            animateRows={false}
            popupParent={overlays}
            rowSelection={{
              mode: 'multiRow',
              checkboxes: true,
              headerCheckbox: false,
              enableClickSelection: true,
            }}
            selectionColumnDef={{
              headerComponent: SelectionHeading,
              width: 34,
              pinned: 'left',
              resizable: false,
              suppressHeaderMenuButton: true,
            }}
            onViewportChanged={lookAtRows}
            onGridReady={(event) => {
              api.current = event.api;
            }}
            onSelectionChanged={({ api: now }) => setSelected(now.getSelectedRows().map(({ ref }) => ref))}
            onCellFocused={({ column, rowIndex, api: now }) => {
              const ref = rowIndex === null ? undefined : now.getDisplayedRowAtIndex(rowIndex)?.data?.ref;
              const field = column && typeof column === 'object' ? column.getColId() : undefined;
              setFocused(ref && field ? { ref, field } : null);
              const anchor = range.get()?.anchor;
              if (rowIndex === null || !field || (anchor?.row === rowIndex && anchor.field === field)) return;
              range.set({ anchor: { row: rowIndex, field }, corner: { row: rowIndex, field } });
            }}
            onRowClicked={({ data, event }) => {
              const click = event as MouseEvent | null;
              if (data && place.record && !click?.ctrlKey && !click?.shiftKey) openRecord(data.ref);
            }}
            onCellKeyDown={handleKey}
            onCellContextMenu={showMenu}
            onCellEditRequest={saveEdit}
            onCellEditingStarted={({ data }) => {
              opened.current = data ?? null;
              beginWaiting();
            }}
            onCellEditingStopped={() => {
              endWaiting();
              // The grid takes the value first.
              setTimeout(after.flush, 0);
            }}
            onDisplayedColumnsChanged={() => range.paint()}
            onColumnMoved={({ finished, api: now }) => finished && props.onStateChange(now)}
            onColumnResized={({ finished, api: now }) => finished && props.onStateChange(now)}
            onColumnVisible={({ api: now }) => props.onStateChange(now)}
            onColumnPinned={({ api: now }) => props.onStateChange(now)}
            onSortChanged={({ api: now }) => props.onStateChange(now)}
          />
          {count === 0 && <EmptyGrid grid={grid} filtered={filtered} narrowed={narrowed} />}
          {focused && (
            <CellNotice
              cell={focused}
              context={context}
              wrapper={wrapper}
              api={api}
              onClose={() => setFocused(null)}
            />
          )}
        </div>
        {groupBy !== null && (
          <GroupPanel context={context} field={groupBy} where={filters} onField={setGroupBy} />
        )}
      </div>
      <GridFooter context={context} where={where} count={count} chosen={describeChosen()} />
      {paste.block && <PasteDialog context={context} block={paste.block} onClose={paste.leave} />}
      {history && <CellHistoryDialog cell={history} onClose={() => setHistory(null)} />}
      {menu && (
        <CellMenu
          target={menu}
          context={context}
          canTarget={canTarget}
          selected={selected}
          onCopyRows={copyRows}
          onHistory={(ref, field) => setHistory({ ref, field })}
          onNarrow={(refs) => narrowBy(grid, refs)}
          selectedRows={() => api.current?.getSelectedRows() ?? []}
          onClose={() => setMenu(null)}
        />
      )}
    </section>
  );
}

/** Narrows every grid and picture by rows of this one. */
function narrowBy(grid: Grid, refs: readonly string[]): void {
  setCrossFilter({ what: narrowingCopy.rowsOf(grid.title, refs), refs, from: null, to: null });
}

/** Where a grid is grouped first: by the first code of it, of which there are few values. */
function firstField(grid: Grid): string {
  const column = grid.columns.find(({ type, hidden }) => type === 'code' && !hidden) ?? grid.columns[0];
  return column?.field ?? 'ref';
}

function SelectionHeading() {
  return <span className="only-spoken">Selected</span>;
}
