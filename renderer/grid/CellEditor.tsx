import type { CustomCellEditorProps } from 'ag-grid-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { findColumn } from '../../shared/grid/grids.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import { isTyped, openCellKey, readDraft } from '../app/drafts.ts';
import { ValueEditor } from '../ui/ValueEditor.tsx';
import { fieldAppears, handOver, takeEarlyKeys } from './earlyKeys.ts';
import { asCellValue } from './format.ts';
import type { GridContext } from './gridContext.ts';
import { checkWarrantDraft } from './warrantCheck.ts';

/** The value editor inside a grid cell. Its value towards the grid is the draft, good or bad. */
export function CellEditor(props: CustomCellEditorProps<GridRow, unknown, GridContext>) {
  const { context, data, eventKey } = props;
  const column = findColumn(context.grid, props.column.getColId());
  const [startText] = useState(() => {
    if (eventKey === 'Backspace' || eventKey === 'Delete') return takeEarlyKeys();
    const early = takeEarlyKeys();
    if (eventKey && eventKey.length === 1) return eventKey + early;
    if (early !== '') return early;
    const mark = column && data ? context.edits.find(data.ref, column.field) : undefined;
    if (
      mark?.state !== 'error' ||
      (data && column && readDraft(openCellKey(data.ref, column.field), isTyped))
    )
      return undefined;
    return mark.text;
  });
  const { onValueChange, stopEditing } = props;
  const leave = (step: () => void) => {
    // The last keys must have reached the grid before it takes the value.
    setTimeout(() => {
      stopEditing();
      step();
    }, 0);
  };
  const moveTo = (step: 1 | 0 | -1) => {
    const last = props.api.getDisplayedRowCount() - 1;
    const row = Math.min(last, Math.max(0, (props.node.rowIndex ?? 0) + step));
    props.api.ensureIndexVisible(row);
    props.api.setFocusedCell(row, props.column);
  };
  const leaveUnchanged = (then?: () => void) => {
    setTimeout(() => {
      props.api.stopEditing(true);
      moveTo(0);
      then?.();
    }, 0);
  };
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const field = root.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    return field ? handOver(field) : fieldAppears();
  }, []);
  if (!column) return null;
  const rows = context.bulk.reach();
  return (
    <div
      className="cell-editor"
      // The grid's popup is a dialog without a name of its own.
      ref={(element) => {
        root.current = element;
        element?.closest('[role="dialog"]')?.setAttribute('aria-label', `Edit ${column.title}`);
      }}
      style={{ minWidth: Math.max(props.column.getActualWidth(), 150) }}
    >
      <ValueEditor
        column={column}
        value={asCellValue(props.initialValue)}
        labels={context.labels}
        client={context.client}
        startText={startText}
        draftKey={data ? openCellKey(data.ref, column.field) : undefined}
        autoFocus
        check={
          context.grid.name === 'warrants' && data
            ? (next) => checkWarrantDraft(data, column.field, next, context.strike)
            : undefined
        }
        onDraft={onValueChange}
        onCommit={(next, key) => {
          if (key === 'everywhere') {
            // The keyboard is back in the grid before any cell says so.
            leaveUnchanged(() => void context.bulk.setEverywhere(column, next));
            return;
          }
          onValueChange(next);
          leave(() => moveTo(key === 'pick' ? 0 : key === 'up' ? -1 : 1));
        }}
        onTab={(back) => leave(() => (back ? props.api.tabToPreviousCell() : props.api.tabToNextCell()))}
        onCancel={() => leaveUnchanged()}
      />
      {rows > 1 && <p className="editor-hint">Ctrl+Enter: in all {rows.toLocaleString('en-GB')} rows</p>}
    </div>
  );
}
