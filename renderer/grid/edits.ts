import type { EngineClient } from '../../shared/contract/client.ts';
import type { Finding } from '../../shared/contract/schemas.ts';
import type { CellValue, GridRow } from '../../shared/grid/query.ts';
import type { Column } from '../../shared/grid/types.ts';
import { describeError } from '../app/reportError.ts';
import { asCellValue, formatValue } from './format.ts';
import type { EditDraft } from './readEdit.ts';

/** What is known of a cell between typing and saving. */
export type CellMark =
  | { state: 'pending'; value: CellValue }
  | { state: 'error'; text: string; message: string }
  | { state: 'stale'; yours: CellValue; theirs: CellValue; revision: number | undefined }
  | { state: 'finding'; severity: 'blocker' | 'warning'; message: string; mend: string };

export interface CellEdits {
  find(ref: string, field: string): CellMark | undefined;
  clear(ref: string, field: string): void;
  save(row: GridRow, column: Column, draft: EditDraft, options?: { overwrite?: boolean }): Promise<void>;
}

function keyOf(ref: string, field: string): string {
  return `${ref}|${field}`;
}

function markOf(findings: readonly Finding[], ref: string, field: string): CellMark | undefined {
  const rank = { blocker: 0, warning: 1, note: 2 };
  const worst = findings
    .filter((finding) => finding.refs.includes(ref) && finding.field === field && finding.severity !== 'note')
    .sort((a, b) => rank[a.severity] - rank[b.severity])[0];
  if (!worst || worst.severity === 'note') return undefined;
  return { state: 'finding', severity: worst.severity, message: worst.message, mend: worst.mend };
}

/**
 * Saves cells one by one and remembers how each stands: shown at once as pending, then as the engine has it;
 * refused entries keep what was typed, beside the words why.
 */
export function createCellEdits(deps: {
  client: EngineClient;
  /** Rows came back changed. */
  onRows: (rows: readonly GridRow[], labels: Record<string, string>) => void;
  /** The mark of a cell is another one now. */
  onMark: (ref: string, field: string) => void;
}): CellEdits {
  const marks = new Map<string, CellMark>();

  function mark(ref: string, field: string, next: CellMark | undefined): void {
    if (next) marks.set(keyOf(ref, field), next);
    else marks.delete(keyOf(ref, field));
    deps.onMark(ref, field);
  }

  async function readTheirs(ref: string, field: string): Promise<CellMark | null> {
    const { row, labels } = await deps.client.records.show({ ref });
    deps.onRows([row], labels);
    return { state: 'stale', yours: null, theirs: asCellValue(row[field]), revision: row.revision };
  }

  return {
    find: (ref, field) => marks.get(keyOf(ref, field)),
    clear: (ref, field) => mark(ref, field, undefined),
    save: async (row, column, draft, options = {}) => {
      const { ref } = row;
      const { field } = column;
      if (!draft.ok) {
        mark(ref, field, { state: 'error', text: draft.text, message: draft.message });
        return;
      }
      if (asCellValue(row[field]) === draft.value && !options.overwrite) {
        mark(ref, field, undefined);
        return;
      }
      if (draft.labels) deps.onRows([], draft.labels);
      mark(ref, field, { state: 'pending', value: draft.value });
      try {
        const edit = { ref, values: { [field]: draft.value } };
        const revision = row.revision === undefined || options.overwrite ? {} : { revision: row.revision };
        const result = await deps.client.records.set({ edits: [{ ...edit, ...revision }] });
        deps.onRows(result.rows, result.labels);
        mark(ref, field, markOf(result.findings, ref, field));
      } catch (error) {
        const { code, message, hint } = describeError(error);
        if (code === 'stale') {
          const theirs = await readTheirs(ref, field).catch(() => null);
          if (theirs?.state === 'stale') {
            mark(ref, field, { ...theirs, yours: draft.value });
            return;
          }
        }
        if (code === 'engine.gone') return;
        mark(ref, field, {
          state: 'error',
          text: formatValue(column, draft.value, draft.labels),
          message: hint ? `${message} ${hint}` : message,
        });
      }
    },
  };
}
