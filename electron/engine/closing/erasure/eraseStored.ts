/** Takes a person out of what is kept beside the rows: packs, pictures, views, drafts, findings set aside, copies for exchange. */
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { WriteDatabase } from '../../database/connection.ts';
import { all, get, run } from '../../database/sql.ts';
import { packDataText } from '../../packs/storedPacks.ts';
import { scrubColumns } from './eraseEvidence.ts';
import type { Subject } from './subject.ts';

export interface StoredErased {
  packs: number;
  pictures: number;
  views: number;
  drafts: number;
}

export function eraseStored(database: WriteDatabase, subject: Subject, seq: number): StoredErased {
  const { marks } = subject;
  const told = { packs: 0, pictures: erasePictures(database, subject), views: 0, drafts: 0 };
  for (const { id } of all<{ id: number }>(database, 'SELECT id FROM pack WHERE erased IS NULL')) {
    if (!packTells(database, id, subject)) continue;
    // The register goes on saying who got what when, with the fingerprints of the files.
    run(
      database,
      "UPDATE pack SET data = x'', decisions = ?, erased = ? WHERE id = ?",
      '{"items":[]}',
      seq,
      id,
    );
    run(database, "UPDATE pack_file SET bytes = x'' WHERE pack_id = ?", id);
    told.packs += 1;
  }
  scrubColumns(database, 'pack', 'id', ['reason', 'state_note', 'recipient', 'manifest', 'spec'], marks);
  for (const { key, value } of all<{ key: string; value: string }>(
    database,
    'SELECT key, value FROM setting',
  )) {
    if (!marks.tells(value) || !/^(grid|view)s?:/.test(key)) continue;
    run(database, 'DELETE FROM setting WHERE key = ?', key);
    told.views += 1;
  }
  scrubColumns(database, 'setting', 'key', ['value'], marks);
  for (const draft of all<{ user_id: number; key: string; value: string }>(
    database,
    'SELECT user_id, key, value FROM draft',
  )) {
    if (!marks.tells(draft.value) && !subject.refs.some((ref) => draft.key.includes(ref))) continue;
    run(database, 'DELETE FROM draft WHERE user_id = ? AND key = ?', draft.user_id, draft.key);
    told.drafts += 1;
  }
  scrubColumns(database, 'acceptance', 'id', ['message', 'reason'], marks);
  scrubColumns(database, 'disclosure_item', 'item', ['sensitive_reason', 'description', 'location'], marks);
  scrubColumns(database, 'retention', 'person_id', ['reason'], marks);
  eraseExchange(database, subject);
  return told;
}

/** A picture cannot lose a part: one that shows the person goes whole, whether it is still kept or was taken out. */
function erasePictures(database: WriteDatabase, subject: Subject): number {
  const refs = new Set([...subject.refs, ...subject.dependants.map(({ grid, id }) => makeRef(grid, id))]);
  const pictures = all<{ id: number; title: string; note: string; table_rows: string; shown: string }>(
    database,
    'SELECT id, title, note, table_rows, shown FROM picture',
  ).filter(({ title, note, table_rows, shown }) =>
    [title, note, ...textsIn(table_rows), ...textsIn(shown)].some(
      (text) => refs.has(text) || subject.marks.tells(text),
    ),
  );
  for (const { id } of pictures) run(database, 'DELETE FROM picture WHERE id = ?', id);
  return pictures.length;
}

/** Every string in a text of JSON: words of two cells side by side are no name. */
function textsIn(json: string): string[] {
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
  };
  return texts(JSON.parse(json));
}

function packTells(database: WriteDatabase, id: number, subject: Subject): boolean {
  const row = get<{ data: Buffer }>(database, 'SELECT data FROM pack WHERE id = ?', id);
  if (!row || row.data.length === 0) return false;
  const text = packDataText(row.data);
  return subject.marks.tells(text) || subject.refs.some((ref) => new RegExp(`\\b${ref}\\b`).test(text));
}

/** The history of the merge engine cannot lose a part: it goes whole, and is begun again at the next exchange. */
function eraseExchange(database: WriteDatabase, subject: Subject): void {
  run(database, 'DELETE FROM exchange_document');
  for (const row of all<{ grid: string; row_id: number; field: string; options: string }>(
    database,
    'SELECT grid, row_id, field, options FROM exchange_conflict',
  ))
    if (subject.marks.tells(row.options))
      run(
        database,
        'DELETE FROM exchange_conflict WHERE grid = ? AND row_id = ? AND field = ?',
        row.grid,
        row.row_id,
        row.field,
      );
  // Entries of other copies: their content may be blanked, who and when stays.
  for (const row of all<{ copy: string; seq: number; content: string }>(
    database,
    'SELECT copy, seq, content FROM foreign_entry WHERE content IS NOT NULL',
  ))
    if (subject.marks.tells(row.content) || subject.refs.some((ref) => row.content.includes(`"${ref}"`)))
      run(database, 'UPDATE foreign_entry SET content = NULL WHERE copy = ? AND seq = ?', row.copy, row.seq);
}
