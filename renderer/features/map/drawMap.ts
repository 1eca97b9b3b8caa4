/** Draws the map onto a canvas. Pure but for the canvas: the same scene gives the same picture. */
import type { MapGround } from '../../../shared/contract/areas/places.ts';
import { type Box, boxOf, type Camera, gridStep, type Size, scaleBars, xOf, yOf } from './camera.ts';
import { drawCluster, drawNumber, drawSpotArea } from './drawSymbols.ts';
import type { MapColours } from './mapColours.ts';
import { type Cluster, clusterRadius } from './spots.ts';

export interface Scene {
  ground: MapGround | null;
  outline: readonly { name: string; rings: readonly (readonly number[])[] }[];
  clusters: readonly Cluster[];
  /** Keys of clusters: those that were chosen, and the one that the keyboard is on. */
  chosen: ReadonlySet<string>;
  focused: string | null;
  /** The area that is being drawn or was chosen. */
  area: Box | null;
  /** On paper: the number by which the table tells of a cluster, by its key. */
  numbers: ReadonlyMap<string, number> | null;
}

interface View {
  context: CanvasRenderingContext2D;
  camera: Camera;
  size: Size;
  colours: MapColours;
}

const font = (pixels: number, bold = false) =>
  `${bold ? '700 ' : ''}${pixels}px "Source Sans 3", "Segoe UI", sans-serif`;

export function drawMap(view: View, scene: Scene): void {
  const { context, size, colours } = view;
  context.save();
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, size.width, size.height);
  if (scene.ground) drawSquares(view, scene.ground);
  drawGrid(view);
  drawOutline(view, scene.outline);
  const shown = visible(view, scene.clusters);
  if (scene.ground) drawDistricts(view, scene.ground, shown);
  for (const cluster of shown) drawSpotArea(view, cluster);
  for (const cluster of shown)
    drawCluster(view, cluster, scene.chosen.has(cluster.key), cluster.key === scene.focused);
  for (const cluster of shown) {
    const number = scene.numbers?.get(cluster.key);
    if (number !== undefined) drawNumber(view, cluster, number);
  }
  if (scene.area) drawArea(view, scene.area);
  drawScale(view);
  drawNorth(view);
  context.restore();
}

/** What reaches into the picture, from the top down, so that what lies lower covers what lies higher. */
function visible({ camera, size }: View, clusters: readonly Cluster[]): Cluster[] {
  const box = boxOf(camera, size);
  const margin = 40 * camera.scale;
  return clusters
    .filter(({ easting, northing, spots }) => {
      const reach = margin + (spots.length === 1 ? (spots[0]?.radius ?? 0) : 0);
      return (
        easting > box.west - reach &&
        easting < box.east + reach &&
        northing > box.south - reach &&
        northing < box.north + reach
      );
    })
    .sort((a, b) => b.northing - a.northing);
}

/** How many postcodes lie in each square: where people live, derived from the loaded file. */
function drawSquares(view: View, { squares, metres }: MapGround): void {
  const { context, camera, size, colours } = view;
  let most = 1;
  for (let at = 2; at < squares.length; at += 3) most = Math.max(most, squares[at] ?? 0);
  const side = metres / camera.scale;
  context.fillStyle = colours.peopled;
  for (let at = 0; at < squares.length; at += 3) {
    const x = xOf(camera, size, squares[at] ?? 0);
    const y = yOf(camera, size, (squares[at + 1] ?? 0) + metres);
    context.globalAlpha = 0.05 + 0.17 * Math.sqrt((squares[at + 2] ?? 0) / most);
    // Whole pixels, so that neighbours leave no seam.
    const [left, top] = [Math.round(x), Math.round(y)];
    context.fillRect(left, top, Math.round(x + side) - left, Math.round(y + side) - top);
  }
  context.globalAlpha = 1;
}

/** Lines of the National Grid with their kilometres at the edges. */
function drawGrid(view: View): void {
  const { context, camera, size, colours } = view;
  const step = gridStep(camera.scale);
  const box = boxOf(camera, size);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.font = font(11);
  context.fillStyle = colours.muted;
  context.beginPath();
  const label = (metres: number) => String(Math.round(metres / 1000));
  for (let east = Math.ceil(box.west / step) * step; east <= box.east; east += step) {
    const x = Math.round(xOf(camera, size, east)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, size.height);
    if (x > 30) context.fillText(label(east), x + 3, 12);
  }
  for (let north = Math.ceil(box.south / step) * step; north <= box.north; north += step) {
    const y = Math.round(yOf(camera, size, north)) + 0.5;
    context.moveTo(0, y);
    context.lineTo(size.width, y);
    if (y > 26 && y < size.height - 56) context.fillText(label(north), 4, y - 3);
  }
  context.stroke();
}

