function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** A moment of the journal (ISO with a zone) in local time. */
export function showMoment(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  return `${pad(moment.getDate())}/${pad(moment.getMonth() + 1)}/${moment.getFullYear()} ${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/** Local date of the machine as ISO. */
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/**
 * A typed date as ISO: `3/12/2026`, `03.12.26`, `3-12-2026`, `2026-12-03`; day before month. Null when it is no
 * date or does not exist in the calendar. Two-digit years are of this century.
 */
export function readDate(text: string): string | null {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  const british = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(typed);
  const parts = iso ? [iso[1], iso[2], iso[3]] : british ? [british[3], british[2], british[1]] : null;
  if (!parts) return null;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const full = year < 100 ? 2000 + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && full >= 1900 ? `${full}-${pad(month)}-${pad(day)}` : null;
}

/** A typed date and time as local ISO: `3/12/2026 5:30`, `03/12/2026 0530`. Without a time it is midnight. */
export function readDateTime(text: string): string | null {
  const match = /^(.*?)(?:[T ,]+(\d{1,2}):?(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  const date = match?.[1] ? readDate(match[1]) : null;
  if (!match || !date) return null;
  const hours = Number(match[2] ?? 0);
  const minutes = Number(match[3] ?? 0);
  const seconds = Number(match[4] ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return `${date}T${pad(hours)}:${pad(minutes)}:${pad(seconds)}`;
}

/** `in 3 days`, `tomorrow`, `today`, `2 days ago`. */
export function describeDistance(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}
