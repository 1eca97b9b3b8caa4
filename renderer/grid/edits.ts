import type { EngineClient } from '../../shared/contract/client.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { EditResult, Finding } from '../../shared/contract/schemas.ts';
import { findColumn, grids, parseRef } from '../../shared/grid/grids.ts';
import type { CellValue, GridRow } from '../../shared/grid/query.ts';
import type { Column, GridName } from '../../shared/grid/types.ts';
import { cellKey, isText, isTyped, keepDraft, keptKeys, openCellKey, readDraft } from '../app/drafts.ts';
import { describeError } from '../app/reportError.ts';
import { lockingCopy } from '../copy/locking.ts';
import { asCellValue, formatValue } from './format.ts';
import type { EditDraft } from './readEdit.ts';

/** What is known of a cell between typing and saving. */
export type CellMark =
  | { state: 'pending'; value: CellValue }
  | { state: 'error'; text: string; message: string }
  | { state: 'stale'; yours: CellValue; theirs: CellValue; revision: number | undefined }
  | { state: 'finding'; severity: 'blocker' | 'warning'; message: string; mend: string };

/** New values of one row, as the row was shown when they were meant. */
export interface RowChange {
  row: GridRow;
  values: Readonly<Record<string, CellValue>>;
}

/** What became of several changes: rows changed, and cells that somebody else changed meanwhile. */
export interface BulkOutcome {
  changed: number;
  stale: number;
}

export interface CellEdits {
  find(ref: string, field: string): CellMark | undefined;
  clear(ref: string, field: string): void;
  save(row: GridRow, column: Column, draft: EditDraft, options?: { overwrite?: boolean }): Promise<void>;
  /**
   * Saves many rows as one step that one undo takes back. Cells whose value changed underneath are left as they
   * stand and marked. @throws whatever the engine refuses; nothing is changed then.
   */
  saveMany(changes: readonly RowChange[]): Promise<BulkOutcome>;
}

/** Somebody else changes rows one at a time: a step that meets more of them than this is better looked at anew. */
const mostConflicts = 40;

function keyOf(ref: string, field: string): string {
  return `${ref}|${field}`;
}

function markOf(findings: readonly Finding[], ref: string, field: string): CellMark | undefined {
  const rank = { blocker: 0, warning: 1, note: 2 };
  const worst = findings
    .filter((finding) => finding.refs.includes(ref) && finding.field === field && !finding.accepted)
    .sort((a, b) => rank[a.severity] - rank[b.severity])[0];
  if (!worst || worst.severity === 'note') return undefined;
  return { state: 'finding', severity: worst.severity, message: worst.message, mend: worst.mend };
}

/** Cells of a grid that something was typed into and not saved when the workspace was last open. */
function keptCells(grid: GridName): { ref: string; field: string; text: string }[] {
  return keptKeys().flatMap((key) => {
    const [kind, ref = '', field = ''] = key.split('/');
    if (parseRef(ref)?.grid.name !== grid) return [];
    const typed = kind === 'open' ? readDraft(key, isTyped) : null;
    const text = typed
      ? [...typed.picked.map(({ label }) => label), typed.text].filter((each) => each !== '').join(', ')
      : kind === 'cell'
        ? readDraft(key, isText)
        : null;
    return text === null ? [] : [{ ref, field, text }];
  });
}

/**
 * Saves cells and remembers how each stands: shown at once as pending, then as the engine has it; refused entries
 * keep what was typed, beside the words why.
 */
