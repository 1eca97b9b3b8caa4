/**
 * Places: a postcode file and an outline that the user loads, and what can be put on a map by them. Nothing here is
 * shipped and nothing is fetched: what the files do not give is not on the map, and is told.
 */

import type { z } from 'zod';
import type {
  MapBox,
  MapGround,
  OutlineReport,
  PlacesStatus,
  PostcodeReport,
} from '../../../../shared/contract/areas/places.ts';
import {
  OutlineReport as OutlineSchema,
  PostcodeReport as PostcodeSchema,
} from '../../../../shared/contract/areas/places.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, get, run } from '../../database/sql.ts';
import type { Session } from '../../session.ts';

type Kind = 'postcodes' | 'outline';

interface StoredFile {
  loaded_at: string;
  loaded_by: string;
  report: string;
}

/** What was loaded last, and when; null for what was not. */
export function placesStatus(database: ReadDatabase): PlacesStatus {
  const stored = new Map(
    all<StoredFile & { kind: Kind }>(
      database,
      'SELECT kind, loaded_at, loaded_by, report FROM place_file',
    ).map((row) => [row.kind, row]),
  );
  const reportOf = <Report>(kind: Kind, schema: z.ZodType<Report>) => {
    const row = stored.get(kind);
    return row ? { ...schema.parse(JSON.parse(row.report)), at: row.loaded_at, by: row.loaded_by } : null;
  };
  return {
    postcodes: reportOf('postcodes', PostcodeSchema),
    outline: reportOf('outline', OutlineSchema),
    extent: readExtent(database),
  };
}

function readExtent(database: ReadDatabase): MapBox | null {
  const box = get<MapBox>(
    database,
    `SELECT min(west) AS west, min(south) AS south, max(east) AS east, max(north) AS north FROM postcode_area
     HAVING count(*) > 0`,
  );
  return box ?? null;
}

/** The file that a new one takes the place of, for the entry of the journal. */
export function replacedFile(
  database: ReadDatabase,
  kind: Kind,
): { file: string; sha256: string } | undefined {
  return get<{ file: string; sha256: string }>(
    database,
    'SELECT name AS file, sha256 FROM place_file WHERE kind = ?',
    kind,
  );
}

export function savePlaceFile(session: Session, kind: Kind, report: PostcodeReport | OutlineReport): void {
  run(
    session.writer,
    `INSERT INTO place_file (kind, name, sha256, loaded_at, loaded_by, report) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind) DO UPDATE SET name = excluded.name, sha256 = excluded.sha256,
       loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by, report = excluded.report`,
    kind,
    report.file,
    report.sha256,
    session.clock(),
    session.workspace.user.name,
    JSON.stringify(report),
  );
}

/** Rows that gave no place, after a row of the file. */
export function refusedRows(
  database: ReadDatabase,
  { after = 0, limit = 200 }: { after?: number | undefined; limit?: number | undefined },
) {
  const { postcodes } = placesStatus(database);
  return {
    rows: all<{ row: number; reason: string; text: string }>(
      database,
      'SELECT row, reason, text FROM postcode_refused WHERE row > ? ORDER BY row LIMIT ?',
      after,
      limit,
    ),
    listed: get<{ listed: number }>(database, 'SELECT count(*) AS listed FROM postcode_refused')?.listed ?? 0,
    total: Object.values(postcodes?.refused ?? {}).reduce((sum, each) => sum + each, 0),
  };
}

/** Most squares and names that one picture gets. */
const mostSquares = 20_000;
const mostDistricts = 600;

/** What is drawn below everything: the squares of a box that hold postcodes, and the names of districts. */
export function readGround(database: ReadDatabase, box: MapBox, metres: number): MapGround {
  const wanted = [box.west, box.south, box.east, box.north].map((side) => Math.floor(side / 1000));
  const [west = 0, south = 0, east = 0, north = 0] = wanted;
  // A square of many kilometres is the sum of its square kilometres; a box with too many gets larger ones.
  let side = Math.ceil(metres / 1000);
  while (((east - west) / side + 1) * ((north - south) / side + 1) > mostSquares) side *= 2;
  const floor = (column: string) => `(${column} + 100000) / ${side} * ${side} - 100000`;
  const squares = all<{ e: number; n: number; postcodes: number }>(
    database,
    `SELECT ${floor('east')} AS e, ${floor('north')} AS n, sum(postcodes) AS postcodes FROM postcode_square
     WHERE north BETWEEN ? AND ? AND east BETWEEN ? AND ? GROUP BY 2, 1`,
    south - side,
    north + side,
    west - side,
    east + side,
  );
  const districts = all<{ name: string; easting: number; northing: number; postcodes: number }>(
    database,
    `SELECT area AS name, easting, northing, postcodes FROM postcode_area WHERE instr(area, ' ') = 0
       AND easting BETWEEN ? AND ? AND northing BETWEEN ? AND ? ORDER BY postcodes DESC, area LIMIT ?`,
    box.west,
    box.east,
    box.south,
    box.north,
    mostDistricts,
  );
  return {
    metres: side * 1000,
    squares: squares.flatMap(({ e, n, postcodes }) => [e * 1000, n * 1000, postcodes]),
    districts,
  };
}
