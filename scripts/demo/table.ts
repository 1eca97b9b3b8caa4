/**
 * A table that is written once and remembers what is true of it: which rows are data, which must be
 * skipped or rejected and why, and what sampled cells should read as after cleaning. The truth comes
 * from the hand that writes the cell, never from the importer that is measured against it.
 */
export type Cell = string | number | Date | null;

export interface ColumnPlan {
  header: string;
  /** Field of the importer, null when the column has none. */
  field: string | null;
  width?: number;
}

export type Fate =
  | { fate: 'imported' }
  | { fate: 'skipped'; reason: 'blank row' | 'total row' | 'repeated heading' }
  | { fate: 'rejected'; code: string; reason: string };

export interface Sample {
  row: number;
  column: string;
  raw: string;
  stored: 'text' | 'number' | 'date';
  field: string;
  cleaned: string | number;
}

export interface ExpectedIssue {
  row: number;
  column: string;
  code: string;
  note: string;
}

export interface Table {
  file: string;
  /** null for a CSV file, which has no sheets. */
  sheet: string | null;
  kind: string;
  headerRow: number;
  columns: readonly ColumnPlan[];
  /** Rows after the header, in order. */
  rows: { cells: readonly Cell[]; fate: Fate }[];
  samples: Sample[];
  issues: ExpectedIssue[];
}

/** An empty table. `headerRow` is 1-based, as Excel shows it; for CSV it counts every line. */
export function createTable(
  file: string,
  sheet: string | null,
  kind: string,
  headerRow: number,
  columns: readonly ColumnPlan[],
): Table {
  return { file, sheet, kind, headerRow, columns, rows: [], samples: [], issues: [] };
}

/** How a cell shows on the sheet: dates as DD/MM/YYYY, the format that every date cell here carries. */
export function showCell(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) {
    const [year, month, day] = cell.toISOString().slice(0, 10).split('-');
    return `${day}/${month}/${year}`;
  }
  return String(cell);
}

function addRow(table: Table, cells: readonly Cell[], fate: Fate): number {
  if (cells.length > table.columns.length) throw new Error(`${table.file}: too many cells in a row`);
  table.rows.push({ cells, fate });
  return table.headerRow + table.rows.length;
}

/**
 * Adds a row that must be imported; gives its row number. `cleaned` samples cells by header text:
 * the value that the importer should reach.
 */
export function addDataRow(
  table: Table,
  cells: readonly Cell[],
  cleaned: Readonly<Record<string, string | number>> = {},
): number {
  const row = addRow(table, cells, { fate: 'imported' });
  for (const [header, value] of Object.entries(cleaned)) {
    const index = table.columns.findIndex((column) => column.header === header);
    const field = table.columns[index]?.field;
    const cell = cells[index];
    if (field === undefined || field === null || cell === undefined || cell === null) {
      throw new Error(`${table.file}: no cell to sample under ${header}`);
    }
    const stored = cell instanceof Date ? 'date' : typeof cell === 'number' ? 'number' : 'text';
    table.samples.push({ row, column: header, raw: showCell(cell), stored, field, cleaned: value });
  }
  return row;
}

/** Adds a row with nothing in it. */
export function addBlankRow(table: Table): void {
  addRow(table, [], { fate: 'skipped', reason: 'blank row' });
}

/** Repeats the header inside the table, as happens where two sheets were pasted together. */
export function addRepeatedHeader(table: Table): void {
  addRow(
    table,
    table.columns.map((column) => column.header),
    { fate: 'skipped', reason: 'repeated heading' },
  );
}

/** Adds a total row. */
export function addTotalRow(table: Table, cells: readonly Cell[]): void {
  addRow(table, cells, { fate: 'skipped', reason: 'total row' });
}

/** Adds a row that cannot be used at all. */
export function addRejectedRow(table: Table, cells: readonly Cell[], code: string, reason: string): number {
  return addRow(table, cells, { fate: 'rejected', code, reason });
}

/** Notes that a cell of a row should be flagged though the row is imported. */
export function expectIssue(table: Table, row: number, column: string, code: string, note: string): void {
  if (!table.columns.some((plan) => plan.header === column)) throw new Error(`no column ${column}`);
  table.issues.push({ row, column, code, note });
}
