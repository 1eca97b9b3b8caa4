/** Colour class of a marking: by tier, and for anything that is no known tier the most careful one. */
export function markingTone(marking: string | null): 'none' | 'official' | 'sensitive' {
  if (marking === null) return 'none';
  const text = marking.toUpperCase();
  return /^\s*OFFICIAL\b/.test(text) && !text.includes('SENSITIVE') ? 'official' : 'sensitive';
}
