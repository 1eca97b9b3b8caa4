/** What of the plan, and which issued packs, rest on a record. Read once for a whole comparison. */
import { grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readLabels } from '../../database/queries/rows.ts';
import { all, columnName, get, identifier } from '../../database/sql.ts';
import { resolveRef } from '../../entities/groups.ts';

const planGrids: readonly GridName[] = ['targets', 'warrants', 'teams', 'safeguarding'];

/** Grids that a pack prints as a whole; of the others it prints what the plan names. */
const printedGrids: ReadonlySet<GridName> = new Set([...planGrids, 'officers', 'intelligence']);

export interface Rests {
  /**
   * References of the targets, warrants, teams, safeguarding plans and packs that rest on a record. `since`: the entry
   * since which the workspace has it; packs of before cannot rest on it.
   */
  of(ref: string, since: number): string[];
}

/** Reference → references of the targets, warrants, teams and safeguarding plans that name it. */
export function readPlanUsers(database: ReadDatabase): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const name of planGrids) {
    const grid = grids[name];
    for (const column of grid.columns) {
      if (column.derived || (column.type !== 'ref' && column.type !== 'refs')) continue;
      const field = identifier(columnName(column.field));
      for (const row of all<{ id: number; value: string }>(
        database,
        `SELECT id, ${field} AS value FROM ${identifier(grid.table)} WHERE ${field} IS NOT NULL`,
      )) {
        const user = makeRef(name, row.id);
        for (const ref of row.value.split(',')) {
          const list = users.get(ref);
          if (list === undefined) users.set(ref, [user]);
          else if (!list.includes(user)) list.push(user);
        }
      }
    }
  }
  return users;
}

export function readRests(database: ReadDatabase): Rests {
  const users = readPlanUsers(database);
  const packs = all<{ id: number; state_seq: number }>(
    database,
    'SELECT id, state_seq FROM pack ORDER BY id',
  );
  const since = new Map<string, number>();
  /** The entry that brought a row of the plan; 0 for rows that came with an import. */
  const firstEntry = (ref: string): number => {
    const known = since.get(ref);
    if (known !== undefined) return known;
    const found = parseRef(ref);
    const seq = found
      ? get<{ seq: number | null }>(
          database,
          'SELECT min(seq) AS seq FROM journal_ref WHERE grid = ? AND row_id = ?',
          found.grid.name,
          found.id,
        )?.seq
      : null;
    since.set(ref, seq ?? 0);
    return seq ?? 0;
  };
  return {
    of(asked, from) {
      const found = resolveRef(database, asked);
      const ref = found ? makeRef(found.grid.name, found.id) : asked;
      const grid = found?.grid.name;
      const named = users.get(ref) ?? [];
      const own = grid !== undefined && planGrids.includes(grid) ? [ref] : [];
      const printed = grid !== undefined && printedGrids.has(grid);
      const issued = packs.filter(
        (pack) =>
          pack.state_seq >= from && (printed || named.some((user) => firstEntry(user) <= pack.state_seq)),
      );
      return [...new Set([...own, ...named, ...issued.map((pack) => makeRef('packs', pack.id))])];
    },
  };
}

/** With their labels. */
export function labelled(
  database: ReadDatabase,
  refs: Iterable<string>,
): Map<string, { ref: string; label: string }> {
  const list = [...new Set(refs)];
  const labels = readLabels(database, list);
  return new Map(list.map((ref) => [ref, { ref, label: labels[ref] ?? ref }]));
}
