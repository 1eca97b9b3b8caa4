/**
 * UK local time. Summer time runs from the last Sunday of March to the last Sunday of October, each at 01:00 UTC
 * (Summer Time Order 2002; the same rule since 1996).
 */

const hour = 3600;

/** Seconds since 1970 of 01:00 UTC on the last Sunday of a month (0-based) of 31 days. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31));
  return (last.getTime() - last.getUTCDay() * 86_400_000) / 1000 + hour;
}

const summers = new Map<number, { from: number; to: number }>();

function summerOf(year: number): { from: number; to: number } {
  let summer = summers.get(year);
  if (!summer) {
    summer = { from: lastSunday(year, 2), to: lastSunday(year, 9) };
    summers.set(year, summer);
  }
  return summer;
}

let near = { from: 0, to: 0, offset: 0 };

/** UK clock time of a moment. Both are seconds since 1970, the clock's as if it were UTC. */
export function ukClockOf(utcSeconds: number): number {
  // Rows of a file are mostly near each other: the last answer holds until the clocks change.
  if (utcSeconds < near.from || utcSeconds >= near.to) {
    const year = new Date(utcSeconds * 1000).getUTCFullYear();
    const summer = summerOf(year);
    if (utcSeconds < summer.from) near = { from: summerOf(year - 1).to, to: summer.from, offset: 0 };
    else if (utcSeconds < summer.to) near = { ...summer, offset: hour };
    else near = { from: summer.to, to: summerOf(year + 1).from, offset: 0 };
  }
  return utcSeconds + near.offset;
}

/**
 * The offset from UTC, in seconds, that a text of a time states after its clock: Z, UTC, GMT, BST, +01:00, UTC+1;
 * null where it states none.
 */
export function statedOffset(text: string): number | null {
  const named = /\d\s*(?:[ap]\.?m\.?|hrs?)?\s*(?:(Z)|\(?(UTC|GMT|BST)\)?)\s*$/i.exec(text);
  if (named) return named[2]?.toUpperCase() === 'BST' ? hour : 0;
  // After a time of day only: a date such as 2026-10-03 ends like an offset.
  const signed =
    /\d[:.h]\d{2}(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?\s*\(?(?:UTC|GMT|BST)?\s*([+-])(\d{1,2}):?(\d{2})?\)?\s*$/i.exec(
      text,
    );
  if (!signed) return null;
  const size = Number(signed[2]) * hour + Number(signed[3] ?? 0) * 60;
  return size > 15 * hour ? null : signed[1] === '-' ? -size : size;
}

/** An ISO moment without zone ('YYYY-MM-DDTHH:mm:ss'), written at an offset from UTC, as UK local time. */
export function toUkTime(moment: string, offset: number): string {
  const seconds = Date.parse(`${moment}Z`) / 1000;
  if (Number.isNaN(seconds) || moment.length < 16) return moment;
  return new Date(ukClockOf(seconds - offset) * 1000).toISOString().slice(0, 19);
}
