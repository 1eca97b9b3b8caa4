import type { Timeline } from '../../../shared/contract/areas/timeline.ts';
import { readMoment } from '../../../shared/domain/timeGrain.ts';
import { laneTitles } from '../../../shared/domain/timelineKinds.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { showLabel } from '../../grid/format.ts';
import { paperColours } from '../../ui/themeColours.ts';
import { legendWords } from './Lane.tsx';
import { nameHeight } from './LaneName.tsx';
import { layOut } from './layout.ts';
import { axisHeight, fontOf, paintAxis, paintGround, paintLane } from './paint.ts';
import type { Period } from './scale.ts';
import { scaleOf, ticksOf } from './scale.ts';

const width = 1500;
const names = 210;
const margin = 16;
const headHeight = 62;
const groupHeight = 26;
const footHeight = 42;
/** The engine takes no larger picture: see `contract/areas/pictures.ts`. */
const mostPixels = 18_000_000;
const mostSide = 7_800;

/** Every lane as the window draws it, in the colours of paper, with title, marking and legend. */
export async function timelinePng(
  timeline: Timeline,
  shown: Period,
  words: { title: string; marking: string },
): Promise<Blob> {
  const scale = scaleOf(shown, width - names - 2 * margin);
  const ticks = ticksOf(scale);
  const colours = paperColours();
  const strike = timeline.strike === null ? null : (readMoment(timeline.strike)?.from ?? null);
  const groups = timeline.groups.map((group) => ({
    group,
    lanes: group.lanes.map((lane) => {
      const layout = layOut(lane, scale);
      return { lane, layout: { ...layout, height: Math.max(layout.height, nameHeight(lane, layout.most)) } };
    }),
  }));
  const lanesHeight = groups.reduce(
    (sum, { group, lanes }) =>
      sum +
      (group.ref === null ? 0 : groupHeight) +
      lanes.reduce((high, { layout }) => high + layout.height, 0),
    0,
  );
  const legend = [timelineCopy.clock, ...legendWords(timeline, shown)];
  const height = headHeight + axisHeight + lanesHeight + footHeight + legend.length * 14;
  const ratio = Math.min(2, Math.sqrt(mostPixels / (width * height)), mostSide / height, mostSide / width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(width * ratio);
  canvas.height = Math.floor(height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(timelineCopy.notDrawn);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, width, height);
  const write = (text: string, x: number, y: number, size: number, weight = 400, ink = colours.text) => {
    context.font = fontOf(size, weight);
    context.fillStyle = ink;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(text, x, y);
  };
  const centred = (text: string, y: number) => {
    context.font = fontOf(13, 700);
    context.fillStyle = colours.text;
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.fillText(text, width / 2, y);
  };
  centred(words.marking, 18);
  write(words.title, margin, 44, 17, 700);
  const within = (y: number, high: number, paint: () => void) => {
    context.save();
    context.translate(margin + names, y);
    context.beginPath();
    context.rect(0, 0, scale.width, high);
    context.clip();
    paint();
    context.restore();
  };
  let y = headHeight;
  within(y, axisHeight, () => paintAxis(context, scale, ticks, colours, strike));
  y += axisHeight;
  for (const { group, lanes } of groups) {
    if (group.ref !== null) {
      context.fillStyle = colours['surface-sunk'];
      context.fillRect(margin, y, width - 2 * margin, groupHeight);
      const guard = group.safeguarding
        ? `  ${group.ref.startsWith('PRM') ? timelineCopy.safeguardingPlace : timelineCopy.safeguardingPerson}`
        : '';
      write(`${showLabel(group.ref, timeline.labels)} (${group.ref})${guard}`, margin + 6, y + 17, 13, 700);
      y += groupHeight;
    }
    for (const { lane, layout } of lanes) {
      write(`${laneTitles[lane.lane]}: ${timelineCopy.inView(lane.inView)}`, margin + 6, y + 15, 13);
      const undated = lane.undated.reduce((sum, { count }) => sum + count, 0);
      const beside = [
        layout.most > 0 ? timelineCopy.highest(layout.most) : '',
        timelineCopy.outside(lane.before, lane.after),
        undated > 0 ? timelineCopy.undatedShort(undated) : '',
      ].filter(Boolean);
      for (const [line, text] of beside.entries())
        write(text, margin + 6, y + 29 + line * 13, 11, 400, colours['text-muted']);
      within(y, layout.height, () => {
        paintGround(context, scale, layout.height, ticks, colours, { strike, chosen: null });
        paintLane(context, lane.lane, layout, scale, colours, null);
      });
      y += layout.height;
      context.fillStyle = colours.line;
      context.fillRect(margin, y - 1, width - 2 * margin, 1);
    }
  }
  write(
    `${timelineCopy.clock}. ${timelineCopy.legendGrade}.`,
    margin,
    y + 17,
    11,
    400,
    colours['text-muted'],
  );
  centred(words.marking, y + 33);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(timelineCopy.notDrawn))), 'image/png'),
  );
}
