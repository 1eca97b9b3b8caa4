import type { Cleaned } from './cleaned.ts';
import { lettersAsDigits } from './lookalikes.ts';
import { asRejected, openCell, toCapitals } from './tidy.ts';

/** A square of the British national grid. */
export interface GridReference {
  /** Letters and digits without spaces, with the precision that was given: 'NY400560'. */
  reference: string;
  /** Metres (EPSG:27700) of the south-west corner of the square. */
  easting: number;
  northing: number;
  /** Side of the square in metres: 100 for a six-figure reference. */
  metres: number;
}

const label =
  /^(?:(?:OS|NATIONAL|GRID|REF(?:ERENCE)?|NGR|OSGR)[\s.:#]*)+(?=[HJNOST][A-Z]\b|[HJNOST][A-Z]\d|\d)/;
const letters = 'ABCDEFGHJKLMNOPQRSTUVWXYZ';
const maxEasting = 700_000;
const maxNorthing = 1_300_000;

/** Corner of a 100 km square from its two letters, or null outside the grid. */
function cornerOfSquare(pair: string): { easting: number; northing: number } | null {
  const first = letters.indexOf(pair.charAt(0));
  const second = letters.indexOf(pair.charAt(1));
  if (first < 0 || second < 0) return null;
  const easting = ((first % 5) - 2) * 500_000 + (second % 5) * 100_000;
  const northing = (3 - Math.floor(first / 5)) * 500_000 + (4 - Math.floor(second / 5)) * 100_000;
  if (easting < 0 || easting >= maxEasting || northing < 0 || northing >= maxNorthing) return null;
  return { easting, northing };
}

function lettersOfSquare(easting: number, northing: number): string {
  const column = Math.floor(easting / 100_000);
  const row = Math.floor(northing / 100_000);
  const first = (3 - Math.floor(row / 5)) * 5 + Math.floor(column / 5) + 2;
  const second = (4 - (row % 5)) * 5 + (column % 5);
  return letters.charAt(first) + letters.charAt(second);
}

/** Ten-figure reference of a position in whole metres; null outside the grid. */
export function gridReferenceOf(easting: number, northing: number): GridReference | null {
  if (!(easting >= 0 && easting < maxEasting && northing >= 0 && northing < maxNorthing)) return null;
  const east = Math.floor(easting);
  const north = Math.floor(northing);
  const figures = String(east % 100_000).padStart(5, '0') + String(north % 100_000).padStart(5, '0');
  return { reference: lettersOfSquare(east, north) + figures, easting: east, northing: north, metres: 1 };
}

/** 'NY400560' → 'NY 400 560'. Anything else comes back as it is. */
export function formatGridReference(reference: string): string {
  const match = /^([A-Z]{2})(\d{2,10})$/.exec(reference);
  if (!match?.[1] || !match[2]) return reference;
  const half = match[2].length / 2;
  return `${match[1]} ${match[2].slice(0, half)} ${match[2].slice(half)}`;
}

/**
 * OS grid reference from 'NY 400 560', 'NY400560', or an easting and northing in metres
 * ('340000, 556000'; figures without letters and of fewer than five digits are no position). O and I among the
 * figures are read as 0 and 1 (`grid.letters`). The precision that was given is kept. Refused: `grid.format`, `grid.odd`
 * (an odd number of figures), `grid.outside`. Source: domain facts 7.4.
 */
export function cleanGridReference(text: string): Cleaned<GridReference> {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const upper = toCapitals(cell.text)
    .replace(label, '')
    .replace(/^([A-Z]{2})\//, '$1 ')
    .replace(/(?<=\d)\/(?=\d)/, ' ');
  const pair =
    /^(?:E(?:ASTING)?\s*[:=]?\s*)?(\d{1,6}(?:\.\d+)?)\s*[,;/ ]\s*(?:N(?:ORTHING)?\s*[:=]?\s*)?(\d{1,7}(?:\.\d+)?)$/.exec(
      upper,
    );
  const isMetres =
    pair !== null && (/[EN]/.test(upper) || Math.min(...pair.slice(1).map((part) => part.length)) >= 5);
  if (pair && isMetres) return cleanEastingNorthing(pair[1] ?? '', pair[2] ?? '');
  const written = upper.replace(/[\s\-.,]/g, '');
  // After the two letters of the square only digits can stand.
  const compact = written.slice(0, 2) + lettersAsDigits(written.slice(2));
  const repaired = compact === written ? {} : { repaired: 'grid.letters' };
  const match = /^([HJNOST][A-HJ-Z])(\d{2,10})$/.exec(compact);
  if (!match?.[1] || !match[2])
    return asRejected('grid.format', 'This is not the shape of an OS grid reference.');
  if (match[2].length % 2 === 1) {
    return asRejected(
      'grid.odd',
      'A grid reference has an even number of figures; one is missing or too many.',
    );
  }
  const corner = cornerOfSquare(match[1]);
  if (!corner) return asRejected('grid.outside', 'These grid letters lie outside Great Britain.');
  const half = match[2].length / 2;
  const metres = 10 ** (5 - half);
  return {
    value: {
      reference: compact,
      easting: corner.easting + Number(match[2].slice(0, half)) * metres,
      northing: corner.northing + Number(match[2].slice(half)) * metres,
      metres,
    },
    ...repaired,
  };
}

/** Grid reference from an easting and a northing in metres, as two cells. */
export function cleanEastingNorthing(easting: string, northing: string): Cleaned<GridReference> {
  const first = openCell(easting);
  const second = openCell(northing);
  if (first.done && second.done) return first.done.flag ? first.done : second.done;
  const number = /^\d+(?:\.\d+)?$/;
  const east = first.text.replace(/,(?=\d{3})/g, '');
  const north = second.text.replace(/,(?=\d{3})/g, '');
  if (!number.test(east) || !number.test(north)) {
    return asRejected('grid.format', 'An easting and a northing are both needed, in metres.');
  }
  const value = gridReferenceOf(Number(east), Number(north));
  return value
    ? { value }
    : asRejected('grid.outside', 'This easting and northing lie outside Great Britain.');
}
