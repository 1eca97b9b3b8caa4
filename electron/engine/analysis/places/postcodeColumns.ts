/** Which columns of a postcode file say what: by their headings, or without headings by what stands in them. */
import { toNationalGrid } from '../../../../shared/domain/nationalGrid.ts';
import { isFullPostcode } from '../../../../shared/domain/postcode.ts';
import type { SheetRow } from '../../intake/readers/types.ts';

/** 0-based columns. A file has one pair of positions, or both. */
export interface PostcodeColumns {
  postcode: number;
  grid: { easting: number; northing: number } | null;
  degrees: { latitude: number; longitude: number } | null;
  /** Month in which the postcode was ended. */
  ended: number | null;
  /** 1-based row of the headings; 0 where the file has none. */
  headingRow: number;
  /** The headings that were used, or the letters of the columns where there are none. */
  names: string[];
}

/** Headings of the files of ONS (NSPL, ONSPD), Ordnance Survey (Code-Point Open) and of tables made from them. */
const headings = {
  postcode: ['pcds', 'pcd7', 'pcd', 'pcd2', 'pcd8', 'postcode', 'pc', 'postcode unit', 'post code'],
  latitude: ['lat', 'latitude'],
  longitude: ['long', 'longitude', 'lon', 'lng'],
  easting: ['oseast1m', 'east1m', 'eastings', 'easting', 'ea'],
  northing: ['osnrth1m', 'north1m', 'northings', 'northing', 'no'],
  ended: ['doterm', 'date of termination', 'terminated'],
} as const;

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_.-]+/g, ' ');

/** Rows in which headings may stand, and on which a file without them is judged. */
export const sampledRows = 60;

/** The columns, or null where no postcode with a position can be told. */
export function findPostcodeColumns(rows: readonly SheetRow[]): PostcodeColumns | null {
  // Code-Point Open comes with two rows of headings, short and long: the last one that fits is the one before the data.
  let found: PostcodeColumns | null = null;
  for (const row of rows.slice(0, 30)) found = byHeadings(row) ?? found;
  return found ?? byContent(rows);
}

function byHeadings({ row, text }: SheetRow): PostcodeColumns | null {
  const cells = text.map(plain);
  const column = (name: keyof typeof headings): number | null => {
    for (const heading of headings[name]) {
      const at = cells.indexOf(heading);
      if (at >= 0) return at;
    }
    return null;
  };
  const [postcode, latitude, longitude, easting, northing, ended] = [
    column('postcode'),
    column('latitude'),
    column('longitude'),
    column('easting'),
    column('northing'),
    column('ended'),
  ];
  const degrees = latitude !== null && longitude !== null ? { latitude, longitude } : null;
  const grid = easting !== null && northing !== null ? { easting, northing } : null;
  if (postcode === null || (!degrees && !grid)) return null;
  const used = [
    postcode,
    ...(grid ? [grid.easting, grid.northing] : []),
    ...(degrees ? [degrees.latitude, degrees.longitude] : []),
    ...(ended === null ? [] : [ended]),
  ];
  return {
    postcode,
    grid,
    degrees,
    ended,
    headingRow: row,
    names: used.map((at) => (text[at] ?? '').trim().slice(0, 60)),
  };
}

const letterOf = (column: number) => String.fromCharCode(65 + column);

/** Most rows have to agree before a column without a heading is taken for anything. */
const enough = 0.8;

function byContent(rows: readonly SheetRow[]): PostcodeColumns | null {
  const filled = rows.filter(({ text }) => text.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) return null;
  const width = Math.min(26, Math.max(...filled.map(({ text }) => text.length)));
  const share = (test: (text: readonly string[]) => boolean) =>
    filled.filter(({ text }) => test(text)).length / filled.length;
  const columns = Array.from({ length: width }, (_, column) => column);
  const postcode = columns.find(
    (column) => share((text) => isFullPostcode(compactPostcode(text[column] ?? ''))) >= enough,
  );
  if (postcode === undefined) return null;
  for (const first of columns) {
    const second = first + 1;
    const numbers = (text: readonly string[]) => [readNumber(text[first]), readNumber(text[second])] as const;
    // A quality of 10 to 90 stands before the eastings of Code-Point Open: it is no easting of a postcode.
    const isGrid = (text: readonly string[]) => {
      const [east, north] = numbers(text);
      const unset = east === 0 && north === 0;
      return (
        east !== null && north !== null && (unset || (east >= 1000 && north >= 1000 && inGrid(east, north)))
      );
    };
    const isDegrees = (text: readonly string[]) => {
      const [latitude, longitude] = numbers(text);
      return latitude !== null && longitude !== null && inKingdom(latitude, longitude);
    };
    const names = [postcode, first, second].map(letterOf);
    const rest = { postcode, ended: null, headingRow: 0, names };
    if (share(isGrid) >= enough)
      return { ...rest, grid: { easting: first, northing: second }, degrees: null };
    if (share(isDegrees) >= enough)
      return { ...rest, grid: null, degrees: { latitude: first, longitude: second } };
  }
  return null;
}

