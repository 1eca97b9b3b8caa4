/** The operation itself: one record, `OP-1`, edited like any other. */
import { grids } from '../../../shared/grid/grids.ts';
import { findCode } from '../../../shared/reference/codeLists.ts';
import { placeholderRiskMatrix } from '../../../shared/reference/riskMatrix.ts';
import { run } from '../database/sql.ts';
import { createdField, materialise } from '../entities/materialise.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';

/** Months after which intelligence and photographs count as old until the operation says otherwise (a design value). */
const currencyMonths = { intelligenceMonths: 12, photographMonths: 24 };

/** First entry of a new workspace. It cannot be undone: an operation without a name has no marking either. */
export function setUpOperation(session: Session, name: string, marking: string): void {
  const values = {
    name,
    marking: findCode('marking', marking) ?? marking,
    ...currencyMonths,
    ...placeholderRiskMatrix,
  };
  session.writer.transaction(() => {
    const seq = appendEntry(session, {
      operation: 'collection',
      method: 'workspace.create',
      target: 'OP-1',
      summary: `Created the workspace for ${grids.operation.noun} ${name}`,
      before: { 'OP-1': null },
      after: { 'OP-1': values },
      rows: [{ grid: 'operation', id: 1 }],
    });
    for (const [field, value] of Object.entries({ [createdField]: 1, ...values })) {
      run(
        session.writer,
        'INSERT INTO manual_value (seq, grid, row_id, field, value) VALUES (?, ?, 1, ?, ?)',
        seq,
        'operation',
        field,
        value,
      );
    }
    materialise(session.writer, 'operation', 1, seq);
  })();
}
