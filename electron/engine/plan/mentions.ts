/** Which records name which others: read once for a whole check, because each question would scan every grid. */
import { gridList, makeRef } from '../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, columnName, identifier } from '../database/sql.ts';

/** Reference → references of the records whose current values name it. */
export type Mentions = ReadonlyMap<string, readonly string[]>;

export function readMentions(database: ReadDatabase): Mentions {
  const mentions = new Map<string, string[]>();
  for (const grid of gridList) {
    for (const column of grid.columns) {
      if (column.derived || !column.editable || (column.type !== 'ref' && column.type !== 'refs')) continue;
      const name = identifier(columnName(column.field));
      const rows = all<{ id: number; value: string }>(
        database,
        `SELECT id, ${name} AS value FROM ${identifier(grid.table)} WHERE ${name} IS NOT NULL`,
      );
      for (const row of rows) {
        for (const ref of row.value.split(',')) {
          const users = mentions.get(ref);
          if (users) users.push(makeRef(grid.name, row.id));
          else mentions.set(ref, [makeRef(grid.name, row.id)]);
        }
      }
    }
  }
  return mentions;
}

/** A record that names `ref` and is none of `except`, or null. */
export function mentionOf(mentions: Mentions, ref: string, except: ReadonlySet<string>): string | null {
  return mentions.get(ref)?.find((user) => !except.has(user)) ?? null;
}
