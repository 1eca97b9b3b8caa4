/**
 * Who is protected: a child, a person at risk, a victim, and the places where they are known or suspected to be. One
 * answer for the rules, the board, what a dossier tells first, and what may never be set aside. Pure.
 */
import { ageOn } from '../calendar.ts';
import { mayBeUnder18 } from '../writtenAges.ts';
import type { Row } from './facts.ts';
import { refsOf, saysPresent, textOf } from './facts.ts';

/** Under 18 on a day (ISO); without a date of birth, where the role or what is written for it leaves room for it. */
export function isChildOn(person: Row, day: string): boolean {
  const dob = textOf(person, 'dob');
  const age = dob ? ageOn(dob, day) : null;
  if (age !== null) return age < 18;
  return (
    textOf(person, 'role') === 'EXPLOITED_CHILD' ||
    mayBeUnder18(textOf(person, 'dobText'), Number(day.slice(0, 4)))
  );
}

/** An adult with care and support needs, or a victim or possible victim of exploitation. */
export const isAtRisk = (person: Row): boolean =>
  ['yes', 'suspected'].includes(textOf(person, 'adultAtRisk')) ||
  ['potential-victim', 'reasonable-grounds', 'confirmed-victim'].includes(textOf(person, 'victimStatus')) ||
  refsOf(person, 'category').includes('victim');

/** Children or vulnerable adults are known there, or the tenant's home may have been taken over. */
export const isProtectedPlace = (place: Row): boolean =>
  saysPresent(textOf(place, 'children')) ||
  saysPresent(textOf(place, 'vulnerableAdults')) ||
  ['yes', 'suspected'].includes(textOf(place, 'cuckooed'));
