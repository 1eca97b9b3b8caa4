/** Where the map is looked at from. Metres of the National Grid on the ground, pixels on the screen. */
export interface Camera {
  /** The middle of the picture. */
  easting: number;
  northing: number;
  /** Metres of ground to one pixel. */
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Closer than this a map would show a doorstep; farther there is no more kingdom. */
const scales = { least: 1, most: 3000 } as const;

export const clampScale = (scale: number): number => Math.min(scales.most, Math.max(scales.least, scale));

export const xOf = (camera: Camera, size: Size, easting: number): number =>
  size.width / 2 + (easting - camera.easting) / camera.scale;
export const yOf = (camera: Camera, size: Size, northing: number): number =>
  size.height / 2 - (northing - camera.northing) / camera.scale;
export const eastingAt = (camera: Camera, size: Size, x: number): number =>
  camera.easting + (x - size.width / 2) * camera.scale;
export const northingAt = (camera: Camera, size: Size, y: number): number =>
  camera.northing - (y - size.height / 2) * camera.scale;

/** The ground that a picture of this size shows. */
export function boxOf(camera: Camera, size: Size): Box {
  const [halfWidth, halfHeight] = [(size.width / 2) * camera.scale, (size.height / 2) * camera.scale];
  return {
    west: camera.easting - halfWidth,
    east: camera.easting + halfWidth,
    south: camera.northing - halfHeight,
    north: camera.northing + halfHeight,
  };
}

/** Nearer (a factor above 1) or farther, so that the ground under a point of the screen stays there. */
export function zoomAt(camera: Camera, size: Size, x: number, y: number, factor: number): Camera {
  const scale = clampScale(camera.scale / factor);
  const [easting, northing] = [eastingAt(camera, size, x), northingAt(camera, size, y)];
  return {
    scale,
    easting: easting - (x - size.width / 2) * scale,
    northing: northing + (y - size.height / 2) * scale,
  };
}

export const pan = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  easting: camera.easting - dx * camera.scale,
  northing: camera.northing + dy * camera.scale,
});

/** The camera from which a box fills the picture, with a margin; a box without extent is seen from near. */
export function cameraOn(box: Box, size: Size): Camera {
  const margin = 0.86;
  const wanted = Math.max(
    (box.east - box.west) / (size.width * margin),
    (box.north - box.south) / (size.height * margin),
    4,
  );
  return {
    easting: (box.west + box.east) / 2,
    northing: (box.south + box.north) / 2,
    scale: clampScale(wanted),
  };
}

/** The box around circles; null around none. */
export function boundsOf(
  circles: readonly { easting: number; northing: number; radius: number }[],
): Box | null {
  if (circles.length === 0) return null;
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { easting, northing, radius } of circles) {
    box.west = Math.min(box.west, easting - radius);
    box.east = Math.max(box.east, easting + radius);
    box.south = Math.min(box.south, northing - radius);
    box.north = Math.max(box.north, northing + radius);
  }
  return box;
}

const steps = [1, 2, 5];

/** The largest of 1, 2, 5, 10, 20, … that is no more than this. */
export function roundStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = steps.findLast((each) => each * power <= most * 1.000_001) ?? 1;
  return step * power;
}

/** Lines of the National Grid: kilometres apart, so that they stand at least so many pixels from each other. */
export function gridStep(scale: number, pixels = 110): number {
  let step = 1000;
  for (let index = 1; step / scale < pixels; index += 1)
    step = 1000 * (steps[index % 3] ?? 1) * 10 ** Math.floor(index / 3);
  return step;
}

/** Side of the squares in which postcodes are counted: a few pixels at least. */
export function squareMetres(scale: number): number {
  const sides = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
  return sides.find((side) => side / scale >= 7) ?? 100_000;
}

const metresToMile = 1609.344;
const metresToYard = 0.9144;

/** Lengths of the two scale bars, with their words: metric, and miles or yards. */
export function scaleBars(scale: number, most = 150): { metric: [number, string]; miles: [number, string] } {
  const metres = roundStep(most * scale);
  const miles = roundStep((most * scale) / metresToMile);
  const yards = roundStep((most * scale) / metresToYard);
  return {
    metric: [metres / scale, metres >= 1000 ? `${metres / 1000} km` : `${metres} m`],
    miles:
      miles < 0.5
        ? [(yards * metresToYard) / scale, `${yards} yards`]
        : [(miles * metresToMile) / scale, `${miles} ${miles === 1 ? 'mile' : 'miles'}`],
  };
}

/** A distance as people say it, in both measures: '3.4 km (2.1 miles)'. */
export function showDistance(metres: number): string {
  if (metres < 950) return `${Math.round(metres / 10) * 10} m`;
  const km = metres / 1000;
  const miles = metres / metresToMile;
  const round = (value: number) =>
    value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB');
  return `${round(km)} km (${round(miles)} miles)`;
}