const inGrid = (easting: number, northing: number) =>
  easting >= 0 && easting < 700_000 && northing >= 0 && northing < 1_300_000;
const inKingdom = (latitude: number, longitude: number) =>
  latitude >= 49 && latitude <= 61 && longitude >= -9 && longitude <= 2.1;

const compactPostcode = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

function readNumber(text: string | undefined): number | null {
  const trimmed = (text ?? '').trim();
  return /^-?\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

/** Why a row of a postcode file gives no place. */
export const refusedReasons = [
  'no-postcode',
  'not-a-postcode',
  'stand-in',
  'no-location',
  'unreadable',
  'outside',
  'swapped',
  'irish-grid',
  'repeated',
  'conflicting',
] as const;
export type RefusedReason = (typeof refusedReasons)[number];

/** A row as it is kept: postcode without a blank, whole metres; `ended` is null while the postcode is in use. */
export interface PostcodeRow {
  postcode: string;
  easting: number;
  northing: number;
  ended: number | null;
}

/**
 * Reads one row.
 *
 * - ONS says "no location" by latitude 99.999999 and longitude 0, Ordnance Survey by zeros: `no-location`.
 * - Postcodes of Northern Ireland (BT) have Irish Grid metres in the columns of ONS that are named after the National
 *   Grid: there only latitude and longitude count, and without them the row is refused as `irish-grid`.
 * - Latitude and longitude that would fit the other way round are refused as `swapped`, never turned.
 */
export function readPostcodeRow(
  text: readonly string[],
  columns: PostcodeColumns,
): PostcodeRow | { reason: RefusedReason } {
  const postcode = compactPostcode(text[columns.postcode] ?? '');
  if (postcode === '') return { reason: 'no-postcode' };
  if (/^ZZ99/.test(postcode)) return { reason: 'stand-in' };
  if (!isFullPostcode(postcode)) return { reason: 'not-a-postcode' };
  const place = readPosition(text, columns, /^BT\d/.test(postcode));
  if ('reason' in place) return place;
  const [easting, northing] = [Math.round(place.easting), Math.round(place.northing)];
  return { postcode, easting, northing, ended: readEnded(text, columns.ended) };
}

function readPosition(
  text: readonly string[],
  { grid, degrees }: PostcodeColumns,
  isIrish: boolean,
): { easting: number; northing: number } | { reason: RefusedReason } {
  let irish = false;
  if (grid) {
    const [east, north] = [text[grid.easting]?.trim() ?? '', text[grid.northing]?.trim() ?? ''];
    const [easting, northing] = [readNumber(east), readNumber(north)];
    if (easting !== null && northing !== null && (easting !== 0 || northing !== 0)) {
      irish = isIrish;
      if (!isIrish) return inGrid(easting, northing) ? { easting, northing } : { reason: 'outside' };
    } else if (!degrees)
      return { reason: (east === '' && north === '') || easting === 0 ? 'no-location' : 'unreadable' };
  }
  if (!degrees) return { reason: irish ? 'irish-grid' : 'no-location' };
  const [lat, long] = [text[degrees.latitude]?.trim() ?? '', text[degrees.longitude]?.trim() ?? ''];
  const [latitude, longitude] = [readNumber(lat), readNumber(long)];
  // A blank beside a zero is as unset as two blanks.
  if ((lat === '' && (long === '' || longitude === 0)) || (long === '' && latitude === 0))
    return { reason: irish ? 'irish-grid' : 'no-location' };
  if (latitude === null || longitude === null) return { reason: 'unreadable' };
  if (latitude >= 99.9 || (latitude === 0 && longitude === 0)) return { reason: 'no-location' };
  if (inKingdom(latitude, longitude)) return toNationalGrid({ latitude, longitude });
  return { reason: inKingdom(longitude, latitude) ? 'swapped' : 'outside' };
}

function readEnded(text: readonly string[], column: number | null): number | null {
  const cell = column === null ? '' : (text[column] ?? '').trim();
  if (cell === '') return null;
  const month = /^(\d{4})-?(0[1-9]|1[0-2])/.exec(cell);
  return month ? Number(`${month[1]}${month[2]}`) : 0;
}
