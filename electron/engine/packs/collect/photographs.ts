import { makeRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { PackData, PackPhotograph, PackPhotographs } from '../../../../shared/packs/packData.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, get } from '../../database/sql.ts';
import { readPng } from '../../pictures/keepPictures.ts';
import { nameOf, type Snapshot } from '../snapshot.ts';
import { pictureId } from './pictures.ts';

/** A photograph of a record, and when it was taken. */
interface RowPhotograph {
  readonly id: string;
  readonly takenOn: string | null;
}

export type PhotographsByRef = ReadonlyMap<string, readonly RowPhotograph[]>;

/** The photographs that stand, the newest first, by the record that they show. */
export function readPhotographs(database: ReadDatabase): PhotographsByRef {
  const rows = all<{ id: number; grid: GridName; row_id: number; taken_on: string | null }>(
    database,
    `SELECT id, grid, row_id, taken_on FROM photograph WHERE standing = 1
     ORDER BY coalesce(taken_on, '') DESC, id DESC`,
  );
  const photographs = new Map<string, RowPhotograph[]>();
  for (const { id, grid, row_id, taken_on } of rows) {
    const ref = makeRef(grid, row_id);
    const entry = { id: `photograph-${id}`, takenOn: taken_on };
    const known = photographs.get(ref);
    if (known === undefined) photographs.set(ref, [entry]);
    else if (grid === 'premises' && known.length < 2) known.push(entry);
  }
  return photographs;
}

/** What is known about those photographs that rows of the pack print. */
export function listPhotographs(
  snapshot: Snapshot,
  photographs: PhotographsByRef,
  rows: Pick<PackData, 'targets' | 'people' | 'premises'>,
): PackPhotograph[] {
  const printed = new Set(
    [
      ...rows.people.map(({ photograph }) => photograph),
      ...rows.targets.map(({ photograph }) => photograph),
      ...rows.premises.flatMap((place) => place.photographs),
    ].filter((id) => id !== null),
  );
  const found = new Map<string, PackPhotograph>();
  for (const [ref, shown] of photographs) {
    for (const { id, takenOn } of shown) {
      if (printed.has(id)) found.set(id, { id, alt: `Photograph: ${nameOf(snapshot, ref) ?? ref}`, takenOn });
    }
  }
  return [...printed].flatMap((id) => found.get(id) ?? []);
}

/** The bytes of these photographs and kept pictures by id. */
export function readPhotographBytes(
  database: ReadDatabase,
  photographs: readonly PackPhotograph[],
): PackPhotographs {
  const bytes = new Map<string, Uint8Array>();
  for (const { id } of photographs) {
    if (id.startsWith(pictureId)) {
      bytes.set(id, readPng(database, Number(id.slice(pictureId.length))));
      continue;
    }
    const row = get<{ bytes: Buffer }>(
      database,
      'SELECT bytes FROM photograph WHERE id = ?',
      Number(id.slice('photograph-'.length)),
    );
    if (row !== undefined) bytes.set(id, row.bytes);
  }
  return bytes;
}
