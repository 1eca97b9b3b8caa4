import type { Timeline, TimelineLaneView } from '../../../shared/contract/areas/timeline.ts';
import { readMoment } from '../../../shared/domain/timeGrain.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import type { Colours } from '../../ui/themeColours.ts';
import type { Box, LaneLayout } from './layout.ts';
import { showSeconds } from './markWords.ts';
import type { Period, Scale, Ticks } from './scale.ts';

type Context = CanvasRenderingContext2D;

export const fontOf = (size: number, weight = 400) => `${weight} ${size}px "Source Sans 3", sans-serif`;
export const axisHeight = 38;

type Kind = TimelineLaneView['lane'];

/** Fill and edge of the marks of a lane. */
function inkOf(lane: Kind, colours: Colours): { fill: string; edge: string } {
  switch (lane) {
    case 'custody':
      return { fill: colours.warning, edge: colours.warning };
    case 'safeguarding':
      return { fill: colours['danger-soft'], edge: colours.danger };
    case 'warrants':
      return { fill: colours['accent-soft'], edge: colours.accent };
    case 'day':
    case 'plan':
      return { fill: colours.good, edge: colours.good };
    case 'clocks':
      return { fill: colours['warning-soft'], edge: colours.warning };
    case 'lines':
    case 'crimes':
      return { fill: colours['text-muted'], edge: colours['text-muted'] };
    default:
      return { fill: colours.accent, edge: colours.accent };
  }
}

/** Intelligence by grade: known directly or corroborated is filled, other grades are pale, none is open. */
function gradedInk(box: Box, colours: Colours): { fill: string | null; edge: string } {
  const grade = String(box.mark?.values.grade ?? '');
  if (/^[12][AB]/i.test(grade) && box.mark?.byName !== true)
    return { fill: colours.accent, edge: colours.accent };
  return { fill: grade === '' ? null : colours['accent-soft'], edge: colours.accent };
}