export function createCellEdits(deps: {
  grid: GridName;
  client: EngineClient;
  /** Rows came back changed. */
  onRows: (rows: readonly GridRow[], labels: Record<string, string>) => void;
  /** The marks of these cells are others now. */
  onMarks: (refs: readonly string[], fields: readonly string[]) => void;
}): CellEdits {
  const marks = new Map<string, CellMark>();
  for (const { ref, field, text } of keptCells(deps.grid))
    marks.set(keyOf(ref, field), { state: 'error', text, message: lockingCopy.cellKept });
  /** Rows as they came back from saving here, and the values that were sent: fast hands save faster than rows come. */
  const saved = new Map<string, GridRow>();
  const sent = new Map<string, CellValue>();
  let last: Promise<unknown> = Promise.resolve();

  /** One entry after the other: a second one must not be measured against rows that the first is changing. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = last.then(act, act);
    last = next.catch(() => undefined);
    return next;
  }

  /** The row with what was saved here since it was shown; as it was shown where somebody else changed a field of it. */
  function withOwn(row: GridRow, fields: readonly string[]): GridRow {
    const own = saved.get(row.ref);
    if (!own || (own.revision ?? 0) <= (row.revision ?? 0)) return row;
    const mine = fields.every((field) => {
      const value = asCellValue(own[field]);
      return value === asCellValue(row[field]) || value === sent.get(keyOf(row.ref, field));
    });
    return mine ? own : row;
  }

  function keep(result: EditResult, changes: readonly RowChange[]): void {
    if (saved.size > 5000) {
      saved.clear();
      sent.clear();
    }
    for (const row of result.rows) saved.set(row.ref, row);
    for (const { row, values } of changes)
      for (const [field, value] of Object.entries(values)) sent.set(keyOf(row.ref, field), value);
    deps.onRows(result.rows, result.labels);
  }

  /** What a person typed into a cell and the engine does not have; null where there is nothing of that kind. */
  function textOfMark(field: string, next: CellMark | undefined): string | null {
    if (next?.state === 'error') return next.text;
    if (next?.state !== 'pending' && next?.state !== 'stale') return null;
    const value = next.state === 'pending' ? next.value : next.yours;
    const column = findColumn(grids[deps.grid], field);
    return column ? formatValue(column, value) : String(value ?? '');
  }

  function mark(
    ref: string,
    field: string,
    next: CellMark | undefined,
    draft = textOfMark(field, next),
  ): void {
    if (next) marks.set(keyOf(ref, field), next);
    else marks.delete(keyOf(ref, field));
    // What was typed and not taken is kept through a lock, and what is being saved until the engine has it.
    keepDraft(cellKey(ref, field), draft);
    keepDraft(openCellKey(ref, field), null);
  }

  function markRows(
    changes: readonly RowChange[],
    next: (change: RowChange, field: string) => CellMark | undefined,
  ) {
    const fields = new Set<string>();
    for (const change of changes) {
      for (const field of Object.keys(change.values)) {
        fields.add(field);
        const made = next(change, field);
        // One command wrote them all and can be given again; as drafts they would crowd out what was typed by hand.
        if (made?.state === 'pending') mark(change.row.ref, field, made, null);
        else mark(change.row.ref, field, made);
      }
    }
    deps.onMarks(
      changes.map(({ row }) => row.ref),
      [...fields],
    );
  }

  /**
   * Sends changes as one entry. A row that moved on is read again: where only its other values changed the entry is
   * meant all the same; a value that changed underneath is taken out and told. Null when nothing was left to change.
   */
  async function send(changes: readonly RowChange[]): Promise<{ result: EditResult | null; stale: number }> {
    let open = [...changes];
    let stale = 0;
    for (let tries = 0; open.length > 0; tries += 1) {
      try {
        const result = await deps.client.records.set({
          edits: open.map(({ row, values }) => ({
            ref: row.ref,
            values,
            ...(row.revision === undefined ? {} : { revision: row.revision }),
          })),
        });
        keep(result, open);
        return { result, stale };
      } catch (error) {
        const ref = error instanceof AppError && error.code === 'stale' ? error.details?.ref : undefined;
        const moved = open.find(({ row }) => row.ref === ref);
        if (!moved || tries >= mostConflicts) throw error;
        const { row: now, labels } = await deps.client.records.show({ ref: moved.row.ref });
        deps.onRows([now], labels);
        const meant = Object.entries(moved.values).filter(([field, value]) => {
          const theirs = asCellValue(now[field]);
          if (theirs === asCellValue(moved.row[field]) || theirs === value) return true;
          mark(now.ref, field, { state: 'stale', yours: value, theirs, revision: now.revision });
          stale += 1;
          return false;
        });
        deps.onMarks([now.ref], Object.keys(moved.values));
        open = open.flatMap((change) => {
          if (change !== moved) return [change];
          return meant.length === 0 ? [] : [{ row: now, values: Object.fromEntries(meant) }];
        });
      }
    }
    return { result: null, stale };
  }

  return {
    find: (ref, field) => marks.get(keyOf(ref, field)),
    clear: (ref, field) => {
      mark(ref, field, undefined);
      deps.onMarks([ref], [field]);
    },
    save: async (row, column, draft, options = {}) => {
      const { ref } = row;
      const { field } = column;
      const tell = (next: CellMark | undefined) => {
        mark(ref, field, next);
        deps.onMarks([ref], [field]);
      };
      if (!draft.ok) {
        tell({ state: 'error', text: draft.text, message: draft.message });
        return;
      }
      if (asCellValue(row[field]) === draft.value && !options.overwrite) {
        tell(undefined);
        return;
      }
      if (draft.labels) deps.onRows([], draft.labels);
      tell({ state: 'pending', value: draft.value });
      try {
        const { revision: _, ...anyRevision } = row;
        const meant = options.overwrite ? (anyRevision as GridRow) : row;
        const { result, stale } = await inTurn(() =>
          send([{ row: withOwn(meant, [field]), values: { [field]: draft.value } }]),
        );
        if (stale === 0) tell(result ? markOf(result.findings, ref, field) : undefined);
      } catch (error) {
        const { code, words } = describeError(error);
        if (code === 'engine.gone') return;
        tell({
          state: 'error',
          text: formatValue(column, draft.value, draft.labels),
          message: words,
        });
      }
    },
    saveMany: async (changes) => {
      markRows(changes, ({ values }, field) => ({ state: 'pending', value: values[field] ?? null }));
      const settle = (findings: readonly Finding[]) =>
        markRows(changes, ({ row }, field) => {
          const now = marks.get(keyOf(row.ref, field));
          return now?.state === 'pending' ? markOf(findings, row.ref, field) : now;
        });
      try {
        const { result, stale } = await inTurn(() =>
          send(
            changes.flatMap(({ row: shown, values: wanted }) => {
              const row = withOwn(shown, Object.keys(wanted));
              const values = Object.entries(wanted).filter(
                ([field, value]) => asCellValue(row[field]) !== value,
              );
              return values.length === 0 ? [] : [{ row, values: Object.fromEntries(values) }];
            }),
          ),
        );
        settle(result?.findings ?? []);
        return { changed: result?.rows.length ?? 0, stale };
      } catch (error) {
        settle([]);
        throw error;
      }
    },
  };
}
