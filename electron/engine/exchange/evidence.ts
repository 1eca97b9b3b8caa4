/**
 * Evidence goes as it stands: what an import brought, row by row, with the numbers that its copy gave. Numbers of
 * different copies never meet, so nothing is renumbered; only what is numbered for this database alone (records, links,
 * texts of calls) gets new numbers, in the same order. An import that was undone goes as undone, without its rows.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { gridNames } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, prepare, run, takeNumbers } from '../database/sql.ts';
import { keysOf } from '../entities/keys.ts';
import type { RowSet } from '../entities/rowSet.ts';
import { readKept } from '../intake/files.ts';
import type { Frame } from './frames.ts';

const cell = z.union([z.string(), z.number(), z.null()]);
const rowsPerFrame = 1000;
const pieceBytes = 1024 * 1024;
/** So many texts of calls are remembered at a time. */
const manyTexts = 50_000;

export const ImportFrame = z.strictObject({
  t: z.literal('import'),
  row: z.strictObject({
    id: z.int().min(1),
    at: z.string().max(40),
    user: z.string().max(200),
    summary: z.string().max(2000),
    rows: z.int(),
    imported: z.int(),
    skipped: z.int(),
    rejected: z.int(),
    report: z.string(),
    specification: z.string(),
  }),
  /** Its rows follow. */
  whole: z.boolean(),
});
export const FileFrame = z.strictObject({
  t: z.literal('file'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(1000),
  size: z.int().min(0),
});
export const ChunkFrame = z.strictObject({
  t: z.literal('chunk'),
  sha256: z.string().max(64),
  part: z.int().min(0).max(1_000_000),
});
export const BlockFrame = z.strictObject({
  t: z.literal('block'),
  import: z.int(),
  row: z.tuple([z.int(), z.int(), z.int(), z.string().nullable()]),
});
export const RowsFrame = z.strictObject({
  t: z.literal('rows'),
  import: z.int(),
  table: z.enum([
    'sheet',
    'issue',
    'annotation',
    'record',
    'link',
    'phone',
    'call',
    'refresh',
    'refreshed_record',
    'refreshed_link',
  ]),
  rows: z.array(z.array(cell)).max(rowsPerFrame),
});
type Table = z.infer<typeof RowsFrame>['table'];

const sheetColumns =
  'file, sheet, kind, header_row, headers, mapping, date_order, rows, imported, updated, unchanged, skipped, rejected, first_evidence, last_evidence';
const callTexts = ['type', 'direction', 'cell_start', 'cell_end', 'cell_name'] as const;

/** What is read of an import, by table. Each statement takes the number of the import. */
const reads: Record<Table, string> = {
  sheet: `SELECT s.id, f.sha256, ${sheetColumns
    .split(', ')
    .map((name) => `s.${name}`)
    .join(', ')} FROM source_sheet s JOIN source_file f ON f.id = s.file_id WHERE s.import = ? ORDER BY s.id`,
  issue: `SELECT e.evidence_id, e.sheet_id, e.row, e."column", e.code, e.message, e.raw, e.outcome
    FROM source_sheet s JOIN evidence_issue e ON e.sheet_id = s.id WHERE s.import = ? ORDER BY e.id`,
  annotation: `SELECT a.sheet_id, a.row, a."column", a.kind, a.text
    FROM source_sheet s JOIN cell_annotation a ON a.sheet_id = s.id WHERE s.import = ? ORDER BY a.id`,
  record: `SELECT r.evidence_id, r.grid, r.row_id, r.prefix, r.part, r.fields, r.repairs, r.grade, r.basis
    FROM source_sheet s JOIN record r ON r.evidence_id BETWEEN s.first_evidence AND s.last_evidence
    WHERE s.import = ? ORDER BY r.evidence_id, r.id`,
  link: `SELECT l.a_grid, coalesce(l.a_home, l.a_id), l.b_grid, coalesce(l.b_home, l.b_id), l.relation, l.evidence_id
    FROM source_sheet s JOIN link l ON l.evidence_id BETWEEN s.first_evidence AND s.last_evidence
    WHERE s.import = ? ORDER BY l.id`,
  phone: `SELECT DISTINCT p.id, p.number FROM source_sheet s
    JOIN communication c NOT INDEXED ON c.evidence_id BETWEEN s.first_evidence AND s.last_evidence
    JOIN phone p ON p.id IN (c.a_phone, c.b_phone) WHERE s.import = ? ORDER BY p.id`,
  call: `SELECT c.id, c.evidence_id, c.start, c.a_phone, c.b_phone, c.duration_s, c.imei, c.imsi, c.text,
      ${callTexts.map((name) => `(SELECT value FROM call_text WHERE id = c.${name})`).join(', ')}
    FROM source_sheet s JOIN communication c NOT INDEXED ON c.evidence_id BETWEEN s.first_evidence AND s.last_evidence
    WHERE s.import = ? ORDER BY c.id`,
  refresh: 'SELECT sheet_id, against FROM refresh WHERE import = ?',
  refreshed_record:
    'SELECT evidence_id, prefix, part, state, by_evidence FROM refreshed_record WHERE import = ? ORDER BY evidence_id, prefix, part',
  refreshed_link:
    'SELECT link_id, a_grid, a_id, b_grid, b_id, relation, evidence_id FROM refreshed_link WHERE import = ? ORDER BY id',
};

/** One import: its own row, and where it stands and is wanted whole also its files and all its rows. */
export function* importFrames(
  database: ReadDatabase,
  id: number,
  whole: boolean,
  sent: Set<string>,
): Generator<Frame> {
  const row = get<Record<string, unknown>>(
    database,
    'SELECT id, at, user, summary, rows, imported, skipped, rejected, report, specification FROM import WHERE id = ?',
    id,
  );
  yield { json: { t: 'import', row, whole }, blob: null };
  if (!whole) return;
  const { specification } = row as { specification: string };
  for (const sha256 of filesOf(specification)) {
    if (sent.has(sha256)) continue;
    sent.add(sha256);
    yield* fileFrames(database, sha256);
  }
  // Sheets first: what comes after is checked against them.
  for (const table of Object.keys(reads) as Table[]) {
    if (table === 'issue') yield* blockFrames(database, id);
    let rows: unknown[][] = [];
    for (const each of database.prepare<unknown[]>(reads[table]).raw().iterate(id)) {
      rows.push(each as unknown[]);
      if (rows.length < rowsPerFrame) continue;
      yield { json: { t: 'rows', import: id, table, rows }, blob: null };
      rows = [];
    }
    if (rows.length > 0) yield { json: { t: 'rows', import: id, table, rows }, blob: null };
  }
}

/** Fingerprints of the files that an import keeps. */
function filesOf(specification: string): string[] {
  const { files } = JSON.parse(specification) as {
    files?: { sha256: string; status: string; unlocked?: string }[];
  };
  return (files ?? []).flatMap((file) =>
    file.status === 'imported' ? [file.sha256, ...(file.unlocked ? [file.unlocked] : [])] : [],
  );
}

function* fileFrames(database: ReadDatabase, sha256: string): Generator<Frame> {
  const file = get<{ id: number; name: string; size: number }>(
    database,
    'SELECT id, name, size FROM source_file WHERE sha256 = ?',
    sha256,
  );
  if (!file) return;
  yield { json: { t: 'file', sha256, name: file.name, size: file.size }, blob: null };
  for (let part = 0; ; part += 1) {
    const chunk = get<{ bytes: Buffer }>(
      database,
      'SELECT bytes FROM source_file_chunk WHERE file_id = ? AND part = ?',
      file.id,
      part,
    );
    if (!chunk) return;
    yield { json: { t: 'chunk', sha256, part }, blob: chunk.bytes };
  }
}

function* blockFrames(database: ReadDatabase, id: number): Generator<Frame> {
  const blocks = all<{ first_id: number }>(
    database,
    'SELECT b.first_id FROM source_sheet s JOIN evidence_block b ON b.sheet_id = s.id WHERE s.import = ? ORDER BY b.first_id',
    id,
  );
  for (const { first_id } of blocks) {
    const block = get<{ sheet_id: number; count: number; content: Buffer | null; span: string | null }>(
      database,
      'SELECT sheet_id, count, content, span FROM evidence_block WHERE first_id = ?',
      first_id,
    );
    if (!block) continue;
    yield {
      json: { t: 'block', import: id, row: [first_id, block.sheet_id, block.count, block.span] },
      blob: block.content,
    };
  }
}

const wrong = () =>
  new AppError(
    'exchange.forged',
    'The package holds rows of an import that no import can have. Nothing was taken.',
  );

interface Incoming {
  /** Rows are wanted: the import stands and its rows are not here. */
  filing: boolean;
  ranges: { sheet: number; first: number; last: number }[];
}

const grids = new Set<string>(gridNames);

/** Files what comes of imports. Inside the transaction of the take. */
export class EvidenceTaker {
  private readonly database: WriteDatabase;
  private readonly seq: number;
  private readonly touched: RowSet;
  private readonly imports = new Map<number, Incoming>();
  /** Files that are being filed: their parts go in; those of a file that is here do not. */
  private readonly files = new Map<string, number>();
  private readonly texts = new Map<string, number>();
  /** Imports that are new here. */
  readonly added: number[] = [];
  rows = 0;
  hasCalls = false;

  constructor(database: WriteDatabase, seq: number, touched: RowSet) {
    this.database = database;
    this.seq = seq;
    this.touched = touched;
  }

  /** An import that stands here has its rows here: those that come are passed over. */
  import({ row, whole }: z.infer<typeof ImportFrame>): void {
    const known = get<{ state: string }>(this.database, 'SELECT state FROM import WHERE id = ?', row.id);
    if (!known) {
      this.added.push(row.id);
      run(
        this.database,
        `INSERT INTO import (id, seq, at, user, summary, state, rows, imported, skipped, rejected, report, specification)
         VALUES (?, ?, ?, ?, ?, 'undone', ?, ?, ?, ?, ?, ?)`,
        row.id,
        this.seq,
        row.at,
        row.user,
        row.summary,
        row.rows,
        row.imported,
        row.skipped,
        row.rejected,
        row.report,
        row.specification,
      );
    }
    const filing = whole && known?.state !== 'standing';
    this.imports.set(row.id, { filing, ranges: [] });
    if (filing) run(this.database, "UPDATE import SET state = 'standing' WHERE id = ?", row.id);
  }

  file({ sha256, name, size }: z.infer<typeof FileFrame>): void {
    if (get(this.database, 'SELECT 1 FROM source_file WHERE sha256 = ?', sha256)) return;
    const id = takeNumbers(this.database, 'source_file', 1);
    run(
      this.database,
      'INSERT INTO source_file (id, sha256, name, size) VALUES (?, ?, ?, ?)',
      id,
      sha256,
      name,
      size,
    );
    this.files.set(sha256, id);
  }

  chunk({ sha256, part }: z.infer<typeof ChunkFrame>, bytes: Buffer | null): void {
    const id = this.files.get(sha256);
    if (id === undefined) return;
    prepare(this.database, 'INSERT INTO source_file_chunk (file_id, part, bytes) VALUES (?, ?, ?)').run(
      id,
      part,
      bytes ?? Buffer.alloc(0),
    );
  }

  private incoming(id: number): Incoming {
    const incoming = this.imports.get(id);
    if (!incoming) throw wrong();
    return incoming;
  }

  private inRange(incoming: Incoming, evidence: unknown): boolean {
    return (
      typeof evidence === 'number' &&
      incoming.ranges.some(({ first, last }) => evidence >= first && evidence <= last)
    );
  }

  block({ import: id, row }: z.infer<typeof BlockFrame>, content: Buffer | null): void {
    const incoming = this.incoming(id);
    if (!incoming.filing) return;
    const [first, sheet, count, span] = row;
    if (!incoming.ranges.some((range) => range.sheet === sheet) || !this.inRange(incoming, first))
      throw wrong();
    prepare(
      this.database,
      'INSERT INTO evidence_block (first_id, sheet_id, count, content, span) VALUES (?, ?, ?, ?, ?)',
    ).run(first, sheet, count, content, span);
  }

  rowsOf({ import: id, table, rows }: z.infer<typeof RowsFrame>): void {
    const incoming = this.incoming(id);
    if (!incoming.filing) return;
    for (const row of rows) this[table](row, id, incoming);
    if (table === 'record' || table === 'call') this.rows += rows.length;
  }

  private sheet(row: unknown[], id: number, incoming: Incoming): void {
    const [sheet, sha256, ...rest] = row;
    const file = get<{ id: number }>(this.database, 'SELECT id FROM source_file WHERE sha256 = ?', sha256);
    const [first, last] = rest.slice(-2);
    if (!file || typeof sheet !== 'number' || typeof first !== 'number' || typeof last !== 'number')
      throw wrong();
    incoming.ranges.push({ sheet, first, last });
    this.insert('source_sheet', `id, import, file_id, ${sheetColumns}`, [sheet, id, file.id, ...rest]);
  }

  private insert(table: string, columns: string, values: unknown[]): void {
    const places = columns.split(', ').map(() => '?');
    if (values.length !== places.length) throw wrong();
    prepare(this.database, `INSERT INTO ${table} (${columns}) VALUES (${places.join(', ')})`).run(...values);
  }

  private issue(row: unknown[], _: number, incoming: Incoming): void {
    if (!incoming.ranges.some(({ sheet }) => sheet === row[1])) throw wrong();
    this.insert('evidence_issue', 'evidence_id, sheet_id, row, "column", code, message, raw, outcome', row);
  }

  private annotation(row: unknown[], _: number, incoming: Incoming): void {
    if (!incoming.ranges.some(({ sheet }) => sheet === row[0])) throw wrong();
    this.insert('cell_annotation', 'sheet_id, row, "column", kind, text', row);
  }

  private record(row: unknown[], _: number, incoming: Incoming): void {
    const [evidence, grid, id] = row;
    if (!this.inRange(incoming, evidence) || typeof grid !== 'string' || !grids.has(grid)) throw wrong();
    this.insert('record', 'evidence_id, grid, row_id, prefix, part, fields, repairs, grade, basis', row);
    this.touched.add(grid as GridName, Number(id));
  }

  private link(row: unknown[], _: number, incoming: Incoming): void {
    if (!this.inRange(incoming, row[5]) || !grids.has(String(row[0])) || !grids.has(String(row[2])))
      throw wrong();
    this.insert('link', 'a_grid, a_id, b_grid, b_id, relation, evidence_id', row);
  }

  /** A number that is in the calls: its row is made where there is none, and says the number itself. */
  private phone([id, number]: unknown[]): void {
    if (typeof id !== 'number' || typeof number !== 'string') throw wrong();
    run(
      this.database,
      'INSERT OR IGNORE INTO phone (id, revision, sources, number, events) VALUES (?, ?, 0, ?, 0)',
      id,
      this.seq,
      number,
    );
    for (const key of keysOf('phones', { number }))
      run(
        this.database,
        "INSERT OR IGNORE INTO entity_key (grid, key, row_id) VALUES ('phones', ?, ?)",
        key,
        id,
      );
    this.touched.add('phones', id);
  }

  private call(row: unknown[], _: number, incoming: Incoming): void {
    const [id, evidence, start, a, b, duration, imei, imsi, text, ...texts] = row;
    if (!this.inRange(incoming, evidence) || texts.length !== callTexts.length) throw wrong();
    // A number that has a row of its own ends up there (`joinCopies.ts`).
    const whole = (value: unknown) => (typeof value === 'number' ? BigInt(value) : value);
    this.insert(
      'communication',
      `id, evidence_id, start, a_phone, b_phone, duration_s, imei, imsi, text, ${callTexts.join(', ')}`,
      [
        id,
        evidence,
        start,
        a,
        b,
        duration,
        whole(imei),
        whole(imsi),
        text,
        ...texts.map((value) => this.textId(value)),
      ],
    );
    this.hasCalls = true;
  }

  private textId(value: unknown): number | null {
    if (typeof value !== 'string') return null;
    const known = this.texts.get(value);
    if (known !== undefined) return known;
    if (this.texts.size >= manyTexts) this.texts.clear();
    const id =
      get<{ id: number }>(
        this.database,
        'INSERT INTO call_text (value) VALUES (?) ON CONFLICT (value) DO UPDATE SET value = excluded.value RETURNING id',
        value,
      )?.id ?? null;
    if (id !== null) this.texts.set(value, id);
    return id;
  }

  /** Two copies may have taken a later issue of one sheet each: the lower number counts, on every copy alike. */
  private refresh(row: unknown[], id: number): void {
    const [sheet, against] = row;
    const other = get<{ sheet_id: number }>(
      this.database,
      'SELECT sheet_id FROM refresh WHERE against = ?',
      against,
    );
    if (other && other.sheet_id <= Number(sheet)) return;
    if (other) run(this.database, 'DELETE FROM refresh WHERE against = ?', against);
    this.insert('refresh', 'sheet_id, against, import', [sheet, against, id]);
  }

  private refreshed_record(row: unknown[], id: number): void {
    const [evidence, prefix, part] = row;
    const other = get<{ import: number }>(
      this.database,
      'SELECT import FROM refreshed_record WHERE evidence_id = ? AND prefix = ? AND part = ?',
      evidence,
      prefix,
      part,
    );
    if (other && other.import <= id) return;
    if (other)
      run(
        this.database,
        'DELETE FROM refreshed_record WHERE evidence_id = ? AND prefix = ? AND part = ?',
        evidence,
        prefix,
        part,
      );
    this.insert('refreshed_record', 'evidence_id, prefix, part, state, by_evidence, import', [...row, id]);
    this.refreshed.push(Number(evidence));
  }
  private readonly refreshed: number[] = [];

  private refreshed_link(row: unknown[], id: number): void {
    if (!grids.has(String(row[1])) || !grids.has(String(row[3]))) throw wrong();
    this.insert('refreshed_link', 'link_id, a_grid, a_id, b_grid, b_id, relation, evidence_id, import', [
      ...row,
      id,
    ]);
  }

  /** @throws AppError `exchange.forged` where a file is not what its fingerprint says. */
  private proveFiles(): void {
    for (const [sha256, id] of this.files) {
      const size =
        get<{ size: number }>(this.database, 'SELECT size FROM source_file WHERE id = ?', id)?.size ?? 0;
      const hash = createHash('sha256');
      try {
        for (let at = 0; at < size; at += pieceBytes)
          hash.update(readKept(this.database, id, at, Math.min(at + pieceBytes, size)));
      } catch {
        throw wrong();
      }
      if (hash.digest('hex') !== sha256) throw wrong();
    }
  }

  /** Once everything is in: links that a later issue sets aside go, and the rows whose sayings it changes are known. */
  finish(): void {
    this.proveFiles();
    run(
      this.database,
      `DELETE FROM link WHERE id IN (SELECT l.id FROM refreshed_link r JOIN link l ON l.evidence_id = r.evidence_id
         AND l.relation = r.relation AND l.a_grid = r.a_grid AND coalesce(l.a_home, l.a_id) = r.a_id
         AND l.b_grid = r.b_grid AND coalesce(l.b_home, l.b_id) = r.b_id)`,
    );
    for (const evidence of this.refreshed)
      for (const { grid, row_id } of all<{ grid: GridName; row_id: number }>(
        this.database,
        'SELECT DISTINCT grid, row_id FROM record WHERE evidence_id = ?',
        evidence,
      ))
        this.touched.add(grid, row_id);
  }
}
