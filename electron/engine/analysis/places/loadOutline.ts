/**
 * Loads an outline (GeoJSON) to draw behind the map: read under limits, turned into metres of the National Grid, and
 * made as coarse as a drawing needs.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { OutlineReport } from '../../../../shared/contract/areas/places.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { isOnMap, toNationalGrid } from '../../../../shared/domain/nationalGrid.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all, run } from '../../database/sql.ts';
import type { GrantedFile } from '../../grants.ts';
import { appendEntry } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';
import type { LoadOptions } from './loadPostcodes.ts';
import { replacedFile, savePlaceFile } from './placeFiles.ts';

const mebibyte = 1024 * 1024;
const caps = {
  bytes: 64 * mebibyte,
  depth: 12,
  points: 3_000_000,
  shapes: 5000,
  drawn: 60_000,
  /** Distances that making it coarser may ask for; a detailed border of the kingdom asks for less. */
  distances: 300_000_000,
} as const;

type Ring = number[];
interface Shape {
  name: string;
  rings: Ring[];
}

/**
 * Takes the place of the outline that was loaded before.
 * @throws AppError `file.too-large`, `file.hostile` (nested deeper than any outline), `invalid` (no GeoJSON, no lines,
 *   positions that are neither degrees nor metres of the National Grid), `cancelled`.
 */
export async function loadOutline(
  session: Session,
  file: GrantedFile,
  options: LoadOptions,
): Promise<OutlineReport> {
  const bytes = await readWhole(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  options.progress({ type: 'progress', stage: `Reading ${file.name}`, done: 0, total: null, unit: 'steps' });
  const read = readOutline(bytes, file.name);
  const { shapes, tolerance } = await simplify(read.shapes, file.name, options.signal);
  const report: OutlineReport = {
    file: file.name,
    sha256,
    shapes: shapes.length,
    points: read.points,
    drawn: countPoints(shapes),
    tolerance,
    leftOut: read.leftOut,
    attribution: options.attribution,
  };
  return session.exclusively(() => {
    const seq = session.writer.transaction(() => {
      const replaced = replacedFile(session.writer, 'outline');
      run(session.writer, 'DELETE FROM outline');
      for (const shape of shapes)
        run(
          session.writer,
          'INSERT INTO outline (name, rings) VALUES (?, ?)',
          shape.name,
          JSON.stringify(shape.rings),
        );
      savePlaceFile(session, 'outline', report);
      return appendEntry(session, {
        operation: 'collection',
        method: 'places.loadOutline',
        summary: `Loaded an outline of ${report.shapes} shapes from ${report.file}`,
        after: { ...report, ...(replaced ? { replaced } : {}) },
      });
    })();
    session.announce({ seq, grids: [] });
    return report;
  });
}

/** False where there is none. */
export async function removeOutline(session: Session): Promise<boolean> {
  return session.exclusively(() => {
    const replaced = replacedFile(session.writer, 'outline');
    if (!replaced) return false;
    const seq = session.writer.transaction(() => {
      run(session.writer, 'DELETE FROM outline');
      run(session.writer, "DELETE FROM place_file WHERE kind = 'outline'");
      return appendEntry(session, {
        operation: 'alteration',
        method: 'places.removeOutline',
        summary: `Took the outline of ${replaced.file} off the map`,
        before: replaced,
      });
    })();
    session.announce({ seq, grids: [] });
    return true;
  });
}

/** The shapes as they are drawn: rings of east and north in turn, in metres. */
export function readOutlines(database: ReadDatabase): Shape[] {
  return all<{ name: string; rings: string }>(database, 'SELECT name, rings FROM outline ORDER BY id').map(
    ({ name, rings }) => ({ name, rings: JSON.parse(rings) as Ring[] }),
  );
}

async function readWhole(file: GrantedFile): Promise<Buffer> {
  const source = await file.open();
  try {
    if (source.size > caps.bytes)
      throw new AppError(
        'file.too-large',
        `“${file.name}” is larger than ${caps.bytes / mebibyte} MB. Choose a generalised version of the boundaries, or only the areas that you need.`,
      );
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

const noOutline = (name: string, why: string) =>
  new AppError('invalid', `“${name}” is no outline that can be drawn: ${why}`);

/** How deep objects and lists stand in each other, texts left out; read before anything is built of it. */
function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isText) {
      if (byte === 92) at += 1;
      else if (byte === 34) isText = false;
    } else if (byte === 34) isText = true;
    else if (byte === 91 || byte === 123) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 93 || byte === 125) depth -= 1;
  }
  return deepest;
}

