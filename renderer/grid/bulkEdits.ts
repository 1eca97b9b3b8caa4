import type { GridApi } from 'ag-grid-community';
import type { RefObject } from 'react';
import type { EngineClient } from '../../shared/contract/client.ts';
import { findColumn } from '../../shared/grid/grids.ts';
import type { CellValue, GridRow, Where } from '../../shared/grid/query.ts';
import type { Column, Grid } from '../../shared/grid/types.ts';
import { undo } from '../app/actions.ts';
import { showMessage } from '../app/messages.ts';
import { reportError } from '../app/reportError.ts';
import { copyText } from './copy.ts';
import type { CellEdits, RowChange } from './edits.ts';
import { asCellValue, formatValue } from './format.ts';
import { mostRows } from './pasteBlock.ts';
import type { RangeTool } from './rangeTool.ts';
import type { EditDraft } from './readEdit.ts';
import { writeTabSeparated } from './tabSeparated.ts';
import { readGridState } from './useGridState.ts';

/** What can be done to many cells at once. Each that changes anything is one step for undo. */
export interface BulkEdits {
  /** Rows by their place on screen, both ends inside, as the engine has them where they are not on screen. */
  readRows(top: number, bottom: number): Promise<GridRow[]>;
  /** The first row of the range into the rows below; from the row above where one row is chosen. */
  fillDown(): Promise<void>;
  /** Blanks every cell of the range that can be edited. */
  blank(): Promise<void>;
  /** How many rows a value that is set everywhere would go into. */
  reach(): number;
  /** The draft into every row of the range, or of the selection, in the columns that take the same values. */
  setEverywhere(column: Column, draft: EditDraft): Promise<void>;
  /** The range as a spreadsheet takes it: what is shown, without headings. */
  copyRange(): Promise<void>;
}

/** Two columns take the same values: a code of one list, a reference to one kind of record. */
function takesSame(one: Column, other: Column): boolean {
  return (
    one.type === other.type && one.codes === other.codes && String(one.to ?? '') === String(other.to ?? '')
  );
}

export function createBulkEdits(deps: {
  grid: Grid;
  client: EngineClient;
  api: RefObject<GridApi<GridRow> | null>;
  edits: CellEdits;
  range: RangeTool;
  where: RefObject<Where>;
  labels: Record<string, string>;
}): BulkEdits {
  const { grid, client, range, labels } = deps;

  const editable = (fields: readonly string[]): Column[] =>
    fields.flatMap((field) => {
      const column = findColumn(grid, field);
      return column?.editable ? [column] : [];
    });

  async function readRows(top: number, bottom: number): Promise<GridRow[]> {
    const api = deps.api.current;
    if (!api) return [];
    const rows: GridRow[] = [];
    for (let index = top; index <= bottom; index += 1) {
      const row = api.getDisplayedRowAtIndex(index)?.data;
      if (!row) break;
      rows.push(row);
    }
    if (rows.length === bottom - top + 1) return rows;
    const page = await client.grids.page({
      grid: grid.name,
      where: deps.where.current,
      sort: readGridState(api).sort,
      offset: top,
      limit: bottom - top + 1,
    });
    Object.assign(labels, page.labels);
    return page.rows;
  }

  async function save(changes: readonly RowChange[]): Promise<void> {
    if (changes.length > mostRows) {
      showMessage({
        tone: 'warning',
        text: `At most ${mostRows.toLocaleString('en-GB')} rows at once. Choose fewer, or filter first.`,
      });
      return;
    }
    try {
      const { changed, stale } = await deps.edits.saveMany(changes);
      const rows = changed === 1 ? '1 row changed.' : `${changed.toLocaleString('en-GB')} rows changed.`;
      if (stale > 0) {
        const cells =
          stale === 1 ? '1 cell was changed by somebody' : `${stale} cells were changed by somebody`;
        showMessage({
          tone: 'warning',
          text: `${rows} ${cells} since it was shown: stand on the marked cell to choose.`,
        });
      } else if (changed > 1) {
        showMessage({ tone: 'done', text: rows, action: { label: 'Undo', run: () => void undo() } });
      }
    } catch (error) {
      reportError(error);
    }
  }

  function refuseReadOnly(): void {
    showMessage({ tone: 'warning', text: 'Nothing in these columns can be edited.' });
  }

  return {
    readRows,
    fillDown: async () => {
      const bounds = range.bounds();
      if (!bounds) return;
      const from = bounds.top === bounds.bottom ? bounds.top - 1 : bounds.top;
      if (from < 0) return;
      const columns = editable(bounds.fields);
      if (columns.length === 0) return refuseReadOnly();
      const [first, ...rows] = await readRows(from, bounds.bottom);
      if (!first) return;
      const values: Record<string, CellValue> = Object.fromEntries(
        columns.map(({ field }) => [field, asCellValue(first[field])]),
      );
      await save(rows.map((row) => ({ row, values })));
    },
    blank: async () => {
      const bounds = range.bounds();
      if (!bounds) return;
      const columns = editable(bounds.fields);
      if (columns.length === 0) return refuseReadOnly();
      const values: Record<string, CellValue> = Object.fromEntries(columns.map(({ field }) => [field, null]));
      await save((await readRows(bounds.top, bounds.bottom)).map((row) => ({ row, values })));
    },
    reach: () => {
      const bounds = range.bounds();
      if (bounds && bounds.bottom > bounds.top) return bounds.bottom - bounds.top + 1;
      return Math.max(1, deps.api.current?.getSelectedRows().length ?? 1);
    },
    setEverywhere: async (column, draft) => {
      const bounds = range.bounds();
      if (!draft.ok || !bounds) return;
      Object.assign(labels, draft.labels);
      const many = bounds.bottom > bounds.top;
      const rows = many
        ? await readRows(bounds.top, bounds.bottom)
        : (deps.api.current?.getSelectedRows() ?? []);
      const columns = editable(bounds.fields).filter((other) => takesSame(column, other));
      const values: Record<string, CellValue> = Object.fromEntries(
        [column, ...columns].map(({ field }) => [field, draft.value]),
      );
      const here = rows.length > 1 ? rows : await readRows(bounds.top, bounds.top);
      await save(here.map((row) => ({ row, values })));
    },
    copyRange: async () => {
      const bounds = range.bounds();
      if (!bounds) return;
      // Rows that are on screen are there at once, inside the user's action, as the clipboard asks.
      const api = deps.api.current;
      const loaded: GridRow[] = [];
      for (let index = bounds.top; index <= bounds.bottom; index += 1) {
        const row = api?.getDisplayedRowAtIndex(index)?.data;
        if (row) loaded.push(row);
      }
      const rows =
        loaded.length === bounds.bottom - bounds.top + 1 ? loaded : await readRows(bounds.top, bounds.bottom);
      const shown = (row: GridRow, field: string) => {
        const column = findColumn(grid, field);
        return column ? formatValue(column, row[field], labels) : row.ref;
      };
      copyText(
        writeTabSeparated(rows.map((row) => bounds.fields.map((field) => shown(row, field)))),
        rows.map((row) =>
          bounds.fields.map((field) => (field === 'ref' ? row.ref : String(asCellValue(row[field]) ?? ''))),
        ),
      );
    },
  };
}
