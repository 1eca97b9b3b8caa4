/**
 * Whether a date of birth that is only written in part ('c.2010', 'age 16', '16/17', 'u18') leaves room for a
 * person under 18. An age counts as it is written, whenever that was: nobody is taken for an adult too early.
 * False where nothing can be told. Pure.
 */
export function mayBeUnder18(written: string, year: number): boolean {
  const text = written.toLowerCase();
  if (/\b(?:u\s*\/?\s*|under\s*)1[0-8]\b|\b(?:child|juvenile|minor|teens?|school)\b/.test(text)) return true;
  // A year alone: the person turns 18 in that year at the latest.
  const years = [...text.matchAll(/(?<!\d)((?:19|20)\d{2})(?!\d)/g)].map((match) => Number(match[1]));
  if (years.length > 0) return year - Math.max(...years) <= 18;
  const bare = text.replace(
    /\b(?:aged?|abt|about|approx(?:imately)?|years?|yrs?|old|late|early|mid|circa|poss(?:ibly)?)\b/g,
    '',
  );
  // Another word beside the number, such as a month: it is no age.
  if (/[a-z]{3,}/.test(bare)) return false;
  const ages = [...bare.matchAll(/(?<!\d)(\d{1,2})(?!\d)/g)].map((match) => Number(match[1]));
  return ages.length > 0 && Math.min(...ages) < 18;
}
