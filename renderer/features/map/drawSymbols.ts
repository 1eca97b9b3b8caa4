/** The signs of the map. Every kind has a shape of its own, so that colour alone tells nothing. */
import type { Placed } from '../../../shared/contract/areas/places.ts';
import { type Camera, type Size, xOf, yOf } from './camera.ts';
import type { MapColours } from './mapColours.ts';
import { type Cluster, clusterRadius, type Spot } from './spots.ts';

interface View {
  context: CanvasRenderingContext2D;
  camera: Camera;
  size: Size;
  colours: MapColours;
}

export function colourOf(kind: Placed['kind'], colours: MapColours): string {
  if (kind === 'crime') return colours.crime;
  if (kind === 'premises' || kind === 'warrant') return colours.premises;
  return colours.text;
}

/** The circle within which a place lies; of a sector or district with a broken line. */
export function drawSpotArea({ context, camera, size, colours }: View, cluster: Cluster): void {
  const [spot] = cluster.spots;
  if (!spot || cluster.spots.length > 1) return;
  const radius = spot.radius / camera.scale;
  if (radius < 9) return;
  const colour = colourOf(spot.kind, colours);
  context.beginPath();
  context.arc(xOf(camera, size, spot.easting), yOf(camera, size, spot.northing), radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.globalAlpha = 0.09;
  context.fill();
  context.globalAlpha = 0.8;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  if (spot.basis === 'sector' || spot.basis === 'district') context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

export function drawCluster(view: View, cluster: Cluster, isChosen: boolean, isFocused: boolean): void {
  const { context, camera, size, colours } = view;
  const [x, y] = [xOf(camera, size, cluster.easting), yOf(camera, size, cluster.northing)];
  const [spot] = cluster.spots;
  const isOne = cluster.spots.length === 1 && spot !== undefined;
  const radius = isOne ? 8 : clusterRadius(cluster.count);
  if (isOne) drawShape(view, spot, x, y);
  else drawBubble(view, cluster, x, y, radius);
  if (isOne && spot.items.length > 1) drawBadge(view, spot.items.length, x + 12, y - 12);
  if (cluster.isProtected) drawHeart(view, x - radius - 3, y - radius - 3);
  if (!isChosen && !isFocused) return;
  context.beginPath();
  context.arc(x, y, radius + 5, 0, 2 * Math.PI);
  context.strokeStyle = isFocused ? colours.focus : colours.text;
  context.lineWidth = isFocused ? 3 : 2;
  context.stroke();
}

function drawBubble(
  { context, colours }: View,
  cluster: Cluster,
  x: number,
  y: number,
  radius: number,
): void {
  const kinds = new Set(cluster.spots.map(({ kind }) => kind));
  const [only] = kinds;
  const colour = kinds.size === 1 && only ? colourOf(only, colours) : colours.text;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.surface;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = colours.text;
  context.font = '700 12px "Source Sans 3", "Segoe UI", sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const words = cluster.count > 9999 ? `${Math.round(cluster.count / 1000)}k` : String(cluster.count);
  context.fillText(words, x, y + 0.5);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
}

/** Premises are rings, those of the plan filled; warrants squares, people small rings, crimes triangles, cells broken rings. */
function drawShape({ context, colours }: View, spot: Spot, x: number, y: number): void {
  const colour = colourOf(spot.kind, colours);
  context.beginPath();
  if (spot.kind === 'warrant') context.rect(x - 6, y - 6, 12, 12);
  else if (spot.kind === 'crime') {
    context.moveTo(x, y - 7);
    context.lineTo(x + 6.5, y + 5);
    context.lineTo(x - 6.5, y + 5);
    context.closePath();
  } else context.arc(x, y, spot.kind === 'person' ? 4.5 : 7, 0, 2 * Math.PI);
  context.fillStyle = spot.isPlanned ? colour : colours.surface;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  if (spot.kind === 'cell') context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
}

/** How many records stand in one place. */
function drawBadge({ context, colours }: View, count: number, x: number, y: number): void {
  const words = count > 99 ? '99+' : String(count);
  context.font = '700 10px "Source Sans 3", "Segoe UI", sans-serif';
  const width = Math.max(14, context.measureText(words).width + 7);
  context.fillStyle = colours.surface;
  context.strokeStyle = colours.lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x - width / 2, y - 7, width, 14, 7);
  context.fill();
  context.stroke();
  context.fillStyle = colours.text;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(words, x, y + 0.5);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
}

/** The number of a place in the table beside the picture. */
export function drawNumber(view: View, cluster: Cluster, number: number): void {
  const { context, camera, size, colours } = view;
  const radius = cluster.spots.length === 1 ? 8 : clusterRadius(cluster.count);
  const x = xOf(camera, size, cluster.easting) + radius + 3;
  const y = yOf(camera, size, cluster.northing) + radius + 4;
  context.font = '700 12px "Source Sans 3", "Segoe UI", sans-serif';
  context.lineWidth = 3;
  context.strokeStyle = colours.surface;
  context.strokeText(`#${number}`, x, y);
  context.fillStyle = colours.text;
  context.fillText(`#${number}`, x, y);
}

/** Safeguarding comes first: the sign that it has everywhere in the window. */
function drawHeart({ context, colours }: View, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fillStyle = colours.warningSoft;
  context.fill();
  context.strokeStyle = colours.warning;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colours.warning;
  context.beginPath();
  context.moveTo(x, y + 4.5);
  context.bezierCurveTo(x - 6.5, y - 0.5, x - 4, y - 5, x, y - 1.8);
  context.bezierCurveTo(x + 4, y - 5, x + 6.5, y - 0.5, x, y + 4.5);
  context.fill();
}
