import { Button } from '@blueprintjs/core';
import type { GridApi } from 'ag-grid-community';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { findColumn } from '../../shared/grid/grids.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { CellMark } from './edits.ts';
import { formatValue } from './format.ts';
import type { GridContext } from './gridContext.ts';

/** Words beside a cell that was refused, is stale, or has a finding. Shown for the focused cell. */
export function CellNotice(props: {
  cell: { ref: string; field: string };
  context: GridContext;
  wrapper: RefObject<HTMLDivElement | null>;
  api: RefObject<GridApi<GridRow> | null>;
  onClose: () => void;
}) {
  const { cell, context } = props;
  const mark = context.edits.find(cell.ref, cell.field);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const wanted = mark !== undefined && mark.state !== 'pending';

  useLayoutEffect(() => {
    if (!wanted) return;
    const api = props.api.current;
    const move = () => {
      const body = props.wrapper.current?.querySelector('.grid-body')?.getBoundingClientRect();
      const element = props.wrapper.current?.querySelector(
        `[row-id="${CSS.escape(cell.ref)}"] [col-id="${CSS.escape(cell.field)}"]`,
      );
      if (!body || !element) {
        setPlace(null);
        return;
      }
      const box = element.getBoundingClientRect();
      setPlace({
        left: Math.max(4, Math.min(box.left - body.left, body.width - 330)),
        top: box.bottom - body.top + 2,
      });
    };
    move();
    api?.addEventListener('bodyScroll', move);
    return () => {
      if (!api?.isDestroyed()) api?.removeEventListener('bodyScroll', move);
    };
  }, [wanted, cell, props.wrapper, props.api]);

  if (!wanted || !place) return null;
  return (
    <div className={`cell-notice notice-${mark.state}`} style={place} role="alert">
      <NoticeWords {...props} mark={mark} />
    </div>
  );
}

function NoticeWords(props: {
  cell: { ref: string; field: string };
  context: GridContext;
  api: RefObject<GridApi<GridRow> | null>;
  mark: CellMark;
  onClose: () => void;
}) {
  const { cell, context, mark } = props;
  const column = findColumn(context.grid, cell.field);
  const node = props.api.current?.getRowNode(cell.ref);
  if (!column || !node?.data) return null;
  const row = node.data;
  const discard = () => context.edits.clear(cell.ref, cell.field);
  const editAgain = () => {
    if (node.rowIndex !== null) {
      props.api.current?.startEditingCell({ rowIndex: node.rowIndex, colKey: cell.field });
    }
  };
  if (mark.state === 'error') {
    return (
      <>
        <p>{mark.message}</p>
        <div className="notice-actions">
          <Button size="small" text="Edit again" onClick={editAgain} />
          <Button size="small" variant="minimal" text="Leave as it was" onClick={discard} />
        </div>
      </>
    );
  }
  if (mark.state === 'stale') {
    return (
      <>
        <p>Somebody changed this row since it was shown.</p>
        <dl className="notice-versions">
          <dt>Theirs</dt>
          <dd>{formatValue(column, mark.theirs, context.labels) || '(blank)'}</dd>
          <dt>Yours</dt>
          <dd>{formatValue(column, mark.yours, context.labels) || '(blank)'}</dd>
        </dl>
        <div className="notice-actions">
          <Button size="small" text="Keep theirs" onClick={discard} />
          <Button
            size="small"
            text="Put mine"
            onClick={() =>
              void context.edits.save(row, column, { ok: true, value: mark.yours }, { overwrite: true })
            }
          />
        </div>
      </>
    );
  }
  if (mark.state === 'finding') {
    return (
      <>
        <p>
          <strong>{mark.severity === 'blocker' ? 'Blocker: ' : 'Warning: '}</strong>
          {mark.message}
        </p>
        <p className="muted">{mark.mend}</p>
        <div className="notice-actions">
          <Button size="small" variant="minimal" text="Close" onClick={discard} />
        </div>
      </>
    );
  }
  return null;
}
