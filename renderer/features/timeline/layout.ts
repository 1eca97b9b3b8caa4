import type { TimelineBin, TimelineLaneView, TimelineMark } from '../../../shared/contract/areas/timeline.ts';
import { readMoment } from '../../../shared/domain/timeGrain.ts';
import type { Scale } from './scale.ts';

/** Where a mark or a count is drawn in its lane. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  mark: TimelineMark | null;
  bin: TimelineBin | null;
  silence: TimelineLaneView['silences'][number] | null;
  /** Pixels of the period that the information of an intelligence item is about. */
  about: { from: number; to: number } | null;
}

export interface LaneLayout {
  height: number;
  boxes: Box[];
  /** What a count as high as the lane stands for; 0 without counts. */
  most: number;
}

const padding = 6;
const rowHeight = 11;
const markHeight = 9;
const leastWidth = 5;
const mostRows = 14;
const barsHeight = 46;
const callHeight = 10;

interface Span {
  from: number;
  to: number;
}

/** What a mark covers, in seconds: a day its whole day, a month its month. */
function spanOf(mark: TimelineMark): Span {
  const begin = readMoment(mark.from);
  const end = mark.to === null ? null : readMoment(mark.to);
  const from = begin?.from ?? 0;
  const to = end ? Math.max(end.to, begin?.to ?? from) : (begin?.to ?? from);
  return { from: Math.min(from, end?.from ?? from), to };
}

/** Boxes of a lane at a scale, in order of time within their rows. */
export function layOut(lane: TimelineLaneView, scale: Scale): LaneLayout {
  if (lane.lane !== 'calls' && lane.marks !== null) {
    const laid = layMarks(lane.marks, scale);
    // Where marks lie on each other their number is seen better than they are.
    return laid.isFull && lane.bins !== null ? layBins(lane, scale) : laid;
  }
  const bars = layBins(lane, scale);
  if (lane.marks === null || lane.marks.length === 0) return bars;
  // Calls few enough to be told apart stand under their counts.
  const calls = lane.marks.map((mark) => {
    const box = boxOf(mark, scale);
    return { ...box, width: Math.max(2, box.width - 3), y: bars.height - 2, height: callHeight - 2 };
  });
  return { ...bars, height: bars.height + callHeight + 2, boxes: [...bars.boxes, ...calls] };
}

function boxOf(mark: TimelineMark, scale: Scale): Box {
  const { from, to } = spanOf(mark);
  const x = scale.x(from);
  const told = mark.about ? [readMoment(mark.about.from), readMoment(mark.about.to)] : [];
  const [first, last] = told;
  return {
    x,
    y: padding,
    width: Math.max(leastWidth, scale.x(to) - x - 1),
    height: markHeight,
    mark,
    bin: null,
    silence: null,
    about: first && last ? { from: scale.x(first.from), to: scale.x(last.to) } : null,
  };
}

/** Each mark in the first row in which it does not lie on another. */
function layMarks(marks: readonly TimelineMark[], scale: Scale): LaneLayout & { isFull: boolean } {
  const ends: number[] = [];
  let isFull = false;
  const boxes = marks.map((mark) => {
    const box = boxOf(mark, scale);
    const left = Math.min(box.x, box.about?.from ?? box.x);
    const right = Math.max(box.x + box.width, box.about?.to ?? 0);
    const free = ends.findIndex((end) => end + 1 <= left);
    // Where all rows are taken marks lie on each other in the row that ends first.
    const row = free >= 0 ? free : ends.length < mostRows ? ends.length : ends.indexOf(Math.min(...ends));
    if (free < 0 && row < ends.length) isFull = true;
    ends[row] = Math.max(ends[row] ?? 0, right);
    return { ...box, y: padding + row * rowHeight };
  });
  return { height: padding * 2 + Math.max(1, ends.length) * rowHeight, boxes, most: 0, isFull };
}

function layBins(lane: TimelineLaneView, scale: Scale): LaneLayout {
  const bins = lane.bins ?? [];
  const most = bins.reduce((top, { count }) => Math.max(top, count), 0);
  const boxes = bins.map((bin): Box => {
    const [from, to] = [readMoment(bin.from)?.from ?? 0, readMoment(bin.to)?.from ?? 0];
    const x = scale.x(from);
    // Whatever there is can be seen.
    const height = Math.max(2, (bin.count / Math.max(1, most)) * barsHeight);
    return {
      x,
      y: padding + barsHeight - height,
      width: Math.max(1, scale.x(to) - x - 1),
      height,
      mark: null,
      bin,
      silence: null,
      about: null,
    };
  });
  const silences = lane.silences.map((silence): Box => {
    const [from, to] = [readMoment(silence.from)?.from ?? 0, readMoment(silence.to)?.from ?? 0];
    return {
      x: scale.x(from),
      y: padding,
      width: Math.max(2, scale.x(to) - scale.x(from)),
      height: barsHeight,
      mark: null,
      bin: null,
      silence,
      about: null,
    };
  });
  return { height: padding * 2 + barsHeight, boxes: [...silences, ...boxes], most };
}

/** The box under a point, the one drawn last first; near misses count. */
export function boxAt(layout: LaneLayout, x: number, y: number): Box | null {
  let best: Box | null = null;
  for (const box of layout.boxes) {
    const top = box.bin ? padding : box.y - 2;
    const bottom = box.bin ? padding + barsHeight : box.y + box.height + 2;
    if (x >= box.x - 2 && x <= box.x + box.width + 2 && y >= top && y <= bottom) best = box;
  }
  return best;
}

/** What Page Up and Page Down go through: what is in view, in order of time. */
export function stopsOf(layout: LaneLayout, width: number): Box[] {
  const hasMarks = layout.boxes.some(({ mark }) => mark !== null);
  return layout.boxes
    .filter((box) => box.x + box.width > 0 && box.x < width && !(hasMarks && box.bin))
    .sort((one, other) => one.x - other.x || one.y - other.y);
}
