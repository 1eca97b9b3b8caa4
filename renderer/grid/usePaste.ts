import { useCallback, useEffect, useState } from 'react';
import type { Grid } from '../../shared/grid/types.ts';
import { showMessage } from '../app/messages.ts';
import { openDialogName } from '../app/navigation.ts';
import { mayNow } from '../app/role.ts';
import { shellCopy } from '../copy/shell.ts';
import { boundsOf, type CellRange } from './cellRange.ts';
import { cellsType } from './copy.ts';
import type { PasteBlock } from './PasteDialog.tsx';
import { mostRows, repeatBlock } from './pasteBlock.ts';
import type { RangeTool } from './rangeTool.ts';
import { readTabSeparated } from './tabSeparated.ts';

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox]), textarea, select, [role=dialog]') !== null
  );
}

/** Cells of the clipboard: those that this window put there, else the text as a spreadsheet gives it. */
function readClipboard(data: DataTransfer): string[][] {
  const own = data.getData(cellsType);
  if (own !== '') {
    const cells: unknown = JSON.parse(own);
    if (Array.isArray(cells)) return cells as string[][];
  }
  return readTabSeparated(data.getData('text/plain'));
}

/** A block over the range that was chosen: its first cell, and the block repeated where it fits. */
function placeBlock(cells: string[][], range: CellRange | null, fields: readonly string[]): PasteBlock {
  const bounds = range && boundsOf(range, fields);
  const [field] = bounds?.fields ?? [];
  if (!bounds || field === undefined) return { cells, start: null };
  return {
    cells: repeatBlock(cells, bounds.bottom - bounds.top + 1, bounds.fields.length),
    start: { row: bounds.top, field },
  };
}

/** The block that was pasted into the grid on screen, until it is applied or left. */
export function usePaste(deps: { grid: Grid; range: RangeTool }) {
  const { grid, range } = deps;
  const [block, setBlock] = useState<PasteBlock | null>(null);

  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isText(event.target) || openDialogName() !== null) return;
      const cells = event.clipboardData ? readClipboard(event.clipboardData) : [];
      if (cells.length === 0) return;
      event.preventDefault();
      const tooMany = cells.length > mostRows;
      if (tooMany || !grid.columns.some(({ editable }) => editable)) {
        const text = tooMany
          ? `More than ${mostRows.toLocaleString('en-GB')} rows: save them as a file and import it.`
          : mayNow('analyst')
            ? `${grid.title} come from imports and cannot be pasted into.`
            : shellCopy.readerOnly;
        showMessage({ tone: 'warning', text });
        return;
      }
      setBlock(placeBlock(cells, range.get(), range.fields()));
    };
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, [grid, range]);

  return { block, leave: useCallback(() => setBlock(null), []) };
}