interface ReadShapes {
  shapes: Shape[];
  points: number;
  leftOut: number;
}

/** The lines of a GeoJSON file in metres of the National Grid. */
export function readOutline(bytes: Buffer, name: string): ReadShapes {
  if (depthOf(bytes) > caps.depth)
    throw new AppError(
      'file.hostile',
      `“${name}” is nested deeper than any outline. It was not read; get the file again from where it came.`,
    );
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw noOutline(name, 'it is not GeoJSON.');
  }
  const found: ReadShapes = { shapes: [], points: 0, leftOut: 0 };
  const type = (document as { type?: unknown } | null)?.type;
  if (typeof type !== 'string') throw noOutline(name, 'it is not GeoJSON.');
  collect(document, '', found, name);
  if (found.shapes.length === 0) throw noOutline(name, 'it holds no area and no line.');
  return found;
}

function collect(node: unknown, label: string, found: ReadShapes, name: string): void {
  const { type, features, geometry, geometries, coordinates, properties } = (node ?? {}) as Record<
    string,
    unknown
  >;
  if (type === 'FeatureCollection' && Array.isArray(features)) {
    for (const feature of features) collect(feature, label, found, name);
  } else if (type === 'Feature') {
    if (geometry) collect(geometry, nameOf(properties), found, name);
    else found.leftOut += 1;
  } else if (type === 'GeometryCollection' && Array.isArray(geometries)) {
    for (const each of geometries) collect(each, label, found, name);
  } else if (type === 'LineString') addShape([coordinates], label, found, name);
  else if (type === 'Polygon' || type === 'MultiLineString') addShape(coordinates, label, found, name);
  else if (type === 'MultiPolygon')
    addShape(Array.isArray(coordinates) ? coordinates.flat(1) : null, label, found, name);
  else found.leftOut += 1;
}

/** What a shape is called: the first property that is named so, as ONS (CTYUA24NM) and others do. */
function nameOf(properties: unknown): string {
  const entries = Object.entries((properties ?? {}) as Record<string, unknown>);
  const named =
    entries.find(([key, value]) => typeof value === 'string' && /^[a-z]+\d{2}nm$/i.test(key)) ??
    entries.find(([key, value]) => typeof value === 'string' && /name$/i.test(key));
  return String(named?.[1] ?? '')
    .trim()
    .slice(0, 80);
}

function addShape(lines: unknown, label: string, found: ReadShapes, name: string): void {
  if (!Array.isArray(lines)) throw noOutline(name, 'a shape has no coordinates.');
  const rings = lines.map((line: unknown) => {
    if (!Array.isArray(line) || line.length < 2) throw noOutline(name, 'a line has fewer than two points.');
    found.points += line.length;
    if (found.points > caps.points)
      throw noOutline(name, 'it has more than three million points. Choose a generalised version.');
    return line.flatMap((point: unknown) => readPoint(point, name));
  });
  found.shapes.push({ name: label, rings });
  if (found.shapes.length > caps.shapes)
    throw noOutline(name, `it has more than ${caps.shapes} shapes. Take out the areas that you need.`);
}

