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

const victimStatuses: readonly string[] = ['potential-victim', 'reasonable-grounds', 'confirmed-victim'];

/** An adult with care and support needs, or a victim or possible victim of exploitation. */
export const isAtRisk = (person: Row): boolean =>
  ['yes', 'suspected'].includes(textOf(person, 'adultAtRisk')) ||
  victimStatuses.includes(textOf(person, 'victimStatus')) ||
  refsOf(person, 'category').includes('victim');

/** Roles of people who are victims first (domain facts 5.2). */
export const exploitedRoles: readonly string[] = ['CUCKOOED', 'EXPLOITED_CHILD', 'EXPLOITED_ADULT'];

/** Why a person comes under safeguarding before anything else. */
export type ProtectionReason = 'child' | 'at-risk' | 'victim' | 'exploited' | 'referred';

/**
 * Every reason for which a person is protected; none for somebody of whom nothing says so. A list of suspects, key
 * players or priorities for enforcement leaves out everybody who has one.
 * @param isReferred whether a partner's referral is about the person.
 */
export function whyProtected(person: Row, day: string, isReferred = false): ProtectionReason[] {
  const isVictim =
    victimStatuses.includes(textOf(person, 'victimStatus')) || refsOf(person, 'category').includes('victim');
  const reasons: [ProtectionReason, boolean][] = [
    ['child', isChildOn(person, day)],
    ['victim', isVictim],
    ['exploited', exploitedRoles.includes(textOf(person, 'role'))],
    ['at-risk', ['yes', 'suspected'].includes(textOf(person, 'adultAtRisk'))],
    ['referred', isReferred],
  ];
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** Children or vulnerable adults are known there, or the tenant's home may have been taken over. */
export const isProtectedPlace = (place: Row): boolean =>
  saysPresent(textOf(place, 'children')) ||
  saysPresent(textOf(place, 'vulnerableAdults')) ||
  ['yes', 'suspected'].includes(textOf(place, 'cuckooed'));
