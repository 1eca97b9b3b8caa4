/** A size as people read it. */
export function showBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en-GB')} kB`;
  return `${(bytes / 1_000_000).toLocaleString('en-GB', { maximumFractionDigits: bytes < 10_000_000 ? 1 : 0 })} MB`;
}

/** `4 hours ago`, `3 days ago`; `in the future` where a clock went backwards. */
export function showAge(at: string, now: number): string {
  const hours = (now - Date.parse(at)) / 3_600_000;
  if (Number.isNaN(hours)) return '';
  if (hours < -0.1) return 'in the future';
  if (hours < 1) return 'just now';
  if (hours < 48) return `${Math.floor(hours)} ${Math.floor(hours) === 1 ? 'hour' : 'hours'} ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

export const showEntries = (count: number): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? 'entry' : 'entries'}`;
