/**
 * From latitude and longitude (WGS 84, as GPS and open data give them) to metres of the British National Grid
 * (EPSG:27700), in which maps are drawn here: one step east is one step east everywhere, and distances are Pythagoras.
 *
 * Source: Ordnance Survey, "A guide to coordinate systems in Great Britain": ellipsoids and projection of annexes A and
 * C, the seven-parameter transformation of section 6.6. That transformation is good to about 5 metres, far below the
 * size of a postcode.
 */
import type { LatLon } from './latLon.ts';

/** A position in metres of the National Grid. */
export interface GridPosition {
  easting: number;
  northing: number;
}

const wgs84 = { a: 6_378_137, b: 6_356_752.3142 };
const airy = { a: 6_377_563.396, b: 6_356_256.909 };
const projection = {
  scale: 0.999_601_271_7,
  latitude: 49,
  longitude: -2,
  easting: 400_000,
  northing: -100_000,
};
const shift = {
  x: -446.448,
  y: 125.157,
  z: -542.06,
  scale: 20.4894e-6,
  rx: -0.1502,
  ry: -0.247,
  rz: -0.8421,
};

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const seconds = (arc: number) => radians(arc / 3600);
const squared = (ellipsoid: { a: number; b: number }) => 1 - ellipsoid.b ** 2 / ellipsoid.a ** 2;

/** Where the National Grid is defined; Northern Ireland and the islands lie west and south of it and are drawn too. */
const drawn = { west: -100_000, east: 800_000, south: -250_000, north: 1_300_000 };

/** Whether a position can be on a map of the United Kingdom, the Channel Islands or the Isle of Man. */
export const isOnMap = ({ easting, northing }: GridPosition): boolean =>
  easting >= drawn.west && easting <= drawn.east && northing >= drawn.south && northing <= drawn.north;

/** Grid position of a latitude and longitude of the GPS (WGS 84), in metres with fractions. */
export function toNationalGrid(position: LatLon): GridPosition {
  return project(toAiry(position));
}

/** Latitude and longitude on the ellipsoid of the National Grid. */
function toAiry({ latitude, longitude }: LatLon): LatLon {
  const [phi, lambda] = [radians(latitude), radians(longitude)];
  const e2 = squared(wgs84);
  const nu = wgs84.a / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  const x = nu * Math.cos(phi) * Math.cos(lambda);
  const y = nu * Math.cos(phi) * Math.sin(lambda);
  const z = nu * (1 - e2) * Math.sin(phi);
  const [rx, ry, rz] = [seconds(shift.rx), seconds(shift.ry), seconds(shift.rz)];
  const size = 1 + shift.scale;
  const moved = {
    x: shift.x + size * x - rz * y + ry * z,
    y: shift.y + rz * x + size * y - rx * z,
    z: shift.z - ry * x + rx * y + size * z,
  };
  const airyE2 = squared(airy);
  const across = Math.hypot(moved.x, moved.y);
  let latitudeNow = Math.atan2(moved.z, across * (1 - airyE2));
  // Four rounds reach a millionth of a millimetre.
  for (let round = 0; round < 4; round += 1) {
    const radius = airy.a / Math.sqrt(1 - airyE2 * Math.sin(latitudeNow) ** 2);
    latitudeNow = Math.atan2(moved.z + airyE2 * radius * Math.sin(latitudeNow), across);
  }
  const degrees = 180 / Math.PI;
  return { latitude: latitudeNow * degrees, longitude: Math.atan2(moved.y, moved.x) * degrees };
}

/** Transverse Mercator of a latitude and longitude that are on the ellipsoid of the National Grid already. */
export function project({ latitude, longitude }: LatLon): GridPosition {
  const phi = radians(latitude);
  const lambda = radians(longitude - projection.longitude);
  const phi0 = radians(projection.latitude);
  const { scale } = projection;
  const e2 = squared(airy);
  const n = (airy.a - airy.b) / (airy.a + airy.b);
  const sine = Math.sin(phi);
  const cosine = Math.cos(phi);
  const tangent2 = Math.tan(phi) ** 2;
  const nu = (airy.a * scale) / Math.sqrt(1 - e2 * sine ** 2);
  const rho = (airy.a * scale * (1 - e2)) / (1 - e2 * sine ** 2) ** 1.5;
  const eta2 = nu / rho - 1;
  const [minus, plus] = [phi - phi0, phi + phi0];
  const arc =
    airy.b *
    scale *
    ((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * minus -
      (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(minus) * Math.cos(plus) +
      (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * minus) * Math.cos(2 * plus) -
      (35 / 24) * n ** 3 * Math.sin(3 * minus) * Math.cos(3 * plus));
  const northing =
    arc +
    projection.northing +
    (nu / 2) * sine * cosine * lambda ** 2 +
    (nu / 24) * sine * cosine ** 3 * (5 - tangent2 + 9 * eta2) * lambda ** 4 +
    (nu / 720) * sine * cosine ** 5 * (61 - 58 * tangent2 + tangent2 ** 2) * lambda ** 6;
  const easting =
    projection.easting +
    nu * cosine * lambda +
    (nu / 6) * cosine ** 3 * (nu / rho - tangent2) * lambda ** 3 +
    (nu / 120) *
      cosine ** 5 *
      (5 - 18 * tangent2 + tangent2 ** 2 + 14 * eta2 - 58 * tangent2 * eta2) *
      lambda ** 5;
  return { easting, northing };
}
