import type { EngineClient } from '../../shared/contract/client.ts';
import type { Grid } from '../../shared/grid/types.ts';
import type { CellEdits } from './edits.ts';

/** What cells, headings and editors of one grid share. */
export interface GridContext {
  grid: Grid;
  client: EngineClient;
  /** Labels of every reference seen so far; grows as pages arrive. */
  labels: Record<string, string>;
  edits: CellEdits;
  /** The strike of the operation, for checks while typing. */
  strike: string | null;
}
