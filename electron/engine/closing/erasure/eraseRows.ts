/** Takes a person out of rows: the person's own, the rows that are about them alone, and what other rows say of them. */
import { findColumn, grids, makeRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { WriteDatabase } from '../../database/connection.ts';
import { all, run } from '../../database/sql.ts';
import { materialise } from '../../entities/materialise.ts';
import { scrubColumns, scrubStored } from './eraseEvidence.ts';
import { erasedWord } from './marks.ts';
import type { Subject } from './subject.ts';

export interface RowsErased {
  records: number;
  values: number;
  links: number;
  photographs: number;
  dependants: number;
}

type Row = { grid: GridName; id: number };

/**
 * Numbers of rows are never given again, and rows of others are worked out anew without what was taken from them.
 * @param seq the entry of erasure
 * @param texts also takes the person out of long texts about others
 */
export function eraseRows(
  database: WriteDatabase,
  subject: Subject,
  seq: number,
  texts: boolean,
): RowsErased {
  const own: Row[] = [...subject.ids.map((id) => ({ grid: 'people' as const, id })), ...subject.dependants];
  const touched = new Map<string, Row>();
  const touch = (row: Row) => touched.set(makeRef(row.grid, row.id), row);
  const told: RowsErased = {
    records: 0,
    values: 0,
    links: 0,
    photographs: 0,
    dependants: subject.dependants.length,
  };
  for (const row of own) {
    for (const near of neighbours(database, row)) touch(near);
    touch(row);
    told.values += run(
      database,
      'DELETE FROM manual_value WHERE grid = ? AND row_id = ?',
      row.grid,
      row.id,
    ).changes;
    told.links += run(
      database,
      'DELETE FROM link WHERE (a_grid = @grid AND a_id = @id) OR (b_grid = @grid AND b_id = @id)',
      row,
    ).changes;
    run(
      database,
      'DELETE FROM refreshed_link WHERE (a_grid = @grid AND a_id = @id) OR (b_grid = @grid AND b_id = @id)',
      row,
    );
    told.photographs += run(
      database,
      'DELETE FROM photograph WHERE grid = ? AND row_id = ?',
      row.grid,
      row.id,
    ).changes;
    for (const table of ['overruled_value', 'exchange_origin', 'exchange_conflict'])
      run(database, `DELETE FROM ${table} WHERE grid = ? AND row_id = ?`, row.grid, row.id);
  }
  told.records += eraseRecords(database, subject, own, touch);
  told.values += eraseMentions(database, subject, touch, texts);
  for (const id of subject.ids) {
    run(database, "DELETE FROM moved_record WHERE grid = 'people' AND (home = ? OR to_id = ?)", id, id);
    run(database, "DELETE FROM merged_row WHERE grid = 'people' AND (row_id = ? OR root = ?)", id, id);
    run(database, 'DELETE FROM retention WHERE person_id = ?', id);
  }
  for (const row of touched.values()) materialise(database, row.grid, row.id, seq);
  for (const row of own)
    run(database, 'DELETE FROM entity_key WHERE grid = ? AND row_id = ?', row.grid, row.id);
  return told;
}

const neighbours = (database: WriteDatabase, row: Row): Row[] =>
  all<{ grid: GridName; id: number }>(
    database,
    `SELECT b_grid AS grid, b_id AS id FROM link WHERE a_grid = @grid AND a_id = @id
     UNION SELECT a_grid, a_id FROM link WHERE b_grid = @grid AND b_id = @id`,
    row,
  );

/** Records of the person and of rows about them go; what the same rows said of a phone or an address stays, unnamed. */
function eraseRecords(
  database: WriteDatabase,
  subject: Subject,
  own: readonly Row[],
  touch: (row: Row) => unknown,
): number {
  let erased = 0;
  const gone = new Set(own.map((row) => makeRef(row.grid, row.id)));
  const records = all<{ id: number; evidence_id: number; grid: GridName; row_id: number; home: number }>(
    database,
    `SELECT n.id, n.evidence_id, n.grid, n.row_id, r.row_id AS home FROM record_now n JOIN record r ON r.id = n.id
     WHERE n.evidence_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify([...subject.evidence]),
  );
  for (const record of records) {
    const row = { grid: record.grid, id: record.row_id };
    if (!gone.has(makeRef(record.grid, record.row_id)) && !gone.has(makeRef(record.grid, record.home)))
      continue;
    run(database, 'DELETE FROM record WHERE id = ?', record.id);
    touch(row);
    erased += 1;
  }
  for (const row of own)
    erased += run(database, 'DELETE FROM record WHERE grid = ? AND row_id = ?', row.grid, row.id).changes;
  return erased;
}

type Fields = Record<string, unknown>;

/** References to the person, the name in short fields of other rows, and where it is wished in their texts. */
function eraseMentions(
  database: WriteDatabase,
  subject: Subject,
  touch: (row: Row) => unknown,
  texts: boolean,
): number {
  const gone = new Set([...subject.refs, ...subject.dependants.map(({ grid, id }) => makeRef(grid, id))]);
  let changed = 0;
  const clean = (grid: GridName, field: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const column = findColumn(grids[grid], field);
    if (column?.type === 'ref' || column?.type === 'refs') {
      const kept = value.split(',').filter((ref) => !gone.has(ref.trim()));
      return kept.length === 0 ? null : kept.join(',');
    }
    // Another person's name is that person's, whoever shares it.
    if (grid === 'people' && ['name', 'surname', 'forenames', 'aliases'].includes(field)) return value;
    if (grid === 'officers' || (column?.type === 'longText' && !texts)) return value;
    const scrubbed = subject.marks.scrub(value);
    return scrubbed.replaceAll(erasedWord, '').trim() === '' && scrubbed !== value ? null : scrubbed;
  };
  for (const row of all<{
    id: number;
    grid: GridName;
    row_id: number;
    fields: string;
    repairs: string | null;
  }>(database, 'SELECT id, grid, row_id, fields, repairs FROM record')) {
    if (!tellsOf(row.fields, subject, gone) && !tellsOf(row.repairs ?? '', subject, gone)) continue;
    const fields = JSON.parse(row.fields) as Fields;
    const next = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, clean(row.grid, field, value)]),
    );
    const repairs =
      row.repairs === null || row.grid === 'people' ? row.repairs : scrubStored(row.repairs, subject.marks);
    if (JSON.stringify(next) === row.fields && repairs === row.repairs) continue;
    run(
      database,
      'UPDATE record SET fields = ?, repairs = ? WHERE id = ?',
      JSON.stringify(next),
      repairs,
      row.id,
    );
    touch({ grid: row.grid, id: row.row_id });
    changed += 1;
  }
  for (const row of all<{ grid: GridName; row_id: number; field: string; seq: number; value: unknown }>(
    database,
    "SELECT grid, row_id, field, seq, value FROM manual_value WHERE typeof(value) = 'text'",
  )) {
    if (!tellsOf(String(row.value), subject, gone)) continue;
    const value = clean(row.grid, row.field, row.value);
    if (value === row.value) continue;
    run(
      database,
      'UPDATE manual_value SET value = ? WHERE grid = ? AND row_id = ? AND field = ? AND seq = ?',
      value,
      row.grid,
      row.row_id,
      row.field,
      row.seq,
    );
    touch({ grid: row.grid, id: row.row_id });
    changed += 1;
  }
  if (texts) changed += scrubColumns(database, 'communication', 'id', ['text'], subject.marks);
  return changed;
}

const tellsOf = (text: string, subject: Subject, gone: ReadonlySet<string>) =>
  subject.marks.tells(text) || (text.match(/[A-Z]{2,5}-\d+/g) ?? []).some((ref) => gone.has(ref));
