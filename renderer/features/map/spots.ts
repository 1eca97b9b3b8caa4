/** What stands in one place is one spot; spots that would lie on each other are one cluster. */
import type { Placed } from '../../../shared/contract/areas/places.ts';
import type { Box, Camera, Size } from './camera.ts';
import { xOf, yOf } from './camera.ts';

export interface Spot {
  /** Stands for the place as long as it is drawn. */
  key: string;
  easting: number;
  northing: number;
  radius: number;
  basis: Placed['basis'];
  by: string;
  items: Placed[];
  /** Which shape is drawn: the first of the order of kinds that stands there. */
  kind: Placed['kind'];
  isPlanned: boolean;
  /** What comes first there, in words; empty where nothing is known. */
  safeguarding: string;
}

export interface Cluster {
  key: string;
  easting: number;
  northing: number;
  spots: Spot[];
  /** Records in it. */
  count: number;
  isProtected: boolean;
}

const order: readonly Placed['kind'][] = ['premises', 'warrant', 'person', 'crime', 'cell'];

export function makeSpots(items: readonly Placed[]): Spot[] {
  const spots = new Map<string, Spot>();
  for (const item of items) {
    const key = `${item.easting} ${item.northing} ${item.radius}`;
    const spot = spots.get(key);
    if (!spot) {
      spots.set(key, {
        key,
        easting: item.easting,
        northing: item.northing,
        radius: item.radius,
        basis: item.basis,
        by: item.by,
        items: [item],
        kind: item.kind,
        isPlanned: item.planned === true,
        safeguarding: item.safeguarding ?? '',
      });
      continue;
    }
    spot.items.push(item);
    if (order.indexOf(item.kind) < order.indexOf(spot.kind)) spot.kind = item.kind;
    spot.isPlanned ||= item.planned === true;
    spot.safeguarding ||= item.safeguarding ?? '';
  }
  return [...spots.values()];
}

/** Pixels within which spots are drawn as one. */
const reach = 38;
/** From here on every spot stands by itself. */
const alone = 3;

/** Zoom in whole steps, so that clusters stay the same while the map is only moved or turned a little nearer. */
export const levelOf = (scale: number): number => (scale <= alone ? 0 : Math.ceil(Math.log2(scale) * 2) / 2);

/** One number for a square of the ground, cheaper than a text where there are thousands. */
const squareKey = (x: number, y: number): number => (x + 50_000) * 200_000 + y + 50_000;

/** Clusters of one level. The ground is cut into squares that do not move, so that panning changes nothing. */
export function makeClusters(spots: readonly Spot[], level: number): Cluster[] {
  if (level === 0) return spots.map((spot) => clusterOf(spot.key, [spot]));
  const side = reach * 2 ** level;
  const squares = new Map<number, Spot[]>();
  for (const spot of spots) {
    const key = squareKey(Math.floor(spot.easting / side), Math.floor(spot.northing / side));
    const own = squares.get(key);
    if (own) own.push(spot);
    else squares.set(key, [spot]);
  }
  return joinClose(
    [...squares.values()].map((own) => clusterOf(keyOf(level, own), own)),
    level,
  );
}

/** The key of one spot is its own, so that it stays chosen whatever the zoom. */
const keyOf = (level: number, spots: readonly Spot[]): string =>
  spots.length === 1 ? (spots[0]?.key ?? '') : `${level} ${spots[0]?.key ?? ''}`;

/** Clusters of neighbouring squares that would lie on each other become one, the larger taking the smaller. */
function joinClose(made: Cluster[], level: number): Cluster[] {
  const pixel = 2 ** level;
  const side = 2 * reach * pixel;
  const kept = new Map<number, Cluster[]>();
  const joined = new Map<Cluster, Spot[]>();
  const isNear = (other: Cluster, cluster: Cluster) => {
    const [east, north] = [other.easting - cluster.easting, other.northing - cluster.northing];
    const most = (sizeOf(other) + sizeOf(cluster) + 2) * pixel;
    return east * east + north * north < most * most;
  };
  for (const cluster of made.sort((a, b) => b.count - a.count)) {
    const [x, y] = [Math.floor(cluster.easting / side), Math.floor(cluster.northing / side)];
    let near: Cluster | undefined;
    for (let dx = -1; dx <= 1 && !near; dx += 1)
      for (let dy = -1; dy <= 1 && !near; dy += 1)
        near = kept.get(squareKey(x + dx, y + dy))?.find((other) => isNear(other, cluster));
    const own = kept.get(squareKey(x, y));
    if (near) joined.set(near, [...(joined.get(near) ?? near.spots), ...cluster.spots]);
    else if (own) own.push(cluster);
    else kept.set(squareKey(x, y), [cluster]);
  }
  return [...kept.values()].flat().map((cluster) => {
    const spots = joined.get(cluster);
    return spots ? clusterOf(keyOf(level, spots), spots) : cluster;
  });
}

/** Pixels of what is drawn for a cluster. */
const sizeOf = ({ spots, count }: Cluster): number => (spots.length === 1 ? 8 : clusterRadius(count));

function clusterOf(key: string, spots: Spot[]): Cluster {
  let [easting, northing, count] = [0, 0, 0];
  for (const spot of spots) {
    easting += spot.easting * spot.items.length;
    northing += spot.northing * spot.items.length;
    count += spot.items.length;
  }
  return {
    key,
    easting: easting / count,
    northing: northing / count,
    spots,
    count,
    isProtected: spots.some(({ safeguarding }) => safeguarding !== ''),
  };
}

/** Pixels of a cluster's circle; more records, a little larger. */
export const clusterRadius = (count: number): number => 11 + Math.min(13, Math.log10(count) * 5);

/** The cluster under a point of the screen, the nearest where several are. */
export function hitCluster(
  clusters: readonly Cluster[],
  camera: Camera,
  size: Size,
  x: number,
  y: number,
): Cluster | null {
  let best: { cluster: Cluster; distance: number } | null = null;
  for (const cluster of clusters) {
    const distance = Math.hypot(
      xOf(camera, size, cluster.easting) - x,
      yOf(camera, size, cluster.northing) - y,
    );
    const [spot] = cluster.spots;
    const radius =
      cluster.spots.length > 1
        ? clusterRadius(cluster.count)
        : Math.max(12, (spot?.radius ?? 0) / camera.scale);
    if (distance <= Math.min(radius + 3, 60) && (!best || distance < best.distance))
      best = { cluster, distance };
  }
  return best?.cluster ?? null;
}

const isInside = (box: Box, { easting, northing }: { easting: number; northing: number }): boolean =>
  easting >= box.west && easting <= box.east && northing >= box.south && northing <= box.north;

/** What has its middle in a box. */
export const itemsIn = (spots: readonly Spot[], box: Box): Placed[] =>
  spots.flatMap((spot) => (isInside(box, spot) ? spot.items : []));

/** Clusters in reading order (from the top, then from the left), for those who go through them by key. */
export function inReadingOrder(clusters: readonly Cluster[], box: Box): Cluster[] {
  const band = (box.north - box.south) / 12;
  return clusters
    .filter((cluster) => isInside(box, cluster))
    .sort(
      (a, b) =>
        Math.floor((box.north - a.northing) / band) - Math.floor((box.north - b.northing) / band) ||
        a.easting - b.easting,
    );
}

/** References of records, each once; names of cells are none. */
export const refsOfItems = (items: readonly Placed[]): string[] => [
  ...new Set(items.flatMap(({ kind, ref }) => (kind === 'cell' ? [] : [ref]))),
];
