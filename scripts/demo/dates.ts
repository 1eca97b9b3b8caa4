/** The strike of the demonstration, local time. */
export const strikeAt = '2026-12-03T05:30';
/** The day on which the demonstration data is supposed to have been put together. */
export const dataAsAt = '2026-11-24';

/** A date cell as Excel keeps it: midnight UTC of an ISO date. */
export function toExcelDate(iso: string): Date {
  return new Date(`${iso}T00:00:00.000Z`);
}

/** `2026-10-04` as `04/10/2026`. */
export function toDayFirst(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

/** `2026-10-04` as `10/04/2026`, the order that a system set to American English prints. */
export function toMonthFirst(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  return `${month}/${day}/${year}`;
}

/** `2026-10-04` as `04.10.2026`. */
export function toDotted(iso: string): string {
  return toDayFirst(iso).replaceAll('/', '.');
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-10-04` as `4 Oct 2026`. */
export function toLongDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  return `${Number(day)} ${monthNames[Number(month) - 1]} ${year}`;
}

/** ISO date moved by whole days. */
export function addDays(iso: string, days: number): string {
  return new Date(toExcelDate(iso).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
