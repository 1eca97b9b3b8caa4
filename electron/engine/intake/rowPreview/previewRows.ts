/** Rows of one sheet as the import would read them: raw beside cleaned, problems in their cells. Nothing is written. */
import { setImmediate } from 'node:timers/promises';
import type {
  PreviewCell,
  PreviewPage,
  PreviewRow,
  RowFilter,
} from '../../../../shared/contract/intakeSchemas.ts';
import type { SheetRow } from '../readers/types.ts';
import type { Reading, TracedCell } from '../reading.ts';
import type { SheetPlan } from '../readRow.ts';
import { rowReader } from '../readRow.ts';

/** A page ends early at so many characters: cells may hold whole documents. */
const maximumPageCharacters = 4_000_000;
const maximumCellCharacters = 4000;
export const defaultPageRows = 200;

/** One row as it was read, with what became of each of its cells. */
interface TracedReading {
  reading: Reading;
  cells: ReadonlyMap<number, TracedCell>;
}

type TracedReader = (row: SheetRow) => TracedReading;

function tracedReader(plan: SheetPlan): TracedReader | null {
  if (plan.mapping.kind === null) return null;
  let cells = new Map<number, TracedCell>();
  const read = rowReader(plan, (column, cell) => cells.set(column, cell));
  return (row) => {
    cells = new Map();
    const reading = read(row);
    return { reading, cells };
  };
}

/** Where a preview stands between two pages. */
export class PreviewPosition {
  private readonly batches: AsyncGenerator<{ rows: readonly SheetRow[] }>;
  private readonly mapping: readonly (string | null)[];
  private readonly read: TracedReader | null;
  private readonly only: RowFilter;
  /** What a row is depends on the rows above it, so those are read too. */
  private readonly readsOn: boolean;
  private readonly from: number;
  private held: readonly SheetRow[] = [];
  /** The last row that was looked at. */
  private last: number;

  /** `batches` are the rows of the table, as the import takes them; rows before `from` are left out. */
  constructor(
    batches: AsyncGenerator<{ rows: readonly SheetRow[] }>,
    plan: SheetPlan,
    only: RowFilter,
    from: number,
  ) {
    this.batches = batches;
    this.mapping = plan.mapping.columns;
    this.read = tracedReader(plan);
    this.only = only;
    this.readsOn = plan.mapping.sameWhile !== undefined;
    this.from = from;
    this.last = plan.mapping.headerRow;
  }

  async close(): Promise<void> {
    await this.batches.return(undefined);
  }

  /** The next rows that pass the filter. `signal` ends the work with `cancelled`. */
  async page(limit: number, signal: AbortSignal | undefined): Promise<PreviewPage> {
    const rows: PreviewRow[] = [];
    let scanned = 0;
    let characters = 0;
    for (;;) {
      signal?.throwIfAborted();
      if (this.held.length === 0) {
        const batch = await this.batches.next();
        if (batch.done) return { rows, next: null, scanned };
        this.held = batch.value.rows;
        // Other calls have their turn between two batches, however many rows are looked through.
        await setImmediate();
        continue;
      }
      let taken = 0;
      for (const row of this.held) {
        if (rows.length >= limit || characters >= maximumPageCharacters) break;
        taken += 1;
        const blanks = this.blanksBefore(row);
        this.last = row.row;
        if (row.row < this.from) {
          if (this.readsOn) this.read?.(row);
          continue;
        }
        scanned += 1;
        if (blanks && (this.only === 'all' || this.only === 'skipped')) rows.push(blanks);
        const read = this.read?.(row);
        // Decided before anything is made to be shown: a million rows may be passed over.
        if (!passes(read, this.only)) continue;
        const shown = this.show(row, read);
        rows.push(shown);
        for (const cell of shown.cells) characters += cell.raw.length * 2 + 200;
      }
      this.held = this.held.slice(taken);
      if (this.held.length > 0) return { rows, next: this.last + 1, scanned };
    }
  }

  /** Blank rows between two rows of the table, as one line of the ledger. */
  private blanksBefore(row: SheetRow): PreviewRow | null {
    const first = this.last + 1;
    const last = row.row - 1;
    if (this.read === null || first > last || first < this.from) return null;
    return {
      row: first,
      outcome: 'skip',
      reason: first === last ? 'blank row' : `blank rows, up to row ${last}`,
      hidden: false,
      cells: [],
      issues: [],
    };
  }

  private show(row: SheetRow, read: TracedReading | undefined): PreviewRow {
    const width = Math.max(row.text.length, row.stored?.length ?? 0);
    return {
      row: row.row,
      outcome: read?.reading.outcome ?? 'skip',
      reason: read ? (read.reading.reason ?? null) : 'sheet left out',
      hidden: row.hidden ?? false,
      cells: Array.from({ length: width }, (_, column) =>
        previewCell(row, column, this.mapping[column] ?? null, read?.cells.get(column)),
      ),
      issues: (read?.reading.issues ?? []).map((issue) => ({ row: row.row, ...issue })),
    };
  }
}

/** A row of a sheet that is left out, which is not read, is skipped. */
function passes(read: TracedReading | undefined, only: RowFilter): boolean {
  const outcome = read?.reading.outcome ?? 'skip';
  switch (only) {
    case 'all':
      return true;
    case 'skipped':
      return outcome === 'skip';
    case 'rejected':
      return outcome === 'reject';
    case 'repaired':
      return someCell(read, (cell) => cell.repaired !== undefined);
    case 'problems':
      return (
        outcome === 'reject' ||
        (read?.reading.issues.some((issue) => issue.outcome !== 'skipped') ?? false) ||
        someCell(read, (cell) => cell.flag !== undefined)
      );
  }
}

function someCell(read: TracedReading | undefined, holds: (cell: TracedCell) => boolean): boolean {
  for (const cell of read?.cells.values() ?? []) if (holds(cell)) return true;
  return false;
}

function previewCell(
  row: SheetRow,
  column: number,
  field: string | null,
  traced: TracedCell | undefined,
): PreviewCell {
  const value = traced?.value ?? null;
  return {
    column,
    raw: shorten(row.text[column] ?? ''),
    stored: row.stored?.[column]?.value ?? null,
    field,
    value: typeof value === 'string' ? shorten(value) : value,
    repaired: traced?.repaired ?? null,
    issue: traced?.flag ? { code: traced.flag.code, message: traced.flag.message } : null,
  };
}

const shorten = (text: string) =>
  text.length > maximumCellCharacters ? `${text.slice(0, maximumCellCharacters - 1)}…` : text;
