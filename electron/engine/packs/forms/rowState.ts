/** A row of the plan beside the state in which a form printed it: the three sides of a merge. */
import { grids } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readRow } from '../../database/queries/rows.ts';
import { all, get } from '../../database/sql.ts';
import type { ManualRow, RecordRow } from '../../entities/materialise.ts';
import { chooseValues, readManual, readRecords } from '../../entities/materialise.ts';

export type FormGrid = 'results' | 'seizures';

export interface RowState {
  readonly grid: FormGrid;
  /** Null until the row is made. */
  id: number | null;
  /** What the plan says now, this import included. */
  readonly current: Map<string, CellValue>;
  /** What rows of this import said, and where. */
  readonly said: Map<string, { value: CellValue; place: string }>;
  /** Basis of the record that a value comes from, by field; undefined for values entered by hand. */
  basisOf(field: string): string | undefined;
  /** What the plan said when the journal stood at `state`; null where it said nothing. */
  knownAt(state: number, field: string): CellValue;
}

/** A row that is not there yet. */
export function newRow(grid: FormGrid): RowState {
  return {
    grid,
    id: null,
    current: new Map(),
    said: new Map(),
    basisOf: () => undefined,
    knownAt: () => null,
  };
}

/** A row of the plan. The row must exist. */
export function readState(database: ReadDatabase, grid: FormGrid, id: number): RowState {
  const row = readRow(database, grid, id);
  const records = readRecords(database, grid, id);
  const manual = readManual(database, grid, id);
  const { from } = chooseValues(records, manual);
  const basis = new Map(records.map((record) => [String(record.id), record.basis]));
  const earlier = new Map<number, ReadonlyMap<string, CellValue>>();
  return {
    grid,
    id,
    current: new Map(
      grids[grid].columns.map(({ field }) => [field, (row[field] ?? null) as CellValue] as const),
    ),
    said: new Map(),
    basisOf: (field) => basis.get(from.get(field) ?? ''),
    knownAt(state, field) {
      let values = earlier.get(state);
      if (values === undefined) {
        values = valuesAt(database, { grid, id }, records, manual, state);
        earlier.set(state, values);
      }
      return values.get(field) ?? null;
    },
  };
}

/** The values that were chosen from what the journal held up to an entry. */
function valuesAt(
  database: ReadDatabase,
  row: { grid: FormGrid; id: number },
  records: readonly RecordRow[],
  manual: readonly ManualRow[],
  state: number,
): ReadonlyMap<string, CellValue> {
  const cameBefore = (evidence: number) => {
    const entry = get<{ seq: number }>(
      database,
      `SELECT i.seq FROM source_sheet s JOIN import i ON i.id = s.import
       WHERE s.first_evidence <= ? AND s.last_evidence >= ?`,
      evidence,
      evidence,
    );
    return entry !== undefined && entry.seq <= state;
  };
  const overruledSince = new Set(
    all<{ field: string; seq: number }>(
      database,
      `SELECT o.field, o.seq FROM overruled_value o JOIN import i ON i.id = o.import
       WHERE o.grid = ? AND o.row_id = ? AND i.seq > ?`,
      row.grid,
      row.id,
      state,
    ).map(({ field, seq }) => `${seq} ${field}`),
  );
  return chooseValues(
    records
      .filter((record) => cameBefore(record.evidence_id))
      .map((record) =>
        record.by_evidence !== null && !cameBefore(record.by_evidence)
          ? { ...record, state: null, by_evidence: null }
          : record,
      ),
    manual
      .filter((entry) => entry.seq <= state)
      .map((entry) =>
        overruledSince.has(`${entry.seq} ${entry.field}`) ? { ...entry, overruled: 0 } : entry,
      ),
  ).values;
}