function drawOutline(view: View, outline: Scene['outline']): void {
  const { context, camera, size, colours } = view;
  context.strokeStyle = colours.text;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.6;
  context.lineJoin = 'round';
  context.beginPath();
  for (const { rings } of outline)
    for (const ring of rings)
      for (let at = 0; at < ring.length; at += 2) {
        const [x, y] = [xOf(camera, size, ring[at] ?? 0), yOf(camera, size, ring[at + 1] ?? 0)];
        if (at === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
  context.stroke();
  context.globalAlpha = 1;
}

/** Names of postcode districts, those with most postcodes first; none over another or over a cluster. */
function drawDistricts(view: View, { districts }: MapGround, shown: readonly Cluster[]): void {
  const { context, camera, size, colours } = view;
  context.font = font(12, true);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const taken = shown.flatMap((cluster) => {
    const [x, y] = [xOf(camera, size, cluster.easting), yOf(camera, size, cluster.northing)];
    const radius = clusterRadius(cluster.count);
    const circle = { x, y, width: radius * 2, height: radius * 2 };
    const heart = { x: x - radius - 3, y: y - radius - 3, width: 18, height: 18 };
    return cluster.isProtected ? [circle, heart] : [circle];
  });
  for (const { name, easting, northing } of districts) {
    const place = {
      x: xOf(camera, size, easting),
      y: yOf(camera, size, northing),
      width: context.measureText(name).width + 8,
      height: 16,
    };
    const free = [0, 28, -28].map((shift) => ({ ...place, y: place.y + shift }));
    const spot = free.find((one) =>
      taken.every(
        (other) =>
          Math.abs(one.x - other.x) > (one.width + other.width) / 2 ||
          Math.abs(one.y - other.y) > (one.height + other.height) / 2,
      ),
    );
    if (!spot || spot.x < 20 || spot.x > size.width - 20 || spot.y < 24 || spot.y > size.height - 40)
      continue;
    taken.push(spot);
    context.lineWidth = 3;
    context.strokeStyle = colours.ground;
    context.strokeText(name, spot.x, spot.y);
    context.fillStyle = colours.muted;
    context.fillText(name, spot.x, spot.y);
  }
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
}

function drawArea(view: View, area: Box): void {
  const { context, camera, size, colours } = view;
  const [left, right] = [xOf(camera, size, area.west), xOf(camera, size, area.east)];
  const [top, bottom] = [yOf(camera, size, area.north), yOf(camera, size, area.south)];
  context.fillStyle = colours.focus;
  context.globalAlpha = 0.1;
  context.fillRect(left, top, right - left, bottom - top);
  context.globalAlpha = 1;
  context.strokeStyle = colours.focus;
  context.lineWidth = 1.5;
  context.setLineDash([6, 4]);
  context.strokeRect(left, top, right - left, bottom - top);
  context.setLineDash([]);
}

/** Kilometres and miles, at the lower left. */
function drawScale(view: View): void {
  const { context, camera, size, colours } = view;
  const { metric, miles } = scaleBars(camera.scale);
  const [left, base] = [14, size.height - 26];
  context.fillStyle = colours.surface;
  context.globalAlpha = 0.85;
  context.fillRect(left - 7, base - 19, Math.max(metric[0], miles[0]) + 72, 42);
  context.globalAlpha = 1;
  context.strokeStyle = colours.text;
  context.fillStyle = colours.text;
  context.lineWidth = 1.5;
  context.font = font(11);
  for (const [[length, words], y, tick] of [
    [metric, base, -5],
    [miles, base + 4, 5],
  ] as const) {
    context.beginPath();
    context.moveTo(left + 0.5, y + tick);
    context.lineTo(left + 0.5, y);
    context.lineTo(left + length, y);
    context.lineTo(left + length, y + tick);
    context.stroke();
    context.fillText(words, left + length + 6, y + (tick < 0 ? 0 : 9));
  }
}

/** North is up: of the National Grid, which differs from true north by a few degrees at most. */
function drawNorth({ context, size, colours }: View): void {
  const [x, y] = [size.width - 24, 34];
  context.fillStyle = colours.text;
  context.beginPath();
  context.moveTo(x, y - 16);
  context.lineTo(x + 6, y + 6);
  context.lineTo(x, y + 2);
  context.lineTo(x - 6, y + 6);
  context.closePath();
  context.fill();
  context.font = font(11, true);
  context.textAlign = 'center';
  context.fillText('N', x, y + 18);
  context.textAlign = 'left';
}
