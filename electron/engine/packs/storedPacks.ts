/** Issued packs as the workspace keeps them: their row, their data and their files. */
import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '../../../shared/contract/errors.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { emptySections } from '../../../shared/packs/emptySections.ts';
import type { PackData } from '../../../shared/packs/packData.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all, get } from '../database/sql.ts';
import type { PackFile } from './manifest.ts';

/** One copy, without its data and files. */
export interface StoredPack {
  readonly id: number;
  /** Number of the journal entry of its issue. */
  readonly seq: number;
  readonly pack: string;
  readonly title: string;
  /** Reference of the team, or ''. */
  readonly team: string;
  readonly version: number;
  readonly copy: number;
  readonly recipient: string;
  readonly reason: string;
  readonly at: string;
  readonly user: string;
  readonly marking: string;
  readonly destroy_by: string | null;
  readonly manifest: string;
  readonly content_hash: string;
  readonly state_seq: number;
  readonly spec: string;
  readonly decisions: string;
  readonly state: 'held' | 'recalled' | 'returned' | 'destroyed' | 'lost';
  readonly state_at: string | null;
  readonly state_note: string | null;
}

const columns = `id, seq, pack, title, team, version, copy, recipient, reason, at, user, marking, destroy_by, manifest,
  content_hash, state_seq, spec, decisions, state, state_at, state_note`;

/** Every copy, newest first. */
export function listStoredPacks(database: ReadDatabase): StoredPack[] {
  return all<StoredPack>(database, `SELECT ${columns} FROM pack ORDER BY id DESC`);
}

/** The copy of a reference such as `PACK-3`. @throws AppError `not-found`. */
export function findStoredPack(database: ReadDatabase, ref: string): StoredPack {
  const parsed = parseRef(ref);
  const row =
    parsed?.grid.name === 'packs'
      ? get<StoredPack>(database, `SELECT ${columns} FROM pack WHERE id = ?`, parsed.id)
      : undefined;
  if (row === undefined)
    throw new AppError('not-found', `There is no issued pack ${ref}. The register of packs lists them.`);
  return row;
}

const erasedPack = (id: number, seq: number) =>
  new AppError(
    'not-found',
    `The content of PACK-${id} was removed under entry ${seq}: it held a person who was erased. The register still says who got it.`,
  );

/** What the copy printed. @throws AppError `not-found` where its content was erased. */
export function readPackData(database: ReadDatabase, id: number): PackData {
  const row = get<{ data: Buffer; erased: number | null }>(
    database,
    'SELECT data, erased FROM pack WHERE id = ?',
    id,
  );
  if (row === undefined) throw new Error(`pack ${id} has no row`);
  if (row.erased !== null) throw erasedPack(id, row.erased);
  // One that was issued before a section was thought of has none of it.
  return { ...emptySections, ...(JSON.parse(packDataText(row.data)) as PackData) };
}

/** How large the data of a pack may be when it is inflated. */
const mostPackBytes = 512 * 1024 * 1024;

/** What `packDataBytes` packed, as JSON text. */
export function packDataText(data: Buffer): string {
  return inflateSync(data, { maxOutputLength: mostPackBytes }).toString('utf8');
}

export function packDataBytes(data: PackData): Buffer {
  return deflateSync(Buffer.from(JSON.stringify(data), 'utf8'));
}

/** The files of a copy as they were issued, in the order of their names. @throws AppError `not-found` where erased. */
export function readPackFiles(
  database: ReadDatabase,
  id: number,
): Pick<PackFile, 'name' | 'format' | 'bytes' | 'sha256'>[] {
  const erased = get<{ erased: number | null }>(database, 'SELECT erased FROM pack WHERE id = ?', id)?.erased;
  if (erased) throw erasedPack(id, erased);
  return all(
    database,
    'SELECT name, format, sha256, bytes FROM pack_file WHERE pack_id = ? ORDER BY name',
    id,
  );
}

/** The newest copy of the last version before `version` of a pack. */
export function findEarlierVersion(
  database: ReadDatabase,
  pack: string,
  team: string,
  version: number,
): PackData | null {
  const row = get<{ id: number }>(
    database,
    `SELECT id FROM pack WHERE pack = ? AND team = ? AND version < ? ORDER BY version DESC, copy LIMIT 1`,
    pack,
    team,
    version,
  );
  return row === undefined ? null : readPackData(database, row.id);
}
