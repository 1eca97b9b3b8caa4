/** Copies, packages and conflicts as the contract tells of them. */
import type { z } from 'zod';
import type {
  ExchangeConflict,
  ExchangeStatus,
  TakeReport as TakeReportSchema,
} from '../../../shared/contract/areas/exchange.ts';
import { findColumn, grids, makeRef } from '../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { readLabels } from '../database/queries/rows.ts';
import { all, get } from '../database/sql.ts';
import { intoField } from '../entities/groups.ts';
import { removedField } from '../entities/materialise.ts';
import type { Conflict } from './conflicts.ts';
import { openConflicts, publicField } from './conflicts.ts';
import { lettersOf, listCopies } from './copies.ts';
import { knownInventory } from './inventory.ts';
import type { TakeReport } from './takePackage.ts';

const specialTitles: Readonly<Record<string, string>> = {
  [removedField]: 'Record',
  [intoField]: 'Part of',
};

export function describeConflicts(
  database: ReadDatabase,
  conflicts: readonly Conflict[],
): ExchangeConflict[] {
  const labels = readLabels(
    database,
    conflicts.map(({ grid, id }) => makeRef(grid, id)),
  );
  return conflicts.map(({ grid, id, field, kind, options }) => {
    const ref = makeRef(grid, id);
    return {
      ref,
      grid,
      label: labels[ref] ?? ref,
      field: publicField(field),
      title: specialTitles[field] ?? findColumn(grids[grid], field)?.title ?? field,
      kind,
      options: options.map(({ copy, ...option }) => ({
        ...option,
        // A row is named by its reference.
        value:
          field === intoField && typeof option.value === 'number'
            ? makeRef(grid, option.value)
            : option.value,
        copy: copy === null ? null : lettersOf(copy),
      })),
    };
  });
}

export function describeTake(database: ReadDatabase, report: TakeReport): z.infer<typeof TakeReportSchema> {
  return {
    ...report,
    from: { letters: lettersOf(report.from.number), name: report.from.name },
    conflicts: describeConflicts(database, report.conflicts),
  };
}

export function readStatus(database: ReadDatabase): ExchangeStatus {
  const copies = listCopies(database);
  const own = copies.find((copy) => copy.own === 1);
  const numbers = new Map(copies.map((copy) => [copy.id, copy.number]));
  const head = get<{ seq: number | null }>(database, 'SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  return {
    own: own ? lettersOf(own.number) : null,
    copies: copies.map((copy) => {
      const told = get<{ inventory_at: string | null; taken: number | null }>(
        database,
        `SELECT inventory_at, (SELECT max(number) FROM exchange_package p WHERE p.copy = c.id) AS taken
         FROM exchange_copy c WHERE id = ?`,
        copy.id,
      );
      const known =
        own && copy.own === 0 ? knownInventory(database, copy.id)?.entries[own.id]?.[0] : undefined;
      return {
        letters: lettersOf(copy.number),
        name: copy.name,
        own: copy.own === 1,
        madeAt: copy.made_at,
        madeBy: copy.made_by,
        heardAt: copy.own === 1 ? null : (told?.inventory_at ?? null),
        lastTaken: copy.own === 1 ? null : (told?.taken ?? null),
        ahead: copy.own === 1 ? null : head - (known ?? 0),
      };
    }),
    packages: all<{
      id: string;
      number: number;
      copy: string;
      for_copy: string | null;
      at: string;
      user: string;
      bytes: number;
    }>(
      database,
      'SELECT id, number, copy, for_copy, at, user, bytes FROM exchange_package ORDER BY seq DESC, number DESC LIMIT 200',
    ).map((row) => ({
      id: row.id,
      number: row.number,
      way: row.copy === own?.id ? 'made' : 'taken',
      from: lettersOf(numbers.get(row.copy) ?? 0),
      for: row.for_copy === null ? null : lettersOf(numbers.get(row.for_copy) ?? 0),
      at: row.at,
      user: row.user,
      bytes: row.bytes,
    })),
    conflicts: openConflicts(database).length,
  };
}
