/**
 * Draws the chart. One pass a frame: frames of groups, lines by their style (each style one stroke), records as
 * pictures that were drawn before, and as many words as fit without lying on each other.
 */
import type { Scene, SceneBond, SceneFrame, SceneNode } from '../scene.ts';
import { type Camera, coverOf, type Size, toScreen } from './camera.ts';
import { blend, type Palette } from './palette.ts';
import { drawIcon, type makeSprites, radius, spriteRoom, traceShape } from './shapes.ts';
import { makeWordMap, type WordMap } from './wordMap.ts';

export interface Look {
  camera: Camera;
  size: Size;
  palette: Palette;
  sprites: ReturnType<typeof makeSprites>;
  /** Pixels of the device for each of the page. */
  ratio: number;
  chosen: ReadonlySet<string>;
  chosenLink: readonly [string, string] | null;
  /** The record that has the keyboard, where the chart has it. */
  focused: string | null;
  hovered: string | null;
  /** In the middle of a movement of many: words and signs come when it ends. */
  isMoving: boolean;
}

const font = '"Source Sans 3", "Segoe UI", system-ui, sans-serif';

/** @param context already scaled to pixels of the page. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene, look: Look): void {
  const { size, palette } = look;
  context.clearRect(0, 0, size.width, size.height);
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, size.width, size.height);
  const visible = scene.nodes.filter((node) => isVisible(node, look));
  const words = makeWordMap(size);
  for (const frame of scene.frames) drawFrame(context, frame, look);
  const bonds = scene.bonds.filter(({ a, b }) => crosses(a, b, look));
  drawBonds(context, bonds, look);
  for (const node of visible) drawNode(context, node, look);
  for (const frame of scene.frames) drawFrameTitle(context, frame, look, words);
  if (look.isMoving) return;
  const ranks = new Map(visible.map((node) => [node, rank(node, look)]));
  const inOrder = [...visible].sort((x, y) => (ranks.get(y) ?? 0) - (ranks.get(x) ?? 0)).slice(0, mostNamed);
  // Words never lie on a record, nor on other words.
  if (look.camera.zoom > 0.3) for (const node of visible) words.take(...boxOf(node, look));
  for (const node of inOrder) drawWords(context, node, look, words);
  if (look.camera.zoom >= 0.75) for (const bond of bonds) drawBondWords(context, bond, look, words);
}

function isVisible(node: SceneNode, { camera, size }: Look): boolean {
  const [x, y] = toScreen(camera, size, node.x, node.y);
  return x > -80 && y > -60 && x < size.width + 80 && y < size.height + 60;
}

/** Whether the line of two can be seen at all. */
function crosses(a: SceneNode, b: SceneNode, { camera, size }: Look): boolean {
  const [ax, ay] = toScreen(camera, size, a.x, a.y);
  const [bx, by] = toScreen(camera, size, b.x, b.y);
  return (
    Math.max(ax, bx) > 0 &&
    Math.min(ax, bx) < size.width &&
    Math.max(ay, by) > 0 &&
    Math.min(ay, by) < size.height
  );
}

/** So many are tried for words at most: a screen has room for fewer. */
const mostNamed = 700;

const rank = (node: SceneNode, { chosen, focused, hovered }: Look): number =>
  (node.ref === focused || node.ref === hovered ? 4e6 : 0) +
  (chosen.has(node.ref) ? 2e6 : 0) +
  (node.node.sign !== null ? 1e6 : 0) +
  (node.node.isTarget ? 5e5 : 0) +
  (node.kind === 'lines' || node.kind === 'groups' ? 4e5 : 0) +
  node.degree;

const drawnRadius = (zoom: number) => Math.max(2.5, radius * Math.min(zoom, 1.6));

function boxOf(node: SceneNode, look: Look): readonly [number, number, number, number] {
  const [x, y] = toScreen(look.camera, look.size, node.x, node.y);
  const r = drawnRadius(look.camera.zoom);
  return [x - r + 2, y - r + 2, r * 2 - 4, r * 2 - 4];
}

/** Where a frame lies on the screen, or null where it covers nothing. */
function frameBox(frame: SceneFrame, { camera, size }: Look) {
  const cover = coverOf(frame.nodes);
  if (!cover) return null;
  const [left, top] = toScreen(camera, size, cover.left - 20, cover.top - 20);
  const [right, bottom] = toScreen(camera, size, cover.right + 20, cover.bottom + 20);
  return { left, top, width: right - left, height: bottom - top };
}

function drawFrame(context: CanvasRenderingContext2D, frame: SceneFrame, look: Look): void {
  const box = frameBox(frame, look);
  if (!box) return;
  context.beginPath();
  context.roundRect(box.left, box.top, box.width, box.height, 10);
  context.fillStyle = look.palette.frame;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = look.palette.line;
  context.stroke();
}

