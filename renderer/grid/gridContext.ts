import type { EngineClient } from '../../shared/contract/client.ts';
import type { Finding } from '../../shared/contract/schemas.ts';
import type { Grid } from '../../shared/grid/types.ts';
import type { BulkEdits } from './bulkEdits.ts';
import type { CellEdits } from './edits.ts';
import type { RangeTool } from './rangeTool.ts';

/** What cells, headings and editors of one grid share. */
export interface GridContext {
  grid: Grid;
  client: EngineClient;
  /** Labels of every reference seen so far; grows as pages arrive. */
  labels: Record<string, string>;
  edits: CellEdits;
  range: RangeTool;
  bulk: BulkEdits;
  /** What the rules say of the rows, worst first; accepted findings are not among them. */
  findings: ReadonlyMap<string, readonly Finding[]>;
  /** The strike of the operation, for checks while typing. */
  strike: string | null;
  /** Groups the rows by a column, in the panel beside them. */
  groupBy: (field: string) => void;
}
