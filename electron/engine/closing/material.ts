/** Every item of a workspace that may be material: what it is, and what was said of it for the schedules. */
import type { ItemJudgement, MaterialItem } from '../../../shared/contract/closingSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import { formatDate, formatMoment } from '../../../shared/packs/format.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, run } from '../database/sql.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';

type Found = Pick<MaterialItem, 'item' | 'kind' | 'suggested' | 'at'>;

interface Stored {
  item: string;
  relevant: ItemJudgement['relevant'];
  used: ItemJudgement['used'];
  sensitive: ItemJudgement['sensitive'];
  sensitive_reason: string | null;
  description: string | null;
  location: string | null;
  undermines: ItemJudgement['undermines'];
  c_number: number | null;
  d_number: number | null;
}

/** Items in the order of their kinds, each with what was said of it; nothing is taken for granted. */
export function listMaterial(database: ReadDatabase): MaterialItem[] {
  const said = new Map(
    all<Stored>(
      database,
      `SELECT item, relevant, used, sensitive, sensitive_reason, description, location, undermines, c_number, d_number
       FROM disclosure_item`,
    ).map((row) => [row.item, row]),
  );
  return findItems(database).map((found) => {
    const row = said.get(found.item);
    return {
      ...found,
      relevant: row?.relevant ?? null,
      used: row?.used ?? null,
      sensitive: row?.sensitive ?? null,
      sensitiveReason: row?.sensitive_reason ?? null,
      description: row?.description ?? null,
      location: row?.location ?? null,
      undermines: row?.undermines ?? null,
      cNumber: row?.c_number ?? null,
      dNumber: row?.d_number ?? null,
    };
  });
}

/**
 * Descriptions say what an item is and when it came, not what it says and never from whom: names of files and
 * references of sources may tell who somebody is, so they are left to the person who writes the schedule.
 */
function findItems(database: ReadDatabase): Found[] {
  const day = (at: string | null) => (at ? formatDate(at.slice(0, 10)) : 'undated');
  const files = all<{ id: number; kind: string | null; rows: number; at: string }>(
    database,
    `SELECT s.id, s.kind, s.rows, i.at FROM source_sheet s JOIN import i ON i.id = s.import
     WHERE i.state = 'standing' ORDER BY s.id`,
  ).map((row) => ({
    item: makeRef('sources', row.id),
    kind: 'source' as const,
    suggested: `Spreadsheet of ${row.rows.toLocaleString('en-GB')} ${row.kind ?? 'other'} rows, received ${day(row.at)}`,
    at: row.at,
  }));
  const rejected = all<{ id: number; rejected: number; skipped: number; at: string }>(
    database,
    "SELECT id, rejected, skipped, at FROM import WHERE state = 'standing' AND rejected + skipped > 0 ORDER BY id",
  ).map((row) => ({
    item: `${makeRef('imports', row.id)}/rejected`,
    kind: 'negative' as const,
    suggested: `${(row.rejected + row.skipped).toLocaleString('en-GB')} rows that were not taken from spreadsheets received ${day(row.at)}, with reasons`,
    at: row.at,
  }));
  const reports = all<{ id: number; report_date: string | null }>(
    database,
    'SELECT id, report_date FROM intelligence ORDER BY id',
  ).map((row) => ({
    item: makeRef('intelligence', row.id),
    kind: 'intelligence' as const,
    suggested: `Intelligence report of ${day(row.report_date)}`,
    at: row.report_date,
  }));
  const packs = all<{ id: number; title: string; version: number; copy: number; at: string; newer: number }>(
    database,
    `SELECT p.id, p.title, p.version, p.copy, p.at,
       EXISTS (SELECT 1 FROM pack n WHERE n.pack = p.pack AND n.team = p.team AND n.version > p.version) AS newer
     FROM pack p ORDER BY p.id`,
  ).map((row) => ({
    item: makeRef('packs', row.id),
    kind: 'pack' as const,
    suggested: `${row.title}, version ${row.version}, copy ${row.copy}, issued ${formatMoment(row.at)}${row.newer ? ', superseded' : ''}`,
    at: row.at,
  }));
  const photographs = all<{ id: number; grid: string; taken_on: string | null }>(
    database,
    'SELECT id, grid, taken_on FROM photograph ORDER BY id',
  ).map((row) => ({
    item: `PHOTO-${row.id}`,
    kind: 'photograph' as const,
    suggested: `Photograph of a ${row.grid === 'people' ? 'person' : 'place'}, taken ${day(row.taken_on)}`,
    at: row.taken_on,
  }));
  const products: Found[] = [
    {
      item: 'BRIEFING',
      kind: 'product',
      suggested: 'Briefing of the operation with all its versions',
      at: null,
    },
    {
      item: 'PLAN',
      kind: 'product',
      suggested: 'Plan of the operation: targets, warrants, teams, decisions, results, with every change',
      at: null,
    },
    {
      item: 'RECORD',
      kind: 'product',
      suggested: 'Record of processing: who looked at, changed and disclosed what, and when',
      at: null,
    },
  ];
  const nobodyIn = all<{ id: number; entered_at: string | null }>(
    database,
    "SELECT id, entered_at FROM result WHERE nobody_in = 'yes' OR coalesce(found, '') = '' ORDER BY id",
  ).map((row) => ({
    item: makeRef('results', row.id),
    kind: 'negative' as const,
    suggested: `Search with nothing found or nobody in, ${day(row.entered_at)}`,
    at: row.entered_at,
  }));
  return [...files, ...rejected, ...reports, ...packs, ...photographs, ...products, ...nobodyIn];
}