function drawFrameTitle(
  context: CanvasRenderingContext2D,
  frame: SceneFrame,
  look: Look,
  words: WordMap,
): void {
  const box = frameBox(frame, look);
  if (!box || box.width < 40) return;
  const text = clip(frame.title, 40);
  const width = widthOf(context, text, 12, true);
  const [x, y] = [box.left + 8, box.top + 6];
  context.font = fontOf(12, true);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  write(context, text, x, y, look.palette.text, look.palette);
  words.take(x, y, width, 14);
}

/** So many lines at once are drawn as hairs in pale colours: quick, and what lies behind them is seen. */
const manyBonds = 1200;

/**
 * Lines one by one, opaque: one stroke over thousands of lines, or lines that shine through, take the browser ten
 * times as long.
 */
function drawBonds(context: CanvasRenderingContext2D, bonds: readonly SceneBond[], look: Look): void {
  const { camera, size, palette, chosen, chosenLink } = look;
  const isMany = bonds.length > manyBonds;
  const scale = Math.min(1.2, Math.max(0.55, camera.zoom));
  const hasDashes = camera.zoom > 0.25 && !isMany;
  const stroke = ({ a, b }: SceneBond) => {
    context.beginPath();
    context.moveTo(
      (a.x - camera.x) * camera.zoom + size.width / 2,
      (a.y - camera.y) * camera.zoom + size.height / 2,
    );
    context.lineTo(
      (b.x - camera.x) * camera.zoom + size.width / 2,
      (b.y - camera.y) * camera.zoom + size.height / 2,
    );
    context.stroke();
  };
  const touched: SceneBond[] = [];
  // The faint ones first: they lie below.
  for (const faint of [true, false])
    for (const style of ['plan', 'calls', 'evidence'] as const) {
      context.strokeStyle = blend(palette[style], palette.surface, faint ? 0.18 : isMany ? 0.4 : 0.85);
      context.setLineDash(style === 'plan' && hasDashes ? [6, 4] : []);
      for (const bond of bonds) {
        if (bond.style !== style || bond.faint !== faint) continue;
        if (chosen.has(bond.a.ref) || chosen.has(bond.b.ref)) {
          touched.push(bond);
          if (isMany) continue;
        }
        context.lineWidth = isMany ? 1 : Math.max(1, bond.width * scale);
        stroke(bond);
      }
    }
  context.setLineDash([]);
  context.strokeStyle = palette.accent;
  context.lineWidth = touched.length > manyBonds ? 1 : 1.5;
  for (const bond of touched) stroke(bond);
  if (chosenLink !== null) {
    context.lineWidth = 4;
    for (const bond of touched)
      if (chosenLink.includes(bond.a.ref) && chosenLink.includes(bond.b.ref)) stroke(bond);
  }
  if (camera.zoom > 0.3 && !look.isMoving)
    for (const bond of bonds) {
      if (bond.callsToA) drawArrow(context, bond, bond.b, bond.a, look);
      if (bond.callsToB) drawArrow(context, bond, bond.a, bond.b, look);
    }
  context.globalAlpha = 1;
}

function drawArrow(
  context: CanvasRenderingContext2D,
  bond: SceneBond,
  from: SceneNode,
  to: SceneNode,
  { camera, size, palette }: Look,
): void {
  const [ax, ay] = toScreen(camera, size, from.x, from.y);
  const [bx, by] = toScreen(camera, size, to.x, to.y);
  const length = Math.hypot(bx - ax, by - ay);
  const r = drawnRadius(camera.zoom) + 3;
  if (length < r * 2 + 8) return;
  const [dx, dy] = [(bx - ax) / length, (by - ay) / length];
  const [tipX, tipY] = [bx - dx * r, by - dy * r];
  const head = (5 + bond.width) * Math.min(1, camera.zoom + 0.15);
  context.globalAlpha = bond.faint ? 0.15 : 0.9;
  context.fillStyle = palette.calls;
  context.beginPath();
  context.moveTo(tipX, tipY);
  context.lineTo(tipX - dx * head - dy * head * 0.5, tipY - dy * head + dx * head * 0.5);
  context.lineTo(tipX - dx * head + dy * head * 0.5, tipY - dy * head - dx * head * 0.5);
  context.closePath();
  context.fill();
}

function drawNode(context: CanvasRenderingContext2D, node: SceneNode, look: Look): void {
  const { camera, size, palette, sprites, ratio } = look;
  const [x, y] = toScreen(camera, size, node.x, node.y);
  const r = drawnRadius(camera.zoom);
  context.globalAlpha = node.faint ? 0.25 : 1;
  const sprite = sprites(node.kind, node.node.sign !== null, r * ratio);
  const half = r * spriteRoom;
  context.drawImage(sprite, x - half, y - half, half * 2, half * 2);
  if (look.chosen.has(node.ref) || look.focused === node.ref || look.hovered === node.ref) {
    traceShape(context, node.kind, x, y, r * (node.node.sign !== null ? 1.42 : 1.24));
    context.strokeStyle = palette.accent;
    context.lineWidth = look.chosen.has(node.ref) ? 3 : 1.5;
    if (look.focused === node.ref && !look.chosen.has(node.ref)) context.setLineDash([4, 3]);
    context.stroke();
    context.setLineDash([]);
  }
  if (camera.zoom > 0.4 && !look.isMoving) drawBadges(context, node, x, y, r, look);
  context.globalAlpha = 1;
}

