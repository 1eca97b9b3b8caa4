import type { CellClassParams, ColDef, SuppressKeyboardEventParams } from 'ag-grid-community';
import type { GridState } from '../../shared/contract/schemas.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { Column, Grid } from '../../shared/grid/types.ts';
import { CellEditor } from './CellEditor.tsx';
import { AgeCell, RefCell, RefsCell, StateCell } from './cells.tsx';
import { formatValue } from './format.ts';
import type { GridContext } from './gridContext.ts';
import { HeaderCell } from './HeaderCell.tsx';
import { describeFindings } from './rowFindings.ts';

/** Wide enough for `Child (16)`. */
const childWidth = 92;

const numeric = new Set<Column['type']>(['number']);

/** Fields whose codes say how bad something is; shown with a sign and colour as well as words. */
const stateFields = new Set(['state', 'stale', 'conflicts', 'victimStatus', 'riskBand']);

function keepForGridKeys(params: SuppressKeyboardEventParams): boolean {
  // The way back and forth is the window's, not a step to the next cell.
  if (!params.editing && params.event.altKey && /^Arrow(Left|Right)$/.test(params.event.key)) return true;
  // Enter opens the record, so the grid must not start editing with it. F2 and typing do that.
  return !params.editing && ['Enter', 'c', 'C'].includes(params.event.key) && params.event.type === 'keydown'
    ? params.event.key === 'Enter' || params.event.ctrlKey || params.event.metaKey
    : false;
}

/** The verdict of the rules stands beside the reference until the user puts it elsewhere. */
function isCheck(column: Column): boolean {
  return column.codes === 'checkState';
}

function rangeClasses(field: string): NonNullable<ColDef['cellClassRules']> {
  type Params = CellClassParams<GridRow, unknown, GridContext>;
  const edge = (side: 'top' | 'bottom' | 'left' | 'right') => (params: Params) =>
    params.context.range.isEdge(side, params.rowIndex, field);
  return {
    'cell-range': ({ context, rowIndex }: Params) => context.range.holds(rowIndex, field),
    'range-top': edge('top'),
    'range-bottom': edge('bottom'),
    'range-left': edge('left'),
    'range-right': edge('right'),
  };
}

/** The left edge of a row in the colour of the worst that the rules say of it. */
function readinessClasses(): NonNullable<ColDef['cellClassRules']> {
  type Params = CellClassParams<GridRow, unknown, GridContext>;
  const worst = (severity: string) => (params: Params) =>
    params.data !== undefined && params.context.findings.get(params.data.ref)?.[0]?.severity === severity;
  return { 'row-blocker': worst('blocker'), 'row-warning': worst('warning') };
}

function markClass(column: Column): ColDef['cellClassRules'] {
  type Params = CellClassParams<GridRow, unknown, GridContext>;
  const is = (state: string) => (params: Params) =>
    params.data !== undefined && params.context.edits.find(params.data.ref, column.field)?.state === state;
  const hasFinding = ({ data, context }: Params) =>
    data !== undefined &&
    (context.findings.get(data.ref) ?? []).some((finding) => finding.field === column.field);
  return {
    ...rangeClasses(column.field),
    'cell-rule': hasFinding,
    'cell-pending': is('pending'),
    'cell-error': is('error'),
    'cell-stale': is('stale'),
    'cell-finding': is('finding'),
  };
}

/** Name of the renderer for columns that show more than text; undefined for plain ones, which are much faster. */
function rendererOf(column: Column): ColDef['cellRenderer'] {
  if (column.type === 'ref' || column.type === 'refs') return RefsCell;
  if (stateFields.has(column.field)) return StateCell;
  if (column.field === 'age') return AgeCell;
  return undefined;
}

/** The columns of a grid as the user left them. Columns that are newer than the saved state come last. */
export function makeColumnDefs(grid: Grid, state: GridState | null): ColDef<GridRow>[] {
  const saved = new Map(state?.columns.map((entry, index) => [entry.field, { ...entry, index }]));
  const sorts = new Map(state?.sort.map((entry, index) => [entry.field, { ...entry, index }]));
  const placeOf = (column: Column) => saved.get(column.field)?.index ?? (isCheck(column) ? -1 : 1000);
  const columns = [...grid.columns].sort((a, b) => placeOf(a) - placeOf(b));
  const refColumn: ColDef<GridRow> = {
    colId: 'ref',
    field: 'ref',
    headerName: 'Ref',
    width: 92,
    pinned: 'left',
    lockPinned: true,
    lockPosition: 'left',
    sortable: false,
    resizable: false,
    suppressMovable: true,
    cellRenderer: RefCell,
    cellClass: 'cell-ref',
    cellClassRules: { ...rangeClasses('ref'), ...readinessClasses() },
    tooltipValueGetter: ({ data, context }) =>
      data ? describeFindings((context as GridContext).findings, data.ref) : null,
    suppressKeyboardEvent: keepForGridKeys,
  };
  return [
    refColumn,
    ...columns.map((column): ColDef<GridRow> => {
      const left = saved.get(column.field);
      const sort = sorts.get(column.field);
      const renderer = rendererOf(column);
      return {
        colId: column.field,
        field: column.field,
        headerName: column.title,
        width: left?.width ?? (column.field === 'age' ? childWidth : (column.width ?? 120)),
        minWidth: 48,
        hide: left ? (left.hidden ?? false) : (column.hidden ?? false),
        pinned: (left ? left.pinned : isCheck(column)) ? 'left' : null,
        sort: sort?.direction ?? null,
        sortIndex: sort?.index ?? null,
        sortable: true,
        resizable: true,
        editable: column.editable === true,
        cellEditor: CellEditor,
        cellEditorPopup: true,
        cellEditorPopupPosition: 'over',
        headerComponent: HeaderCell,
        headerComponentParams: { column },
        ...(renderer ? { cellRenderer: renderer, cellRendererParams: { column } } : {}),
        ...(numeric.has(column.type) ? { cellClass: 'cell-number' } : {}),
        cellClassRules: markClass(column) ?? {},
        suppressKeyboardEvent: keepForGridKeys,
        valueFormatter: ({ value, data, context }) => {
          const { edits, labels } = context as GridContext;
          const mark = data ? edits.find(data.ref, column.field) : undefined;
          if (mark?.state === 'pending') return formatValue(column, mark.value, labels);
          if (mark?.state === 'error') return mark.text;
          return formatValue(column, value, labels);
        },
        tooltipValueGetter: ({ value, context, data }) => {
          const { edits, labels, findings } = context as GridContext;
          const mark = data ? edits.find(data.ref, column.field) : undefined;
          // The words of a mark stand beside the cell already.
          if (mark && mark.state !== 'pending') return null;
          const rule = data ? describeFindings(findings, data.ref, column.field) : null;
          if (rule) return rule;
          const text = formatValue(column, value, labels);
          return text.length > 24 ? text : null;
        },
      };
    }),
  ];
}
