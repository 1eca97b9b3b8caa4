import { formatDateTime } from '../../../shared/domain/dates.ts';

/** Places along a period, in the units of a drawing. */
export interface TimeScale {
  at: (iso: string) => number;
  ticks: { at: number; label: string }[];
}

const day = 86_400_000;
export const millisecondsOf = (iso: string): number => Date.parse(`${iso.slice(0, 19)}Z`);

/** A time as people read it, to the minute. */
export const showMinute = (iso: string): string => formatDateTime(iso.slice(0, 16));

/** A scale from one time to another over a width, with at most `most` days marked. */
export function timeScale(from: string, to: string, left: number, width: number, most = 8): TimeScale {
  const [begin, end] = [millisecondsOf(from), Math.max(millisecondsOf(from) + day, millisecondsOf(to))];
  const at = (time: number) => left + Math.min(1, Math.max(0, (time - begin) / (end - begin))) * width;
  const days = Math.ceil((end - begin) / day);
  const step = Math.max(
    1,
    Math.ceil(days / most / 7) * 7 > days
      ? Math.ceil(days / most)
      : days > 2 * most
        ? Math.ceil(days / most / 7) * 7
        : Math.ceil(days / most),
  );
  const ticks: TimeScale['ticks'] = [];
  for (let time = Math.ceil(begin / day) * day; time <= end; time += step * day) {
    const date = new Date(time);
    ticks.push({
      at: at(time),
      label: `${String(date.getUTCDate()).padStart(2, '0')}/${String(date.getUTCMonth() + 1).padStart(2, '0')}`,
    });
  }
  return { at: (iso) => at(millisecondsOf(iso)), ticks };
}