function drawBadges(
  context: CanvasRenderingContext2D,
  { node, pinned, hidden }: SceneNode,
  x: number,
  y: number,
  r: number,
  { palette }: Look,
): void {
  const at = r * 0.95;
  const badge = (icon: Parameters<typeof drawIcon>[1], badgeX: number, badgeY: number, color: string) => {
    context.beginPath();
    context.arc(badgeX, badgeY, r * 0.46, 0, Math.PI * 2);
    context.fillStyle = palette.surface;
    context.fill();
    drawIcon(context, icon, badgeX, badgeY, r * 0.66, color);
  };
  if (node.sign !== null) badge('heart', x + at, y - at, palette.sign);
  if (node.isTarget) badge('locate', x - at, y - at, palette.text);
  if (pinned) badge('pin', x - at, y + at, palette.muted);
  if (hidden > 0) {
    const words = `+${hidden > 999 ? '999' : hidden}`;
    const size = Math.max(9, Math.min(11, r * 0.65));
    context.font = `700 ${size}px ${font}`;
    const width = Math.max(size * 1.5, context.measureText(words).width + 6);
    context.beginPath();
    context.roundRect(x + at - size * 0.75, y + at - size * 0.65, width, size * 1.3, size * 0.65);
    context.fillStyle = palette.surface;
    context.fill();
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = palette.text;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(words, x + at - size * 0.75 + width / 2, y + at + 0.5);
  }
}

const clip = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const fontOf = (height: number, isBold: boolean): string => `${isBold ? 700 : 400} ${height}px ${font}`;

/** Widths at one pixel of height: measuring thousands of words in each frame would take long. */
const widths = new Map<string, number>();
const measured = 20;

function widthOf(context: CanvasRenderingContext2D, text: string, height: number, isBold: boolean): number {
  const key = `${isBold ? 'b' : 'n'}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    context.font = fontOf(measured, isBold);
    width = context.measureText(text).width / measured;
    // Before the font is loaded another one is measured.
    if (document.fonts.status === 'loaded') widths.set(key, width);
  }
  return width * height;
}

/** Text with a rim in the colour of the ground, so that it can be read over lines. */
function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  color: string,
  palette: Palette,
): void {
  context.lineJoin = 'round';
  context.strokeStyle = palette.surface;
  context.lineWidth = 3;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** Name, sign and what tells it from others, below the record: as much as there is room for. */
function drawWords(context: CanvasRenderingContext2D, node: SceneNode, look: Look, words: WordMap): void {
  const { camera, size, palette } = look;
  const [x, y] = toScreen(camera, size, node.x, node.y);
  const r = drawnRadius(camera.zoom);
  // Whole pixels: each size of a font is made anew.
  const height = Math.round(Math.max(10, Math.min(14, 12 * camera.zoom)));
  const { sign, sub } = node.node;
  const below = sign ?? (camera.zoom >= 0.7 ? sub : null);
  const top = y + r * (sign !== null ? 1.25 : 1) + 4;
  const lines = [
    { text: clip(node.label, 26), height, isBold: true, color: palette.text, top },
    ...(below
      ? [
          {
            text: clip(below, 34),
            height: height - 1,
            isBold: sign !== null,
            color: sign !== null ? palette.sign : palette.muted,
            top: top + height + 2,
          },
        ]
      : []),
  ].map((line) => ({ ...line, width: widthOf(context, line.text, line.height, line.isBold) }));
  context.globalAlpha = node.faint ? 0.35 : 1;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  // Looked at before either is put down: the second lies close below the first.
  const fitting = lines.map((line) => words.fits(x - line.width / 2, line.top, line.width, line.height));
  lines.forEach((line, index) => {
    if (!fitting[0] || !fitting[index]) return;
    words.take(x - line.width / 2, line.top, line.width, line.height);
    context.font = fontOf(line.height, line.isBold);
    write(context, line.text, x, line.top, line.color, palette);
  });
  context.globalAlpha = 1;
}

function drawBondWords(context: CanvasRenderingContext2D, bond: SceneBond, look: Look, words: WordMap): void {
  if (bond.words === '' || bond.faint) return;
  const { camera, size, palette } = look;
  const [ax, ay] = toScreen(camera, size, bond.a.x, bond.a.y);
  const [bx, by] = toScreen(camera, size, bond.b.x, bond.b.y);
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  if (x < 0 || y < 0 || x > size.width || y > size.height) return;
  const text = clip(bond.words, 30);
  const width = widthOf(context, text, 11, false);
  if (!words.fits(x - width / 2, y - 7, width, 14)) return;
  words.take(x - width / 2, y - 7, width, 14);
  context.font = fontOf(11, false);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  write(context, text, x, y, palette.muted, palette);
}
