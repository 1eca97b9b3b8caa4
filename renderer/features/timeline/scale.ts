import { monthNames } from '../../../shared/domain/calendar.ts';
import { type grains, nextOf, startOf } from '../../../shared/domain/timeGrain.ts';

/** A period on the axis, in seconds of the UK clock. */
export interface Period {
  from: number;
  to: number;
}

export interface Scale extends Period {
  width: number;
  /** Pixels from the left. */
  x(seconds: number): number;
  at(x: number): number;
}

export function scaleOf({ from, to }: Period, width: number): Scale {
  const perSecond = width / Math.max(1, to - from);
  return {
    from,
    to,
    width,
    x: (seconds) => (seconds - from) * perSecond,
    at: (x) => from + x / perSecond,
  };
}

const hour = 3600;
const day = 24 * hour;

export interface Tick {
  at: number;
  label: string;
}

export interface Ticks {
  /** Lines through the lanes, with what stands below the axis. */
  minor: Tick[];
  /** What the minor ones are of: days, months or years. */
  major: Tick[];
}

const two = (value: number) => String(value).padStart(2, '0');
const dateOf = (seconds: number) => new Date(seconds * 1000);
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const clock = (seconds: number) => {
  const date = dateOf(seconds);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
};
const dayMonth = (seconds: number) => {
  const date = dateOf(seconds);
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;
};
const wholeDay = (seconds: number) => {
  const date = dateOf(seconds);
  return `${weekdays[date.getUTCDay()]} ${dayMonth(seconds)}/${date.getUTCFullYear()}`;
};
const monthOf = (seconds: number) => {
  const date = dateOf(seconds);
  return `${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};
const shortMonth = (seconds: number) => (monthNames[dateOf(seconds).getUTCMonth()] ?? '').slice(0, 3);
const yearOf = (seconds: number) => String(dateOf(seconds).getUTCFullYear());

/** Steps of the axis, the finest first: seconds, or months. */
const steps: readonly {
  seconds?: number;
  months?: number;
  label: (at: number) => string;
  major: 'day' | 'month' | 'year';
}[] = [
  { seconds: 5 * 60, label: clock, major: 'day' },
  { seconds: 15 * 60, label: clock, major: 'day' },
  { seconds: hour, label: clock, major: 'day' },
  { seconds: 3 * hour, label: clock, major: 'day' },
  { seconds: 6 * hour, label: clock, major: 'day' },
  { seconds: day, label: dayMonth, major: 'month' },
  { seconds: 2 * day, label: dayMonth, major: 'month' },
  { seconds: 7 * day, label: dayMonth, major: 'month' },
  { months: 1, label: shortMonth, major: 'year' },
  { months: 3, label: shortMonth, major: 'year' },
  { months: 12, label: yearOf, major: 'year' },
  { months: 60, label: yearOf, major: 'year' },
  { months: 120, label: yearOf, major: 'year' },
];

const leastGap = 58;

/** Marks of the axis, as close as they can be read. */
export function ticksOf(scale: Scale): Ticks {
  const perSecond = scale.width / (scale.to - scale.from);
  const step =
    steps.find((each) => (each.seconds ?? (each.months ?? 1) * 28 * day) * perSecond >= leastGap) ??
    steps.at(-1);
  if (!step) return { minor: [], major: [] };
  const minor = (step.seconds ? everySeconds(scale, step.seconds) : everyMonths(scale, step.months ?? 1)).map(
    (at) => ({
      at,
      label: step.label(at),
    }),
  );
  const isYears = step.label === yearOf;
  const majorLabel = step.major === 'day' ? wholeDay : step.major === 'month' ? monthOf : yearOf;
  const major: Tick[] = [];
  if (!isYears)
    for (let at = startOf(scale.from, step.major); at < scale.to; at = nextOf(at, step.major))
      major.push({ at, label: majorLabel(at) });
  return { minor, major };
}

function everySeconds({ from, to }: Period, seconds: number): number[] {
  // Weeks begin on a Monday: 5 January 1970 was one.
  const base = seconds === 7 * day ? 4 * day : 0;
  const found: number[] = [];
  for (let at = Math.ceil((from - base) / seconds) * seconds + base; at <= to; at += seconds) found.push(at);
  return found;
}

function everyMonths({ from, to }: Period, count: number): number[] {
  const found: number[] = [];
  for (let at = startOf(from, count % 12 === 0 ? 'year' : 'month'); at <= to; at = nextOf(at, 'month')) {
    const date = dateOf(at);
    const place = count % 12 === 0 ? date.getUTCFullYear() * 12 + date.getUTCMonth() : date.getUTCMonth();
    if (place % count === 0 && at >= from) found.push(at);
  }
  return found;
}

const shortest = hour;
const longest = 60 * 366 * day;

/** Wider (more than 1) or narrower about a moment, which stays where it is. */
export function zoomed({ from, to }: Period, factor: number, about: number): Period {
  const span = Math.min(longest, Math.max(shortest, (to - from) * factor));
  const share = (about - from) / (to - from);
  const begin = Math.round(about - span * share);
  return { from: begin, to: begin + Math.round(span) };
}

/** Further on by a share of what is seen, never wholly off what there is. */
export function moved({ from, to }: Period, share: number, extent: Period | null): Period {
  const span = to - from;
  let begin = from + span * share;
  if (extent) begin = Math.min(Math.max(begin, extent.from - span * 0.8), extent.to - span * 0.2);
  const rounded = Math.round(begin);
  return { from: rounded, to: rounded + span };
}

/** The unit in which a period is chosen by key: what can still be told apart. */
export function stepOf({ from, to }: Period): (typeof grains)[number] {
  const span = to - from;
  if (span <= 4 * day) return 'hour';
  if (span <= 200 * day) return 'day';
  return span <= 3 * 366 * day ? 'week' : 'month';
}
