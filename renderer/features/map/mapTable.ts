/** The map in words: what the table shows, and what goes with a kept picture. */
import type { Placed } from '../../../shared/contract/areas/places.ts';
import { formatGridReference, gridReferenceOf } from '../../../shared/domain/gridReference.ts';
import { basisTitles } from '../../../shared/reference/places.ts';
import { mapCopy } from '../../copy/map.ts';
import { showDistance } from './camera.ts';
import type { Cluster, Spot } from './spots.ts';

/** The square of a kilometre in which the middle of a place lies: 'NY 40 05'. Blank outside the grid. */
export function squareOf({ easting, northing }: { easting: number; northing: number }): string {
  const reference = gridReferenceOf(easting, northing)?.reference;
  return reference ? formatGridReference(`${reference.slice(0, 4)}${reference.slice(7, 9)}`) : '';
}

/** Day as DD/MM/YYYY, month as MM/YYYY. */
export const showWhen = (on: string | undefined): string => (on ?? '').split('-').reverse().join('/');

export function distanceFrom(chosen: Spot | null, item: Placed): string {
  if (!chosen) return '';
  return showDistance(Math.hypot(item.easting - chosen.easting, item.northing - chosen.northing));
}

/** The table of a kept picture: the same rows, each with the number that its place has in the picture. */
export function pictureTable(
  clusters: readonly Cluster[],
  chosen: Spot | null,
): { headings: string[]; rows: string[][] } {
  const itemsOf = ({ spots }: Cluster) => spots.flatMap((spot) => spot.items);
  const { headings, rows } = mapTable(clusters.flatMap(itemsOf), chosen);
  const numbers = clusters.flatMap((cluster, index) => itemsOf(cluster).map(() => `#${index + 1}`));
  return {
    headings: [mapCopy.columns.number, ...headings],
    rows: rows.map((row, index) => [numbers[index] ?? '', ...row]),
  };
}

/** Headings and rows of what is shown; the distance only where a place is chosen. */
export function mapTable(
  items: readonly Placed[],
  chosen: Spot | null,
): { headings: string[]; rows: string[][] } {
  const { columns } = mapCopy;
  return {
    headings: [
      columns.kind,
      columns.ref,
      columns.label,
      columns.known,
      columns.by,
      columns.grid,
      columns.within,
      columns.on,
      columns.safeguarding,
      ...(chosen ? [columns.distance] : []),
    ],
    rows: items.map((item) => [
      mapCopy.kind[item.kind],
      item.kind === 'cell' ? '' : item.ref,
      item.label,
      knownBy(item.basis),
      item.by,
      squareOf(item),
      showDistance(item.radius),
      showWhen(item.on),
      item.safeguarding ?? '',
      ...(chosen ? [distanceFrom(chosen, item)] : []),
    ]),
  };
}

/** How well a place is known, as a sentence begins. */
export function knownBy(basis: Placed['basis']): string {
  const words = basisTitles[basis] ?? basis;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
