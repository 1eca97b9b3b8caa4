/** A rectangle of cells: where it was begun and where it reaches to. Rows by their place on screen. */
export interface Spot {
  row: number;
  field: string;
}

export interface CellRange {
  /** The cell that has the focus. */
  anchor: Spot;
  corner: Spot;
}

/** The rectangle in rows and fields, both ends inside; null when one of its columns is no longer shown. */
export interface Bounds {
  top: number;
  bottom: number;
  fields: readonly string[];
}

export function boundsOf(range: CellRange, fields: readonly string[]): Bounds | null {
  const one = fields.indexOf(range.anchor.field);
  const other = fields.indexOf(range.corner.field);
  if (one < 0 || other < 0) return null;
  return {
    top: Math.min(range.anchor.row, range.corner.row),
    bottom: Math.max(range.anchor.row, range.corner.row),
    fields: fields.slice(Math.min(one, other), Math.max(one, other) + 1),
  };
}

export function countCells(bounds: Bounds): number {
  return (bounds.bottom - bounds.top + 1) * bounds.fields.length;
}

/**
 * The range with its corner moved by an arrow key; `toEdge` goes as far as there are rows or columns. Null for
 * other keys.
 */
export function reach(
  range: CellRange,
  key: string,
  area: { fields: readonly string[]; rows: number },
  toEdge: boolean,
): CellRange | null {
  const { fields } = area;
  const column = fields.indexOf(range.corner.field);
  const lastRow = Math.max(0, area.rows - 1);
  const lastColumn = fields.length - 1;
  if (column < 0) return null;
  const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
    ArrowUp: [toEdge ? 0 : range.corner.row - 1, column],
    ArrowDown: [toEdge ? lastRow : range.corner.row + 1, column],
    ArrowLeft: [range.corner.row, toEdge ? 0 : column - 1],
    ArrowRight: [range.corner.row, toEdge ? lastColumn : column + 1],
  };
  const step = steps[key];
  if (!step) return null;
  const field = fields[Math.min(lastColumn, Math.max(0, step[1]))];
  if (field === undefined) return null;
  return { anchor: range.anchor, corner: { row: Math.min(lastRow, Math.max(0, step[0])), field } };
}
