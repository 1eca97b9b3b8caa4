/** How a record is drawn: a shape by what it is (people round, things square, what is planned cut at the corners), with its picture. */
import { getIconPaths } from '@blueprintjs/icons';
import type { ChartKind } from '../../../../shared/contract/areas/chart.ts';
import { gridIcons } from '../../../ui/gridIcons.ts';
import type { Palette } from './palette.ts';

/** Half of a record at full size, in pixels. */
export const radius = 17;

const cut: ReadonlySet<ChartKind> = new Set(['targets', 'warrants', 'safeguarding']);
const small: ReadonlySet<ChartKind> = new Set([
  'intelligence',
  'custody',
  'referrals',
  'crimes',
  'arrests',
  'seizures',
]);

export function traceShape(
  context: CanvasRenderingContext2D,
  kind: ChartKind,
  x: number,
  y: number,
  r: number,
): void {
  context.beginPath();
  if (kind === 'people') {
    context.arc(x, y, r, 0, Math.PI * 2);
  } else if (kind === 'lines' || kind === 'groups') {
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = (corner / 6) * Math.PI * 2;
      context.lineTo(x + Math.cos(angle) * r * 1.12, y + Math.sin(angle) * r * 1.12);
    }
    context.closePath();
  } else if (cut.has(kind)) {
    const edge = r * 0.92;
    const off = r * 0.42;
    context.moveTo(x - edge + off, y - edge);
    context.lineTo(x + edge - off, y - edge);
    context.lineTo(x + edge, y - edge + off);
    context.lineTo(x + edge, y + edge - off);
    context.lineTo(x + edge - off, y + edge);
    context.lineTo(x - edge + off, y + edge);
    context.lineTo(x - edge, y + edge - off);
    context.lineTo(x - edge, y - edge + off);
    context.closePath();
  } else {
    const edge = r * (small.has(kind) ? 0.82 : 0.92);
    context.roundRect(x - edge, y - edge, edge * 2, edge * 2, r * (small.has(kind) ? 0.1 : 0.3));
  }
}

const paths = new Map<string, Path2D>();

/** An icon of sixteen pixels as one path. */
export function iconPath(name: Parameters<typeof getIconPaths>[0]): Path2D {
  let path = paths.get(name);
  if (!path) {
    path = new Path2D();
    for (const part of getIconPaths(name, 16) ?? []) path.addPath(new Path2D(part));
    paths.set(name, path);
  }
  return path;
}

export function drawIcon(
  context: CanvasRenderingContext2D,
  name: Parameters<typeof getIconPaths>[0],
  x: number,
  y: number,
  size: number,
  color: string,
): void {
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 16, size / 16);
  context.fillStyle = color;
  context.fill(iconPath(name), 'evenodd');
  context.restore();
}

/** Pictures of records, drawn once for each kind and size: two thousand icons a frame would be too slow. */
export function makeSprites(palette: Palette) {
  const sprites = new Map<string, HTMLCanvasElement>();
  return (kind: ChartKind, isSigned: boolean, r: number): HTMLCanvasElement => {
    // A few sizes serve every zoom.
    const drawn = Math.ceil(r / 4) * 4;
    const key = `${kind} ${isSigned} ${drawn}`;
    const known = sprites.get(key);
    if (known) return known;
    const canvas = document.createElement('canvas');
    const half = Math.ceil(drawn * spriteRoom);
    canvas.width = half * 2;
    canvas.height = half * 2;
    const context = canvas.getContext('2d');
    if (context) {
      if (isSigned) {
        traceShape(context, kind, half, half, drawn * 1.2);
        context.strokeStyle = palette.sign;
        context.lineWidth = Math.max(1, drawn * 0.14);
        context.stroke();
      }
      traceShape(context, kind, half, half, drawn);
      context.fillStyle = palette.fills[kind];
      context.fill();
      context.strokeStyle = palette.surface;
      context.lineWidth = Math.max(0.5, drawn * 0.06);
      context.stroke();
      if (drawn >= 7) drawIcon(context, gridIcons[kind], half, half, drawn * 1.05, palette.ink);
    }
    sprites.set(key, canvas);
    return canvas;
  };
}

/** Half of a sprite over the radius of its shape. */
export const spriteRoom = 1.45;
