import { ukClockOf } from '../../../shared/domain/ukTime.ts';

/** Seconds since 1970 of a moment on the clock of the United Kingdom; the hour that comes twice is its first. */
export function instantOf(local: string): number {
  const asUtc = Date.parse(`${local.length <= 10 ? `${local}T00:00` : local}Z`) / 1000;
  const first = asUtc - (ukClockOf(asUtc - 3600) - (asUtc - 3600));
  return ukClockOf(first) === asUtc ? first : asUtc - (ukClockOf(asUtc) - asUtc);
}

/** The clock of the United Kingdom at an instant (seconds since 1970), as `2026-12-03T05:30`. */
export function ukLocal(instant: number): string {
  return new Date(ukClockOf(instant) * 1000).toISOString().slice(0, 16);
}

/** The clock of the United Kingdom now, as `2026-12-03T05:30`, whatever the zone of the machine. */
export function ukNow(): string {
  return ukLocal(Math.floor(Date.now() / 1000));
}

function describeSpan(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) return 'under a minute';
  if (hours < 1) return `${minutes} min`;
  if (days < 1) return `${hours} h ${minutes % 60} min`;
  const dayWords = `${days} ${days === 1 ? 'day' : 'days'}`;
  return days < 7 && hours % 24 > 0 ? `${dayWords} ${hours % 24} h` : dayWords;
}

/** What is left of a period in words, or by how much it is over. Real hours, also where the clocks change. */
export function describeLeft(due: string, instant: number): string {
  const seconds = instantOf(due) - instant;
  return seconds >= 0 ? describeSpan(seconds) : `over by ${describeSpan(-seconds)}`;
}
