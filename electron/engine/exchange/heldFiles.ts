/** Photographs and issued packs: their bytes go beside the registers, once, and never change. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { all, get, prepare, run } from '../database/sql.ts';
import type { RowSet } from '../entities/rowSet.ts';
import type { Frame } from './frames.ts';

export const PhotographFrame = z.strictObject({
  t: z.literal('photograph'),
  id: z.int().min(1),
  grid: z.enum(['people', 'premises']),
  row: z.int().min(1),
  mediaType: z.enum(['image/png', 'image/jpeg']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  takenOn: z.string().max(40).nullable(),
  caption: z.string().max(2000).nullable(),
  standing: z.union([z.literal(0), z.literal(1)]),
});
export const PackFrame = z.strictObject({
  t: z.literal('pack'),
  id: z.int().min(1),
  row: z.array(z.union([z.string(), z.number(), z.null()])),
});
export const PackFileFrame = z.strictObject({
  t: z.literal('packFile'),
  pack: z.int().min(1),
  name: z.string().max(400),
  format: z.string().max(20),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const packColumns =
  'pack, title, team, version, copy, recipient, reason, at, user, marking, destroy_by, files, manifest, content_hash, spec, decisions';

export function* photographFrames(database: ReadDatabase, known: ReadonlySet<number>): Generator<Frame> {
  for (const { id } of all<{ id: number }>(database, 'SELECT id FROM photograph ORDER BY id')) {
    if (known.has(id)) continue;
    const { bytes, ...photograph } = get<{ bytes: Buffer }>(
      database,
      `SELECT grid, coalesce(home, row_id) AS "row", media_type AS mediaType, sha256, taken_on AS takenOn, caption,
         standing, bytes FROM photograph WHERE id = ?`,
      id,
    ) as { bytes: Buffer };
    yield { json: { t: 'photograph', id, ...photograph }, blob: bytes };
  }
}

export function* packFrames(database: ReadDatabase, known: ReadonlySet<number>): Generator<Frame> {
  for (const { id, data } of all<{ id: number; data: Buffer }>(
    database,
    'SELECT id, data FROM pack ORDER BY id',
  )) {
    if (known.has(id)) continue;
    const row = database.prepare(`SELECT ${packColumns} FROM pack WHERE id = ?`).raw().get(id);
    yield { json: { t: 'pack', id, row }, blob: data };
    for (const file of all<{ name: string; format: string; sha256: string; bytes: Buffer }>(
      database,
      'SELECT name, format, sha256, bytes FROM pack_file WHERE pack_id = ? ORDER BY name',
      id,
    ))
      yield {
        json: { t: 'packFile', pack: id, name: file.name, format: file.format, sha256: file.sha256 },
        blob: file.bytes,
      };
  }
}

const altered = (what: string) =>
  new AppError(
    'exchange.forged',
    `${what} in the package is not what its fingerprint says. Nothing was taken.`,
  );

const fits = (bytes: Buffer, sha256: string) => createHash('sha256').update(bytes).digest('hex') === sha256;

/** Files photographs and packs that are not here. Inside the transaction of the take, under its entry. */
export class HeldFileTaker {
  private readonly database: WriteDatabase;
  private readonly seq: number;
  private readonly touched: RowSet;
  private readonly packs = new Set<number>();
  photographs = 0;

  constructor(database: WriteDatabase, seq: number, touched: RowSet) {
    this.database = database;
    this.seq = seq;
    this.touched = touched;
  }

  get newPacks(): number[] {
    return [...this.packs];
  }

  photograph(frame: z.infer<typeof PhotographFrame>, blob: Buffer | null): void {
    if (get(this.database, 'SELECT 1 FROM photograph WHERE id = ?', frame.id)) return;
    const bytes = blob ?? Buffer.alloc(0);
    if (!fits(bytes, frame.sha256)) throw altered('A photograph');
    run(
      this.database,
      `INSERT INTO photograph (id, seq, grid, row_id, media_type, sha256, bytes, taken_on, caption, standing)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      frame.id,
      this.seq,
      frame.grid,
      frame.row,
      frame.mediaType,
      frame.sha256,
      bytes,
      frame.takenOn,
      frame.caption,
      frame.standing,
    );
    this.touched.add(frame.grid, frame.row);
    this.photographs += 1;
  }

  pack({ id, row }: z.infer<typeof PackFrame>, data: Buffer | null): void {
    if (get(this.database, 'SELECT 1 FROM pack WHERE id = ?', id)) return;
    const places = packColumns.split(', ').map(() => '?');
    if (row.length !== places.length) throw altered('A pack');
    // What the plan was when it was issued is not known here by number: the state is that before this entry.
    prepare(
      this.database,
      `INSERT INTO pack (id, seq, state_seq, data, ${packColumns}) VALUES (?, ?, ?, ?, ${places.join(', ')})`,
    ).run(id, this.seq, this.seq - 1, data ?? Buffer.alloc(0), ...row);
    this.packs.add(id);
  }

  packFile(frame: z.infer<typeof PackFileFrame>, blob: Buffer | null): void {
    if (!this.packs.has(frame.pack)) return;
    const bytes = blob ?? Buffer.alloc(0);
    if (!fits(bytes, frame.sha256)) throw altered('A file of a pack');
    run(
      this.database,
      'INSERT INTO pack_file (pack_id, name, format, sha256, bytes) VALUES (?, ?, ?, ?, ?)',
      frame.pack,
      frame.name,
      frame.format,
      frame.sha256,
      bytes,
    );
  }
}
