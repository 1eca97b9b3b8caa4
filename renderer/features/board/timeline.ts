/** Times and places of the board. Moments are minutes on the clock of the United Kingdom, as the clock shows them. */

export interface TeamTimes {
  briefAt: string | null;
  strikeAt: string | null;
  finishAt: string | null;
}

export interface Bar {
  from: number;
  strike: number;
  to: number;
  /** No briefing, or no finish, is set: the bar is drawn open there. */
  openStart: boolean;
  openEnd: boolean;
}

export interface TimeRange {
  from: number;
  to: number;
}

/** The step of every change by hand. */
export const stepMinutes = 5;
/** How long a task is drawn where its finish is not set. */
const assumedMinutes = 120;
const hour = 60;

export function minutesOf(local: string): number {
  return Date.parse(`${local.slice(0, 16)}Z`) / 60_000;
}

export function localOf(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 16);
}

/** `05:30` of a moment. */
export function timeOf(local: string): string {
  return local.slice(11, 16);
}

/** To the nearest step. */
export function snap(minutes: number): number {
  return Math.round(minutes / stepMinutes) * stepMinutes;
}

const shifted = (local: string | null, by: number) =>
  local === null ? null : localOf(minutesOf(local) + by);

/** Briefing, strike and finish move together; what is not set stays so. */
export function shiftAll(times: TeamTimes, by: number): TeamTimes {
  return {
    briefAt: shifted(times.briefAt, by),
    strikeAt: shifted(times.strikeAt, by),
    finishAt: shifted(times.finishAt, by),
  };
}

/** The strike alone moves. It may pass briefing or finish: the check says so, the board does not forbid it. */
export function shiftStrike(times: TeamTimes, by: number): TeamTimes {
  return { ...times, strikeAt: shifted(times.strikeAt, by) };
}

/** Where the bar of a task lies; null where it has no strike. */
export function barOf(times: TeamTimes): Bar | null {
  if (times.strikeAt === null) return null;
  const strike = minutesOf(times.strikeAt);
  const brief = times.briefAt === null ? null : minutesOf(times.briefAt);
  const finish = times.finishAt === null ? null : minutesOf(times.finishAt);
  return {
    from: Math.min(brief ?? strike, strike, finish ?? strike),
    strike,
    to: Math.max(finish ?? strike + assumedMinutes, strike, brief ?? strike),
    openStart: brief === null,
    openEnd: finish === null,
  };
}

/** Whole hours round all bars, with room at both ends; null where there is nothing to draw. */
export function rangeOf(bars: readonly Bar[], strike: string | null): TimeRange | null {
  const moments = bars.flatMap(({ from, to }) => [from, to]);
  if (strike !== null) moments.push(minutesOf(strike));
  if (moments.length === 0) return null;
  return {
    from: Math.floor((Math.min(...moments) - 30) / hour) * hour,
    to: Math.ceil((Math.max(...moments) + hour) / hour) * hour,
  };
}

export interface Tick {
  at: number;
  label: string;
  /** Midnight: the day is named. */
  isDay: boolean;
}

/** Marks of the axis, as close as they can be read at this width of an hour. */
export function ticksOf(range: TimeRange, pixelsPerHour: number): Tick[] {
  const steps = [15, 30, 60, 120, 180, 360, 720, 1440];
  const step = steps.find((minutes) => (minutes / hour) * pixelsPerHour >= 54) ?? 1440;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(range.from / step) * step; at <= range.to; at += step) {
    const local = localOf(at);
    const isDay = timeOf(local) === '00:00';
    ticks.push({ at, isDay, label: isDay ? `${local.slice(8, 10)}/${local.slice(5, 7)}` : timeOf(local) });
  }
  return ticks;
}

/** The part of an address that tells it from the others on a board: `Flat 2, Tarn House`, `4 Slate Row`. */
export function shortAddress(label: string): string {
  const parts = label.split(',').map((part) => part.trim());
  const first = parts[0] ?? label;
  const isPart = /^(flat|unit|room|apartment|apt|floor|ground|first|second|top|basement)\b/i.test(first);
  return isPart && parts[1] ? `${first}, ${parts[1]}` : first;
}

/** `briefing 03:30, strike 05:30, finish 09:00`, of what is set. */
export function formatSpan(times: TeamTimes): string {
  const parts = [
    times.briefAt === null ? 'no briefing' : `briefing ${timeOf(times.briefAt)}`,
    times.strikeAt === null ? 'no strike' : `strike ${timeOf(times.strikeAt)}`,
    times.finishAt === null ? 'no finish' : `finish ${timeOf(times.finishAt)}`,
  ];
  return parts.join(', ');
}