/** The lines of the axis and the strike through one lane. */
export function paintGround(
  context: Context,
  scale: Scale,
  height: number,
  ticks: Ticks,
  colours: Colours,
  extra: { strike: number | null; chosen: Period | null },
): void {
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const { at } of ticks.minor) {
    const x = Math.round(scale.x(at)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  context.stroke();
  context.strokeStyle = colours['line-strong'];
  context.beginPath();
  for (const { at } of ticks.major) {
    const x = Math.round(scale.x(at)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  context.stroke();
  if (extra.chosen) {
    context.fillStyle = colours['accent-soft'];
    context.globalAlpha = 0.6;
    const [left, right] = [scale.x(extra.chosen.from), scale.x(extra.chosen.to)];
    context.fillRect(left, 0, Math.max(1, right - left), height);
    context.globalAlpha = 1;
    context.fillStyle = colours.accent;
    context.fillRect(left - 1, 0, 1, height);
    context.fillRect(right, 0, 1, height);
  }
  if (extra.strike !== null) {
    const x = scale.x(extra.strike);
    if (x >= 0 && x <= scale.width) {
      context.fillStyle = colours.danger;
      context.fillRect(Math.round(x) - 1, 0, 2, height);
    }
  }
}

/** The marks of one lane. `current` has a frame. */
export function paintLane(
  context: Context,
  lane: Kind,
  layout: LaneLayout,
  scale: Scale,
  colours: Colours,
  current: Box | null,
): void {
  for (const box of layout.boxes) {
    if (box.x > scale.width + 2 || box.x + box.width < -2) {
      if (!box.about || box.about.from > scale.width || box.about.to < 0) continue;
    }
    if (box.silence) paintSilence(context, box, colours);
    else if (box.bin) paintBar(context, lane, box, colours);
    else paintMark(context, lane, box, scale, colours);
  }
  if (current) {
    context.strokeStyle = colours.text;
    context.lineWidth = 2;
    context.strokeRect(current.x - 2, current.y - 2, current.width + 4, current.height + 4);
  }
}

function paintSilence(context: Context, box: Box, colours: Colours): void {
  context.fillStyle = colours['surface-sunk'];
  context.fillRect(box.x, box.y, box.width, box.height);
  context.strokeStyle = colours['line-strong'];
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  context.strokeRect(box.x + 0.5, box.y + 0.5, Math.max(1, box.width - 1), box.height - 1);
  context.setLineDash([]);
  const words = timelineCopy.silence;
  context.font = fontOf(11);
  if (box.width > context.measureText(words).width + 8) {
    context.fillStyle = colours['text-muted'];
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(words, box.x + box.width / 2, box.y + box.height / 2);
  }
}

function paintBar(context: Context, lane: Kind, box: Box, colours: Colours): void {
  const { bin } = box;
  context.fillStyle = inkOf(lane, colours).fill;
  if (lane !== 'calls' || !bin || bin.count === 0) {
    context.fillRect(box.x, box.y, box.width, box.height);
    return;
  }
  // Calls at the foot, texts paler on them: a broadcast is a pale tower.
  const texts = (bin.texts / bin.count) * box.height;
  context.fillRect(box.x, box.y + texts, box.width, box.height - texts);
  context.globalAlpha = 0.5;
  context.fillRect(box.x, box.y, box.width, texts);
  context.globalAlpha = 1;
}

function paintMark(context: Context, lane: Kind, box: Box, scale: Scale, colours: Colours): void {
  const { mark } = box;
  if (!mark) return;
  const ink = lane === 'intelligence' ? gradedInk(box, colours) : inkOf(lane, colours);
  const x = Math.max(box.x, -4);
  const width = Math.min(box.x + box.width, scale.width + 4) - x;
  if (box.about) {
    context.strokeStyle = ink.edge;
    context.lineWidth = 1;
    context.beginPath();
    const y = Math.round(box.y + box.height / 2) + 0.5;
    context.moveTo(box.about.from, y);
    context.lineTo(Math.max(box.about.to, box.x), y);
    context.stroke();
  }
  if (mark.isOpen) paintFade(context, box, ink.edge);
  if (mark.what === 'strike' || mark.what === 'executed') {
    paintDiamond(context, box, mark.what === 'strike' ? colours.danger : ink.edge);
    return;
  }
  if (ink.fill !== null) {
    context.fillStyle = ink.fill;
    context.fillRect(x, box.y, width, box.height);
  } else {
    context.fillStyle = colours.surface;
    context.fillRect(x, box.y, width, box.height);
  }
  context.strokeStyle = ink.edge;
  context.lineWidth = 1;
  if (mark.byName) context.setLineDash([1.5, 1.5]);
  context.strokeRect(x + 0.5, box.y + 0.5, Math.max(1, width - 1), box.height - 1);
  context.setLineDash([]);
  if (mark.safeguarding) {
    context.strokeStyle = colours.danger;
    context.lineWidth = 2;
    context.strokeRect(x - 1, box.y - 1, width + 2, box.height + 2);
  }
}

/** What has no known end goes out into nothing. */
function paintFade(context: Context, box: Box, colour: string): void {
  const length = 34;
  const [begin, y] = [box.x + box.width, box.y + box.height / 2 - 1];
  context.fillStyle = colour;
  for (let piece = 0; piece < length; piece += 6) {
    context.globalAlpha = 0.7 * (1 - piece / length);
    context.fillRect(begin + piece, y, 4, 2);
  }
  context.globalAlpha = 1;
}

function paintDiamond(context: Context, box: Box, colour: string): void {
  const [x, y, size] = [box.x + 1, box.y + box.height / 2, 6];
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
  context.fill();
}

/** Days and months above the lanes, and the strike by name. */
export function paintAxis(
  context: Context,
  scale: Scale,
  ticks: Ticks,
  colours: Colours,
  strike: number | null,
): void {
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = fontOf(12, 700);
  context.fillStyle = colours.text;
  for (const [place, { at, label }] of ticks.major.entries()) {
    const next = ticks.major[place + 1];
    const left = Math.max(scale.x(at), 0) + 4;
    const room = (next ? scale.x(next.at) : scale.width) - left;
    if (room > context.measureText(label).width + 4) context.fillText(label, left, 9);
  }
  context.font = fontOf(12);
  context.fillStyle = colours['text-muted'];
  const name = strikeName(context, scale, strike);
  context.font = fontOf(12);
  for (const { at, label } of ticks.minor) {
    const x = scale.x(at);
    const right = x + context.measureText(label).width + 8;
    const isUnderName = name !== null && right > name.left && x < name.left + name.width;
    if (right < scale.width && !isUnderName) context.fillText(label, x + 4, 27);
  }
  context.fillStyle = colours['line-strong'];
  context.fillRect(0, axisHeight - 1, scale.width, 1);
  if (strike === null || name === null) return;
  context.font = fontOf(11, 700);
  context.fillStyle = colours.danger;
  context.fillRect(name.left, 19, name.width, 16);
  context.fillRect(Math.round(scale.x(strike)) - 1, 35, 2, 3);
  context.fillStyle = colours.surface;
  context.fillText(name.words, name.left + 4, 27.5);
}

/** The words at the strike and where they stand; null where it is out of view. */
function strikeName(context: Context, scale: Scale, strike: number | null) {
  const x = strike === null ? -1 : scale.x(strike);
  if (strike === null || x < 0 || x > scale.width) return null;
  const words = `${timelineCopy.strike} ${showSeconds(strike)}`;
  context.font = fontOf(11, 700);
  const width = context.measureText(words).width + 8;
  return { words, width, left: Math.min(Math.max(0, x - width / 2), scale.width - width) };
}

/** How much there is along everything, with the part in view framed. */
export function paintOverview(
  context: Context,
  timeline: Timeline,
  scale: Scale,
  height: number,
  shown: Period,
  colours: Colours,
): void {
  const foot = height - 4;
  const most = (of: (piece: Timeline['overview'][number]) => number) =>
    timeline.overview.reduce((top, piece) => Math.max(top, of(piece)), 1);
  const [calls, marks] = [most((piece) => piece.calls), most((piece) => piece.marks)];
  for (const piece of timeline.overview) {
    const [from, to] = [readMoment(piece.from)?.from ?? 0, readMoment(piece.to)?.from ?? 0];
    const [x, width] = [scale.x(from), Math.max(1.5, scale.x(to) - scale.x(from))];
    if (piece.calls > 0) {
      context.fillStyle = colours.accent;
      context.globalAlpha = 0.55;
      const tall = Math.max(2, (piece.calls / calls) * (foot - 10));
      context.fillRect(x, foot - tall, width, tall);
      context.globalAlpha = 1;
    }
    if (piece.marks > 0) {
      context.fillStyle = colours['text-muted'];
      context.globalAlpha = 0.35 + 0.65 * (piece.marks / marks);
      context.fillRect(x, 2, Math.max(2, width), 5);
      context.globalAlpha = 1;
    }
  }
  const [left, right] = [Math.max(0, scale.x(shown.from)), Math.min(scale.width, scale.x(shown.to))];
  context.fillStyle = colours.text;
  context.globalAlpha = 0.12;
  context.fillRect(0, 0, left, height);
  context.fillRect(right, 0, scale.width - right, height);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.strokeRect(left + 1, 1, Math.max(4, right - left - 2), height - 2);
}
