/** The factors of enforcement, the concerns of safeguarding, and what may be missing: one name from engine to screen. */

export const factorNames = [
  'judgement',
  'role',
  'people',
  'violence',
  'weapons',
  'intelligence',
  'calls',
] as const;
export type FactorName = (typeof factorNames)[number];

export const factorTitles: Readonly<Record<FactorName, string>> = {
  judgement: 'Risk matrix',
  role: 'Role on the line',
  people: 'People linked with it',
  violence: 'Violence',
  weapons: 'Weapons',
  intelligence: 'Intelligence',
  calls: 'Call data',
};

export const concernNames = [
  'under-18',
  'may-be-under-18',
  'child-at-warrant',
  'missing',
  'exploited',
  'victim',
  'adult-at-risk',
  'vulnerable',
  'cuckooed',
  'children-there',
  'vulnerable-there',
  'referral',
  'age-not-known',
] as const;
export type ConcernName = (typeof concernNames)[number];

export const concernTitles: Readonly<Record<ConcernName, string>> = {
  'under-18': 'Under 18',
  'may-be-under-18': 'May be under 18',
  'child-at-warrant': 'Child at premises with a warrant',
  missing: 'Missing episode',
  exploited: 'Spoken of as exploited',
  victim: 'Victim or exploited',
  'adult-at-risk': 'Adult at risk',
  vulnerable: 'Vulnerable',
  cuckooed: 'Cuckooed',
  'children-there': 'Children there',
  'vulnerable-there': 'Vulnerable adult there',
  referral: 'Referral',
  'age-not-known': 'Check age',
};

/**
 * How soon a concern is looked at, this product's own order: children and whoever is behind a door that goes in come
 * first, an age that nobody knows last.
 */
export const urgencyNames = ['first', 'next', 'check'] as const;
export type Urgency = (typeof urgencyNames)[number];

export const urgencyOf: Readonly<Record<ConcernName, Urgency>> = {
  'under-18': 'first',
  'may-be-under-18': 'first',
  'child-at-warrant': 'first',
  missing: 'next',
  exploited: 'next',
  victim: 'next',
  'adult-at-risk': 'next',
  vulnerable: 'next',
  cuckooed: 'next',
  'children-there': 'next',
  'vulnerable-there': 'next',
  referral: 'next',
  'age-not-known': 'check',
};

export const urgencyTitles: Readonly<Record<Urgency, string>> = {
  first: 'See to first',
  next: 'See to',
  check: 'Check age',
};

/** What is not there and should be, of somebody who is protected. */
export const gapNames = [
  'plan',
  'plan-blank',
  'referral',
  'nrm',
  'appropriate-adult',
  'agency',
  'tenant-plan',
  'date-of-birth',
] as const;
export type GapName = (typeof gapNames)[number];

export const gapTitles: Readonly<Record<GapName, string>> = {
  plan: 'No safeguarding plan',
  'plan-blank': 'Safeguarding plan is blank',
  referral: 'No referral recorded',
  nrm: 'NRM not shown as made',
  'appropriate-adult': 'No appropriate adult named',
  agency: 'No agency told',
  'tenant-plan': 'No plan for the tenant',
  'date-of-birth': 'No date of birth',
};

/** What is not there of somebody or something that may be put before others for enforcement. */
export const lackNames = [
  'line-closed',
  'judgement',
  'target',
  'category',
  'age',
  'grade',
  'corroboration',
  'shared-name',
] as const;
export type LackName = (typeof lackNames)[number];

export const lackTitles: Readonly<Record<LackName, string>> = {
  'line-closed': 'The line is closed',
  judgement: 'Not scored by an analyst',
  target: 'Not a target',
  category: 'Data-subject category to be assessed',
  age: 'Age not known',
  grade: 'Nothing of it has a grade that counts in full',
  corroboration: 'Rests on one sheet alone',
  'shared-name': 'Reports name somebody of this name, which several people have: not counted',
};

export const confidenceNames = ['high', 'medium', 'low', 'none'] as const;
export type EvidenceConfidence = (typeof confidenceNames)[number];

/** How far the evidence carries, in words; by grades and by how many sheets it comes from (this product's own). */
export const confidenceTitles: Readonly<Record<EvidenceConfidence, string>> = {
  high: 'High: a strong grade, and more than one sheet',
  medium: 'Medium: graded, but not strongly or from one sheet',
  low: 'Low: no grade, or low ones',
  none: 'None: no evidence counts',
};