/** Degrees (longitude first, as GeoJSON is) or metres of the National Grid: which of both, the numbers tell. */
function readPoint(point: unknown, name: string): [number, number] {
  const [x, y] = Array.isArray(point) ? (point as unknown[]) : [];
  if (typeof x !== 'number' || typeof y !== 'number') throw noOutline(name, 'a point has no two numbers.');
  const isDegrees = Math.abs(x) <= 180 && Math.abs(y) <= 90;
  if (isDegrees && !(y > 45 && y < 65 && x > -15 && x < 6))
    throw noOutline(name, 'it lies outside the United Kingdom, or latitude and longitude are swapped.');
  const place = isDegrees ? toNationalGrid({ latitude: y, longitude: x }) : { easting: x, northing: y };
  if (!isOnMap(place))
    throw noOutline(name, 'its positions are neither degrees nor metres of the National Grid.');
  return [Math.round(place.easting), Math.round(place.northing)];
}

const countPoints = (shapes: readonly Shape[]) =>
  shapes.reduce((sum, { rings }) => sum + rings.reduce((inner, ring) => inner + ring.length / 2, 0), 0);

/**
 * Coarser and coarser until a page can draw it smoothly. Tolerances in metres.
 * @throws AppError `cancelled`, or `invalid` for lines that turn on themselves so often that it would take for ever.
 */
async function simplify(
  shapes: readonly Shape[],
  name: string,
  signal: AbortSignal | undefined,
): Promise<{ shapes: Shape[]; tolerance: number }> {
  const budget: Budget = { left: caps.distances };
  for (let tolerance = 10; ; tolerance *= 2) {
    const drawn: Shape[] = [];
    for (const shape of shapes) {
      // Others are answered between two shapes.
      await setImmediate();
      if (signal?.aborted) throw new AppError('cancelled', 'Loading was stopped; nothing was changed.');
      const rings = shape.rings.map((ring) => simplifyRing(ring, tolerance, budget));
      if (budget.left < 0)
        throw noOutline(name, 'its lines turn on themselves too often. Choose a generalised version.');
      drawn.push({ name: shape.name, rings });
    }
    if (countPoints(drawn) <= caps.drawn || tolerance > 20_000) return { shapes: drawn, tolerance };
  }
}

interface Budget {
  left: number;
}

/** Douglas and Peucker without recursion: no point of the line lies farther than the tolerance from what is drawn. */
function simplifyRing(ring: readonly number[], tolerance: number, budget: Budget): Ring {
  const points = Float64Array.from(ring);
  const count = points.length / 2;
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  const open: [number, number][] = [[0, count - 1]];
  for (let part = open.pop(); part && budget.left >= 0; part = open.pop()) {
    const [first, last] = part;
    budget.left -= last - first;
    const farthest = farthestPoint(points, first, last, tolerance);
    if (farthest < 0) continue;
    keep[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  const drawn: Ring = [];
  for (let point = 0; point < count; point += 1)
    if (keep[point]) drawn.push(points[point * 2] ?? 0, points[point * 2 + 1] ?? 0);
  return drawn;
}

/** The point between two others that lies farthest from the line between them; -1 where none is beyond the tolerance. */
function farthestPoint(points: Float64Array, first: number, last: number, tolerance: number): number {
  const [ax = 0, ay = 0] = [points[first * 2], points[first * 2 + 1]];
  const dx = (points[last * 2] ?? 0) - ax;
  const dy = (points[last * 2 + 1] ?? 0) - ay;
  const length = dx * dx + dy * dy;
  let farthest = -1;
  let most = tolerance * tolerance;
  for (let point = first + 1; point < last; point += 1) {
    const px = (points[point * 2] ?? 0) - ax;
    const py = (points[point * 2 + 1] ?? 0) - ay;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
    const [ox, oy] = [px - along * dx, py - along * dy];
    const squared = ox * ox + oy * oy;
    if (squared > most) {
      most = squared;
      farthest = point;
    }
  }
  return farthest;
}