const columns: Readonly<Record<keyof ItemJudgement, string>> = {
  relevant: 'relevant',
  used: 'used',
  sensitive: 'sensitive',
  sensitiveReason: 'sensitive_reason',
  description: 'description',
  location: 'location',
  undermines: 'undermines',
};

type Judgement = { [Field in keyof ItemJudgement]?: ItemJudgement[Field] | undefined };

/**
 * Says something of items, journaled. An item that is sensitive needs its reason.
 * @throws AppError `not-found`, `invalid`
 */
export function judgeItems(session: Session, items: readonly string[], change: Judgement): void {
  const known = new Map(listMaterial(session.writer).map((item) => [item.item, item]));
  const chosen = items.map((name) => {
    const item = known.get(name);
    if (!item) throw new AppError('not-found', `There is no item ${name} in this workspace.`);
    const next = { ...item, ...change };
    if (next.sensitive === 'yes' && !next.sensitiveReason)
      throw new AppError(
        'invalid',
        `Say why ${name} is sensitive: what serious prejudice to which important public interest. A kind of material does not make an item sensitive.`,
      );
    return item;
  });
  const fields = Object.entries(change).filter(([, value]) => value !== undefined) as [
    keyof ItemJudgement,
    string | null,
  ][];
  if (chosen.length === 0 || fields.length === 0) return;
  const seq = session.writer.transaction(() => {
    const entry = appendEntry(session, {
      operation: 'alteration',
      method: 'closing.judge',
      summary: `Said of ${chosen.length === 1 ? chosen[0]?.item : `${chosen.length} items`} for the schedules: ${fields.map(([field]) => field).join(', ')}`,
      before: chosen.map((item) => ({
        item: item.item,
        ...Object.fromEntries(fields.map(([field]) => [field, item[field]])),
      })),
      after: { items: chosen.map(({ item }) => item), ...change },
    });
    for (const { item } of chosen) {
      run(
        session.writer,
        'INSERT INTO disclosure_item (item, seq) VALUES (?, ?) ON CONFLICT (item) DO UPDATE SET seq = excluded.seq',
        item,
        entry,
      );
      for (const [field, value] of fields)
        run(
          session.writer,
          `UPDATE disclosure_item SET ${columns[field]} = ? WHERE item = ?`,
          value === '' ? null : value,
          item,
        );
    }
    return entry;
  })();
  session.announce({ seq, grids: [] });
}
