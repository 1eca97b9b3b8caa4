import type { Cleaned } from './cleaned.ts';
import { asRejected, openCell, withWarning } from './tidy.ts';

/** Degrees (WGS 84); north and east are positive. */
export interface LatLon {
  latitude: number;
  longitude: number;
}

/** A box around the United Kingdom, the Channel Islands and the Isle of Man, in degrees. */
const box = { south: 49, north: 61, west: -9, east: 2.1 };

function insideBox(latitude: number, longitude: number): boolean {
  return latitude >= box.south && latitude <= box.north && longitude >= box.west && longitude <= box.east;
}

/** One angle: decimal, or degrees, minutes and seconds, with or without N, S, E, W. Null when unreadable. */
function readAngle(text: string): { degrees: number; axis: 'latitude' | 'longitude' | null } | null {
  const upper = text.toUpperCase().trim();
  const letter = /^[NSEW]|[NSEW]$/.exec(upper)?.[0];
  const bare = upper.replace(/^[NSEW]|[NSEW]$/, '').trim();
  const match =
    /^([+-]?\d{1,3}(?:\.\d+)?)\s*(?:[°º\s]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['\s]?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:"|''|')?)?)?)?$/.exec(
      bare,
    );
  if (!match) return null;
  const [, whole = '', minutes = '0', seconds = '0'] = match;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const size = Math.abs(Number(whole)) + Number(minutes) / 60 + Number(seconds) / 3600;
  const negative = whole.startsWith('-') || letter === 'S' || letter === 'W';
  const axis = letter === undefined ? null : letter === 'N' || letter === 'S' ? 'latitude' : 'longitude';
  const degrees = Math.round(size * 1e7) / 1e7;
  return { degrees: negative && degrees !== 0 ? -degrees : degrees, axis };
}

/**
 * Position from two cells, each decimal ('54.8925') or in degrees, minutes and seconds (`54°53'33"N`).
 *
 * Warnings: `latlon.outside-uk`, `latlon.swapped` (the other way round it would lie in the UK; never
 * swapped silently). Refused: `latlon.format`, `latlon.range`, `latlon.zero` (0, 0 is an unset value).
 */
export function cleanLatLonPair(latitude: string, longitude: string): Cleaned<LatLon> {
  const first = openCell(latitude);
  const second = openCell(longitude);
  if (first.done && second.done) return first.done.flag ? first.done : second.done;
  const a = readAngle(first.text);
  const b = readAngle(second.text);
  if (!a || !b || (a.axis !== null && a.axis === b.axis)) {
    return asRejected('latlon.format', 'A latitude and a longitude in degrees are both needed.');
  }
  const turned = a.axis === 'longitude' || b.axis === 'latitude';
  const value = turned
    ? { latitude: b.degrees, longitude: a.degrees }
    : { latitude: a.degrees, longitude: b.degrees };
  if (Math.abs(value.latitude) > 90 || Math.abs(value.longitude) > 180) {
    return asRejected('latlon.range', 'A latitude is at most 90 degrees and a longitude at most 180.');
  }
  if (value.latitude === 0 && value.longitude === 0) {
    return asRejected('latlon.zero', 'Zero and zero is an unset position, not a place.');
  }
  if (insideBox(value.latitude, value.longitude)) return { value };
  if (insideBox(value.longitude, value.latitude)) {
    return withWarning(value, 'latlon.swapped', 'Latitude and longitude look as if they were swapped.');
  }
  return withWarning(value, 'latlon.outside-uk', 'This position lies outside the United Kingdom.');
}

/** Position from one cell: two numbers with a comma, semicolon, slash or blank between them. */
export function cleanLatLon(text: string): Cleaned<LatLon> {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const bare = cell.text.replace(/^[([]\s*|\s*[)\]]$/g, '');
  const parts =
    /^([^,;/|]+)[,;/|]\s*([^,;/|]+)$/.exec(bare) ??
    /^(.*[NS])\s*(.*[EW])$/i.exec(bare) ??
    /^([+-]?\d+(?:\.\d+)?)\s+([+-]?\d+(?:\.\d+)?)$/.exec(bare);
  if (!parts?.[1] || !parts[2]) {
    return asRejected('latlon.format', 'A latitude and a longitude in degrees are both needed.');
  }
  return cleanLatLonPair(parts[1], parts[2]);
}

/** '54.8925, -2.9329': up to seven decimals, the form that `cleanLatLon` reads back. */
export function formatLatLon(position: LatLon): string {
  const show = (degrees: number) => degrees.toFixed(7).replace(/\.?0+$/, '');
  return `${show(position.latitude)}, ${show(position.longitude)}`;
}
