/** What is known of a person's age on a day. Unknown is never adult. Pure. */
import { ageOn } from '../calendar.ts';
import type { Row } from '../readiness/facts.ts';
import { textOf } from '../readiness/facts.ts';
import { isChildOn } from '../readiness/protection.ts';

/** `may-be-child`: nothing says the day, and something leaves room for under 18. */
export type AgeKnown = 'child' | 'may-be-child' | 'adult' | 'not-known';

/**
 * @param others other dates of birth (ISO) that sources say of the person, and those of referrals
 * @param isSaidChild a referral or a marker speaks of the person as a child
 */
export function ageKnownOn(
  person: Row,
  day: string,
  others: readonly string[] = [],
  isSaidChild = false,
): AgeKnown {
  const dob = textOf(person, 'dob');
  const age = dob === '' ? null : ageOn(dob, day);
  if (age !== null && age < 18) return 'child';
  if (isChildOn(person, day)) return 'may-be-child';
  if (others.some((other) => (ageOn(other, day) ?? 18) < 18)) return 'may-be-child';
  if (age !== null) return 'adult';
  if (isSaidChild) return 'may-be-child';
  return isWrittenAdult(textOf(person, 'dobText'), Number(day.slice(0, 4))) ? 'adult' : 'not-known';
}

/** A year or an age as written that leaves no room for under 18: `c.1985`, `age 34`, `30s`. */
function isWrittenAdult(written: string, year: number): boolean {
  const years = [...written.matchAll(/(?<!\d)((?:19|20)\d{2})(?!\d)/g)].map((match) => Number(match[1]));
  if (years.length > 0) return years.every((each) => year - each > 18);
  const words = written
    .toLowerCase()
    .replace(/\b(?:aged?|about|approx|years?|yrs?|old|late|early|mid|circa|c)\b/g, '');
  if (/[a-z]{3,}/.test(words)) return false;
  const ages = [...words.matchAll(/(?<!\d)(\d{2})s?(?!\d)/g)].map((match) => Number(match[1]));
  return ages.length > 0 && ages.every((age) => age >= 18);
}

/** 15 on 03/12/2026; the age in whole years, null where the date of birth is not known. */
export const yearsOn = (person: Row, day: string): number | null => {
  const dob = textOf(person, 'dob');
  return dob === '' ? null : ageOn(dob, day);
};
