import { AppError } from '../../../../shared/contract/errors.ts';
import { ImportReport } from '../../../../shared/contract/schemas.ts';
import { parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { get } from '../../database/sql.ts';

export interface FoundImport {
  id: number;
  at: string;
  user: string;
  state: 'standing' | 'undone';
  report: ImportReport;
}

/** An import by its reference, `IMP-n`. @throws AppError `not-found`. */
export function findImport(database: ReadDatabase, ref: string): FoundImport {
  const found = parseRef(ref);
  const row =
    found?.grid.name === 'imports'
      ? get<{ id: number; at: string; user: string; state: 'standing' | 'undone'; report: string }>(
          database,
          'SELECT id, at, user, state, report FROM import WHERE id = ?',
          found.id,
        )
      : undefined;
  if (!row) throw new AppError('not-found', `There is no import ${ref}.`);
  return { ...row, report: ImportReport.parse(JSON.parse(row.report)) };
}
