/** Who says the values that priorities rest on, for all records at once: rows of sheets and analysts. */
import type { Saying } from '../../../../shared/domain/priorities/facts.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import { hasGroups, rootOf } from '../../entities/groups.ts';

/** By number of the row and by field. */
export type Sayings = ReadonlyMap<number, ReadonlyMap<string, readonly Saying[]>>;

/** Fields that are asked for, by grid. */
const asked = {
  people: ['role', 'markers', 'dob'],
  premises: ['hazards', 'firearms'],
  lines: ['violence'],
} as const satisfies Partial<Record<GridName, readonly string[]>>;

/** Each record that counts in a row says its own; what was withdrawn says nothing. */
export function readSayings(database: ReadDatabase, grid: keyof typeof asked): Sayings {
  const grouped = hasGroups(database);
  const found = new Map<number, Map<string, Saying[]>>();
  const roots = new Map<number, number>();
  const rootFor = (id: number) => {
    if (!grouped) return id;
    const root = roots.get(id) ?? rootOf(database, grid, id);
    roots.set(id, root);
    return root;
  };
  const put = (id: number, field: string, saying: Saying) => {
    const own = found.get(id) ?? new Map<string, Saying[]>();
    found.set(id, own);
    const said = own.get(field);
    if (said) said.push(saying);
    else own.set(field, [saying]);
  };
  for (const field of asked[grid]) {
    const rows = all<{ id: number; value: string; grade: string | null; sheet: number | null }>(
      database,
      `SELECT coalesce(m.to_id, r.row_id) AS id, json_extract(r.fields, ?) AS value, r.grade,
         (SELECT s.id FROM source_sheet s WHERE s.first_evidence <= r.evidence_id
          ORDER BY s.first_evidence DESC LIMIT 1) AS sheet
       FROM record r
         LEFT JOIN refreshed_record f
           ON f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part
         LEFT JOIN moved_record m
           ON m.evidence_id = r.evidence_id AND m.prefix = r.prefix AND m.part = r.part AND m.grid = r.grid
       WHERE r.grid = ? AND coalesce(f.state, '') <> 'withdrawn' AND json_extract(r.fields, ?) IS NOT NULL`,
      `$.${field}`,
      grid,
      `$.${field}`,
    );
    for (const { id, value, grade, sheet } of rows)
      put(rootFor(id), field, { value: String(value), grade, sheet: sheet ?? 0 });
  }
  const entered = all<{ id: number; field: string; value: string | null }>(
    database,
    `SELECT m.row_id AS id, m.field, m.value FROM manual_value m
       LEFT JOIN overruled_value o
         ON o.grid = m.grid AND o.row_id = m.row_id AND o.field = m.field AND o.seq = m.seq
     WHERE m.grid = ? AND m.field IN (SELECT value FROM json_each(?)) AND m.value IS NOT NULL AND o.seq IS NULL`,
    grid,
    JSON.stringify(asked[grid]),
  );
  for (const { id, field, value } of entered)
    put(rootFor(id), field, { value: String(value), grade: null, sheet: null });
  return found;
}
